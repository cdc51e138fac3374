//! Pages whose text a program read off a picture: sizes and edges of words are as it saw them.

use super::columns::{Column, line};
use super::words::PrintedWord;

/// Share of neighbours in a row whose sizes differ, from which a page is read by a program, and by how much they do.
const UNEVEN: f32 = 0.35;
const OTHER: f32 = 0.05;
/// Words of a page that tell, at least.
const WORDS: usize = 40;
/// Share of the rows that may cross a gutter; how wide it is, at least, and a column, in sizes of the letters.
const CROSSING: f32 = 0.06;
const GUTTER: f32 = 0.4;
const COLUMN: f32 = 7.0;
/// How far baselines of a row may lie apart, in sizes of the letters.
const SAME_ROW: f32 = 0.45;
/// Letters larger than so many times those of the page are of a title across its columns.
const TITLE: f32 = 1.7;
/// Steps in which a page is looked through from left to right, in points.
const STEP: f32 = 1.0;

/// Whether the sizes of words are as uneven as a program sees them.
pub(super) fn is_scanned(rows: &[Vec<PrintedWord>]) -> bool {
    let pairs = || rows.iter().flat_map(|row| row.windows(2));
    let uneven = pairs().filter(|pair| (pair[0].size - pair[1].size).abs() > pair[0].size.max(pair[1].size) * OTHER);
    let all = pairs().count();
    all >= WORDS && uneven.count() as f32 > all as f32 * UNEVEN
}

/// The columns of such a page, whose words get one size.
pub(super) fn columns(rows: Vec<Vec<PrintedWord>>) -> Vec<Column> {
    let size = median(rows.iter().flatten().map(|word| word.size).collect());
    let is_title = |row: &Vec<PrintedWord>| median(row.iter().map(|word| word.size).collect()) > size * TITLE;
    let head = rows.iter().take_while(|row| is_title(row)).count();
    let mut rows = rows;
    rows.iter_mut().flatten().filter(|word| word.size <= size * TITLE).for_each(|word| word.size = size);
    let body = rows.split_off(head);
    let gutters = gutters(&body, size);
    let mut found: Vec<Column> = Vec::new();
    found.extend(
        Some(rows.into_iter().map(|row| line(row, false)).collect::<Column>()).filter(|lines| !lines.is_empty()),
    );
    let edges: Vec<f32> = gutters.into_iter().chain([f32::MAX]).collect();
    let mut from = f32::MIN;
    for to in edges {
        let is_in =
            |word: &&PrintedWord| ((word.left + word.right) / 2.0 >= from) && ((word.left + word.right) / 2.0 < to);
        let words = body.iter().flatten().filter(is_in).cloned().collect();
        let column: Column = own_rows(words, size).into_iter().map(|row| line(row, false)).collect();
        found.extend(Some(column).filter(|lines| !lines.is_empty()));
        from = to;
    }
    found
}

/// The rows of a column by itself: a sheet that lies askew has others in each.
fn own_rows(mut words: Vec<PrintedWord>, size: f32) -> Vec<Vec<PrintedWord>> {
    words.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut rows: Vec<Vec<PrintedWord>> = Vec::new();
    for word in words {
        match rows.last_mut().filter(|row| word.base - row[0].base <= size * SAME_ROW) {
            Some(row) => row.push(word),
            None => rows.push(vec![word]),
        }
    }
    rows.iter_mut().for_each(|row| row.sort_by(|a, b| a.left.total_cmp(&b.left)));
    rows
}

/// The middles of the stretches that few rows cross.
fn gutters(rows: &[Vec<PrintedWord>], size: f32) -> Vec<f32> {
    let left = rows.iter().flatten().map(|word| word.left).fold(f32::MAX, f32::min);
    let right = rows.iter().flatten().map(|word| word.right).fold(f32::MIN, f32::max);
    let steps = ((right - left) / STEP).clamp(0.0, 20_000.0) as usize;
    let mut crossed = vec![0_usize; steps + 1];
    for row in rows {
        let mut from = 0;
        for word in row {
            let [start, end] = [word.left, word.right].map(|at| (((at - left) / STEP) as usize).min(steps));
            crossed[start.max(from)..=end.max(from)].iter_mut().for_each(|count| *count += 1);
            from = (end + 1).min(steps);
        }
    }
    let most = (rows.len() as f32 * CROSSING) as usize;
    let mut found: Vec<f32> = Vec::new();
    let mut last = left;
    let mut at = 0;
    while at < crossed.len() {
        let width = crossed[at..].iter().take_while(|count| **count <= most).count();
        let middle = left + (at as f32 + width as f32 / 2.0) * STEP;
        let is_gutter =
            width as f32 * STEP >= size * GUTTER && middle - last >= size * COLUMN && right - middle >= size * COLUMN;
        if is_gutter {
            found.push(middle);
            last = middle;
        }
        at += width.max(1);
    }
    found
}

fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_scan_are_told_though_words_cross_them() {
        let word = |text: &str, left: f32, base: f32, nth: usize| {
            let size = [9.0, 10.0, 11.0][nth % 3];
            let right = left + 5.0 * text.len() as f32;
            PrintedWord { text: text.to_owned(), left, right, base, size, bold: false }
        };
        let row = |nth: usize| {
            let base = 12.0 * nth as f32;
            let places = [("seaward", 0.0), ("winds", 40.0), ("ferry", 70.0), ("harbour", 110.0), ("lamps", 150.0)];
            let mut row: Vec<PrintedWord> = places
                .iter()
                .zip(nth..)
                .map(|((text, left), at)| word(text, *left, base + (at % 2) as f32, at))
                .collect();
            // one word in twenty rows runs over the gutter
            row[2].right += if nth == 7 { 12.0 } else { 0.0 };
            row
        };
        let rows: Vec<Vec<PrintedWord>> = (0..20).map(row).collect();
        assert!(is_scanned(&rows));
        let lengths: Vec<usize> = columns(rows.clone()).iter().map(Vec::len).collect();
        assert_eq!(lengths, [20, 20]);
        let even = rows.into_iter().map(|row| row.into_iter().map(|word| PrintedWord { size: 10.0, ..word }).collect());
        assert!(!is_scanned(&even.collect::<Vec<_>>()), "letters that were set have one size");
    }
}
