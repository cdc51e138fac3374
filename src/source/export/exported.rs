//! What is read of an article of an export.

use std::ops::Range;

use crate::source::Given;

/// What is read of an article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Exported {
    pub headline: Option<String>,
    pub outlet: Option<String>,
    pub date: Option<String>,
    pub byline: Option<String>,
    pub place: Option<String>,
    pub section: Option<String>,
    pub page: Option<String>,
    /// Who supplied the copy.
    pub credit: Option<String>,
    /// What the database calls it.
    pub id: Option<String>,
    /// Stretches of what introduces its text, and of the text, each in order: bytes of the file's text, half-open.
    pub lead: Vec<Range<usize>>,
    pub text: Vec<Range<usize>>,
}

impl Exported {
    /// Whether nothing of an article was found.
    pub fn is_empty(&self) -> bool {
        self.lead.is_empty() && self.text.is_empty() && self.headline.is_none()
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
        let Self { headline, outlet, date, byline, place, section, page, credit, id, .. } = self;
        let credit = credit.into_iter().collect();
        Given { id, headline, outlet, date, byline, place, section, page, credit, standfirst, ..Given::default() }
    }
}
