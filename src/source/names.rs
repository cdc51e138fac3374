//! What records call their fields: the names known beforehand, and those that the user gives.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon;

/// A field that a record may state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// The record's own id.
    Id,
    /// The article's address.
    Url,
    /// Who published it.
    Outlet,
    /// When.
    Date,
    /// Its headline.
    Headline,
    /// Who wrote it.
    Byline,
    /// Its text.
    Body,
    /// The part of the paper.
    Section,
    /// The printed page.
    Page,
}

/// The names of each field, squashed (see [`squash`]), in the order in which they stand in for each other.
const NAMES: &[(Known, &str)] = &[
    (Known::Id, "id"),
    (Known::Id, "guid"),
    (Known::Id, "docno"),
    (Known::Id, "docid"),
    (Known::Url, "url"),
    (Known::Url, "link"),
    (Known::Url, "permalink"),
    (Known::Outlet, "outlet"),
    (Known::Outlet, "publisher"),
    (Known::Outlet, "sitename"),
    (Known::Outlet, "sourcehostname"),
    (Known::Outlet, "source"),
    (Known::Outlet, "publication"),
    (Known::Outlet, "newspaper"),
    (Known::Outlet, "medianame"),
    (Known::Outlet, "sourcename"),
    (Known::Date, "date"),
    (Known::Date, "published"),
    (Known::Date, "publishedat"),
    (Known::Date, "publisheddate"),
    (Known::Date, "datepublished"),
    (Known::Date, "publicationdate"),
    (Known::Date, "publishdate"),
    (Known::Date, "pubdate"),
    (Known::Date, "datepublish"),
    (Known::Date, "publishedon"),
    (Known::Date, "publishedtime"),
    (Known::Date, "publicationtime"),
    (Known::Headline, "headline"),
    (Known::Headline, "title"),
    (Known::Byline, "byline"),
    (Known::Byline, "author"),
    (Known::Byline, "authors"),
    (Known::Byline, "creator"),
    (Known::Body, "body"),
    (Known::Body, "text"),
    (Known::Body, "content"),
    (Known::Body, "article"),
    (Known::Body, "articlebody"),
    (Known::Body, "articletext"),
    (Known::Body, "maintext"),
    (Known::Body, "fulltext"),
    (Known::Section, "section"),
    (Known::Section, "sectionname"),
    (Known::Section, "articlesection"),
    (Known::Page, "page"),
    (Known::Page, "printpage"),
    (Known::Page, "pagenumber"),
];

/// No known name is longer, squashed.
const LONGEST: usize = 16;

/// Characters of what a printed page is called, at most: `A1, A12-A13`.
const LONGEST_PAGE: usize = 20;

/// Places for the values of a record: one for each name the user may give, and one for each known name.
pub(super) const SLOTS: usize = NAMED + 2 * Known::ALL.len();

/// The places of the names that are given, and of those known beforehand; behind them are those of a sheet's columns in any language:
/// the field itself, and what stands in for it.
const NAMED: usize = Known::ALL.len() + NAMES.len();

static COLUMNS: LazyLock<FxHashMap<&str, usize>> = LazyLock::new(|| {
    let mut columns = FxHashMap::default();
    for row in lexicon::COLUMN_NAMES.rows() {
        let Some(field) = Known::ALL.into_iter().find(|field| row.has(field.name())) else { continue };
        let slot = NAMED + field as usize + if row.has("late") { Known::ALL.len() } else { 0 };
        columns.extend(row.words.iter().map(|word| (*word, slot)));
    }
    columns
});

/// The slot of what a sheet calls a column, in any language; none for what is no field.
pub(super) fn sheet_slot(name: &str) -> Option<usize> {
    COLUMNS.get(name.trim().to_lowercase().as_str()).copied()
}

impl Known {
    /// Every field.
    pub const ALL: [Self; 9] = [
        Self::Id,
        Self::Url,
        Self::Outlet,
        Self::Date,
        Self::Headline,
        Self::Byline,
        Self::Body,
        Self::Section,
        Self::Page,
    ];

    /// The field's own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Url => "url",
            Self::Outlet => "outlet",
            Self::Date => "date",
            Self::Headline => "headline",
            Self::Byline => "byline",
            Self::Body => "body",
            Self::Section => "section",
            Self::Page => "page",
        }
    }

    /// Its slots, best first.
    pub(super) fn slots(self) -> impl Iterator<Item = usize> {
        let known = NAMES.iter().enumerate().filter(move |(_, (field, _))| *field == self);
        let of_sheets = [NAMED + self as usize, NAMED + Self::ALL.len() + self as usize];
        std::iter::once(self as usize).chain(known.map(|(nth, _)| Self::ALL.len() + nth)).chain(of_sheets)
    }
}

/// Names of fields that the user gives, such as `headline=Titel`; they stand before those known beforehand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldNames(Vec<FieldName>);

/// One field and what the records call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldName {
    /// The field.
    pub field: Known,
    /// Its name in the records, as written there.
    pub name: String,
}

