//! Furniture by where a line stands: before and after the text, in lists of other articles, twice in a row.

use std::collections::HashMap;

use super::furniture::{LineKey, Meaning, Region};
use super::names::{self, Outlets};
use super::page::{Page, Unit};
use super::words::Ending;
use super::{Label, byline, date, label, opening, whole};
use crate::lexicon::Locale;

/// Labels every unit that is furniture. `titled`: the text may begin with its title.
pub(super) fn label_units(page: &mut Page<'_>, outlet: Option<&str>, titled: bool) {
    let mut key = LineKey::default();
    let outlets = page.outlets;
    for unit in &mut page.units {
        apply(unit, &mut key, Region::Anywhere, outlets);
    }
    if titled {
        opening::find(page);
    }
    label_repeats(page);
    let locale = page.locale;
    for unit in page.units.iter_mut().filter(|u| u.is_open()) {
        if date::is_date_line(&unit.text, unit.shape, true, locale) {
            unit.drop_as(Label::DateLine);
        }
    }
    page.mark_prose();
    if titled && page.title.is_none() {
        whole::label_around(page);
        page.mark_prose();
    }
    label_lists(page);
    page.mark_prose();
    label_edges(page, &mut key);
    label_page_furniture(page);
    label_masthead(page, outlet);
    page.mark_prose();
    label_tail(page);
    page.mark_prose();
}

fn apply(unit: &mut Unit<'_>, key: &mut LineKey, region: Region, outlets: Outlets<'_>) {
    match label::of(&unit.text, unit.shape, key, region, outlets) {
        Some(Meaning::Furniture(label)) => unit.drop_as(label),
        Some(Meaning::ListHeading) => unit.heads_list = true,
        None => {}
    }
}

/// The same line twice in a row is the caption of a picture: once as its description, once under it.
fn label_repeats(page: &mut Page<'_>) {
    let title_at = page.units.iter().position(Unit::is_open);
    for at in 1..page.units.len() {
        let (before, unit) = (&page.units[at - 1], &page.units[at]);
        let same = before.text == unit.text;
        // The second time without the picture's credit.
        let bare = before.label() == Some(Label::Caption) && before.text.starts_with(unit.text.trim_end_matches('.'));
        let repeated = unit.shape.words >= 4 && unit.shape.chars < 400 && (same || bare);
        let kept = before.is_open() || before.label() == Some(Label::Caption);
        if repeated && kept && title_at != Some(at - 1) {
            page.units[at - 1].drop_as(Label::Caption);
            page.units[at].drop_as(Label::Caption);
        }
    }
}

/// Date lines, section names, menus and the like that only the edges of a page have.
pub(super) fn label_edges(page: &mut Page<'_>, key: &mut LineKey) {
    if page.prose.is_none() {
        return;
    }
    let (head, tail, locale, outlets) = (page.head(), page.tail(), page.locale, page.outlets);
    for at in head.chain(tail) {
        let region = if page.tail().contains(&at) { Region::Tail } else { Region::Head };
        let unit = &mut page.units[at];
        if Some(at) == page.title {
            continue;
        }
        let of_name = || {
            region == Region::Head
                && date::behind_name(&unit.text, locale)
                    .is_some_and(|(name, _)| outlets.is_like(name) || names::is_city(name))
        };
        if unit.is_open() && (date::is_date_line(&unit.text, unit.shape, false, locale) || of_name()) {
            unit.drop_as(Label::DateLine);
        }
        if unit.is_open() {
            apply(unit, key, region, outlets);
        }
    }
    peel_tail(page, key);
    byline::label_lines(page);
}

/// No page has more sentences of furniture at its end; a bound that keeps the work linear.
const MOST_PEELED: usize = 16;

/// A short sentence at the very end, parted from the text by furniture, may be furniture that reads like a sentence:
/// `Hear it first: turn on browser alerts.`
fn peel_tail(page: &mut Page<'_>, key: &mut LineKey) {
    let outlets = page.outlets;
    for _ in 0..MOST_PEELED {
        let Some((first, last)) = page.prose.filter(|(first, last)| first < last) else { return };
        let parted = page.units[..last].iter().rev().take_while(|u| !u.is_paragraph()).any(|u| u.label().is_some());
        let unit = &mut page.units[last];
        if !parted || unit.shape.chars > 240 || first == last {
            return;
        }
        apply(unit, key, Region::Tail, outlets);
        if unit.is_open() {
            return;
        }
        page.mark_prose();
        for at in page.tail() {
            if page.units[at].is_open() {
                apply(&mut page.units[at], key, Region::Tail, outlets);
            }
        }
    }
}

/// The name of the outlet alone above the text, where the record gives it or the list has it.
fn label_masthead(page: &mut Page<'_>, outlet: Option<&str>) {
    let (given, outlets) = (outlet.map(names::squash), page.outlets);
    for at in page.head() {
        let unit = &mut page.units[at];
        let is_given = given.as_deref().is_some_and(|given| names::squash(&unit.text) == given);
        if unit.is_open()
            && unit.shape.words <= 5
            && page.prose.is_some()
            && (is_given || super::outlet::is_listed_alone(&unit.text, outlets))
        {
            unit.drop_as(Label::Nav);
        }
    }
}

