//! The gate of `dateline eval`: topics answered by the archive, the baseline, golden rankings.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use dateline::Error;
use dateline::analysis::ANALYZER_VERSION;
use dateline::batch::{self, Answers, BatchOptions, docno};
use dateline::engine::Engine;
use dateline::eval::Evaluation;
use dateline::eval::gate::golden::{self, Found, Golden, GoldenResult};
use dateline::eval::gate::{Baseline, Inputs, Tolerance, Verdict, check};
use dateline::eval::trec::{Run, RunWriter, TopicOptions, topics};
use dateline::query::{SearchRequest, Unit, Weights, parse};
use dateline::render::gate::{self as render, Gate};
use dateline::search::SCORING_VERSION;

use super::{Outcome, Output};

/// Hits of a topic, as deep as TREC runs are.
const DEPTH: usize = 1000;
/// Passages of one article, where passages are ranked: a good article may have several good ones.
const PER_ARTICLE: usize = 20;
/// Ranks looked at for a golden answer, so that a lost one can be told where it went.
const GOLDEN_DEPTH: usize = 100;

/// Flags of the gate.
#[derive(clap::Args)]
pub(crate) struct GateArgs {
    /// Hold the values to this baseline: exit 1, with the reasons, where they got worse beyond tolerance
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// The most that a mean may fall
    #[arg(long, value_name = "DROP", default_value_t = Tolerance::default().max_drop, value_parser = drop)]
    max_drop: f64,
    /// The most that a measure may fall for one topic
    #[arg(long, value_name = "DROP", default_value_t = Tolerance::default().max_topic_drop, value_parser = drop)]
    max_topic_drop: f64,
    /// Make the values of this run the baseline
    #[arg(long, requires = "baseline")]
    update_baseline: bool,
    /// Let --update-baseline lower floors
    #[arg(long, requires = "update_baseline")]
    allow_drop: bool,
    /// Golden rankings: query, passage or article, worst rank allowed, perhaps "known miss"; tabs between
    #[arg(long, value_name = "FILE")]
    golden: Option<PathBuf>,
    /// Constants of the score to try, such as passage=0.6,headline=2
    #[arg(long, default_value = "", hide_default_value = true, value_name = "NAME=NUMBER,…")]
    weights: Weights,
    /// Let the archive also rank by words of the best passages, as `dateline query --expand` does
    #[arg(long, conflicts_with = "run")]
    expand: bool,
    /// Write the gate's results as JUnit XML to this file
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
}

impl GateArgs {
    /// The baseline's file.
    pub(crate) fn baseline(&self) -> Option<&Path> {
        self.baseline.as_deref()
    }

    /// How the archive ranks what `by` names.
    pub(crate) fn ranking(&self, by: Unit) -> Ranking {
        Ranking { by, weights: self.weights, expand: self.expand }
    }

    /// The table of golden rankings.
    pub(crate) fn golden(&self) -> Option<&Path> {
        self.golden.as_deref()
    }
}

/// How the archive ranks.
#[derive(Clone, Copy)]
pub(crate) struct Ranking {
    by: Unit,
    weights: Weights,
    expand: bool,
}

fn drop(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|drop| (0.0..=1.0).contains(drop)).ok_or("must be a number from 0 to 1".to_owned())
}

/// Lets the archive answer topics: the run, and how many topics could not be read or answered.
pub(crate) fn answer(
    engine: &dyn Engine,
    path: &Path,
    Ranking { by, weights, expand }: Ranking,
    out: &Output,
) -> anyhow::Result<(Run, usize)> {
    let file = File::open(path).map_err(|error| Error::read(path, error))?;
    let topics = topics(&path.display().to_string(), BufReader::new(file), TopicOptions::default())?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let options = BatchOptions {
        by,
        limit: DEPTH,
        per_article: PER_ARTICLE,
        syntax: false,
        whole: false,
        snippet_width: 0,
        threads,
        weights,
        expand,
    };
    let (mut run, mut failed) = (RunWriter::new(Vec::new(), "dateline"), 0);
    batch::run(engine, topics, &options, |answered| {
        match answered {
            Err(error) => {
                failed += 1;
                out.tell(&format!("dateline: {error}"));
            }
            Ok(answered) => {
                let Answers::Names(ranked) = answered.answers else { return Ok(()) };
                for hit in &ranked {
                    // a Vec takes all bytes
                    let _ = run.write(&answered.topic.id, &docno(by, hit), hit.score);
                }
            }
        }
        Ok(())
    })?;
    let name = format!("the archive's answers to {}", path.display());
    Ok((Run::parse(&name, run.into_inner())?, failed))
}

