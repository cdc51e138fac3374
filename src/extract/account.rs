//! The account of a record: its article, what became of every line, and what the reader should know.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::article::{Article, BodyDoubt, Lines, Span};

/// What is told of a record beside its article.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Account {
    /// What became of each line.
    OfLines,
    /// Nothing of its lines.
    None,
}

/// What extraction makes of one record: the article, and what became of every line.
#[derive(Clone, Debug)]
pub struct Extraction {
    /// The article's fields and body.
    pub article: Article,
    /// The record's own id, as far as it or its front matter states one.
    pub id: Option<String>,
    /// The article's address, as far as it is stated.
    pub url: Option<String>,
    /// What the reader of the article should know.
    pub warnings: Vec<Warning>,
    /// Every line of the text, blank ones included, in order.
    pub fates: Vec<LineFate>,
    /// Prefixes and suffixes cut from lines that were kept.
    pub cuts: Vec<Cut>,
}

/// A line and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineFate {
    /// The line of the file, 1-based.
    pub line: u32,
    /// Its bytes in the record's text without whitespace around: half-open, 0-based.
    pub span: Span,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing stands on it.
    Blank,
    /// It is the headline, or repeats it; or the text's own title where another headline is stated.
    Headline,
    /// It is of the standfirst.
    Standfirst,
    /// It belongs to this block of the body (0-based).
    Body(u32),
    /// It is not the article's text.
    Dropped(Label),
}

/// Part of a kept line that is not the article's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The line of the file.
    pub lines: Lines,
    /// Its bytes in the record's text: half-open, 0-based.
    pub span: Span,
    /// What it is.
    pub label: Label,
}

/// What a line beside the article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// Ways through the site: menus, share bars, page numbers.
    Nav,
    /// The name of a section or a kind of article.
    Label,
    /// Advertising, newsletters, the site's own channels.
    Promo,
    /// Under or beside a picture, with the picture's credit.
    Caption,
    /// A pointer to another article in the middle of this one.
    InlineLink,
    /// A list of other articles.
    Related,
    /// When it was published or changed; the dateline at the start of the text.
    DateLine,
    /// Who wrote it.
    Byline,
    /// Whose it is, and what may be done with it.
    Copyright,
    /// Who supplied or reported it.
    Credit,
    /// A bare address.
    Url,
    /// Words that have nothing to do with the page.
    Spam,
    /// The browser, cookies, notifications, an app.
    AppPrompt,
}

impl Label {
    /// Every label, in the order of the design.
    pub const ALL: [Self; 13] = [
        Self::Nav,
        Self::Label,
        Self::Promo,
        Self::Caption,
        Self::InlineLink,
        Self::Related,
        Self::DateLine,
        Self::Byline,
        Self::Copyright,
        Self::Credit,
        Self::Url,
        Self::Spam,
        Self::AppPrompt,
    ];

    /// The label's name, as in `dateline inspect`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nav => "nav",
            Self::Label => "label",
            Self::Promo => "promo",
            Self::Caption => "caption",
            Self::InlineLink => "inline_link",
            Self::Related => "related",
            Self::DateLine => "date_line",
            Self::Byline => "byline",
            Self::Copyright => "copyright",
            Self::Credit => "credit",
            Self::Url => "url",
            Self::Spam => "spam",
            Self::AppPrompt => "app_prompt",
        }
    }

    /// The label of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.name() == name)
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What the reader of an article should know about its extraction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// What decoding had to put up with.
    Decoding(String),
    /// Values of equal trust that differ, so that the field is null: the field's name, and the values.
    Conflict(&'static str, Vec<String>),
    /// A date that was given and cannot be read.
    UnreadDate(String),
    /// A date whose day and month can be told either way.
    AmbiguousDate(String),
    /// Only the time of the last change is told, which is not the publication.
    OnlyUpdated(String),
    /// Every line was furniture, and the text was kept as it stands.
    AllFurniture,
    /// A page shows no text like the one that it states for machines, which is the body.
    StatedBody,
    /// A page has running text, and none of it was taken for the body.
    NoBody,
    /// A page shows no running text.
    NoText,
    /// The body of a page is less than a third of its running text: the share in percent.
    SmallBody(usize),
    /// The words of a page's body, and the words that the page states, which are three times as many or a third.
    OtherLength(usize, usize),
}

impl Warning {
    /// What it says of the body.
    pub(super) fn doubt(&self) -> Option<BodyDoubt> {
        match self {
            Self::NoBody | Self::NoText => Some(BodyDoubt::NoBody),
            Self::SmallBody(_) => Some(BodyDoubt::SmallBody),
            Self::OtherLength(..) => Some(BodyDoubt::OtherLength),
            Self::StatedBody => Some(BodyDoubt::StatedBody),
            Self::AllFurniture => Some(BodyDoubt::AllFurniture),
            _ => None,
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decoding(what) => f.write_str(what),
            Self::Conflict(field, values) => {
                write!(f, "{field} left open: the text gives {} with equal right", values.join(" and "))
            }
            Self::UnreadDate(text) => write!(f, "date left open: cannot read \"{text}\""),
            Self::AmbiguousDate(text) => {
                write!(f, "date left open: \"{text}\" may be day/month or month/day; --date-order says which")
            }
            Self::OnlyUpdated(text) => write!(f, "date left open: {text} is when the article was changed"),
            Self::StatedBody => f.write_str(
                "the page shows no text like the one that it states for machines: the stated text is the body",
            ),
            Self::NoBody => f.write_str("no body: all running text of the page seems to stand beside the article"),
            Self::NoText => f.write_str("no body: the page shows no text"),
            Self::SmallBody(share) => write!(f, "the body is {share}% of the running text of the page"),
            Self::OtherLength(words, stated) => {
                write!(f, "the body has {words} words, where the page states that it has {stated}")
            }
            Self::AllFurniture => f.write_str("every line looked like furniture; the text was kept as the body"),
        }
    }
}
