//! Text under the article's heading that a choice passed over for a longer one: comments, the next article, offers.

use std::collections::HashMap;

use super::classes::Sign;
use super::labels::is_in;
use super::signs::{self, Signed};
use super::weight::Weights;
use crate::extract::Label;
use crate::extract::page::Page;

/// Paragraphs and bytes of running text from which on what stands under a heading is an article: a standfirst is one.
const PARAGRAPHS: usize = 2;
const BYTES: usize = 150;

/// What stands under a heading, beside what was chosen.
pub(super) struct UnderHeading<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) markup: &'a Signed<'a>,
    pub(super) weights: &'a Weights,
    pub(super) labels: &'a [Option<Label>],
    /// The unit of the article's heading.
    pub(super) heading: usize,
    /// The chosen element.
    pub(super) root: usize,
}

impl UnderHeading<'_> {
    /// The box that passed the article over: the chosen element, or what it stands in; none where the choice may be right.
    pub(super) fn passed(&self) -> Option<usize> {
        let elements = &self.markup.elements;
        if self.root == 0 || is_in(elements, self.element(self.heading), self.root) {
            return None;
        }
        let first = self.units_in(self.root).next()?;
        let below = first > self.heading;
        let under: Vec<usize> = self.under(if below { first } else { self.page.units.len() }).collect();
        let bytes: usize = under.iter().map(|at| self.weight(*at)).sum();
        if under.is_empty() || bytes < BYTES {
            return None;
        }
        let around = self.around(&under);
        let units: Vec<usize> = self.units_in(around).collect();
        let thread = self.thread(around).or_else(|| self.thread(self.root));
        if under.len() < PARAGRAPHS {
            return (thread == Some(Thread::Teasers)).then_some(around);
        }
        let called = |at: usize| signs::in_called_body(self.markup, at as u32);
        let in_called = under.iter().filter(|at| called(self.element(**at))).count() * 2 >= under.len();
        let stated = |at: usize| signs::above(self.markup, at as u32).any(signs::is_stated_body);
        let all_stated = under.iter().all(|at| stated(self.element(*at)));
        if all_stated && !stated(self.root) {
            return Some(around);
        }
        if !in_called && called(self.root) {
            return None;
        }
        let of_one_kind = self.is_alike(around, under[0]);
        let is = self.is_told_as_furniture(around)
            || units.first().is_some_and(|first| self.is_title(*first, around, of_one_kind))
            || (!of_one_kind && (!below || self.is_elsewhere(&under) || thread.is_some()));
        is.then_some(around)
    }

    fn element(&self, unit: usize) -> usize {
        self.markup.lines[self.page.units[unit].lines.start].element as usize
    }

    fn weight(&self, unit: usize) -> usize {
        self.weights.lines[self.page.units[unit].lines.start]
    }

    fn units_in(&self, element: usize) -> impl Iterator<Item = usize> {
        (0..self.page.units.len()).filter(move |at| is_in(&self.markup.elements, self.element(*at), element))
    }

    /// Units of running text between the heading and `end`.
    fn under(&self, end: usize) -> impl Iterator<Item = usize> {
        (self.heading + 1..end).filter(|at| {
            let element = self.element(*at);
            self.weight(*at) > 0 && self.labels[element].is_none() && !is_in(&self.markup.elements, element, self.root)
        })
    }

    /// The outermost box of the choice that holds neither the heading nor the text under it.
    fn around(&self, under: &[usize]) -> usize {
        let elements = &self.markup.elements;
        let apart = |at: &usize| {
            let holds = |unit: usize| is_in(elements, self.element(unit), *at);
            *at > 0 && !holds(self.heading) && !under.iter().any(|unit| holds(*unit))
        };
        let boxes = signs::holders(self.markup, self.root as u32).map(|at| at as usize);
        boxes.take_while(apart).last().unwrap_or(self.root)
    }

    /// Whether a unit stands in a box beside another of its kind: posts of one thread.
    fn is_alike(&self, around: usize, unit: usize) -> bool {
        let elements = &self.markup.elements;
        let class = |at: usize| elements[at].signs.split(' ').next().unwrap_or_default();
        let parent = elements[around].parent;
        let beside =
            signs::holders(self.markup, self.element(unit) as u32).find(|at| elements[*at as usize].parent == parent);
        let beside = beside.map(|at| at as usize).filter(|at| *at != around && !class(*at).is_empty());
        beside.is_some_and(|at| elements[at].name == elements[around].name && class(at) == class(around))
    }

    /// Whether heading and text stand in an article or the page's main part, and the choice does not.
    fn is_elsewhere(&self, under: &[usize]) -> bool {
        let elements = &self.markup.elements;
        let part = |at: &u32| matches!(elements[*at as usize].name, "article" | "main");
        let mut holders = signs::holders(self.markup, self.element(self.heading) as u32);
        let Some(part) = holders.find(part) else { return false };
        let in_part = |at: usize| is_in(elements, at, part as usize);
        !in_part(self.root) && under.iter().all(|at| in_part(self.element(*at)))
    }

    /// Whether the choice was spared though its signs say that it is furniture.
    fn is_told_as_furniture(&self, around: usize) -> bool {
        let boxes = signs::holders(self.markup, self.root as u32).take_while(|at| *at as usize >= around);
        boxes.into_iter().any(|at| !matches!(signs::of(self.markup, at), Sign::None))
    }

    /// Whether a unit is the title of another article, which the box is or leads to. In a thread, whoever wrote may be named
    /// in a heading.
    fn is_title(&self, unit: usize, around: usize, in_thread: bool) -> bool {
        let name = signs::block(self.markup, self.element(unit) as u32);
        let boxes = signs::holders(self.markup, self.root as u32).take_while(|at| *at as usize >= around);
        let article = boxes.into_iter().any(|at| self.markup.elements[at as usize].name == "article");
        let level = matches!(name, "h1" | "h2") || (!in_thread && matches!(name, "h3" | "h4"));
        level && (name == "h1" || self.is_linked(unit) || article)
    }

    fn is_linked(&self, unit: usize) -> bool {
        let unit = &self.page.units[unit];
        self.markup.lines[unit.lines.start].linked as usize * 2 > unit.text.len()
    }

    /// What a list of boxes of one kind is, each with running text and something short beside it.
    fn thread(&self, list: usize) -> Option<Thread> {
        let elements = &self.markup.elements;
        let mut items: HashMap<usize, Item> = HashMap::new();
        for unit in self.units_in(list) {
            let item = items.entry(self.item(self.element(unit), list)).or_default();
            let heading = matches!(signs::block(self.markup, self.element(unit) as u32), "h2" | "h3" | "h4" | "h5");
            item.weight += self.weight(unit);
            item.section |= heading && !self.is_linked(unit);
            item.leads |= heading && self.is_linked(unit);
            item.noted |= self.weight(unit) == 0 && !heading;
        }
        let all: usize = items.values().map(|item| item.weight).sum();
        let mut kinds: HashMap<&str, Vec<&Item>> = HashMap::new();
        for (at, item) in &items {
            let told = item.leads || (item.noted && !item.section);
            if *at != list && elements[*at].name != "p" && item.weight > 0 && told {
                kinds.entry(elements[*at].name).or_default().push(item);
            }
        }
        let most = |of: &&Vec<&Item>| of.len() >= 3 && of.iter().map(|item| item.weight).sum::<usize>() * 10 >= all * 6;
        let kind = kinds.values().find(most)?;
        let leads = kind.iter().filter(|item| item.leads).count() * 2 > kind.len();
        Some(if leads { Thread::Teasers } else { Thread::Voices })
    }

    /// The child of a list that an element stands in.
    fn item(&self, element: usize, list: usize) -> usize {
        let parent = |at: usize| self.markup.elements[at].parent as usize;
        let mut at = element;
        while at > list && parent(at) != list {
            at = parent(at);
        }
        at
    }
}

/// What a list of boxes holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Thread {
    /// Titles that lead to other articles, with some text.
    Teasers,
    /// What several people wrote, each with a name or a time.
    Voices,
}

/// A box of a list.
#[derive(Default)]
struct Item {
    weight: usize,
    /// It has a heading that leads nowhere: a section of a text.
    section: bool,
    /// It has a heading that leads elsewhere.
    leads: bool,
    /// It has something short beside its text.
    noted: bool,
}
