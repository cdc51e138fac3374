//! What an archive spans, where no article of it is in the dates asked for.

use super::backend::Backend;
use super::lexicon::ArchiveWords;
use super::listing::tally;
use super::plan::Plan;
use crate::article::day_of;
use crate::error::Result;
use crate::matching::compile;
use crate::query::tree::Node;
use crate::query::{DateFilter, DateRange, Weights};

/// The note for a range of dates that no article lies in; none where one does, or where no time is in the range at all.
pub(super) fn vacant<B: Backend>(backend: &B, range: DateRange) -> Result<Option<String>> {
    if range.is_open() || range.is_empty() {
        return Ok(None);
    }
    let compiled = compile(&Node::default(), backend.analyzer(), &ArchiveWords::of(backend))?;
    let (found, articles) = (backend.look_up(&compiled.atoms)?, backend.collection().articles);
    let dates = DateFilter { within: range, ..DateFilter::default() };
    let plan = Plan::new(compiled, 0, dates, (found, articles), Weights::default());
    if tally(backend, &plan)?.kept > 0 {
        return Ok(None);
    }
    Ok(Some(match backend.span()? {
        Some((first, last)) => format!(
            "no article is dated {}; the archive's dates run from {} to {}",
            range.named(),
            day_of(first),
            day_of(last)
        ),
        None => "no article of the archive has a date".to_owned(),
    }))
}
