//! How far a word as it was read is from the word that was printed, by letters.

use crate::lexicon::MISREAD_LETTERS;

/// What taking letters for others costs that machines often take for each other.
pub(super) const USUAL: u32 = 1;
/// What any other letter more, less or in the place of another costs.
const ANY: u32 = 2;
/// Farther than any word.
const FAR: u32 = u32::MAX / 2;

/// Letters that machines take for each other.
pub(super) struct Confusions {
    /// Both ways round.
    pairs: Vec<(Vec<char>, Vec<char>)>,
}

impl Confusions {
    /// Those of the table.
    pub fn read() -> Self {
        let rows = MISREAD_LETTERS.read(|row| row.exactly::<2>());
        let letters = |text: &str| text.chars().collect::<Vec<char>>();
        let both = |[one, other]: [&str; 2]| [(letters(one), letters(other)), (letters(other), letters(one))];
        Self { pairs: rows.into_iter().flat_map(both).collect() }
    }

    /// What it costs to read `read` where `printed` stood: the cheapest edits.
    pub fn cost(&self, printed: &[char], read: &[char]) -> u32 {
        let width = read.len() + 1;
        let mut costs = vec![FAR; (printed.len() + 1) * width];
        costs[0] = 0;
        for i in 0..=printed.len() {
            for j in 0..=read.len() {
                let here = costs[i * width + j];
                if here >= FAR {
                    continue;
                }
                let mut reach = |di: usize, dj: usize, cost: u32| {
                    let there = &mut costs[(i + di) * width + j + dj];
                    *there = (*there).min(here + cost);
                };
                let (left, right) = (&printed[i..], &read[j..]);
                if let ([a, ..], [b, ..]) = (left, right) {
                    reach(1, 1, if a == b { 0 } else { ANY });
                }
                let doubled = |letters: &[char], at: usize| at > 0 && letters.get(at) == letters.get(at - 1);
                if !left.is_empty() {
                    reach(1, 0, if doubled(printed, i) { USUAL } else { ANY });
                }
                if !right.is_empty() {
                    reach(0, 1, if doubled(read, j) { USUAL } else { ANY });
                }
                for (one, other) in
                    self.pairs.iter().filter(|(one, other)| left.starts_with(one) && right.starts_with(other))
                {
                    reach(one.len(), other.len(), USUAL);
                }
            }
        }
        costs[costs.len() - 1]
    }

    /// What a word becomes where two letters were read as one or one as two, in one place.
    pub fn joined(&self, word: &str) -> Vec<String> {
        let letters: Vec<char> = word.chars().collect();
        let mut joined = Vec::new();
        for (one, other) in self.pairs.iter().filter(|(one, other)| one.len() != other.len()) {
            for at in 0..letters.len() {
                if letters[at..].starts_with(one) {
                    joined.push(letters[..at].iter().chain(other).chain(&letters[at + one.len()..]).collect());
                }
            }
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_machines_mistake_costs_less_than_other_edits() {
        let confusions = Confusions::read();
        for (printed, read, cost) in [
            ("helsinki", "helsinki", 0),
            ("helsinki", "hclsinki", 1),
            ("helsinki", "helsink1", 1),
            ("modern", "modem", 1),
            ("modern", "rnodern", 1),
            ("clear", "dear", 1),
            ("wave", "vvave", 1),
            ("committee", "comittee", 1),
            ("session", "sesssion", 1),
            ("house", "horse", 2),
            ("helsinki", "hxlsinki", 2),
            ("helsinki", "helinki", 2),
            ("helsinki", "hclslnki", 2),
            ("helsinki", "hxlsinkj", 3),
            ("", "ab", 4),
        ] {
            let letters = |word: &str| word.chars().collect::<Vec<char>>();
            assert_eq!(confusions.cost(&letters(printed), &letters(read)), cost, "{printed} {read}");
            assert_eq!(confusions.cost(&letters(read), &letters(printed)), cost, "{read} {printed}");
        }
    }

    #[test]
    fn letters_are_joined_and_parted_in_one_place() {
        let joined = Confusions::read().joined("modern");
        assert!(["modem", "rnodern", "moclern"].iter().all(|word| joined.iter().any(|one| one == word)), "{joined:?}");
        assert!(!joined.contains(&"rnodem".to_owned()), "{joined:?}");
    }
}
