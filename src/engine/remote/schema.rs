//! What an index on a cluster looks like; the only place with its field names. One document an article.
//!
//! Texts are sent as our own terms, parted by blanks, so that every word means the same here as in an index on this
//! machine: the cluster only parts them again. Headline (as often as it counts) and passages are values of one field,
//! 256 positions apart, so that nothing reaches from one into the next.

use serde_json::{Value, json};

use super::address::Address;
use super::client::{Client, RequestBody};
use crate::analysis::{self, Language};
use crate::error::{Error, Result};
use crate::matching::Name;

/// Changes whenever documents or list of files could not be read by another version.
pub(super) const FORMAT: &str = "4";
/// The first OpenSearch that can be asked for deep lists at one point in time.
const OLDEST: (u64, u64) = (2, 4);

/// Terms of headline and passages: what ranking reads.
pub(super) const TEXT: &str = "text";
/// Terms of the headline alone, for `headline:`.
pub(super) const HEADLINE: &str = "headline";
/// The outlet's words, for `outlet:`.
pub(super) const OUTLET: &str = "outlet";
/// The agencies' words, for `credit:`.
pub(super) const CREDIT: &str = "credit";
/// The words of who wrote it, for `byline:`.
pub(super) const BYLINE: &str = "byline";
/// The words of the part of the paper that it stands in, for `section:`.
pub(super) const SECTION: &str = "section";
/// The printed page on which it begins, for `page:`.
pub(super) const PAGE: &str = "page";
/// The article's host and those above it, for `site:`.
pub(super) const SITE: &str = "site";
/// The distinct words of the text, folded but not stemmed: for patterns, typing errors and exact words.
pub(super) const FORMS: &str = "forms";
/// Those of them that the text has with a capital of their own alone.
pub(super) const CAPITALIZED: &str = "capitalized";
/// Those of them that it has with a capital alone, which may be that of a sentence or of a headline.
pub(super) const UNCLEAR: &str = "unclear";
/// Those that it has in capitals, and those that it has with signs, `$100`; with [`own_capital`] those that it has both with a
/// capital of their own and without one.
pub(super) const CAPITALS: &str = "capitals";
/// Those that are not their own terms: the term, a blank, the word.
pub(super) const FAMILIES: &str = "families";
/// The article id.
pub(super) const ID: &str = "id";
/// Number of the file in the list of files.
pub(super) const FILE: &str = "file";
/// The outlet's name whole.
pub(super) const OUTLET_NAME: &str = "outlet_name";
/// Names of the fields that the article has.
pub(super) const KNOWN: &str = "known";
/// First and last second that the date may mean, on the article's own clock.
pub(super) const DATE_FIRST: &str = "date_first";
/// See [`DATE_FIRST`].
pub(super) const DATE_LAST: &str = "date_last";
/// Length of the text in positions, as scores take it.
pub(super) const LENGTH: &str = "length";
/// Passages, and positions that they take together.
pub(super) const PASSAGES: &str = "passages";
/// See [`PASSAGES`].
pub(super) const WORDS: &str = "words";
/// The article, to be given back.
pub(super) const ARTICLE: &str = "article";

/// The field that has names of a kind.
pub(super) fn field_of_names(name: Name) -> &'static str {
    match name {
        Name::Outlet => OUTLET,
        Name::Credit => CREDIT,
        Name::Byline => BYLINE,
        Name::Section => SECTION,
        Name::Page => PAGE,
        Name::Site => SITE,
    }
}

/// How an index is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Pieces that the index is divided into.
    pub shards: u32,
    /// Copies of each beside the first.
    pub replicas: u32,
    /// The language that the articles have to be in; none takes the index's own.
    pub language: Option<Language>,
    /// The language of an index that is made, where none is asked for.
    pub new_language: Language,
}

impl Default for Layout {
    fn default() -> Self {
        Self { shards: 1, replicas: 1, language: None, new_language: Language::default() }
    }
}

/// Makes the index and the one with the list of files, where they are not there yet; returns the language.
pub(super) fn create(client: &Client, layout: Layout) -> Result<Language> {
    check_version(client)?;
    let Address { index, .. } = &client.address;
    let language = layout.language.unwrap_or(layout.new_language);
    for (name, body) in [(client.address.files_index(), files(layout)), (index.clone(), articles(layout, language))] {
        let made: std::result::Result<Value, _> = client.ask_for("PUT", &name, RequestBody::Json(&body))?;
        if let Err(refusal) = made
            && !refusal.is("resource_already_exists_exception")
        {
            return Err(refusal.into_error(&client.address));
        }
    }
    let found = open(client)?;
    match layout.language {
        Some(asked) if asked != found => Err(client.error(
            format!("its language is {}, not {}", found.name(), asked.name()),
            "leave --language out, or take another index",
        )),
        _ => Ok(found),
    }
}

