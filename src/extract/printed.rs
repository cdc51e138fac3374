//! A printed text: what its source says of its paragraphs holds. No rule of texts runs over what a program misread.

use super::Label;
use super::evidence::{Candidate, Findings};
use super::page::{Page, Role};
use super::trust::{Asked, Source};
use crate::article::Lines;
use crate::source::{Printed, PrintedUse, RawRecord};

/// Gives the paragraphs their roles, and takes a heading for the headline where none is stated.
pub(super) fn mark(page: &mut Page<'_>, printed: &Printed, record: &RawRecord<'_>, found: &mut Findings) {
    number(page);
    let mut heading = String::new();
    let mut lines: Option<Lines> = None;
    for at in 0..page.units.len() {
        let start = page.lines[page.units[at].lines.start].start;
        let part = printed.parts.partition_point(|part| part.end <= start);
        match printed.parts.get(part).map_or(PrintedUse::Text, |part| part.said) {
            PrintedUse::Text => {}
            PrintedUse::Beside => page.units[at].drop_as(Label::Nav),
            PrintedUse::Heading => {
                page.units[at].role = Role::Headline;
                let blank = if heading.is_empty() { "" } else { " " };
                heading = heading + blank + page.units[at].text.trim();
                let own = page.file_lines(at);
                lines = Some(lines.map_or(own, |lines| lines.join(own)));
            }
        }
    }
    if record.given.headline.is_none() && !heading.is_empty() {
        found.text(Candidate::new(heading, Source::of(Asked::Headline, "line", "title-above-text"), lines));
    }
}

/// The lines of the text stand on the lines of the file that its printed lines stand on.
fn number(page: &mut Page<'_>) {
    for line in &mut page.lines {
        let at = page.stretches.partition_point(|stretch| stretch.at <= line.start);
        line.number = at.checked_sub(1).map_or(line.number, |at| page.stretches[at].line);
    }
}
