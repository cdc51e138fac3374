//! Reads what is shown from the store.

use std::collections::BTreeMap;

use tantivy::DocAddress;

use super::archive::Archive;
use super::evidence::Evidence;
use super::plan::Plan;
use super::ranking::Chosen;
use super::shown::Shown;
use crate::hit::{Hit, StoredArticle};
use crate::index::StoredFields;
use crate::query::{SearchRequest, Weights};

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
        let query = Shown { compiled: &plan.compiled, weights: &weights, analyzer: &archive.analyzer, request };
        hits.push(query.hit(article, &lives[&chosen.address], rank, (chosen.passage, chosen.score)));
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

/// Reads an article; of its passages only those whose 0-based number is wanted carry their text.
pub(super) fn read_stored(
    archive: &Archive,
    address: DocAddress,
    is_wanted: impl Fn(usize) -> bool,
) -> tantivy::Result<StoredArticle> {
    archive.searcher().doc::<StoredFields>(address)?.article(is_wanted)
}
