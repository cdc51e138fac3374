//! Articles in, extractions out.

use std::io::Cursor;
use std::path::Path;

use dateline::analysis::Language;
use dateline::article::{Article, BlockKind};
use dateline::extract::{Extraction, Fate, Stated, extract_with};
use dateline::source::{Chunks, ReadOptions};

/// What extraction makes of a file's only record, with the text it was made from.
pub fn of_bytes(name: &str, bytes: &[u8]) -> (String, Extraction) {
    in_archive(name, bytes, Language::default())
}

/// The same in an archive of a language.
pub fn in_archive(name: &str, bytes: &[u8], language: Language) -> (String, Extraction) {
    let reader = Box::new(Cursor::new(bytes.to_vec()));
    let mut chunks =
        Chunks::from_reader(Path::new(name), reader, &ReadOptions::default()).unwrap_or_else(|e| panic!("{e}"));
    let chunk = chunks.next().expect("a chunk").unwrap_or_else(|e| panic!("{e}"));
    let record = chunk.records().next().expect("a record").unwrap_or_else(|e| panic!("{e}"));
    let extraction = extract_with(&record, &Stated::default(), language);
    check_account(&record.text, &extraction);
    (record.text.into_owned(), extraction)
}

/// What extraction makes of a plain text.
pub fn of_text(text: &str) -> Extraction {
    of_bytes("article.txt", text.as_bytes()).1
}

/// What holds for every extraction: fragments are slices of the text, and every line has its fate.
fn check_account(text: &str, extraction: &Extraction) {
    for block in &extraction.article.body {
        for fragment in &block.fragments {
            let slice = &text[fragment.span.range()];
            assert_eq!(&block.text[fragment.at..fragment.at + slice.len()], slice);
        }
        assert!(!block.text.trim().is_empty(), "an empty block");
    }
    for fate in &extraction.fates {
        assert_eq!(fate.span.is_empty(), fate.fate == Fate::Blank, "{fate:?}");
    }
}

/// The values of an article's fields, for comparing.
#[derive(Debug, PartialEq)]
pub struct Values {
    pub headline: Option<String>,
    pub outlet: Option<String>,
    pub date: Option<String>,
    pub byline: Option<String>,
    pub place: Option<String>,
    pub credit: Vec<String>,
    pub body: Vec<String>,
}

pub fn values(article: &Article) -> Values {
    let value = |field: &Option<dateline::article::Field<String>>| field.as_ref().map(|f| f.value.clone());
    Values {
        headline: value(&article.headline),
        outlet: value(&article.outlet),
        date: article.date.as_ref().map(|f| f.value.to_string()),
        byline: value(&article.byline),
        place: value(&article.dateline_place),
        credit: article.credit.clone(),
        body: article.body.iter().map(|b| b.text.clone()).collect(),
    }
}

/// What the line that begins with `start` became: a label, or `headline`, `body`, `subhead`.
pub fn fate(text: &str, extraction: &Extraction, line: &str) -> String {
    let found = extraction.fates.iter().find(|f| &text[f.span.range()] == line.trim());
    let fate = found.unwrap_or_else(|| panic!("no line {line:?}")).fate;
    match fate {
        Fate::Blank => "blank".to_owned(),
        Fate::Headline => "headline".to_owned(),
        Fate::Standfirst => "standfirst".to_owned(),
        Fate::Dropped(label) => label.to_string(),
        Fate::Body(block) => match extraction.article.body[block as usize].kind {
            BlockKind::Paragraph => "body".to_owned(),
            BlockKind::Subhead => "subhead".to_owned(),
        },
    }
}

/// The rows of a table: comments and blank lines left out.
pub fn rows(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|row| !row.trim().is_empty() && !row.starts_with('#'))
}

pub const HEADLINE: &str = "Island ferry to stay in port until the ice breaks";
pub const LEAD: &str = "The last ferry to the outer islands will stay in port until the ice in the strait breaks, the harbour office told passengers.";
pub const SECOND: &str =
    "Some forty people spent the night in the waiting room, where volunteers had put up beds and a stove.";
pub const THIRD: &str =
    "The pilots' guild had warned for weeks that the channel would close early, but no icebreaker was sent.";
