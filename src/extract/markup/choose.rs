//! Which element of a page holds the article's text, and what the signs of the others say.

use super::Sign;
use super::signs;
use super::weight::Weights;
use crate::extract::Label;
use crate::extract::page::{Page, Unit};
use crate::source::Markup;

/// The part of a page that holds the body.
pub(super) struct Chosen {
    /// Whether an element stands in it.
    inside: Vec<bool>,
    /// What an element, or one that it stands in, is beside the article.
    labels: Vec<Option<Label>>,
}

/// An element with more of the page's running text, in percent, is no furniture whatever its class.
const TOO_MUCH: usize = 45;

impl Chosen {
    pub(super) fn find(page: &Page<'_>, markup: &Markup, weights: &Weights) -> Self {
        let all = weights.elements[0];
        let vital = vital(page, markup, weights);
        let mut labels: Vec<Option<Label>> = vec![None; markup.elements.len()];
        let mut ranks: Vec<Option<u8>> = vec![None; markup.elements.len()];
        for (at, element) in markup.elements.iter().enumerate().skip(1) {
            let weighty = weights.elements[at] * 100 > all * TOO_MUCH;
            let heavy = vital[at] || weighty;
            labels[at] = labels[element.parent as usize];
            if labels[at].is_none() {
                labels[at] = match signs::of(element) {
                    Sign::Furniture(label) if !heavy || (element.name == "header" && !weighty) => Some(label),
                    Sign::Comments if !vital[at] => Some(Label::Promo),
                    _ if element.hidden && !heavy => Some(Label::Nav),
                    _ => None,
                };
            }
            if labels[at].is_none() {
                ranks[at] = signs::body_rank(element);
            }
        }
        // Text beside the furniture.
        let mut clean = vec![0; markup.elements.len()];
        for (line, weight) in markup.lines.iter().zip(&weights.lines) {
            if labels[line.element as usize].is_none() {
                clean[line.element as usize] += weight;
            }
        }
        for at in (1..clean.len()).rev() {
            let parent = markup.elements[at].parent as usize;
            clean[parent] += clean[at];
        }
        let root = root(markup, &clean, &ranks);
        let mut inside = vec![false; markup.elements.len()];
        for at in 0..markup.elements.len() {
            let parent = markup.elements[at].parent as usize;
            inside[at] = root.contains(&(at as u32)) || (at > 0 && inside[parent]);
        }
        Self { inside, labels }
    }

    /// What a line is beside the article; none where it may be its text.
    pub(super) fn verdict(&self, markup: &Markup, line: usize) -> Option<Label> {
        let element = markup.lines[line].element as usize;
        self.labels[element].or((!self.inside[element]).then_some(Label::Nav))
    }

    /// Whether an element stands in a list of other articles, under the article, or in the site's menus: what is dated or
    /// named there is not the article.
    pub(super) fn is_beside(&self, element: u32) -> bool {
        let label = self.labels[element as usize];
        label.is_some_and(|label| match label {
            Label::Related | Label::Promo | Label::AppPrompt => true,
            Label::Nav => !self.inside[element as usize],
            _ => false,
        })
    }

    /// Whether an element stands in what holds the body.
    pub(super) fn is_inside(&self, element: u32) -> bool {
        self.inside[element as usize]
    }

    /// Whether an element stands in a quotation.
    pub(super) fn is_quoted(&self, markup: &Markup, element: u32) -> bool {
        let mut at = element;
        (0..4).any(|_| {
            let element = &markup.elements[at as usize];
            at = element.parent;
            element.name == "blockquote"
        })
    }

    /// The name of the block that an element is, or stands in.
    pub(super) fn block(&self, markup: &Markup, element: u32) -> &'static str {
        let mut at = element as usize;
        loop {
            let element = &markup.elements[at];
            let inline =
                matches!(element.name, "a" | "span" | "b" | "strong" | "em" | "i" | "font" | "small" | "u" | "other");
            if !inline || at == 0 {
                return element.name;
            }
            at = element.parent as usize;
        }
    }
}

/// Elements that hold the page's first heading, or what says that it is the body and holds a good part of the text: no
/// furniture, whatever their class.
fn vital(page: &Page<'_>, markup: &Markup, weights: &Weights) -> Vec<bool> {
    let mut vital = vec![false; markup.elements.len()];
    let heading = |unit: &&Unit<'_>| {
        let element = markup.lines[unit.lines.start].element;
        unit.shape.words >= 3 && signs::is_heading(markup, element)
    };
    if let Some(unit) = page.units.iter().find(heading) {
        vital[markup.lines[unit.lines.start].element as usize] = true;
    }
    for (at, element) in markup.elements.iter().enumerate().skip(1) {
        let body = weights.elements[at] * 100 > weights.elements[0] * GOOD_PART;
        vital[at] |= body && signs::body_rank(element).is_some_and(|rank| rank <= 1);
        vital[at] |= element.name == "blockquote" && !element.signs.is_empty();
    }
    for at in (1..vital.len()).rev() {
        if vital[at] {
            vital[markup.elements[at].parent as usize] = true;
        }
    }
    vital
}

/// Share of the page's running text, in percent, of what is believed to be the body because it says so.
const GOOD_PART: usize = 25;

/// The elements that hold the body: those that say so, where they hold enough of the text; else the innermost that holds
/// nearly all of it.
fn root(markup: &Markup, clean: &[usize], ranks: &[Option<u8>]) -> Vec<u32> {
    let deepest = descend(markup, clean, 0);
    for rank in 0..=2 {
        let said: Vec<usize> = (1..clean.len()).filter(|at| ranks[*at] == Some(rank)).collect();
        let Some(best) = said.iter().copied().max_by_key(|at| (clean[*at], usize::MAX - *at)) else { continue };
        if clean[best] * 100 >= clean[deepest] * 40 && clean[best] > 0 {
            return vec![best as u32];
        }
    }
    vec![deepest as u32]
}

/// Share of an element's text, in percent, from which on one child stands for it.
const NEARLY_ALL: usize = 70;

fn descend(markup: &Markup, clean: &[usize], from: usize) -> usize {
    let mut here = from;
    let mut heaviest: Vec<usize> = vec![0; clean.len()];
    for at in (1..clean.len()).rev() {
        let parent = markup.elements[at].parent as usize;
        if heaviest[parent] == 0 || clean[at] >= clean[heaviest[parent]] {
            heaviest[parent] = at;
        }
    }
    loop {
        let child = heaviest[here];
        let block = child != 0
            && !matches!(markup.elements[child].name, "p" | "li" | "a" | "span" | "b" | "strong" | "em" | "i");
        if !block || clean[child] * 100 < clean[here] * NEARLY_ALL || clean[child] == 0 {
            return here;
        }
        here = child;
    }
}
