//! The values as a table.

use std::fmt::Write;

use dateline::eval::Evaluation;
use dateline::eval::comparison::two_sided_p;

use super::MEASURES;
use super::floors::Floors;
use super::measure::Measured;

const NOTE: &str = "
Lucene: the better of its two BM25 settings, per measure. ±: half of the 95% interval of Dateline's mean over topics, in
the same percent, with Lucene's mean taken as fixed (its values per topic are not here, so this is no paired test).
p: paired randomization test of --expand against the default, topic by topic.";

/// A row for each collection and measure, and the mean of the differences.
pub fn table(measured: &[Measured], floors: &Floors) -> String {
    let mut text = format!(
        "{:<24} {:<8} {:>7} {:>8} {:>7} {:>6} {:>9} {:>7} {:>9} {:>7}\n",
        "collection", "measure", "Lucene", "Dateline", "%", "±", "--expand", "%", "of ours %", "p"
    );
    for (measure, name) in MEASURES.iter().enumerate() {
        let mut sums = Vec::new();
        for collection in measured {
            let bm25 = floors.bm25(&collection.name, measure);
            let [ours, expanded] = collection.means(measure);
            let percent = |value: f64, of: f64| 100.0 * (value / of - 1.0);
            sums.extend(bm25.map(|bm25| (percent(ours, bm25), percent(expanded, bm25))));
            let over = |value: f64| bm25.map_or("-".to_owned(), |bm25| format!("{:+.1}", percent(value, bm25)));
            let half = 100.0 * half_interval(&collection.plain, measure);
            let _ = writeln!(
                text,
                "{:<24} {:<8} {:>7} {ours:>8.4} {:>7} {:>6} {expanded:>9.4} {:>7} {:>+9.1} {:>7.4}",
                collection.name,
                name,
                bm25.map_or("-".to_owned(), |bm25| format!("{bm25:.4}")),
                over(ours),
                bm25.map_or("-".to_owned(), |bm25| format!("{:.1}", half / bm25)),
                over(expanded),
                percent(expanded, ours),
                collection.comparison.measures[measure].randomization.p,
            );
        }
        let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let (plain, expanded) = sums.into_iter().unzip();
        let (plain, expanded): (f64, f64) = (mean(plain), mean(expanded));
        let _ = writeln!(text, "{:<24} {:<8} {plain:>+24.1} {expanded:>+24.1}\n", "mean", name);
    }
    text + NOTE.trim_start()
}

/// Half of the 95% t-interval of a mean over topics.
fn half_interval(evaluation: &Evaluation, measure: usize) -> f64 {
    let values: Vec<f64> = evaluation.topics.iter().map(|topic| topic.values[measure]).collect();
    let (n, mean) = (values.len() as f64, evaluation.means[measure]);
    if values.len() < 2 {
        return f64::NAN;
    }
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    // the t that leaves 5% outside, found by halving
    let (mut low, mut high) = (0.0, 100.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if two_sided_p(middle, n - 1.0) > 0.05 { low = middle } else { high = middle }
    }
    high * (variance / n).sqrt()
}
