//! Two lists of stretches -> what lies between those near each other, page by page: places of a page are bits, so that work
//! grows with the places, and not with the pairs that stretches make.

use super::interval::Interval;
use crate::analysis::PASSAGE_POSITIONS;
use crate::work;

/// Words of 64 bits that have a bit for each place of a page.
const WORDS: usize = PASSAGE_POSITIONS as usize / 64;

/// Places of a page.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Places([u64; WORDS]);

impl Places {
    fn add(&mut self, place: u32) {
        self.0[place as usize / 64] |= 1 << (place % 64);
    }

    fn add_all(&mut self, others: Self) {
        self.0.iter_mut().zip(others.0).for_each(|(word, other)| *word |= other);
    }

    fn and(self, other: Self) -> Self {
        Self(std::array::from_fn(|n| self.0[n] & other.0[n]))
    }

    fn has(self, place: u32) -> bool {
        self.0[place as usize / 64] & (1 << (place % 64)) != 0
    }

    fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// How many there are.
    pub fn count(self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The places, ascending.
    pub fn iter(self) -> impl Iterator<Item = u32> {
        (0..).zip(self.0).flat_map(|(n, word)| {
            let next = |left: &u64| Some(left & (left - 1)).filter(|&left| left != 0);
            let lefts = std::iter::successors(Some(word).filter(|&word| word != 0), next);
            lefts.map(move |left| 64 * n + left.trailing_zeros())
        })
    }

    /// The places up to `within` behind one.
    fn behind(place: u32, within: u32) -> Self {
        let last = place.saturating_add(within).min(PASSAGE_POSITIONS - 1);
        let up_to = |end: u32, n: u32| match end.saturating_sub(64 * n) {
            64.. => u64::MAX,
            bits => (1 << bits) - 1,
        };
        Self(std::array::from_fn(|n| up_to(last + 1, n as u32) & !up_to(place + 1, n as u32)))
    }
}

/// For each place of a page a set of places.
struct Grid(Vec<Places>);

impl Grid {
    fn new() -> Self {
        Self(vec![Places::default(); PASSAGE_POSITIONS as usize])
    }

    fn at(&mut self, place: u32) -> &mut Places {
        &mut self.0[place as usize]
    }

