//! The gate of `dateline eval`: the baseline, golden rankings.

use std::path::{Path, PathBuf};

use dateline::Error;
use dateline::batch::docno;
use dateline::durable;
use dateline::engine::Engine;
use dateline::eval::Evaluation;
use dateline::eval::gate::golden::{self, Found, Golden, GoldenResult};
use dateline::eval::gate::{Baseline, Inputs, Tolerance, Unanswered, Verdict, check, check_updated};
use dateline::eval::trec::Qrels;
use dateline::query::{DateContext, SearchRequest, Unit, Weights, read};
use dateline::render::eval::{Scores, json as scores_json};
use dateline::render::gate::{self as render, Gate};
use dateline::render::hits::count;

use super::answers::Asked;
use super::topics::WEIGHTS_HELP;
use super::{Outcome, Output};

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
    #[arg(requires = "baseline")]
    max_drop: f64,
    /// The most that a measure may fall for one topic
    #[arg(long, value_name = "DROP", default_value_t = Tolerance::default().max_topic_drop, value_parser = drop)]
    #[arg(requires = "baseline")]
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
    #[arg(long, default_value = "", hide_default_value = true, value_name = "NAME=NUMBER,…", help = WEIGHTS_HELP)]
    #[arg(requires = "searched")]
    weights: Weights,
    /// Write the gate's results as JUnit XML to this file
    #[arg(long, value_name = "FILE", requires = "held")]
    junit: Option<PathBuf>,
}

impl GateArgs {
    /// The baseline's file.
    pub(crate) fn baseline(&self) -> Option<&Path> {
        self.baseline.as_deref()
    }

    /// The constants of the score.
    pub(crate) fn weights(&self) -> Weights {
        self.weights
    }

    /// What the baseline says; none where no file is named, and where it is still to be made.
    pub(crate) fn floors(&self) -> anyhow::Result<Option<Baseline>> {
        let Some(path) = self.baseline() else { return Ok(None) };
        if self.update_baseline && path.metadata().is_ok_and(|kind| !kind.is_file()) {
            let place = path.display().to_string();
            return Err(Error::input(place, "no file, so it cannot be read and then written", "name a file").into());
        }
        match Baseline::read(path)? {
            None if !self.update_baseline => {
                let place = path.display().to_string();
                Err(Error::input(place, "no baseline here", "make it with --update-baseline").into())
            }
            floors => Ok(floors),
        }
    }

    /// The table of golden rankings.
    pub(crate) fn golden(&self) -> Option<&Path> {
        self.golden.as_deref()
    }
}

fn drop(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|drop| (0.0..=1.0).contains(drop)).ok_or("must be a number from 0 to 1".to_owned())
}

/// Hashes and versions of what the values were made from, as far as they are known: of a run that came from elsewhere,
/// only the judgments.
pub(crate) fn inputs(qrels: &Qrels, asked: Option<&Asked<'_>>) -> anyhow::Result<Inputs> {
    let mut inputs = asked.map(Asked::inputs).transpose()?.unwrap_or_default();
    inputs.insert("qrels".to_owned(), qrels.hash().to_owned());
    Ok(inputs)
}

/// Holds golden answers to what the archive finds; queries are in the query language, as typed.
pub(crate) fn golden(engine: &dyn Engine, table: &Path, weights: Weights) -> anyhow::Result<Vec<GoldenResult>> {
    let context = DateContext::now(engine.language());
    let search = |golden: &Golden| {
        let limit = golden.rank.max(GOLDEN_DEPTH);
        let request =
            SearchRequest { limit, count: false, weights, ..SearchRequest::new(read(&golden.query, context)) };
        let found = engine.rank(&request)?.into_iter();
        Ok(found.map(|hit| Found { passage: docno(Unit::Passage, &hit), article: hit.article.0 }).collect())
    };
    Ok(golden::check(golden::read(table)?, search)?)
}

