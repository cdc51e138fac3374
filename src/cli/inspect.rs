//! `dateline inspect`: what extraction makes of a file, without an index.

use std::path::PathBuf;

use clap::ValueEnum;
use dateline::extract::extract;
use dateline::render::inspect;
use dateline::source::{RawRecord, open};

use super::reading::ReadArgs;
use super::{Outcome, Output};

/// Flags of `dateline inspect`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The file, in any form that `dateline index` reads; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Only the Nth record of a file of several, counted from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    record: Option<u32>,
    #[command(flatten)]
    read: ReadArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people: every line with what became of it, then the fields with their evidence
    Text,
    /// One object a record, one record a line
    Json,
}

/// Prints what extraction makes of the file's records; a record that cannot be read is told, and the rest goes on.
pub(crate) fn run(args: &Args, out: &mut Output) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Done;
    let mut shown = 0;
    let mut skipped = 0;
    for chunk in open(&args.file, &args.read.options())? {
        let chunk = chunk?;
        if args.record.is_some_and(|wanted| wanted < chunk.first_record) {
            break;
        }
        skipped += u64::from(chunk.skipped);
        for (record, number) in chunk.records().zip(chunk.numbers()) {
            if args.record.is_some_and(|wanted| wanted != number) {
                continue;
            }
            match record {
                Ok(record) => {
                    print(args, &record, shown, out)?;
                    shown += 1;
                }
                Err(error) => {
                    out.tell(&format!("dateline: {error}"));
                    outcome = Outcome::Failed;
                }
            }
        }
    }
    if skipped > 0 && args.record.is_none() {
        let file = args.file.display();
        let records = if skipped == 1 { "record holds" } else { "records hold" };
        out.tell(&format!("{file}: {skipped} {records} no article (requests, redirects, pictures, …)"));
    }
    if let Some(number) = args.record.filter(|_| shown == 0 && outcome == Outcome::Done) {
        let file = args.file.display();
        out.tell(&format!(
            "dateline: {file}: no article is record {number}; records count from 1, see them all without --record"
        ));
        return Ok(Outcome::Failed);
    }
    Ok(outcome)
}

fn print(args: &Args, record: &RawRecord<'_>, shown: usize, out: &mut Output) -> anyhow::Result<()> {
    let extraction = extract(record);
    let path = args.file.display().to_string();
    match args.format {
        Format::Text => {
            let gap = if shown > 0 { "\n" } else { "" };
            out.print(&format!("{gap}{}", inspect::text(&path, record, &extraction, out.screen())))
        }
        Format::Json => out.print(&inspect::json(&path, record, &extraction)),
    }
}
