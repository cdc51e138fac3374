//! Pairs of a label and a value among the meta elements, as many sites state them for a network's cards.

use super::Claims;
use crate::article::Lines;
use crate::extract::evidence::Candidate;
use crate::extract::leads;
use crate::extract::trust::{Asked, Source};
use crate::source::{ClaimKind, Markup};

/// Names of labels and of their values, before their numbers.
const PAIR: (&str, &str) = ("twitter:label", "twitter:data");

/// Takes the values whose label says that they name the author: `Written by`, `Verfasst von`.
pub(super) fn take(markup: &Markup, claims: &mut Claims<'_>) {
    let meta = || markup.claims.iter().filter(|claim| claim.kind == ClaimKind::Meta);
    for label in meta() {
        let Some(number) = label.name.strip_prefix(PAIR.0) else { continue };
        let value = meta().find(|claim| claim.name.strip_prefix(PAIR.1) == Some(number) && !claim.value.is_empty());
        if let Some(value) = value.filter(|_| leads::is_lead_alone(&label.value, claims.locale)) {
            let source = Source::of(Asked::Byline, "labelled", "twitter:data");
            claims.bylines.push(Candidate::new(value.value.clone(), source, Some(Lines::one(value.line))));
        }
    }
}
