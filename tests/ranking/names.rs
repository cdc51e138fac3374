//! Names and ordinary words as queries, drawn from real articles that are no part of the project: whether the first hits
//! hold the word as it was typed. `make ranking` prints the shares; they are held to floors.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::measure::dateline;

/// Queries of each kind.
const DRAWN: usize = 200;
/// The fewest articles with a word that is drawn: as many as hits are looked at.
const ENOUGH: usize = 10;
/// What of the first hits must hold a name as typed.
const OF_NAMES: f64 = 0.95;
/// What of the first hits must hold an ordinary word as typed.
const OF_WORDS: f64 = 0.88;

/// In how many articles a word stands, and in how many of them it stands inside a sentence with a capital, or without one.
#[derive(Default)]
struct Written {
    articles: usize,
    capital: usize,
    small: usize,
}

#[test]
#[ignore = "runs by make ranking"]
fn the_first_hits_of_a_name_hold_it() {
    let news = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/news/news-8k.jsonl.gz");
    if !news.exists() {
        eprintln!("ranking: no {}, so no names are asked for", news.display());
        return;
    }
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let (index, topics) = (scratch.path().join("index"), scratch.path().join("topics.tsv"));
    let indexed = dateline().arg("index").arg(&news).arg("--index").arg(&index).stderr(Stdio::null()).output();
    assert!(indexed.is_ok_and(|output| output.status.success()), "{}", news.display());
    let words = words_of(&news);
    for (kind, least, drawn) in [
        ("names", OF_NAMES, draw(&words, |word| word.capital * 10 >= word.articles * 6 && word.small == 0)),
        ("words", OF_WORDS, draw(&words, |word| word.capital == 0 && word.small * 10 >= word.articles * 6)),
    ] {
        let lines: Vec<String> = drawn.iter().map(|word| format!("{word}\t{word}\n")).collect();
        std::fs::write(&topics, lines.concat()).expect("written");
        let mut batch = dateline();
        batch.arg("batch").arg(&topics).args(["-n", "10", "--format", "jsonl", "--index"]).arg(&index);
        let answers = batch.stderr(Stdio::null()).output().expect("the command runs").stdout;
        let (held, hits, lacking) = tell(&String::from_utf8(answers).expect("text"));
        let share = held as f64 / hits as f64;
        println!("{kind}: {held} of {hits} first hits hold the form typed ({share:.3}); others: {}", lacking.join(" "));
        assert_eq!(drawn.len(), DRAWN);
        assert!(share >= least, "{kind}: {share} is below {least}");
    }
}

/// How often each word of the articles stands in them, by its small letters.
fn words_of(news: &Path) -> BTreeMap<String, Written> {
    let text = Command::new("gzip").arg("-dc").arg(news).output().expect("gzip runs").stdout;
    let mut words: BTreeMap<String, Written> = BTreeMap::new();
    for line in String::from_utf8(text).expect("text").lines() {
        let article: Value = serde_json::from_str(line).expect("an article");
        let mut here: BTreeMap<String, (bool, bool)> = BTreeMap::new();
        let mut inside = false;
        for word in article["text"].as_str().unwrap_or_default().split_whitespace() {
            let bare = word.trim_end_matches([',', ';', ')']);
            if bare.chars().all(char::is_alphabetic) && bare.chars().count() > 3 {
                let seen = here.entry(bare.to_lowercase()).or_default();
                let rest_is_small = bare.chars().skip(1).all(char::is_lowercase);
                seen.0 |= inside && rest_is_small && bare.starts_with(char::is_uppercase);
                seen.1 |= bare.starts_with(char::is_lowercase);
            }
            inside = bare.ends_with(|c: char| c.is_lowercase() || c == ',');
        }
        for (word, (capital, small)) in here {
            let written = words.entry(word).or_default();
            written.articles += 1;
            written.capital += usize::from(capital);
            written.small += usize::from(small);
        }
    }
    words
}

/// Words of one kind, chosen by a hash of their letters.
fn draw(words: &BTreeMap<String, Written>, is_meant: impl Fn(&Written) -> bool) -> Vec<&str> {
    let hash = |word: &str| word.bytes().fold(7_u32, |hash, byte| hash.wrapping_mul(16_777_619) ^ u32::from(byte));
    let meant = words.iter().filter(|(_, written)| written.articles >= ENOUGH && is_meant(written));
    let mut drawn: Vec<&str> = meant.map(|(word, _)| word.as_str()).collect();
    drawn.sort_by_key(|word| hash(word));
    drawn.truncate(DRAWN);
    drawn
}

/// How many hits hold their topic's word, how many there are, and the topics of the others.
fn tell(answers: &str) -> (usize, usize, Vec<String>) {
    let (mut held, mut hits, mut lacking) = (0, 0, Vec::new());
    for line in answers.lines() {
        let hit: Value = serde_json::from_str(line).expect("a hit");
        let topic = hit["topic"].as_str().expect("a topic");
        let texts = [&hit["text"], &hit["headline"]["value"]];
        let words =
            texts.iter().filter_map(|text| text.as_str()).flat_map(|text| text.split(|c: char| !c.is_alphabetic()));
        hits += 1;
        if words.map(str::to_lowercase).any(|word| word == topic) {
            held += 1;
        } else if !lacking.iter().any(|known| known == topic) {
            lacking.push(topic.to_owned());
        }
    }
    (held, hits, lacking)
}
