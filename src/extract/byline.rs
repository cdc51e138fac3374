//! The byline: which lines of a text name who wrote it, above it, beside its date or below it.

use super::evidence::{Candidate, Findings};
use super::names;
use super::page::{Page, Role};
use super::trust::{Asked, Source};
use super::words::{Ending, strip_prefix_ci};
use super::{Label, date, leads};

mod line;

use line::is_staff;
pub(super) use line::{Byline, Grounds, beside_date, is_names, is_signed, led_date, read};

/// Lines above the text that are looked at for names; a bound that keeps the work linear.
const MOST_ABOVE: usize = 48;

/// Labels bylines above the text, and names printed over a desk's or a date's line.
pub(super) fn label_lines(page: &mut Page<'_>) {
    let (locale, outlets) = (page.locale, page.outlets);
    for at in page.head().end..page.units.len() {
        let unit = &page.units[at];
        let short = unit.is_open() && unit.shape.ending == Ending::Open && unit.shape.words <= 12;
        if short && strip_prefix_ci(&unit.text, "by ").is_some() && read(&unit.text, locale, outlets).is_some() {
            page.units[at].drop_as(Label::Byline);
        }
    }
    for at in page.head().take(MOST_ABOVE) {
        let unit = &page.units[at];
        let listed = page.whole && unit.text.starts_with(['*', '•', '+']);
        if listed
            || !unit.is_open()
            || unit.shape.ending != Ending::Open
            || unit.shape.words > 20
            || page.title == Some(at)
        {
            continue;
        }
        let title_above = page.has_title_above(at, 4);
        let dated = page.units.get(at + 1).is_some_and(|next| {
            matches!(next.label(), Some(Label::DateLine | Label::Byline)) || outlets.named(&next.text).is_some()
        });
        let placed = title_above || (dated && at <= 1);
        let below_title = || page.has_title_above(at, 2);
        let is_author = |byline: Byline<'_>| match byline.told {
            Grounds::Word => true,
            Grounds::Colon => below_title(),
            Grounds::Weakly => below_title() && is_nobody_in(page, at, byline.names),
            Grounds::Shape | Grounds::Doubtfully => placed && is_nobody_in(page, at, byline.names),
        };
        let byline = read(&unit.text, locale, outlets);
        if byline.is_none() && led_date(&unit.text, locale).is_some() || byline.is_some_and(is_author) {
            page.units[at].drop_as(Label::Byline);
        }
    }
    label_last_line(page);
    for at in 1..page.units.len().min(page.head().end) {
        let after_byline = page.units[at - 1].label() == Some(Label::Byline);
        let unit = &page.units[at];
        if unit.is_open()
            && after_byline
            && unit.shape.words <= 5
            && (is_staff(&unit.text) || unit.text.starts_with("Special "))
        {
            page.units[at].drop_as(Label::Byline);
        }
    }
}

/// Labels the last line of a text where it signs what nobody signed above.
fn label_last_line(page: &mut Page<'_>) {
    let Some(last) = page.units.len().checked_sub(1).filter(|_| page.markup.is_none() && !page.whole) else { return };
    let signed = || page.units.iter().any(|unit| unit.label() == Some(Label::Byline));
    if signs_off(page, last) && page.units[last].gap && !signed() {
        page.units[last].drop_as(Label::Byline);
    }
}

/// Words of a signature below the text.
const SIGNED: std::ops::RangeInclusive<u8> = 2..=5;

/// Whether a unit below the text is nothing but the names of who wrote it.
pub(super) fn signs_off(page: &Page<'_>, at: usize) -> bool {
    let unit = &page.units[at];
    let fits = unit.is_open() && unit.shape.ending == Ending::Open && SIGNED.contains(&unit.shape.words);
    let below = page.prose.is_some_and(|(_, last)| (last + 1..=last + 2).contains(&at));
    fits && below
        && read(&unit.text, page.locale, page.outlets).is_some_and(|byline| {
            let alone = byline.organisations.is_empty() && byline.date.is_none();
            let known = || page.outlets.is_like(byline.names) || names::agency(byline.names).is_some();
            alone && byline.told == Grounds::Shape && !known() && is_nobody_in(page, at, byline.names)
        })
}

/// Whether no name of a line is told of in the text: a person on a line alone is an author, or what the article is about.
pub(super) fn is_nobody_in(page: &Page<'_>, at: usize, names: &str) -> bool {
    leads::split_names(names).into_iter().all(|name| {
        let surname = name.split_whitespace().next_back().unwrap_or(name);
        let mut others = page.units.iter().enumerate().filter(|(other, _)| *other != at);
        !others.any(|(_, unit)| unit.is_open() && unit.text.contains(surname))
    })
}

/// The names of a date line below the title, where the text tells of nobody by them.
fn of_date_line<'p>(page: &'p Page<'_>, at: usize) -> Option<&'p str> {
    let names = beside_date(&page.units[at].text, page.locale, page.outlets)?;
    let titled = page.units[..at].iter().any(|above| above.role == Role::Headline) || page.has_title_above(at, 2);
    (titled && is_nobody_in(page, at, names)).then_some(names)
}

/// Takes bylines from the lines that were labelled so.
pub(super) fn find(page: &Page<'_>, found: &mut Findings) {
    for at in 0..page.units.len() {
        let unit = &page.units[at];
        let dated = unit.role == Role::Drop(Label::DateLine) && page.head().contains(&at) && !page.whole;
        if let Some(names) = dated.then(|| of_date_line(page, at)).flatten() {
            let source = Source::of(Asked::Byline, "line", "name-line");
            found.text(Candidate::new(names.to_owned(), source, Some(page.file_lines(at))));
        }
        if unit.role != Role::Drop(Label::Byline) {
            continue;
        }
        let lines = page.file_lines(at);
        let place = page.lines[unit.lines.start].start;
        let Some(byline) = read(&unit.text, page.locale, page.outlets) else {
            if let Some(text) = led_date(&unit.text, page.locale) {
                date::note_beside(text, lines, page.locale, found);
            }
            continue;
        };
        if let Some(text) = byline.date {
            date::note_beside(text, lines, page.locale, found);
        }
        for name in byline.organisations.iter().filter(|name| names::agency(name).is_some()) {
            found.credit(name, place);
        }
        if !byline.names.is_empty() {
            let led = byline.is_led();
            let source = Source::of(Asked::Byline, "line", if led { "by-line" } else { "name-line" });
            let confidence = byline.confidence(source);
            found.text(Candidate::new(byline.names.to_owned(), source, Some(lines)).sure(confidence));
        }
    }
}
