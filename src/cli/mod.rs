//! The command line: one file per subcommand, flags -> library calls. The only place that prints.

mod advice;
mod apart;
mod backup;
mod batch;
mod check;
mod choices;
mod compare;
mod config;
mod dash_words;
mod editor;
mod eval;
mod filters;
mod following;
mod gate;
mod guide;
mod index;
mod inspect;
mod last;
mod limits;
mod list;
mod moving;
mod named;
mod outcome;
mod output;
mod progress;
mod query;
mod reading;
mod reports;
mod salvage;
mod scripts;
mod settings;
mod shell;
mod show;
mod site;
mod stating;
mod stats;
mod topics;
mod whole;

use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
#[cfg(unix)]
use std::sync::Arc;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use config::Config;
pub(crate) use outcome::Outcome;
pub(crate) use output::{Colour, Output};
pub(crate) use site::Site;

/// Search engine for news archives: messy articles in, ranked and citable passages out.
#[derive(Parser)]
#[command(name = "dateline", version, arg_required_else_help = true)]
#[command(after_help = "Exit status: 0 done, 1 the answer is no, 2 could not, or not all.")]
struct Cli {
    #[command(flatten)]
    site: Site,
    /// Whether to colour what is printed
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build or update the index: only what changed is read again
    Index(index::IndexArgs),
    /// Find passages
    #[command(visible_aliases = query::ALIASES)]
    Query(query::QueryArgs),
    /// Answer a file of topics: a TREC run, JSON lines or CSV
    Batch(batch::BatchArgs),
    /// Score any run against relevance judgments, as trec_eval does
    Eval(eval::EvalArgs),
    /// Compare runs with the one before them: measure by measure, with a test, and topic by topic
    Compare(compare::CompareArgs),
    /// Print an article, or a passage in its context
    Show(show::ShowArgs),
    /// List all articles with their fields, as a table or as JSON lines, by their ids
    List(list::ListArgs),
    /// Print what extraction makes of a file, line by line, without an index
    Inspect(inspect::InspectArgs),
    /// Tell what the archive holds: articles, words, dates, what is unknown, bytes, versions
    Stats(stats::StatsArgs),
    /// List the outlets with their numbers of articles
    Outlets(stats::StatsArgs),
    /// Verify the index and what it cites: checksums, its list of files, and every citation against its source
    #[command(after_help = "Exit status: 0 all is well, 1 damage or drift was found, 2 could not check all.")]
    Check(check::CheckArgs),
    /// Copy the index as of its last commit to another folder, also while it is written
    Backup(backup::BackupArgs),
    /// Print every article that can still be read of a damaged index, as JSON lines that `dateline index` reads
    #[command(
        after_help = "Exit status: 0 all was read, 2 not all. Of a damaged article the passages that are as they were written are printed."
    )]
    Salvage,
    /// Print a guide, such as how to test a ranking, in Markdown
    Guide(guide::GuideArgs),
    /// Tell what is set, and by which flag, variable or file
    Config(settings::ConfigArgs),
    /// Print completions for a shell
    Completions(shell::CompletionsArgs),
    /// Print a man page, or write them all
    Man(shell::ManArgs),
}

impl Command {
    /// Whether what files set counts for it; else it runs whatever is wrong with them.
    fn heeds_settings(&self) -> bool {
        !matches!(self, Self::Config(_) | Self::Guide(_) | Self::Completions(_) | Self::Man(_))
    }
}

/// Parses the arguments, runs the command, and says how it ended.
pub(crate) fn main(args: Vec<OsString>) -> ExitCode {
    survive_limits();
    let config = Config::find();
    let command = site::heed_environment(config.settle(Cli::command()));
    let args = dash_words::protect(args, &command, &query::ALIASES);
    let for_scripts = scripts::read_json(&args, &config);
    let parsed = command.try_get_matches_from(args).and_then(|matches| {
        let mut cli = Cli::from_arg_matches(&matches)?;
        cli.site.settle(&matches)?;
        if let Command::Index(args) = &mut cli.command {
            args.settle(site::innermost(&matches));
        }
        Ok(cli)
    });
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            output::print_usage(&error);
            let status = u8::try_from(error.exit_code()).unwrap_or(2);
            if for_scripts && status != 0 {
                scripts::print_failure(status, &error);
            }
            return ExitCode::from(status);
        }
    };
    let mut out = Output::new(cli.color, cli.site.typed(), for_scripts);
    let result = guarded(&cli, &config, &mut out).and_then(|outcome| out.finish().map(|()| outcome));
    let status = match &result {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::No) => 1,
        Err(error) if is_closed_pipe(error) => 0,
        Ok(Outcome::Failed) | Err(_) => 2,
    };
    if let Err(error) = result.as_ref().map_err(|error| format!("dateline: {error}"))
        && status != 0
    {
        out.tell(&error);
    }
    if status != 0 && !result.is_err_and(|error| is_unprinted(&error)) {
        // who does not take it has the status, and the message on standard error
        let _ = out.print_failure(status);
    }
    ExitCode::from(status)
}

/// Runs the command; a panic, as the bytes of a damaged index may bring one about, is told as an error.
fn guarded(cli: &Cli, config: &Config, out: &mut Output) -> anyhow::Result<Outcome> {
    // many machines of continuous integration set it to 1, and a message is meant for people
    if std::env::var_os("RUST_BACKTRACE").is_none_or(|value| value != "full") {
        std::panic::set_hook(Box::new(|_| {}));
    }
    let ended = catch_unwind(AssertUnwindSafe(|| run(cli, config, out)));
    ended.unwrap_or_else(|panic| {
        let text = dateline::error::said_by(&*panic);
        let way_out = "`dateline check` tells whether the index is damaged; else please report this";
        Err(anyhow::anyhow!("{}: something that cannot be has happened: {text}; {way_out}", cli.site))
    })
}

fn run(cli: &Cli, config: &Config, out: &mut Output) -> anyhow::Result<Outcome> {
    if cli.command.heeds_settings() {
        config.refuse_troubles()?;
    }
    match &cli.command {
        Command::Index(args) => index::run(args, &cli.site, out),
        Command::Query(args) => query::run(args, &cli.site, out),
        Command::Batch(args) => batch::run(args, &cli.site, out),
        Command::Eval(args) => eval::run(args, &cli.site, out),
        Command::Compare(args) => compare::run(args, out),
        Command::Show(args) => show::run(args, &cli.site, out),
        Command::List(args) => list::run(args, &cli.site, out),
        Command::Inspect(args) => inspect::run(args, out),
        Command::Stats(args) => stats::run(args, &cli.site, out),
        Command::Outlets(args) => stats::outlets(args, &cli.site, out),
        Command::Check(args) => check::run(args, &cli.site, out),
        Command::Backup(args) => backup::run(args, &cli.site, out),
        Command::Salvage => salvage::run(&cli.site, out),
        Command::Guide(args) => guide::run(args, out),
        Command::Config(args) => settings::run(args, &cli.site, config, out),
        Command::Completions(args) => shell::completions(args, Cli::command(), out),
        Command::Man(args) => shell::man(args, Cli::command(), out),
    }
}

/// A file that may not grow any more is an error of the disk, which has a message; by itself the signal ends the process.
fn survive_limits() {
    #[cfg(unix)]
    {
        // where it cannot be had, the signal does what it did
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
    }
}

/// Whether it is standard output that failed.
fn is_unprinted(error: &anyhow::Error) -> bool {
    error.downcast_ref::<dateline::Error>().is_some_and(
        |error| matches!(error, dateline::Error::Io { path, .. } if path == std::path::Path::new(output::STDOUT)),
    )
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}
