//! Paired differences: t-test, effect size, correction over several tests.

use serde::Serialize;

use super::student::{two_sided_p, two_sided_quantile};

/// How sure an interval is.
const CONFIDENCE: f64 = 0.95;

/// A paired t-test.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PairedT {
    /// The statistic.
    pub t: f64,
    /// Degrees of freedom.
    pub degrees: usize,
    /// Two-sided probability.
    pub p: f64,
    /// The interval that holds the mean difference with a confidence of 95%: its ends.
    pub interval_95: (f64, f64),
}

/// Student's t-test of paired differences; none for fewer than two, and where all are the same.
pub fn paired_t_test(differences: &[f64]) -> Option<PairedT> {
    let (mean, deviation) = moments(differences)?;
    let error = deviation / (differences.len() as f64).sqrt();
    let (t, degrees) = (mean / error, differences.len() - 1);
    let reach = two_sided_quantile(1.0 - CONFIDENCE, degrees as f64) * error;
    let interval_95 = (mean - reach, mean + reach);
    Some(PairedT { t, degrees, p: two_sided_p(t, degrees as f64), interval_95 })
}

/// Cohen's d of paired differences (d_z): the mean over the standard deviation (Cohen, Statistical power analysis for
/// the behavioral sciences, 1988, 2.3.5).
pub(super) fn effect_size(differences: &[f64]) -> Option<f64> {
    moments(differences).map(|(mean, deviation)| mean / deviation)
}

/// Mean and sample standard deviation; none where there is no deviation.
fn moments(values: &[f64]) -> Option<(f64, f64)> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    let deviation = (squares / (n - 1.0)).sqrt();
    // not merely above 0: equal differences leave a trace of rounding
    (values.len() > 1 && deviation > 1e-12).then_some((mean, deviation))
}

/// Probabilities corrected for having asked several times: Holm, A simple sequentially rejective multiple test
/// procedure, Scandinavian Journal of Statistics 6, 1979. In the order given.
pub fn holm(ps: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..ps.len()).collect();
    order.sort_by(|&a, &b| ps[a].total_cmp(&ps[b]));
    let (mut corrected, mut highest) = (vec![0.0; ps.len()], 0.0_f64);
    for (done, &at) in order.iter().enumerate() {
        highest = highest.max(ps[at] * (ps.len() - done) as f64).min(1.0);
        corrected[at] = highest;
    }
    corrected
}
