//! The words of a sentence that is too long to be shown.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::clause;
use super::passage::{CUT, SnippetSource, chars};
use crate::passage::trimmed;
use crate::work;

/// The whole words of a `sentence` around the most evidence that keep within `room` characters, an ellipsis on both sides
/// included. A word that is longer than that is cut between characters.
pub(super) fn words(passage: &SnippetSource<'_>, sentence: Range<usize>, room: usize) -> Range<usize> {
    let room = room.saturating_sub(2 * chars(CUT)).max(1);
    let inside: Vec<Range<usize>> = passage.inside(&sentence).map(|m| m.span.range()).collect();
    let mut starts: Vec<usize> = inside.iter().map(|found| found.start).collect();
    starts.dedup();
    let mut best = (f32::MIN, sentence.start..sentence.start);
    for start in starts.into_iter().chain([sentence.start]) {
        let stretch = start..advance(passage.text, start, room).min(sentence.end);
        let value = passage.evidence(std::slice::from_ref(&stretch)).all;
        if value > best.0 {
            best = (value, stretch);
        }
    }
    let stretch = best.1;
    let held = inside.iter().filter(|found| stretch.start <= found.start && found.end <= stretch.end);
    let last = held.map(|found| found.end).max().unwrap_or(stretch.start);
    whole_words(passage.text, &sentence, stretch.start..last, room)
}

/// Puts words on both sides of the `evidence`, up to `room` characters in all: from the start of the sentence or to its end
/// where the evidence is near enough, else from the start of a clause to the end of one where that leaves enough to read.
fn whole_words(text: &str, sentence: &Range<usize>, evidence: Range<usize>, room: usize) -> Range<usize> {
    let spare = room.saturating_sub(chars(&text[evidence.clone()]));
    let earliest = retreat(text, evidence.end, room).min(evidence.start);
    if earliest <= sentence.start {
        return trimmed(text, sentence.start..last_end(text, sentence, evidence.end, sentence.start, room));
    }
    let to_end = advance(text, evidence.start, room) >= sentence.end;
    let from = if to_end { retreat(text, sentence.end, room) } else { retreat(text, evidence.start, spare * 3 / 4) };
    let from = from.max(sentence.start);
    let middle = if to_end { from } else { retreat(text, evidence.start, spare / 2).max(sentence.start) };
    let latest = if to_end { retreat(text, sentence.end, room / 2) } else { evidence.start };
    let clause = clause::starts(text, from..evidence.start).next().filter(|&start| start <= latest);
    let start = match clause {
        Some(clause) => clause,
        None if middle == sentence.start => middle,
        None => first_word(text, sentence, middle..evidence.start),
    };
    trimmed(text, start..last_end(text, sentence, evidence.end, start, room))
}

/// Where what is shown from `start` within `room` characters ends: behind the byte `shown` in any case.
fn last_end(text: &str, sentence: &Range<usize>, shown: usize, start: usize, room: usize) -> usize {
    let end = advance(text, start, room).min(sentence.end);
    if end == sentence.end {
        return end;
    }
    let enough = advance(text, start, room * 3 / 5).max(shown).min(end);
    if let Some(clause) = clause::ends(text, enough..end).last() {
        return clause;
    }
    if text[end..].starts_with(char::is_whitespace) {
        end
    } else {
        last_word(text, sentence, shown.max(start)..end, start)
    }
}

/// Where the first whole word in `range` begins: behind a blank if there is one, else at any bound of a word.
fn first_word(text: &str, sentence: &Range<usize>, range: Range<usize>) -> usize {
    match text[range.clone()].find(char::is_whitespace) {
        Some(blank) => range.start + blank,
        None => {
            bounds(text, sentence, range.start).find(|&at| at >= range.start && at <= range.end).unwrap_or(range.end)
        }
    }
}

/// Where the last whole word in `range` ends: before a blank if there is one, else at any bound of a word; where what is
/// shown from `start` is one long word, at the end of a character.
fn last_word(text: &str, sentence: &Range<usize>, range: Range<usize>, start: usize) -> usize {
    if let Some(blank) = text[range.clone()].rfind(char::is_whitespace) {
        return range.start + blank;
    }
    let bound = bounds(text, sentence, range.start).take_while(|&at| at <= range.end).last();
    if let Some(bound) = bound.filter(|&bound| bound >= range.start && bound > start) {
        return bound;
    }
    if range.start > start {
        return range.start;
    }
    let characters = text[start..sentence.end].grapheme_indices(true);
    let mut ends = characters.map(|(at, character)| start + at + character.len());
    // one character is shown, whatever its width
    let first = ends.next().unwrap_or(range.end);
    ends.take_while(|&at| at <= range.end).last().unwrap_or(first)
}

/// Bytes before a place from which on the bounds of words are told: what stands before them changes nothing near it.
const BEFORE: usize = 1024;

/// The bounds of a sentence's words near the byte `at` and behind it, by Unicode's rules (UAX 29), none of them within a
/// character.
fn bounds<'t>(text: &'t str, sentence: &Range<usize>, at: usize) -> impl Iterator<Item = usize> + use<'t> {
    let from = text.floor_char_boundary(at.saturating_sub(BEFORE)).max(sentence.start);
    let bounds = text[from..sentence.end].split_word_bound_indices().map(move |(at, _)| from + at);
    bounds.inspect(|_| work::add(1))
}

/// The byte offset `count` characters after `at`, or the end.
fn advance(text: &str, at: usize, count: usize) -> usize {
    text[at..].char_indices().nth(count).map_or(text.len(), |(bytes, _)| at + bytes)
}

/// The byte offset `count` characters before `at`, or the start.
fn retreat(text: &str, at: usize, count: usize) -> usize {
    match count.checked_sub(1) {
        Some(back) => text[..at].char_indices().nth_back(back).map_or(0, |(bytes, _)| bytes),
        None => at,
    }
}