impl FieldNames {
    /// These names; of several for one field the last.
    pub fn new(names: impl IntoIterator<Item = FieldName>) -> Self {
        Self(names.into_iter().collect())
    }

    /// Whether the user gave none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The slot of what a record calls a field; none for what is no field.
    pub(super) fn slot(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        if let Some(given) = self.0.iter().rev().find(|given| given.name == name) {
            return Some(given.field as usize);
        }
        let mut squashed = [0; LONGEST];
        let squashed = squash(name, &mut squashed)?;
        let nth = NAMES.iter().position(|(_, known)| known.as_bytes() == squashed)?;
        Some(Known::ALL.len() + nth)
    }

    /// Whether a name is one of the field's: of those the user gave, or of those known beforehand.
    pub(super) fn is_meant(&self, name: &str, field: Known, user: bool) -> bool {
        let by_user = self.0.iter().rev().find(|given| given.name.eq_ignore_ascii_case(name));
        match by_user {
            Some(given) => user && given.field == field,
            None => !user && self.slot(name).is_some_and(|slot| field.slots().any(|own| own == slot)),
        }
    }

    /// Which field a record means by a name.
    #[cfg(test)]
    fn field(&self, name: &str) -> Option<Known> {
        let slot = self.slot(name)?;
        Known::ALL.get(slot).copied().or_else(|| Some(NAMES.get(slot - Known::ALL.len())?.0))
    }
}

impl fmt::Display for FieldNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self.0.iter().map(|given| format!("{}={}", given.field.name(), given.name)).collect();
        f.write_str(&names.join(" "))
    }
}

/// What [`FieldNames`] is displayed as; a name may have blanks.
impl FromStr for FieldNames {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let begins = |at: usize| {
            let field = text[at..].split('=').next().unwrap_or_default();
            Known::ALL.iter().any(|known| known.name() == field) && (at == 0 || text[..at].ends_with(' '))
        };
        let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).filter(|&at| begins(at)).collect();
        starts.push(text.len());
        starts.windows(2).map(|two| text[two[0]..two[1]].parse()).collect::<Result<_, _>>().map(Self)
    }
}

impl FromStr for FieldName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (field, name) = text.split_once('=').ok_or("write FIELD=NAME, such as headline=Titel")?;
        let known = Known::ALL.into_iter().find(|known| known.name() == field.trim().to_lowercase());
        let fields = Known::ALL.map(Known::name).join(", ");
        let field = known.ok_or_else(|| format!("no field \"{field}\"; the fields are {fields}"))?;
        match name.trim() {
            "" => Err("write the name of the field or column behind `=`".to_owned()),
            name => Ok(Self { field, name: name.to_owned() }),
        }
    }
}

/// A value that may be the number of a printed page, and is no list of addresses or page of an answer: short, with a figure.
pub(super) fn printed_page(value: String) -> Option<String> {
    let is_short = value.chars().count() <= LONGEST_PAGE;
    (is_short && value.contains(|c: char| c.is_ascii_digit())).then_some(value)
}

/// Whether a value is the address of a text, and so no outlet's name, whatever its field is called.
pub(super) fn is_address(value: &str) -> bool {
    let scheme = value.split_once("://").map_or("", |(scheme, _)| scheme);
    !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric()) && !value.contains(char::is_whitespace)
}

/// A name in lower case without what parts its words (`Pub_Date`, `pub-date`, `pubDate`); none where it is too long.
fn squash<'b>(name: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b [u8]> {
    let mut length = 0;
    for byte in name.bytes().filter(|b| !matches!(b, b'_' | b'-' | b' ')) {
        *buffer.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    Some(&buffer[..length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_displayed() {
        for text in ["", "headline=Titel", "headline=Der Titel body=Text der Meldung url=Link"] {
            assert_eq!(text.parse::<FieldNames>().expect(text).to_string(), text);
        }
    }

    #[test]
    fn names_are_known_however_they_are_spelled() {
        let none = FieldNames::default();
        for (name, field) in [
            ("title", Some(Known::Headline)),
            ("Publication Date", Some(Known::Date)),
            ("pub_date", Some(Known::Date)),
            ("articleBody", Some(Known::Body)),
            ("GUID", Some(Known::Id)),
            ("Titel", None),
            ("a name that is longer than any known", None),
        ] {
            assert_eq!(none.field(name), field, "{name}");
        }
        assert!(NAMES.iter().all(|(_, name)| name.len() <= LONGEST && none.field(name).is_some()));
    }

    #[test]
    fn a_name_that_is_given_goes_first() {
        let names = ["headline=Titel", "body = text", "id=title"].map(|t| t.parse().unwrap_or_else(|e| panic!("{e}")));
        let names = FieldNames::new(names);
        assert_eq!(names.field("Titel"), Some(Known::Headline));
        assert_eq!(names.field("title"), Some(Known::Id));
        assert_eq!(names.slot("text"), Known::Body.slots().next());
        assert_eq!(names.to_string(), "headline=Titel body=text id=title");
        for bad in ["headline", "titel=headline", "body= "] {
            assert!(bad.parse::<FieldName>().is_err(), "{bad}");
        }
    }
}
