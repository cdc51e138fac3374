//! What a page says in a sentence or two of its article, for machines.

use serde_json::Value;

use super::json_ld::{ARTICLE, JsonLd, place_of};
use crate::source::{ClaimKind, Markup, plain};

/// Names of meta elements that describe the article.
const METAS: &[&str] =
    &["description", "og:description", "twitter:description", "dc.description", "sailthru.description"];

/// Keys of JSON-LD's articles that do.
const KEYS: &[&str] = &["description", "alternativeHeadline", "alternativeheadline", "abstract"];

/// The descriptions of a page's article, each as it is stated.
pub(in crate::extract) fn descriptions(markup: &Markup, json_ld: &JsonLd<'_>) -> Vec<String> {
    let is_one = |name: &str| METAS.iter().any(|meta| meta.eq_ignore_ascii_case(name));
    let metas = markup.claims.iter().filter(|claim| claim.kind == ClaimKind::Meta && is_one(&claim.name));
    let articles = json_ld.nodes.iter().map(|node| &node.data).filter(|data| place_of(data) == Some(ARTICLE));
    let stated = articles.flat_map(|data| KEYS.iter().filter_map(|key| data.get(*key).and_then(Value::as_str)));
    metas.map(|claim| claim.value.clone()).chain(stated.map(plain)).collect()
}
