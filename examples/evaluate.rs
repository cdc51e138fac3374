//! Scores any system's run by judgments, as trec_eval does, and prints the means.
//!
//! `cargo run --release --example evaluate -- RUN QRELS`
#![allow(clippy::print_stdout)]

use std::path::Path;

use dateline::eval::measures::parse_all;
use dateline::eval::trec::{Qrels, Run};
use dateline::eval::{Scope, evaluate};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(run), Some(qrels)) = (args.next(), args.next()) else {
        return Err("name a run and its qrels".into());
    };
    let (run, qrels) = (Run::read(Path::new(&run))?, Qrels::read(Path::new(&qrels))?);
    let measures = parse_all(&["nDCG@10", "AP", "RR", "R@100"])?;
    let evaluation = evaluate(&run, &qrels, &measures, Scope::Judged)?;
    for (measure, mean) in evaluation.measures.iter().zip(&evaluation.means) {
        println!("{measure:<10} {mean:.4}");
    }
    println!("{} topics", evaluation.topics.len());
    Ok(())
}
