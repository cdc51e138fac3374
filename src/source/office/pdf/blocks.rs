//! Lines of columns -> blocks: paragraphs and headings, whole however often a column or a page ends in them.

use super::columns::{Column, PrintedLine, is_ideograph};
use crate::source::scan::is_hyphen;

/// Shares: by how much two sizes differ that are not the same; how much wider than others a gap is that parts paragraphs; and, in sizes
/// of the letters, an indent, and how far a line ends before the edge that no word would have gone over.
const OTHER_SIZE: f32 = 0.06;
const GAP: f32 = 1.25;
const INDENT: f32 = 0.7;
const SHORT: f32 = 1.0;
/// Lines above and below that tell how wide a column is.
const NEAR: usize = 60;
/// Share of a column that is free behind a line which ends a paragraph, whatever it ends with.
const VERY_SHORT: f32 = 0.25;

/// What a block is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum PrintedKind {
    #[default]
    Text,
    /// Around the text: a running head, the number of a page.
    Beside,
}

/// A paragraph or a heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PrintedBlock {
    pub kind: PrintedKind,
    pub text: String,
    pub size: f32,
    pub bold: bool,
    /// Bytes of the text at which a page begins, and its number; the first at 0.
    pub pages: Vec<(usize, u32)>,
    /// More than a line parts it from the block above in its column.
    pub apart: bool,
    /// It is the first of its column, or the last.
    pub opens: bool,
    pub ends: bool,
}

impl PrintedBlock {
    pub fn beside(text: String, page: u32) -> Self {
        Self { kind: PrintedKind::Beside, text, pages: vec![(0, page)], apart: true, ..Self::default() }
    }

    fn of(line: &PrintedLine, page: u32) -> Self {
        let (text, size, bold) = (line.text.clone(), line.size, line.bold);
        Self { text, size, bold, pages: vec![(0, page)], ..Self::default() }
    }

    /// Whether two blocks look alike.
    pub fn looks_as(&self, other: &Self) -> bool {
        same_size(self.size, other.size) && self.bold == other.bold
    }

    /// Adds what goes on with it, on that page.
    pub fn join(&mut self, next: &str, page: u32) {
        join(&mut self.text, next);
        if self.pages.last().is_none_or(|(_, last)| *last != page) {
            self.pages.push((self.text.len() - next.len(), page));
        }
    }
}

/// Whether two sizes are the same, but for how a program rounds.
pub(super) fn same_size(a: f32, b: f32) -> bool {
    (a - b).abs() <= a.max(b) * OTHER_SIZE
}

/// The blocks of a page. Where `by_lines`, a line that ends short ends its block, as fields do.
pub(super) fn blocks(columns: &[Column], page: u32, by_lines: bool) -> Vec<PrintedBlock> {
    columns.iter().flat_map(|column| of_column(column, page, by_lines)).collect()
}

fn of_column(column: &Column, page: u32, by_lines: bool) -> Vec<PrintedBlock> {
    let edges = Edges::of(column);
    let mut blocks: Vec<PrintedBlock> = Vec::new();
    for (nth, line) in column.iter().enumerate() {
        let above = nth.checked_sub(1).map(|above| &column[above]);
        match above {
            Some(_) if !edges.part(nth, by_lines) => {
                if let Some(block) = blocks.last_mut() {
                    block.join(&line.text, page);
                }
            }
            _ => {
                let apart = above.is_none_or(|above| edges.has_gap(above, line));
                blocks.push(PrintedBlock { apart, ..PrintedBlock::of(line, page) });
            }
        }
    }
    if let Some(first) = blocks.first_mut() {
        first.opens = true;
    }
    if let Some(last) = blocks.last_mut() {
        last.ends = true;
    }
    blocks
}

/// Where the lines of a column end, and how far they lie apart.
struct Edges<'c> {
    column: &'c Column,
    leading: f32,
}

impl<'c> Edges<'c> {
    fn of(column: &'c Column) -> Self {
        let mut steps: Vec<f32> = column
            .windows(2)
            .filter(|pair| same_size(pair[0].size, pair[1].size))
            .map(|pair| (pair[1].base - pair[0].base) / pair[1].size)
            .filter(|step| *step > 0.0)
            .collect();
        steps.sort_by(f32::total_cmp);
        let leading = steps.get(steps.len().saturating_sub(1) / 2).copied().unwrap_or(1.2).min(2.0);
        Self { column, leading }
    }

    /// The outer edges of the lines near one that are of its size.
    fn around(&self, nth: usize) -> (f32, f32) {
        let near = &self.column[nth.saturating_sub(NEAR)..self.column.len().min(nth + NEAR)];
        let same = near.iter().filter(|line| same_size(line.size, self.column[nth].size));
        same.fold((f32::MAX, f32::MIN), |(left, right), line| (left.min(line.left), right.max(line.right)))
    }

    /// Whether another block begins with a line.
    fn part(&self, nth: usize, by_lines: bool) -> bool {
        let (above, line) = (&self.column[nth - 1], &self.column[nth]);
        if !same_size(above.size, line.size) || above.bold != line.bold || self.has_gap(above, line) {
            return true;
        }
        let (left, right) = self.around(nth);
        let is_indented = line.left - above.left > line.size * INDENT;
        let room = right - above.right - line.first_word - line.size * SHORT;
        let ends = by_lines || ends_sentence(&above.text) || room > (right - left) * VERY_SHORT;
        (is_indented && ends_sentence(&above.text)) || (room > 0.0 && ends)
    }

