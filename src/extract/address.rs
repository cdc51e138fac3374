//! Bare addresses and their hosts.

use super::words::strip_prefix_ci;

/// One or several bare addresses, page numbers beside them allowed.
pub(super) fn is_url(line: &str) -> bool {
    let address = |word: &str| {
        let word = word.trim_matches(['<', '>', '(', ')', '[', ']']);
        let bare = ["https://", "http://", "www."].iter().find_map(|p| strip_prefix_ci(word, p));
        bare.is_some_and(|rest| rest.contains('.') || rest.contains('/'))
            || (word.contains('/') && host(word).is_some())
    };
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit() || b == b'/');
    let mut words = line.split_whitespace();
    words.next().is_some_and(address) && words.all(|word| address(word) || number(word))
}

/// The host that an address begins with, `www.` left out: `example.com` of `https://www.example.com/a`.
pub(super) fn host(address: &str) -> Option<String> {
    let address = address.trim_matches(['<', '>', '(', ')', '[', ']']);
    let rest = ["https://", "http://"].iter().find_map(|p| strip_prefix_ci(address, p)).unwrap_or(address);
    let host = rest.split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
    let host =
        ["www.", "m.", "amp.", "mobile.", "edition."].iter().fold(host.as_str(), |h, p| h.strip_prefix(p).unwrap_or(h));
    let labels: Vec<&str> = host.split('.').collect();
    let plain = |l: &&str| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let top = labels.last().is_some_and(|t| t.len() >= 2 && t.bytes().all(|b| b.is_ascii_alphabetic()));
    (labels.len() >= 2 && labels.iter().all(plain) && top).then(|| host.to_owned())
}
