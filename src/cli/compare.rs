//! `dateline compare`: two runs beside each other.

use std::path::PathBuf;

use dateline::eval::comparison::{agreement, compare};
use dateline::eval::trec::Qrels;
use dateline::render::Format;
use dateline::render::compare as render;
use dateline::render::compare::Names;

use super::eval::{MeasureArgs, read_run};
use super::{Outcome, Output, choices};

/// The measures that are compared where none are named.
const DEFAULT: &[&str] = &["nDCG@10", "AP", "RR", "R@100"];

/// Flags of `dateline compare`.
#[derive(clap::Args)]
pub(crate) struct CompareArgs {
    /// The run as it was
    #[arg(value_name = "BEFORE")]
    before: PathBuf,
    /// The run as it is
    #[arg(value_name = "AFTER")]
    after: PathBuf,
    /// The judgments; without them the rankings are compared, not their worth
    #[arg(long, value_name = "QRELS")]
    qrels: Option<PathBuf>,
    #[command(flatten)]
    measures: MeasureArgs,
    /// The most topics shown, those that changed most by the first measure
    #[arg(short = 'n', long, default_value_t = 5, value_name = "N")]
    topics: usize,
    /// How to print
    #[arg(long, value_parser = choices::format(FORMATS), default_value = "text")]
    format: Format,
}

const FORMATS: &[(Format, &str)] =
    &[(Format::Text, "For people"), (Format::Json, "One object"), (Format::Markdown, "Tables to paste in a review")];

/// Compares the runs and prints what changed.
pub(crate) fn run(args: &CompareArgs, out: &mut Output) -> anyhow::Result<Outcome> {
    let measures = args.measures.measures(DEFAULT)?;
    let (before, after) = (read_run(&args.before)?, read_run(&args.after)?);
    let names = Names { before: before.name(), after: after.name() };
    let Some(qrels) = &args.qrels else {
        let agreement = agreement(&before, &after);
        if agreement.topics.is_empty() {
            anyhow::bail!(
                "{} and {} answer no topic both; name two runs of the same topics",
                names.before,
                names.after
            );
        }
        out.tell(&render::agreement_summary(&agreement, names));
        out.print(&match args.format {
            Format::Json => render::agreement_json(&agreement, names, args.topics),
            Format::Markdown => render::agreement_markdown(&agreement, names, args.topics),
            _ => render::agreement_text(&agreement, names, args.topics, out.screen()),
        })?;
        return Ok(Outcome::Done);
    };
    let comparison = compare(&before, &after, &Qrels::read(qrels)?, &measures)?;
    out.tell(&render::summary(&comparison, names));
    out.print(&match args.format {
        Format::Json => render::json(&comparison, names, args.topics),
        Format::Markdown => render::markdown(&comparison, names, args.topics),
        _ => render::text(&comparison, names, args.topics, out.screen()),
    })?;
    Ok(Outcome::Done)
}
