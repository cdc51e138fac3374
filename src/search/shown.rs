//! An article and the query that found it -> a hit: highlights it, cuts the snippet.

use crate::analysis::Analyzer;
use crate::article::{ArticleId, in_characters};
use crate::highlight::{Match, Part, matches, snippet, spans};
use crate::hit::{Headline, Hit, StoredArticle};
use crate::matching::Compiled;
use crate::query::{SearchRequest, Unit};

/// What hits are made by.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub compiled: &'a Compiled,
    /// What a match of each leaf counts.
    pub weights: &'a [f32],
    pub analyzer: &'a Analyzer,
    pub request: &'a SearchRequest,
}

/// What a hit is called.
pub(super) fn called(by: Unit, article: &ArticleId, passage: u32) -> String {
    match by {
        Unit::Passage => format!("{article}:{passage}"),
        Unit::Article => article.to_string(),
    }
}

impl Shown<'_> {
    /// The hit of a passage (its number, 1-based, and its score), whose text is taken out of the article: each passage is
    /// shown once. `live` says which leaves make the article match.
    pub fn hit(&self, article: &mut StoredArticle, live: &[bool], rank: usize, passage: (u32, f32)) -> Hit {
        let (number, score) = passage;
        let index = number as usize - 1;
        let text = article.passages.get_mut(index).map(|p| std::mem::take(&mut p.text)).unwrap_or_default();
        let found = self.matches(&text, Part::Passage, live);
        let headline = article.headline.as_ref().map(|field| {
            let found = self.matches(&field.value, Part::Headline, live);
            let highlights = spans(&found);
            let highlight_chars = in_characters(&field.value, &highlights);
            Headline { field: field.clone(), highlights, highlight_chars }
        });
        let highlights = spans(&found);
        Hit {
            rank,
            score,
            id: called(self.request.by, &article.id, number),
            article: article.id.clone(),
            passage: number,
            outlet: article.outlet.clone(),
            date: article.date.clone(),
            byline: article.byline.clone(),
            section: article.section.clone(),
            page: article.page.clone(),
            url: article.url.clone(),
            headline,
            highlight_chars: in_characters(&text, &highlights),
            highlight_boxes: article.printed.as_ref().map_or_else(Vec::new, |pages| pages.boxes(index, &highlights)),
            highlights,
            snippet: snippet(&text, &found, self.weights, self.request.snippet_width, self.analyzer.language()),
            text,
            source: article.source(index),
            explain: None,
        }
    }

    fn matches(&self, text: &str, part: Part, live: &[bool]) -> Vec<Match> {
        matches(text, part, self.compiled, live, self.analyzer)
    }
}
