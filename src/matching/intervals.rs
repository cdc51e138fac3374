//! Where a leaf matches, from the positions of its atoms.

use rustc_hash::FxHashSet;

use super::Shape;
use super::interval::Interval;
use super::near::{Nearness, hulls, taking_part};
use crate::analysis::PASSAGE_POSITIONS;
use crate::work;

/// The matches of `shape`, ascending and once each. `positions` has, for each atom, where it stands, ascending and once
/// each.
pub fn intervals<P: AsRef<[u32]>>(shape: &Shape, positions: &[P]) -> Vec<Interval> {
    let of = |shape: &Shape| intervals(shape, positions);
    let parts: Vec<Vec<Interval>> = match shape {
        Shape::Atom(_) | Shape::Phrase { .. } => Vec::new(),
        Shape::Near { left, right, .. } => vec![of(left), of(right)],
        Shape::Any(shapes) | Shape::Same(shapes) => shapes.iter().map(of).collect(),
    };
    joined(shape, positions, &parts)
}

/// Where the matches of `shape` begin, ascending and once each, and how many begin there; positions as for [`intervals`].
pub fn starts<P: AsRef<[u32]>>(shape: &Shape, positions: &[P]) -> Vec<(u32, usize)> {
    let mut starts = Vec::new();
    if let Shape::Near { left, right, within, ordered } = shape {
        let (left, right) = (intervals(left, positions), intervals(right, positions));
        let near = Nearness { within: *within, ordered: *ordered };
        hulls(&left, &right, near, |_, start, ends| starts.push((start, ends.count())));
        return starts;
    }
    let found = intervals(shape, positions);
    starts.extend(found.chunk_by(|a, b| a.start == b.start).map(|same| (same[0].start, same.len())));
    starts
}

/// The matches of `shape` from those of its parts.
fn joined<P: AsRef<[u32]>>(shape: &Shape, positions: &[P], parts: &[impl AsRef<[Interval]>]) -> Vec<Interval> {
    let mut found: Vec<Interval> = match shape {
        Shape::Atom(atom) => {
            return positions[*atom].as_ref().iter().map(|&at| Interval { start: at, end: at }).collect();
        }
        Shape::Phrase { atoms, slop } => {
            let words: Vec<&[u32]> = atoms.iter().map(|&atom| positions[atom].as_ref()).collect();
            phrases(&words, *slop).into_iter().map(|phrase| phrase.whole).collect()
        }
        Shape::Near { within, ordered, .. } => {
            let mut between = Vec::new();
            if let [left, right] = parts {
                let near = Nearness { within: *within, ordered: *ordered };
                hulls(left.as_ref(), right.as_ref(), near, |base, start, ends| {
                    between.extend(ends.iter().map(|end| Interval { start, end: base + end }));
                });
            }
            work::add(between.len());
            return between;
        }
        Shape::Any(_) => parts.iter().flat_map(AsRef::as_ref).copied().collect(),
        Shape::Same(_) => {
            let pages = common_pages(parts);
            let all = parts.iter().flat_map(AsRef::as_ref);
            all.filter(|interval| pages.contains(&interval.page())).copied().collect()
        }
    };
    work::add(found.len());
    found.sort_unstable();
    found.dedup();
    found
}

/// What of the matches of `shape` is to be highlighted, ascending and once each: single words and whole phrases that
/// take part in a match.
pub fn units<P: AsRef<[u32]>>(shape: &Shape, positions: &[P]) -> Vec<Interval> {
    let mut units = Vec::new();
    let found = ShapeMatches::of(shape, positions);
    collect_units(shape, positions, &found, &found.all, &mut units);
    units.sort_unstable();
    units.dedup();
    units
}

/// The matches of a shape, and those of the shapes that it is made of: each is worked out once, however deep it stands.
struct ShapeMatches {
    all: Vec<Interval>,
    parts: Vec<Self>,
}

impl ShapeMatches {
    fn of<P: AsRef<[u32]>>(shape: &Shape, positions: &[P]) -> Self {
        let of = |shape: &Shape| Self::of(shape, positions);
        let parts = match shape {
            Shape::Atom(_) | Shape::Phrase { .. } => Vec::new(),
            Shape::Near { left, right, .. } => vec![of(left), of(right)],
            Shape::Any(shapes) | Shape::Same(shapes) => shapes.iter().map(of).collect(),
        };
        let all = joined(shape, positions, &parts.iter().map(|part| &part.all[..]).collect::<Vec<_>>());
        Self { all, parts }
    }
}

