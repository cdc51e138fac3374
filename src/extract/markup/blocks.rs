//! Which element of a page holds the article's text, and what the signs of the others say.

use std::collections::HashMap;

use super::signs::{self, Sign, Signed};
use super::weight::{self, Weights};
use crate::extract::Label;
use crate::extract::page::{Page, Unit};
use crate::source::{Element, Markup, MarkupLine};

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
    /// Chooses by the signs of the elements, and by the running text in them.
    pub(super) fn find(page: &Page<'_>, markup: &Signed<'_>, weights: &Weights) -> Self {
        let labels = labels(page, markup, weights);
        let root = root(markup, &labels, &beside_furniture(markup, weights, &labels));
        let mut inside = vec![false; markup.elements.len()];
        let is_twin = is_twin(markup, root);
        for (at, element) in markup.elements.iter().enumerate() {
            let is_part = at == root || (labels[at].is_none() && is_twin(at));
            inside[at] = is_part || (at > 0 && inside[element.parent as usize]);
        }
        for at in kin(markup, weights, &labels, &inside) {
            inside[at] = true;
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

    /// What an element is beside the article.
    pub(super) fn label(&self, element: u32) -> Option<Label> {
        self.labels[element as usize]
    }

    /// Whether an element stands in what holds the body.
    pub(super) fn is_inside(&self, element: u32) -> bool {
        self.inside[element as usize]
    }
}

/// What each element, or one that it stands in, is beside the article.
fn labels(page: &Page<'_>, markup: &Signed<'_>, weights: &Weights) -> Vec<Option<Label>> {
    let vital = vital(page, markup, weights);
    let mut labels: Vec<Option<Label>> = vec![None; markup.elements.len()];
    for (at, element) in markup.elements.iter().enumerate().skip(1) {
        let above = labels[element.parent as usize];
        let weighty = weights.elements[at] * 100 > weights.elements[0] * TOO_MUCH;
        let spared = vital[at] || weighty;
        labels[at] = match signs::of(markup, at as u32) {
            // In a header above the text stand menus as well.
            _ if above.is_some_and(|label| label != Label::Label) => above,
            // A paragraph of running text is no tag, whatever a style is called, and no prompt.
            Sign::Furniture(Label::Label) | Sign::Paywall if element.name == "p" && weights.elements[at] > 0 => above,
            // An anchor of the table of contents is no table of contents.
            Sign::Furniture(Label::Nav) if is_called_body(element) && weights.elements[at] > 0 => above,
            Sign::Consent if !vital[at] => Some(Label::AppPrompt),
            Sign::Paywall if !spared => Some(Label::Promo),
            Sign::Furniture(label) if !spared || (element.name == "header" && !weighty) => Some(label),
            Sign::Comments if !vital[at] => Some(Label::Promo),
            _ if element.hidden && !spared => Some(Label::Nav),
            _ => above,
        };
    }
    labels
}

/// What is what the chosen element is: a long text stands in several blocks.
fn is_twin<'m>(markup: &'m Markup, root: usize) -> impl Fn(usize) -> bool + 'm {
    let one = &markup.elements[root];
    let (rank, is_text) = (signs::body_rank(one), signs::is_called_text(one));
    let above = |element: &Element| &markup.elements[element.parent as usize];
    move |at| {
        let other = &markup.elements[at];
        let beside = one.parent == other.parent;
        // the block may stand in a box of its own
        let boxed = || above(one).parent == above(other).parent && above(one).signs == above(other).signs;
        match rank {
            // paragraphs have kin of their own
            _ if root == 0 || one.name == "p" || one.name != other.name => false,
            Some(0) => signs::is_stated_body(other) && signs::article(markup, root) == signs::article(markup, at),
            Some(1) if beside => signs::body_rank(other) == rank,
            _ => is_text && one.signs == other.signs && (beside || boxed()),
        }
    }
}

