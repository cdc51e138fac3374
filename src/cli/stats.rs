//! `dateline stats` and `dateline outlets`: what the archive holds, in numbers.

use dateline::render::Format;
use dateline::render::{json, stats};

use super::choices::text_or_json;
use super::{Outcome, Output, Site};

/// Flags of `dateline stats` and `dateline outlets`.
#[derive(clap::Args)]
pub(crate) struct StatsArgs {
    /// How to print
    #[arg(long, value_parser = text_or_json(), default_value = "text")]
    format: Format,
}

/// Prints the numbers.
pub(crate) fn run(args: &StatsArgs, site: &Site, out: &mut Output) -> anyhow::Result<Outcome> {
    let told = site.open()?.stats()?;
    match args.format {
        Format::Json => out.print(&json::line(&told))?,
        _ => out.print(&stats::text(&told, out.screen()))?,
    }
    Ok(Outcome::Done)
}

/// Prints the outlets, those with the most articles first.
pub(crate) fn outlets(args: &StatsArgs, site: &Site, out: &mut Output) -> anyhow::Result<Outcome> {
    let outlets = site.open()?.outlets()?;
    if outlets.is_empty() {
        out.tell("no article of this archive has an outlet");
        return Ok(Outcome::No);
    }
    match args.format {
        Format::Json => out.print(&json::line(&outlets))?,
        _ => out.print(&stats::outlets(&outlets, out.screen()))?,
    }
    Ok(Outcome::Done)
}
