//! Queries made from the articles themselves: the same file gives the same queries.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde_json::Value;

use super::Outcome;

/// Two words of six letters or more out of one article each, from articles all over the file.
pub fn two_words(file: &Path, count: usize) -> Outcome<Vec<String>> {
    let mut queries = Vec::new();
    for line in BufReader::new(File::open(file)?).lines() {
        let article: Value = serde_json::from_str(&line?)?;
        let Some(body) = article["text"].as_str().or(article["body"].as_str()) else { continue };
        let words: Vec<&str> = body.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() >= 6).collect();
        if words.len() > 40 {
            queries.push(format!("{} {}", words[7], words[words.len() / 2]));
        }
    }
    spread(queries, count).ok_or_else(|| "no article has words enough to make queries of".into())
}

/// Fifteen words in a row from the middle of articles all over the file, as long questions are: function words too.
pub fn questions(file: &Path, count: usize) -> Outcome<Vec<String>> {
    let mut questions = Vec::new();
    for line in BufReader::new(File::open(file)?).lines() {
        let article: Value = serde_json::from_str(&line?)?;
        let Some(body) = article["text"].as_str().or(article["body"].as_str()) else { continue };
        let words: Vec<&str> =
            body.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
        if words.len() > 60 {
            questions.push(words[words.len() / 2..][..15].join(" "));
        }
    }
    spread(questions, count).ok_or_else(|| "no article has words enough to make questions of".into())
}

/// `count` of them, from all over the list, again from its start where it is too short; none where it is empty.
fn spread(all: Vec<String>, count: usize) -> Option<Vec<String>> {
    let step = (all.len() / count).max(1);
    (!all.is_empty()).then(|| all.into_iter().step_by(step).cycle().take(count).collect())
}

/// Headlines of articles all over the file: the long questions of a batch.
pub fn headlines(file: &Path, count: usize) -> Outcome<Vec<String>> {
    let mut topics = Vec::new();
    for line in BufReader::new(File::open(file)?).lines() {
        let article: Value = serde_json::from_str(&line?)?;
        let Some(headline) = article["title"].as_str().or(article["headline"].as_str()) else { continue };
        if headline.split_whitespace().count() >= 8 {
            topics.push(headline.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    spread(topics, count).ok_or_else(|| "no headline has eight words or more".into())
}
