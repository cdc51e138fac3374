//! `dateline index`: folders and files -> the index, and the report.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use dateline::analysis::Language;
use dateline::engine::{LocalUpdate, Update};
use dateline::index::WriterOptions;
use dateline::ingest::{self, IngestOptions, Progress};
use dateline::render::{json, report};
use dateline::report::Report;
use dateline::source::Limits;
use indicatif::{HumanBytes, ProgressBar, ProgressStyle};

use super::{Format, Outcome, Output};

/// Flags of `dateline index`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folders and files of articles: plain text and JSON lines
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The language of the articles, by name or ISO code (de), or none; chosen when the index is made [default: english]
    #[arg(long, value_name = "LANG")]
    language: Option<Language>,
    /// The longest record: bytes, or with k, M or G
    #[arg(long, default_value = "64M", value_parser = parse_bytes, value_name = "BYTES")]
    max_record: u64,
    /// Memory of the indexing threads: bytes, or with k, M or G
    #[arg(long, default_value = "512M", value_parser = parse_bytes, value_name = "BYTES")]
    memory: u64,
    /// Threads that extract and threads that index, each; all cores where not given
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// How to print the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Brings the index up to date and prints the report.
pub(crate) fn run(args: &Args, index: &Path, out: &mut Output) -> anyhow::Result<Outcome> {
    let defaults = WriterOptions::default();
    let threads = args.threads.unwrap_or(defaults.threads).clamp(1, 64);
    let memory = usize::try_from(args.memory)?;
    let mut update = LocalUpdate::open(index, WriterOptions { threads, memory, language: args.language })?;
    let options = IngestOptions { limits: Limits { max_record: args.max_record }, threads };
    let bar = progress_bar();
    let report = ingest::run(&mut update, &args.paths, &options, &|progress| show(&bar, progress));
    bar.finish_and_clear();
    let report = report?;
    update.close()?;
    tell_troubles(&report, out);
    match args.format {
        Format::Text => out.print(&report::text(&report, out.screen()))?,
        Format::Json => out.print(&json::line(&report))?,
    }
    Ok(if report.has_failures() { Outcome::Failed } else { Outcome::Done })
}

fn progress_bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {msg} {eta}") {
        bar.set_style(style);
    }
    bar
}

fn show(bar: &ProgressBar, progress: Progress) {
    bar.set_length(progress.bytes);
    bar.set_position(progress.bytes_done);
    bar.set_message(format!("{} articles", progress.articles));
}

fn tell_troubles(report: &Report, out: &Output) {
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
}

fn parse_bytes(text: &str) -> Result<u64, String> {
    let (digits, unit) = match text.find(|c: char| !c.is_ascii_digit()) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let scale: u64 = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        _ => return Err(format!("unknown unit {unit:?}; write bytes, or a number with k, M or G")),
    };
    let number: u64 = digits.parse().map_err(|_| "write bytes, or a number with k, M or G".to_owned())?;
    let bytes = number.checked_mul(scale).filter(|&b| b > 0);
    bytes.ok_or_else(|| format!("{} is out of range", HumanBytes(number)))
}

#[cfg(test)]
mod tests {
    use super::parse_bytes;

    #[test]
    fn sizes_are_bytes_or_carry_a_unit() {
        assert_eq!(parse_bytes("64M"), Ok(64_000_000));
        assert_eq!(parse_bytes("1000"), Ok(1000));
        assert_eq!(parse_bytes("2gb"), Ok(2_000_000_000));
        for bad in ["", "0", "M", "1x", "-1", "99999999999G"] {
            assert!(parse_bytes(bad).is_err(), "{bad}");
        }
    }
}
