//! The choice among candidates, the same for every field and for texts and pages.

use super::evidence::Candidate;
use crate::article::{Alternative, Confidence, Field};

/// The outcome of a choice.
pub(super) enum Choice<T> {
    /// No candidate.
    Nothing,
    /// One value won.
    Field(Field<T>),
    /// Values of equal trust that cannot both be right.
    Conflict(Vec<T>),
}

/// Chooses the value of the best source. `merge` gives the better of two values that say the same, none where they do
/// not; a second source that says the same raises the confidence, one that says other becomes an alternative, and so does
/// one that says more than what a person wrote down. What `repeats` another alternative stands once.
pub(super) fn choose<T: Clone + PartialEq>(
    mut candidates: Vec<Candidate<T>>,
    merge: impl Fn(&T, &T) -> Option<T>,
    repeats: impl Fn(&T, &T) -> bool,
) -> Choice<T> {
    candidates.sort_by_key(|candidate| candidate.source.trust);
    let Some(best) = candidates.first().cloned() else { return Choice::Nothing };
    let rivals = || candidates.iter().filter(|c| c.source.trust == best.source.trust).map(|c| &c.value);
    if !best.source.first && rivals().any(|value| merge(&best.value, value).is_none()) {
        let mut values: Vec<T> = Vec::new();
        rivals().for_each(|value| {
            if !values.contains(value) {
                values.push(value.clone())
            }
        });
        return Choice::Conflict(values);
    }
    let rule = best.source.rule;
    let mut field = Field {
        value: best.value,
        confidence: best.confidence,
        rule: rule.into(),
        lines: best.lines,
        alternatives: Vec::new(),
    };
    for other in candidates.into_iter().skip(1) {
        let fixed = best.source.stands_as_written() && other.value != field.value;
        match merge(&field.value, &other.value).filter(|_| !fixed) {
            Some(merged) => {
                if merged != field.value && merged == other.value {
                    field.lines = other.lines;
                    field.rule = other.source.rule.into();
                }
                field.value = merged;
                let independent = other.source.rule != rule;
                if independent && field.confidence < Confidence::High && other.confidence >= Confidence::Medium {
                    field.confidence = Confidence::High;
                }
            }
            None => {
                let known = field.alternatives.iter().map(|alternative| &alternative.value).chain([&field.value]);
                if !known.into_iter().any(|known| repeats(known, &other.value)) {
                    let rule = other.source.rule.into();
                    field.alternatives.push(Alternative { value: other.value, rule, lines: other.lines });
                }
            }
        }
    }
    Choice::Field(field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::trust::{Asked, Source};

    type Said = (&'static str, u16, &'static str, bool);

    fn chosen(rows: &[Said]) -> Choice<&'static str> {
        let candidate = |&(value, trust, rule, first): &Said| {
            let source = Source { field: Asked::Headline, rule, trust, first, confidence: Confidence::Medium };
            Candidate::new(value, source, None)
        };
        let same = |a: &&'static str, b: &&'static str| (a == b).then_some(*a);
        choose(rows.iter().map(candidate).collect(), same, |a, b| a == b)
    }

    #[test]
    fn the_most_trusted_wins_and_the_others_stay_visible_once() {
        let rows = [("b", 502, "y", false), ("a", 501, "x", false), ("b", 503, "z", false)];
        let Choice::Field(field) = chosen(&rows) else { panic!("no field") };
        assert_eq!((field.value, field.confidence, field.alternatives.len()), ("a", Confidence::Medium, 1));
    }

    #[test]
    fn agreement_of_two_sources_raises_confidence() {
        let Choice::Field(field) = chosen(&[("a", 501, "x", false), ("a", 502, "y", false)]) else {
            panic!("no field")
        };
        assert_eq!((field.confidence, field.alternatives.len()), (Confidence::High, 0));
    }

    #[test]
    fn two_of_equal_trust_that_differ_are_a_conflict_unless_the_first_counts() {
        let conflict = chosen(&[("a", 501, "x", false), ("b", 501, "y", false)]);
        assert!(matches!(conflict, Choice::Conflict(v) if v == ["a", "b"]));
        let first = chosen(&[("a", 501, "x", true), ("b", 501, "x", true)]);
        assert!(matches!(first, Choice::Field(field) if field.value == "a" && field.alternatives.len() == 1));
        assert!(matches!(chosen(&[]), Choice::Nothing));
    }
}
