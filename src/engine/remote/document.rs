//! An article -> the document that a cluster gets; what it gives back -> the article.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::schema::{
    ARTICLE, BYLINE, CAPITALIZED, CAPITALS, CREDIT, DATE_FIRST, DATE_LAST, FAMILIES, FILE, FORMS, HEADLINE, ID, KNOWN,
    LENGTH, OUTLET, OUTLET_NAME, PAGE, PASSAGES, SECTION, SITE, TEXT, UNCLEAR, WORDS, own_capital,
};
use crate::analysis::{Capital, HEADLINE_WEIGHT, Speller, Standing};
use crate::article::{Article, ArticleId, BodyDoubt, Field, Lines, NewsDate, PrintedArticle, Span, sites};
use crate::engine::Provenance;
use crate::hit::{Record, StoredArticle, StoredPassage};
use crate::index::{Known, counted_length};
use crate::passage::{self, Passage};

/// An article ready for a cluster, but for its id.
#[derive(Debug)]
pub struct RemoteArticle {
    given_back: Stored,
    known: Vec<&'static str>,
}

/// The article as the cluster gives it back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Stored {
    headline: Option<Field<String>>,
    outlet: Option<Field<String>>,
    date: Option<Field<NewsDate>>,
    byline: Option<Field<String>>,
    dateline_place: Option<Field<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    section: Option<Field<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page: Option<Field<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    printed: Option<PrintedArticle>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    credit: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    standfirst: Option<Field<u32>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    doubt: Option<BodyDoubt>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    root: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record: Option<Record>,
    hash: String,
    passages: Vec<StoredText>,
}

/// A passage as the cluster gives it back.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct StoredText {
    text: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    continues: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    subheads: Vec<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lines: Option<Lines>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pieces: Vec<Span>,
    positions: u64,
}

/// What is read of a document that was found; asking for parts of it would cost the cluster more than it saves.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct FoundDocument {
    id: String,
    /// Length of the text in positions.
    pub length: u32,
    article: Stored,
}

impl FoundDocument {
    /// The article, and the positions that each of its passages takes.
    pub fn into_article(self) -> (StoredArticle, Vec<u64>) {
        let article = self.article;
        let lengths = article.passages.iter().map(|passage| passage.positions).collect();
        let passages = article.passages.into_iter().map(|p| StoredPassage {
            text: p.text,
            continues: p.continues,
            subheads: p.subheads,
            lines: p.lines,
            pieces: p.pieces,
            lost: false,
        });
        let article = StoredArticle {
            id: ArticleId(self.id),
            headline: article.headline,
            outlet: article.outlet,
            date: article.date,
            byline: article.byline,
            dateline_place: article.dateline_place,
            section: article.section,
            page: article.page,
            printed: article.printed,
            credit: article.credit,
            standfirst: article.standfirst,
            doubt: article.doubt,
            url: article.url,
            path: article.path,
            root: article.root,
            record: article.record,
            hash: article.hash,
            passages: passages.collect(),
        };
        (article, lengths)
    }
}

impl RemoteArticle {
    /// Splits the body into passages. `to_file` turns ascending spans of the record's text into spans of the file; none
    /// where there is no way back, and then there are no pieces.
    pub fn new(article: Article, from: Provenance<'_>, to_file: impl Fn(&[Span]) -> Option<Vec<Span>>) -> Self {
        let mut passages = passage::split(&article, from.language);
        let printed = article.printed.as_ref().map(|text| passage::printed(&passages, text));
        passage::resolve(&mut passages, to_file);
        let bits = Known::bits(&article);
        let known = Known::ALL.iter().filter(|known| bits & known.bit() != 0).map(|known| known.name());
        let known = known.chain(article.doubt.map(BodyDoubt::name));
        let text = |p: Passage| StoredText {
            text: p.text,
            continues: p.continues,
            subheads: p.subheads,
            lines: p.lines,
            pieces: p.pieces,
            positions: p.positions as u64,
        };
        Self {
            known: known.collect(),
            given_back: Stored {
                standfirst: article.standfirst_lines(),
                doubt: article.doubt,
                headline: article.headline,
                outlet: article.outlet,
                date: article.date,
                byline: article.byline,
                dateline_place: article.dateline_place,
                section: article.section,
                page: article.page,
                printed,
                credit: article.credit,
                url: from.url,
                path: from.path.to_owned(),
                root: from.root.map(str::to_owned),
                record: from.record,
                hash: format!("blake3:{}", blake3::Hash::from(from.hash)),
                passages: passages.into_iter().map(text).collect(),
            },
        }
    }

    /// Bytes of its text, about.
    pub fn bytes(&self) -> usize {
        self.given_back.passages.iter().map(|passage| passage.text.len()).sum()
    }

