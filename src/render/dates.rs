//! Dates as people read them.

use crate::article::{Confidence, Field, NewsDate};

/// A date as far as it is known; `?` where it is a guess.
pub fn date(field: Option<&Field<NewsDate>>) -> String {
    match field {
        None => "no date".to_owned(),
        Some(field) if field.confidence == Confidence::Low => format!("{}?", field.value),
        Some(field) => field.value.to_string(),
    }
}
