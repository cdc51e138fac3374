//! Ranges of dates: `2018..2019`, and as other systems write them: `>=2018`, `[2018 TO 2019}`.

use super::super::date::{DateRange, next, previous};
use super::super::token::is_quote;
use super::context::{DateContext, LONGEST};
use super::spans::span;

/// An end of a range.
#[derive(Clone, Copy)]
struct End<'a> {
    text: &'a str,
    /// Whether the range begins behind it, or ends before it.
    excluded: bool,
}

impl<'a> End<'a> {
    fn included(text: &'a str) -> Self {
        Self { text, excluded: false }
    }

    /// The dates that it means; an open range where it says nothing.
    fn read(self, context: DateContext) -> Option<DateRange> {
        match self.text.trim() {
            "" | "*" => Some(DateRange::default()),
            text => span(text, context),
        }
    }
}

/// What a range keeps, and whether its ends stood the wrong way round.
pub(super) fn range(text: &str, context: DateContext) -> Option<(DateRange, bool)> {
    if let Some((from, to)) = in_brackets(text) {
        return between(from, to, context);
    }
    if let Some(range) = compared(text, context) {
        return Some((range, false));
    }
    match text.split_once("..") {
        None => Some((span(text, context)?, false)),
        Some((from, to)) => between(End::included(from), End::included(to), context),
    }
}

/// The length of what stands between brackets at the beginning of a text, with them; none where they do not close soon.
pub(in crate::query) fn bracketed(text: &str) -> Option<usize> {
    let length = text.starts_with(['[', '{']).then(|| text.find([']', '}']))??;
    (length < 2 * LONGEST).then_some(length + 1)
}

/// The value of a date clause that stands in brackets, without its quotes.
pub(in crate::query) fn bracketed_value(text: &str) -> Option<(String, usize)> {
    let length = bracketed(text)?;
    Some((text[..length].chars().filter(|c| !is_quote(*c)).collect(), length))
}

/// `[2018 TO 2019}`: a square bracket includes its end, a curly one excludes it.
fn in_brackets(text: &str) -> Option<(End<'_>, End<'_>)> {
    let inside = text.strip_prefix(['[', '{'])?.strip_suffix([']', '}'])?;
    let parted = inside.split_once(" TO ").or_else(|| inside.split_once(" to ")).or_else(|| inside.split_once(".."));
    let (from, to) = parted?;
    Some((End { text: from, excluded: text.starts_with('{') }, End { text: to, excluded: text.ends_with('}') }))
}

/// `>2018`, `>=2018`, `<2018`, `<=2018`.
fn compared(text: &str, context: DateContext) -> Option<DateRange> {
    let rest = text.strip_prefix(['>', '<'])?;
    let (date, excluded) = rest.strip_prefix('=').map_or((rest, true), |date| (date, false));
    let end = End { text: date, excluded };
    let open = End::included("");
    let (from, to) = if text.starts_with('>') { (end, open) } else { (open, end) };
    between(from, to, context).map(|(range, _)| range)
}

fn between(from: End<'_>, to: End<'_>, context: DateContext) -> Option<(DateRange, bool)> {
    let (mut first, mut last) = ((from, from.read(context)?), (to, to.read(context)?));
    let ends = DateRange { after: first.1.after, before: last.1.before };
    if ends.is_open() {
        return None;
    }
    let turned = ends.is_empty();
    if turned {
        (first, last) = (last, first);
    }
    let after = match first {
        (End { excluded: true, .. }, DateRange { before: Some(date), .. }) => Some(next(date)?),
        (_, range) => range.after,
    };
    let before = match last {
        (End { excluded: true, .. }, DateRange { after: Some(date), .. }) => Some(previous(date)?),
        (_, range) => range.before,
    };
    Some((DateRange { after, before }, turned))
}
