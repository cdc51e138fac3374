//! The words of an archive on a cluster: what patterns and typing errors stand for.

use std::cmp::Reverse;

use serde::Deserialize;
use serde_json::json;

use super::client::Body;
use super::read::RemoteEngine;
use super::schema::{CREDIT, FORMS, OUTLET};
use crate::error::Result;
use crate::matching::{Lexicon, Name};
use crate::search::{MAX_EXPANSIONS, is_near};

/// The most words that are looked at for one.
const LOOKED_AT: usize = 10_000;

#[derive(Deserialize)]
struct Answer {
    aggregations: Aggregations,
}

#[derive(Deserialize)]
struct Aggregations {
    words: Words,
}

#[derive(Deserialize)]
struct Words {
    buckets: Vec<Bucket>,
}

#[derive(Deserialize)]
struct Bucket {
    key: String,
    doc_count: u64,
}

impl RemoteEngine {
    /// The words of a field that fit a regular expression, with the articles that have each; the most frequent first, ties
    /// by the alphabet.
    pub(super) fn words_like(&self, field: &str, expression: &str, count: usize) -> Result<Vec<(String, u64)>> {
        let ask = json!({
            "size": 0,
            "query": { "bool": { "filter": [self.counts(), { "regexp": { field: { "value": expression } } }] } },
            "aggs": { "words": { "terms": {
                "field": field, "include": expression, "size": count, "shard_size": count.max(LOOKED_AT),
                "order": [{ "_count": "desc" }, { "_key": "asc" }],
            } } },
        });
        let answer: Answer = self.client.ask("POST", &self.search_path("aggregations"), Body::Json(&ask))?;
        Ok(answer.aggregations.words.buckets.into_iter().map(|bucket| (bucket.key, bucket.doc_count)).collect())
    }

    /// The words at most `edits` edits from one, which is one of them where the archive has it.
    pub(super) fn words_near(&self, field: &str, word: &str, edits: u8) -> Result<Vec<(String, u64)>> {
        #[derive(Deserialize)]
        struct Answer {
            suggest: Suggest,
        }
        #[derive(Deserialize)]
        struct Suggest {
            near: Vec<Suggested>,
        }
        #[derive(Deserialize)]
        struct Suggested {
            options: Vec<Option>,
        }
        #[derive(Deserialize)]
        struct Option {
            text: String,
            freq: u64,
        }
        let near = json!({
            "field": field, "size": LOOKED_AT, "shard_size": LOOKED_AT, "suggest_mode": "always", "accuracy": 0.0,
            "max_edits": edits.clamp(1, 2), "prefix_length": 0, "min_word_length": 1,
            // whatever the word's own frequency
            "max_term_freq": 1 << 30,
        });
        let ask = json!({ "size": 0, "suggest": { "near": { "text": word, "term": near } } });
        let answer: Answer = self.client.ask("POST", &self.search_path("suggest"), Body::Json(&ask))?;
        let found = answer.suggest.near.into_iter().flat_map(|suggested| suggested.options);
        let mut words: Vec<(String, u64)> = found.map(|option| (option.text, option.freq)).collect();
        words.retain(|(found, _)| is_near(word, edits, found));
        // the word itself is not suggested
        let itself = self.count(&[json!({ "term": { field: word } })])?[0];
        words.extend((itself > 0).then(|| (word.to_owned(), itself)));
        Ok(words)
    }
}

impl Lexicon for RemoteEngine {
    fn wildcard(&self, pattern: &str, name: Option<Name>) -> Result<(Vec<String>, bool)> {
        Ok(first(self.words_like(field_of(name), &wildcard_expression(pattern), LOOKED_AT)?, name))
    }

    fn typos(&self, word: &str, edits: u8, name: Option<Name>) -> Result<(Vec<String>, bool)> {
        Ok(first(self.words_near(field_of(name), word, edits)?, name))
    }
}

/// The words that are looked for: of the text the most frequent, of names the first; and whether there are more.
fn first(mut words: Vec<(String, u64)>, name: Option<Name>) -> (Vec<String>, bool) {
    match name {
        None => words.sort_by(|(a, n), (b, m)| (Reverse(n), a).cmp(&(Reverse(m), b))),
        Some(_) => words.sort(),
    }
    let cut = words.len() > MAX_EXPANSIONS;
    (words.into_iter().take(MAX_EXPANSIONS).map(|(word, _)| word).collect(), cut)
}

fn field_of(name: Option<Name>) -> &'static str {
    match name {
        None => FORMS,
        Some(Name::Outlet) => OUTLET,
        Some(Name::Credit) => CREDIT,
    }
}

/// A folded pattern as Lucene's regular expressions have it.
fn wildcard_expression(pattern: &str) -> String {
    let each = |c: char| match c {
        '*' => ".*".to_owned(),
        '?' => ".".to_owned(),
        c => escaped(c),
    };
    pattern.chars().map(each).collect()
}

/// A letter that means itself.
fn escaped(c: char) -> String {
    if c.is_alphanumeric() { c.to_string() } else { format!("\\{c}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_become_expressions() {
        assert_eq!(wildcard_expression("aver?anov*"), "aver.anov.*");
        assert_eq!(wildcard_expression("v1.2*"), "v1\\.2.*");
    }
}
