//! The outlet of a page: what it states for machines, the name behind its title, the holder of its copyright.

use super::View;
use crate::article::Confidence;
use crate::extract::candidate::Candidate;
use crate::extract::claims::Claims;
use crate::extract::findings::Findings;
use crate::extract::{Label, names, outlet};

/// Trust in the name behind the title, in the holder of the copyright, and in the list's name for the page's host.
const TITLE_SUFFIX: u8 = 100;
const HOLDER: u8 = 110;
const HOST: u8 = 120;

/// Finds the outlet; agencies that are stated as publishers are credited.
pub(super) fn find(view: &View<'_, '_>, claims: &mut Claims, found: &mut Findings) {
    outlet::note_given(view.record, found);
    claims.suppliers.iter().for_each(|name| found.credit(name, usize::MAX));
    found.outlets.append(&mut claims.outlets);
    found.outlets.extend(behind_title(claims, found));
    // Beside the text it is a picture's.
    let below = view.page.prose.map_or(0, |(_, last)| last + 1);
    for (at, unit) in view.page.units.iter().enumerate().skip(below) {
        if unit.label() == Some(Label::Copyright) && !view.chosen.is_inside(view.element(at)) {
            outlet::note_copyright(&unit.text, view.page.file_lines(at), found);
        }
    }
    found.outlets.iter_mut().filter(|c| c.rule == "copyright-holder").for_each(|c| c.rank = HOLDER);
    outlet::note_address(view.record, HOST, found);
    outlet::settle(found);
}

/// The name that stands behind the headline in the window's title.
fn behind_title(claims: &Claims, found: &Findings) -> Option<Candidate<String>> {
    let title = claims.title.as_ref()?;
    let rest = title.value.strip_prefix(found.headline.as_ref()?.value.as_str())?;
    let name = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let parted = rest.starts_with(' ') && name.len() < rest.len();
    let name = name.rsplit(" | ").next().unwrap_or(name).trim();
    let fits = (1..=5).contains(&name.split_whitespace().count()) && names::agency(name).is_none();
    let (value, confidence) = (name.to_owned(), Confidence::Medium);
    (parted && fits).then_some(Candidate {
        value,
        rank: TITLE_SUFFIX,
        confidence,
        rule: "title-suffix",
        lines: title.lines,
    })
}
