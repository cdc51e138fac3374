//! What stands around the text of pages: running heads and feet, numbers of pages, lines of the printer.

use rustc_hash::FxHashMap;

use super::columns::Column;
use super::words::PrintedWord;
use crate::source::office::imprint;

/// Shares of a page: how deep its head and its foot are.
const EDGE: f32 = 0.1;
/// The same of running heads of several lines; characters of such a line, at most, and sizes of the letters between it and the text.
const DEEP: f32 = 0.15;
const SHORT: usize = 50;
const LEADING: f32 = 1.3;
/// Rows at an edge that are looked at.
const ROWS: usize = 3;
/// Shares of the size of the text: letters of a running head are not larger, those of a printer's line smaller.
const LARGE: f32 = 1.3;
const SMALL: f32 = 0.85;
/// Sizes of the letters that part a lonely row from the others.
const APART: f32 = 2.2;
/// Characters of a lonely row, at most, and of the number of a page.
const LONGEST: usize = 160;
const NUMBER: usize = 14;

/// A page as rows.
pub(super) struct RowPage {
    pub rows: Vec<Vec<PrintedWord>>,
    /// Points.
    pub height: f32,
    /// What stands around the text.
    pub beside: Vec<String>,
}

/// Takes what stands around the text of the pages out of their rows; `size` is that of most letters.
pub(super) fn take(pages: &mut [RowPage], size: f32) {
    let mut seen: FxHashMap<(bool, String), usize> = FxHashMap::default();
    for page in &*pages {
        for (at, is_head) in edges(page) {
            *seen.entry((is_head, key(&page.rows[at]))).or_default() += 1;
        }
    }
    for page in pages {
        let mut gone: Vec<usize> = Vec::new();
        for is_head in [true, false] {
            let at_edge: Vec<usize> =
                edges(page).into_iter().filter(|(_, head)| *head == is_head).map(|(at, _)| at).collect();
            // from the edge inwards, up to the first row that is text
            for at in at_edge {
                let comes_again = seen.get(&(is_head, key(&page.rows[at]))).is_some_and(|times| *times > 1);
                if !comes_again && !is_lonely(page, at, is_head, &gone, size) {
                    break;
                }
                gone.push(at);
            }
        }
        gone.sort_unstable();
        for at in gone.iter().rev() {
            let row = page.rows.remove(*at);
            page.beside.insert(0, text(&row));
        }
    }
}

/// Takes a running head off the top of a column: short lines, no larger than the text, that say together where and when.
pub(super) fn take_head(column: &mut Column, height: f32, size: f32) -> Option<String> {
    let is_head = |line: &&super::columns::PrintedLine| {
        line.base < height * DEEP && line.size <= size && line.text.chars().count() <= SHORT
    };
    let lines = column.iter().take(ROWS + 1).take_while(is_head).count();
    let (last, next) = (column.get(lines.checked_sub(1)?)?, column.get(lines)?);
    let said = column[..lines].iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" / ");
    let is_apart = next.base - last.base > next.size.max(last.size) * LEADING;
    if !is_apart || imprint::read(&said)?.outlet.is_none() {
        return None;
    }
    column.drain(..lines);
    Some(said)
}

/// The rows at the edges of a page, each edge from outside inwards, and whether they stand at its head.
fn edges(page: &RowPage) -> Vec<(usize, bool)> {
    let base = |at: &usize| page.rows[*at].first().map_or(0.0, |word| word.base);
    let head = (0..page.rows.len()).take(ROWS).filter(|at| base(at) < page.height * EDGE);
    let foot = (0..page.rows.len()).rev().take(ROWS).filter(|at| base(at) > page.height * (1.0 - EDGE));
    head.map(|at| (at, true)).chain(foot.map(|at| (at, false))).collect()
}

/// A row without its figures.
fn key(row: &[PrintedWord]) -> String {
    text(row).chars().map(|c| if c.is_numeric() { '#' } else { c }).flat_map(char::to_lowercase).collect()
}

/// Whether a row at an edge is no text by itself: a number of a page, a running head with one, small or lonely letters.
fn is_lonely(page: &RowPage, at: usize, is_head: bool, gone: &[usize], size: f32) -> bool {
    let row = &page.rows[at];
    let said = text(row);
    let letters = row.iter().map(|word| word.size).fold(0.0, f32::max);
    if is_number(&said) {
        return true;
    }
    if letters > size * LARGE || said.chars().count() > LONGEST {
        return false;
    }
    let inwards = if is_head { at + 1 } else { at.wrapping_sub(1) };
    let next = page.rows.get(inwards).filter(|_| !gone.contains(&inwards)).and_then(|row| row.first());
    let apart = next.is_none_or(|next| (next.base - row[0].base).abs() > letters.max(next.size) * APART);
    let has_number = [said.split(' ').next(), said.split(' ').next_back()].into_iter().flatten().any(is_number);
    // the rest of a running head stands on a row of its own
    if is_head && imprint::read(&said).is_some() {
        return true;
    }
    if is_head { has_number && (apart || letters <= size) } else { letters < size * SMALL || apart }
}

/// Whether a text is the number of a page: `7`, `– 7 –`, `7/12`, `A7`.
fn is_number(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    text.chars().count() <= NUMBER && letters <= 1 && text.contains(char::is_numeric)
}

fn text(row: &[PrintedWord]) -> String {
    row.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}