    fn has_gap(&self, above: &PrintedLine, line: &PrintedLine) -> bool {
        line.base - above.base > line.size.max(above.size) * self.leading * GAP
    }
}

/// Whether a text ends as a sentence does, closing quotes aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '“', '»', '«', '’', '\'', ')', ']']);
    text.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '؟', '۔', '।'])
}

/// Adds a line: a hyphen in the middle of a word goes before a small letter, and is the word's own before a capital.
fn join(text: &mut String, next: &str) {
    let mut before = text.chars().rev();
    let (last, second) = (before.next(), before.next());
    let in_word = last.is_some_and(is_hyphen) && second.is_some_and(char::is_alphabetic);
    match next.chars().next() {
        Some(first) if in_word && (first.is_lowercase() || last == Some('\u{ad}')) => drop(text.pop()),
        Some(first) if in_word && first.is_alphabetic() => {}
        Some(first) if first.is_alphanumeric() && is_inside(last, second) => {}
        Some(first) if is_ideograph(first) && last.is_some_and(is_ideograph) => {}
        _ => text.push(' '),
    }
    text.push_str(next);
}

/// Whether a sign at the end of a line stands inside a word: `2019–`, `https://`, `desk@`.
fn is_inside(last: Option<char>, second: Option<char>) -> bool {
    let is_apart = second.is_none_or(char::is_whitespace);
    matches!(last, Some('–' | '/' | '@')) && !is_apart
}

/// Joins the paragraphs that go on in the next column or page: the sentence does not end, and what follows looks the same.
pub(super) fn joined(blocks: Vec<PrintedBlock>) -> Vec<PrintedBlock> {
    let mut joined: Vec<PrintedBlock> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let before = joined.iter().rposition(|block| block.kind == PrintedKind::Text);
        let open = before.filter(|at| {
            let before = &joined[*at];
            block.kind == PrintedKind::Text
                && block.opens
                && before.ends
                && before.looks_as(&block)
                && !ends_sentence(&before.text)
                && !before.bold
        });
        match open {
            Some(at) => {
                let page = block.pages.first().map_or(1, |(_, page)| *page);
                joined[at].join(&block.text, page);
                joined[at].ends = block.ends;
            }
            None => joined.push(block),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of 10 points, 12 apart: text, left and right edge, extra gap above.
    fn column(lines: &[(&str, f32, f32, f32)]) -> Column {
        let mut base = 0.0;
        let line = |(text, left, right, gap): &(&str, f32, f32, f32)| {
            base += 12.0 + gap;
            let text = (*text).to_owned();
            PrintedLine { text, left: *left, right: *right, base, size: 10.0, bold: false, first_word: 20.0 }
        };
        lines.iter().map(line).collect()
    }

    #[test]
    fn lines_are_paragraphs_by_gaps_indents_and_short_ends() {
        for (lines, wanted) in [
            (vec![("one", 0.0, 200.0, 0.0), ("two", 0.0, 200.0, 0.0)], "one two"),
            (vec![("dehumi-", 0.0, 200.0, 0.0), ("difier", 0.0, 90.0, 0.0)], "dehumidifier"),
            (vec![("Anglo-", 0.0, 200.0, 0.0), ("Saxon", 0.0, 90.0, 0.0)], "Anglo-Saxon"),
            (vec![("soft\u{ad}", 0.0, 200.0, 0.0), ("ware", 0.0, 90.0, 0.0)], "software"),
            (vec![("1889-", 0.0, 200.0, 0.0), ("90", 0.0, 90.0, 0.0)], "1889- 90"),
            (vec![("港口", 0.0, 200.0, 0.0), ("渡轮", 0.0, 90.0, 0.0)], "港口渡轮"),
            (vec![("End.", 0.0, 120.0, 0.0), ("Next", 0.0, 200.0, 0.0)], "End.|Next"),
            (vec![("short", 0.0, 140.0, 0.0), ("Next", 0.0, 200.0, 0.0)], "short Next"),
            (vec![("By Ada Crane", 0.0, 80.0, 0.0), ("Next", 0.0, 200.0, 0.0)], "By Ada Crane|Next"),
            (vec![("End.", 0.0, 198.0, 0.0), ("Next", 12.0, 200.0, 0.0)], "End.|Next"),
            (vec![("a", 0.0, 200.0, 0.0), ("b", 0.0, 200.0, 0.0), ("c", 0.0, 200.0, 9.0)], "a b|c"),
        ] {
            let blocks = blocks(&[column(&lines)], 1, false);
            assert_eq!(blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("|"), wanted);
        }
    }

    #[test]
    fn a_paragraph_goes_on_in_the_next_column_and_page() {
        for (first, second, wanted) in [
            ("The roof was", "mended.", "The roof was mended."),
            ("The roof was mended.", "It rained.", "The roof was mended.|It rained."),
            ("The can-", "nery closed.", "The cannery closed."),
        ] {
            let mut all = blocks(&[column(&[(first, 0.0, 200.0, 0.0)])], 1, false);
            all.extend([PrintedBlock::beside("7".to_owned(), 2)]);
            all.extend(blocks(&[column(&[(second, 0.0, 200.0, 0.0)])], 2, false));
            let joined = joined(all);
            let texts = joined.iter().filter(|block| block.kind == PrintedKind::Text).map(|block| block.text.as_str());
            assert_eq!(texts.collect::<Vec<_>>().join("|"), wanted);
        }
    }
}
