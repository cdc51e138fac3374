//! How much running text each element holds.

use crate::extract::page::Page;
use crate::extract::words::Ending;
use crate::source::Markup;

/// Running text in bytes, by element (all that it holds) and by line.
pub(super) struct Weights {
    pub(super) elements: Vec<usize>,
    pub(super) lines: Vec<usize>,
}

/// Weighs the lines of a page, and its elements by them.
pub(super) fn weigh(page: &Page<'_>, markup: &Markup) -> Weights {
    let mut lines = vec![0; markup.lines.len()];
    let (mut seen, mut hidden) = (0, 0);
    for unit in &page.units {
        let at = unit.lines.start;
        let line = markup.lines[at];
        let linked = line.linked as usize * 100 / unit.text.len().max(1);
        let words = usize::from(unit.shape.words) + wide(&unit.text) / 2;
        let sentence = matches!(unit.shape.ending, Ending::Stop | Ending::Query);
        if linked < 35 && (words >= 12 || (sentence && words >= 5)) {
            lines[at] = unit.text.len();
            let out_of_sight = markup.elements[line.element as usize].hidden;
            *(if out_of_sight { &mut hidden } else { &mut seen }) += unit.text.len();
        }
    }
    let mut elements = vec![0; markup.elements.len()];
    for (line, weight) in markup.lines.iter().zip(&mut lines) {
        // Where most is hidden, a script was to show it.
        if markup.elements[line.element as usize].hidden && seen * 4 > hidden {
            *weight = 0;
        }
        elements[line.element as usize] += *weight;
    }
    sum_up(markup, &mut elements);
    Weights { elements, lines }
}

/// Adds to each element what the elements in it have.
pub(super) fn sum_up(markup: &Markup, weights: &mut [usize]) {
    for at in (1..weights.len()).rev() {
        weights[markup.elements[at].parent as usize] += weights[at];
    }
}

/// Characters of scripts that part no words.
fn wide(text: &str) -> usize {
    if text.is_ascii() { 0 } else { text.chars().filter(|c| ('\u{2e80}'..='\u{ffdc}').contains(c)).count() }
}
