//! How much running text each element holds.

use super::signs::Signed;
use crate::extract::page::Page;
use crate::extract::words::Ending;
use crate::source::Markup;
use rustc_hash::FxHashSet;
use std::hash::{BuildHasher, BuildHasherDefault};

/// Running text in bytes, by element (all that it holds) and by line.
pub(super) struct Weights {
    pub(super) elements: Vec<usize>,
    pub(super) lines: Vec<usize>,
    /// They follow the text that the page states.
    pub(super) stated: bool,
}

/// Weighs the lines of a page, and its elements by them. `stated` is the text that the page states for machines: where most of
/// it stands on the page, what is not of it weighs little.
pub(super) fn weigh(page: &Page<'_>, markup: &Signed<'_>, stated: &str) -> Weights {
    let mut lines = vec![0; markup.lines.len()];
    let (mut seen, mut hidden) = (0, 0);
    for unit in &page.units {
        let at = unit.lines.start;
        let line = markup.lines[at];
        let linked = line.linked as usize * 100 / unit.text.len().max(1);
        let words = usize::from(unit.shape.words) + wide(&unit.text) / 2;
        let sentence = matches!(unit.shape.ending, Ending::Stop | Ending::Query);
        let alone = markup.elements[line.element as usize].is_stated_alone();
        if !alone && linked < 35 && (words >= 12 || (sentence && words >= 5)) {
            lines[at] = unit.text.len();
            let out_of_sight = markup.is_hidden(line.element);
            *(if out_of_sight { &mut hidden } else { &mut seen }) += unit.text.len();
        }
    }
    let said = said(page, markup, stated);
    let mut elements = vec![0; markup.elements.len()];
    for (line, weight) in markup.lines.iter().zip(&mut lines) {
        // Where most is hidden, a script was to show it.
        if markup.is_hidden(line.element) && seen * 4 > hidden {
            *weight = 0;
        }
    }
    if let Some(said) = &said {
        lines.iter_mut().zip(said).filter(|(_, said)| !**said).for_each(|(weight, _)| *weight /= UNSAID);
    }
    for (line, weight) in markup.lines.iter().zip(&lines) {
        elements[line.element as usize] += *weight;
    }
    sum_up(markup, &mut elements);
    Weights { elements, lines, stated: said.is_some() }
}

/// What is no part of the stated text weighs so many times less.
const UNSAID: usize = 8;

/// Words of a stretch that the stated text and a line share.
const STRETCH: usize = 5;

/// Share of the stated text, in percent, that stands on the page where its lines are held against it.
const MOST: usize = 60;

/// Which lines say what the page states; none where it states nothing, or most of that stands nowhere.
fn said(page: &Page<'_>, markup: &Markup, stated: &str) -> Option<Vec<bool>> {
    let stated: FxHashSet<u64> = stretches(stated).into_iter().collect();
    let mut said = vec![false; markup.lines.len()];
    let mut found: FxHashSet<u64> = FxHashSet::default();
    if stated.len() < 2 * STRETCH {
        return None;
    }
    for unit in &page.units {
        let at = unit.lines.start;
        let alone = markup.elements[markup.lines[at].element as usize].is_stated_alone();
        let of_line = stretches(&unit.text);
        let shared = of_line.iter().filter(|stretch| stated.contains(*stretch));
        if !alone && !of_line.is_empty() && shared.clone().count() * 2 >= of_line.len() {
            said[at] = true;
            found.extend(shared);
        }
    }
    (found.len() * 100 >= stated.len() * MOST).then_some(said)
}

/// The stretches of a text, each as a number.
fn stretches(text: &str) -> Vec<u64> {
    let hasher = BuildHasherDefault::<rustc_hash::FxHasher>::default();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<u64> = words.map(|word| hasher.hash_one(word)).collect();
    words.windows(STRETCH).map(|words| hasher.hash_one(words)).collect()
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
