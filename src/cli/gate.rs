//! The gate of `dateline eval`: the baseline, golden rankings.

use std::path::{Path, PathBuf};

use dateline::durable;
use dateline::eval::Evaluation;
use dateline::eval::gate::golden::GoldenResult;
use dateline::eval::gate::{Baseline, Inputs, Tolerance, UnansweredTopic};
use dateline::experiment::{BaselineFile, Updated};
use dateline::query::Weights;
use dateline::render::Format;
use dateline::render::eval::{Scores, json as scores_json};
use dateline::render::gate::{self as render, Gate, Words};
use dateline::render::hits::count;

use super::topics::WEIGHTS_HELP;
use super::{Outcome, Output, apart};

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

    /// Refuses files that are written where they are among those that are read, these and the gate's own.
    pub(crate) fn refuse_inputs(&self, inputs: &[(&str, Option<&Path>)]) -> dateline::Result<()> {
        let golden = [("--golden", self.golden())];
        let read = inputs.iter().copied().chain(golden).filter_map(|(name, path)| Some((name, path?)));
        let mut read: Vec<(&str, &Path)> = read.collect();
        if let Some(baseline) = self.baseline() {
            if self.update_baseline {
                apart::refuse("--baseline", baseline, &read)?;
            }
            read.push(("--baseline", baseline));
        }
        self.junit.as_deref().map_or(Ok(()), |junit| apart::refuse("--junit", junit, &read))
    }

    /// The baseline's file, where one is named.
    pub(crate) fn baseline_file(&self) -> Option<BaselineFile> {
        Some(BaselineFile {
            path: self.baseline.clone()?,
            tolerance: Tolerance { max_drop: self.max_drop, max_topic_drop: self.max_topic_drop },
            update: self.update_baseline,
            allow_drop: self.allow_drop,
        })
    }

    /// The table of golden rankings.
    pub(crate) fn golden(&self) -> Option<&Path> {
        self.golden.as_deref()
    }
}

fn drop(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|drop| (0.0..=1.0).contains(drop)).ok_or("must be a number from 0 to 1".to_owned())
}

/// What there is to hold to something.
pub(crate) struct GateInput<'a> {
    /// What the ranking is worth, and what it was made from.
    pub(crate) scored: Option<(&'a Evaluation, Inputs)>,
    /// What it is held to.
    pub(crate) floors: Option<Baseline>,
    /// The values for scripts, where no baseline shows them: what is held to something is told in the same object.
    pub(crate) scores: Option<&'a Scores<'a>>,
    /// Topics that have no answers.
    pub(crate) unanswered: &'a [UnansweredTopic],
    /// Golden rankings.
    pub(crate) golden: &'a [GoldenResult],
    /// What the topics ask.
    pub(crate) words: &'a Words,
}

/// Compares with the baseline, prints what was found, and writes what is to be written.
pub(crate) fn hold(args: &GateArgs, facts: GateInput<'_>, format: Format, out: &mut Output) -> anyhow::Result<Outcome> {
    let GateInput { scored, floors, scores, unanswered, golden, words } = facts;
    let (mut verdict, mut ended) = (None, Outcome::Done);
    if let Some((file, (evaluation, inputs))) = args.baseline_file().zip(scored) {
        let updated;
        (verdict, updated) = file.hold(floors.as_ref(), evaluation, &inputs, !unanswered.is_empty())?;
        ended = tell_update(&updated, &file.path, out);
    }
    let gate = Gate { verdict: verdict.as_ref(), unanswered, golden, words };
    if let Some(path) = &args.junit {
        durable::write(path, render::junit(gate).as_bytes())?;
    }
    let is_held = args.baseline.is_some() && !unanswered.is_empty();
    if verdict.is_some() || !golden.is_empty() || is_held {
        out.print(&match format {
            Format::Json => render::json(gate, scores),
            Format::Markdown => render::markdown(gate),
            _ => render::text(gate, out.screen()),
        })?;
    } else if let Some(scores) = scores {
        out.print(&scores_json(scores))?;
    }
    Ok(match gate.passed() {
        _ if !unanswered.is_empty() => Outcome::Failed,
        true => ended,
        false => Outcome::No,
    })
}

/// Says what became of an update.
fn tell_update(updated: &Updated, path: &Path, out: &Output) -> Outcome {
    let place = path.display();
    match updated {
        Updated::None => {}
        Updated::Unanswered => {
            out.tell(&format!("{place}: no update while topics cannot be answered; mend them first"));
            return Outcome::Failed;
        }
        Updated::Lowers(lowered) => {
            out.tell(&format!("{place}: the update would lower {}:", count(lowered.len() as u64, "floor")));
            render::lowered(lowered).iter().for_each(|line| out.tell(&format!("  {line}")));
            out.tell("the baseline stays as it was; pass --allow-drop to lower the floors");
            return Outcome::No;
        }
        Updated::Written { topics, is_new } => {
            let what = if *is_new { "made" } else { "updated" };
            out.tell(&format!("{place}: baseline {what}, {topics} topics"));
        }
    }
    Outcome::Done
}
