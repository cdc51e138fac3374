//! What users state of a file from outside it, and where.

use std::sync::Arc;

use super::names::OutletList;
use crate::article::NewsDate;
use crate::source::DateOrder;

/// Where a statement stands: what is named first goes before what is named later, and all of it before the document's
/// own metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A flag of the command.
    Flag,
    /// A line of a file of fields.
    Manifest,
    /// The lines between `---` and `---` above the text.
    FrontMatter,
    /// The path of the file.
    PathPattern,
}

impl Origin {
    /// The name of the rule, as `dateline inspect` shows it.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Manifest => "manifest",
            Self::FrontMatter => "front-matter",
            Self::PathPattern => "path-pattern",
        }
    }
}

/// Fields that are stated in one place; what is not stated is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// Who published the article.
    pub outlet: Option<String>,
    /// When.
    pub date: Option<NewsDate>,
    /// Its headline.
    pub headline: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

impl Fields {
    /// Whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is stated, each with the name of its field.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, String)> {
        let all = [
            ("outlet", self.outlet.clone()),
            ("date", self.date.map(|date| date.to_string())),
            ("headline", self.headline.clone()),
            ("byline", self.byline.clone()),
            ("url", self.url.clone()),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?)))
    }
}

/// What is stated of a file from outside it.
#[derive(Clone, Debug, Default)]
pub struct Stated {
    /// Fields and where they are stated, once for each origin.
    pub fields: Vec<(Origin, Fields)>,
    /// Outlets that go before the ones Dateline knows.
    pub outlets: Option<Arc<OutletList>>,
    /// Which way round dates stand in figures that can be read both ways; none where each text and file tells its own.
    pub date_order: Option<DateOrder>,
}
