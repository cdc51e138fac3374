//! `dateline batch`: a file of topics -> a TREC run, JSON lines or CSV.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use dateline::Error;
use dateline::batch::{self, Answered, Answers, BatchOptions, docno};
use dateline::eval::trec::{Run, RunWriter, TopicFormat, TopicOptions, topics};
use dateline::query::{Unit, Weights};
use dateline::render::{csv, json};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::{Outcome, Output, open_engine};

/// Flags of `dateline batch`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A file of topics, or - for standard input: TSV, JSON lines, CSV with a header, or TREC topics
    #[arg(value_name = "TOPICS")]
    topics: PathBuf,
    /// How the topics are written; told by their first line where not given
    #[arg(long, value_enum, value_name = "FORMAT")]
    topics_format: Option<TopicsFormat>,
    /// Ask a TREC topic's description together with its title
    #[arg(long)]
    description: bool,
    /// Read topics in the query language, not as plain words
    #[arg(long)]
    syntax: bool,
    /// What is ranked [default: article for a TREC run, else passage]
    #[arg(long, value_enum)]
    by: Option<By>,
    /// The most hits of a topic [default: 1000 for a TREC run, else 10]
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// The most passages of one article
    #[arg(long, default_value_t = 1, value_name = "N")]
    per_article: usize,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Trec)]
    format: Format,
    /// The run's name in its last column
    #[arg(long, default_value = "dateline", value_name = "NAME")]
    tag: String,
    /// Print only hits that this earlier run does not have
    #[arg(long, value_name = "RUN")]
    new_since: Option<PathBuf>,
    /// The longest snippet, in characters
    #[arg(long, default_value_t = 240, value_name = "CHARS")]
    width: usize,
    /// Constants of the score to try, such as passage=0.6,headline=2
    #[arg(long, default_value = "", hide_default_value = true, value_name = "NAME=NUMBER,…")]
    weights: Weights,
    /// Also rank by words of the best passages: finds more on a subject, several times slower
    #[arg(long)]
    expand: bool,
    /// Threads that search; all cores where not given
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

#[derive(Clone, Copy, ValueEnum)]
enum TopicsFormat {
    Tsv,
    Jsonl,
    Csv,
    Trec,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A TREC run: topic Q0 docno rank score tag
    Trec,
    /// One line a hit, with its topic
    Jsonl,
    /// A table, safe for spreadsheets
    Csv,
}

#[derive(Clone, Copy, ValueEnum)]
enum By {
    Passage,
    Article,
}

/// Answers the topics and prints what is found, in their order.
pub(crate) fn run(args: &Args, index: &Path, out: &mut Output) -> anyhow::Result<Outcome> {
    let engine = open_engine(index)?;
    let options = options(args);
    let seen = args.new_since.as_deref().map(earlier).transpose()?;
    let (name, reader) = open_topics(&args.topics)?;
    let topics = topics(&name, reader, topic_options(args))?;
    if args.format == Format::Csv {
        out.print(&csv::header())?;
    }
    let bar = progress();
    let mut failed = 0_u64;
    let mut closed = None;
    let done = batch::run(&*engine, topics, &options, |answered| {
        bar.inc(1);
        match answered {
            Err(error) => {
                failed += 1;
                bar.suspend(|| out.tell(&format!("dateline: {error}")));
                Ok(())
            }
            Ok(answered) => {
                tell_notes(&answered, out, &bar);
                let text = printed(args, options.by, &answered, seen.as_ref());
                out.print(&text).map_err(|error| {
                    closed = Some(error);
                    Error::request("the output cannot be written", "check where it goes")
                })
            }
        }
    });
    bar.finish_and_clear();
    if let Some(error) = closed {
        return Err(error);
    }
    done?;
    Ok(if failed > 0 { Outcome::Failed } else { Outcome::Done })
}

fn options(args: &Args) -> BatchOptions {
    let is_run = args.format == Format::Trec;
    let by = match args.by {
        Some(By::Passage) => Unit::Passage,
        Some(By::Article) => Unit::Article,
        None if is_run => Unit::Article,
        None => Unit::Passage,
    };
    BatchOptions {
        by,
        limit: args.limit.unwrap_or(if is_run { 1000 } else { 10 }),
        per_article: args.per_article,
        syntax: args.syntax,
        whole: !is_run,
        snippet_width: args.width,
        threads: args.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)),
        weights: args.weights,
        expand: args.expand,
    }
}

fn topic_options(args: &Args) -> TopicOptions {
    let format = args.topics_format.map(|format| match format {
        TopicsFormat::Tsv => TopicFormat::Tsv,
        TopicsFormat::Jsonl => TopicFormat::Jsonl,
        TopicsFormat::Csv => TopicFormat::Csv,
        TopicsFormat::Trec => TopicFormat::Trec,
    });
    TopicOptions { format, description: args.description }
}

fn open_topics(path: &Path) -> anyhow::Result<(String, Box<dyn BufRead + Send>)> {
    if path == Path::new("-") {
        return Ok(("standard input".to_owned(), Box::new(BufReader::new(std::io::stdin()))));
    }
    let file = File::open(path).map_err(|e| Error::read(path, e))?;
    Ok((path.display().to_string(), Box::new(BufReader::with_capacity(1 << 16, file))))
}

/// Topic -> what an earlier run had for it.
type Earlier = HashMap<String, HashSet<String>>;

fn earlier(path: &Path) -> anyhow::Result<Earlier> {
    let run = Run::read(path)?;
    let docnos = |topic: &str| run.topic(topic).docnos().map(str::to_owned).collect();
    Ok(run.topics().into_iter().map(|topic| (topic.to_owned(), docnos(topic))).collect())
}

fn printed(args: &Args, by: Unit, answered: &Answered, seen: Option<&Earlier>) -> String {
    let topic = answered.topic.id.as_str();
    let old = seen.and_then(|seen| seen.get(topic));
    let is_new = |docno: &str| old.is_none_or(|old| !old.contains(docno));
    match &answered.answers {
        Answers::Names(ranked) => {
            let mut writer = RunWriter::new(Vec::new(), &args.tag);
            for (docno, score) in ranked.iter().map(|r| (docno(by, r), r.score)).filter(|(docno, _)| is_new(docno)) {
                // a Vec takes all bytes
                let _ = writer.write(topic, &docno, score);
            }
            String::from_utf8(writer.into_inner()).unwrap_or_default()
        }
        Answers::Whole(hits) => {
            let new = hits.iter().filter(|hit| is_new(&hit.id));
            match args.format {
                Format::Csv => new.map(|hit| csv::hit(topic, hit)).collect(),
                _ => new.map(|hit| json::line(&WithTopic { topic, hit })).collect(),
            }
        }
    }
}

#[derive(Serialize)]
struct WithTopic<'a> {
    topic: &'a str,
    #[serde(flatten)]
    hit: &'a dateline::hit::Hit,
}

fn tell_notes(answered: &Answered, out: &Output, bar: &ProgressBar) {
    for note in &answered.notes {
        bar.suspend(|| out.tell(&format!("topic {}: {note}", answered.topic.id)));
    }
}

fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} topics, {per_sec}") {
        bar.set_style(style);
    }
    bar
}
