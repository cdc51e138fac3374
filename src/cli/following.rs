//! `dateline index --watch`: the first report, then a line a batch, until ctrl-c.

use std::path::PathBuf;

use dateline::Result;
use dateline::engine::Update;
use dateline::ingest::watch::{News, WatchOptions, watch};
use dateline::ingest::{IngestOptions, Stop};
use dateline::render::Format;
use dateline::render::{hits::count, report};
use jiff::{Timestamp, Unit};

use super::progress::{progress_bar, show};
use super::reports::{print, tell_troubles};
use super::{Outcome, Output};

/// The status of a process that ctrl-c ended at once.
const INTERRUPTED: i32 = 130;

/// Brings the index up to date, then follows the paths; fails where something below them has failed at the end.
pub(crate) fn run<U: Update>(
    paths: &[PathBuf],
    format: Format,
    open: &dyn Fn() -> Result<U>,
    options: &IngestOptions,
    watching: &WatchOptions,
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    heed_signals(options.stop.clone())?;
    let bar = progress_bar();
    bar.set_message("opening the index");
    let mut closed = None;
    let well = watch(open, paths, options, watching, &|progress| show(&bar, progress), &mut |news| {
        bar.finish_and_clear();
        let is_first = matches!(news, News::First(_));
        if let Err(error) = tell(news, format, out) {
            // nobody reads the reports any more
            closed = Some(error);
            options.stop.set();
        }
        if is_first && !options.stop.is_set() {
            let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
            out.tell(&format!("watching {}; ctrl-c ends", paths.join(", ")));
        }
    });
    bar.finish_and_clear();
    match closed {
        Some(error) => Err(error),
        None => Ok(if well? { Outcome::Done } else { Outcome::Failed }),
    }
}

/// Ctrl-c and the like end the run when what is under way was written; a second time at once, which loses no more than a
/// kill does.
fn heed_signals(stop: Stop) -> anyhow::Result<()> {
    let handler = move || {
        if stop.is_set() {
            std::process::exit(INTERRUPTED);
        }
        stop.set();
    };
    Ok(ctrlc::set_handler(handler)?)
}

fn tell(news: News, format: Format, out: &mut Output) -> anyhow::Result<()> {
    match news {
        News::First(report) => {
            print(&report, format, out)?;
            out.finish()?;
        }
        News::Batch(report) => {
            match format {
                Format::Json => print(&report, format, out)?,
                _ => tell_troubles(&report, out),
            }
            out.finish()?;
            out.tell(&format!("{}  {}", now(), report::line(&report)));
        }
        News::Waiting(holder) => {
            out.tell(&format!("another dateline is writing to this index{holder}; the batch waits for it to end"));
        }
        News::Full(error) => out.tell(&format!("dateline: {error}; the batch waits for room")),
        News::Lost(root) => out.tell(&format!(
            "{}: no longer there: its articles stay, and it is followed again when it comes back",
            root.display()
        )),
        News::Moved(root, place) => out.tell(&format!(
            "{}: leads to {} now, with the same articles: they keep their ids",
            root.display(),
            place.display()
        )),
        News::Polling(why, every) => out.tell(&format!(
            "warning: {why}; all files are looked at every {} instead; --poll sets how often",
            count(every.as_secs(), "second")
        )),
        News::BrokenOff(left) => {
            out.tell(&format!("broken off with {} still to be read; run again to read them", count(left, "file")));
        }
    }
    Ok(())
}

/// The time, to the second.
fn now() -> Timestamp {
    let now = Timestamp::now();
    now.round(Unit::Second).unwrap_or(now)
}
