//! `dateline index`: folders and files -> the index, and the report.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::ArgMatches;
use clap::parser::ValueSource;
use dateline::analysis::Language;
#[cfg(feature = "opensearch")]
use dateline::engine::remote::{Layout, RemoteOptions, RemoteUpdate};
use dateline::engine::{LocalUpdate, Update};
use dateline::index::WriterOptions;
use dateline::ingest::watch::WatchOptions;
use dateline::ingest::{self, IngestOptions, Stop};
use dateline::overrides::FileChoice;
use dateline::render::Format;
use dateline::report::{FailureLog, Report};

use super::choices::text_or_json;
use super::limits::{self, within_limit};
use super::moving::MovingArgs;
use super::progress::{progress_bar, show, spin};
use super::reading::{MEMORY, ReadArgs, parse_bytes};
use super::reports::print;
use super::site::LONGEST_WAIT;
use super::stating::StatingArgs;
use super::{Outcome, Output, Site, apart, following};

/// Flags of `dateline index`.
#[derive(clap::Args)]
pub(crate) struct IndexArgs {
    /// Folders and files of articles in any form, compressed or not; `-` reads one from standard input
    ///
    /// What comes by standard input is added to the archive: a record that brings the id of one that came that way
    /// before replaces it, others stay, and the same bytes again change nothing. Records without an id are stdin#1,
    /// stdin#2, …; those of a later run stdin~2#1, …
    ///
    /// Files that are snapshots of one feed (RSS, RDF, Atom; the same id or address) are one feed: an item, by its guid or
    /// id, counts as its newest snapshot has it, by the date that the feed states, else by its path. Standard input is apart
    /// from that.
    #[arg(required_unless_present_any = ["compact", "forget"], value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Merge the index into one piece without what was replaced and removed, after indexing if paths are given
    #[arg(long)]
    compact: bool,
    #[command(flatten)]
    moving: MovingArgs,
    #[command(flatten)]
    read: ReadArgs,
    /// The language of the articles, by name or ISO code (de), or none; chosen when the index is made [default: english]
    #[arg(long, value_name = "LANG")]
    language: Option<Language>,
    /// Whether the language is that of a file of settings, which counts for a new index only.
    #[arg(skip)]
    language_is_set: bool,
    /// Memory that indexing may take: bytes, or with k, M or G (512M is 512 MiB). Below 128M it takes some 120 MiB on one thread
    /// all the same, and 240 on two
    ///
    /// One record may take two thirds of it: five times its bytes, 200 for each line and 360 for each start tag. What would
    /// take more has failed, says what it needs, and is read again by the next run.
    #[arg(long, default_value = MEMORY, value_parser = parse_bytes, value_name = "BYTES")]
    memory: u64,
    /// Seconds after which what was read of whole files is made to count; a run that is killed loses no more
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    commit_every: u64,
    /// Go on after that: follow the paths, and bring what changes into the index until ctrl-c
    ///
    /// A batch begins when nothing has changed for --settle seconds, at the latest after --commit-every; only what changed
    /// is read, and a line on stderr says what it did. The index is locked only while a batch is written. Files that
    /// flags name, such as that of --fields, are read once, at the start.
    #[arg(long, requires = "paths", conflicts_with = "compact")]
    watch: bool,
    /// With --watch: seconds without a change after which a batch begins
    #[arg(long, default_value = "2", value_parser = seconds, value_name = "SECONDS", requires = "watch")]
    settle: Duration,
    /// With --watch: look for changes every so many seconds, where the system cannot tell of them, as on network disks
    #[arg(long, value_parser = seconds, value_name = "SECONDS", requires = "watch")]
    poll: Option<Duration>,
    /// Take a folder that holds no article any more for empty on purpose and remove those it had; else its disk may be away,
    /// and nothing is removed
    #[arg(long)]
    allow_empty: bool,
    /// Read every file again, also those that are as they were
    #[arg(long, requires = "paths")]
    reread: bool,
    /// Leave out what matches, such as 'drafts/**' or '**/*.bak'; repeatable
    ///
    /// Globs on the path below the named folder (of a file that is named itself, on its name): * stands for any
    /// characters of a name, **/ for any folders, ** also for /; drafts/ is all that is in the folder. What is left out
    /// is as if it were not there: articles that the index has of it are removed, but not all of a folder without
    /// --allow-empty. It goes before --include.
    #[arg(long, value_name = "GLOB", requires = "paths")]
    exclude: Vec<String>,
    /// Read only what matches one of these, such as '**/*.html'; repeatable, globs as those of --exclude
    ///
    /// All else is as if it were not there: articles that the index has of it are removed.
    #[arg(long, value_name = "GLOB", requires = "paths")]
    include: Vec<String>,
    /// Write all that failed in what is read to this file, a line each; the report tells the first hundred of a file
    #[arg(long, value_name = "FILE", requires = "paths")]
    failures: Option<PathBuf>,
    /// Threads that extract and threads that index, each; all cores where not given
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Pieces that a new index on a cluster is divided into
    #[arg(long, default_value_t = 1, value_name = "N", hide_short_help = true)]
    shards: u32,
    /// Copies of each piece beside the first, of a new index on a cluster
    #[arg(long, default_value_t = 1, value_name = "N", hide_short_help = true)]
    replicas: u32,
    /// How to print the report
    #[arg(long, value_parser = text_or_json(), default_value = "text")]
    format: Format,
    #[command(flatten)]
    stating: StatingArgs,
}

