use super::super::{Part, matches};
use super::*;
use unicode_segmentation::UnicodeSegmentation;

use crate::analysis::{AnalyzedToken, Analyzer, Language};
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
    let snippet = snippet(text, &found, &[], width, Language::default());
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
        ("venue", 30, "…as [venues] by two diplomats."),
        ("headline:venue", 30, "The talks ended on Friday."),
        ("\"Friday no\"", 40, "The talks ended on [Friday. No] place…"),
    ] {
        assert_eq!(cut(query, TEXT, width), expected, "{query}");
    }
}

#[test]
fn evidence_that_stands_apart_gets_two_fragments() {
    for (query, width, expected) in [
        ("talks council", 65, "The [talks] ended on Friday. … The [council] meets again in security."),
        ("talks council", 64, "The [talks] ended on Friday. No place was named."),
        ("talks Turin", 84, "The [talks] ended on Friday. … Oslo and [Turin] were offered as venues by two diplomats."),
        // the sentence before a fragment comes with it where there is room
        (
            "place council",
            100,
            "The talks ended on Friday. No [place] was named. … The [council] meets again in security.",
        ),
        ("place diplomats", 54, "The talks ended on Friday. No [place] was named."),
        // side by side is one piece
        ("talks place", 60, "The [talks] ended on Friday. No [place] was named."),
        ("talks -council money", 70, "The [talks] ended on Friday. … A venue costs [money], said Mr. Arden."),
    ] {
        assert_eq!(cut(query, TEXT, width), expected, "{query} {width}");
    }
}

#[test]
fn of_a_sentence_that_is_too_long_a_fragment_shows_the_best_words() {
    const LONG: &str = "Arden spoke first. The council of the port, which had met behind closed doors since the early \
        morning of that day, offered Oslo as a venue. Nobody objected. The ferries, it was said at the end of an evening \
        that nobody would forget, were to sail on as if nothing had happened.";
    for (query, width, expected) in [
        ("Oslo", 60, "…the early morning of that day, offered [Oslo] as a venue."),
        ("Arden Oslo", 80, "[Arden] spoke first. … the early morning of that day, offered [Oslo] as a venue."),
        (
            "council objected",
            90,
            "The [council] of the port, which had met behind closed doors since the … Nobody [objected].",
        ),
        (
            "council ferries",
            110,
            "The [council] of the port, which had met behind … The [ferries], it was said at the end of an evening…",
        ),
        // what stands side by side is one piece
        ("objected ferries", 60, "Nobody [objected]. The [ferries], it was said at the end of…"),
    ] {
        assert_eq!(cut(query, LONG, width), expected, "{query} {width}");
    }
}

#[test]
fn captions_and_links_give_way_to_sentences() {
    for (text, expected) in [
        ("Hide Caption 3 of 9 Photos: The ferry A ferry leaves Oslo. The ferry sank.", "The [ferry] sank."),
        ("A ferry leaves Oslo. | Ann Lee/AP Photo Ferry sinks\nThe ferry sank off Oslo.", "The [ferry] sank off Oslo."),
        ("A ferry leaves Oslo. (Ann Lee/Reuters)\nThe ferry sank.", "The [ferry] sank."),
        ("Ann Lee/Getty Images The ferry sank.", "The [ferry] sank."),
        ("The ferry sank. READ MORE: Ferry sinks off Oslo", "The [ferry] sank."),
        ("The ferry sank. ( Also on POLITICO: Ferry coverage)", "The [ferry] sank."),
        (
            "JUST WATCHED Ferry sinks Replay More Videos ... MUST WATCH Ferry sinks 01:18\nThe ferry sank.",
            "The [ferry] sank.",
        ),
        ("Lesen Sie auch: Ferry in Not\nThe ferry sank.", "The [ferry] sank."),
        ("Mary Lee Ann LeeFerry burns off Oslo Port reopens MORE said the ferry sank.", "…said the [ferry] sank."),
        // where nothing else has the word
        ("The port is open. Related: Ferry sinks off Oslo", "Related: [Ferry] sinks off Oslo"),
        // a title is less than a sentence, and more than a caption
        (
            "A ferry burns\nThe port is open, and nobody has told the people of the town why it is. The ferry sank.",
            "The port is open, and nobody has told the people of the town why it is. The [ferry] sank.",
        ),
        ("Photo: A ferry burns\nFerry sunk\nThe port is open.", "[Ferry] sunk"),
        // sentences with words of captions in them
        ("The crew had just watched the ferry. Nobody spoke.", "The crew had just watched the [ferry]. Nobody spoke."),
        ("They close the ferry/AP line.", "They close the [ferry]/AP line."),
        ("The ferry (Reuters) sank.", "The [ferry] (Reuters) sank."),
        // nothing matches
        ("Photo: Ann Lee\nThe port is open.", "The port is open."),
    ] {
        assert_eq!(cut("ferry", text, 90), expected, "{text}");
    }
}

