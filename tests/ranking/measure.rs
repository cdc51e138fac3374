//! A collection -> indexed by the command, its queries answered in two ways, with their days in a third, the runs scored.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use dateline::eval::comparison::{Comparison, compare};
use dateline::eval::measures::parse_all;
use dateline::eval::trec::{Qrels, Run};
use dateline::eval::{Evaluation, Scope, evaluate};

use super::MEASURES;
use super::dated::with_days;

/// What a collection gave.
pub struct Measured {
    pub name: String,
    pub plain: Evaluation,
    pub expanded: Evaluation,
    /// The plain run around the day of each question, where they have days.
    pub dated: Option<Evaluation>,
    /// The expanded run beside the plain one, topic by topic.
    pub comparison: Comparison,
}

impl Measured {
    /// The means of each way of ranking, by its name.
    pub fn ways(&self, measure: usize) -> Vec<(&'static str, f64)> {
        let [plain, expanded] = self.means(measure);
        let dated = self.dated.iter().map(|dated| ("around", dated.means[measure]));
        [("default", plain), ("expand", expanded)].into_iter().chain(dated).collect()
    }

    /// The means of the plain run and of the expanded one.
    pub fn means(&self, measure: usize) -> [f64; 2] {
        [self.plain.means[measure], self.expanded.means[measure]]
    }
}

/// Indexes a collection in a scratch folder and answers its queries, by default and with `--expand`.
pub fn measure(collection: &Path) -> Measured {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let docs = scratch.path().join("docs.jsonl");
    let unpacked = File::create(&docs).expect("a scratch file");
    let gzip = Command::new("gzip").arg("-dc").arg(collection.join("docs.jsonl.gz")).stdout(unpacked).status();
    assert!(gzip.is_ok_and(|status| status.success()), "{}: docs.jsonl.gz unpacks", collection.display());
    let index = scratch.path().join("index");
    // exit status 2 is that of records that are no articles, such as those without text: the rest is indexed
    let indexed = dateline().arg("index").arg(&docs).arg("--index").arg(&index).stderr(Stdio::null()).output();
    assert!(indexed.is_ok_and(|output| matches!(output.status.code(), Some(0 | 2))), "{}", collection.display());
    let qrels = Qrels::read(&collection.join("qrels.txt")).expect("judgments");
    let measures = parse_all(&MEASURES.map(str::to_owned)).expect("measures");
    let topics = collection.join("queries.tsv");
    let answer_to = |topics: &Path, flags: &[&str]| {
        let run = dateline().arg("batch").arg(topics).arg("--index").arg(&index).args(flags).output();
        Run::parse("answers", run.expect("the command runs").stdout).expect("a run")
    };
    let (plain, expanded) = (answer_to(&topics, &[]), answer_to(&topics, &["--expand"]));
    let days = scratch.path().join("days.jsonl");
    let dated = with_days(&topics, &days).then(|| answer_to(&days, &[]));
    let score = |run: &Run| evaluate(run, &qrels, &measures, Scope::Judged).expect("values");
    Measured {
        name: collection.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        plain: score(&plain),
        expanded: score(&expanded),
        dated: dated.as_ref().map(score),
        comparison: compare(&plain, &[expanded], &qrels, &measures).expect("a comparison").remove(0),
    }
}

/// The command named by `DATELINE`, else the one that was built with the tests.
pub fn dateline() -> Command {
    let named = std::env::var_os("DATELINE").unwrap_or_else(|| env!("CARGO_BIN_EXE_dateline").into());
    let mut command = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(named));
    command.env_remove("DATELINE_INDEX");
    command
}
