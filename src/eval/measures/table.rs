//! The measures there are.

use super::formulas::{
    average_precision, bpref, expected_reciprocal_rank, judged, ndcg, precision, r_precision, rank_biased_precision,
    recall, reciprocal_rank, success,
};
use super::{GradedRanking, Parameters};

/// A measure: what it is called, what it says, how it is computed, who defined it.
#[derive(Debug)]
pub struct MeasureEntry {
    /// Its name, as ir_measures spells it.
    pub name: &'static str,
    /// trec_eval's name without a cutoff, and with one (a prefix: `ndcg_cut` of `ndcg_cut_10`).
    pub trec_eval: (Option<&'static str>, Option<&'static str>),
    /// What else people write for it.
    pub other_names: &'static [&'static str],
    /// Whether it takes a cutoff, as in `@10`.
    pub cutoff: Cutoff,
    /// What else it may be told, in parentheses.
    pub takes: &'static [&'static str],
    /// What it says, in a sentence.
    pub help: &'static str,
    /// How it is computed for one topic.
    pub definition: &'static str,
    /// Who defined it, and whose definition this is.
    pub citation: &'static str,
    pub(super) formula: fn(&GradedRanking<'_>, &Parameters) -> f64,
}

/// Whether a measure looks at the first ranks only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cutoff {
    /// It does not take a cutoff.
    Never,
    /// It may be given one.
    Optional,
    /// It must be given one.
    Required,
}

impl MeasureEntry {
    /// How it is written: `nDCG@k`.
    pub fn spelled(&self) -> String {
        let takes = if self.takes.is_empty() { String::new() } else { format!("({})", self.takes.join(",")) };
        let cutoff = match self.cutoff {
            Cutoff::Never => "",
            Cutoff::Optional => "[@k]",
            Cutoff::Required => "@k",
        };
        format!("{}{takes}{cutoff}", self.name)
    }
}

