//! Which element of a page holds the article's text, and what the signs of the others say.

use std::collections::HashMap;

use super::labels::{self, Belief};
use super::passed::UnderHeading;
use super::root;
use super::signs::{self, Signed};
use super::weight::{self, Weights};
use crate::extract::Label;
use crate::extract::page::Page;
use crate::source::{Element, Markup, MarkupLine};

/// The part of a page that holds the body.
pub(super) struct Chosen {
    /// Whether an element stands in it.
    inside: Vec<bool>,
    /// What an element, or one that it stands in, is beside the article.
    labels: Vec<Option<Label>>,
}

/// Choices that are given up, at most, because they pass over what stands under the heading.
const MOST_TRIES: usize = 6;

/// What has so many times the text of what stands under the heading is introduced by it, where nothing calls that the body.
const INTRODUCES: usize = 6;

impl Chosen {
    /// Chooses by the signs of the elements, by the running text in them, and by the article's heading (a unit). Where that
    /// leaves a small part of the page's text, or passes over what stands under the heading, it chooses once more and
    /// believes no words of classes. `prose` is the page's running text in bytes.
    pub(super) fn find(
        page: &Page<'_>,
        markup: &Signed<'_>,
        weights: &Weights,
        heading: Option<usize>,
        prose: usize,
    ) -> Self {
        let (first, sure) = Self::choose(page, markup, weights, heading, Belief::Full);
        let some = first.held(markup, weights);
        if sure && some * LEAST_PART >= prose {
            return first;
        }
        let (second, _) = Self::choose(page, markup, weights, heading, Belief::Names);
        let from = heading.map_or(0, |heading| page.units[heading].lines.start);
        let more = second.prose_from(from, markup, weights) >= 2 * some && second.holds(&first, markup, weights);
        let better = !sure || (more && (heading.is_some() || some == 0));
        if better { second } else { first }
    }

    fn choose(
        page: &Page<'_>,
        markup: &Signed<'_>,
        weights: &Weights,
        heading: Option<usize>,
        belief: Belief,
    ) -> (Self, bool) {
        let element = heading.map(|unit| markup.lines[page.units[unit].lines.start].element);
        let mut labels = labels::find(markup, weights, element, belief);
        let find_root = |labels: &[_]| {
            let clean = beside_furniture(markup, weights, labels);
            let root = root::find(markup, labels, &clean, element);
            (root, clean[root])
        };
        let (mut root, most) = find_root(&labels);
        let before = (root, labels.clone());
        for _ in 0..MOST_TRIES {
            let choice = |heading| UnderHeading { page, markup, weights, labels: &labels, heading, root };
            let Some(passed) = heading.and_then(|heading| choice(heading).passed()) else { break };
            labels::shut(&markup.elements, &mut labels, passed, Label::Related);
            let (next, text) = find_root(&labels);
            let called = |at: usize| signs::in_called_body(markup, at as u32);
            if text * INTRODUCES < most && (called(before.0) || !called(next)) {
                (root, labels) = before;
                break;
            }
            root = next;
        }
        let sure = heading.filter(|_| belief != Belief::Names).is_none_or(|heading| {
            // Would it pass over the text if classes told nothing?
            let labels = &labels::find(markup, weights, element, Belief::Names);
            UnderHeading { page, markup, weights, labels, heading, root }.passed().is_none()
        });
        (Self::around(root, markup, weights, labels), sure)
    }

    /// The element, what goes on with its text elsewhere, and all that stands in them.
    fn around(root: usize, markup: &Signed<'_>, weights: &Weights, labels: Vec<Option<Label>>) -> Self {
        let mut inside = vec![false; markup.elements.len()];
        let is_twin = is_twin(markup, root);
        for (at, element) in markup.elements.iter().enumerate() {
            let is_part = at == root || (labels[at].is_none() && is_twin(at));
            inside[at] = is_part || (at > 0 && inside[element.parent as usize]);
        }
        for at in kin(markup, weights, &labels, &inside).into_iter().chain(streamed(markup, weights, &labels, root)) {
            inside[at] = true;
        }
        Self { inside, labels }
    }

