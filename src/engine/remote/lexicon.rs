//! The words of an archive on a cluster: what patterns and typing errors stand for.

use serde::Deserialize;
use serde_json::{Value, json};

use super::client::RequestBody;
use super::read::RemoteArchive;
use super::schema::{FAMILIES, FORMS, field_of_names};
use crate::error::Result;
use crate::matching::Name;
use crate::search::is_near;

/// The most words that are looked at for one.
const LOOKED_AT: usize = 10_000;
/// Of the words near to one, the most frequent, so many of which are counted exactly.
const RECOUNTED: usize = 500;

#[derive(Deserialize)]
struct WordsAnswer {
    aggregations: Aggregations,
}

#[derive(Deserialize)]
struct Aggregations {
    words: WordsAggregation,
}

#[derive(Deserialize)]
struct WordsAggregation {
    buckets: Vec<WordBucket>,
}

#[derive(Deserialize)]
struct WordBucket {
    key: String,
    doc_count: u64,
}

impl RemoteArchive {
    /// The words that fit an expression of Lucene's, with the articles that have each: the most frequent.
    pub(super) fn words_fitting(&self, expression: &str, name: Option<Name>) -> Result<Vec<(String, u64)>> {
        self.words_of(field_of(name), expression)
    }

    /// The words that have a term, in the order of their bytes.
    pub(super) fn family(&self, term: &str) -> Result<Vec<String>> {
        let behind: String = format!("{term} ").chars().map(escaped).collect();
        let words = self.words_of(FAMILIES, &format!("{behind}.*"))?;
        let form = |(word, _): (String, u64)| word.split_once(' ').map(|(_, form)| form.to_owned());
        let mut forms: Vec<String> = words.into_iter().filter_map(form).collect();
        forms.push(term.to_owned());
        forms.sort_unstable();
        Ok(forms)
    }

    /// The values of a field that an expression of Lucene's fits, with the articles that have each: the most frequent.
    fn words_of(&self, field: &str, expression: &str) -> Result<Vec<(String, u64)>> {
        let ask = json!({
            "size": 0,
            "query": { "bool": { "filter": [self.counts(), { "regexp": { field: { "value": expression } } }] } },
            "aggs": { "words": { "terms": {
                "field": field, "include": expression, "size": LOOKED_AT, "shard_size": LOOKED_AT,
                "order": [{ "_count": "desc" }, { "_key": "asc" }],
            } } },
        });
        let answer: WordsAnswer =
            self.client.ask("POST", &self.search_path("aggregations"), RequestBody::Json(&ask))?;
        Ok(answer.aggregations.words.buckets.into_iter().map(|bucket| (bucket.key, bucket.doc_count)).collect())
    }

    /// The words at most `edits` edits from one, which is one of them where the archive has it.
    pub(super) fn words_near(&self, word: &str, edits: u8, name: Option<Name>) -> Result<Vec<(String, u64)>> {
        #[derive(Deserialize)]
        struct SuggestAnswer {
            suggest: Suggest,
        }
        #[derive(Deserialize)]
        struct Suggest {
            near: Vec<Suggested>,
        }
        #[derive(Deserialize)]
        struct Suggested {
            options: Vec<Offered>,
        }
        #[derive(Deserialize)]
        struct Offered {
            text: String,
            freq: u64,
        }
        let field = field_of(name);
        let near = json!({
            "field": field, "size": LOOKED_AT, "shard_size": LOOKED_AT, "suggest_mode": "always", "accuracy": 0.0,
            "max_edits": edits.clamp(1, 2), "prefix_length": 0, "min_word_length": 1,
            // whatever the word's own frequency
            "max_term_freq": 1 << 30,
        });
        let ask = json!({ "size": 0, "suggest": { "near": { "text": word, "term": near } } });
        let answer: SuggestAnswer = self.client.ask("POST", &self.search_path("suggest"), RequestBody::Json(&ask))?;
        let found = answer.suggest.near.into_iter().flat_map(|suggested| suggested.options);
        let mut near: Vec<Offered> = found.filter(|option| is_near(word, edits, &option.text)).collect();
        near.sort_by(|a, b| b.freq.cmp(&a.freq).then_with(|| a.text.cmp(&b.text)));
        // the word itself is not suggested, and the cluster's frequencies count deleted articles
        let words = near.into_iter().take(RECOUNTED).map(|option| option.text).chain([word.to_owned()]);
        let words: Vec<String> = words.collect();
        let asked: Vec<Value> = words.iter().map(|word| json!({ "term": { field: word } })).collect();
        let counted = words.into_iter().zip(self.count(&asked)?);
        Ok(counted.filter(|&(_, articles)| articles > 0).collect())
    }
}

fn field_of(name: Option<Name>) -> &'static str {
    name.map_or(FORMS, field_of_names)
}

/// A folded pattern as Lucene's regular expressions have it.
pub(super) fn wildcard_expression(pattern: &str) -> String {
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
