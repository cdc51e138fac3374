//! Rows of a page -> lines in reading order: column by column, and what goes across columns between them.

use super::words::{PrintedWord, is_from_right};

/// Shares of the size of the letters: how wide a gutter is, at least, and one that two rows tell.
const GUTTER: f32 = 0.7;
const WIDE_GUTTER: f32 = 1.5;
/// Rows with words on both sides of a gutter, at least.
const ROWS: usize = 4;
/// How many ems a column is wide, at least: cells of a table are not.
const COLUMN: f32 = 7.0;
/// Rows below the first with which a longer band may begin.
const BELOW: usize = 4;
/// Columns in columns, at most.
const DEPTH: usize = 8;
/// Letters of a size that are the line's, at least.
const LETTERS: usize = 3;

/// A printed line of a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PrintedLine {
    pub text: String,
    pub left: f32,
    pub right: f32,
    pub base: f32,
    /// That of its largest letters.
    pub size: f32,
    /// All of it is bold.
    pub bold: bool,
    /// How wide its first word is.
    pub first_word: f32,
}

/// A column, or what stands alone between columns: its lines from top to bottom.
pub(super) type Column = Vec<PrintedLine>;

/// Half-open.
type Gap = (f32, f32);

/// The columns of a page in reading order.
pub(super) fn columns(rows: Vec<Vec<PrintedWord>>) -> Vec<Column> {
    let from_right = {
        let words = || rows.iter().flatten();
        words().filter(|word| is_from_right(&word.text) && word.text.contains(char::is_alphabetic)).count() * 2
            > words().count()
    };
    let mut found = Vec::new();
    split(rows, from_right, DEPTH, &mut found);
    found
}

/// Splits rows at gutters: rows that have one in common are columns, and what stands between such rows goes across.
fn split(mut rows: Vec<Vec<PrintedWord>>, from_right: bool, depth: usize, found: &mut Vec<Column>) {
    if rows.is_empty() {
        return;
    }
    let bounds = bounds(&rows);
    let mut plain: Vec<Vec<PrintedWord>> = Vec::new();
    while !rows.is_empty() {
        let band = if depth > 0 { best_band(&rows, bounds) } else { None };
        let Some((length, (from, to))) = band else {
            plain.push(rows.remove(0));
            continue;
        };
        push_lines(std::mem::take(&mut plain), from_right, found);
        let (middle, band) = ((from + to) / 2.0, rows.drain(..length).collect::<Vec<_>>());
        let side = |is_left: bool| -> Vec<Vec<PrintedWord>> {
            let of = |row: &Vec<PrintedWord>| {
                row.iter().filter(|word| (word.left < middle) == is_left).cloned().collect::<Vec<_>>()
            };
            band.iter().map(of).filter(|row| !row.is_empty()).collect()
        };
        for is_left in [!from_right, from_right] {
            split(side(is_left), from_right, depth - 1, found);
        }
    }
    push_lines(plain, from_right, found);
}

fn wide(a: Gap, b: Gap) -> std::cmp::Ordering {
    (a.1 - a.0).total_cmp(&(b.1 - b.0))
}

fn bounds(rows: &[Vec<PrintedWord>]) -> Gap {
    let left = rows.iter().flatten().map(|word| word.left).fold(f32::MAX, f32::min);
    (left, rows.iter().flatten().map(|word| word.right).fold(f32::MIN, f32::max))
}

/// The same, where no band that begins a little below goes on further: then the first row stands across.
fn best_band(rows: &[Vec<PrintedWord>], bounds: Gap) -> Option<(usize, Gap)> {
    let (length, gutter) = band(rows, bounds)?;
    let further =
        (1..length.min(BELOW)).any(|at| band(&rows[at..], bounds).is_some_and(|(more, _)| at + more > length));
    (!further).then_some((length, gutter))
}

/// How many of the first rows have a gutter in common that parts columns, and the widest such gutter.
fn band(rows: &[Vec<PrintedWord>], bounds: Gap) -> Option<(usize, Gap)> {
    let mut common: Vec<Gap> = vec![bounds];
    let mut length = 0;
    for row in rows {
        let least = row.iter().map(|word| word.size).fold(f32::MAX, f32::min);
        let free = gaps(row, bounds);
        let next: Vec<Gap> = common.iter().flat_map(|gap| free.iter().filter_map(|free| meet(*gap, *free))).collect();
        let next: Vec<Gap> = next.into_iter().filter(|(from, to)| to - from >= least * GUTTER).collect();
        let (before, with) = (&rows[..length], &rows[..length + 1]);
        let crosses = is_inner_of(&common, before) && !is_inner_of(&next, with);
        if next.is_empty() || crosses {
            break;
        }
        (common, length) = (next, length + 1);
    }
    let band = &rows[..length];
    let parting = common.into_iter().filter(|gap| is_inner(*gap, band) && parts(band, *gap));
    parting.max_by(|a, b| wide(*a, *b)).map(|gutter| (length, gutter))
}

fn is_inner_of(gaps: &[Gap], band: &[Vec<PrintedWord>]) -> bool {
    gaps.iter().any(|gap| is_inner(*gap, band))
}

/// Whether words stand on both sides of a gap.
fn is_inner((from, to): Gap, band: &[Vec<PrintedWord>]) -> bool {
    let middle = (from + to) / 2.0;
    let words = || band.iter().flatten();
    words().any(|word| word.right <= middle) && words().any(|word| word.left >= middle)
}

