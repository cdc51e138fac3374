//! `dateline compare`: runs beside one that was before them.

use std::path::PathBuf;

use dateline::eval::comparison::{Agreement, agreement, compare};
use dateline::eval::measures::Measure;
use dateline::eval::trec::{Qrels, Run};
use dateline::render::Format;
use dateline::render::compare as render;
use dateline::render::compare::Names;

use super::eval::MeasureArgs;
use super::{Outcome, Output, choices, whole};

/// The measures that are compared where none are named.
const DEFAULT: &[&str] = &["nDCG@10", "AP", "RR", "R@100"];

/// Flags of `dateline compare`.
#[derive(clap::Args)]
pub(crate) struct CompareArgs {
    /// The run as it was
    #[arg(value_name = "BEFORE")]
    before: PathBuf,
    /// The run as it is; several are each compared with BEFORE
    #[arg(value_name = "AFTER", required = true)]
    after: Vec<PathBuf>,
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

const FORMATS: &[(Format, &str)] = &[
    (Format::Text, "For people"),
    (Format::Json, "One object a run"),
    (Format::Markdown, "Tables to paste in a review"),
];

/// Compares the runs and prints what changed.
pub(crate) fn run(args: &CompareArgs, out: &mut Output) -> anyhow::Result<Outcome> {
    let measures = args.measures.measures(DEFAULT)?;
    let before = whole::run(&args.before)?;
    let after: Vec<Run> = args.after.iter().map(|run| whole::run(run)).collect::<anyhow::Result<_>>()?;
    match &args.qrels {
        Some(qrels) => by_judgments(args, &before, &after, &whole::judgments(qrels)?, &measures, out)?,
        None => by_rankings(args, &before, &after, out)?,
    }
    Ok(Outcome::Done)
}

fn by_judgments(
    args: &CompareArgs,
    before: &Run,
    after: &[Run],
    qrels: &Qrels,
    measures: &[Measure],
    out: &mut Output,
) -> anyhow::Result<()> {
    for (n, (comparison, after)) in compare(before, after, qrels, measures)?.iter().zip(after).enumerate() {
        let names = Names { before: before.name(), after: after.name() };
        out.tell(&render::summary(comparison, names));
        let text = match args.format {
            Format::Json => render::json(comparison, names, args.topics),
            Format::Markdown => render::markdown(comparison, names, args.topics),
            _ => render::text(comparison, names, args.topics, out.screen()),
        };
        out.print(&(args.gap(n) + &text))?;
    }
    Ok(())
}

fn by_rankings(args: &CompareArgs, before: &Run, after: &[Run], out: &mut Output) -> anyhow::Result<()> {
    let agreements: Vec<Agreement> = after.iter().map(|after| agreement(before, after)).collect();
    if let Some((_, other)) = agreements.iter().zip(after).find(|(agreement, _)| agreement.topics.is_empty()) {
        anyhow::bail!("{} and {} answer no topic both; name two runs of the same topics", before.name(), other.name());
    }
    for (n, (agreement, after)) in agreements.iter().zip(after).enumerate() {
        let names = Names { before: before.name(), after: after.name() };
        out.tell(&render::agreement_summary(agreement, names));
        let text = match args.format {
            Format::Json => render::agreement_json(agreement, names, args.topics),
            Format::Markdown => render::agreement_markdown(agreement, names, args.topics),
            _ => render::agreement_text(agreement, names, args.topics, out.screen()),
        };
        out.print(&(args.gap(n) + &text))?;
    }
    Ok(())
}

impl CompareArgs {
    /// What stands before the comparison of this 0-based number.
    fn gap(&self, number: usize) -> String {
        if number > 0 && self.format != Format::Json { "\n".to_owned() } else { String::new() }
    }
}
