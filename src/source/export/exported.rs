//! What is read of an article of an export.

use std::ops::Range;

use crate::source::Given;

/// What is read of an article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Exported {
    /// What it states, but for its standfirst.
    pub given: Given,
    /// Stretches of what introduces its text, and of the text, each in order: bytes of the file's text, half-open.
    pub lead: Vec<Range<usize>>,
    pub text: Vec<Range<usize>>,
}

impl Exported {
    /// Whether nothing of an article was found.
    pub fn is_empty(&self) -> bool {
        self.lead.is_empty() && self.text.is_empty() && self.given.headline.is_none()
    }

    /// Where the text begins.
    pub fn from(&self) -> Option<usize> {
        self.parts().next().map(|(part, _)| part.start)
    }

    /// The stretches of its text, and whether each introduces the others; what stands alone introduces nothing.
    pub fn parts(&self) -> impl Iterator<Item = (Range<usize>, bool)> {
        let introduces = !self.text.is_empty();
        let lead = self.lead.iter().map(move |part| (part.clone(), introduces));
        lead.chain(self.text.iter().map(|part| (part.clone(), false)))
    }

    /// What it states; so many bytes of its text are the standfirst.
    pub fn given(self, standfirst: usize) -> Given {
        Given { standfirst, ..self.given }
    }
}
