//! `dateline check`: is the archive what was written, and does it cite what is there?

use dateline::engine::{CheckProgress, check};
use dateline::render::{checkup, json};

use super::index::progress_bar;
use super::{Format, Outcome, Output, Site};

/// Flags of `dateline check`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Check the index alone: read no source file
    #[arg(long)]
    no_sources: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Prints what was found; damage and drift are a no.
pub(crate) fn run(args: &Args, site: &Site, out: &mut Output) -> anyhow::Result<Outcome> {
    let bar = progress_bar();
    let found = check(site.folder("check")?, !args.no_sources, &|progress: CheckProgress| {
        bar.set_length(progress.bytes);
        bar.set_position(progress.bytes_done);
        bar.set_message(format!("{} of {} articles", progress.articles_done, progress.articles));
    });
    bar.finish_and_clear();
    let found = found?;
    match args.format {
        Format::Text => out.print(&checkup::text(&found, out.screen()))?,
        Format::Json => out.print(&json::line(&found))?,
    }
    Ok(if found.well { Outcome::Done } else { Outcome::No })
}