    /// The ends of stretches by where they start.
    fn of(list: &[Interval]) -> Self {
        let mut grid = Self::new();
        list.iter().for_each(|one| grid.at(one.start % PASSAGE_POSITIONS).add(one.end % PASSAGE_POSITIONS));
        grid
    }
}

/// How near two stretches must be, and whether the left one stands first.
#[derive(Clone, Copy)]
pub(super) struct Nearness {
    pub within: u32,
    pub ordered: bool,
}

/// Calls `each` with every position at which what lies between two stretches near each other starts, ascending, with the
/// position of its page's first place and the places there at which it ends. Both lists are ascending.
pub(super) fn hulls(left: &[Interval], right: &[Interval], near: Nearness, mut each: impl FnMut(u32, u32, Places)) {
    let mut found = Grid::new();
    for (base, left, right) in common_pages(left, right) {
        let mut starts = Places::default();
        collect(left, right, near.within, &mut starts, &mut found);
        if !near.ordered {
            collect(right, left, near.within, &mut starts, &mut found);
        }
        for start in starts.iter() {
            let ends = std::mem::take(found.at(start));
            if !ends.is_empty() {
                each(base, base + start, ends);
            }
        }
    }
}

/// Adds to `found` where pairs of a first and a second stretch end, by where they start.
fn collect(firsts: &[Interval], seconds: &[Interval], within: u32, starts: &mut Places, found: &mut Grid) {
    let second_starts = starts_of(seconds);
    let own = starts_of(firsts);
    starts.add_all(own);
    work::add(firsts.len() + seconds.len());
    let reach = |first: &Interval| Places::behind(first.end % PASSAGE_POSITIONS, within).and(second_starts);
    if seconds.iter().all(|second| second.start == second.end) {
        firsts.iter().for_each(|first| found.at(first.start % PASSAGE_POSITIONS).add_all(reach(first)));
        return;
    }
    let (mut reached, mut ends) = (Grid::new(), Grid::of(seconds));
    firsts.iter().for_each(|first| reached.at(first.start % PASSAGE_POSITIONS).add_all(reach(first)));
    for start in own.iter() {
        for second in reached.at(start).iter() {
            work::add(1);
            let ends = *ends.at(second);
            found.at(start).add_all(ends);
        }
    }
}

/// Of two lists those stretches between which something `wanted` lies; all lists are ascending.
pub(super) fn taking_part(
    left: &[Interval],
    right: &[Interval],
    near: Nearness,
    wanted: &[Interval],
) -> [Vec<Interval>; 2] {
    let (mut of_left, mut of_right) = (Vec::new(), Vec::new());
    for (base, left, right) in common_pages(left, right) {
        let mut wanted = Grid::of(page_of(wanted, base));
        select(left, right, near.within, &mut wanted, [&mut of_left, &mut of_right]);
        if !near.ordered {
            select(right, left, near.within, &mut wanted, [&mut of_right, &mut of_left]);
        }
    }
    [of_left, of_right].map(|mut list| {
        list.sort_unstable();
        list.dedup();
        list
    })
}

/// Adds those firsts and seconds of a page to `used` between which something wanted lies.
fn select(
    firsts: &[Interval],
    seconds: &[Interval],
    within: u32,
    wanted: &mut Grid,
    [used_firsts, used_seconds]: [&mut Vec<Interval>; 2],
) {
    let second_starts = starts_of(seconds);
    let (mut ends, mut good, mut reached) = (Grid::of(seconds), Grid::new(), Grid::new());
    for start in starts_of(firsts).iter() {
        let wanted = *wanted.at(start);
        for second in second_starts.iter() {
            work::add(1);
            if !ends.at(second).and(wanted).is_empty() {
                good.at(start).add(second);
            }
        }
    }
    for first in firsts {
        let start = first.start % PASSAGE_POSITIONS;
        let seconds = Places::behind(first.end % PASSAGE_POSITIONS, within).and(*good.at(start));
        if !seconds.is_empty() {
            used_firsts.push(*first);
            reached.at(start).add_all(seconds);
        }
    }
    let mut taken = Grid::new();
    for start in starts_of(firsts).iter() {
        for second in reached.at(start).iter() {
            work::add(1);
            let ends = ends.at(second).and(*wanted.at(start));
            taken.at(second).add_all(ends);
        }
    }
    let is_taken =
        |second: &&Interval| taken.0[(second.start % PASSAGE_POSITIONS) as usize].has(second.end % PASSAGE_POSITIONS);
    used_seconds.extend(seconds.iter().filter(is_taken));
}

fn starts_of(list: &[Interval]) -> Places {
    let mut starts = Places::default();
    list.iter().for_each(|one| starts.add(one.start % PASSAGE_POSITIONS));
    starts
}

/// The stretches of the page that begins at a position.
fn page_of(list: &[Interval], base: u32) -> &[Interval] {
    let from = list.partition_point(|one| one.start < base);
    let count = list[from..].partition_point(|one| one.start < base + PASSAGE_POSITIONS);
    &list[from..from + count]
}

/// The pages that have stretches of both lists: the position of their first place, and the stretches.
fn common_pages<'a>(
    left: &'a [Interval],
    right: &'a [Interval],
) -> impl Iterator<Item = (u32, &'a [Interval], &'a [Interval])> {
    let pages = left.chunk_by(|a, b| a.page() == b.page());
    let both = pages.map(move |left| {
        let base = left[0].page() * PASSAGE_POSITIONS;
        (base, left, page_of(right, base))
    });
    both.filter(|(_, _, right)| !right.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stretches of a few pages, from numbers that a congruence gives (Knuth's MMIX); `long` ones have several places.
    fn list(seed: u64, count: usize, long: u32) -> Vec<Interval> {
        let next =
            |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
        let states = std::iter::successors(Some(seed), next).skip(1).take(count);
        let stretch = |state: u64| {
            let start = (state >> 33) as u32 % (3 * PASSAGE_POSITIONS);
            let end = (start + (state >> 60) as u32 % long).min(start / PASSAGE_POSITIONS * PASSAGE_POSITIONS + 255);
            Interval { start, end }
        };
        let mut list: Vec<Interval> = states.map(stretch).collect();
        list.sort_unstable();
        list.dedup();
        list
    }

    /// All pairs that are near each other, tried one by one.
    fn pairs(left: &[Interval], right: &[Interval], near: Nearness) -> Vec<(Interval, Interval)> {
        let is_near =
            |a: &Interval, b: &Interval| a.page() == b.page() && b.start > a.end && b.start - a.end <= near.within;
        let all = left.iter().flat_map(|a| right.iter().map(move |b| (*a, *b)));
        all.filter(|(a, b)| is_near(a, b) || (!near.ordered && is_near(b, a))).collect()
    }

    #[test]
    fn what_places_tell_is_what_pairs_tell() {
        for (seed, count, long, within, ordered) in [
            (1, 40, 1, 8, false),
            (2, 40, 1, 255, true),
            (3, 120, 1, 255, false),
            (4, 60, 9, 3, false),
            (5, 200, 16, 255, false),
            (6, 200, 16, 64, true),
            (7, 300, 4, 1, false),
        ] {
            let (left, right) = (list(seed, count, long), list(seed + 100, count, long));
            let near = Nearness { within, ordered };
            let mut found = Vec::new();
            hulls(&left, &right, near, |base, start, ends| {
                found.extend(ends.iter().map(|end| Interval { start, end: base + end }));
            });
            let pairs = pairs(&left, &right, near);
            let hull = |(a, b): &(Interval, Interval)| Interval { start: a.start.min(b.start), end: a.end.max(b.end) };
            let mut expected: Vec<Interval> = pairs.iter().map(hull).collect();
            expected.sort_unstable();
            expected.dedup();
            assert_eq!(found, expected, "{seed}");
            assert!(!expected.is_empty(), "{seed}");

            let wanted: Vec<Interval> = expected.iter().copied().step_by(3).collect();
            let used: Vec<_> = pairs.iter().filter(|pair| wanted.contains(&hull(pair))).collect();
            let mut sides = [used.iter().map(|p| p.0).collect::<Vec<_>>(), used.iter().map(|p| p.1).collect()];
            for side in &mut sides {
                side.sort_unstable();
                side.dedup();
            }
            assert_eq!(taking_part(&left, &right, near, &wanted), sides, "{seed}");
        }
    }

    #[test]
    fn a_page_costs_no_more_than_its_places_however_many_stretches() {
        let starts = 0..PASSAGE_POSITIONS;
        let all: Vec<Interval> =
            starts.flat_map(|start| (start..PASSAGE_POSITIONS).map(move |end| Interval { start, end })).collect();
        let near = Nearness { within: 255, ordered: false };
        let places = (PASSAGE_POSITIONS * PASSAGE_POSITIONS) as usize;
        let steps = work::of(|| hulls(&all, &all, near, |_, _, _| ()));
        assert!(steps <= (4 * all.len() + 2 * places) as u64, "{steps} steps for {} stretches", all.len());
        let steps = work::of(|| drop(taking_part(&all, &all, near, &all)));
        assert!(steps <= 4 * places as u64, "{steps} steps for {} stretches", all.len());
    }
}
