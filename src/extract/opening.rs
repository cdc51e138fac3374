//! The first lines of a text: the title, and the outlet's name above it, told by what stands under them.

use super::names::Outlets;
use super::page::{Page, Role, Unit};
use super::words::Ending;
use super::{Label, byline, date, names};
use crate::lexicon::Locale;
use crate::source::{is_edition, labelled_field};

/// Characters of the longest title that nothing but its place tells, and of the longest that ends as a sentence does.
const LONGEST: u32 = 320;
const SENTENCE: u32 = 200;

/// Units under a title that are looked at.
const UNDER: usize = 3;

/// Words of the longest name of an outlet.
const MASTHEAD: u8 = 8;

/// Characters of the shortest title that is wrapped.
const WRAPPED: usize = 30;

/// Finds the title at the top of a text, whatever its own end, where its date or byline stands under it; and the name above
/// a date, a title and a byline, or above a folio line.
pub(super) fn find(page: &mut Page<'_>) {
    reopen(page);
    let Some(top) = page.units.iter().position(Unit::is_open) else { return };
    // The name of an agency alone is labelled by now.
    let masthead = masthead(page, 0).or_else(|| masthead(page, top));
    let title = masthead.map_or(Some(top), |(_, title)| Some(title)).filter(|&at| is_candidate(page, at));
    let Some(title) = title else { return };
    unwrap(page, title);
    if let Some((above, _)) = masthead {
        page.units[above].drop_as(Label::Nav);
        let locale = page.locale;
        for unit in &mut page.units[above + 1..title] {
            let is_date = is_dated(unit, locale);
            unit.drop_as(if is_date { Label::DateLine } else { Label::Label });
        }
        page.masthead = Some(above);
    } else if !is_headed(page, title) {
        return;
    }
    page.title = Some(title);
}

/// The first line of all above a date is a title also where it is worded as furniture is: `Watch: …`, `… comments`.
fn reopen(page: &mut Page<'_>) {
    let Some(first) = page.units.first().filter(|first| first.shape.words >= 4) else { return };
    let worded = matches!(
        first.label(),
        Some(Label::Nav | Label::Promo | Label::Label | Label::Caption | Label::InlineLink | Label::Related)
    );
    if worded && page.units.get(1).is_some_and(|next| next.gap && is_dated(next, page.locale)) {
        page.units[0].role = Role::Open;
    }
}

/// What may be a title by its size.
fn is_candidate(page: &Page<'_>, at: usize) -> bool {
    let unit = &page.units[at];
    let short = unit.shape.chars < SENTENCE || (unit.shape.ending == Ending::Open && unit.shape.chars < LONGEST);
    unit.is_open()
        && short
        && unit.lines.len() <= 3
        && unit.shape.words >= 2
        && !unit.heads_list
        && !is_dated(unit, page.locale)
        && !is_name(&unit.text, page.outlets)
        && !byline::is_signed(&unit.text, page.locale, page.outlets)
}

fn is_name(text: &str, outlets: Outlets<'_>) -> bool {
    let owns = text.contains("'s ") || text.contains("’s ");
    outlets.named(text).is_some() || names::agency(text).is_some() || (byline::is_names(text) && !owns)
}

fn is_dated(unit: &Unit<'_>, locale: Locale) -> bool {
    unit.label() == Some(Label::DateLine) || date::is_date_line(&unit.text, unit.shape, false, locale)
}

/// Whether a unit says by a word of its own who wrote the article.
fn is_signed(page: &Page<'_>, unit: &Unit<'_>) -> bool {
    unit.label() == Some(Label::Byline)
        || byline::led_date(&unit.text, page.locale).is_some()
        || byline::is_signed(&unit.text, page.locale, page.outlets)
}

/// Whether a date or a byline stands under a title, with a text under that.
fn is_headed(page: &Page<'_>, title: usize) -> bool {
    let under = page.units[title + 1..].iter().take(UNDER);
    let is_head = |unit: &&Unit<'_>| {
        is_dated(unit, page.locale) || is_signed(page, unit) || byline::is_names(&unit.text) && unit.shape.words <= 6
    };
    let heads: Vec<&Unit<'_>> = under.take_while(is_head).collect();
    let told = heads.iter().any(|unit| is_dated(unit, page.locale) || is_signed(page, unit));
    told && page.units[title + 1 + heads.len()..].iter().any(Unit::is_open)
}

/// The name of the outlet at the top and the title under it: `Tamsin`, its date, the title, `By Anna Kowal`; or the name above a
/// folio line.
fn masthead(page: &Page<'_>, top: usize) -> Option<(usize, usize)> {
    let unit = &page.units[top];
    let named = unit.shape.words <= MASTHEAD && unit.shape.ending == Ending::Open && unit.lines.len() == 1;
    let is_label = unit.is_open() || matches!(unit.label(), Some(Label::Credit | Label::Nav));
    let named = named && is_label;
    let dated = page.units.get(top + 1).filter(|under| is_dated(under, page.locale))?;
    if !named || is_dated(unit, page.locale) {
        return None;
    }
    let is_beside = |unit: &Unit<'_>| {
        is_dated(unit, page.locale)
            || is_edition(&unit.text)
            || labelled_field(&unit.text).is_some_and(|(field, _)| field.is_above())
    };
    let title = (top + 2..page.units.len()).find(|&at| !is_beside(&page.units[at]))?;
    let is_title = is_candidate(page, title) && !is_signed(page, &page.units[title]);
    let wrapped = usize::from(page.units.get(title + 1).is_some_and(|next| goes_on(page, title, next)));
    let signed = page.units.get(title + 1 + wrapped).is_some_and(|under| is_signed(page, under));
    (is_title && (signed || date::is_folio(&dated.text, page.locale))).then_some((top, title))
}

/// Joins the lines of a title that was wrapped where the rest of the text is not, or is wider.
fn unwrap(page: &mut Page<'_>, title: usize) {
    for _ in 0..2 {
        if page.units.get(title + 1).is_none_or(|next| !goes_on(page, title, next)) {
            return;
        }
        page.join_next(title);
    }
}

/// Whether the line under a title is the rest of it: close under it, apart from what follows, and no longer.
fn goes_on(page: &Page<'_>, title: usize, next: &Unit<'_>) -> bool {
    let unit = &page.units[title];
    let after = page.units.get(title + 2);
    let apart = unit.gap && !next.gap && next.lines.len() == 1 && after.is_some_and(|after| after.gap);
    let fits = next.shape.ending == Ending::Open && unit.shape.ending == Ending::Open && next.is_open();
    let full = unit.text.len() >= WRAPPED && next.text.len() <= unit.text.len() + WRAPPED / 2;
    let small = next.text.starts_with(char::is_lowercase) || unit.text.ends_with('-');
    let begins = small || (page.wrap.is_some() && next.shape.words <= unit.shape.words);
    let other = is_dated(next, page.locale)
        || is_signed(page, next)
        || is_name(&next.text, page.outlets)
        || date::behind_name(&next.text, page.locale).is_some();
    apart && fits && full && begins && !other
}
