//! Hard-wrapped text: whether a page is wrapped, at which width, and which lines are one paragraph.
//!
//! A wrapped line is one that the next line's first word would have made too long. Printed pages are set in
//! proportional type, so the width holds within a tenth or so.

use std::borrow::Cow;

use super::lines::Line;
use super::words::{Ending, Shape};

/// A page is wrapped at about this many characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wrap {
    pub width: usize,
    /// Paragraphs are parted by indents, not by blank lines.
    by_indent: bool,
}

/// Widths that people wrap at.
const WIDTHS: std::ops::RangeInclusive<usize> = 36..=130;

/// Bytes around a word break in which the whole word is looked for.
const NEAR: usize = 16 * 1024;

/// A line and the one under it.
#[derive(Clone, Copy)]
struct TwoLines {
    length: usize,
    next_word: usize,
    goes_on: bool,
    closed: bool,
    indented: bool,
    /// The second begins an item of a list.
    listed: bool,
}

impl TwoLines {
    fn fills(&self, width: usize) -> bool {
        (self.length + 1 + self.next_word) * 100 > width * 86
    }
}

/// Tells whether most lines that have a line under them are as full as the width allows, and go on in it. In a whole page the
/// short lines of menus and lists tell nothing.
pub(super) fn find(text: &str, lines: &[Line]) -> Option<Wrap> {
    let filled = lines.iter().filter(|line| !line.is_blank()).count();
    let bytes: usize = lines.iter().map(|line| line.end - line.start).sum();
    if filled < 3 || bytes / filled > 3 * WIDTHS.end() {
        return None;
    }
    let all = pairs(text, lines);
    let (long, listed): (Vec<TwoLines>, Vec<TwoLines>) =
        all.iter().copied().partition(|pair| pair.length >= *WIDTHS.start() && !pair.listed);
    let in_page = || (long.len() >= FEWEST_PAIRS && !listed.is_empty()).then(|| wrapped(text, lines, &long)).flatten();
    wrapped(text, lines, &all).or_else(in_page)
}

/// Pairs of long lines that tell how a whole page is wrapped.
const FEWEST_PAIRS: usize = 5;

fn wrapped(text: &str, lines: &[Line], pairs: &[TwoLines]) -> Option<Wrap> {
    let filled = lines.iter().filter(|line| !line.is_blank()).count();
    let mut lengths: Vec<usize> = pairs.iter().map(|pair| pair.length).collect();
    lengths.sort_unstable();
    let width = *lengths.get(lengths.len() * 9 / 10)?;
    let count = |test: &dyn Fn(&TwoLines) -> bool| pairs.iter().filter(|pair| test(pair)).count();
    let full = count(&|pair| pair.fills(width));
    let going_on = count(&|pair| pair.goes_on);
    let closed = count(&|pair| pair.closed);
    let long = lines.iter().filter(|line| chars(text, **line) > width * 5 / 4).count();
    let wrapped = pairs.len() >= 2
        && WIDTHS.contains(&width)
        && full * 10 >= pairs.len() * 6
        && going_on * 10 >= pairs.len() * 3
        && closed * 10 <= pairs.len() * 5
        && long * 10 <= filled;
    let blanks = lines.iter().any(|line| line.is_blank());
    let indents = count(&|pair| pair.indented && pair.closed);
    wrapped.then_some(Wrap { width, by_indent: !blanks && indents >= 2 })
}

fn pairs(text: &str, lines: &[Line]) -> Vec<TwoLines> {
    let pair = |two: &[Line]| {
        let (line, next) = (&text[two[0].start..two[0].end], &text[two[1].start..two[1].end]);
        if line.is_empty() || next.is_empty() || !line.contains(' ') {
            return None;
        }
        let closed = matches!(Shape::of(line).ending, Ending::Stop | Ending::Query);
        Some(TwoLines {
            length: line.chars().count(),
            next_word: first_word(next).chars().count(),
            goes_on: next.chars().next().is_some_and(|c| !c.is_uppercase()) && !closed,
            closed,
            indented: two[1].indented,
            listed: is_item(next),
        })
    };
    lines.windows(2).filter_map(pair).collect()
}

fn chars(text: &str, line: Line) -> usize {
    text[line.start..line.end].chars().count()
}

fn first_word(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or("")
}

impl Wrap {
    /// Whether `next` goes on with the paragraph of `line`.
    pub(super) fn joins(self, text: &str, line: Line, next: Line) -> bool {
        if next.is_blank() || next.feed {
            return false;
        }
        let (here, under) = (&text[line.start..line.end], &text[next.start..next.end]);
        if !here.contains(' ') && here.len() > 25 || is_item(under) || super::address::is_url(under) {
            return false;
        }
        let ending = Shape::of(here).ending;
        let closed = matches!(ending, Ending::Stop | Ending::Query);
        if self.by_indent && next.indented && closed {
            return false;
        }
        let goes_on = ending == Ending::Open && under.chars().next().is_some_and(char::is_lowercase);
        let pair = TwoLines {
            length: here.chars().count(),
            next_word: first_word(under).chars().count(),
            goes_on,
            closed,
            indented: next.indented,
            listed: false,
        };
        goes_on || pair.fills(self.width)
    }

    /// Whether a line is so full that its sentence may go on over a page break.
    pub(super) fn is_full(self, text: &str, line: Line) -> bool {
        chars(text, line) * 100 >= self.width * 75
    }
}

fn is_item(line: &str) -> bool {
    line.starts_with(['•', '▪', '●', '*', '►']) || line.starts_with("- ") || line.starts_with("-- ")
}

/// Where a line's own text ends when the next is joined to it, and what stands in the joint.
///
/// A word cut by a hyphen is joined without a space. Its hyphen goes only where the whole word stands elsewhere in the
/// text; a soft hyphen always goes.
pub(super) fn joint(text: &str, line: Line, next: Line) -> (usize, &'static str) {
    let here = &text[line.start..line.end];
    let under = &text[next.start..next.end];
    if let Some(rest) = here.strip_suffix('\u{ad}') {
        return (line.start + rest.len(), "");
    }
    let Some(stem) = here.strip_suffix(['-', '\u{2010}']) else { return (line.end, " ") };
    let inside = stem.chars().next_back().is_some_and(char::is_alphabetic);
    if !inside || !under.chars().next().is_some_and(char::is_lowercase) {
        return (line.end, if inside { "" } else { " " });
    }
    let first = stem.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let second = under.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let whole = format!("{first}{second}");
    // Near by, so that a long text stays linear.
    let near = &text.as_bytes()[line.start.saturating_sub(NEAR)..text.len().min(next.end + NEAR)];
    // `Kell-` and `in-Sand` are one word with hyphens of its own.
    let compound = under[second.len()..].starts_with('-');
    let elsewhere = whole.len() > 4 && !compound && memchr::memmem::find(near, whole.as_bytes()).is_some();
    (if elsewhere { line.start + stem.len() } else { line.end }, "")
}

/// The lines' text on one line.
pub(super) fn join<'t>(text: &'t str, lines: &[Line]) -> Cow<'t, str> {
    let [first, .., last] = lines else {
        return lines.first().map_or(Cow::Borrowed(""), |line| Cow::Borrowed(&text[line.start..line.end]));
    };
    let mut joined = String::with_capacity(last.end - first.start);
    for two in lines.windows(2) {
        let (end, between) = joint(text, two[0], two[1]);
        joined.push_str(&text[two[0].start..end]);
        joined.push_str(between);
    }
    joined.push_str(&text[last.start..last.end]);
    Cow::Owned(joined)
}