#[test]
fn a_long_sentence_is_cut_between_clauses() {
    const LONG: &str = "The council of Portland, Maine, which had met since dawn; nobody was let in, it was said, but for the \
        mayor — who offered 1,000 berths in the harbour to the ferries of the north, as long as they paid for them.";
    for (query, width, expected) in [
        // from its start, where the evidence is near enough
        ("council dawn", 80, "The [council] of Portland, Maine, which had met since [dawn]; nobody was let in…"),
        ("mayor", 80, "…nobody was let in, it was said, but for the [mayor]…"),
        // to its end, where the evidence is near enough
        (
            "ferries",
            104,
            "…who offered 1,000 berths in the harbour to the [ferries] of the north, as long as they paid for them.",
        ),
    ] {
        assert_eq!(cut(query, LONG, width), expected, "{query} {width}");
    }
}

#[test]
fn a_fragment_must_be_worth_it() {
    let text = "Ferries sank. Nobody knew why. Ferries sailed on. A port burnt.";
    // query, what its words weigh, width
    for (query, weights, width, expected) in [
        // more of the same word is no reason to part
        ("ferries", [1.0, 1.0], 40, "Ferries sank. Nobody knew why."),
        ("port ferries", [1.0, 1.0], 30, "Ferries sank. … A port burnt."),
        ("port ferries", [9.0, 1.0], 30, "Ferries sank. … A port burnt."),
        ("port ferries", [9.0, 0.5], 30, "A port burnt."),
    ] {
        let shown = snippet(text, &found(query, text), &weights, width, Language::default()).text;
        assert_eq!(shown, expected, "{query} {weights:?}");
    }
}

#[test]
fn no_character_is_cut() {
    for (text, width, expected) in [
        ("e\u{301}te\u{301}", 1, "e\u{301}…"),
        ("👩\u{200d}🚀👩\u{200d}🚀👩\u{200d}🚀", 7, "👩\u{200d}🚀…"),
        ("👩\u{200d}🚀👩\u{200d}🚀👩\u{200d}🚀", 8, "👩\u{200d}🚀👩\u{200d}🚀…"),
        ("ที่นี่ที่นี่", 9, "ที่นี่…"),
    ] {
        assert_eq!(cut("absent", text, width), expected, "{text} {width}");
    }
}

/// Checks what holds for every snippet.
fn check(text: &str, found: &[Match], width: usize) {
    let snippet = snippet(text, found, &[], width, Language::default());
    let pieces: Vec<&str> = snippet.fragments.iter().map(|fragment| &text[fragment.range()]).collect();
    let shown = pieces.join(BETWEEN).replace('\n', " ");
    let mut framed = [("", ""), (CUT, ""), ("", CUT), (CUT, CUT)].into_iter();
    let frame = framed.find(|(before, after)| snippet.text == format!("{before}{shown}{after}"));
    let lead = frame.unwrap_or_else(|| panic!("other text than that of the fragments: {snippet:?}")).0.len();
    assert!(chars(&snippet.text) <= width.max(2 + LONGEST_CHARACTER), "{width}: {snippet:?}");
    assert!(snippet.fragments.is_sorted_by(|a, b| !text[a.range().end..b.range().start].trim().is_empty()));
    let analyzer = Analyzer::default();
    for bound in snippet.fragments.iter().flat_map(|fragment| [fragment.range().start, fragment.range().end]) {
        let inside = |word: &AnalyzedToken| word.start < bound && bound < word.end;
        let cut = analyzer.forms(text).into_iter().find(inside);
        let is_long = |word: AnalyzedToken| chars(&text[word.start..word.end]) > width.min(LEAST_CUT).saturating_sub(2);
        assert!(cut.is_none_or(is_long), "a word is cut: {snippet:?}");
        assert!(text.grapheme_indices(true).any(|(at, _)| at == bound) || bound == text.len(), "{snippet:?}");
    }
    let marked = spans(found);
    for highlight in &snippet.highlights {
        let place = in_passage(&snippet, lead, *highlight);
        assert!(place.is_some_and(|p| marked.iter().any(|m| m.start <= p.start && p.end <= m.end)), "{snippet:?}");
    }
}

/// Where in the passage a span of the snippet stands; the fragments begin behind `lead` bytes.
fn in_passage(snippet: &Snippet, lead: usize, span: Span) -> Option<Span> {
    let mut at = lead as u64;
    for fragment in &snippet.fragments {
        let end = at + fragment.len() as u64;
        if at <= span.start && span.end <= end {
            return Some(Span { start: span.start - at + fragment.start, end: span.end - at + fragment.start });
        }
        at = end + BETWEEN.len() as u64;
    }
    None
}

/// Characters of the longest grapheme below.
const LONGEST_CHARACTER: usize = 3;

#[test]
fn a_snippet_is_true_to_its_passage() {
    use proptest::prelude::*;
    let word = prop::sample::select(vec![
        "venue",
        "Zürich",
        "東京",
        "…",
        "ends.",
        "\n",
        "a",
        "long-winded",
        "🙂",
        "👩\u{200d}🚀",
        "ภาษาไทยที่นี่",
        "e\u{301}te\u{301}",
        "No.",
        "Said",
        "harbour",
        "Putin's",
        "x.y/z?q=1,000",
        "Donaudampfschifffahrtsgesellschaftskapitaensmuetzen",
    ]);
    proptest!(ProptestConfig::with_cases(1000), |(words in prop::collection::vec(word, 0..80), width in 1_usize..120)| {
        let text = words.join(" ");
        check(&text, &found("venues zurich 東京 harbour putin \"a venue\"", &text), width);
    });
}
