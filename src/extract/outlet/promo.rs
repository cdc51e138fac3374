//! Lines that ask to follow the outlet, or to get its app.

use super::follow::followed;
use super::hints::Hints;
use crate::article::{Confidence, Lines};
use crate::extract::evidence::{Candidate, Findings};
use crate::extract::names;
use crate::extract::trust::{Asked, Source};
use crate::extract::words::is_capital;

/// `Follow Trend on Telegram`, `Follow CBSMIAMI.COM: Facebook | Twitter`, `Get the CBS News app`.
pub(super) fn note_promo(text: &str, lines: Lines, hints: &Hints<'_>, found: &mut Findings) {
    let outlets = hints.outlets();
    let followed = followed(text, outlets, &|key| hints.is_site(key));
    if !followed.is_empty() {
        for name in followed {
            let sure = outlets.named(name).is_some() || name.contains('.');
            let confidence = if sure { Confidence::High } else { Confidence::Medium };
            note(name, "follow-line", confidence, lines, found);
        }
        return;
    }
    let lower = text.to_ascii_lowercase();
    let between = |head: &str, tail: &str| {
        let start = lower.find(head)? + head.len();
        let end = start + lower[start..].find(tail)?;
        text.get(start..end).map(str::trim)
    };
    let asks = ["get the", "download the", "install the"].iter().any(|ask| lower.contains(ask));
    let app = between("the ", " app").filter(|_| asks);
    let home = between("visit ", "'s homepage").or_else(|| between("visit ", "’s homepage"));
    let received = between("receive ", " each ").or_else(|| between("receive ", " every "));
    if let Some(name) = received.filter(|n| is_capital(n) && n.split(' ').count() <= 4) {
        note(name, "follow-line", Confidence::Low, lines, found);
        return;
    }
    let open = lower.strip_suffix(" app open").and_then(|rest| text.get(..rest.len()));
    let listed = |name: &&str| {
        outlets.named(name).is_some()
            || (names::has_outlet_word(name) && name.split(' ').count() <= 4 && is_capital(name))
    };
    if let Some(name) = app.or(home).or(open).filter(listed) {
        note(name, "site-line", Confidence::Medium, lines, found);
    }
}

fn note(name: &str, rule: &str, confidence: Confidence, lines: Lines, found: &mut Findings) {
    let source = Source::of(Asked::Outlet, "line", rule);
    found.text(Candidate::new(name.trim().to_owned(), source, Some(lines)).sure(confidence));
}
