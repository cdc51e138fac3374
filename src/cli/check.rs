//! `dateline check`: is the archive what was written, and does it cite what is there?

use dateline::checkup::{Finding, FindingKind};
use dateline::engine::{CheckProgress, check};
use dateline::render::Format;
use dateline::render::hits::count;
use dateline::render::{checkup, grouped, json};

use super::choices::text_or_json;
use super::progress::{progress_bar, show_bytes};
use super::{Outcome, Output, Site, limits};

/// Flags of `dateline check`.
#[derive(clap::Args)]
pub(crate) struct CheckArgs {
    /// Check the index alone: read no source file
    #[arg(long)]
    no_sources: bool,
    /// How to print
    #[arg(long, value_parser = text_or_json(), default_value = "text")]
    format: Format,
}

/// Prints what was found; damage and drift are a no.
pub(crate) fn run(args: &CheckArgs, site: &Site, out: &mut Output) -> anyhow::Result<Outcome> {
    let bar = progress_bar();
    bar.set_message("verifying checksums");
    let dir = site.folder("check")?;
    limits::enough_to_read(dir)?;
    let found = check(dir, !args.no_sources, &|progress: CheckProgress| {
        let message = format!("{} of {} articles", grouped(progress.articles_done), grouped(progress.articles));
        // the articles come first, and the files they cite after them
        let bytes = if progress.bytes_done > 0 { progress.bytes } else { 0 };
        show_bytes(&bar, bytes, progress.bytes_done, message);
    });
    bar.finish_and_clear();
    let mut found = found?;
    found.findings.iter_mut().for_each(|finding| finding.way_out = out.advice(&finding.way_out));
    match args.format {
        Format::Json => out.print(&json::line(&found))?,
        _ => out.print(&checkup::text(&found, out.screen()))?,
    }
    let unread = found.findings.iter().filter(|finding| finding.kind == FindingKind::Unreadable);
    if let Some(first) = unread.clone().next() {
        let count = count(unread.count() as u64, "file");
        let Finding { path, what, way_out, .. } = first;
        out.tell(&format!("dateline: the check is not complete for {count}, first {path}: {what}; {way_out}"));
    }
    Ok(match (found.well, found.is_complete()) {
        (true, _) => Outcome::Done,
        (_, true) => Outcome::No,
        _ => Outcome::Failed,
    })
}
