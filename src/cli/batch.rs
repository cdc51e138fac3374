//! `dateline batch`: a file of topics -> a TREC run, JSON lines or CSV.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use dateline::Error;
use dateline::batch::{self, AnswerMemory, Answered, Answers, BatchOptions, Favoured, docno};
use dateline::eval::trec::{RunWriter, topics as read_topics};
use dateline::query::{Unit, Weights};
use dateline::render::Format;
use dateline::render::hits::{HitWriter, count, lacking};
use dateline::render::terminal::Screen;
use indicatif::{ProgressBar, ProgressStyle};

use super::topics::{self, TopicArgs, WEIGHTS_HELP};
use super::{Outcome, Output, Site, choices, limits, whole};

/// Flags of `dateline batch`.
#[derive(clap::Args)]
pub(crate) struct BatchArgs {
    /// A file of topics, or - for standard input: TSV, JSON lines, CSV with a header, or TREC topics
    #[arg(value_name = "TOPICS")]
    topics: PathBuf,
    #[command(flatten)]
    asked: TopicArgs,
    /// What is ranked [default: article for a TREC run, else passage]
    #[arg(long, value_parser = choices::unit())]
    by: Option<Unit>,
    /// The most hits of a topic [default: 1000 for a TREC run, else 10]
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// The most passages of one article, where passages are ranked; eval takes 20 [default: 1]
    #[arg(long, value_name = "N")]
    per_article: Option<usize>,
    /// What to print
    #[arg(long, value_parser = choices::format(FORMATS), default_value = "trec")]
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
    #[arg(long, default_value = "", hide_default_value = true, value_name = "NAME=NUMBER,…", help = WEIGHTS_HELP)]
    weights: Weights,
}

const FORMATS: &[(Format, &str)] = &[
    (Format::Trec, "A TREC run: topic Q0 docno rank score tag"),
    (Format::Jsonl, "One line a hit, with its topic"),
    (Format::Csv, "A table, safe for spreadsheets"),
];

/// Answers the topics and prints what is found, in their order.
pub(crate) fn run(args: &BatchArgs, site: &Site, out: &mut Output) -> anyhow::Result<Outcome> {
    let mut options = options(args)?;
    let engine = site.open()?;
    let seen = args.new_since.as_deref().map(earlier).transpose()?;
    options.favoured = args.asked.favoured(engine.language())?;
    options.threads = args.asked.threads(out);
    options.memory = limits::for_answers(options.threads);
    options.bounded(options.limit, engine.articles())?;
    let (name, reader) = topics::open(&args.topics)?;
    let topics = read_topics(&name, reader, args.asked.options())?;
    let screen = out.screen();
    if options.whole {
        out.write(|out| HitWriter::new(out, args.format, screen).begin_table())?;
    }
    // who writes topics to a pipe one by one waits for each answer
    let at_once = topics::is_stdin(&args.topics);
    let bar = progress();
    let mut failed = 0_u64;
    let mut damage = DamageLines::default();
    let mut closed = None;
    let done = batch::run(&*engine, topics, &options, |answered| {
        bar.inc(1);
        match answered {
            Err(unanswered) => {
                failed += 1;
                if !damage.note(&unanswered.error) {
                    bar.suspend(|| out.tell(&format!("dateline: {}", unanswered.error)));
                }
                Ok(())
            }
            Ok(answered) => {
                tell_notes(&answered, out, &bar);
                if let Some(told) = lacking(&answered.unreadable) {
                    failed += 1;
                    bar.suspend(|| out.tell(&format!("dateline: topic {}: {told}", answered.topic.id)));
                }
                let write = |out: &mut dyn Write| write(out, screen, args, options.by, &answered, seen.as_ref());
                let printed = out.write(write).and_then(|()| if at_once { out.finish() } else { Ok(()) });
                printed.map_err(|error| {
                    closed = Some(error);
                    Error::request("the output cannot be written", "check where it goes")
                })
            }
        }
    });
    bar.finish_and_clear();
    damage.tell(out);
    if let Some(error) = closed {
        return Err(error);
    }
    done?;
    Ok(if failed > 0 { Outcome::Failed } else { Outcome::Done })
}

fn options(args: &BatchArgs) -> anyhow::Result<BatchOptions> {
    let is_run = args.format == Format::Trec;
    let by = args.by.unwrap_or(if is_run { Unit::Article } else { Unit::Passage });
    Ok(BatchOptions {
        by,
        limit: args.limit.unwrap_or(if is_run { 1000 } else { 10 }),
        per_article: topics::per_article(args.per_article, by, 1)?,
        syntax: args.asked.syntax(),
        whole: !is_run,
        snippet_width: args.width,
        threads: 1,
        weights: args.weights,
        expand: args.asked.expand(),
        ocr: args.asked.ocr(),
        favoured: Favoured::default(),
        memory: AnswerMemory::default(),
    })
}

/// Topic -> what an earlier run had for it.
type Earlier = HashMap<String, HashSet<String>>;

fn earlier(path: &Path) -> anyhow::Result<Earlier> {
    let run = whole::run(path)?;
    let docnos = |topic: &str| run.topic(topic).docnos().map(str::to_owned).collect();
    Ok(run.topics().into_iter().map(|topic| (topic.to_owned(), docnos(topic))).collect())
}

fn write(
    out: &mut dyn Write,
    screen: Screen,
    args: &BatchArgs,
    by: Unit,
    answered: &Answered,
    seen: Option<&Earlier>,
) -> io::Result<()> {
    let topic = answered.topic.id.as_str();
    let old = seen.and_then(|seen| seen.get(topic));
    // the earlier run may rank the other unit
    let is_new = |passage: &str, article: &str| old.is_none_or(|old| !old.contains(passage) && !old.contains(article));
    match &answered.answers {
        Answers::Names(ranked) => {
            let mut writer = RunWriter::new(out, &args.tag);
            let mut new = ranked.iter().filter(|hit| is_new(&docno(Unit::Passage, hit), &hit.article.0));
            new.try_for_each(|hit| writer.write(topic, &docno(by, hit), hit.score))
        }
        Answers::Whole(hits) => {
            let mut writer = HitWriter::new(out, args.format, screen);
            let mut new = hits.iter().filter(|hit| is_new(&hit.id, &hit.article.0));
            new.try_for_each(|hit| writer.hit(Some(topic), hit))
        }
    }
}

/// What damaged files of the index cost, each told once, with the number of topics that it touched.
#[derive(Default)]
struct DamageLines(BTreeMap<String, u64>);

impl DamageLines {
    /// Keeps an error of a damaged index until all topics were asked; false of any other.
    fn note(&mut self, error: &Error) -> bool {
        let is_damage = matches!(error, Error::Damaged { .. });
        if is_damage {
            *self.0.entry(error.to_string()).or_default() += 1;
        }
        is_damage
    }

    fn tell(&self, out: &Output) {
        for (error, topics) in &self.0 {
            out.tell(&format!("dateline: {} could not be answered: {error}", count(*topics, "topic")));
        }
    }
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
