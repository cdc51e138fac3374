//! Outlets that a query asks for and the archive does not have, and which may have been meant.

use crate::article::host;
use crate::engine::Engine;
use crate::error::{Result, nearest};
use crate::extract::{outlet_at, squash};
use crate::query::tree::QueryField;
use crate::query::{DateContext, Query, SearchRequest, Typed};
use crate::stats::Part;

/// Words of names that abbreviations leave out, in lower case.
const LEFT_OUT: [&str; 3] = ["the", "of", "and"];

/// A line for each outlet that the query asks for and that the archive does not have; `found` says whether the query found
/// anything, as it does not without its only outlet.
///
/// # Errors
/// Where the archive cannot be read.
pub fn absent_outlets(query: &Query, engine: &dyn Engine, found: bool) -> Result<Vec<String>> {
    let (mut lines, names) = (Vec::new(), query.names(QueryField::Outlet));
    if found && names.len() < 2 {
        return Ok(lines);
    }
    for name in names {
        let only = Typed { outlets: std::slice::from_ref(&name), ..Typed::default() };
        let query = only.query(DateContext::now(engine.language()))?;
        let request = SearchRequest { limit: 0, suggest: false, ..SearchRequest::new(query) };
        if engine.search(&request)?.total_articles == 0 {
            let hint = match meant(&name, &engine.outlets()?) {
                Some(meant) => format!("did you mean {meant}?"),
                None => "`dateline outlets` lists those that there are".to_owned(),
            };
            lines.push(format!("no article is of the outlet \"{name}\"; {hint}"));
        }
    }
    Ok(lines)
}

/// The outlet of the archive that may have been meant: the one at a host, the one with the most articles that is abbreviated so,
/// else the one whose name, or a part of it, is near.
fn meant<'n>(typed: &str, outlets: &'n [Part]) -> Option<&'n str> {
    let all = || outlets.iter().map(|outlet| outlet.name.as_str());
    // what has blanks is no host
    let host = host(typed).unwrap_or_else(|| typed.to_owned());
    let at = outlet_at(&host).and_then(|name| all().find(|known| squash(known) == squash(name)));
    let abbreviated = || {
        let site = host.split('.').next().unwrap_or_default();
        let letters: Vec<char> = squash(site).chars().collect();
        all().filter(|_| letters.len() > 1).find(|name| abbreviates(&letters, &words_of(name)))
    };
    let words = typed.split_whitespace().count();
    let parts: Vec<(String, &str)> =
        all().flat_map(|name| parts(name, words).into_iter().map(move |part| (part, name))).collect();
    let of_part = || {
        let part = nearest(typed, parts.iter().map(|(part, _)| part.as_str()))?;
        parts.iter().find(|(other, _)| other == part).map(|(_, name)| *name)
    };
    at.or_else(abbreviated).or_else(|| nearest(typed, all())).or_else(of_part)
}

/// The words of a name that an abbreviation may be made of.
fn words_of(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).map(squash);
    words.filter(|word| !word.is_empty() && !LEFT_OUT.contains(&word.as_str())).collect()
}

/// Whether letters are the beginnings of all words, one after the other: `nytimes`, `nyt`, `wapo`.
fn abbreviates(letters: &[char], words: &[String]) -> bool {
    let Some((word, rest)) = words.split_first() else { return letters.is_empty() };
    let same = letters.iter().zip(word.chars()).take_while(|(letter, c)| **letter == *c).count();
    (1..=same).rev().any(|length| abbreviates(&letters[length..], rest))
}

/// So many words of a name side by side; those of three letters or fewer are near to anything.
fn parts(name: &str, words: usize) -> Vec<String> {
    let all: Vec<&str> = name.split_whitespace().collect();
    let parts = all.windows(words.max(1)).map(|part| part.join(" "));
    parts.filter(|part| part.chars().count() > 3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outlet_that_was_meant_is_near_by_name_word_or_host() {
        let outlets =
            ["Reuters", "The New York Times", "New York Times - News", "Radio Meridian", "BBC", "The Washington Post"];
        let outlets = outlets.map(|name| Part { name: name.to_owned(), count: 1 });
        for (typed, expected) in [
            ("Reutrs", Some("Reuters")),
            ("nytimes.com", Some("The New York Times")),
            ("https://www.nytimes.com/2018", Some("The New York Times")),
            ("Merdian", Some("Radio Meridian")),
            ("New Yrok Times", Some("The New York Times")),
            ("radio meridain", Some("Radio Meridian")),
            ("NYT", Some("The New York Times")),
            ("NY Times", Some("The New York Times")),
            ("wapo", Some("The Washington Post")),
            ("bbc.co.uk", Some("BBC")),
            ("Zeitung", None),
        ] {
            assert_eq!(meant(typed, &outlets), expected, "{typed}");
        }
    }
}
