//! The parts of an expression -> its places, and which may follow which.

use std::collections::BTreeSet;

use super::parse::{Expression, Letters, MAX_PLACES};

/// The most different sets of places that a word may lead to.
pub const MAX_STATES: usize = 500;

/// The places of an expression: bit 0 stands before the first character, bit `n` behind a character of place `n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RegexPlaces {
    /// Which characters fit each place, from place 1 on.
    letters: Vec<Letters>,
    /// The places that may come behind each, from place 0 on.
    next: Vec<u128>,
    /// The places that a word may end at.
    pub ends: u128,
}

/// Where a part begins and ends, and whether it may be nothing.
#[derive(Clone, Copy)]
struct Reach {
    first: u128,
    last: u128,
    empty: bool,
}

const NOTHING: Reach = Reach { first: 0, last: 0, empty: true };

impl RegexPlaces {
    /// The places of a whole expression.
    pub fn of(part: &Expression) -> Result<Self, String> {
        let mut places = Self { letters: Vec::new(), next: vec![0], ends: 0 };
        let reach = places.add(part)?;
        places.next[0] = reach.first;
        places.ends = reach.last | u128::from(reach.empty);
        if places.has_too_many_states() {
            return Err(format!("it can be gone through in more than {MAX_STATES} ways"));
        }
        Ok(places)
    }

    pub fn step(&self, places: u128, c: char) -> u128 {
        let (mut rest, mut next) = (places, 0);
        while rest != 0 {
            next |= self.next[rest.trailing_zeros() as usize];
            rest &= rest - 1;
        }
        next & self.fitting(next, c)
    }

    /// Of some places, those that a character fits.
    fn fitting(&self, mut of: u128, c: char) -> u128 {
        let mut fitting = 0;
        while of != 0 {
            let place = of.trailing_zeros() as usize;
            fitting |= u128::from(self.letters[place - 1].have(c)) << place;
            of &= of - 1;
        }
        fitting
    }

    fn add(&mut self, part: &Expression) -> Result<Reach, String> {
        match part {
            Expression::One(letters) => {
                if self.letters.len() == MAX_PLACES {
                    return Err(format!("it is longer than {MAX_PLACES} characters, repetitions written out"));
                }
                self.letters.push(letters.clone());
                self.next.push(0);
                let place = 1 << self.letters.len();
                Ok(Reach { first: place, last: place, empty: false })
            }
            Expression::Row(parts) => parts.iter().try_fold(NOTHING, |before, part| {
                let behind = self.add(part)?;
                Ok(self.join(before, behind))
            }),
            Expression::Either(parts) => {
                let mut all = Reach { empty: false, ..NOTHING };
                for part in parts {
                    let one = self.add(part)?;
                    all =
                        Reach { first: all.first | one.first, last: all.last | one.last, empty: all.empty | one.empty };
                }
                Ok(all)
            }
            Expression::Repeated(part, least, most) => self.repeat(part, *least, *most),
        }
    }

    /// So often at least, and at most; each time has places of its own.
    fn repeat(&mut self, part: &Expression, least: usize, most: Option<usize>) -> Result<Reach, String> {
        let mut all = NOTHING;
        for _ in 1..least {
            let one = self.add(part)?;
            all = self.join(all, one);
        }
        let Some(most) = most else {
            let one = self.add(part)?;
            self.follow(one.last, one.first);
            return Ok(self.join(all, Reach { empty: one.empty || least == 0, ..one }));
        };
        for time in least.max(1)..=most {
            let one = self.add(part)?;
            all = self.join(all, Reach { empty: one.empty || time > least, ..one });
        }
        Ok(all)
    }

    /// One behind the other.
    fn join(&mut self, before: Reach, behind: Reach) -> Reach {
        self.follow(before.last, behind.first);
        let first = before.first | if before.empty { behind.first } else { 0 };
        let last = behind.last | if behind.empty { before.last } else { 0 };
        Reach { first, last, empty: before.empty && behind.empty }
    }

    /// Behind each of some places may come each of others.
    fn follow(&mut self, mut places: u128, others: u128) {
        while places != 0 {
            self.next[places.trailing_zeros() as usize] |= others;
            places &= places - 1;
        }
    }

    /// Whether words lead to more different sets of places than there may be.
    fn has_too_many_states(&self) -> bool {
        let stretches = || self.letters.iter().flat_map(|letters| &letters.stretches);
        let behind = stretches().filter_map(|(_, last)| char::from_u32(*last as u32 + 1));
        // one character of each kind that no place tells from others
        let kinds: BTreeSet<char> = stretches().map(|(first, _)| *first).chain(behind).chain(['\0']).collect();
        let (mut known, mut open) = (BTreeSet::from([1]), vec![1]);
        while let Some(places) = open.pop() {
            for &c in &kinds {
                let next = self.step(places, c);
                if known.insert(next) {
                    open.push(next);
                }
            }
            if known.len() > MAX_STATES {
                return true;
            }
        }
        false
    }
}
