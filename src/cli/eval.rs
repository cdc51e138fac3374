//! `dateline eval`: a run, or the archive's answers to topics, and judgments -> what the ranking is worth, and whether it
//! got worse.

use std::path::{Path, PathBuf};

use clap::ArgGroup;
use dateline::Error;
use dateline::engine::Engine;
use dateline::eval::gate::Baseline;
use dateline::eval::gate::golden::GoldenResult;
use dateline::eval::measures::{DEFAULT, Measure, parse_all};
use dateline::eval::{Scope, evaluate};
use dateline::experiment::{BaselineFile, Experiment, PER_ARTICLE, Setting, golden};
use dateline::query::Unit;
use dateline::render::Format;
use dateline::render::eval as render;
use dateline::render::gate::Words;

use super::gate::{self, GateInput};
use super::topics::{TopicArgs, per_article};
use super::{Outcome, Output, Site, choices, whole};

/// The measures of a new baseline where none are named.
const GATED: &[&str] = &["nDCG@10", "AP"];

/// What says how the archive answers: it would do nothing to a run.
const ARCHIVES_OWN: &[&str] =
    &["topics", "topics_format", "description", "syntax", "around", "recency", "threads", "by", "per_article"];

/// Flags of `dateline eval`.
#[derive(clap::Args)]
#[command(after_help = "\
Score any system's run:   dateline eval RUN QRELS
Guard the archive's own:  dateline eval --topics TOPICS --qrels QRELS --baseline FILE
Make or raise the floor:  the same with --update-baseline")]
#[command(group = ArgGroup::new("searched").args(["topics", "golden"]).multiple(true))]
#[command(group = ArgGroup::new("held").args(["baseline", "golden"]).multiple(true))]
pub(crate) struct EvalArgs {
    /// A run, `topic Q0 docno rank score tag` a line; - for standard input
    #[arg(value_name = "RUN", conflicts_with_all = ARCHIVES_OWN)]
    run: Option<PathBuf>,
    /// The judgments, `topic 0 docno grade` a line
    #[arg(value_name = "QRELS", conflicts_with = "judgments")]
    qrels: Option<PathBuf>,
    /// Let the archive answer these topics, in place of a run; - for standard input
    #[arg(long, value_name = "TOPICS")]
    topics: Option<PathBuf>,
    #[command(flatten)]
    asked: TopicArgs,
    /// The judgments
    #[arg(long = "qrels", id = "judgments", value_name = "QRELS")]
    judgments: Option<PathBuf>,
    /// What the archive ranks, as the judgments name it
    #[arg(long, value_parser = choices::unit(), default_value = "article", requires = "topics")]
    by: Unit,
    /// The most passages of one article, where passages are ranked; batch takes 1 [default: 20]
    #[arg(long, value_name = "N", requires = "topics")]
    per_article: Option<usize>,
    #[command(flatten)]
    measures: MeasureArgs,
    /// Print every topic, not the means alone
    #[arg(short = 'q', long)]
    per_topic: bool,
    /// Count all topics with judgments, those without hits as 0, as trec_eval -c does; else only a run's topics with hits
    /// count, but for a baseline all, and of --topics all that were asked
    #[arg(short = 'c', long)]
    complete: bool,
    /// How to print
    #[arg(long, value_parser = choices::format(FORMATS), default_value = "text")]
    format: Format,
    /// List the measures with their definitions and sources
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    gate: gate::GateArgs,
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

const FORMATS: &[(Format, &str)] = &[
    (Format::Text, "For people"),
    (
        Format::Json,
        "One object: counts, means, and with -q every topic; what the gate found is an object of its own, and with a \
         baseline the only one",
    ),
    (Format::Markdown, "Tables for the summary of a build, such as $GITHUB_STEP_SUMMARY"),
];

/// Scores, holds to the baseline, and prints.
pub(crate) fn run(args: &EvalArgs, site: &Site, out: &mut Output) -> anyhow::Result<Outcome> {
    if args.list {
        out.print(&render::list(out.screen()))?;
        return Ok(Outcome::Done);
    }
    if args.run.is_none() && args.topics.is_none() && !args.is_golden_alone() {
        return Err(nothing_to_score().into());
    }
    args.gate.refuse_inputs(&[
        ("the run", args.run.as_deref()),
        ("the qrels", args.qrels.as_deref()),
        ("--qrels", args.judgments.as_deref()),
        ("--topics", args.topics.as_deref()),
        ("the index", (site.takes("index")).then_some(site.index.as_path())),
    ])?;
    let needs_archive = args.topics.is_some() || args.gate.golden().is_some();
    let engine = needs_archive.then(|| site.open()).transpose()?;
    let golden = match (&engine, args.gate.golden()) {
        (Some(engine), Some(table)) => golden(&**engine, table, args.gate.weights())?,
        _ => Vec::new(),
    };
    if args.is_golden_alone() {
        return gate::hold(
            &args.gate,
            GateInput {
                scored: None,
                floors: None,
                scores: None,
                unanswered: &[],
                golden: &golden,
                words: &Words::new(),
            },
            args.format,
            out,
        );
    }
    score(args, engine.as_deref(), &golden, out)
}

/// Scores the run that was named, or the archive's answers, and holds the values to the baseline.
fn score(
    args: &EvalArgs,
    engine: Option<&dyn Engine>,
    golden: &[GoldenResult],
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let qrels_file = args.judgments.as_deref().or(args.qrels.as_deref());
    let way_out = if args.topics.is_some() { "name them with --qrels" } else { "name a run and its qrels" };
    let qrels_file = qrels_file.ok_or_else(|| Error::request("no judgments to score by", way_out))?;
    let qrels = whole::judgments(qrels_file)?;
    let experiment = engine.zip(args.topics.as_deref());
    let experiment = experiment.map(|(engine, path)| args.experiment(engine, path, out)).transpose()?;
    let (run, ids, words, unanswered) = match (&experiment, &args.run) {
        (Some(experiment), _) => {
            let replies = experiment.run(&mut |error| out.tell(&format!("dateline: {error}")))?;
            (replies.run, Some(replies.asked), replies.words, replies.unanswered)
        }
        (None, Some(run)) => (whole::run(run)?, None, Words::new(), Vec::new()),
        (None, None) => return Err(nothing_to_score().into()),
    };
    let mut facts =
        GateInput { scored: None, floors: None, scores: None, unanswered: &unanswered, golden, words: &words };
    if run.is_empty() && !unanswered.is_empty() {
        return gate::hold(&args.gate, facts, args.format, out);
    }
    let file = args.gate.baseline_file();
    facts.floors = file.as_ref().map(BaselineFile::read).transpose()?.flatten();
    let wanted = measures(args, facts.floors.as_ref())?;
    let scope = match &ids {
        Some(ids) if !args.complete => Scope::Asked(ids),
        None if !args.complete && file.is_none() => Scope::Answered,
        _ => Scope::Judged,
    };
    let evaluation = evaluate(&run, &qrels, &wanted, scope)?;
    out.tell(&render::summary(evaluation.counts, !matches!(scope, Scope::Answered)));
    let scores = render::scores(&evaluation, (run.name(), qrels.name()), args.per_topic);
    let is_held = file.is_some();
    if args.is_json() {
        facts.scores = (!is_held).then_some(&scores);
    } else if !is_held || args.per_topic {
        out.print(&match args.format {
            Format::Markdown => render::markdown(&evaluation, args.per_topic) + if is_held { "\n" } else { "" },
            _ => render::text(&evaluation, args.per_topic, out.screen()),
        })?;
    }
    // of a run that came from elsewhere, only the judgments are known
    let mut inputs = experiment.as_ref().map(Experiment::inputs).transpose()?.unwrap_or_default();
    inputs.insert("qrels".to_owned(), qrels.hash().to_owned());
    facts.scored = Some((&evaluation, inputs));
    gate::hold(&args.gate, facts, args.format, out)
}

impl EvalArgs {
    fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// The topics, and how the archive is to answer them.
    fn experiment<'a>(&self, engine: &'a dyn Engine, topics: &Path, out: &Output) -> anyhow::Result<Experiment<'a>> {
        let setting = Setting {
            by: self.by,
            per_article: per_article(self.per_article, self.by, PER_ARTICLE)?,
            weights: self.gate.weights(),
            topics: self.asked.options(),
            syntax: self.asked.syntax(),
            expand: self.asked.expand(),
            ocr: self.asked.ocr(),
            favoured: self.asked.favoured(engine.language())?,
            threads: self.asked.threads(out),
        };
        let (name, text) = whole::topics(topics)?;
        Ok(Experiment::new(engine, name, text, setting))
    }

    /// Whether golden rankings are all that is wanted.
    fn is_golden_alone(&self) -> bool {
        let scores = self.run.is_some() || self.topics.is_some() || self.judgments.is_some();
        !scores && self.gate.baseline().is_none() && self.gate.golden().is_some()
    }
}

fn nothing_to_score() -> Error {
    Error::request("nothing to score", "name a run and its qrels, or --topics and --qrels")
}

/// The measures named; else those of the baseline, where there is one.
fn measures(args: &EvalArgs, floors: Option<&Baseline>) -> anyhow::Result<Vec<Measure>> {
    match floors {
        Some(floors) if args.measures.names.is_empty() => Ok(parse_all(&floors.measures)?),
        _ if args.gate.baseline().is_some() => args.measures.measures(GATED),
        _ => args.measures.measures(DEFAULT),
    }
}
