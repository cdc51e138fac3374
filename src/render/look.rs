//! How hits are shown to people.

use std::path::PathBuf;

use super::marks::Marks;
use super::terminal::Screen;

/// How hits are shown to people.
#[derive(Clone, Debug)]
pub struct Look {
    /// What the output can show.
    pub screen: Screen,
    /// What stands around matches; where not said, a style, or without styles brackets that the text has not.
    pub marks: Option<Marks>,
    /// The folder from which citations are to open; none shows them as they are stored.
    pub here: Option<PathBuf>,
}

impl From<Screen> for Look {
    fn from(screen: Screen) -> Self {
        Self { screen, marks: None, here: None }
    }
}

impl Look {
    /// The marks of a hit with these texts; where styles are shown, they are around what else is to stand there.
    pub(super) fn marks_of(&self, texts: &[&str]) -> Marks {
        match &self.marks {
            Some(marks) if self.screen.colour => marks.styled(),
            Some(marks) => marks.clone(),
            None if self.screen.colour => Marks::new("", "").styled(),
            None => Marks::apart_from(texts),
        }
    }
}
