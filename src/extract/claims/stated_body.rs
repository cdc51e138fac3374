//! The text of the article, and its length, as JSON-LD states them.

use serde_json::{Map, Value};

use super::json_ld::{ARTICLE, JsonLd, place_of};
use crate::source::plain;

/// What a page states of its article's text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct StatedBody {
    /// The text on one line; empty where none is stated.
    pub text: String,
    /// Its number of words, where that is stated.
    pub words: Option<usize>,
}

impl StatedBody {
    /// What the first article of a page's JSON-LD that states either says.
    pub(in crate::extract) fn of(json_ld: &JsonLd<'_>) -> Self {
        let articles = json_ld.nodes.iter().map(|node| &node.data).filter(|data| place_of(data) == Some(ARTICLE));
        let read = |data: &Map<String, Value>| {
            let text = data.get("articleBody").and_then(|text| text.as_str()).map(plain).unwrap_or_default();
            let words = data.get("wordCount").and_then(|count| match count {
                Value::String(count) => count.trim().parse().ok(),
                count => count.as_u64().and_then(|count| usize::try_from(count).ok()),
            });
            Self { text, words: words.filter(|words| *words > 0) }
        };
        articles.map(read).find(|stated| *stated != Self::default()).unwrap_or_default()
    }
}
