//! Sentence ends by a cheap rule: one pass over the bytes, and what a language's dots may stand for besides an end.

use std::ops::Range;

use crate::analysis::Language;
use crate::work;

mod rules;

use rules::Rules;

/// The sentences of `text` as byte ranges, half-open, 0-based, trailing blanks included: they tile the text.
/// Abbreviations, ordinals and marks are those of `language`.
pub fn sentences(text: &str, language: Language) -> Vec<Range<usize>> {
    let rules = Rules::of(language);
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(found) = next_end(text, at, rules) {
        if text[found..].trim_start().is_empty() {
            break;
        }
        let next = found + (text[found..].len() - text[found..].trim_start().len());
        ranges.push(start..next);
        start = next;
        at = next;
    }
    if start < text.len() {
        ranges.push(start..text.len());
    }
    ranges
}

/// Byte offset behind the next sentence end (closing quotes included) from `at` on.
fn next_end(text: &str, at: usize, rules: &Rules) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = at;
    while let Some(found) = bytes[at..].iter().position(|&byte| rules.may_end[usize::from(byte)]) {
        at += found;
        match bytes[at] {
            b'\n' => return Some(at + 1),
            b'.' | b'!' | b'?' => {
                let mark = at;
                while bytes.get(at).is_some_and(|b| matches!(b, b'.' | b'!' | b'?')) {
                    at += 1;
                }
                let closed = rules.skip_closers(text, at);
                if starts_sentence(&text[closed..]) && !is_no_end(text, mark, at, closed, rules) {
                    return Some(closed);
                }
                at = closed;
            }
            0xE3 if text[at..].starts_with('。') => return Some(rules.skip_closers(text, at + 3)),
            0xEF if text[at..].starts_with(['！', '？']) => return Some(rules.skip_closers(text, at + 3)),
            0xE0 if text[at..].starts_with('।') => return Some(rules.skip_closers(text, at + 3)),
            0xD8 | 0xDB if text[at..].starts_with(['؟', '۔']) => return Some(rules.skip_closers(text, at + 2)),
            _ => at += 1,
        }
    }
    None
}

/// Whether what follows a full stop opens a sentence: blanks, then a capital, a digit, an opening quote or bracket, or
/// a letter of a script without case.
fn starts_sentence(rest: &str) -> bool {
    let next = rest.trim_start();
    work::add(1 + rest.len() - next.len());
    if next.is_empty() {
        return true;
    }
    if next.len() == rest.len() {
        return false;
    }
    let Some(first) =
        next.trim_start_matches(['"', '\'', '(', '[', '“', '‘', '«', '„', '—', '–', '-', ' ']).chars().next()
    else {
        return true;
    };
    !first.is_lowercase()
}

/// Whether the single dot at `mark` belongs to its word and ends no sentence.
fn is_no_end(text: &str, mark: usize, end: usize, closed: usize, rules: &Rules) -> bool {
    if end != mark + 1 || text.as_bytes()[mark] != b'.' || closed != end {
        return false;
    }
    let opens = |c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '‘' | '\'');
    let before = text[..mark].rfind(opens);
    let start = before.map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let word = &text[start..mark];
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    initial || rules.is_abbreviation(word, &text[..start]) || rules.is_ordinal(word, &text[end..])
}

#[cfg(test)]
mod tests;
