//! The paired randomization test.

use serde::Serialize;

/// Up to so many topics with a difference, every assignment of signs is looked at.
pub const EXACT_UP_TO: usize = 16;
/// Beyond, so many are drawn.
pub const PERMUTATIONS: u32 = 100_000;
/// Where the drawing begins: the same input has the same p, on every machine.
const SEED: u64 = 0x6461_7465_6c69_6e65;

/// What the test found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Randomization {
    /// How likely a mean difference at least as far from 0 is, where the two runs' values could be exchanged.
    pub p: f64,
    /// Whether every assignment of signs was looked at.
    pub exact: bool,
}

/// Two-sided paired randomization (Fisher's) test of differences, by turning their signs: Smucker, Allan, Carterette, A
/// comparison of statistical significance tests for information retrieval evaluation, CIKM 2007. Where the assignments
/// are drawn, p is (as far + 1) / (drawn + 1), so it is never 0.
pub fn randomization_test(differences: &[f64]) -> Randomization {
    let changed: Vec<f64> = differences.iter().copied().filter(|d| *d != 0.0).collect();
    // sums in another order differ in the last digits, and those are no farther
    let far = changed.iter().sum::<f64>().abs() * (1.0 - 1e-12) - 1e-12;
    if changed.len() <= EXACT_UP_TO {
        let all = 1_u32 << changed.len();
        let as_far = (0..all).filter(|&signs| signed(&changed, u64::from(signs)).abs() >= far).count();
        return Randomization { p: as_far as f64 / f64::from(all), exact: true };
    }
    let mut state = SEED;
    let mut draw = || {
        let sum: f64 = changed.chunks(64).map(|part| signed(part, next(&mut state))).sum();
        sum.abs() >= far
    };
    let as_far = (0..PERMUTATIONS).filter(|_| draw()).count();
    Randomization { p: (as_far as f64 + 1.0) / (f64::from(PERMUTATIONS) + 1.0), exact: false }
}

/// The sum of up to 64 differences, each with the sign of its bit.
fn signed(differences: &[f64], mut signs: u64) -> f64 {
    let mut sum = 0.0;
    for difference in differences {
        // the sign bit, turned without a branch that nobody can foresee
        sum += f64::from_bits(difference.to_bits() ^ (signs << 63));
        signs >>= 1;
    }
    sum
}

/// SplitMix64: Steele, Lea, Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
