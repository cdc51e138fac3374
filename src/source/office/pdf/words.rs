//! Glyphs of a page -> words -> rows: words on one baseline, from left to right.

use unicode_normalization::UnicodeNormalization;

use super::glyphs::{DrawnPage, PlacedGlyph};

/// Shares of the size: how far baselines of a row may lie apart, from which gap on a word ends, and how near to another the same glyph
/// is drawn once more to make it bold.
const SAME_ROW: f32 = 0.3;
const WORD_GAP: f32 = 0.17;
const TWICE: f32 = 0.15;

/// A word of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PrintedWord {
    pub text: String,
    pub left: f32,
    pub right: f32,
    pub base: f32,
    pub size: f32,
    pub bold: bool,
}

/// The rows of a page from top to bottom, and what stands beside its content.
pub(super) fn rows(page: &DrawnPage) -> (Vec<Vec<PrintedWord>>, String) {
    let (mut upright, mut beside): (Vec<&PlacedGlyph>, String) = (Vec::new(), String::new());
    for glyph in &page.glyphs {
        match glyph.beside {
            false => upright.push(glyph),
            true => beside.push_str(&glyph.text),
        }
    }
    upright.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut rows: Vec<Vec<PrintedWord>> = Vec::new();
    let mut row: Vec<&PlacedGlyph> = Vec::new();
    for glyph in upright {
        // the row's baseline is that of its first glyph, so that rows cannot run into each other
        let goes_on = row.first().is_some_and(|first| glyph.base - first.base <= first.size.min(glyph.size) * SAME_ROW);
        if !goes_on {
            rows.push(words(std::mem::take(&mut row)));
        }
        row.push(glyph);
    }
    rows.push(words(row));
    rows.retain(|row| !row.is_empty());
    (rows, beside.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn words(mut row: Vec<&PlacedGlyph>) -> Vec<PrintedWord> {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut words = Vec::new();
    let mut word: Vec<&PlacedGlyph> = Vec::new();
    for glyph in row {
        let Some(last) = word.last() else {
            word.extend(Some(glyph).filter(|glyph| !glyph.text.trim().is_empty()));
            continue;
        };
        let size = last.size.min(glyph.size);
        if last.text == glyph.text && (glyph.left - last.left).abs() <= size * TWICE {
            continue;
        }
        let is_blank = glyph.text.trim().is_empty();
        if is_blank || glyph.left - last.right > size * WORD_GAP {
            words.push(whole(&std::mem::take(&mut word)));
        }
        word.extend(Some(glyph).filter(|_| !is_blank));
    }
    if !word.is_empty() {
        words.push(whole(&word));
    }
    words
}

fn whole(glyphs: &[&PlacedGlyph]) -> PrintedWord {
    let read: String = glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
    // letters from right to left stand in the order in which they are seen
    let text = match is_from_right(&read) {
        true => glyphs.iter().rev().map(|glyph| glyph.text.as_str()).collect(),
        false => read,
    };
    let bold = glyphs.iter().filter(|glyph| glyph.bold).count() * 2 > glyphs.len();
    let size = glyphs.iter().map(|glyph| glyph.size).fold(0.0, f32::max);
    let right = glyphs.iter().map(|glyph| glyph.right).fold(f32::MIN, f32::max);
    PrintedWord { text: even(&text), left: glyphs[0].left, right, base: glyphs[0].base, size, bold }
}

/// A text without ligatures and forms of letters that stand for their place in a word, and without characters that nobody sees.
fn even(text: &str) -> String {
    let is_form = |c: char| matches!(c, '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    let mut even = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if is_form(c) => even.extend(std::iter::once(c).nfkc()),
            '\u{200B}' | '\u{FEFF}' => {}
            _ if c.is_control() => {}
            _ => even.push(c),
        }
    }
    even
}

/// Whether a word is of letters that run from right to left.
pub(super) fn is_from_right(text: &str) -> bool {
    let is_one = |c: &char| matches!(*c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let from_right = text.chars().filter(is_one).filter(|c| c.is_alphabetic()).count();
    from_right * 2 > letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs(text: &str, left: f32, base: f32, gap: f32) -> Vec<PlacedGlyph> {
        let place = |(nth, c): (usize, char)| {
            let left = left + nth as f32 * (5.0 + gap);
            PlacedGlyph { text: c.to_string(), left, right: left + 5.0, base, size: 10.0, bold: false, beside: false }
        };
        text.chars().enumerate().map(place).collect()
    }

    #[test]
    fn glyphs_are_words_by_the_gaps_between_them() {
        // what is drawn: text, left edge, baseline, gap between glyphs; the rows
        for (drawn, wanted) in [
            (vec![("one two", 0.0, 10.0, 0.0)], "one two"),
            (vec![("two", 40.0, 10.0, 0.0), ("one", 0.0, 10.0, 0.0)], "one two"),
            (vec![("one", 0.0, 10.0, 0.5)], "one"),
            (vec![("ab", 0.0, 10.0, 3.0)], "a b"),
            (vec![("low", 0.0, 30.0, 0.0), ("high", 0.0, 10.0, 0.0)], "high|low"),
            (vec![("bold", 0.0, 10.0, 0.0), ("bold", 0.4, 10.0, 0.0)], "bold"),
            (vec![("ﬁn", 0.0, 10.0, 0.0)], "fin"),
            (vec![("םולש", 0.0, 10.0, 0.0)], "שלום"),
        ] {
            let all = drawn.into_iter().flat_map(|(text, left, base, gap)| glyphs(text, left, base, gap)).collect();
            let (rows, _) = rows(&DrawnPage { glyphs: all, width: 600.0, height: 800.0 });
            let row = |row: &Vec<PrintedWord>| row.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
            assert_eq!(rows.iter().map(row).collect::<Vec<_>>().join("|"), wanted);
        }
    }
}
