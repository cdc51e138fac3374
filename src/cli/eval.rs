//! `dateline eval`: a run, or the archive's answers to topics, and judgments -> what the ranking is worth, and whether it
//! got worse.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use dateline::Error;
use dateline::engine::Engine;
use dateline::eval::evaluate;
use dateline::eval::gate::Baseline;
use dateline::eval::measures::{DEFAULT, Measure, parse_all};
use dateline::eval::trec::{Qrels, Run};
use dateline::query::Unit;
use dateline::render::eval as render;

use super::{Outcome, Output, gate, open_engine};

/// The measures of a new baseline where none are named.
const GATED: &[&str] = &["nDCG@10", "AP"];

/// Flags of `dateline eval`.
#[derive(clap::Args)]
#[command(after_help = "\
Score any system's run:   dateline eval RUN QRELS
Guard the archive's own:  dateline eval --topics TOPICS --qrels QRELS --baseline FILE
Make or raise the floor:  the same with --update-baseline")]
pub(crate) struct Args {
    /// A run, `topic Q0 docno rank score tag` a line; - for standard input
    #[arg(value_name = "RUN", conflicts_with = "topics")]
    run: Option<PathBuf>,
    /// The judgments, `topic 0 docno grade` a line
    #[arg(value_name = "QRELS", conflicts_with = "judgments")]
    qrels: Option<PathBuf>,
    /// Let the archive answer these topics, in place of a run
    #[arg(long, value_name = "TOPICS")]
    topics: Option<PathBuf>,
    /// The judgments
    #[arg(long = "qrels", id = "judgments", value_name = "QRELS")]
    judgments: Option<PathBuf>,
    /// What the archive ranks, as the judgments name it
    #[arg(long, value_enum, default_value_t = By::Article)]
    by: By,
    #[command(flatten)]
    measures: MeasureArgs,
    /// Print every topic, not the means alone
    #[arg(short = 'q', long)]
    per_topic: bool,
    /// Count topics with judgments but no hits as 0, as trec_eval -c does; else they are left out, but for the archive's
    /// own answers and for a baseline
    #[arg(short = 'c', long)]
    complete: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// List the measures with their definitions and sources
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    gate: gate::GateArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum By {
    Article,
    Passage,
}

/// Which measures are wanted.
#[derive(clap::Args)]
pub(crate) struct MeasureArgs {
    /// A measure, such as nDCG@10, AP, RBP(p=0.8) or trec_eval's map; several times, or several with commas
    #[arg(short = 'm', long = "measure", value_name = "MEASURE")]
    names: Vec<String>,
}

impl MeasureArgs {
    /// The measures named, or those of `otherwise`.
    pub(crate) fn measures(&self, otherwise: &[&str]) -> anyhow::Result<Vec<Measure>> {
        Ok(if self.names.is_empty() { parse_all(otherwise)? } else { parse_all(&self.names)? })
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One object: counts, means, and with -q every topic; with a baseline what the gate found
    Json,
}

/// Scores, holds to the baseline, and prints.
pub(crate) fn run(args: &Args, index: &Path, out: &mut Output) -> anyhow::Result<Outcome> {
    if args.list {
        out.print(&render::list(out.screen()))?;
        return Ok(Outcome::Done);
    }
    let needs_archive = args.topics.is_some() || args.gate.golden().is_some();
    let engine = needs_archive.then(|| open_engine(index)).transpose()?;
    let golden = match (&engine, args.gate.golden()) {
        (Some(engine), Some(table)) => gate::golden(&**engine, table, args.gate.ranking(unit(args)))?,
        _ => Vec::new(),
    };
    let is_json = args.format == Format::Json;
    if args.run.is_none() && args.topics.is_none() && args.gate.golden().is_some() {
        return gate::hold(&args.gate, None, &golden, is_json, out);
    }
    let qrels_file = args.judgments.as_deref().or(args.qrels.as_deref());
    let qrels_file =
        qrels_file.ok_or_else(|| Error::request("no judgments to score by", "name a run and its qrels"))?;
    let qrels = Qrels::read(qrels_file)?;
    let (run, failed) = answers(args, engine.as_deref(), out)?;
    let complete = args.complete || args.topics.is_some() || args.gate.baseline().is_some();
    let evaluation = evaluate(&run, &qrels, &measures(args)?, complete)?;
    out.tell(&render::summary(evaluation.counts, complete));
    let archive = engine
        .as_deref()
        .zip(args.topics.as_deref())
        .map(|(engine, topics)| (engine, topics, args.gate.ranking(unit(args))));
    if args.gate.baseline().is_none() || (args.per_topic && !is_json) {
        out.print(&match args.format {
            Format::Text => render::text(&evaluation, args.per_topic, out.screen()),
            Format::Json => render::json(&evaluation, (run.name(), qrels.name()), args.per_topic),
        })?;
    }
    let held = gate::hold(&args.gate, Some((&evaluation, gate::inputs(qrels_file, archive)?)), &golden, is_json, out)?;
    Ok(if failed > 0 { Outcome::Failed } else { held })
}

/// The run that was named, or the archive's answers; and how many topics could not be answered.
fn answers(args: &Args, engine: Option<&dyn Engine>, out: &Output) -> anyhow::Result<(Run, usize)> {
    match (engine, &args.topics, &args.run) {
        (Some(engine), Some(topics), _) => gate::answer(engine, topics, args.gate.ranking(unit(args)), out),
        (_, _, Some(run)) => Ok((read_run(run)?, 0)),
        _ => Err(Error::request("nothing to score", "name a run, or topics with --topics").into()),
    }
}

fn unit(args: &Args) -> Unit {
    match args.by {
        By::Article => Unit::Article,
        By::Passage => Unit::Passage,
    }
}

/// The measures named; else those of the baseline, where there is one.
fn measures(args: &Args) -> anyhow::Result<Vec<Measure>> {
    match args.gate.baseline() {
        Some(path) if args.measures.names.is_empty() && path.exists() => {
            Ok(parse_all(&Baseline::read(path)?.measures)?)
        }
        Some(_) => args.measures.measures(GATED),
        None => args.measures.measures(DEFAULT),
    }
}

/// Reads a run from a file, or from standard input where that is `-`.
pub(crate) fn read_run(path: &Path) -> anyhow::Result<Run> {
    if path != Path::new("-") {
        return Ok(Run::read(path)?);
    }
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).map_err(|error| Error::read(path, error))?;
    Ok(Run::parse("standard input", bytes)?)
}