fn meet(a: Gap, b: Gap) -> Option<Gap> {
    let (from, to) = (a.0.max(b.0), a.1.min(b.1));
    (from < to).then_some((from, to))
}

/// Where a row has no words, wider than between words of the size of the smaller one beside it.
fn gaps(row: &[PrintedWord], bounds: Gap) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let (mut from, mut before) = (f32::MIN, f32::MAX);
    for word in row {
        let inside = meet((from, word.left), bounds);
        gaps.extend(inside.filter(|(from, to)| to - from >= word.size.min(before) * GUTTER));
        if word.right > from {
            (from, before) = (word.right, word.size);
        }
    }
    gaps.extend(meet((from, f32::MAX), bounds));
    gaps
}

/// Whether a gutter parts columns of text: enough rows have words on both sides, and both are wide enough.
fn parts(band: &[Vec<PrintedWord>], (from, to): Gap) -> bool {
    let middle = (from + to) / 2.0;
    let size = median(band.iter().flatten().map(|word| word.size).collect());
    let is_side = |word: &&PrintedWord, is_left: bool| (word.left < middle) == is_left;
    let width = |is_left: bool| {
        let of_row = |row: &Vec<PrintedWord>| {
            let side = || row.iter().filter(|word| is_side(word, is_left));
            Some(side().map(|word| word.right).fold(f32::MIN, f32::max) - side().next()?.left)
        };
        let widths: Vec<f32> = band.iter().filter_map(of_row).collect();
        (widths.len(), median(widths))
    };
    let ((left_rows, left), (right_rows, right)) = (width(true), width(false));
    let rows = if to - from >= size * WIDE_GUTTER { 2 } else { ROWS };
    left_rows.min(right_rows) >= rows && left.min(right) >= size * COLUMN
}

fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

fn push_lines(rows: Vec<Vec<PrintedWord>>, from_right: bool, found: &mut Vec<Column>) {
    if !rows.is_empty() {
        found.push(rows.into_iter().map(|row| line(row, from_right)).collect());
    }
}

pub(super) fn line(row: Vec<PrintedWord>, from_right: bool) -> PrintedLine {
    let size = line_size(&row);
    let bold = row.iter().filter(|word| word.text.contains(char::is_alphanumeric)).all(|word| word.bold)
        && row.iter().any(|word| word.bold);
    let ((left, right), base) =
        ((row[0].left, row.iter().map(|word| word.right).fold(f32::MIN, f32::max)), row[0].base);
    let words: Vec<&PrintedWord> = match from_right {
        true => row.iter().rev().collect(),
        false => row.iter().collect(),
    };
    let first_word = words[0].right - words[0].left;
    let mut text = String::new();
    for word in words {
        let is_wide = |c: Option<char>| c.is_some_and(is_ideograph);
        let are_wide = is_wide(text.chars().next_back()) && is_wide(word.text.chars().next());
        if !text.is_empty() && !are_wide {
            text.push(' ');
        }
        text.push_str(&word.text);
    }
    PrintedLine { text, left, right, base, size, bold, first_word }
}

/// The largest size that some letters have: capitals are often set smaller, and a large initial is one letter.
fn line_size(row: &[PrintedWord]) -> f32 {
    let mut sizes: Vec<f32> =
        row.iter().flat_map(|word| std::iter::repeat_n(word.size, word.text.chars().count())).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    sizes.get(LETTERS.min(sizes.len()) - 1).copied().unwrap_or(0.0)
}

/// Whether a character is of a script that is written without blanks between words.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row of words, each of so many letters of five points, from these left edges on.
    fn row(base: f32, words: &[(f32, &str)]) -> Vec<PrintedWord> {
        let word = |(left, text): &(f32, &str)| {
            let right = left + 5.0 * text.len() as f32;
            PrintedWord { text: (*text).to_owned(), left: *left, right, base, size: 10.0, bold: false }
        };
        words.iter().map(word).collect()
    }

    const LEFT: (f32, &str) = (0.0, "left-hand-side-words");
    const RIGHT: (f32, &str) = (120.0, "right-hand-side-words");
    const ACROSS: (f32, &str) = (20.0, "a-heading-that-goes-across-both-of-them");

    #[test]
    fn columns_are_read_one_after_the_other() {
        for (name, rows, wanted) in [
            ("one column", vec![vec![LEFT], vec![LEFT], vec![LEFT]], vec![3]),
            ("two columns", vec![vec![LEFT, RIGHT]; 5], vec![5, 5]),
            ("too few rows to tell", vec![vec![LEFT, (105.0, "right-hand-side-words")]; 1], vec![1]),
            ("a heading across", [vec![vec![ACROSS]], vec![vec![LEFT, RIGHT]; 4]].concat(), vec![1, 4, 4]),
            (
                "a heading between",
                [vec![vec![LEFT, RIGHT]; 4], vec![vec![ACROSS]], vec![vec![LEFT, RIGHT]; 4]].concat(),
                vec![4, 4, 1, 4, 4],
            ),
            (
                "a column that ends before the other",
                [vec![vec![LEFT, RIGHT]; 4], vec![vec![LEFT]; 3]].concat(),
                vec![7, 4],
            ),
            ("cells of a table", vec![vec![(0.0, "Monday"), (120.0, "12.50")]; 6], vec![6]),
        ] {
            let rows = rows.into_iter().enumerate().map(|(nth, words)| row(12.0 * nth as f32, &words)).collect();
            let lengths: Vec<usize> = columns(rows).iter().map(Vec::len).collect();
            assert_eq!(lengths, wanted, "{name}");
        }
    }
}
