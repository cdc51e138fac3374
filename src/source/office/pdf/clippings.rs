//! Blocks of pages -> articles: what headings in bigger type part.

use std::ops::Range;

use super::blocks::{PrintedBlock, PrintedKind, same_size};
use super::headings::{HeadingGroup, Looker, SHORT, SMALL};
use crate::source::office::imprint::{self, Imprint};

/// Size of the name of a paper, as a share of that of the text, at least.
const MASTHEAD: f32 = 1.3;
/// Lines that look alike and stand apart, of which the last is the headline.
const STACK: usize = 3;
/// Blocks below a headline within which its day may stand.
const BELOW: usize = 3;
/// Blocks at the top of a file within which its masthead stands.
const TOP: usize = 8;

/// An article, by numbers of blocks.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Clipping {
    pub blocks: Range<usize>,
    pub headline: Vec<usize>,
    /// What stands around its text: where and when it was printed, a line above the headline.
    pub beside: Vec<usize>,
    pub imprint: Imprint,
}

/// The articles of a file, by whether its first page has columns, and by what the running heads of each page say.
pub(super) fn clippings(blocks: &[PrintedBlock], size: f32, has_columns: bool, imprints: &[Imprint]) -> Vec<Clipping> {
    let looker = Looker { blocks, size };
    let is_paper = |end: usize| {
        let groups = looker.groups(end);
        has_columns || groups.iter().filter(|group| looker.has_line(group)).count() * 2 >= groups.len()
    };
    let masthead = looker.masthead().filter(|(end, ..)| is_paper(*end));
    let from = masthead.as_ref().map_or(0, |(end, ..)| *end);
    let groups = looker.groups(from);
    let heads = looker.heads(&groups, masthead.is_some());
    let (beside, of_masthead) = masthead.map(|(_, own, said)| (own, said)).unwrap_or_default();
    let mut found = looker.cut(&heads);
    for clipping in &mut found {
        looker.imprint(clipping);
        clipping.beside.extend(beside.iter().filter(|at| clipping.blocks.contains(at)));
    }
    // what stands at the top of a review is none of its clippings' imprint
    let is_other = |outlet: &Option<String>| outlet.is_some() && *outlet != of_masthead.outlet;
    let is_review = found.len() > 1 && found.iter().any(|clipping| is_other(&clipping.imprint.outlet));
    let masthead = if is_review { Imprint::default() } else { of_masthead };
    for clipping in &mut found {
        let page = blocks.get(clipping.blocks.start).and_then(|block| block.pages.first()).map(|(_, page)| *page);
        let head = page.and_then(|page| imprints.get(page as usize - 1)).cloned().unwrap_or_default();
        let common = if is_review { head } else { head.or(agreed(imprints)) };
        // what came out on another day came out in another issue, or another paper
        let differs = |other: &Imprint| {
            clipping.imprint.date.as_ref().zip(other.date.as_ref()).is_some_and(|(own, other)| own != other)
        };
        let masthead = if differs(&masthead) { Imprint::default() } else { masthead.clone() };
        let common = if differs(&common) { Imprint::default() } else { common };
        clipping.imprint = std::mem::take(&mut clipping.imprint).or(masthead).or(common);
    }
    found
}

/// What the running heads of all pages say that have some, where they say one thing.
fn agreed(imprints: &[Imprint]) -> Imprint {
    let mut said = imprints.iter().filter(|imprint| **imprint != Imprint::default());
    let Some(first) = said.next() else { return Imprint::default() };
    if said.all(|other| other.outlet == first.outlet) { first.clone() } else { Imprint::default() }
}

/// The pages of a file that was scanned, each with a text: nothing tells the articles of what a program misread.
pub(super) fn pages(blocks: &[PrintedBlock]) -> Vec<Clipping> {
    let page = |at: &usize| blocks[*at].pages.first().map(|(_, page)| *page);
    let starts: Vec<usize> = (0..blocks.len()).filter(|at| *at == 0 || page(at) != page(&(at - 1))).collect();
    let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
    let pages = starts.iter().zip(ends).map(|(start, end)| *start..end);
    let has_text = |range: &Range<usize>| blocks[range.clone()].iter().any(|block| block.kind == PrintedKind::Text);
    pages.filter(has_text).map(|blocks| Clipping { blocks, ..Clipping::default() }).collect()
}

