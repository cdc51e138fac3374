//! Candidates for a field in trust order, and the choice among them.

use std::borrow::Cow;

use super::stated;
use crate::article::{Alternative, Confidence, Field, Lines};

/// A value that a rule found.
#[derive(Clone, Debug)]
pub(super) struct Candidate<T> {
    pub value: T,
    /// Trust: the lowest number wins; equal numbers that differ are a conflict.
    pub rank: u8,
    pub confidence: Confidence,
    pub rule: &'static str,
    pub lines: Option<Lines>,
}

/// The outcome of a choice.
pub(super) enum Choice<T> {
    /// No candidate.
    Nothing,
    /// One value won.
    Field(Field<T>),
    /// Values of the same rank that cannot both be right.
    Conflict(Vec<T>),
}

/// Chooses the value of the best rank. `merge` gives the better of two values that say the same, none where they do
/// not; a second rule that says the same raises the confidence, one that says other becomes an alternative, and so does
/// one that says more than what a person wrote down.
pub(super) fn choose<T: Clone + PartialEq>(
    mut candidates: Vec<Candidate<T>>,
    merge: impl Fn(&T, &T) -> Option<T>,
) -> Choice<T> {
    candidates.sort_by_key(|candidate| candidate.rank);
    let Some(best) = candidates.first().cloned() else { return Choice::Nothing };
    let rivals: Vec<T> = candidates.iter().filter(|c| c.rank == best.rank).map(|c| c.value.clone()).collect();
    if rivals.iter().any(|value| merge(&best.value, value).is_none()) {
        let mut values: Vec<T> = Vec::new();
        rivals.into_iter().for_each(|value| {
            if !values.contains(&value) {
                values.push(value)
            }
        });
        return Choice::Conflict(values);
    }
    let mut field = Field {
        value: best.value,
        confidence: best.confidence,
        rule: Cow::Borrowed(best.rule),
        lines: best.lines,
        alternatives: Vec::new(),
    };
    for other in candidates.iter().skip(1) {
        let fixed = stated::stands_as_written(best.rule) && other.value != field.value;
        match merge(&field.value, &other.value).filter(|_| !fixed) {
            Some(merged) => {
                if merged != field.value && merged == other.value {
                    field.lines = other.lines;
                    field.rule = Cow::Borrowed(other.rule);
                }
                field.value = merged;
                let independent = other.rule != best.rule;
                if independent && field.confidence < Confidence::High && other.confidence >= Confidence::Medium {
                    field.confidence = Confidence::High;
                }
            }
            None => {
                let rule = Cow::Borrowed(other.rule);
                field.alternatives.push(Alternative { value: other.value.clone(), rule, lines: other.lines });
            }
        }
    }
    Choice::Field(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(value: &'static str, rank: u8, rule: &'static str) -> Candidate<&'static str> {
        Candidate { value, rank, confidence: Confidence::Medium, rule, lines: None }
    }

    fn same(a: &&'static str, b: &&'static str) -> Option<&'static str> {
        (a == b).then_some(*a)
    }

    #[test]
    fn the_most_trusted_wins_and_the_others_stay_visible() {
        let Choice::Field(field) = choose(vec![candidate("b", 2, "y"), candidate("a", 1, "x")], same) else {
            panic!("no field")
        };
        assert_eq!((field.value, field.confidence, field.alternatives.len()), ("a", Confidence::Medium, 1));
    }

    #[test]
    fn agreement_of_two_rules_raises_confidence() {
        let Choice::Field(field) = choose(vec![candidate("a", 1, "x"), candidate("a", 2, "y")], same) else {
            panic!("no field")
        };
        assert_eq!((field.confidence, field.alternatives.len()), (Confidence::High, 0));
    }

    #[test]
    fn two_of_equal_rank_that_differ_are_a_conflict() {
        assert!(
            matches!(choose(vec![candidate("a", 1, "x"), candidate("b", 1, "y")], same), Choice::Conflict(v) if v == ["a", "b"])
        );
        assert!(matches!(choose(Vec::<Candidate<&'static str>>::new(), same), Choice::Nothing));
    }
}
