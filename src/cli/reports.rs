//! Reports of what was indexed, and of what went wrong.

use dateline::render::{Format, json, report};
use dateline::report::Report;

use super::Output;

/// Prints a report, what went wrong beside it.
pub(super) fn print(report: &Report, format: Format, out: &mut Output) -> anyhow::Result<()> {
    tell_troubles(report, out);
    match format {
        Format::Json => out.print(&json::line(report)),
        _ => out.print(&report::text(report, out.screen())),
    }
}

pub(super) fn tell_troubles(report: &Report, out: &Output) {
    for warning in &report.first_warnings {
        out.tell(&format!("warning: {warning}"));
    }
    let untold = report.warnings - report.first_warnings.len() as u64;
    if untold > 0 {
        out.tell(&format!("warning: {untold} more; `dateline inspect FILE` shows them"));
    }
    for failure in &report.failures {
        out.tell(&format!("dateline: {}", failure.message));
    }
    if report.more_failures > 0 {
        let more = report.more_failures;
        out.tell(&format!("dateline: {more} more failed; `dateline index PATH --failures FILE` writes all of them"));
    }
}
