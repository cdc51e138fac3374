//! Notes: what was read otherwise than it was typed, and how that is shown where it is refused.

use textwrap::core::display_width;

use super::tree::Note;
use crate::error::Error;

/// The most notes that a query has; one more says that there were more.
pub(super) const MAX_NOTES: usize = 20;

/// The most columns of a query that are shown on either side of a place in it.
const MAX_COLUMNS: usize = 60;

/// What is told where the dates asked for have no day in common.
pub(super) const NO_DATE: &str = "no date is in all of these ranges: nothing can match";

/// Collects notes in any order.
#[derive(Default)]
pub(super) struct Notes {
    told: Vec<Note>,
}

impl Notes {
    /// Tells what became of what stands at byte `at`.
    pub fn tell(&mut self, at: usize, text: impl Into<String>) {
        if self.told.len() <= MAX_NOTES {
            self.told.push(Note { at, text: text.into() });
        }
    }

    /// The notes in the order of their places.
    pub fn finish(mut self) -> Vec<Note> {
        self.told.sort_by_key(|note| note.at);
        if let Some(last) = self.told.get_mut(MAX_NOTES) {
            "and more was read otherwise than typed".clone_into(&mut last.text);
        }
        self.told
    }

    /// Whether nothing was told.
    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }
}

/// The error for a query that must be read as typed and was not.
pub(super) fn refusal(typed: &str, note: &Note) -> Error {
    let (before, after) = typed.split_at_checked(note.at).unwrap_or((typed, ""));
    let (before, after) = (one_line(before), one_line(after));
    let shown = tail(&before, MAX_COLUMNS);
    let indent = " ".repeat(display_width(&shown));
    let what = format!(
        "the query does not read as typed:\n  {shown}{}\n  {indent}^ {}",
        head(after.trim_end(), MAX_COLUMNS),
        note.text
    );
    Error::request(what, "correct it, or leave out --strict")
}

/// The text without line ends, tabs and other signs that would move the caret or the terminal.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn head(text: &str, columns: usize) -> String {
    let mut width = 0;
    for (at, c) in text.char_indices() {
        width += display_width(c.encode_utf8(&mut [0; 4]));
        if width > columns {
            return format!("{}…", &text[..at]);
        }
    }
    text.to_owned()
}

fn tail(text: &str, columns: usize) -> String {
    let mut width = 0;
    for (at, c) in text.char_indices().rev() {
        width += display_width(c.encode_utf8(&mut [0; 4]));
        if width > columns {
            return format!("…{}", &text[at + c.len_utf8()..]);
        }
    }
    text.to_owned()
}
