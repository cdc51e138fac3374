//! NameTable of fields in exports, in every language of their interfaces.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon;

/// What a field of an export says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DatabaseField {
    Headline,
    Outlet,
    Date,
    Byline,
    Place,
    Section,
    Page,
    /// Who supplied the copy.
    Credit,
    /// What the database calls the article.
    Id,
    /// The text begins behind its name.
    Text,
    /// What introduces the text.
    Lead,
    /// Another field above the text.
    Head,
    /// A field below the text.
    Tail,
}

impl DatabaseField {
    /// Whether it stands below a text, and ends it.
    pub fn is_below(self) -> bool {
        matches!(self, Self::Tail | Self::Id | Self::Page)
    }

    /// Whether it stands above a text and is none of what everybody asks for.
    pub fn is_above(self) -> bool {
        matches!(self, Self::Head | Self::Section | Self::Page)
    }

    fn named(label: &str) -> Option<Self> {
        Some(match label {
            "headline" => Self::Headline,
            "outlet" => Self::Outlet,
            "date" => Self::Date,
            "byline" => Self::Byline,
            "place" => Self::Place,
            "section" => Self::Section,
            "credit" => Self::Credit,
            "page" => Self::Page,
            "id" => Self::Id,
            "text" => Self::Text,
            "lead" => Self::Lead,
            "head" => Self::Head,
            "tail" => Self::Tail,
            _ => return None,
        })
    }
}

struct NameTable {
    fields: FxHashMap<&'static str, DatabaseField>,
    codes: FxHashMap<&'static str, DatabaseField>,
}

static NAMES: LazyLock<NameTable> = LazyLock::new(|| {
    let mut names = NameTable { fields: FxHashMap::default(), codes: FxHashMap::default() };
    for row in lexicon::DATABASE_FIELDS.rows() {
        let is_name = !row.has("label");
        let Some(field) = row.labels.split(' ').find_map(DatabaseField::named).filter(|_| is_name) else { continue };
        let of = if row.has("code") { &mut names.codes } else { &mut names.fields };
        of.extend(row.words.iter().map(|word| (*word, field)));
    }
    names
});

static NUMBER: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::DATABASE_FIELDS.labelled("number"));
static OF: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::DATABASE_FIELDS.labelled("of"));
static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::DATABASE_FIELDS.labelled("words"));
static ENDS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::DATABASE_FIELDS.labelled("end"));
static COVERS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::DATABASE_FIELDS.labelled("cover"));
static HEADINGS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::DATABASE_FIELDS.labelled("heading"));
static PARTS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::DATABASE_FIELDS.labelled("part"));
static EDITIONS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::DATABASE_FIELDS.labelled("edition"));
static CONTENTS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::DATABASE_FIELDS.labelled("contents"));
static PAGES: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::DATABASE_FIELDS.labelled("label"));
static RIGHTS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::DATABASE_FIELDS.labelled("rights"));

/// Characters of what a page is called, at most.
const LONGEST_PAGE: usize = 20;

/// Characters of the longest name of a field.
const LONGEST: usize = 40;

/// The field that a line `Name: value` begins, and where its value does.
pub(crate) fn named(line: &str) -> Option<(DatabaseField, usize)> {
    let (name, value) = parted(line)?;
    Some((*NAMES.fields.get(name.to_lowercase().as_str())?, value))
}

/// Whether a line is the name of such a field, and nothing else: `Body`.
pub(super) fn is_name_of(line: &str, field: DatabaseField) -> bool {
    let name = line.trim();
    name.len() <= LONGEST && NAMES.fields.get(name.to_lowercase().as_str()) == Some(&field)
}

/// Whether a line stands alone behind an article: `End of Document`.
pub(super) fn ends_document(line: &str) -> bool {
    is_one_of(line, &ENDS)
}

/// Whether a line is of the cover of an export, or of its list of documents: `Client/Matter: -None-`.
pub(super) fn is_cover(line: &str) -> bool {
    parted(line).is_some_and(|(name, _)| COVERS.contains(&name.to_lowercase().as_str()))
}

/// Whether a line stands alone above the last fields of an article: `Classification`.
pub(super) fn heads_fields(line: &str) -> bool {
    is_one_of(line, &HEADINGS)
}

fn is_one_of(line: &str, names: &[&str]) -> bool {
    let name = line.trim();
    name.len() <= LONGEST && names.contains(&name.to_lowercase().as_str())
}

/// Where the value begins of a line `NAME: value`, whatever the name.
pub(super) fn in_capitals(line: &str) -> Option<usize> {
    let (name, value) = parted(line)?;
    let is_name = |c: char| c.is_uppercase() || matches!(c, '-' | ' ' | '/');
    (name.chars().count() > 2 && name.chars().all(is_name)).then_some(value)
}

fn parted(line: &str) -> Option<(&str, usize)> {
    let head = &line[..line.floor_char_boundary(LONGEST + '：'.len_utf8())];
    let (at, colon) = head.match_indices([':', '：']).next().filter(|(at, _)| *at <= LONGEST)?;
    let rest = &line[at + colon.len()..];
    (!rest.starts_with("//")).then_some((line[..at].trim(), line.len() - rest.trim_start().len()))
}

/// The field that a line `HD  value` begins by its code, and where its value does.
pub(super) fn coded(line: &str) -> Option<(DatabaseField, usize)> {
    let end = line.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(line.len());
    if !(2..=3).contains(&end) {
        return None;
    }
    let rest = &line[end..];
    let apart = rest.trim().is_empty()
        || rest.starts_with("  ")
        || rest.starts_with('\t')
        || (end == 3 && rest.starts_with(' '));
    let field = NAMES.codes.get(line[..end].to_ascii_lowercase().as_str()).filter(|_| apart)?;
    Some((*field, line.len() - rest.trim_start().len()))
}

