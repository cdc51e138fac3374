//! The text of the article, and its length, as JSON-LD states them.

use super::json_ld::{ARTICLE, collect, parse, place_of};
use crate::source::{ClaimKind, Markup, plain};

/// What a page states of its article's text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct StatedBody {
    /// The text on one line; empty where none is stated.
    pub text: String,
    /// Its number of words, where that is stated.
    pub words: Option<usize>,
}

impl StatedBody {
    /// Reads the first article of a page that states either.
    pub(in crate::extract) fn read(markup: &Markup) -> Self {
        let blocks = markup.claims.iter().filter(|claim| claim.kind == ClaimKind::JsonLd);
        let stating = blocks.filter(|block| block.value.contains("articleBody") || block.value.contains("wordCount"));
        let mut nodes = Vec::new();
        stating.filter_map(|block| parse(&block.value)).for_each(|value| collect(value, 0, &mut nodes));
        let articles = nodes.iter().filter(|node| place_of(node) == Some(ARTICLE));
        let read = |node: &serde_json::Map<String, serde_json::Value>| {
            let text = node.get("articleBody").and_then(|text| text.as_str()).map(plain).unwrap_or_default();
            let words = node.get("wordCount").and_then(|count| match count {
                serde_json::Value::String(count) => count.trim().parse().ok(),
                count => count.as_u64().and_then(|count| usize::try_from(count).ok()),
            });
            Self { text, words: words.filter(|words| *words > 0) }
        };
        articles.map(read).find(|stated| *stated != Self::default()).unwrap_or_default()
    }
}
