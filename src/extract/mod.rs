//! A raw record -> an article: outlet, date, headline and body, told from furniture by shape, place and words.
//!
//! [`extract`] is pure: text in, fields with evidence out. A field that the text does not give is null; every line that
//! is not the article's keeps the label it was dropped under. The order of work:
//!
//! 1. lines, and whether the text is hard-wrapped (`page`, `wrap`);
//! 2. furniture by what a line says (`label`, `furniture`) and by where it stands (`region`);
//! 3. evidence: what is stated (`given`), what lines say (`headline`, `date`, `byline`, `dateline`, `credit`, `outlet`), and
//!    what a page states and shows (`markup`, `claims`), all on one list (`evidence`);
//! 4. fields: one choice by one table of trust (`trust`, `choose`, `settle`);
//! 5. what is left is the body (`body`).
//!
//! Floors, of which each names only those below it: what comes out (`account`); shapes, dates, names (`words`, `stamp`,
//! `names`); lines and units (`lines`, `page`); the list (`trust`, `evidence`, `choose`); readers of lines; readers of pages;
//! the article. What users state (`stated`) and their outlets are handed down as arguments.

use crate::analysis::Language;
use crate::lexicon::Locale;
use crate::source::{Markup, RawRecord};

pub use account::{Cut, Extraction, Fate, Label, LineFate, Warning};
pub use names::OutletList;
pub use stated::{Fields, Origin, Stated};

use account::Account;
use evidence::Findings;
use names::Outlets;
pub use names::outlet_at;
pub(crate) use names::squash;
use page::Page;
use trust::Asked;

mod account;
mod address;
mod body;
mod byline;
mod choose;
mod claims;
mod credit;
mod date;
mod dateline;
mod evidence;
mod front;
mod furniture;
mod given;
mod headline;
mod label;
mod labelled;
mod leads;
mod lines;
mod markup;
mod names;
mod opening;
mod outlet;
mod page;
mod printed;
mod region;
mod salvaged;
mod seams;
mod settle;
mod stamp;
mod stated;
mod trust;
mod whole;
mod words;
mod wrap;

/// Works out the article that a record holds.
pub fn extract(record: &RawRecord<'_>) -> Extraction {
    extract_with(record, &Stated::default(), Language::default())
}

/// Works out the article that a record holds, given what is stated of it: that goes before what is found, which stays as
/// alternatives. `language` is the archive's: its months, labels and leads go first in a text that states no language.
pub fn extract_with(record: &RawRecord<'_>, stated: &Stated, language: Language) -> Extraction {
    work_out(record, stated, language, Account::OfLines)
}

/// The same without the fates of the lines, which are none then: nobody who indexes asks for them, and a text may be of
/// millions of lines.
pub(crate) fn extract_alone(record: &RawRecord<'_>, stated: &Stated, language: Language) -> Extraction {
    work_out(record, stated, language, Account::None)
}

fn work_out(record: &RawRecord<'_>, stated: &Stated, language: Language, account: Account) -> Extraction {
    let outlets = Outlets::new(stated.outlets.as_deref());
    if let Some(extraction) = salvaged::read(record, stated, outlets) {
        return extraction;
    }
    let mut page = Page::read(record, Locale::of_archive(language.code()), outlets);
    page.locale.order = stated.date_order.or(page.locale.order);
    let mut found = Findings::default();
    given::gather(&page, record, stated, &mut found);
    given::mark_standfirst(&mut page, record, &mut found);
    match (page.markup, record.given.printed.as_deref()) {
        (_, Some(printed)) => {
            printed::mark(&mut page, printed, record, &mut found);
            if printed.is_set {
                read_text(&mut page, record, &mut found);
            }
        }
        (Some(markup), None) => read_page(&mut page, markup, record, &mut found),
        (None, None) => read_text(&mut page, record, &mut found),
    }
    let settled = settle::settle(&mut found, outlets);
    body::finish(page, record, found, settled, account)
}

fn read_page(page: &mut Page<'_>, markup: &Markup, record: &RawRecord<'_>, found: &mut Findings) {
    markup::find(page, markup, record, found);
    dateline::find(page, record, found);
    credit::find(page, record, found);
}

fn read_text(page: &mut Page<'_>, record: &RawRecord<'_>, found: &mut Findings) {
    let titled = !labelled::find(page, found) && record.given.headline.is_none();
    let outlet = found.texts(Asked::Outlet).min_by_key(|c| c.source.trust).map(|c| c.value.clone());
    region::label_units(page, outlet.as_deref(), titled);
    headline::find(page, record, found);
    date::gather(page, record, found);
    byline::find(page, found);
    dateline::find(page, record, found);
    credit::find(page, record, found);
    outlet::find(page, record, found);
}