/// Whether a line numbers an article: `1 of 10 DOCUMENTS`, `Dokument 1 von 3`.
pub(super) fn numbers_article(line: &str) -> bool {
    number_of(line).is_some()
}

/// The number of an article and how many there are, as a line says.
pub(super) fn number_of(line: &str) -> Option<(u32, u32)> {
    let line = line.trim();
    if line.len() > LONGEST || !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let words: Vec<String> = line.split_whitespace().map(str::to_lowercase).collect();
    let of = |a: &str, of: &str, b: &str| Some((a.parse().ok()?, b.parse().ok()?)).filter(|_| OF.contains(&of));
    let [a, b, c, d] = &words[..] else { return None };
    let is_noun = |word: &str| NUMBER.contains(&word);
    let behind = is_noun(d).then(|| of(a, b, c)).flatten();
    behind.or_else(|| is_noun(a).then(|| of(b, c, d)).flatten())
}

/// Whether a line is a length: `72 words`.
pub(super) fn is_length(line: &str) -> bool {
    let (number, unit) = line.trim().split_once(' ').unwrap_or_default();
    let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let unit = unit.trim().to_lowercase();
    // a letter that was lost may be any
    let same = |word: &&&str| {
        word.chars().count() == unit.chars().count()
            && word.chars().zip(unit.chars()).all(|(a, b)| a == b || b == char::REPLACEMENT_CHARACTER)
    };
    is_number && WORDS.iter().find(same).is_some()
}

/// Whether a word stands for documents.
pub(super) fn is_document(word: &str) -> bool {
    NUMBER.contains(&word.to_lowercase().as_str())
}

/// The page of `Pg. B22`, `Seite: 2` and `p. 03`; none of what has no label of a page before its number.
pub(in crate::source) fn labelled_page(part: &str) -> Option<&str> {
    let part = part.trim();
    let end = part.find(|c: char| !c.is_alphabetic())?;
    let label = part[..end].to_lowercase();
    let is_name = || [&NAMES.fields, &NAMES.codes].iter().any(|names| names.get(&*label) == Some(&DatabaseField::Page));
    let is_label = PAGES.contains(&label.as_str()) || is_name();
    let page = part[end..].trim_start_matches(['.', ':']).trim();
    // `22, Column 2`
    let page = page.split_once(',').filter(|(_, behind)| is_part(behind)).map_or(page, |(page, _)| page);
    let has_figure = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    let is_page = page.chars().count() <= LONGEST_PAGE
        && has_figure(page)
        && page.split_whitespace().all(|word| has_figure(word) || word.chars().count() == 1);
    (is_label && is_page).then_some(page)
}

/// Whether a part of a section's line says something else, with a number: `Column 2`, `Version:3`.
pub(super) fn is_part(part: &str) -> bool {
    let part = part.trim();
    let (name, number) = part.split_at(part.find(|c: char| !c.is_alphabetic()).unwrap_or(part.len()));
    let number = number.trim_start_matches(['.', ':', ' ']);
    !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) && PARTS.contains(&name.to_lowercase().as_str())
}

/// The section that a line `Ressort: Politik` names.
pub(in crate::source) fn section(line: &str) -> Option<String> {
    let line = line.trim();
    let (_, value) = named(line).filter(|(field, _)| *field == DatabaseField::Section)?;
    Some(line[value..].trim().to_owned()).filter(|name| !name.is_empty())
}

/// Words of the name of an edition, at most: `Late Edition - Final`, `Edition 1; Scotland`.
const EDITION: usize = 5;

/// Whether a line names an edition of a paper.
pub(crate) fn is_edition(line: &str) -> bool {
    let is_edition = |word: &str| EDITIONS.contains(&word.trim_end_matches([',', ';', '.']).to_lowercase().as_str());
    line.split_whitespace().nth(EDITION).is_none()
        && !line.ends_with(['.', '?', '!'])
        && line.split_whitespace().any(is_edition)
}

/// Whether a line stands above a table of contents: `Inhalt`, `Table of Contents`.
pub(in crate::source) fn heads_contents(line: &str) -> bool {
    is_one_of(line.trim_end_matches(':'), &CONTENTS)
}

/// Whether a line says whose the article is.
pub(super) fn is_rights(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    RIGHTS.iter().any(|begins| line.starts_with(begins))
}

/// Whether a number of four figures in a line may be a year.
pub(in crate::source) fn has_year(line: &str) -> bool {
    year(line).is_some()
}

/// A line up to its year, where a day stands before that: `May 4, 2018` of `May 4, 2018 Friday, Late Edition`.
pub(super) fn to_year(line: &str) -> &str {
    match year(line) {
        Some((start, end)) if line[..start].contains(|c: char| c.is_ascii_digit()) => &line[..end],
        _ => line,
    }
}

fn year(line: &str) -> Option<(usize, usize)> {
    let start = |at: usize| at == 0 || !line.as_bytes()[at - 1].is_ascii_digit();
    let starts = line.char_indices().filter(|(at, c)| c.is_ascii_digit() && start(*at)).map(|(at, _)| at);
    let number = |at: usize| line[at..].bytes().take_while(u8::is_ascii_digit).count();
    let mut fours = starts.filter(|at| number(*at) == 4).map(|at| (at, at + 4));
    fours.find(|(start, end)| ("1600".."2200").contains(&&line[*start..*end]))
}
