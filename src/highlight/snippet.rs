//! The sentences of a passage that hold the most evidence, within a width.

use std::ops::Range;

use super::matches::{Match, spans};
use crate::article::Span;
use crate::hit::Snippet;
use crate::passage::{sentences, trimmed};

/// Stands where a sentence had to be cut.
const CUT: &str = "…";
/// What a match counts after the first of its leaf.
const REPEATED: f32 = 0.1;

/// Cuts a snippet of at most `width` characters from `text`: whole sentences where one fits, else the words around the
/// most evidence. `weights` says what a match of each leaf counts; a leaf without a weight counts 1.
pub fn snippet(text: &str, matches: &[Match], weights: &[f32], width: usize) -> Snippet {
    let sentences: Vec<Range<usize>> = sentences(text).into_iter().map(|s| trimmed(text, s)).collect();
    let Some(best) = best_window(text, &sentences, matches, weights, width) else { return Snippet::default() };
    let shown = sentences[best.start].start..sentences[best.end - 1].end;
    if evidence(matches, weights, &shown) == 0.0
        && let Some(range) = across(&sentences, matches, weights)
    {
        return cut_sentence(text, range, matches, weights, width);
    }
    let window = extend(text, &sentences, best, width);
    let range = sentences[window.start].start..sentences[window.end - 1].end;
    if chars(text, &range) > width {
        return cut_sentence(text, range, matches, weights, width);
    }
    build(text, range, matches, "", "")
}

/// Where no sentences that fit hold a match, the sentences over which the weightiest match reaches: a phrase may begin in
/// one and end in the next.
fn across(sentences: &[Range<usize>], matches: &[Match], weights: &[f32]) -> Option<Range<usize>> {
    let weight = |found: &&Match| weights.get(found.leaf).copied().unwrap_or(1.0);
    let found = matches.iter().max_by(|a, b| weight(a).total_cmp(&weight(b)).then(b.span.cmp(&a.span)))?;
    let first = sentences.iter().rfind(|sentence| sentence.start <= found.span.start as usize)?;
    let last = sentences.iter().find(|sentence| sentence.end >= found.span.end as usize)?;
    Some(first.start..last.end)
}

/// The sentences (by number) with the most evidence that fit; the first alone where none does.
fn best_window(
    text: &str,
    sentences: &[Range<usize>],
    matches: &[Match],
    weights: &[f32],
    width: usize,
) -> Option<Range<usize>> {
    let mut best: Option<(f32, Range<usize>)> = None;
    for first in 0..sentences.len() {
        for last in first..sentences.len() {
            let range = sentences[first].start..sentences[last].end;
            if last > first && chars(text, &range) > width {
                break;
            }
            let value = evidence(matches, weights, &range);
            let better = best.as_ref().is_none_or(|(top, window)| {
                value > top + f32::EPSILON || (value >= *top && last - first + 1 < window.len())
            });
            if better {
                best = Some((value, first..last + 1));
            }
        }
    }
    best.map(|(_, window)| window)
}

/// Adds whole sentences of the same paragraph, those before first, while they fit.
fn extend(text: &str, sentences: &[Range<usize>], window: Range<usize>, width: usize) -> Range<usize> {
    let fits = |w: &Range<usize>| {
        let range = sentences[w.start].start..sentences[w.end - 1].end;
        chars(text, &range) <= width && !text[range].contains('\n')
    };
    let mut window = window;
    loop {
        let earlier = window.start.saturating_sub(1)..window.end;
        let later = window.start..(window.end + 1).min(sentences.len());
        if earlier != window && fits(&earlier) {
            window = earlier;
        } else if later != window && fits(&later) {
            window = later;
        } else {
            return window;
        }
    }
}

/// A sentence longer than `width`: the stretch of whole words with the most evidence.
fn cut_sentence(text: &str, sentence: Range<usize>, matches: &[Match], weights: &[f32], width: usize) -> Snippet {
    let room = width.saturating_sub(2 * CUT.chars().count()).max(1);
    let inside: Vec<&Match> = matches.iter().filter(|m| within(m.span, &sentence)).collect();
    let starts = inside.iter().map(|m| m.span.start as usize);
    let mut best = (f32::MIN, sentence.start..sentence.start);
    for start in starts.chain([sentence.start]) {
        let stretch = start..advance(text, start, room).min(sentence.end);
        let value = evidence(matches, weights, &stretch);
        if value > best.0 {
            best = (value, stretch);
        }
    }
    let stretch = centred(text, &sentence, best.1, &inside, room);
    let before = if stretch.start > sentence.start { CUT } else { "" };
    let after = if stretch.end < sentence.end { CUT } else { "" };
    build(text, stretch, matches, before, after)
}

