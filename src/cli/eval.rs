//! `dateline eval`: a run and judgments -> what the run is worth.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::ValueEnum;
use dateline::Error;
use dateline::eval::evaluate;
use dateline::eval::measures::{DEFAULT, Measure, parse_all};
use dateline::eval::trec::{Qrels, Run};
use dateline::render::eval as render;

use super::{Outcome, Output};

/// Flags of `dateline eval`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A run, `topic Q0 docno rank score tag` a line; - for standard input
    #[arg(value_name = "RUN", required_unless_present = "list")]
    run: Option<PathBuf>,
    /// The judgments, `topic 0 docno grade` a line
    #[arg(value_name = "QRELS", required_unless_present = "list")]
    qrels: Option<PathBuf>,
    #[command(flatten)]
    measures: MeasureArgs,
    /// Print every topic, not the means alone
    #[arg(short = 'q', long)]
    per_topic: bool,
    /// Count topics with judgments but no hits as 0, as trec_eval -c does; else they are left out
    #[arg(short = 'c', long)]
    complete: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// List the measures with their definitions and sources
    #[arg(long)]
    list: bool,
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

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One object: counts, means, and with -q every topic
    Json,
}

/// Scores the run and prints what it is worth.
pub(crate) fn run(args: &Args, out: &mut Output) -> anyhow::Result<Outcome> {
    if args.list {
        out.print(&render::list(out.screen()))?;
        return Ok(Outcome::Done);
    }
    let measures = args.measures.measures(DEFAULT)?;
    let (run, qrels) = args.run.as_deref().zip(args.qrels.as_deref()).context("name a run and its qrels")?;
    let (run, qrels) = (read_run(run)?, Qrels::read(qrels)?);
    let evaluation = evaluate(&run, &qrels, &measures, args.complete)?;
    out.tell(&render::summary(evaluation.counts, args.complete));
    out.print(&match args.format {
        Format::Text => render::text(&evaluation, args.per_topic, out.screen()),
        Format::Json => render::json(&evaluation, (run.name(), qrels.name()), args.per_topic),
    })?;
    Ok(Outcome::Done)
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
