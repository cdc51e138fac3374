//! Articles made of made words, which fall as often as words of prose do: the nth most frequent about 1/n times as often
//! as the first (Zipf), lengths about a middle of 400 words with a long tail.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::Outcome;

/// Different words.
const WORDS: usize = 400_000;

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

fn sentence(rng: &mut StdRng, words: &[String], length: usize) -> String {
    let mut sentence = String::with_capacity(length * 7);
    for nth in 0..length {
        // the inverse of the sum of 1/n is nearly exponential
        let rank = ((words.len() as f64).powf(rng.random::<f64>()) as usize).min(words.len()) - 1;
        if nth > 0 {
            sentence.push(' ');
        }
        sentence.push_str(&words[rank]);
    }
    let first = sentence.get(..1).map(str::to_uppercase).unwrap_or_default();
    sentence.replacen(|_: char| true, &first, 1)
}
