//! Which database an export comes from, and what follows from that.

use std::ops::Range;

use super::exported::Exported;
use super::labels;
use super::line::{ExportLine, lines};
use super::{europresse, factiva, nexis, nexis_uni, proquest};

/// The database that an export comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) enum Database {
    /// Nexis and LexisNexis.
    Nexis,
    /// Nexis Uni, and Nexis as Word and RTF.
    NexisUni,
    /// ProQuest.
    ProQuest,
    /// Factiva, with codes before the fields.
    FactivaFields,
    /// Factiva, as it is shown.
    Factiva,
    /// Europresse, whose fields classes tell.
    Europresse,
}

/// The database that a text comes from, by its beginning; none where it is no export.
pub(in crate::source) fn database(head: &str) -> Option<Database> {
    of_lines(&lines(head, 1))
}

pub(super) fn of_lines(head: &[ExportLine<'_>]) -> Option<Database> {
    Database::ALL.into_iter().find(|database| database.is_of(head))
}

impl Database {
    const ALL: [Self; 6] =
        [Self::ProQuest, Self::Nexis, Self::NexisUni, Self::FactivaFields, Self::Factiva, Self::Europresse];

    fn is_of(self, head: &[ExportLine<'_>]) -> bool {
        match self {
            Self::Nexis => nexis::is(head),
            Self::NexisUni => nexis_uni::is(head),
            Self::ProQuest => proquest::is(head),
            Self::FactivaFields => factiva::has_fields(head),
            Self::Factiva => factiva::is(head),
            Self::Europresse => europresse::is(head),
        }
    }

    /// Where the articles of a text begin, in bytes.
    pub(in crate::source) fn starts(self, text: &str) -> Vec<usize> {
        let lines = lines(text, 1);
        self.first_lines(&lines).into_iter().map(|first| lines[first].at).collect()
    }

    /// The first line of each article.
    fn first_lines(self, lines: &[ExportLine<'_>]) -> Vec<usize> {
        match self {
            Self::Nexis => nexis::starts(lines),
            Self::NexisUni => nexis_uni::starts(lines),
            Self::ProQuest => proquest::starts(lines),
            Self::FactivaFields => factiva::field_starts(lines),
            Self::Factiva => factiva::starts(lines),
            Self::Europresse => europresse::starts(lines),
        }
    }

    pub(super) fn read(self, article: &[ExportLine<'_>]) -> Exported {
        match self {
            Self::Nexis => nexis::read(article),
            Self::NexisUni => nexis_uni::read(article),
            Self::ProQuest => proquest::read(article),
            Self::FactivaFields => factiva::read_fields(article),
            Self::Factiva => factiva::read(article),
            Self::Europresse => europresse::read(article),
        }
    }

    /// The lines of each article.
    pub(super) fn articles(self, lines: &[ExportLine<'_>]) -> Vec<Range<usize>> {
        let starts = self.first_lines(lines);
        let ends: Vec<usize> = starts.iter().skip(1).copied().chain([lines.len()]).collect();
        starts.into_iter().zip(ends).map(|(start, end)| start..end).collect()
    }
}

/// Whether a line is a field above a text, such as `Ressort: Politik`.
pub(in crate::source) fn is_head_field(line: &str) -> bool {
    labels::named(line).is_some_and(|(field, _)| field.is_above())
}