/// What there is to hold to something.
pub(crate) struct Facts<'a> {
    /// What the ranking is worth, and what it was made from.
    pub(crate) scored: Option<(&'a Evaluation, Inputs)>,
    /// What it is held to.
    pub(crate) floors: Option<Baseline>,
    /// The values for scripts, where no baseline shows them: what is held to something is told in the same object.
    pub(crate) scores: Option<&'a Scores<'a>>,
    /// Topics that have no answers.
    pub(crate) unanswered: &'a [Unanswered],
    /// Golden rankings.
    pub(crate) golden: &'a [GoldenResult],
}

/// Compares with the baseline, prints what was found, and writes what is to be written.
pub(crate) fn hold(args: &GateArgs, facts: Facts<'_>, is_json: bool, out: &mut Output) -> anyhow::Result<Outcome> {
    let Facts { scored, floors, scores, unanswered, golden } = facts;
    let (mut verdict, mut updated) = (None, Outcome::Done);
    if let Some((path, (evaluation, inputs))) = args.baseline().zip(scored) {
        (verdict, updated) = beside(args, (path, floors), (evaluation, &inputs), unanswered, out)?;
    }
    let gate = Gate { verdict: verdict.as_ref(), unanswered, golden };
    if let Some(path) = &args.junit {
        durable::write(path, render::junit(gate).as_bytes())?;
    }
    let is_held = args.baseline.is_some() && !unanswered.is_empty();
    if verdict.is_some() || !golden.is_empty() || is_held {
        out.print(&if is_json { render::json(gate, scores) } else { render::text(gate, out.screen()) })?;
    } else if let Some(scores) = scores {
        out.print(&scores_json(scores))?;
    }
    Ok(match gate.passed() {
        _ if !unanswered.is_empty() => Outcome::Failed,
        true => updated,
        false => Outcome::No,
    })
}

/// The verdict on an evaluation beside the baseline, which is updated first where that is asked for: floors that were
/// lowered on purpose are no failure. Also how the update ended.
fn beside(
    args: &GateArgs,
    (path, old): (&Path, Option<Baseline>),
    (evaluation, inputs): (&Evaluation, &Inputs),
    unanswered: &[Unanswered],
    out: &Output,
) -> anyhow::Result<(Option<Verdict>, Outcome)> {
    let tolerance = Tolerance { max_drop: args.max_drop, max_topic_drop: args.max_topic_drop };
    let outcome = match args.update_baseline {
        false => Outcome::Done,
        true if !unanswered.is_empty() => {
            out.tell(&format!("{}: no update while topics cannot be answered; mend them first", path.display()));
            Outcome::Failed
        }
        true => update(args, path, old.as_ref(), &Baseline::of(evaluation, inputs.clone()), out)?,
    };
    let verdict = if args.update_baseline && outcome == Outcome::Done {
        Some(check_updated(old.as_ref(), evaluation, inputs, tolerance))
    } else {
        old.map(|old| check(&old, evaluation, inputs, tolerance))
    };
    Ok((verdict, outcome))
}

fn update(
    args: &GateArgs,
    path: &Path,
    old: Option<&Baseline>,
    new: &Baseline,
    out: &Output,
) -> anyhow::Result<Outcome> {
    let lowered = old.map(|old| old.lowered_by(new)).unwrap_or_default();
    if !lowered.is_empty() && !args.allow_drop {
        let floors = count(lowered.len() as u64, "floor");
        out.tell(&format!("{}: the update would lower {floors}:", path.display()));
        render::lowered(&lowered).iter().for_each(|line| out.tell(&format!("  {line}")));
        out.tell("the baseline stays as it was; pass --allow-drop to lower the floors");
        return Ok(Outcome::No);
    }
    new.write(path)?;
    let what = if old.is_some() { "updated" } else { "made" };
    out.tell(&format!("{}: baseline {what}, {} topics", path.display(), new.topics.len()));
    Ok(Outcome::Done)
}
