//! Effectiveness measures: one table, an entry a measure, each with its definition and who defined it.
//!
//! Names are those of ir_measures (`nDCG@10`, `AP`, `P(rel=2)@5`, `RBP(p=0.8)`), in any case; trec_eval's
//! (`ndcg_cut_10`, `map`, `recip_rank`, `P_5`) and what else people write (`MRR`, `Recall@100`) are read too. What is
//! computed is what trec_eval computes, where it has the measure. In the definitions, *relevant* is a grade of at least
//! `rel` (1), `R` the number of relevant documents of the topic, `g(i)` the grade at rank `i`, unjudged and negative ones
//! counted as 0, and `rel(i)` is 1 or 0.

mod answers;
mod formulas;
mod name;
mod table;

use std::fmt;

pub use answers::{GradedRanking, Parameters};
pub use name::{DEFAULT, parse, parse_all};
pub use table::{Cutoff, MEASURES, MeasureEntry};

/// A measure with its parameters: what [`parse`] makes of `nDCG@10`.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Its entry in the table.
    pub entry: &'static MeasureEntry,
    /// Its parameters.
    pub parameters: Parameters,
}

impl Measure {
    /// Its value for one topic.
    pub fn of(&self, answers: &GradedRanking<'_>) -> f64 {
        // the sum of nothing is -0.0, which is not for showing
        (self.entry.formula)(answers, &self.parameters) + 0.0
    }
}

impl PartialEq for Measure {
    fn eq(&self, other: &Self) -> bool {
        self.entry.name == other.entry.name && self.parameters == other.parameters
    }
}

impl fmt::Display for Measure {
    /// Its name in ir_measures' spelling, with the parameters that are not the usual ones.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Parameters { cutoff, rel, p, max }, usual) = (self.parameters, Parameters::default());
        let mut given = Vec::new();
        if self.entry.takes.contains(&"p") {
            given.push(format!("p={p}"));
        }
        if rel != usual.rel {
            given.push(format!("rel={rel}"));
        }
        if max != usual.max {
            given.push(format!("max={max}"));
        }
        f.write_str(self.entry.name)?;
        if !given.is_empty() {
            write!(f, "({})", given.join(","))?;
        }
        cutoff.map_or(Ok(()), |k| write!(f, "@{k}"))
    }
}

#[cfg(test)]
#[path = "measures/tests.rs"]
mod tests;