    /// The running text of the choice from a line on, in bytes.
    fn prose_from(&self, line: usize, markup: &Markup, weights: &Weights) -> usize {
        let lines = markup.lines.iter().zip(&weights.lines).skip(line);
        lines.filter(|(line, _)| self.is_text(line.element)).map(|(_, weight)| weight).sum()
    }

    /// Whether most of another choice's text is this one's as well.
    fn holds(&self, other: &Self, markup: &Markup, weights: &Weights) -> bool {
        let lines = markup.lines.iter().zip(&weights.lines);
        let others = lines.filter(|(line, _)| other.is_text(line.element));
        let (both, all) = others.fold((0, 0), |(both, all), (line, weight)| {
            (both + if self.is_text(line.element) { *weight } else { 0 }, all + weight)
        });
        both * 10 >= all * 8
    }

    /// How much of the page's running text the choice holds, in bytes.
    pub(super) fn held(&self, markup: &Markup, weights: &Weights) -> usize {
        self.prose_from(0, markup, weights)
    }

    /// Takes what the page states for machines and shows nowhere, and nothing else.
    pub(super) fn take_stated(&mut self, markup: &Markup) {
        for (at, element) in markup.elements.iter().enumerate() {
            self.inside[at] = element.is_stated_alone();
            self.labels[at] = self.labels[at].filter(|_| !element.is_stated_alone());
        }
    }

    fn is_text(&self, element: u32) -> bool {
        self.inside[element as usize] && self.labels[element as usize].is_none()
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

/// The page's running text in bytes, without what is furniture by the names of its elements, comments and consent.
pub(super) fn prose(markup: &Signed<'_>, weights: &Weights) -> usize {
    beside_furniture(markup, weights, &labels::find(markup, weights, None, Belief::Names))[0]
}

/// The page's running text is so many times a choice that leaves too much of it.
pub(super) const LEAST_PART: usize = 3;

/// Boxes between a block and what holds all blocks of a text, at most.
const DEEPEST_TWIN: usize = 5;

/// What is what the chosen element is: a long text stands in several blocks.
fn is_twin<'m>(markup: &'m Markup, root: usize) -> impl Fn(usize) -> bool + 'm {
    let one = &markup.elements[root];
    let (rank, is_text) = (signs::body_rank(one), signs::is_called_text(one));
    // the boxes that the blocks stand in are alike as well, and belong to one article
    let alike = move |mut one: usize, mut other: usize| {
        for _ in 0..DEEPEST_TWIN {
            let (a, b) = (&markup.elements[one], &markup.elements[other]);
            if a.name != b.name || a.signs != b.signs || a.name == "article" {
                return false;
            }
            (one, other) = (a.parent as usize, b.parent as usize);
            if one == other {
                return true;
            }
        }
        false
    };
    move |at| {
        let other = &markup.elements[at];
        match rank {
            // paragraphs have kin of their own
            _ if root == 0 || one.name == "p" || one.name != other.name => false,
            Some(0) => signs::is_stated_body(other) && signs::article(markup, root) == signs::article(markup, at),
            Some(1) if one.parent == other.parent => signs::body_rank(other) == rank,
            Some(1) => alike(root, at),
            _ => is_text && alike(root, at),
        }
    }
}

/// Running text in pieces that a script puts together, where the chosen element stands in one of them.
fn streamed(markup: &Markup, weights: &Weights, labels: &[Option<Label>], root: usize) -> Vec<usize> {
    let is_piece = |at: u32| signs::above(markup, at).any(Element::is_streamed);
    if !is_piece(root as u32) {
        return Vec::new();
    }
    let lines = markup.lines.iter().zip(&weights.lines).filter(|(line, weight)| **weight > 0 && is_piece(line.element));
    lines.map(|(line, _)| line.element as usize).filter(|at| labels[*at].is_none()).collect()
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
