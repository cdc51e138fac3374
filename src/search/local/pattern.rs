//! Wildcard patterns and regular expressions as automata over bytes: in a pattern `*` is any characters or none, `?` exactly one.

use tantivy_fst::Automaton;

use crate::query::Regex;

/// Elements that a pattern can have: more than the longest term has characters.
const MAX_ELEMENTS: usize = 127;

/// A pattern; its states are sets of places in it, one bit each.
pub(super) struct Pattern {
    /// Each character of the pattern, and the places before it.
    letters: Vec<(char, u128)>,
    /// Places before a `?`.
    any: u128,
    /// Places at which characters may be passed over.
    loops: u128,
    /// The place at the end.
    end: u128,
}

impl Pattern {
    pub fn new(pattern: &str) -> Self {
        let mut made = Self { letters: Vec::new(), any: 0, loops: 0, end: 0 };
        let mut place = 0;
        for c in pattern.chars() {
            if place > MAX_ELEMENTS {
                break;
            }
            let here = 1_u128.checked_shl(place as u32).unwrap_or(0);
            match c {
                '*' => {
                    made.loops |= here;
                    continue;
                }
                '?' => made.any |= here,
                c => match made.letters.iter_mut().find(|(letter, _)| *letter == c) {
                    Some((_, places)) => *places |= here,
                    None => made.letters.push((c, here)),
                },
            }
            place += 1;
        }
        // a pattern longer than any term has no end, and fits none
        made.end = 1_u128.checked_shl(place as u32).unwrap_or(0);
        made
    }

    fn step(&self, places: u128, c: char) -> u128 {
        let letter = self.letters.iter().find(|(letter, _)| *letter == c).map_or(0, |(_, places)| *places);
        (places & self.loops) | ((places & (self.any | letter)) << 1)
    }
}

/// Where the automaton is: the places in the pattern, and what it has of a character that is not over yet.
#[derive(Clone, Copy)]
pub(super) struct State {
    places: u128,
    /// Bits of the character so far.
    bits: u32,
    /// Bytes of it that are still to come.
    missing: u8,
}

/// What goes through a word character by character, and is at a set of places, one bit each.
pub(super) trait ByPlaces {
    /// The places behind one more character.
    fn behind(&self, places: u128, c: char) -> u128;
    /// Whether a word may end there.
    fn may_end(&self, places: u128) -> bool;
}

impl ByPlaces for Pattern {
    fn behind(&self, places: u128, c: char) -> u128 {
        self.step(places, c)
    }

    fn may_end(&self, places: u128) -> bool {
        places & self.end != 0
    }
}

impl ByPlaces for &Regex {
    fn behind(&self, places: u128, c: char) -> u128 {
        self.step(places, c)
    }

    fn may_end(&self, places: u128) -> bool {
        self.is_end(places)
    }
}

/// The same, byte by byte.
pub(super) struct ByCharacter<P>(pub P);

impl<P: ByPlaces> Automaton for ByCharacter<P> {
    type State = State;

    fn start(&self) -> State {
        State { places: 1, bits: 0, missing: 0 }
    }

    fn is_match(&self, state: &State) -> bool {
        state.missing == 0 && self.0.may_end(state.places)
    }

    fn can_match(&self, state: &State) -> bool {
        state.places != 0
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        let (bits, missing) = match (state.missing, byte) {
            (1.., _) => (state.bits << 6 | u32::from(byte & 0x3f), state.missing - 1),
            (0, 0xf0..) => (u32::from(byte & 0x07), 3),
            (0, 0xe0..) => (u32::from(byte & 0x0f), 2),
            (0, 0xc0..) => (u32::from(byte & 0x1f), 1),
            (0, _) => (u32::from(byte), 0),
        };
        if missing > 0 {
            return State { places: state.places, bits, missing };
        }
        let places = char::from_u32(bits).map_or(0, |c| self.0.behind(state.places, c));
        State { places, bits: 0, missing: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, word: &str) -> bool {
        let pattern = ByCharacter(Pattern::new(pattern));
        let state = word.bytes().fold(pattern.start(), |state, byte| pattern.accept(&state, byte));
        pattern.is_match(&state)
    }

    #[test]
    fn stars_are_any_characters_and_question_marks_one() {
        for (pattern, yes, no) in [
            ("sanction*", "sanction sanctions sanctioned", "sanctio asanction"),
            ("aver?anov", "averyanov averianov averéanov aver東anov", "averanov averiianov"),
            ("*ство", "ство правительство", "ствол"),
            ("a*b*c", "abc axxbyyc abcbc", "ab ac acb"),
            ("**a**", "a ba ab", "b"),
            ("?", "a é 東 𝒳", "ab"),
            ("??*", "ab abc", "a"),
            ("*", "a 東京", ""),
            ("北*", "北 北京", "東北"),
            ("", "", "a"),
        ] {
            assert!(yes.split(' ').all(|word| fits(pattern, word)), "{pattern} fits {yes}");
            assert!(no.split(' ').all(|word| word.is_empty() || !fits(pattern, word)), "{pattern} does not fit {no}");
        }
    }

    #[test]
    fn a_pattern_longer_than_any_term_fits_nothing() {
        assert!(fits(&"a".repeat(127), &"a".repeat(127)));
        assert!(!fits(&"a".repeat(128), &"a".repeat(128)));
        assert!(!fits(&"a".repeat(100_000), &"a".repeat(128)));
    }

    #[test]
    fn a_pattern_and_a_plain_reading_of_it_agree() {
        use proptest::prelude::*;
        fn plain(pattern: &[char], word: &[char]) -> bool {
            match pattern.split_first() {
                None => word.is_empty(),
                Some(('*', rest)) => (0..=word.len()).any(|skip| plain(rest, &word[skip..])),
                Some((c, rest)) => {
                    word.split_first().is_some_and(|(w, words)| (*c == '?' || c == w) && plain(rest, words))
                }
            }
        }
        proptest!(|(pattern in "[ab*?д]{0,8}", word in "[abд東]{0,10}")| {
            let (p, w): (Vec<char>, Vec<char>) = (pattern.chars().collect(), word.chars().collect());
            prop_assert_eq!(fits(&pattern, &word), plain(&p, &w));
        });
    }
}
