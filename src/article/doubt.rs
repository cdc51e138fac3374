//! Why a body may not be the article's, or not all of it.

use serde::{Deserialize, Serialize};

/// Why a body is in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyDoubt {
    /// The page has no text, or none of it was taken for the body.
    NoBody,
    /// It is less than a third of the page's running text.
    SmallBody,
    /// It has a third, or three times, of the words that the page states.
    OtherLength,
    /// The page shows no text like the one that it states for machines, which is the body.
    StatedBody,
    /// Every line looked like furniture, and the text was kept.
    AllFurniture,
}

impl BodyDoubt {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 5] = [Self::NoBody, Self::SmallBody, Self::OtherLength, Self::StatedBody, Self::AllFurniture];

    /// The name that JSON and tables give it.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoBody => "no_body",
            Self::SmallBody => "small_body",
            Self::OtherLength => "other_length",
            Self::StatedBody => "stated_body",
            Self::AllFurniture => "all_furniture",
        }
    }

    /// The same in words, behind `in doubt: `.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoBody => "none; the page has no text, or none of it was taken for the body",
            Self::SmallBody => "less than a third of the page's running text",
            Self::OtherLength => "a third, or three times, of the words that the page states",
            Self::StatedBody => "as the page states it for machines; nothing like it is shown",
            Self::AllFurniture => "every line looked like furniture",
        }
    }
}
