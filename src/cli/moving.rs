//! Roots that leave the archive.

use std::path::PathBuf;

use dateline::engine::Update;
use dateline::ingest;
use dateline::report::Report;

/// Flags of `dateline index` for roots that are no longer where they were.
#[derive(clap::Args)]
pub(super) struct MovingArgs {
    /// Take everything at or below ROOT out of the archive, whether or not it is still there; may be given several times
    ///
    /// Done before any PATH is read, of which none need be named. `-` stands for all that came by standard input.
    #[arg(long, value_name = "ROOT")]
    forget: Vec<PathBuf>,
}

impl MovingArgs {
    /// Does what is to be done before anything is read; tells what was forgotten, where something was to be.
    pub(super) fn settle<U: Update>(&self, update: &mut U) -> anyhow::Result<Option<Report>> {
        let forgotten = (!self.forget.is_empty()).then(|| ingest::forget(update, &self.forget));
        Ok(forgotten.transpose()?)
    }

    /// The same in an archive that others open afterwards.
    pub(super) fn settle_first<U: Update>(
        &self,
        open: &dyn Fn() -> dateline::Result<U>,
    ) -> anyhow::Result<Option<Report>> {
        if self.forget.is_empty() {
            return Ok(None);
        }
        let mut update = open()?;
        let forgotten = self.settle(&mut update)?;
        update.close()?;
        Ok(forgotten)
    }
}
