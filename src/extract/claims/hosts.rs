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
        assert_eq!((key("Tamsin Post"), key("TamsinPost.com")), ("tamsinpost".into(), "tamsinpost".into()));
    }
}