/// The language of the index, which must be one of ours.
pub(super) fn open(client: &Client) -> Result<Language> {
    let index = &client.address.index;
    let answer: Value = client.ask("GET", &format!("{index}/_mapping"), RequestBody::Nothing)?;
    // an alias answers with the name of the index behind it
    let mapping = answer.as_object().and_then(|found| found.values().next()).unwrap_or(&Value::Null);
    let ours = &mapping["mappings"]["_meta"]["dateline"];
    if ours.is_null() {
        return Err(client.error(
            format!("the index \"{index}\" was not made by dateline"),
            "name another index; this one is left as it is",
        ));
    }
    let language = ours["language"].as_str().unwrap_or_default().parse();
    let (found, wanted) = (tag(ours), tag(&mark(language.clone().unwrap_or_default())));
    if found != wanted {
        return Err(client.error(
            format!("index format {found}, this dateline reads {wanted}"),
            "fill another index with `dateline index PATH --engine …`, or delete this one first",
        ));
    }
    language.map_err(|what: String| client.error(what, "fill another index"))
}

/// Refuses what is not OpenSearch, or too old.
pub(super) fn check_version(client: &Client) -> Result<()> {
    let answer: Value = client.ask("GET", "", RequestBody::Nothing)?;
    let (kind, version) = (&answer["version"]["distribution"], answer["version"]["number"].as_str().unwrap_or("?"));
    let too_old = |what: String| -> Error {
        client.error(what, format!("dateline works with OpenSearch {}.{} and later", OLDEST.0, OLDEST.1))
    };
    if kind.as_str() != Some("opensearch") {
        return Err(too_old(format!(
            "this is not OpenSearch, but {} {version}",
            kind.as_str().unwrap_or("something else")
        )));
    }
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    match (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) < OLDEST {
        true => Err(too_old(format!("OpenSearch {version} is too old"))),
        false => Ok(()),
    }
}

fn mark(language: Language) -> Value {
    json!({
        "format": FORMAT, "analyzer": analysis::version(language), "language": language.name(),
        "made_by": env!("CARGO_PKG_VERSION"),
    })
}

/// What of a mark must be the same.
fn tag(mark: &Value) -> String {
    let text = |key: &str| mark[key].as_str().unwrap_or("?").to_owned();
    format!("{} with analyzer {}", text("format"), text("analyzer"))
}

fn articles(layout: Layout, language: Language) -> Value {
    let terms = |norms: bool| {
        json!({
            "type": "text", "analyzer": "terms", "search_analyzer": "terms", "norms": norms,
            "position_increment_gap": crate::analysis::PASSAGE_POSITIONS,
        })
    };
    // few and short, so that they may be listed
    let names = || {
        let mut names = terms(false);
        names["fielddata"] = true.into();
        names
    };
    let number = || json!({ "type": "long", "index": false });
    json!({
        "settings": {
            "number_of_shards": layout.shards, "number_of_replicas": layout.replicas,
            // what is new counts from a commit on, which refreshes
            "refresh_interval": "-1",
            // typing errors are looked for by patterns
            "max_regex_length": 100_000,
            "analysis": {
                "tokenizer": { "terms": { "type": "whitespace", "max_token_length": 1000 } },
                "analyzer": { "terms": { "type": "custom", "tokenizer": "terms" } },
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": { "dateline": mark(language) },
            "_source": { "excludes": [
                TEXT, HEADLINE, OUTLET, CREDIT, BYLINE, SECTION, PAGE, SITE, FORMS, CAPITALIZED, UNCLEAR, CAPITALS, FAMILIES,
            ] },
            "properties": {
                TEXT: terms(true), HEADLINE: terms(false), OUTLET: names(), CREDIT: names(), BYLINE: names(),
                SECTION: names(), PAGE: names(), SITE: names(),
                FORMS: { "type": "keyword" }, CAPITALIZED: { "type": "keyword" }, UNCLEAR: { "type": "keyword" },
                CAPITALS: { "type": "keyword" }, FAMILIES: { "type": "keyword" }, ID: { "type": "keyword" }, FILE: { "type": "long" },
                OUTLET_NAME: { "type": "keyword" }, KNOWN: { "type": "keyword" },
                DATE_FIRST: { "type": "long" }, DATE_LAST: { "type": "long" },
                LENGTH: number(), PASSAGES: number(), WORDS: number(),
                ARTICLE: { "type": "object", "enabled": false },
            },
        },
    })
}

fn files(layout: Layout) -> Value {
    // small, and nothing is readable without it: a second node has a copy, whatever the articles have
    let copies = format!("0-{}", layout.replicas.max(1));
    json!({
        "settings": { "number_of_shards": 1, "auto_expand_replicas": copies },
        "mappings": { "dynamic": false, "_meta": { "dateline": { "format": FORMAT } }, "properties": {} },
    })
}

/// What stands among [`CAPITALS`] for a word with a capital of its own that stands without one too.
pub(super) fn own_capital(form: &str) -> String {
    format!("^{form}")
}