impl IndexArgs {
    /// Takes notice of what was typed and what a file of settings says.
    pub(crate) fn settle(&mut self, innermost: &ArgMatches) {
        self.language_is_set = innermost.value_source("language") == Some(ValueSource::DefaultValue);
    }

    /// The language that is asked for, and that of an index which is made otherwise.
    fn languages(&self) -> (Option<Language>, Language) {
        (self.language.filter(|_| !self.language_is_set), self.language.unwrap_or_default())
    }
}

/// Brings the index up to date and prints the report.
pub(crate) fn run(args: &IndexArgs, site: &Site, out: &mut Output) -> anyhow::Result<Outcome> {
    let defaults = WriterOptions::default();
    let threads = args.threads.unwrap_or(defaults.threads).clamp(1, limits::MOST_THREADS);
    let memory = within_limit(args.memory, threads, out)?;
    let overrides = args.stating.overrides()?;
    let commit_every = Duration::from_secs(args.commit_every);
    let options = IngestOptions {
        read: args.read.options(),
        overrides,
        choice: FileChoice::new(&args.include, &args.exclude)?,
        reread: args.reread,
        threads,
        memory,
        commit_every,
        allow_empty: args.allow_empty,
        stop: Stop::default(),
        failures: failure_log(args, site)?,
    };
    let (language, new_language) = args.languages();
    #[cfg(feature = "opensearch")]
    if let Some((address, access)) = site.remote()? {
        let IndexArgs { shards, replicas, .. } = *args;
        let layout = Layout { shards, replicas, language, new_language };
        let sending = RemoteOptions { threads, memory, layout };
        let open = || RemoteUpdate::open(address.clone(), access.clone(), sending);
        return bring_up_to_date(&open, None, args, &options, out);
    }
    let folder = site.folder("this")?;
    // what is only forgotten or compacted is there
    let may_make = !args.paths.is_empty();
    let open = || LocalUpdate::open(folder, WriterOptions { threads, memory, language, new_language, may_make });
    bring_up_to_date(&open, Some(folder), args, &options, out)
}

/// `folder` is the index's own, which is not followed.
fn bring_up_to_date<U: Update>(
    open: &dyn Fn() -> dateline::Result<U>,
    folder: Option<&Path>,
    args: &IndexArgs,
    options: &IngestOptions,
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    if args.watch {
        if let Some(forgotten) = args.moving.settle_first(open, &args.paths, out)? {
            print(&forgotten, args.format, out)?;
        }
        let index = folder.map(Path::to_path_buf);
        let watch = WatchOptions { settle: args.settle, poll: args.poll, index };
        return following::run(&args.paths, args.format, open, options, &watch, out);
    }
    let bar = progress_bar();
    bar.set_message("opening the index");
    let mut update = open()?;
    let forgotten = bar.suspend(|| args.moving.settle(&mut update, &args.paths, out))?;
    if args.paths.is_empty() && forgotten.is_none() {
        bar.set_message("compacting");
        update.compact()?;
        bar.finish_and_clear();
        match args.format {
            Format::Json => print(&Report::default(), args.format, out)?,
            _ => out.print("compacted: one piece, without what was replaced and removed\n")?,
        }
        return Ok(Outcome::Done);
    }
    let mut report = match args.paths.is_empty() {
        true => ingest::run_freed(&mut update, options, &|progress| show(&bar, progress))?,
        false => ingest::run(&mut update, &args.paths, options, &|progress| show(&bar, progress))?,
    };
    forgotten.iter().for_each(|forgotten| report.join(forgotten));
    spin(&bar, if args.compact { "compacting" } else { "merging what was written" });
    let closed = if args.compact { update.compact() } else { update.close() };
    bar.finish_and_clear();
    print(&report, args.format, out)?;
    if let Some(file) = &args.failures {
        options.failures.finish().map_err(|e| dateline::Error::write(file, e))?;
    }
    if args.compact && matches!(closed, Err(dateline::Error::Damaged { .. })) {
        out.tell("dateline: nothing was compacted; what this run read counts all the same");
    }
    closed?;
    Ok(match report.roots_unknown {
        _ if report.has_failures() => Outcome::Failed,
        0 => Outcome::Done,
        _ => Outcome::No,
    })
}

/// Where all failures are written.
fn failure_log(args: &IndexArgs, site: &Site) -> anyhow::Result<FailureLog> {
    let Some(file) = &args.failures else { return Ok(FailureLog::default()) };
    let articles = args.paths.iter().map(|path| ("the articles of", path.as_path()));
    let read: Vec<_> = articles.chain([("the index", site.index.as_path())]).collect();
    apart::refuse("--failures", file, &read)?;
    let opened = File::create(file).map_err(|e| dateline::Error::write(file, e))?;
    Ok(FailureLog::to(BufWriter::new(opened)))
}

/// Seconds, perhaps with a fraction; a clock counts no further than some years ahead.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let seconds = seconds.filter(|seconds| *seconds <= LONGEST_WAIT);
    seconds.ok_or(format!("must be a number of seconds up to {}, such as 2 or 0.5", LONGEST_WAIT.as_secs()))
}