/// The units of those matches that are `wanted` (ascending).
fn collect_units<P: AsRef<[u32]>>(
    shape: &Shape,
    positions: &[P],
    found: &ShapeMatches,
    wanted: &[Interval],
    units: &mut Vec<Interval>,
) {
    let is_wanted = |interval: &Interval| wanted.binary_search(interval).is_ok();
    match (shape, &found.parts[..]) {
        (Shape::Phrase { atoms, slop }, _) if *slop > 0 => {
            let words: Vec<&[u32]> = atoms.iter().map(|&atom| positions[atom].as_ref()).collect();
            let phrases = phrases(&words, *slop);
            let parts =
                phrases.iter().filter(|phrase| is_wanted(&phrase.whole)).flat_map(|phrase| phrase.words(&words));
            units.extend(parts.map(|at| Interval { start: at, end: at }));
        }
        (Shape::Near { left, right, within, ordered }, [all_left, all_right]) => {
            let near = Nearness { within: *within, ordered: *ordered };
            let [of_left, of_right] = taking_part(&all_left.all, &all_right.all, near, wanted);
            for (shape, found, wanted) in [(left, all_left, of_left), (right, all_right, of_right)] {
                collect_units(shape, positions, found, &wanted, units);
            }
        }
        (Shape::Any(shapes), parts) => {
            for (shape, found) in shapes.iter().zip(parts) {
                let of_this: Vec<Interval> = found.all.iter().copied().filter(is_wanted).collect();
                collect_units(shape, positions, found, &of_this, units);
            }
        }
        (Shape::Same(shapes), parts) => {
            let pages = common_pages(&parts.iter().map(|part| &part.all[..]).collect::<Vec<_>>());
            let is_here = |interval: &Interval| pages.contains(&interval.page()) && is_wanted(interval);
            for (shape, found) in shapes.iter().zip(parts) {
                let of_this: Vec<Interval> = found.all.iter().copied().filter(is_here).collect();
                collect_units(shape, positions, found, &of_this, units);
            }
        }
        _ => units.extend(wanted),
    }
}

/// The passages that stand in all lists.
fn common_pages(lists: &[impl AsRef<[Interval]>]) -> FxHashSet<u32> {
    let pages = |list: &[Interval]| list.iter().map(|interval| interval.page()).collect::<FxHashSet<u32>>();
    let mut lists = lists.iter().map(AsRef::as_ref);
    let mut common = lists.next().map(pages).unwrap_or_default();
    for list in lists {
        let here = pages(list);
        common.retain(|page| here.contains(page));
    }
    common
}

/// A match of a phrase: words in order, the last at most `slop` positions farther from the first than side by side.
struct PhraseMatch {
    whole: Interval,
    /// For each word, the earliest position that it can have in this match, and the latest.
    ranges: Vec<(u32, u32)>,
}

impl PhraseMatch {
    /// The positions of all words that can take part in the match.
    fn words(&self, words: &[&[u32]]) -> Vec<u32> {
        let of_word = |(&(first, last), at): (&(u32, u32), &&[u32])| {
            let (from, to) = (at.partition_point(|&at| at < first), at.partition_point(|&at| at <= last));
            at[from..to].to_vec()
        };
        self.ranges.iter().zip(words).flat_map(of_word).collect()
    }
}

/// All matches of a phrase. Whatever its other words, a match is told by its first and its last.
fn phrases(words: &[&[u32]], slop: u32) -> Vec<PhraseMatch> {
    let mut found = Vec::new();
    let Some((firsts, rest)) = words.split_first() else { return found };
    for &start in *firsts {
        let page_end = start / PASSAGE_POSITIONS * PASSAGE_POSITIONS + PASSAGE_POSITIONS - 1;
        let limit = (start + rest.len() as u32).saturating_add(slop).min(page_end);
        // each word as early as it can stand: what comes later only leaves less room
        let mut earliest = vec![start];
        for at in rest {
            let last = earliest[earliest.len() - 1];
            let Some(&next) = at.get(at.partition_point(|&at| at <= last)).filter(|&&next| next <= limit) else {
                break;
            };
            earliest.push(next);
        }
        if earliest.len() < words.len() {
            continue;
        }
        let ends = words[words.len() - 1];
        let from = ends.partition_point(|&end| end < earliest[words.len() - 1]);
        for &end in ends[from..].iter().take_while(|&&end| end <= limit) {
            found.push(PhraseMatch { whole: Interval { start, end }, ranges: ranges(words, &earliest, end) });
        }
    }
    found
}

/// For each word the earliest and the latest position in a match that ends at `end`.
fn ranges(words: &[&[u32]], earliest: &[u32], end: u32) -> Vec<(u32, u32)> {
    let mut ranges: Vec<(u32, u32)> = earliest.iter().map(|&at| (at, at)).collect();
    let last = ranges.len() - 1;
    ranges[last] = (end, end);
    for word in (1..last).rev() {
        let before = words[word].partition_point(|&at| at < ranges[word + 1].1);
        ranges[word].1 = words[word][before - 1];
    }
    ranges
}
