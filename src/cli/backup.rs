//! `dateline backup`: a copy of the index as of its last commit.

use std::path::PathBuf;

use dateline::engine::backup;
use dateline::render::{grouped, terminal::escape};

use super::progress::{progress_bar, show_bytes};
use super::{Outcome, Output, Site};

/// Names of what else lies in the folder that are told.
const NAMED: usize = 10;

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
    let (files, bytes, to) = (grouped(made.files), grouped(made.bytes), args.to.display().to_string());
    out.print(&match made.was_there {
        false => format!("copied {files} files, {bytes} bytes, to {}\n", escape(&to)),
        true => format!(
            "nothing to copy: {} holds this commit already, {files} files, {bytes} bytes, which are as they were written\n",
            escape(&to)
        ),
    })?;
    if !made.others.is_empty() {
        let more = if made.others.len() > NAMED { ", …" } else { "" };
        let names = made.others.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        out.tell(&format!("warning: {to}: what else lies there is no part of the copy: {names}{more}"));
    }
    Ok(Outcome::Done)
}
