//! Where on the web an article was published: its host, and the hosts above it.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lexicon;

/// The hosts of each outlet, by its name.
static HOSTS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut hosts: HashMap<&str, Vec<&str>> = HashMap::new();
    for row in lexicon::OUTLETS.rows() {
        let mut cells = row.cells();
        if let (Some(host), Some(name)) = (cells.next(), cells.next()) {
            hosts.entry(name).or_default().push(host);
        }
    }
    hosts
});

/// The host that an address names, in small letters, `www.` left out: `news.example.com` of
/// `https://www.news.example.com:80/a`. What has blanks, or no letter and no digit, names none.
pub(crate) fn host(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.split(':').next()?.trim_matches(['.', '*']).to_lowercase();
    let mut host = host.as_str();
    while let Some(rest) = host.strip_prefix("www.") {
        host = rest.trim_start_matches(['.', '*']);
    }
    let is_host = !host.contains(char::is_whitespace) && host.contains(char::is_alphanumeric);
    is_host.then(|| host.to_owned())
}

/// What stands behind the host in an address, where that says anything.
pub(crate) fn path(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = &rest[rest.find(['/', '?', '#'])?..];
    path.contains(char::is_alphanumeric).then_some(path)
}

/// The host of an article and those above it, the longest first. Where it states no address, the hosts that the list of
/// outlets has for its outlet, or the outlet's name where that is a host.
pub(crate) fn sites(url: Option<&str>, outlet: Option<&str>) -> Vec<String> {
    if let Some(host) = url.filter(|url| url.contains("://")).and_then(host) {
        return above(&host);
    }
    let Some(outlet) = outlet else { return Vec::new() };
    match HOSTS.get(outlet) {
        Some(hosts) => hosts.iter().flat_map(|host| above(host)).collect(),
        None if outlet.contains('.') => host(outlet).map_or(Vec::new(), |host| above(&host)),
        None => Vec::new(),
    }
}

/// A host, and what stands behind each of its dots.
fn above(host: &str) -> Vec<String> {
    let behind = host.match_indices('.').map(|(at, _)| &host[at + 1..]);
    std::iter::once(host).chain(behind).filter(|host| !host.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_off_addresses() {
        for (address, expected) in [
            ("https://www.BBC.co.uk/news/world-1", Some("bbc.co.uk")),
            ("http://user@news.example.com:8080?x=1", Some("news.example.com")),
            ("bbc.co.uk", Some("bbc.co.uk")),
            ("*.bbc.co.uk", Some("bbc.co.uk")),
            (".uk", Some("uk")),
            ("two words", None),
            ("https://", None),
        ] {
            assert_eq!(host(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn an_article_is_at_its_host_and_at_those_above() {
        for (url, outlet, expected) in [
            (Some("https://news.bbc.co.uk/1"), Some("Reuters"), "news.bbc.co.uk bbc.co.uk co.uk uk"),
            (None, Some("The Moscow Times"), "themoscowtimes.com com"),
            (None, Some("harbourpost.example"), "harbourpost.example example"),
            (None, Some("Kell Bay Post"), ""),
            (Some("/relative"), None, ""),
            (None, None, ""),
        ] {
            assert_eq!(sites(url, outlet).join(" "), expected, "{url:?} {outlet:?}");
        }
    }
}
