//! Paths told by signs: `*` and `**`, and in a pattern `{outlet}`, `{date}`, `{headline}`, `{byline}`.
//!
//! A path is matched in time proportional to its length times the pattern's: a table says for each part and each place
//! whether the rest can match from there, so that nothing is tried twice.

use jiff::civil::Date;

use crate::article::{NewsDate, Precision};
use crate::extract::Fields;

/// A part of a glob or pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// These characters.
    Text(Vec<char>),
    /// `*`: any characters of one name.
    Name,
    /// `**/`: any number of folders, none included.
    Folders,
    /// `**` elsewhere: any characters, `/` included.
    Anything,
    /// A placeholder for words: one character or more of one name.
    Words(CapturedField),
    /// A placeholder for a date.
    Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CapturedField {
    Outlet,
    Headline,
    Byline,
}

/// Which paths are meant, and what they state.
#[derive(Clone, Debug)]
pub(super) struct Glob {
    parts: Vec<Part>,
}

impl Glob {
    /// Reads a glob: `*` stands for any characters of one name, `**` also for `/`; everything else for itself.
    pub(super) fn new(text: &str) -> Self {
        let mut parts = Vec::new();
        push_signs(text, &mut parts);
        Self { parts }
    }

    /// Reads a pattern: a glob with placeholders in braces.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn with_placeholders(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            push_signs(&rest[..open], &mut parts);
            let Some(close) = rest[open..].find('}') else { return Err("a { without its }".to_owned()) };
            let name = &rest[open + 1..open + close];
            let part = placeholder(name).ok_or_else(|| format!("no placeholder is called {{{name}}}"))?;
            if parts.contains(&part) {
                return Err(format!("{{{name}}} stands in it twice"));
            }
            parts.push(part);
            rest = &rest[open + close + 1..];
        }
        push_signs(rest, &mut parts);
        let endless = parts.windows(2).any(|two| {
            matches!(two[0], Part::Words(_)) && matches!(two[1], Part::Words(_) | Part::Name | Part::Anything)
        });
        if endless {
            return Err("nothing tells where a placeholder ends and what follows it begins".to_owned());
        }
        if !parts.iter().any(|part| matches!(part, Part::Words(_) | Part::Date)) {
            return Err("it has no placeholder".to_owned());
        }
        Ok(Self { parts })
    }

    /// The path that is meant, where it is a single one.
    pub(super) fn single(&self) -> Option<String> {
        match &self.parts[..] {
            [Part::Text(text)] => Some(text.iter().collect()),
            _ => None,
        }
    }

    /// Whether it means every path in a folder: what its last `**` takes may go on for ever.
    pub(super) fn covers(&self, folder: &str) -> bool {
        self.parts.last() == Some(&Part::Anything) && self.read(&format!("{folder}/")).is_some()
    }

    /// What a path states in the places of the placeholders; none where it is not meant. A placeholder takes as little
    /// as it can, a date as much.
    pub(super) fn read(&self, path: &str) -> Option<Fields> {
        let path: Vec<char> = path.chars().collect();
        if let Some(Part::Text(text)) = self.parts.first()
            && !path.starts_with(text)
        {
            return None;
        }
        let fits = self.table(&path);
        if !fits[0][0] {
            return None;
        }
        let mut fields = Fields::default();
        let mut at = 0;
        for (nth, part) in self.parts.iter().enumerate() {
            let end = ends(part, &path, at).find(|end| fits[nth + 1][*end])?;
            note(part, &path, at..end, &mut fields);
            at = end;
        }
        Some(fields)
    }

    /// For each part, and each place in the path: whether the parts from there on match the path from there on.
    fn table(&self, path: &[char]) -> Vec<Vec<bool>> {
        let last = path.len();
        let mut fits = vec![vec![false; last + 1]; self.parts.len() + 1];
        fits[self.parts.len()][last] = true;
        for (nth, part) in self.parts.iter().enumerate().rev() {
            let (these, after) = fits.split_at_mut(nth + 1);
            let (these, after) = (&mut these[nth], &after[0]);
            // whether the next part can begin at any later start of a name
            let mut later = false;
            for at in (0..=last).rev() {
                let more = at < last && these[at + 1];
                let named = path.get(at).is_some_and(|c| *c != '/');
                these[at] = match part {
                    Part::Text(text) => path[at..].starts_with(text) && after[at + text.len()],
                    Part::Name => after[at] || (named && more),
                    Part::Anything => after[at] || more,
                    Part::Folders => after[at] || later,
                    Part::Words(_) => named && (after[at + 1] || more),
                    Part::Date => dates(path, at).any(|(end, _)| after[end]),
                };
                later |= at > 0 && path[at - 1] == '/' && after[at];
            }
        }
        fits
    }
}