/// Hashes and versions of what the values were made from, as far as they are known: of a run that came from elsewhere,
/// only the judgments.
pub(crate) fn inputs(qrels: &Path, archive: Option<(&dyn Engine, &Path, Ranking)>) -> anyhow::Result<Inputs> {
    let hash = |path: &Path| -> anyhow::Result<String> {
        let bytes = std::fs::read(path).map_err(|error| Error::read(path, error))?;
        Ok(format!("blake3:{}", blake3::hash(&bytes)))
    };
    let mut inputs = Inputs::from([("qrels".to_owned(), hash(qrels)?)]);
    if let Some((engine, topics, Ranking { by, weights, expand })) = archive {
        let unit = if by == Unit::Article { "articles" } else { "passages" };
        inputs.extend([
            ("topics".to_owned(), hash(topics)?),
            ("articles".to_owned(), format!("blake3:{}", engine.fingerprint()?)),
            ("analyzer".to_owned(), ANALYZER_VERSION.to_owned()),
            ("scoring".to_owned(), format!("{SCORING_VERSION} {weights}").trim_end().to_owned()),
            ("settings".to_owned(), format!("{DEPTH} {unit} a topic{}", if expand { ", expanded" } else { "" })),
        ]);
    }
    Ok(inputs)
}

/// Holds golden answers to what the archive finds; queries are in the query language, as typed.
pub(crate) fn golden(engine: &dyn Engine, table: &Path, ranking: Ranking) -> anyhow::Result<Vec<GoldenResult>> {
    let search = |golden: &Golden| {
        let limit = golden.rank.max(GOLDEN_DEPTH);
        let Ranking { weights, expand, .. } = ranking;
        let request =
            SearchRequest { limit, count: false, weights, expand, ..SearchRequest::new(parse(&golden.query)) };
        let found = engine.rank(&request)?.into_iter();
        Ok(found.map(|hit| Found { passage: docno(Unit::Passage, &hit), article: hit.article.0 }).collect())
    };
    Ok(golden::check(golden::read(table)?, search)?)
}

/// Compares with the baseline, prints what was found, and writes what is to be written.
pub(crate) fn hold(
    args: &GateArgs,
    evaluation: Option<(&Evaluation, Inputs)>,
    golden: &[GoldenResult],
    is_json: bool,
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let mut verdict = None;
    let mut updated = Outcome::Done;
    if let Some((path, (evaluation, inputs))) = args.baseline().zip(evaluation) {
        let old = if args.update_baseline && !path.exists() { None } else { Some(Baseline::read(path)?) };
        if args.update_baseline {
            updated = update(args, path, old.as_ref(), &Baseline::of(evaluation, inputs.clone()), out)?;
        }
        let tolerance = Tolerance { max_drop: args.max_drop, max_topic_drop: args.max_topic_drop };
        verdict = old.map(|old| check(&old, evaluation, &inputs, tolerance));
    }
    let gate = Gate { verdict: verdict.as_ref(), golden };
    if let Some(path) = &args.junit {
        std::fs::write(path, render::junit(gate)).map_err(|error| Error::write(path, error))?;
    }
    if verdict.is_some() || !golden.is_empty() {
        out.print(&if is_json { render::json(gate) } else { render::text(gate, out.screen()) })?;
    }
    // floors that were lowered on purpose are no failure
    let fell = verdict.as_ref().is_some_and(|verdict: &Verdict| !verdict.passed());
    let accepted = args.update_baseline && updated == Outcome::Done;
    let passed = gate.passed() || (fell && accepted && Gate { verdict: None, golden }.passed());
    Ok(if passed { updated } else { Outcome::No })
}

fn update(
    args: &GateArgs,
    path: &Path,
    old: Option<&Baseline>,
    new: &Baseline,
    out: &Output,
) -> anyhow::Result<Outcome> {
    let lowered = old.map(|old| old.lowered_by(new)).unwrap_or_default();
    if !lowered.is_empty() {
        let verb = if args.allow_drop { "lowers" } else { "would lower" };
        out.tell(&format!("{}: the update {verb} {} floors:", path.display(), lowered.len()));
        render::lowered(&lowered).iter().for_each(|line| out.tell(&format!("  {line}")));
        if !args.allow_drop {
            out.tell("the baseline stays as it was; pass --allow-drop to lower the floors");
            return Ok(Outcome::No);
        }
    }
    new.write(path)?;
    let what = if old.is_some() { "updated" } else { "made" };
    out.tell(&format!("{}: baseline {what}, {} topics", path.display(), new.topics.len()));
    Ok(Outcome::Done)
}
