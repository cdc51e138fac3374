//! What stands in a text beside it: captions, credits of pictures, promoted links and videos, pleas (`lexicon/asides.tsv`).

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::lexicon::{self, Phrases};
use crate::work;

/// Whether a sentence that begins with the phrase is an aside in capitals only.
static SIGNS: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    let labelled = [("begin", false), ("capitals", true)].map(|(label, only)| phrases(label).map(move |p| (p, only)));
    Phrases::new(labelled.into_iter().flatten())
});
static INSIDE: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::new(phrases("inside").map(|phrase| (phrase, ()))));
static CREDITS: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::new(phrases("credit").map(|phrase| (phrase, ()))));
static LIST_ENDS: LazyLock<Vec<Finder>> =
    LazyLock::new(|| phrases("list-end").map(|word| Finder::new(&word.to_uppercase()).into_owned()).collect());

fn phrases(label: &str) -> impl Iterator<Item = &'static str> {
    lexicon::ASIDES.labelled::<Vec<_>>(label).into_iter()
}

/// Characters that stand before the first word of an aside.
const OPENERS: [char; 8] = ['(', '[', ' ', '*', '•', '>', '|', '»'];
/// Bytes before a name in which it stands once more, where a list of links is glued to it.
const NAME_BEFORE: usize = 60;
/// The most words of a credit of a picture, and the most bytes before its agency.
const CREDIT_WORDS: usize = 10;
const CREDIT_BYTES: usize = 100;
/// The most characters of a name that are looked for again.
const NAME: usize = 40;

/// The asides of a sentence: bytes of `text`, ascending and apart.
pub(super) fn asides(text: &str, sentence: &Range<usize>) -> Vec<Range<usize>> {
    work::add(sentence.len());
    let line = &text[sentence.clone()];
    if begins_aside(line) {
        return vec![sentence.clone()];
    }
    let inside = marked(line).unwrap_or(line.len());
    let mut asides: Vec<Range<usize>> = credited(&line[..inside]).into_iter().chain(linked(&line[..inside])).collect();
    if inside < line.len() {
        asides.push(inside..line.len());
    }
    asides.into_iter().map(|aside| sentence.start + aside.start..sentence.start + aside.end).collect()
}

/// Whether a sentence tells whose picture stands above or below it: `| Ann Lee/AP Photo …`, `(Ann Lee/Reuters)`.
pub(super) fn is_credit(sentence: &str) -> bool {
    let inside = match sentence.strip_prefix('|') {
        Some(behind) => behind,
        None => match sentence.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(inside) if inside.contains('/') || inside.contains(" via ") => inside,
            _ => return false,
        },
    };
    words(inside).take(CREDIT_WORDS).any(|at| CREDITS.at_start(&inside[at..]).is_some())
}

fn begins_aside(sentence: &str) -> bool {
    let opened = sentence.trim_start_matches(OPENERS);
    let signs = || SIGNS.fitting(opened).any(|(only, length)| !only || !opened[..length].contains(char::is_lowercase));
    is_credit(sentence) || signs() || is_marked(opened)
}

/// Where in a sentence an aside begins, behind a blank.
fn marked(sentence: &str) -> Option<usize> {
    let bytes = sentence.as_bytes();
    let begins = |&at: &usize| bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_whitespace();
    (1..bytes.len()).filter(begins).find(|&at| is_marked(&sentence[at..]))
}

/// Whether a text begins with a phrase that begins an aside anywhere, with a capital.
fn is_marked(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && INSIDE.at_start(text).is_some()
}

/// From the start of a sentence to the agency behind a photographer's name, where the text goes on without a full stop:
/// `Ann Lee/Getty Images The ferry sank.`
fn credited(sentence: &str) -> Option<Range<usize>> {
    for (at, _) in sentence.match_indices('/').take_while(|(at, _)| *at <= CREDIT_BYTES) {
        let Some(((), length)) = CREDITS.at_start(&sentence[at + 1..]) else { continue };
        let end = at + 1 + length;
        let is_named = sentence[..at].split_whitespace().count() <= CREDIT_WORDS;
        let goes_on = sentence[end..].trim_start().starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        if is_named && (goes_on || end == sentence.len()) {
            return Some(0..end);
        }
    }
    None
}

/// Lists of links that are glued to a name: `Lee Ann Mary LeeFerry sinks off Oslo Port burns MORE said`.
fn linked(sentence: &str) -> Vec<Range<usize>> {
    let mut lists = Vec::new();
    let mut from = 0;
    let ends = |mark: &'static Finder| mark.find_iter(sentence.as_bytes()).map(|at| at + mark.needle().len());
    for end in LIST_ENDS.iter().flat_map(ends) {
        if sentence[end..].starts_with(char::is_alphanumeric) {
            continue;
        }
        if let Some(start) = words(&sentence[from..end]).find_map(|at| glued(sentence, from + at)) {
            let rest = &sentence[end..];
            let tail = ["'s ", "’s ", ", "].into_iter().find(|tail| rest.starts_with(tail));
            lists.push(start..end + tail.map_or(0, str::len));
        }
        from = end;
    }
    lists
}

/// Where in the word at a byte of the sentence a name ends that stood just before, and another word begins.
fn glued(sentence: &str, at: usize) -> Option<usize> {
    let word = &sentence[at..];
    let near = &sentence[sentence.floor_char_boundary(at.saturating_sub(NAME_BEFORE))..at];
    let mut last = ' ';
    for (length, c) in word.char_indices().take(NAME).take_while(|(_, c)| !c.is_whitespace()) {
        if last.is_lowercase() && c.is_uppercase() && near.split_whitespace().any(|before| before == &word[..length]) {
            return Some(at + length);
        }
        last = c;
    }
    None
}

/// Where the words of a text begin.
fn words(text: &str) -> impl Iterator<Item = usize> {
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, c)| {
        let begins = !before.is_alphanumeric() && c.is_alphanumeric();
        before = c;
        begins.then_some(at)
    })
}
