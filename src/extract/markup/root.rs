//! Which element of a page holds the body.

use super::signs;
use crate::extract::Label;
use crate::source::{Element, Markup};

/// Share of the text, in percent, that what says to be the body must hold.
const ENOUGH: usize = 40;

/// Share of the text, in percent, that the page's main part must hold where it has the heading.
const GOOD_PART: usize = 25;

/// Share of an element's text, in percent, from which on one child stands for it.
const NEARLY_ALL: usize = 70;

/// The element that holds the body: one that says so, where it holds enough of the text; else the innermost that holds
/// nearly all of it. `clean` is the running text beside furniture that each element
/// holds, in bytes; `heading` the element of the article's heading.
pub(super) fn find(markup: &Markup, labels: &[Option<Label>], clean: &[usize], heading: Option<u32>) -> usize {
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
    let holds = |at: usize, share: usize| clean[at] > 0 && clean[at] * 100 >= clean[deepest] * share;
    let said = said.into_iter().flatten().find(|at| holds(*at, ENOUGH));
    let part = || {
        let part = part_of(markup, heading?).filter(|part| *part > deepest)?;
        let in_pieces = signs::above(markup, part as u32).any(Element::is_streamed);
        holds(part, if in_pieces { 1 } else { GOOD_PART }).then_some(part)
    };
    said.or_else(part).unwrap_or(deepest)
}

/// The page's main part, where it holds the heading.
fn part_of(markup: &Markup, heading: u32) -> Option<usize> {
    let mut holders = signs::holders(markup, heading).map(|at| at as usize);
    holders.find(|at| matches!(markup.elements[*at].name, "article" | "main"))
}

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
