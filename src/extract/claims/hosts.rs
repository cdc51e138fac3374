//! The page's own host, and the name of the site in it.

use std::sync::LazyLock;

use crate::extract::{address, names};
use crate::lexicon;
use crate::source::{ClaimKind, Markup};

/// Where anybody may have a site of their own, in a host below.
static PLATFORMS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::HOSTS.labelled("platform"));

/// Labels before a country's that are no names: `co.uk`, `com.au`.
const BELOW_COUNTRIES: &[&str] = &["co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "go"];

/// Relations of links that lead to the page's own site.
const OWN: &[&str] = &["alternate", "shortlink", "amphtml", "home", "start", "index", "search", "pingback", "edituri"];

/// The page's host: of its address, else of links to other forms of it, where all lead to one host.
pub(super) fn own(markup: &Markup, url: Option<&str>) -> Option<String> {
    if let Some(host) = url.and_then(address::host) {
        return Some(host);
    }
    let is_own = |name: &str| name.split(' ').any(|word| OWN.contains(&word));
    let links = markup.claims.iter().filter(|claim| claim.kind == ClaimKind::Link && is_own(&claim.name));
    let mut hosts =
        links.filter(|claim| claim.value.starts_with("http")).filter_map(|claim| address::host(&claim.value));
    let first = hosts.next()?;
    hosts.all(|host| host == first).then_some(first)
}

/// The key of the name in a host: `tamsinpost` of `news.tamsin-post.co.uk`.
pub(super) fn label(host: &str) -> Option<String> {
    let mut labels: Vec<&str> = host.split('.').collect();
    labels.pop();
    if labels.len() > 1 && labels.last().is_some_and(|last| BELOW_COUNTRIES.contains(last)) {
        labels.pop();
    }
    if labels.len() > 1 && labels.last().is_some_and(|last| PLATFORMS.contains(last)) {
        labels.pop();
    }
    labels.last().map(|name| names::squash(name)).filter(|name| name.len() >= 2)
}

/// The key of a name, of the label where it is a host.
pub(in crate::extract) fn key(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let host = address::host(&lower).filter(|_| !lower.contains(' '));
    host.as_deref().and_then(label).unwrap_or_else(|| names::squash(name))
}

/// Words of the longest name that a host is held against.
const LONGEST_NAME: usize = 8;

/// Whether the name in a host is one of a site that is called so: the same, one the beginning of the other, or made of the
/// beginnings of its words (`nydailynews`, `smh`).
pub(in crate::extract) fn is_akin(label: &str, name: &str) -> bool {
    let key = key(name);
    let (short, long) = if key.len() <= label.len() { (key.as_str(), label) } else { (label, key.as_str()) };
    short == long || (short.len() >= 4 && long.starts_with(short)) || is_abbreviation(label, name)
}

/// Whether a label is made of the beginnings of a name's words, of two at least; small words may be passed over.
fn is_abbreviation(label: &str, name: &str) -> bool {
    if !label.is_ascii() || !(2..=32).contains(&label.len()) || !name.is_ascii() {
        return false;
    }
    // bit p: the words so far can make the first p letters
    let (mut reached, mut matched) = (1_u64, 0);
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).take(LONGEST_NAME) {
        let word = word.to_ascii_lowercase();
        let mut next = if word.len() <= 3 { reached } else { 0 };
        for at in (0..label.len()).filter(|at| reached >> at & 1 == 1) {
            let same = label.bytes().skip(at).zip(word.bytes()).take_while(|(a, b)| a == b).count();
            (1..=same).for_each(|taken| next |= 1 << (at + taken));
        }
        matched += 1;
        if next >> label.len() & 1 == 1 && matched >= 2 {
            return true;
        }
        reached = next;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_in_a_host_is_found() {
        for (host, name) in [
            ("tamsin-post.example", "tamsinpost"),
            ("news.tamsinpost.co.uk", "tamsinpost"),
            ("tamsin.blogspot.co.uk", "tamsin"),
            ("tamsin.wordpress.com", "tamsin"),
            ("co.uk", "co"),
        ] {
            assert_eq!(label(host).as_deref(), Some(name), "{host}");
        }
        for (label, name, akin) in [
            ("tamsinpost", "The Tamsin Post", true),
            ("kbdailynews", "Kell Bay Daily News", true),
            ("kbt", "The Kell Bay Times", true),
            ("kbnews", "KB News & Bay Report", true),
            ("tamsin", "Tamsin Digital", true),
            ("tamsinpost", "Science", false),
            ("kbt", "Kell", false),
        ] {
            assert_eq!(is_akin(label, name), akin, "{label} {name}");
        }
        assert_eq!((key("Tamsin Post"), key("TamsinPost.com")), ("tamsinpost".into(), "tamsinpost".into()));
    }
}
