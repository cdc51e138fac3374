//! Bodies that may be wrong: what a page states takes the place of what it does not show, and warnings say the rest.

use super::blocks::{Chosen, LEAST_PART};
use super::signs::Signed;
use super::weight::Weights;
use crate::extract::Warning;
use crate::extract::claims::StatedBody;
use crate::extract::evidence::Findings;
use crate::extract::page::{Page, Unit};
use crate::source::Markup;

/// Bytes of running text from which on a page is said to have a text.
const LEAST: usize = 200;

/// Takes the text that the page states for machines where it shows less than half as much.
pub(super) fn settle(
    page: &Page<'_>,
    markup: &Signed<'_>,
    weights: &Weights,
    chosen: &mut Chosen,
    found: &mut Findings,
) {
    let stated: usize = page.units.iter().filter(|unit| is_stated(markup, unit)).map(|unit| unit.text.len()).sum();
    let shown = chosen.held(markup, weights);
    if stated > 0 && shown * 2 < stated {
        chosen.take_stated(markup);
        found.warnings.push(Warning::StatedBody);
    }
}

fn is_stated(markup: &Markup, unit: &Unit<'_>) -> bool {
    markup.elements[markup.lines[unit.lines.start].element as usize].is_stated_alone()
}

/// Warns of a body that is missing, small beside the page's running text (`prose`, in bytes), or of another length than is
/// stated.
pub(super) fn warn(page: &Page<'_>, prose: usize, stated: &StatedBody, found: &mut Findings) {
    if found.warnings.contains(&Warning::StatedBody) {
        return;
    }
    let open = || page.units.iter().filter(|unit| unit.is_open());
    let body: usize = open().map(|unit| unit.text.len()).sum();
    let words: usize = open().map(|unit| unit.text.split_whitespace().count()).sum();
    let other = |stated: usize| words * LEAST_PART < stated || stated * LEAST_PART < words;
    if body == 0 {
        found.warnings.push(if prose >= LEAST { Warning::NoBody } else { Warning::NoText });
    } else if body > 0 && body * LEAST_PART < prose {
        found.warnings.push(Warning::SmallBody(body * 100 / prose));
    } else if let Some(stated) = stated.words.filter(|stated| body > 0 && other(*stated)) {
        found.warnings.push(Warning::OtherLength(words, stated));
    }
}