/// Moves a stretch so that its evidence has words on both sides, then to whole words.
fn centred(text: &str, sentence: &Range<usize>, stretch: Range<usize>, inside: &[&Match], room: usize) -> Range<usize> {
    let last = inside.iter().filter(|m| within(m.span, &stretch)).map(|m| m.span.end as usize).max();
    let used = chars(text, &(stretch.start..last.unwrap_or(stretch.start)));
    let lead = room.saturating_sub(used) / 2;
    let mut start = retreat(text, stretch.start, lead).max(sentence.start);
    let mut end = advance(text, start, room).min(sentence.end);
    if end == sentence.end {
        start = retreat(text, end, room).max(sentence.start);
    }
    if start > sentence.start {
        start = text[start..end].find(char::is_whitespace).map_or(start, |at| start + at).min(stretch.start);
        start += text[start..end].len() - text[start..end].trim_start().len();
    }
    if end < sentence.end && !text[end..].starts_with(char::is_whitespace) {
        let cut = text[start..end].rfind(char::is_whitespace).map_or(end, |at| start + at);
        end = if last.is_none_or(|l| cut >= l) && cut > start { cut } else { end };
    }
    trimmed(text, start..end)
}

fn build(text: &str, range: Range<usize>, matches: &[Match], before: &str, after: &str) -> Snippet {
    let inside: Vec<Match> = matches.iter().filter(|m| within(m.span, &range)).copied().collect();
    let shift = |at: u64| at - range.start as u64 + before.len() as u64;
    let highlights = spans(&inside).into_iter().map(|s| Span { start: shift(s.start), end: shift(s.end) }).collect();
    let text = format!("{before}{}{after}", text[range].replace('\n', " "));
    Snippet { text, highlights }
}

/// What the matches inside `range` count: each leaf once, and a little for every further match.
fn evidence(matches: &[Match], weights: &[f32], range: &Range<usize>) -> f32 {
    let mut seen: Vec<usize> = Vec::new();
    let mut value = 0.0;
    for found in matches.iter().filter(|m| within(m.span, range)) {
        let weight = weights.get(found.leaf).copied().unwrap_or(1.0);
        let first = !seen.contains(&found.leaf);
        value += if first { weight } else { REPEATED * weight };
        if first {
            seen.push(found.leaf);
        }
    }
    value
}

fn within(span: Span, range: &Range<usize>) -> bool {
    span.start as usize >= range.start && span.end as usize <= range.end
}

fn chars(text: &str, range: &Range<usize>) -> usize {
    text[range.clone()].chars().count()
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

#[cfg(test)]
mod tests {
    use super::super::{Part, matches};
    use super::*;
    use crate::analysis::Analyzer;
    use crate::matching::{NoWords, compile};
    use crate::query::parse;

    /// The matches of all of a query's leaves.
    fn found(query: &str, text: &str) -> Vec<Match> {
        let analyzer = Analyzer::default();
        let query = compile(&parse(query).root, &analyzer, &NoWords).expect("no error without an archive");
        matches(text, Part::Passage, &query, &vec![true; query.leaves.len()], &analyzer)
    }

    /// The snippet with its matches in brackets.
    fn cut(query: &str, text: &str, width: usize) -> String {
        let found = found(query, text);
        let snippet = snippet(text, &found, &[], width);
        let mut marked = snippet.text.clone();
        for span in snippet.highlights.iter().rev() {
            marked.insert(span.end as usize, ']');
            marked.insert(span.start as usize, '[');
        }
        marked
    }

    const TEXT: &str = "The talks ended on Friday. No place was named. Oslo and Turin were offered as venues by two \
        diplomats.\nA venue costs money, said Mr. Arden. The council meets again in security.";

    #[test]
    fn the_sentences_with_the_most_evidence_are_shown() {
        for (query, width, expected) in [
            ("Oslo venue", 90, "No place was named. [Oslo] and Turin were offered as [venues] by two diplomats."),
            ("Oslo venue", 74, "[Oslo] and Turin were offered as [venues] by two diplomats."),
            ("money", 60, "A venue costs [money], said Mr. Arden."),
            ("\"security council\"", 40, "The talks ended on Friday."),
            ("absent", 47, "The talks ended on Friday. No place was named."),
            ("Turin -Oslo", 62, "Oslo and [Turin] were offered as venues by two diplomats."),
            ("\"as venues\"", 62, "Oslo and Turin were offered [as venues] by two diplomats."),
            ("venue", 30, "…as [venues] by two…"),
            ("headline:venue", 30, "The talks ended on Friday."),
            ("\"Friday no\"", 40, "…ended on [Friday. No] place was…"),
        ] {
            assert_eq!(cut(query, TEXT, width), expected, "{query}");
        }
    }

    #[test]
    fn a_snippet_keeps_its_width_and_its_characters() {
        use proptest::prelude::*;
        let word = prop::sample::select(vec!["venue", "Zürich", "東京", "…", "ends.", "\n", "a", "long-winded", "🙂"]);
        proptest!(|(words in prop::collection::vec(word, 0..80), width in 1_usize..120)| {
            let text = words.join(" ");
            let analyzer = Analyzer::default();
            let found = found("venues zurich 東京", &text);
            let snippet = snippet(&text, &found, &[], width);
            prop_assert!(snippet.text.chars().count() <= width.max(3));
            for span in &snippet.highlights {
                prop_assert!(!analyzer.tokens(&snippet.text[span.range()]).is_empty());
            }
        });
    }
}
