//! `--ocr` measured: the documents of whole collections with made OCR noise (the queries are clean), and what of the loss it wins
//! back. `make misread` prints the table; sums over the collections are held to floors.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use dateline::eval::measures::parse_all;
use dateline::eval::trec::{Qrels, Run};
use dateline::eval::{Scope, evaluate};
use serde_json::{Value, json};

use super::collections;
use super::measure::dateline;
use super::noise::Noise;
use crate::floors::Strayed;

const MEASURES: [&str; 2] = ["recall@100", "nDCG@10"];
/// Shares of letters that are read wrong.
const RATES: [f64; 4] = [0.0, 0.02, 0.05, 0.10];
/// Collections that nothing was tuned on.
const HELD: &[&str] = &["cisi", "npl"];
/// What a value may fall below its floor: half a percent of a recall is what another draw of the noise brings.
const MARGIN: f64 = 0.005;

/// A collection at a rate: each measure without `--ocr` and with it.
struct Read {
    collection: String,
    rate: f64,
    plain: Vec<f64>,
    ocr: Vec<f64>,
}

#[test]
#[ignore = "runs by make misread"]
fn what_noise_takes_misreadings_give_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::var("COLLECTIONS").unwrap_or_else(|_| "../shared/collections".to_owned());
    let found = collections(&root.join(&folder));
    if found.is_empty() {
        eprintln!("misread: no collections in {folder}, no noise is measured; name a folder with COLLECTIONS=folder");
        return;
    }
    let read: Vec<Read> = found.iter().flat_map(|folder| RATES.map(|rate| measure(folder, rate))).collect();
    println!("{}", table(&read));
    let file = root.join("tests/misread-floors.json");
    let mut floors: BTreeMap<String, f64> =
        std::fs::read(&file).map_or_else(|_| BTreeMap::new(), |text| serde_json::from_slice(&text).expect("floors"));
    let values: Vec<(String, f64)> = read.iter().flat_map(values).collect();
    let strayed =
        Strayed::of(values.iter().map(|(name, value)| (name.clone(), *value, floors.get(name).copied())), MARGIN);
    strayed.hold("what is found in noise", &file, || {
        for (name, value) in values {
            let floor = floors.entry(name).or_default();
            *floor = floor.max((value * 1e4).round() / 1e4);
        }
        let lines: Vec<String> = floors.iter().map(|(name, value)| format!("  {}: {value}", json!(name))).collect();
        std::fs::write(&file, format!("{{\n{}\n}}\n", lines.join(",\n"))).expect("the floors are written");
    });
}

/// What is held to floors: both measures with `--ocr`.
fn values(read: &Read) -> Vec<(String, f64)> {
    let name = |measure: &str| format!("{}, {:.2}, {measure}", read.collection, read.rate);
    MEASURES.iter().zip(&read.ocr).map(|(measure, value)| (name(measure), *value)).collect()
}

fn measure(collection: &Path, rate: f64) -> Read {
    let name = collection.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let (docs, index) = (scratch.path().join("docs.jsonl"), scratch.path().join("index"));
    let clean = Command::new("gzip").arg("-dc").arg(collection.join("docs.jsonl.gz")).output().expect("gzip runs");
    let mut noise = Noise::new(&name, rate);
    let mut noisy = std::io::BufWriter::new(std::fs::File::create(&docs).expect("a scratch file"));
    for line in String::from_utf8(clean.stdout).expect("text").lines() {
        let mut document: Value = serde_json::from_str(line).expect("a document");
        for field in ["title", "text"] {
            if let Some(text) = document[field].as_str() {
                document[field] = noise.read(text).into();
            }
        }
        writeln!(noisy, "{document}").expect("written");
    }
    noisy.flush().expect("written");
    // exit status 2 is that of records that are no articles, such as those without text
    let indexed = dateline().arg("index").arg(&docs).arg("--index").arg(&index).stderr(Stdio::null()).output();
    assert!(indexed.is_ok_and(|output| matches!(output.status.code(), Some(0 | 2))), "{name}");
    let qrels = Qrels::read(&collection.join("qrels.txt")).expect("judgments");
    let measures = parse_all(&MEASURES.map(str::to_owned)).expect("measures");
    let answered = |flags: &[&str]| {
        let mut batch = dateline();
        batch.arg("batch").arg(collection.join("queries.tsv")).arg("--index").arg(&index).args(flags);
        let run = batch.stderr(Stdio::null()).output().expect("the command runs").stdout;
        let run = Run::parse("answers", run).expect("a run");
        evaluate(&run, &qrels, &measures, Scope::Judged).expect("values").means
    };
    Read { rate, plain: answered(&[]), ocr: answered(&["--ocr"]), collection: name }
}

/// A row for each collection, rate and measure, and what of all losses is won back.
fn table(read: &[Read]) -> String {
    let mut text = format!(
        "{:<24} {:>5}  {:<10} {:>7} {:>7} {:>7} {:>9}\n",
        "collection", "rate", "measure", "clean", "noisy", "--ocr", "won back"
    );
    for (measure, name) in MEASURES.iter().enumerate() {
        for one in read {
            let (clean, plain, ocr) = (clean(read, one)[measure], one.plain[measure], one.ocr[measure]);
            let held = if HELD.contains(&one.collection.as_str()) { " (held)" } else { "" };
            let won = if one.rate > 0.0 {
                percent(ocr - plain, clean - plain)
            } else {
                format!("{:+.1}%", 100.0 * (ocr / clean - 1.0))
            };
            let _ = writeln!(
                text,
                "{:<24} {:>5.2}  {name:<10} {clean:>7.4} {plain:>7.4} {ocr:>7.4} {won:>9}",
                format!("{}{held}", one.collection),
                one.rate
            );
        }
        for (whose, is_held) in [("tuned on, all losses", false), ("held, all losses", true)] {
            for rate in RATES.into_iter().filter(|rate| *rate > 0.0) {
                let of_rate =
                    read.iter().filter(|one| one.rate == rate && HELD.contains(&one.collection.as_str()) == is_held);
                let (mut lost, mut won) = (0.0, 0.0);
                for one in of_rate {
                    lost += clean(read, one)[measure] - one.plain[measure];
                    won += one.ocr[measure] - one.plain[measure];
                }
                let _ = writeln!(text, "{whose:<24} {rate:>5.2}  {name:<10} {:>33}", percent(won, lost));
            }
        }
    }
    text
}

/// What the same collection has without noise and without `--ocr`.
fn clean<'r>(read: &'r [Read], of: &Read) -> &'r [f64] {
    let clean = read.iter().find(|one| one.rate == 0.0 && one.collection == of.collection);
    clean.map_or(&[], |clean| &clean.plain)
}

fn percent(won: f64, lost: f64) -> String {
    if lost.abs() < 1e-9 { "-".to_owned() } else { format!("{:.0}%", 100.0 * won / lost) }
}
