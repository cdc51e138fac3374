//! A page with its markup, and what was made of it so far.

use crate::extract::markup::blocks::Chosen;
use crate::extract::markup::signs::Signed;
use crate::extract::page::Page;
use crate::source::RawRecord;

/// Elements right below the headline whose dates are the article's whatever they stand in.
pub(super) const BELOW_TITLE: u32 = 20;

/// Lines around the headline and the text in which dates and names are looked for.
pub(super) const NEAR: usize = 10;

/// Most titles of a page that are weighed.
pub(super) const MOST_TITLES: usize = 8;

/// A page with its markup, and what was made of it so far.
pub(super) struct View<'v, 't> {
    pub(super) page: &'v Page<'t>,
    pub(super) markup: &'v Signed<'v>,
    pub(super) chosen: &'v Chosen,
    pub(super) record: &'v RawRecord<'v>,
    /// The element of the first title that a reader sees; 0 where there is none.
    pub(super) title: u32,
    /// The page's own headline; empty where it has none.
    pub(super) headline: String,
}

impl View<'_, '_> {
    /// The element that a unit stands in.
    pub(super) fn element(&self, unit: usize) -> u32 {
        self.markup.lines[self.page.units[unit].lines.start].element
    }
}