fn placeholder(name: &str) -> Option<Part> {
    match name {
        "outlet" => Some(Part::Words(CapturedField::Outlet)),
        "headline" => Some(Part::Words(CapturedField::Headline)),
        "byline" => Some(Part::Words(CapturedField::Byline)),
        "date" => Some(Part::Date),
        _ => None,
    }
}

/// Takes a text without placeholders apart; neighbouring stars are one.
fn push_signs(text: &str, parts: &mut Vec<Part>) {
    let mut rest = text;
    while let Some(star) = rest.find('*') {
        push_text(&rest[..star], parts);
        let after = rest[star..].trim_start_matches('*');
        let double = rest.len() - star - after.len() > 1;
        let whole = (parts.is_empty() && star == 0) || rest[..star].ends_with('/');
        rest = after;
        let part = match after.strip_prefix('/').filter(|_| double && whole) {
            Some(below) => {
                rest = below;
                Part::Folders
            }
            None if double => Part::Anything,
            None => Part::Name,
        };
        parts.push(part);
    }
    push_text(rest, parts);
}

fn push_text(text: &str, parts: &mut Vec<Part>) {
    if !text.is_empty() {
        parts.push(Part::Text(text.chars().collect()));
    }
}

/// Where a part that begins at `at` may end, best first.
fn ends<'p>(part: &'p Part, path: &'p [char], at: usize) -> Box<dyn Iterator<Item = usize> + 'p> {
    let name_end = || at + path[at..].iter().take_while(|c| **c != '/').count();
    match part {
        Part::Text(text) => Box::new(std::iter::once(at + text.len())),
        Part::Name => Box::new(at..=name_end()),
        Part::Anything => Box::new(at..=path.len()),
        Part::Folders => Box::new((at..=path.len()).filter(move |end| *end == at || path[end - 1] == '/')),
        Part::Words(_) => Box::new(at + 1..=name_end()),
        Part::Date => Box::new(dates(path, at).map(|(end, _)| end)),
    }
}

fn note(part: &Part, path: &[char], span: std::ops::Range<usize>, fields: &mut Fields) {
    match part {
        Part::Words(words) => {
            let text: String = path[span].iter().collect();
            let text = Some(text.trim().to_owned()).filter(|text| text.chars().any(char::is_alphanumeric));
            match words {
                CapturedField::Outlet => fields.outlet = text,
                CapturedField::Headline => fields.headline = text,
                CapturedField::Byline => fields.byline = text,
            }
        }
        Part::Date => fields.date = dates(path, span.start).find(|(end, _)| *end == span.end).map(|(_, date)| date),
        _ => {}
    }
}

/// The forms of a date in a path, longest first: `0` stands for a figure, `-` for `-` or `/`.
const FORMS: &[(&str, Precision)] = &[
    ("0000-00-00", Precision::Day),
    ("00000000", Precision::Day),
    ("0000-00", Precision::Month),
    ("0000", Precision::Year),
];

/// The dates that begin at a place, the longest first, each with its end. Figures beside it would be a part of it.
fn dates(path: &[char], at: usize) -> impl Iterator<Item = (usize, NewsDate)> + '_ {
    let digit = |at: Option<usize>| at.and_then(|at| path.get(at)).is_some_and(char::is_ascii_digit);
    let apart = move |end: usize| !digit(at.checked_sub(1)) && !digit(Some(end));
    FORMS.iter().filter_map(move |(form, precision)| {
        let end = at + form.len();
        let written = path.get(at..end).filter(|_| apart(end))?;
        let marks: Vec<char> = written.iter().copied().filter(|c| matches!(c, '-' | '/')).collect();
        let same = marks.windows(2).all(|two| two[0] == two[1]);
        let fits = |(sign, c): (char, &char)| if sign == '0' { c.is_ascii_digit() } else { matches!(c, '-' | '/') };
        if !same || !form.chars().zip(written).all(fits) {
            return None;
        }
        let figures: String = written.iter().filter(|c| c.is_ascii_digit()).collect();
        let number = |from: usize, to: usize| figures.get(from..to).map_or(Some(1), |f| f.parse::<i16>().ok());
        let (month, day) = (i8::try_from(number(4, 6)?).ok()?, i8::try_from(number(6, 8)?).ok()?);
        let year = number(0, 4).filter(|year| (1500..=2100).contains(year))?;
        Some((end, NewsDate::new(Date::new(year, month, day).ok()?.at(0, 0, 0, 0), *precision, None)))
    })
}

#[cfg(test)]
mod tests;
