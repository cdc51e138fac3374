//! Whether a field is what the gold says, however the two are written.

use dateline::extract::outlet_at;
use unicode_normalization::UnicodeNormalization;

/// Letters and digits alone, in lower case and without accents: marks of quotation and dashes differ from gold to gold.
pub fn squash(text: &str) -> String {
    text.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two names in one script can be held against each other: a gold of Latin letters says nothing of `朝日新聞`.
pub fn is_comparable(found: &str, gold: &str) -> bool {
    let latin = |text: &str| text.chars().any(|c| c.is_ascii_alphabetic());
    latin(found) == latin(gold)
}

/// The name in a host: `harbourpost` of `http://www.harbourpost.co.uk`.
fn label(host: &str) -> &str {
    let mut labels: Vec<&str> = host.trim_end_matches('/').split('.').collect();
    labels.pop();
    while labels.len() > 1 && labels.last().is_some_and(|last| last.len() <= 3) {
        labels.pop();
    }
    labels.last().copied().unwrap_or(host)
}

/// Whether a name means the outlet that the gold names: by its host (`http://post.example`), or a name run together
/// (`HarbourPost`, where some sets leave `The` away, add a country or give initials).
pub fn is_outlet(found: &str, gold: &str) -> bool {
    let bare = |name: String| {
        let rest = ["the", "die"].iter().find_map(|article| name.strip_prefix(article).filter(|rest| rest.len() > 2));
        rest.map_or(name.clone(), str::to_owned)
    };
    let name = bare(squash(found));
    let host = gold.split_once("://").map(|(_, host)| host.trim_start_matches("www."));
    let listed = host.and_then(|host| outlet_at(host.trim_end_matches('/')));
    let gold = bare(squash(host.map_or(gold, label)));
    let alike = name.contains(&gold) || gold.contains(&name);
    name.chars().count() > 1 && (alike || listed == Some(found) || is_short_for(&gold, found))
}

/// Whether a name's letters are the beginnings of the words of another, in order; few may stand anywhere in it behind the first.
fn is_short_for(short: &str, name: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    let spread = short.chars().all(|wanted| letters.any(|c| c == wanted));
    let initial = short.chars().next() == name.chars().flat_map(char::to_lowercase).next();
    if (2..=4).contains(&short.len()) && spread && initial {
        return true;
    }
    let mut reached = vec![0];
    for (nth, word) in name.split_whitespace().map(squash).enumerate() {
        let mut next = if word.len() <= 3 { reached.clone() } else { Vec::new() };
        for at in reached {
            let same = short[at..].bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
            next.extend((1..=same).map(|taken| at + taken).filter(|end| short.is_char_boundary(*end)));
        }
        if nth > 0 && next.contains(&short.len()) {
            return true;
        }
        next.sort_unstable();
        next.dedup();
        reached = next;
    }
    false
}

/// Whether two titles are the same, one holds the other, or they share half of the words of the shorter: sets give the
/// heading, the title for a network or the window's.
pub fn is_title_of_same(found: &str, gold: &str) -> bool {
    let (one, other) = (squash(found), squash(gold));
    if one.is_empty() || one.contains(&other) || other.contains(&one) {
        return !one.is_empty();
    }
    let words = |text: &str| -> Vec<String> {
        let text = text.replace('\u{ad}', "");
        let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        words.filter(|word| word.chars().count() > 1).collect::<Vec<_>>()
    };
    let (one, other) = (words(found), words(gold));
    let shared = one.iter().filter(|word| other.contains(word)).count();
    shared >= 3 && shared * 2 >= one.len().min(other.len())
}

/// Whether no name is invented: all of those found are the gold's, or all of the gold's are found.
pub fn are_authors(found: &str, gold: &[String]) -> bool {
    let found: Vec<String> = found.split([',', ';']).map(squash).filter(|name| !name.is_empty()).collect();
    let gold: Vec<String> = gold.iter().map(|name| squash(name)).collect();
    let is = |one: &String, other: &String| {
        one == other
            || (one.len().min(other.len()) > 5 && (one.contains(other.as_str()) || other.contains(one.as_str())))
    };
    let all = |some: &[String], of: &[String]| {
        !some.is_empty() && some.iter().all(|one| of.iter().any(|other| is(one, other)))
    };
    all(&found, &gold) || all(&gold, &found)
}

#[test]
fn an_outlet_is_known_by_host_or_name() {
    let rows = [
        ("The Harbour Post", "http://harbourpost.example", true),
        ("Harbour Post", "https://www.harbourpost.co.uk", true),
        ("Harbour Post", "TheHarbourPost", true),
        ("Harbour Post", "HarbourPostDE", true),
        ("HARBOUR ONLINE", "DieHarbour", true),
        ("The Kell Bay Daily News", "http://www.kbdailynews.com", true),
        ("The New York Times", "http://nytimes.com", true),
        ("Bay Herald", "http://harbourpost.example", false),
        ("", "HarbourPost", false),
    ];
    for (found, gold, wanted) in rows {
        assert_eq!(is_outlet(found, gold), wanted, "{found} {gold}");
    }
}

#[test]
fn titles_and_authors_are_known_in_other_words() {
    let gold = "Island ferry stays in port until the ice breaks";
    assert!(is_title_of_same("Ferry stays in port until ice breaks, says board", gold));
    assert!(!is_title_of_same("Winter at sea", gold) && !is_title_of_same("", gold));
    let names = ["Anna Kowal".to_owned(), "Tom Reid".to_owned()];
    assert!(are_authors("Anna Kowal", &names) && are_authors("Tom Reid, Anna Kowal, Lena Ortiz", &names));
    assert!(!are_authors("Lena Ortiz", &names) && !are_authors("Anna Kowal", &[]));
}
