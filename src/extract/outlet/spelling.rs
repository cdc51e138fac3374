//! Spellings of one outlet, and the one that it goes by.

use crate::article::Field;
use crate::extract::address;
use crate::extract::names::{self, Outlets};
use crate::extract::words::{is_all_caps, title_case};

/// Whether two keys mean one outlet: the same, or the one with more words behind, as a publisher's name has.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short == long || (short.len() >= 6 && long.starts_with(short))
}

/// What spellings of one outlet share: its letters, without the ending of a host.
pub(super) fn key(name: &str, outlets: Outlets<'_>) -> String {
    let lower = name.trim().to_ascii_lowercase();
    let host = address::host(&lower).filter(|_| !lower.contains(' '));
    let bare = host.as_deref().map_or(lower.as_str(), |h| h.split('.').next().unwrap_or(h));
    let known = outlets.named(name).or_else(|| host.as_deref().and_then(|host| outlets.at(host)));
    names::squash(known.unwrap_or(bare))
}

/// The better spelling of two that mean the same outlet.
pub(in crate::extract) fn better(one: &str, other: &str, outlets: Outlets<'_>) -> Option<String> {
    let (key_of_one, key_of_other) = (key(one, outlets), key(other, outlets));
    if key_of_one != key_of_other {
        return is_same(&key_of_one, &key_of_other).then(|| one.to_owned());
    }
    let worth = |name: &str| {
        let mixed = name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase);
        (outlets.named(name).is_some(), mixed, name.contains(' '), !name.contains('.'))
    };
    Some(if worth(other) > worth(one) { other } else { one }.to_owned())
}

/// Rules that read names off lines, as they are printed there.
const IN_LINES: &[&str] =
    &["follow-line", "dateline-source", "masthead", "site-line", "headline-suffix", "address-lines"];

/// Whether two names are the same outlet's.
pub(in crate::extract) fn is_one(one: &str, other: &str, outlets: Outlets<'_>) -> bool {
    one == other || key(one, outlets) == key(other, outlets)
}

/// The field with names that were read off lines in their usual spelling; what is stated stays as it is.
pub(in crate::extract) fn spelled(mut field: Field<String>, outlets: Outlets<'_>) -> Field<String> {
    let spell = |name: &mut String, rule: &str| match rule {
        "copyright-holder" => *name = written(name, outlets),
        _ if IN_LINES.contains(&rule) => *name = usual(name, outlets),
        _ => {}
    };
    spell(&mut field.value, &field.rule);
    field.alternatives.iter_mut().for_each(|other| spell(&mut other.value, &other.rule));
    field
}

/// A name as the outlet itself writes it, as far as the list or its own capitals tell; one that was run together is taken
/// apart.
pub(in crate::extract) fn usual(name: &str, outlets: Outlets<'_>) -> String {
    if name.contains(' ') || listed(name, outlets).is_some() {
        written(name, outlets)
    } else {
        names::split_camel(name)
    }
}

/// The outlet that a name or a host stands for.
fn listed<'o>(name: &str, outlets: Outlets<'o>) -> Option<&'o str> {
    outlets.named(name).or_else(|| address::host(name).and_then(|host| outlets.at(&host)))
}

/// The same, where nobody runs names together: a holder of rights writes its name in full.
fn written(name: &str, outlets: Outlets<'_>) -> String {
    if let Some(known) = listed(name, outlets) {
        return known.to_owned();
    }
    if !name.contains(' ') || !is_all_caps(name) {
        return name.to_owned();
    }
    // `OSTRAND DAILY` is shouted, `CBS SF` is not.
    let word =
        |word: &str| if word.len() > 3 || word == "THE" { title_case(word).into_owned() } else { word.to_owned() };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
