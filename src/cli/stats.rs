//! `dateline stats` and `dateline outlets`: what the archive holds, in numbers.

use std::path::Path;

use dateline::render::{json, stats};

use super::{Format, Outcome, Output, open_engine};

/// Flags of `dateline stats` and `dateline outlets`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Prints the numbers.
pub(crate) fn run(args: &Args, index: &Path, out: &mut Output) -> anyhow::Result<Outcome> {
    let told = open_engine(index)?.stats()?;
    match args.format {
        Format::Text => out.print(&stats::text(&told, out.screen()))?,
        Format::Json => out.print(&json::line(&told))?,
    }
    Ok(Outcome::Done)
}

/// Prints the outlets, those with the most articles first.
pub(crate) fn outlets(args: &Args, index: &Path, out: &mut Output) -> anyhow::Result<Outcome> {
    let outlets = open_engine(index)?.outlets()?;
    if outlets.is_empty() {
        out.tell("no article of this archive has an outlet");
        return Ok(Outcome::No);
    }
    match args.format {
        Format::Text => out.print(&stats::outlets(&outlets, out.screen()))?,
        Format::Json => out.print(&json::line(&outlets))?,
    }
    Ok(Outcome::Done)
}