/// Running heads and page numbers of a printed page: short lines that come again beside addresses and form feeds.
fn label_page_furniture(page: &mut Page<'_>) {
    if page.wrap.is_none() {
        return;
    }
    let beside = |page: &Page<'_>, at: usize| {
        let url =
            |at: Option<usize>| at.and_then(|at| page.units.get(at)).is_some_and(|u| u.label() == Some(Label::Url));
        page.units[at].feed
            || page.units.get(at + 1).is_some_and(|u| u.feed)
            || url(at.checked_sub(1))
            || url(Some(at + 1))
    };
    let heads: Vec<usize> = (0..page.units.len())
        .filter(|at| {
            let unit = &page.units[*at];
            unit.is_open()
                && unit.lines.len() == 1
                && unit.shape.words <= 16
                && unit.shape.is_title()
                && beside(page, *at)
        })
        .collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for at in &heads {
        *counts.entry(page.units[*at].text.to_string()).or_default() += 1;
    }
    for at in heads {
        if counts.get(page.units[at].text.as_ref()).is_some_and(|count| *count >= 2) {
            page.units[at].drop_as(Label::Nav);
        }
    }
}

/// Lists of other articles, under a heading or told by titles and times that take turns.
pub(super) fn label_lists(page: &mut Page<'_>) {
    let mut at = 0;
    while at < page.units.len() {
        if page.units[at].heads_list {
            at = label_headed_list(page, at);
        } else if turns(page, at) >= 3 {
            at = label_turns(page, at);
        } else {
            at += 1;
        }
    }
}

/// Labels the list under a heading; gives the unit after it.
fn label_headed_list(page: &mut Page<'_>, heading: usize) -> usize {
    let end = list_end(page, heading);
    let is_list = end > heading + 1 || page.prose.is_none_or(|(first, last)| heading < first || heading > last);
    // A heading with running text under it may be the article's own: `The latest`, `Popular`.
    if !is_list {
        page.units[heading].heads_list = false;
        return heading + 1;
    }
    for unit in &mut page.units[heading..end] {
        if unit.is_open() || unit.label() == Some(Label::DateLine) {
            unit.drop_as(Label::Related);
        }
    }
    end
}

/// Where the list under `heading` ends: at the first paragraph, at a gap after close lines, or before what must be the
/// article's own headline.
fn list_end(page: &Page<'_>, heading: usize) -> usize {
    let units = &page.units;
    let mut end = heading + 1;
    // Items that stand close together end at the first blank line after them.
    let close = units.get(heading + 1).is_some_and(|u| !u.gap) || units.get(heading + 2).is_some_and(|u| !u.gap);
    while let Some(unit) = units.get(end) {
        let item = is_item(unit) || is_section_time(unit);
        let leaves = close && unit.gap && end > heading + 1;
        if !item || leaves {
            break;
        }
        end += 1;
    }
    let follows = units.get(end).is_some_and(Unit::is_paragraph);
    let in_head = page.prose.is_none_or(|(first, _)| heading < first);
    let in_middle = page.prose.is_some_and(|(_, last)| last >= end);
    let last_is_title = end > heading + 1 && is_item(&units[end - 1]) && !is_section_time(&units[end - 1]);
    // The last title before the text, with a gap around it, is the article's headline or a subhead.
    if follows && in_middle && last_is_title && units[end - 1].gap && !close && (in_head || end > heading + 2) {
        end -= 1;
    }
    end
}

/// A line that may stand in a list of articles.
fn is_item(unit: &Unit<'_>) -> bool {
    let title = unit.shape.is_title() && unit.shape.chars <= 180 && unit.lines.len() <= 3 && !unit.shape.is_prose();
    let labelled = matches!(unit.label(), Some(Label::DateLine | Label::Label | Label::Related));
    (unit.is_open() && title && !unit.heads_list) || labelled || is_section_time(unit)
}

/// `Politics 25 June 20:55`: where and when another article stood.
fn is_section_time(unit: &Unit<'_>) -> bool {
    unit.shape.words <= 9 && unit.shape.ending == Ending::Open && date::ends_in_stamp(&unit.text, Locale::default())
}

/// How often a title and a section with its time take turns from here on.
fn turns(page: &Page<'_>, at: usize) -> usize {
    let pair = |two: &[Unit<'_>]| {
        let [title, time] = two else { return false };
        title.is_open()
            && title.shape.is_title()
            && title.shape.words >= 3
            && is_section_time(time)
            && !is_section_time(title)
    };
    page.units[at..].chunks(2).take_while(|two| pair(two)).count()
}

fn label_turns(page: &mut Page<'_>, at: usize) -> usize {
    let end = at + 2 * turns(page, at);
    page.units[at..end].iter_mut().for_each(|unit| unit.drop_as(Label::Related));
    end
}

/// What is left after the last paragraph: below the page's foot, a few short lines without a full stop are furniture
/// too. A longer list is the article's own: winners, fixtures, places.
fn label_tail(page: &mut Page<'_>) {
    let tail = page.tail();
    let Some(foot) = tail.clone().find(|at| page.units[*at].label().is_some_and(is_foot)) else { return };
    if page.prose.is_none() {
        return;
    }
    let open = |unit: &Unit<'_>| unit.is_open() && unit.shape.ending == Ending::Open && unit.shape.words <= 18;
    let count = tail.clone().filter(|at| open(&page.units[*at])).count();
    if count > MOST_LEFT || count * 3 > page.units.len() {
        return;
    }
    // A line or two may stand above the foot itself.
    let from = if count <= 2 { tail.start } else { foot };
    for at in from..tail.end {
        let unit = &mut page.units[at];
        if open(unit) {
            unit.drop_as(if unit.shape.words >= 4 { Label::Related } else { Label::Nav });
        }
    }
}

/// More short lines than this below the text are a list of the article's.
const MOST_LEFT: usize = 10;

/// Whether furniture of this kind stands at the foot of a page rather than among its paragraphs.
fn is_foot(label: Label) -> bool {
    matches!(
        label,
        Label::Copyright | Label::Related | Label::AppPrompt | Label::Credit | Label::Spam | Label::Promo | Label::Nav
    )
}
