//! The articles that are indexed: as they were, as they are now, and fewer of them.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::run::remove;

/// A word that every article has.
pub const COMMON: &str = "harbour";

/// Questions whose answers tell two indexes apart.
pub const TOPICS: &str =
    "all\tharbour\n1\tferry lamp\n2\tthe mayor of the council\n3\tstrike at the venue\n4\tglacier\n";

/// Judgments of some of them.
pub const QRELS: &str = "1 0 0/3 1\n1 0 1/5 2\n2 0 r4 1\n3 0 2/10 1\n4 0 r12 2\n";

const WORDS: [&str; 12] =
    ["lamp", "ferry", "council", "mayor", "tide", "crane", "quota", "summit", "venue", "glacier", "strike", "oil"];

/// Texts of the archive.
const TEXTS: u64 = 16;

/// Records that stand in another file now.
const MOVED: u64 = 6;

/// What the folder holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Old,
    /// Some articles changed, some are new, some gone; records stand in other files.
    New,
    /// Half of the old ones, as they were.
    Fewer,
}

/// Makes the folder hold this.
pub fn write(articles: &Path, state: State) {
    remove(articles);
    for number in 0..TEXTS + 3 {
        let version = u64::from(state == State::New && number % 5 == 0);
        let is_there = match state {
            State::Old => number < TEXTS,
            State::New => number % 7 != 4,
            State::Fewer => number < TEXTS && number % 2 == 0,
        };
        if is_there {
            put(articles, &format!("{}/{number}.txt", number % 3), &text(number, version), state);
        }
    }
    let moved = if state == State::New { MOVED } else { 0 };
    put(articles, "a.jsonl", &records(moved..12), state);
    if state != State::Fewer {
        put(articles, "b.jsonl", &(records(0..moved) + &records(12..24)), state);
    }
    let page = format!("<html><body><h1>A page</h1>\n<p>{}</p>\n</body></html>\n", paragraph(100));
    put(articles, "page.html", &page, state);
}

/// Whether an article stands in another file now, by its id.
pub fn is_moved(id: &str) -> bool {
    id.strip_prefix('r').and_then(|number| number.parse().ok()).is_some_and(|number: u64| number < MOVED)
}

/// What comes by standard input: records that came so before, and others.
pub fn stream(state: State) -> String {
    let first = if state == State::Old { 200 } else { 204 };
    records(first..first + 8)
}

fn put(articles: &Path, name: &str, content: &str, state: State) {
    let path = articles.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, content).expect("written");
    // a time that may be relied on: a file of now is read again in any case
    let age = Duration::from_secs(86_400 + u64::from(state == State::Old) * 3_600);
    let file = File::options().write(true).open(&path).expect("open");
    file.set_modified(SystemTime::now() - age).expect("set back");
}

fn text(number: u64, version: u64) -> String {
    let paragraphs: Vec<String> = (0..3).map(|n| paragraph(1000 * version + 10 * number + n)).collect();
    format!("Headline {number} of the {COMMON}\n\n{}\n", paragraphs.join("\n\n"))
}

fn records(numbers: std::ops::Range<u64>) -> String {
    let said = "\"outlet\":\"The Harbour Post\",\"date\":\"2018-06-27\"";
    let record = |id: u64| {
        let body = paragraph(5000 + id);
        format!("{{\"id\":\"r{id}\",\"headline\":\"Record {id}\",{said},\"body\":\"{body}\"}}\n")
    };
    numbers.map(record).collect()
}

fn paragraph(seed: u64) -> String {
    let mut rng = StdRng::seed_from_u64(seed);
    let count = rng.random_range(6..30);
    let words: Vec<&str> = (0..count).map(|_| WORDS[rng.random_range(0..WORDS.len())]).collect();
    format!("The {COMMON} was told of the {}.", words.join(" and the "))
}
