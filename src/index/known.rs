//! Which fields articles have, and which bodies are in doubt, so that those who count them need not read the articles.

use crate::article::{Article, BodyDoubt};

/// The first bit of the doubts; those before it are for fields.
const FIRST_DOUBT: u64 = 32;

/// A field that an article may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    Headline,
    Outlet,
    Date,
    Byline,
    DatelinePlace,
    Credit,
    Body,
}

impl Known {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 7] =
        [Self::Headline, Self::Outlet, Self::Date, Self::Byline, Self::DatelinePlace, Self::Credit, Self::Body];

    /// The bit of this field.
    pub fn bit(self) -> u64 {
        1 << self as u64
    }

    /// The field's name, as in `dateline inspect`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Outlet => "outlet",
            Self::Date => "date",
            Self::Byline => "byline",
            Self::DatelinePlace => "dateline_place",
            Self::Credit => "credit",
            Self::Body => "body",
        }
    }

    /// The bit of a body in doubt.
    pub fn doubt_bit(doubt: BodyDoubt) -> u64 {
        1 << (FIRST_DOUBT + doubt as u64)
    }

    /// The bits of the fields that an article has, and of the doubt in its body.
    pub fn bits(article: &Article) -> u64 {
        let has = |known: &Self| match known {
            Self::Headline => article.headline.is_some(),
            Self::Outlet => article.outlet.is_some(),
            Self::Date => article.date.is_some(),
            Self::Byline => article.byline.is_some(),
            Self::DatelinePlace => article.dateline_place.is_some(),
            Self::Credit => !article.credit.is_empty(),
            Self::Body => !article.body.is_empty(),
        };
        let fields: u64 = Self::ALL.iter().filter(|known| has(known)).map(|known| known.bit()).sum();
        fields | article.doubt.map_or(0, Self::doubt_bit)
    }
}