/// Whether an element says that it is the body.
fn is_called_body(element: &Element) -> bool {
    signs::body_rank(element).is_some_and(|rank| rank <= 1)
}

/// Paragraphs outside what holds the body that are called as most of its paragraphs are: the text goes on there.
fn kin(markup: &Markup, weights: &Weights, labels: &[Option<Label>], inside: &[bool]) -> Vec<usize> {
    let mut called: HashMap<&str, usize> = HashMap::new();
    let mut all = 0;
    let paragraph = |line: &MarkupLine| signs::paragraph(markup, line.element);
    for (line, weight) in markup.lines.iter().zip(&weights.lines).filter(|(l, _)| inside[l.element as usize]) {
        all += weight;
        if let Some(at) = paragraph(line) {
            *called.entry(&markup.elements[at].signs).or_default() += weight;
        }
    }
    let most = called.into_iter().filter(|(name, _)| !name.is_empty()).max_by_key(|(name, weight)| (*weight, *name));
    let Some((name, _)) = most.filter(|(_, weight)| weight * 2 > all) else { return Vec::new() };
    let outside = markup.lines.iter().zip(&weights.lines).filter(|(line, weight)| {
        let at = line.element as usize;
        **weight > 0 && !inside[at] && labels[at].is_none()
    });
    let same = outside.filter_map(|(line, _)| Some((line.element as usize, paragraph(line)?)));
    same.filter(|(_, at)| markup.elements[*at].signs == name).map(|(line, _)| line).collect()
}

/// The running text beside the furniture that each element holds.
fn beside_furniture(markup: &Markup, weights: &Weights, labels: &[Option<Label>]) -> Vec<usize> {
    let mut clean = vec![0; markup.elements.len()];
    for (line, weight) in markup.lines.iter().zip(&weights.lines) {
        if labels[line.element as usize].is_none() {
            clean[line.element as usize] += weight;
        }
    }
    weight::sum_up(markup, &mut clean);
    clean
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
        vital[at] |= body && is_called_body(element);
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

/// The element that holds the body: one that says so, where it holds enough of the text; else the innermost that holds
/// nearly all of it.
fn root(markup: &Markup, labels: &[Option<Label>], clean: &[usize]) -> usize {
    let deepest = innermost(markup, clean);
    let mut said: [Option<usize>; 3] = [None; 3];
    for (at, element) in markup.elements.iter().enumerate().skip(1).filter(|(at, _)| labels[*at].is_none()) {
        let rank = signs::body_rank(element).map(usize::from).filter(|rank| *rank < said.len());
        if let Some(best) = rank.map(|rank| &mut said[rank])
            && best.is_none_or(|best| clean[at] > clean[best])
        {
            *best = Some(at);
        }
    }
    let enough = |at: &usize| clean[*at] > 0 && clean[*at] * 100 >= clean[deepest] * ENOUGH;
    said.into_iter().flatten().find(enough).unwrap_or(deepest)
}

/// Share of the text, in percent, that what says to be the body must hold.
const ENOUGH: usize = 40;

/// Share of an element's text, in percent, from which on one child stands for it.
const NEARLY_ALL: usize = 70;

/// The innermost element that holds nearly all of the text.
fn innermost(markup: &Markup, clean: &[usize]) -> usize {
    let mut heaviest: Vec<usize> = vec![0; clean.len()];
    for at in (1..clean.len()).rev() {
        let best = &mut heaviest[markup.elements[at].parent as usize];
        if *best == 0 || clean[at] >= clean[*best] {
            *best = at;
        }
    }
    let mut here = 0;
    loop {
        let child = heaviest[here];
        let holds =
            child != 0 && !matches!(markup.elements[child].name, "p" | "li") && !signs::is_inline(markup, child as u32);
        if !holds || clean[child] == 0 || clean[child] * 100 < clean[here] * NEARLY_ALL {
            return here;
        }
        here = child;
    }
}
