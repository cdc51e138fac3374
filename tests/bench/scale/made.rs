//! Articles made of made words, which fall as often as words of prose do, lengths about a middle of 400 words with a long
//! tail.
//!
//! The nth most frequent word falls about 1/n times as often as the first (Zipf); from some thousands on the frequency falls
//! with the square of n, so that different words grow with the root of all words (Heaps): about 70,000 of 7.7 million, as
//! in the news that the other benchmark indexes.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::Outcome;

/// The most frequent words are drawn once; rarer ones are spelled when they fall.
const WORDS: usize = 400_000;
/// From this rank on frequencies fall with the square.
const TURN: f64 = 4000.0;

/// Writes so many articles as JSON lines, always the same; gives the bytes written.
pub fn write(file: &Path, articles: u64) -> Outcome<u64> {
    let mut rng = StdRng::seed_from_u64(20180627);
    let words: Vec<String> = (0..WORDS).map(|_| word(&mut rng)).collect();
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file)?);
    let mut bytes = 0;
    for number in 0..articles {
        let headline = sentence(&mut rng, &words, 9);
        let mut body = String::new();
        let spread: f64 = (0..6).map(|_| rng.random_range(-1.0..1.0)).sum::<f64>() / 2.0;
        let mut left = (400.0 * spread.exp()) as usize + 20;
        while left > 0 {
            let length = rng.random_range(6..34).min(left);
            left -= length;
            // writing to a String does not fail
            let _ = write!(
                body,
                "{}.{}",
                sentence(&mut rng, &words, length),
                if left.is_multiple_of(5) { "\\n\\n" } else { " " }
            );
        }
        let (year, month, day) = (rng.random_range(2000..2024), rng.random_range(1..13), rng.random_range(1..29));
        let outlet = rng.random_range(0..400);
        let line = format!(
            "{{\"id\":\"made-{number}\",\"outlet\":\"Outlet {outlet}\",\"date\":\"{year}-{month:02}-{day:02}\",\"headline\":\"{headline}\",\"body\":\"{body}\"}}\n"
        );
        out.write_all(line.as_bytes())?;
        bytes += line.len() as u64;
    }
    out.flush()?;
    Ok(bytes)
}

fn word(rng: &mut StdRng) -> String {
    const STARTS: [&str; 14] = ["b", "br", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "st", "t"];
    const ENDS: [&str; 12] = ["a", "e", "i", "o", "u", "an", "en", "ing", "er", "al", "on", "ed"];
    (0..rng.random_range(1..5))
        .map(|_| format!("{}{}", STARTS[rng.random_range(0..STARTS.len())], ENDS[rng.random_range(0..ENDS.len())]))
        .collect()
}

/// The rank of the next word, from 0.
fn rank(rng: &mut StdRng) -> usize {
    // what lies behind the turn weighs as much as a step of the logarithm
    let tail = 1.0 / (TURN.ln() + 1.0);
    let place = rng.random::<f64>();
    let rank = if place < tail {
        TURN * tail / place.max(1e-9)
    } else {
        // the inverse of the sum of 1/n is nearly exponential
        TURN.powf((place - tail) / (1.0 - tail))
    };
    rank as usize - 1
}

fn sentence(rng: &mut StdRng, words: &[String], length: usize) -> String {
    let mut sentence = String::with_capacity(length * 7);
    for nth in 0..length {
        if nth > 0 {
            sentence.push(' ');
        }
        let rank = rank(rng);
        match words.get(rank) {
            Some(word) => sentence.push_str(word),
            None => sentence.push_str(&word(&mut StdRng::seed_from_u64(rank as u64))),
        }
    }
    let first = sentence.get(..1).map(str::to_uppercase).unwrap_or_default();
    sentence.replacen(|_: char| true, &first, 1)
}
