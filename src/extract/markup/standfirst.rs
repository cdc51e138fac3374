//! The standfirst: sentences between the heading and the text that are no part of the body.

use std::sync::LazyLock;

use super::blocks::Chosen;
use super::classes::words;
use super::signs::{self, Signed};
use crate::analysis::count_positions_at_most;
use crate::article::{Confidence, STANDFIRST_WORDS};
use crate::extract::Label;
use crate::extract::claims::{JsonLd, descriptions};
use crate::extract::date;
use crate::extract::evidence::Findings;
use crate::extract::names::squash;
use crate::extract::page::{Page, Role};
use crate::lexicon;

/// Words of classes of a standfirst, two that stand side by side as one (`sub-title`).
static CALLED: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("standfirst"));

/// Units between heading and text that are looked at.
const NEAR: usize = 24;

/// Letters and figures of a description that decide whether a line says the same.
const SAME: usize = 40;

/// How surely a line is the standfirst, and the rule that says so.
type Ground = (Confidence, &'static str);

/// Gives the lines that are the standfirst their role. `heading` is the unit of the article's heading.
pub(super) fn find(
    page: &mut Page<'_>,
    markup: &Signed<'_>,
    (chosen, json_ld): (&Chosen, &JsonLd<'_>),
    heading: Option<usize>,
    found: &mut Findings,
) {
    let title = page.units.iter().position(|unit| unit.role == Role::Headline).or(heading);
    let Some(title) = title else { return };
    let text = (title + 1..page.units.len()).find(|at| page.units[*at].is_open());
    let Some(text) = text else { return };
    let head = UnderTitle { page, markup, chosen, descriptions: squashed(&descriptions(markup, json_ld)), title };
    let told: Vec<(usize, Ground)> =
        (title + 1..text.min(title + 1 + NEAR)).filter_map(|at| Some((at, head.ground(at)?))).collect();
    let length: usize = told.iter().map(|(at, _)| count_positions_at_most(&page.units[*at].text)).sum();
    let best = told.iter().map(|(_, ground)| *ground).max();
    if length > STANDFIRST_WORDS || told.iter().any(|(at, _)| head.is_said_below(*at, text)) {
        return;
    }
    told.into_iter().for_each(|(at, _)| page.units[at].role = Role::Standfirst);
    found.standfirst = best;
}

fn squashed(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| squash(text)).collect()
}

/// What stands between the heading and the text.
struct UnderTitle<'a> {
    page: &'a Page<'a>,
    markup: &'a Signed<'a>,
    chosen: &'a Chosen,
    /// Letters and figures of what the page says of its article.
    descriptions: Vec<String>,
    title: usize,
}

impl UnderTitle<'_> {
    /// What says that a unit is of the standfirst.
    fn ground(&self, at: usize) -> Option<Ground> {
        let unit = &self.page.units[at];
        let line = unit.lines.start;
        let element = self.markup.lines[line].element;
        let by_place = match self.chosen.label(element) {
            None => !self.chosen.is_inside(element),
            Some(label) => label == Label::Label,
        };
        let linked = self.markup.lines[line].linked as usize * 2 > unit.text.len();
        if !by_place || linked || unit.label() != self.chosen.verdict(self.markup, line) || unit.shape.words < 5 {
            return None;
        }
        if self.is_described(&unit.text) {
            return Some((Confidence::High, "description"));
        }
        if self.is_called(element) && date::prefix_of(&unit.text, self.page.locale).is_none() {
            return Some((Confidence::High, "class"));
        }
        let heads = |holder: u32| self.markup.elements[holder as usize].name == "header";
        let in_header = signs::holders(self.markup, element).any(heads);
        (in_header && unit.shape.is_prose()).then_some((Confidence::Medium, "header"))
    }

    /// Whether the page says the same, or the beginning of it, for machines.
    fn is_described(&self, text: &str) -> bool {
        let said = squash(text);
        self.descriptions.iter().any(|description| {
            let same = said.bytes().zip(description.bytes()).take_while(|(a, b)| a == b).count();
            same >= SAME || (same == said.len() && same == description.len())
        })
    }

    /// Whether a class of what is near says so.
    fn is_called(&self, element: u32) -> bool {
        signs::holders(self.markup, element).take(3).any(|at| {
            let words = words(&self.markup.elements[at as usize].signs);
            let pair = |two: &[String]| CALLED.contains(&two.concat().as_str());
            words.iter().any(|word| CALLED.contains(&word.as_str())) || words.windows(2).any(pair)
        })
    }

    /// Whether a unit says what the text says as well, or the heading.
    fn is_said_below(&self, at: usize, text: usize) -> bool {
        let said = squash(&self.page.units[at].text);
        let units = self.page.units[text..].iter().filter(|unit| unit.is_open());
        let mut others = units.take(NEAR).chain([&self.page.units[self.title]]);
        others.any(|unit| squash(&unit.text).starts_with(&said))
    }
}