/// All measures.
pub static MEASURES: &[MeasureEntry] = &[
    MeasureEntry {
        name: "nDCG",
        trec_eval: (Some("ndcg"), Some("ndcg_cut")),
        other_names: &[],
        cutoff: Cutoff::Optional,
        takes: &[],
        help: "how near the order is to the best one, where higher grades are worth more and later ranks less",
        definition: "DCG / ideal DCG, DCG = sum over ranks i of g(i) / log2(i + 1); ideal: all judged documents, best grades first",
        citation: "Järvelin, Kekäläinen, Cumulated gain-based evaluation of IR techniques, TOIS 20(4), 2002, with the discount of Burges et al., ICML 2005; as trec_eval's ndcg and ndcg_cut",
        formula: ndcg,
    },
    MeasureEntry {
        name: "AP",
        trec_eval: (Some("map"), Some("map_cut")),
        other_names: &["MAP", "average_precision"],
        cutoff: Cutoff::Optional,
        takes: &["rel"],
        help: "the precision at each relevant document, averaged over all that there are; its mean is MAP",
        definition: "1/R * sum over ranks i of rel(i) * P@i",
        citation: "Buckley, Voorhees, Evaluating evaluation measure stability, SIGIR 2000; as trec_eval's map and map_cut",
        formula: average_precision,
    },
    MeasureEntry {
        name: "RR",
        trec_eval: (Some("recip_rank"), None),
        other_names: &["MRR", "reciprocal_rank", "mean_reciprocal_rank"],
        cutoff: Cutoff::Optional,
        takes: &["rel"],
        help: "how early the first relevant document comes: 1 at rank 1, 1/2 at rank 2; its mean is MRR",
        definition: "1 / rank of the first relevant document, 0 where there is none",
        citation: "Kantor, Voorhees, The TREC-5 confusion track, Information Retrieval 2, 2000; as trec_eval's recip_rank",
        formula: reciprocal_rank,
    },
    MeasureEntry {
        name: "P",
        trec_eval: (None, Some("P")),
        other_names: &["Precision", "Prec"],
        cutoff: Cutoff::Required,
        takes: &["rel"],
        help: "how many of the first k documents are relevant",
        definition: "1/k * sum over the first k ranks of rel(i); ranks that the run leaves empty count as misses",
        citation: "van Rijsbergen, Information Retrieval, 1979, ch. 7; as trec_eval's P",
        formula: precision,
    },
    MeasureEntry {
        name: "R",
        trec_eval: (None, Some("recall")),
        other_names: &["Recall"],
        cutoff: Cutoff::Required,
        takes: &["rel"],
        help: "how many of the relevant documents are among the first k",
        definition: "1/R * sum over the first k ranks of rel(i)",
        citation: "van Rijsbergen, Information Retrieval, 1979, ch. 7; as trec_eval's recall",
        formula: recall,
    },
    MeasureEntry {
        name: "Rprec",
        trec_eval: (Some("Rprec"), None),
        other_names: &["R-prec", "R_prec", "R-precision"],
        cutoff: Cutoff::Never,
        takes: &["rel"],
        help: "the precision at the rank where it equals recall",
        definition: "P@R",
        citation: "Buckley, Voorhees, Retrieval system evaluation, in: TREC, MIT Press, 2005; as trec_eval's Rprec",
        formula: r_precision,
    },
    MeasureEntry {
        name: "Bpref",
        trec_eval: (Some("bpref"), None),
        other_names: &[],
        cutoff: Cutoff::Never,
        takes: &["rel"],
        help: "how seldom a document judged not relevant stands before a relevant one; unjudged ones do not count",
        definition: "1/R * sum over retrieved relevant r of 1 - min(n(r), R) / min(N, R); n(r): judged, not relevant documents before r, N: all of them; negative grades are unjudged",
        citation: "Buckley, Voorhees, Retrieval evaluation with incomplete information, SIGIR 2004; as trec_eval's bpref",
        formula: bpref,
    },
    MeasureEntry {
        name: "Judged",
        trec_eval: (None, None),
        other_names: &[],
        cutoff: Cutoff::Required,
        takes: &[],
        help: "how many of the first k documents anybody judged: where it is low, the other measures say little",
        definition: "judged documents among the first k / documents among the first k",
        citation: "as ir_measures' Judged (MacAvaney, Macdonald, Ounis, Streamlining evaluation with ir-measures, ECIR 2022)",
        formula: judged,
    },
    MeasureEntry {
        name: "Success",
        trec_eval: (None, Some("success")),
        other_names: &["S", "Hit", "Hits", "HitRate"],
        cutoff: Cutoff::Required,
        takes: &["rel"],
        help: "whether there is a relevant document among the first k",
        definition: "1 where the first k ranks have a relevant document, else 0",
        citation: "Craswell, Success at n, Encyclopedia of Database Systems, 2009; as trec_eval's success",
        formula: success,
    },
    MeasureEntry {
        name: "RBP",
        trec_eval: (None, None),
        other_names: &[],
        cutoff: Cutoff::Optional,
        takes: &["p", "rel"],
        help: "what a reader gets who goes on from each rank to the next with probability p (0.8)",
        definition: "(1 - p) * sum over ranks i of rel(i) * p^(i-1), relevance binary",
        citation: "Moffat, Zobel, Rank-biased precision for measurement of retrieval effectiveness, TOIS 27(1), 2008; as ir_measures' RBP(rel=1)",
        formula: rank_biased_precision,
    },
    MeasureEntry {
        name: "ERR",
        trec_eval: (None, None),
        other_names: &[],
        cutoff: Cutoff::Optional,
        takes: &["max"],
        help: "one over the rank at which a reader is satisfied who stops the likelier the better the document",
        definition: "sum over ranks i of 1/i * s(i) * product over j < i of (1 - s(j)); s(i) = (2^g(i) - 1) / 2^max, max 4, higher grades counted as max",
        citation: "Chapelle, Metlzer, Zhang, Grinspan, Expected reciprocal rank for graded relevance, CIKM 2009; with max=4 as gdeval.pl of the TREC Web track",
        formula: expected_reciprocal_rank,
    },
];
