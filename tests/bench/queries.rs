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
    if queries.is_empty() {
        return Err("no article has words enough to make queries of".into());
    }
    let step = (queries.len() / count).max(1);
    Ok(queries.into_iter().step_by(step).cycle().take(count).collect())
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
    if topics.is_empty() {
        return Err("no headline has eight words or more".into());
    }
    let step = (topics.len() / count).max(1);
    Ok(topics.into_iter().step_by(step).cycle().take(count).collect())
}
