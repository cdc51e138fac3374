//! Scores that fall from one document of a topic to the next, and columns without blanks: what every scorer reads in our
//! order.

use std::borrow::Cow;
use std::fmt::Write;

use crate::article::judged;

/// Lowers the scores of one topic, best first, so that they fall strictly.
///
/// Scorers order a topic's documents by score and break ties each in its own way. The first document keeps its score; one
/// that does not lie below its predecessor's is lowered to the next single-precision number below that, which is the
/// smallest step that trec_eval can see.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Falling(Option<f32>);

impl Falling {
    /// The score that stands for the next document's.
    pub fn next(&mut self, score: f32) -> f32 {
        let score = if score.is_finite() { score } else { 0.0 };
        let score = self.0.filter(|last| score >= *last).map_or(score, f32::next_down);
        self.0 = Some(score);
        score
    }
}

/// The characters of a text, and whether a column may not have them: blanks part columns, and control characters and marks of
/// direction steer terminals.
fn parting(text: &str) -> impl Iterator<Item = (char, bool)> {
    judged(text, None).map(|(_, c, is_unsafe)| (c, is_unsafe || c.is_whitespace()))
}

/// Whether a column may not have the text in it.
pub(super) fn parts_columns(text: &str) -> bool {
    parting(text).any(|(_, parts)| parts)
}

/// A column must not have blanks or control characters in it: they are percent-encoded, as in article ids.
pub(super) fn without_blanks(text: &str) -> Cow<'_, str> {
    let may_be_blank = |&byte: &u8| byte <= b' ' || byte >= 0x7F;
    if !text.as_bytes().iter().any(may_be_blank) || !parts_columns(text) {
        return text.into();
    }
    let mut encoded = String::with_capacity(text.len() + 8);
    for (c, parts) in parting(text) {
        if parts {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(encoded, "%{byte:02X}");
            }
        } else {
            encoded.push(c);
        }
    }
    encoded.into()
}
