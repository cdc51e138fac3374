//! Reads what is shown from the store, highlights it, cuts the snippet.

use std::collections::BTreeMap;

use tantivy::DocAddress;

use super::archive::Archive;
use super::evidence::Evidence;
use super::plan::Plan;
use super::ranking::Chosen;
use crate::analysis::Analyzer;
use crate::highlight::{Match, Part, matches, snippet, spans};
use crate::hit::{Headline, Hit, StoredArticle};
use crate::index::StoredFields;
use crate::query::{SearchRequest, Unit, Weights};

/// The hits of what was chosen, in its order.
pub(super) fn build(
    archive: &Archive,
    plan: &Plan,
    request: &SearchRequest,
    chosen: &[Chosen],
) -> tantivy::Result<Vec<Hit>> {
    let mut wanted: BTreeMap<DocAddress, Vec<u32>> = BTreeMap::new();
    chosen.iter().for_each(|c| wanted.entry(c.address).or_default().push(c.passage));
    let mut articles = BTreeMap::new();
    for (&address, passages) in &wanted {
        let is_wanted = |n: usize| passages.contains(&(n as u32 + 1));
        articles.insert(address, read_stored(archive, address, is_wanted)?);
    }
    let lives = live_leaves(archive, plan, wanted.keys().copied())?;
    let weights: Vec<f32> = plan.weights.iter().map(|w| w.idf).collect();
    let mut hits = Vec::with_capacity(chosen.len());
    for (rank, chosen) in (1..).zip(chosen) {
        let Some(article) = articles.get_mut(&chosen.address) else { continue };
        // each passage is chosen once
        let text = article.passages.get_mut(chosen.passage as usize - 1).map(|p| std::mem::take(&mut p.text));
        let shown = Shown { plan, weights: &weights, live: &lives[&chosen.address], article };
        hits.push(make_hit(archive, &shown, text.unwrap_or_default(), request, rank, chosen));
    }
    Ok(hits)
}

/// For each of the articles (in document order) the leaves that make it match.
fn live_leaves(
    archive: &Archive,
    plan: &Plan,
    addresses: impl Iterator<Item = DocAddress>,
) -> tantivy::Result<BTreeMap<DocAddress, Vec<bool>>> {
    if plan.compiled.tree.is_flat() {
        let all = vec![true; plan.compiled.leaves.len()];
        return Ok(addresses.map(|address| (address, all.clone())).collect());
    }
    let mut evidence = Evidence::open(archive, plan, Weights::default());
    addresses.map(|address| Ok((address, evidence.live(address)?))).collect()
}

/// What a hit is made from.
struct Shown<'a> {
    plan: &'a Plan,
    /// What a match of each leaf counts.
    weights: &'a [f32],
    /// Which leaves make the article match.
    live: &'a [bool],
    article: &'a StoredArticle,
}

impl Shown<'_> {
    fn matches(&self, text: &str, part: Part, analyzer: &Analyzer) -> Vec<Match> {
        matches(text, part, &self.plan.compiled, self.live, analyzer)
    }
}

fn make_hit(
    archive: &Archive,
    shown: &Shown<'_>,
    text: String,
    request: &SearchRequest,
    rank: usize,
    chosen: &Chosen,
) -> Hit {
    let article = shown.article;
    let index = chosen.passage as usize - 1;
    let found = shown.matches(&text, Part::Passage, &archive.analyzer);
    let headline = article.headline.as_ref().map(|field| {
        let found = shown.matches(&field.value, Part::Headline, &archive.analyzer);
        Headline { field: field.clone(), highlights: spans(&found) }
    });
    let id = match request.by {
        Unit::Passage => format!("{}:{}", article.id, chosen.passage),
        Unit::Article => article.id.to_string(),
    };
    Hit {
        rank,
        score: chosen.score,
        id,
        article: article.id.clone(),
        passage: chosen.passage,
        outlet: article.outlet.clone(),
        date: article.date.clone(),
        headline,
        highlights: spans(&found),
        snippet: snippet(&text, &found, shown.weights, request.snippet_width),
        text,
        source: article.source(index),
        copies: Vec::new(),
        explain: None,
    }
}

/// Reads an article; of its passages only those whose 0-based number is wanted carry their text.
pub(super) fn read_stored(
    archive: &Archive,
    address: DocAddress,
    is_wanted: impl Fn(usize) -> bool,
) -> tantivy::Result<StoredArticle> {
    archive.searcher().doc::<StoredFields>(address)?.article(is_wanted)
}