    /// The document of an article of the file with this number.
    pub(super) fn document(&self, file: u64, id: &ArticleId, speller: &mut Speller) -> serde_json::Result<Value> {
        let stored = &self.given_back;
        let mut terms = Terms { speller, words: Words::default() };
        let headline = stored.headline.as_ref().map_or("", |field| field.value.as_str());
        let (headline, headline_length) = terms.of(headline, false);
        let mut length = headline_length * HEADLINE_WEIGHT;
        let mut text = vec![headline.clone(); HEADLINE_WEIGHT as usize];
        for passage in &stored.passages {
            let (terms, words) = terms.of(&passage.text, true);
            length += words;
            text.push(terms);
        }
        let Words { small, mut capitals, telling, families, mut forms } = std::mem::take(&mut terms.words);
        capitals.extend(telling.intersection(&small).map(|form| own_capital(form)));
        let mut document = Map::new();
        let mut put = |name: &str, value: Value| document.insert(name.to_owned(), value);
        put(ID, json!(id));
        put(FILE, json!(file));
        put(TEXT, json!(text));
        put(FORMS, json!(forms));
        put(FAMILIES, json!(families));
        put(CAPITALS, json!(capitals));
        forms.retain(|form| !small.contains(form));
        let (capitalized, unclear): (Vec<String>, Vec<String>) =
            forms.into_iter().partition(|form| telling.contains(form));
        put(CAPITALIZED, json!(capitalized));
        put(UNCLEAR, json!(unclear));
        if !headline.is_empty() {
            put(HEADLINE, json!(headline));
        }
        if let Some(outlet) = &stored.outlet {
            put(OUTLET, json!(terms.words(&outlet.value)));
            put(OUTLET_NAME, json!(outlet.value));
        }
        put(CREDIT, stored.credit.iter().map(|name| terms.words(name)).collect());
        for (field, name) in [(BYLINE, &stored.byline), (SECTION, &stored.section), (PAGE, &stored.page)] {
            if let Some(name) = name {
                put(field, json!(terms.words(&name.value)));
            }
        }
        let sites = sites(stored.url.as_deref(), stored.outlet.as_ref().map(|outlet| outlet.value.as_str()));
        if !sites.is_empty() {
            put(SITE, json!(sites.join(" ")));
        }
        put(KNOWN, json!(self.known));
        if let Some((first, last)) = stored.date.as_ref().map(|date| date.value.bounds()) {
            put(DATE_FIRST, json!(first));
            put(DATE_LAST, json!(last));
        }
        put(LENGTH, json!(counted_length(length)));
        put(PASSAGES, json!(stored.passages.len()));
        put(WORDS, json!(stored.passages.iter().map(|passage| passage.positions).sum::<u64>()));
        put(ARTICLE, serde_json::to_value(stored)?);
        Ok(Value::Object(document))
    }
}

/// Texts -> terms parted by blanks.
struct Terms<'a> {
    speller: &'a mut Speller,
    words: Words,
}

/// The words of texts, folded, each once.
#[derive(Default)]
struct Words {
    forms: BTreeSet<String>,
    /// Those that stand without a capital somewhere.
    small: BTreeSet<String>,
    /// Those that stand in capitals or with signs somewhere.
    capitals: BTreeSet<String>,
    /// Those that stand with a capital of their own somewhere, inside a sentence of the body.
    telling: BTreeSet<String>,
    /// Those that are not their own term, behind it and a blank.
    families: BTreeSet<String>,
}

impl Words {
    fn note(&mut self, term: &str, form: &str, standing: Standing<'_>, in_body: bool) {
        let capital = Capital::of(standing.written);
        if capital.is_some() && standing.inside && in_body && !self.telling.contains(form) {
            self.telling.insert(form.to_owned());
        }
        if !self.forms.contains(form) {
            self.forms.insert(form.to_owned());
            if term != form {
                self.families.insert(format!("{term} {form}"));
            }
        }
        match capital {
            None if !self.small.contains(form) => _ = self.small.insert(form.to_owned()),
            Some(Capital::All) if !self.capitals.contains(form) => _ = self.capitals.insert(form.to_owned()),
            _ => {}
        }
        if let Some(signed) = standing.signed.filter(|signed| !self.capitals.contains(*signed)) {
            self.capitals.insert(signed.to_owned());
        }
    }
}

impl Terms<'_> {
    /// The terms of a text, and how many there are; its words are noted.
    fn of(&mut self, text: &str, in_body: bool) -> (String, u32) {
        let (mut terms, mut count) = (String::with_capacity(text.len()), 0);
        let words = &mut self.words;
        self.speller.each(text, |term, form, standing| {
            if count > 0 {
                terms.push(' ');
            }
            terms.push_str(term);
            count += 1;
            words.note(term, form, standing, in_body);
        });
        (terms, count)
    }

    /// The words of a name as they stand.
    fn words(&mut self, name: &str) -> String {
        let mut words = Vec::new();
        self.speller.each(name, |_, form, _| words.push(form.to_owned()));
        words.join(" ")
    }
}
