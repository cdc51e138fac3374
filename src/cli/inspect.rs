//! `dateline inspect`: what extraction makes of a file, without an index.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use dateline::analysis::Language;
use dateline::error::{Error, Result};
use dateline::extract::{Stated, extract_with};
use dateline::overrides::Met;
use dateline::render::Format;
use dateline::render::inspect;
use dateline::source::{Chunks, RawRecord, STDIN, open_each, packed_above};

use super::reading::ReadArgs;
use super::stating::StatingArgs;
use super::{Outcome, Output, choices};

/// Flags of `dateline inspect`.
#[derive(clap::Args)]
pub(crate) struct InspectArgs {
    /// The file, in any form that `dateline index` reads; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How to print
    #[arg(long, value_parser = choices::format(FORMATS), default_value = "text")]
    format: Format,
    /// Only the Nth record of a file of several, counted from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    record: Option<u32>,
    /// The indexed folder, from which the paths of --fields and --pattern count [default: the current folder]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// The language of texts that state none, by name or ISO code (de), or none
    #[arg(long, value_name = "LANG", default_value_t)]
    language: Language,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    stating: StatingArgs,
}

const FORMATS: &[(Format, &str)] = &[
    (Format::Text, "For people: every line with what became of it, then the fields with their evidence"),
    (Format::Json, "One object a record, one record a line"),
];

/// What was printed so far.
struct InspectTally {
    outcome: Outcome,
    shown: usize,
    /// Records that hold no article.
    skipped: u64,
}

/// Prints what extraction makes of the file's records; a record that cannot be read is told, and the rest goes on. So are
/// the files in a packed folder.
pub(crate) fn run(args: &InspectArgs, out: &mut Output) -> anyhow::Result<Outcome> {
    let overrides = args.stating.overrides()?;
    let (mut met, mut failed) = (Met::default(), None);
    let mut tally = InspectTally { outcome: Outcome::Done, shown: 0, skipped: 0 };
    let beside = open_each(&args.file, &args.read.options(), &mut |path, chunks| {
        let below = below(path, args.root.as_deref());
        let read = below.map_err(Into::into).and_then(|below| {
            let stated = overrides.of(&below, &mut met);
            match each_record(args, (path, chunks), &stated, &mut tally, out)? {
                Err(error) if path != args.file => tally.tell(&error, out),
                read => read?,
            }
            Ok(())
        });
        failed = read.err();
        if failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    let file = args.file.display();
    if args.stating.speaks_of_paths() && met.is_empty() {
        let below = below(&args.file, args.root.as_deref())?;
        out.tell(&format!("{below}: no such path in --fields or --pattern; name the indexed folder with --root DIR"));
    }
    beside.iter().for_each(|said| out.tell(said));
    if tally.skipped > 0 && args.record.is_none() {
        let records = if tally.skipped == 1 { "record holds" } else { "records hold" };
        out.tell(&format!("{file}: {} {records} no article (requests, redirects, pictures, …)", tally.skipped));
    }
    if let Some(number) = args.record.filter(|_| tally.shown == 0 && tally.outcome == Outcome::Done) {
        out.tell(&format!(
            "dateline: {file}: no article is record {number}; records count from 1, see them all without --record"
        ));
        return Ok(Outcome::Failed);
    }
    Ok(tally.outcome)
}

impl InspectTally {
    fn tell(&mut self, error: &Error, out: &Output) {
        out.tell(&format!("dateline: {error}"));
        if !error.is_nothing() {
            self.outcome = Outcome::Failed;
        }
    }
}

/// Prints the records of one file; the error of the file is the inner one.
fn each_record(
    args: &InspectArgs,
    (path, chunks): (&Path, Result<Chunks>),
    stated: &Stated,
    tally: &mut InspectTally,
    out: &mut Output,
) -> anyhow::Result<Result<()>> {
    let chunks = match chunks {
        Ok(chunks) => chunks,
        Err(error) => return Ok(Err(error)),
    };
    for chunk in chunks {
        let chunk = match chunk {
            Ok(chunk) => chunk,
            Err(error) => return Ok(Err(error)),
        };
        if args.record.is_some_and(|wanted| wanted < chunk.first_record) {
            break;
        }
        tally.skipped += u64::from(chunk.skipped);
        for (record, number) in chunk.records().zip(chunk.numbers()) {
            if args.record.is_some_and(|wanted| wanted != number) {
                continue;
            }
            match record {
                Ok(record) => {
                    print(args, (path, &record), stated, tally.shown, out)?;
                    tally.shown += 1;
                }
                Err(error) => tally.tell(&error, out),
            }
        }
    }
    Ok(Ok(()))
}

/// The file's path below the indexed folder; its name where it stands elsewhere and no folder was named.
fn below(file: &Path, root: Option<&Path>) -> Result<String> {
    if file == Path::new(STDIN) {
        return Ok(STDIN.to_owned());
    }
    let text = file.to_string_lossy();
    if let Some(folder) = packed_above(&text).filter(|folder| Path::new(folder).is_file()) {
        return below(Path::new(folder), root).map(|below| below + &text[folder.len()..]);
    }
    let folder = root.unwrap_or(Path::new("."));
    let place = folder.canonicalize().map_err(|e| Error::read(folder, e))?;
    let name = file.file_name().map_or(file, Path::new);
    let holder = file.parent().filter(|holder| !holder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // a link is the file that it is in its folder, as `dateline index` has it
    let path = holder.canonicalize().map_err(|e| Error::read(file, e))?.join(name);
    let below = match (path.strip_prefix(&place), root) {
        (Ok(below), _) => below,
        (Err(_), None) => name,
        (Err(_), Some(root)) => {
            let what = format!("not in {}", root.display());
            return Err(Error::input(file.display().to_string(), what, "name the folder that holds it with --root"));
        }
    };
    let names: Vec<String> = below.iter().map(|name| name.to_string_lossy().into_owned()).collect();
    Ok(names.join("/"))
}

fn print(
    args: &InspectArgs,
    (path, record): (&Path, &RawRecord<'_>),
    stated: &Stated,
    shown: usize,
    out: &mut Output,
) -> anyhow::Result<()> {
    let extraction = extract_with(record, stated, args.language);
    let path = path.display().to_string();
    match args.format {
        Format::Json => out.print(&inspect::json(&path, record, &extraction)),
        _ => {
            let gap = if shown > 0 { "\n" } else { "" };
            out.print(&format!("{gap}{}", inspect::text(&path, record, &extraction, out.screen())))
        }
    }
}