impl Looker<'_> {
    /// The name of a paper with its day at the top of the first page, and another heading below: where that ends, its blocks, what it says.
    fn masthead(&self) -> Option<(usize, Vec<usize>, Imprint)> {
        let top: Vec<usize> = self.texts().take(TOP).collect();
        let is_short = |at: &usize| self.blocks[*at].text.chars().count() <= SHORT;
        let end = top.iter().position(|at| !is_short(at)).unwrap_or(top.len());
        let top = &top[..end];
        let name = top.iter().position(|at| self.blocks[*at].size >= self.size * MASTHEAD && self.is_heading(*at))?;
        let day = top
            .iter()
            .enumerate()
            .filter(|(nth, _)| *nth <= name + 2)
            .find_map(|(nth, at)| Some((nth, imprint::read(&self.blocks[*at].text)?)));
        let (nth, said) = day?;
        let last = nth.max(name);
        let next = top[last + 1..].iter().find(|at| self.is_heading(**at))?;
        // nothing but lines stands between it and the first headline
        let own: Vec<usize> = top.iter().copied().take_while(|at| at < next).collect();
        let named = one_line(&self.blocks[top[name]].text);
        Some((*next, own, Imprint { outlet: Some(title_case(&named)), ..said }))
    }

    /// The articles that begin with these headings; all of the file where there is none or one.
    fn cut(&self, heads: &[HeadingGroup]) -> Vec<Clipping> {
        let all = self.blocks.len();
        if heads.is_empty() {
            return vec![Clipping { blocks: 0..all, ..Clipping::default() }];
        }
        let mut starts: Vec<usize> = heads.iter().map(|head| self.start(head)).collect();
        starts[0] = 0;
        let ends = starts.iter().skip(1).copied().chain([all]);
        let clipping = |((head, start), end): ((&HeadingGroup, &usize), usize)| {
            let largest = |at: &usize| {
                let block = &self.blocks[*at];
                same_size(block.size * if block.bold { 1.02 } else { 1.0 }, head.size)
            };
            let run = head.blocks.iter().copied().skip_while(|at| !largest(at)).take_while(largest);
            let mut headline: Vec<usize> = run.collect();
            let is_stack = headline.len() >= STACK && headline[1..].iter().all(|at| self.blocks[*at].apart);
            if is_stack {
                headline.drain(..headline.len() - 1);
            }
            let small = |at: &usize| {
                let block = &self.blocks[*at];
                let is_small = block.size < self.size * SMALL;
                block.kind == PrintedKind::Text && (self.is_heading(*at) || is_small || self.is_line(*at))
            };
            let beside = (*start..headline[0]).filter(small).collect();
            Clipping { blocks: *start..end, headline, beside, ..Clipping::default() }
        };
        let cut: Vec<Clipping> = heads.iter().zip(&starts).zip(ends).map(clipping).collect();
        self.whole(cut)
    }

    /// A heading without a text is of the article behind it.
    fn whole(&self, cut: Vec<Clipping>) -> Vec<Clipping> {
        let mut whole: Vec<Clipping> = Vec::with_capacity(cut.len());
        let mut from = None;
        for mut clipping in cut {
            let start = from.take().unwrap_or(clipping.blocks.start);
            let has_text = clipping.blocks.clone().any(|at| {
                self.blocks[at].kind == PrintedKind::Text
                    && !self.is_heading(at)
                    && imprint::read(&self.blocks[at].text).is_none()
            });
            if has_text {
                clipping
                    .beside
                    .extend((start..clipping.blocks.start).filter(|at| self.blocks[*at].kind == PrintedKind::Text));
                clipping.blocks.start = start;
                whole.push(clipping);
            } else {
                from = Some(start);
            }
        }
        if let Some(last) = whole.last_mut() {
            last.blocks.end = self.blocks.len();
        }
        if whole.is_empty() { vec![Clipping { blocks: 0..self.blocks.len(), ..Clipping::default() }] } else { whole }
    }

    /// Where an article begins: at its first heading, or at the lines of its source above that.
    fn start(&self, head: &HeadingGroup) -> usize {
        let first = head.blocks[0];
        let mut above = (0..first).rev().filter(|at| self.blocks[*at].kind == PrintedKind::Text);
        let (Some(near), far) = (above.next(), above.next()) else { return first };
        let said = |at: usize| imprint::read(&self.blocks[at].text);
        match (said(near), far) {
            (Some(Imprint { outlet: None, .. }), Some(far)) if self.is_name(far) => far,
            (Some(_), _) => near,
            (None, Some(far)) if self.is_name(near) && said(far).is_some_and(|said| said.outlet.is_none()) => far,
            _ => first,
        }
    }

    /// Where and when an article was printed, by the line above its headline or below it.
    fn imprint(&self, clipping: &mut Clipping) {
        let Some((first, last)) = clipping.headline.first().zip(clipping.headline.last()) else { return };
        let own = |at: &usize| self.blocks[*at].kind == PrintedKind::Text;
        let above = (clipping.blocks.start..*first).rev().filter(own);
        let below = (last + 1..clipping.blocks.end)
            .filter(own)
            .take(BELOW)
            .take_while(|at| self.blocks[*at].text.chars().count() <= SHORT);
        let said = above.chain(below).find_map(|at| Some((at, imprint::read(&self.blocks[at].text)?)));
        if let Some((at, said)) = said {
            clipping.beside.push(at);
            // beside a day above the headline stands the outlet
            let near = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
            let mut names = near.filter(|near| at < *first && clipping.blocks.contains(near) && near < first);
            let name = names.find(|near| self.is_name(*near)).filter(|_| said.outlet.is_none());
            let outlet = said.outlet.or_else(|| Some(one_line(&self.blocks[name?].text)));
            clipping.imprint = Imprint { outlet, ..said };
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_owned()
}

/// A name in capitals as names are written.
fn title_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) || !name.chars().any(char::is_uppercase) {
        return name.to_owned();
    }
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(String::from).unwrap_or_default();
        first + &letters.as_str().to_lowercase()
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
