//! `dateline backup`: a copy of the index as of its last commit.

use std::path::PathBuf;

use dateline::engine::backup;
use dateline::render::{grouped, terminal::escape};

use super::progress::{progress_bar, show_bytes};
use super::{Outcome, Output, Site};

/// Flags of `dateline backup`.
#[derive(clap::Args)]
pub(crate) struct BackupArgs {
    /// The folder of the copy: a new one, or an empty one
    #[arg(value_name = "DIR")]
    to: PathBuf,
}

/// Copies the index, also while it is written.
pub(crate) fn run(args: &BackupArgs, site: &Site, out: &mut Output) -> anyhow::Result<Outcome> {
    let bar = progress_bar();
    let made = backup(site.folder("backup")?, &args.to, &|done, all| {
        show_bytes(&bar, all, done, "copying".to_owned());
    });
    bar.finish_and_clear();
    let made = made?;
    let (files, bytes) = (grouped(made.files), grouped(made.bytes));
    out.print(&format!("copied {files} files, {bytes} bytes, to {}\n", escape(&args.to.display().to_string())))?;
    Ok(Outcome::Done)
}
