//! Made OCR noise: the same every time for the same seed.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Letters and what they are read as: not the table by which the search undoes it, and with pairs that it lacks.
const READ_AS: &[(char, &str)] = &[
    ('e', "c"),
    ('c', "e"),
    ('l', "1"),
    ('o', "0"),
    ('h', "b"),
    ('b', "h"),
    ('n', "u"),
    ('u', "n"),
    ('t', "f"),
    ('f', "t"),
    ('s', "5"),
    ('g', "9"),
    ('i', "l"),
    ('a', "u"),
    ('r', "v"),
    ('d', "cl"),
    ('m', "rn"),
    ('w', "vv"),
    ('y', "v"),
    ('k', "lc"),
    ('p', "j"),
    ('v', "y"),
    ('z', "s"),
    ('x', "n"),
    ('q', "g"),
    ('j', ";"),
];

/// What share of the errors is a confusion of the table, and up to which share a random letter stands for one; then a letter
/// is lost in half of the others, and one too many in the rest.
const CONFUSED: f64 = 0.4;
const REPLACED: f64 = 0.8;
const LOST: f64 = 0.9;

/// Reads texts as a bad machine does.
pub struct Noise {
    random: StdRng,
    rate: f64,
}

impl Noise {
    /// Noise that gets so many of the letters and digits wrong, 0 to 1.
    pub fn new(seed: &str, rate: f64) -> Self {
        let seed = seed.bytes().fold(7, |hash: u64, byte| hash.wrapping_mul(16_777_619) ^ u64::from(byte));
        Self { random: StdRng::seed_from_u64(seed), rate }
    }

    /// The text with its errors.
    pub fn read(&mut self, text: &str) -> String {
        let mut read = String::with_capacity(text.len());
        for c in text.chars() {
            if !c.is_alphanumeric() || self.random.random::<f64>() >= self.rate {
                read.push(c);
                continue;
            }
            let any = char::from(self.random.random_range(b'a'..=b'z'));
            let known = READ_AS.iter().find(|(letter, _)| *letter == c.to_ascii_lowercase());
            match (self.random.random::<f64>(), known) {
                (..CONFUSED, Some((_, other))) => read.push_str(other),
                (..REPLACED, _) => read.push(any),
                (..LOST, _) => {}
                _ => read.extend([c, any]),
            }
        }
        read
    }
}
