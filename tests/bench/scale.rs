//! Archives of every form, and of growing size: `cargo bench --bench scale -- FILE.jsonl [ARTICLES]`.
//!
//! Every indexing is a process of its own, so that its memory can be told; bare tantivy indexes the same JSON lines.

#![allow(clippy::print_stdout, clippy::print_stderr)]

#[path = "bare.rs"]
#[allow(dead_code, reason = "only its indexing is measured here")]
mod bare;
#[path = "scale/child.rs"]
mod child;
#[path = "scale/forms.rs"]
mod forms;
#[path = "scale/made.rs"]
mod made;
mod stems;

use std::error::Error;
use std::path::{Path, PathBuf};

use child::Measured;

const THREADS: usize = 2;
const HEAP: usize = 512 << 20;
/// Runs of a form; the middle one counts.
const RUNS: usize = 3;
/// The smallest archive that is made.
const FEWEST: u64 = 10_000;
/// Makes this program index a file with bare tantivy.
const BARE: &str = "--bare";

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let [flag, file, dir] = args.as_slice()
        && flag == BARE
    {
        return bare::index(Path::new(file), Path::new(dir), THREADS, HEAP);
    }
    let Some(file) = args.first().map(PathBuf::from).filter(|file| file.is_file()) else {
        eprintln!("no articles to measure with; run `make bench FILE=articles.jsonl` with a JSON-lines file");
        return Ok(());
    };
    let most = args.get(1).map_or(Ok(100_000), |most| most.parse())?;
    of_forms(&file)?;
    of_sizes(most)
}

/// The same articles in every form, in MB of their JSON lines a second.
fn of_forms(file: &Path) -> Outcome<()> {
    let scratch = tempfile::tempdir()?;
    let megabytes = std::fs::metadata(file)?.len() as f64 / 1e6;
    println!(
        "\nthe same articles in every form: {megabytes:.1} MB of JSON lines, {THREADS} threads, medians of {RUNS}"
    );
    println!("{:<28} {:>8} {:>16} {:>16} {:>16}", "", "MB/s", "of bare's pace", "of its CPU", "memory (MB)");
    let index = scratch.path().join("index");
    let bare = middle(|| child::bare(file, &index))?;
    row("bare tantivy, JSON lines", megabytes, &bare, &bare);
    for form in forms::write(file, scratch.path())? {
        let measured = middle(|| child::dateline(&form.path, &index))?;
        row(form.name, megabytes, &measured, &bare);
    }
    Ok(())
}

/// Made articles, ten times as many each time.
fn of_sizes(most: u64) -> Outcome<()> {
    println!("\nmade articles with the word frequencies of prose, JSON lines");
    println!(
        "{:<12} {:>8} {:>16} {:>16} {:>16} {:>16} {:>20}",
        "articles", "MB/s", "of bare's pace", "of its CPU", "memory (MB)", "µs an article", "CPU µs (bare's)"
    );
    let mut articles = FEWEST;
    while articles <= most {
        let scratch = tempfile::tempdir()?;
        let (file, index) = (scratch.path().join("made.jsonl"), scratch.path().join("index"));
        let megabytes = made::write(&file, articles)? as f64 / 1e6;
        let bare = child::bare(&file, &index)?;
        let ours = child::dateline(&file, &index)?;
        println!(
            "{articles:<12} {:>8.1} {:>16.2} {:>16.2} {:>16.0} {:>16.1} {:>20}",
            megabytes / ours.seconds,
            bare.seconds / ours.seconds,
            ours.cpu / bare.cpu,
            ours.megabytes,
            ours.seconds * 1e6 / articles as f64,
            format!("{:.1} ({:.1})", ours.cpu * 1e6 / articles as f64, bare.cpu * 1e6 / articles as f64)
        );
        articles *= 10;
    }
    Ok(())
}

fn row(name: &str, megabytes: f64, measured: &Measured, bare: &Measured) {
    let pace = bare.seconds / measured.seconds;
    let cpu = measured.cpu / bare.cpu;
    println!("{name:<28} {:>8.1} {pace:>16.2} {cpu:>16.2} {:>16.0}", megabytes / measured.seconds, measured.megabytes);
}

/// The run of middling time.
fn middle(mut run: impl FnMut() -> Outcome<Measured>) -> Outcome<Measured> {
    let mut runs = (0..RUNS).map(|_| run()).collect::<Outcome<Vec<_>>>()?;
    runs.sort_by(|a, b| a.cpu.total_cmp(&b.cpu).then(a.seconds.total_cmp(&b.seconds)));
    Ok(runs.swap_remove(RUNS / 2))
}
