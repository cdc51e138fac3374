//! Dateline beside bare tantivy, in alternating runs of one process: `cargo bench --bench side_by_side -- FILE.jsonl`.
//!
//! Machines are noisy: what counts is the ratio of the medians, and the raw times stand beside it.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bare;
mod dateline_side;
mod process;
mod queries;
mod stems;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dateline::engine::LocalEngine;

const RUNS: usize = 5;
const THREADS: usize = 2;
const HEAP: usize = 512 << 20;
const QUERIES: usize = 1000;
const TOPICS: usize = 400;
/// Processes whose memory is looked at.
const MEASURED: usize = 20;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.as_slice() {
        [flag, dir] if flag == process::OPEN_ONLY => return process::open_only(Path::new(dir)),
        [flag, dir, words] if flag == process::MEMORY => return process::tell_memory(Path::new(dir), words),
        _ => {}
    }
    let Some(file) = args.first().map(PathBuf::from).filter(|file| file.is_file()) else {
        eprintln!("no articles to measure with; run `make bench FILE=articles.jsonl` with a JSON-lines file");
        return Ok(());
    };
    let megabytes = fs::metadata(&file)?.len() as f64 / 1e6;
    println!(
        "{}: {megabytes:.1} MB; {RUNS} alternating runs, {THREADS} threads, heap {} MiB",
        file.display(),
        HEAP >> 20
    );
    let scratch = tempfile::tempdir()?;
    let (bare, ours) = (scratch.path().join("bare"), scratch.path().join("dateline"));

    indexing(&file, &bare, &ours, megabytes)?;
    let (bare_archive, archive) = (bare::Archive::open(&bare)?, dateline_side::open(&ours)?);
    let queries = queries::two_words(&file, QUERIES)?;
    searches(&bare_archive, &archive, &queries, &queries::questions(&file, QUERIES)?)?;
    runs(&bare_archive, &archive, &queries::headlines(&file, TOPICS)?)?;
    processes(&ours, &queries)
}

fn indexing(file: &Path, bare: &Path, ours: &Path, megabytes: f64) -> Outcome<()> {
    let times = alternate(
        || timed(|| bare::index(file, fresh(bare)?, THREADS, HEAP)),
        || timed(|| dateline_side::index(file, fresh(ours)?, THREADS, HEAP)),
    )?;
    report("indexing", "MB/s", &times, |t| megabytes / t.as_secs_f64());
    println!("  Dateline reaches {:.2} of bare tantivy's pace", median(&times.bare) / median(&times.ours));
    println!("  size: bare {:.1} MB, Dateline {:.1} MB", folder_size(bare)?, folder_size(ours)?);
    Ok(())
}

/// Searches one after the other on one thread, ours always with ten highlighted passages.
fn searches(bare: &bare::Archive, ours: &LocalEngine, queries: &[String], questions: &[String]) -> Outcome<()> {
    let ask = |asked: &[String]| timed(|| asked.iter().try_for_each(|q| dateline_side::passages(ours, q)));
    let of_one = |t: Duration| t.as_secs_f64() * 1e3 / QUERIES as f64;
    let times = alternate(|| timed(|| queries.iter().try_for_each(|q| bare.snippets(q))), || ask(queries))?;
    report("1,000 two-word queries, top 10 highlighted", "ms/query", &times, of_one);
    println!("  Dateline takes {:.2} of TopDocs + SnippetGenerator's time", median(&times.ours) / median(&times.bare));
    for (name, asked) in [("two-word queries", queries), ("fifteen-word questions", questions)] {
        let times = alternate(|| timed(|| asked.iter().try_for_each(|q| bare.top(q))), || ask(asked))?;
        report(&format!("1,000 {name}, bare top 10 without snippets"), "ms/query", &times, of_one);
        println!(
            "  Dateline, with ten highlighted passages, takes {:.2} times as long",
            median(&times.ours) / median(&times.bare)
        );
    }
    Ok(())
}

fn runs(bare: &bare::Archive, ours: &LocalEngine, topics: &[String]) -> Outcome<()> {
    for depth in [10, 1000] {
        let times = alternate(
            || timed(|| bare.run(topics, depth, THREADS).map(drop)),
            || timed(|| dateline_side::run(ours, topics, depth, THREADS).map(drop)),
        )?;
        report(&format!("a run of {TOPICS} headlines, {depth} deep"), "topics/s", &times, |t| {
            TOPICS as f64 / t.as_secs_f64()
        });
        println!("  Dateline reaches {:.2} of bare tantivy's pace", median(&times.bare) / median(&times.ours));
    }
    Ok(())
}

fn processes(ours: &Path, queries: &[String]) -> Outcome<()> {
    let times = alternate(|| process::spawn_open_only(ours), || process::spawn_query(ours, &queries[0]))?;
    report("a whole process: opening the index only / a query", "ms", &times, |t| t.as_secs_f64() * 1e3);
    println!("  `dateline query` takes {:.2} times as long as opening", median(&times.ours) / median(&times.bare));
    match process::anonymous_memory(ours, &queries[..MEASURED.min(queries.len())])? {
        Some(most) => println!("  anonymous memory of a query's process: {most:.1} MB at most in {MEASURED}"),
        None => println!("  anonymous memory of a query's process: not told by this system"),
    }
    Ok(())
}

/// Times of the two sides, run by run.
struct Times {
    bare: Vec<Duration>,
    ours: Vec<Duration>,
}

fn alternate(
    mut bare: impl FnMut() -> Outcome<Duration>,
    mut ours: impl FnMut() -> Outcome<Duration>,
) -> Outcome<Times> {
    let mut times = Times { bare: Vec::new(), ours: Vec::new() };
    // one of each that does not count, so that both find the file in the cache
    bare()?;
    ours()?;
    for _ in 0..RUNS {
        times.bare.push(bare()?);
        times.ours.push(ours()?);
    }
    Ok(times)
}

fn timed(mut work: impl FnMut() -> Outcome<()>) -> Outcome<Duration> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

fn report(what: &str, unit: &str, times: &Times, measure: impl Fn(Duration) -> f64) {
    println!("\n{what} ({unit})");
    for (name, times) in [("bare", &times.bare), ("Dateline", &times.ours)] {
        let raw: Vec<String> = times.iter().map(|t| format!("{:8.3}", measure(*t))).collect();
        println!("  {name:<9} {}   median {:8.3}", raw.join(" "), measure(Duration::from_secs_f64(median(times))));
    }
}

/// The median, in seconds.
fn median(times: &[Duration]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort();
    sorted[sorted.len() / 2].as_secs_f64()
}

fn fresh(dir: &Path) -> Outcome<&Path> {
    if dir.exists() {
        fs::remove_dir_all(dir)?;
    }
    fs::create_dir_all(dir)?;
    Ok(dir)
}

/// Megabytes of the files in a folder.
fn folder_size(dir: &Path) -> Outcome<f64> {
    let mut bytes = 0;
    for entry in fs::read_dir(dir)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes as f64 / 1e6)
}
