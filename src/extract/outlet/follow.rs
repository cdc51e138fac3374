//! Lines that ask to follow the outlet, or to get its app.

use std::sync::LazyLock;

use super::hints::Hints;
use super::{FOLLOW, MASTHEAD, candidate, key};
use crate::article::{Confidence, Lines};
use crate::extract::findings::Findings;
use crate::extract::names;
use crate::extract::words::{is_capital, strip_prefix_ci};
use crate::lexicon;

/// Networks that a `Follow … on` line names.
static NETWORKS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::NETWORKS.labelled("follow"));

/// Networks where accounts are an outlet's, and not people's.
static CHANNELS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::NETWORKS.labelled("channel"));

/// Words for somebody whom no name tells.
static VAGUE: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::MENU_WORDS.labelled("vague"));

/// Words for people's work.
static ROLES: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::ROLES.labelled("follow"));

/// `Follow Trend on Telegram`, `Follow CBSMIAMI.COM: Facebook | Twitter`, `Get the CBS News app`.
pub(super) fn note_promo(text: &str, lines: Lines, hints: &Hints<'_>, found: &mut Findings) {
    let followed = followed(text, hints);
    if !followed.is_empty() {
        for name in followed {
            let sure = names::outlet(name).is_some() || name.contains('.');
            let confidence = if sure { Confidence::High } else { Confidence::Medium };
            found.outlets.push(candidate(name, FOLLOW, confidence, "follow-line", Some(lines)));
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
        found.outlets.push(candidate(name, FOLLOW, Confidence::Low, "follow-line", Some(lines)));
        return;
    }
    let open = lower.strip_suffix(" app open").and_then(|rest| text.get(..rest.len()));
    let listed = |name: &&str| {
        names::outlet(name).is_some()
            || (names::has_outlet_word(name) && name.split(' ').count() <= 4 && is_capital(name))
    };
    if let Some(name) = app.or(home).or(open).filter(listed) {
        found.outlets.push(candidate(name, MASTHEAD, Confidence::Medium, "site-line", Some(lines)));
    }
}

/// Whom a line asks to follow, where these are outlets.
pub(super) fn followed<'t>(text: &'t str, hints: &Hints<'_>) -> Vec<&'t str> {
    let asked = || {
        let at = text.find("ollow ").filter(|at| {
            // one letter, and nothing or a blank in front of that
            let mut before = text[..*at].chars().rev();
            before.next().is_some() && before.next().is_none_or(|c| matches!(c, ' ' | '/'))
        });
        let like = ["Like ", "Join ", "Subscribe to "].iter().find_map(|p| strip_prefix_ci(text, p));
        let rest = at.map(|at| &text[at + 6..]).or(like)?;
        let on = rest.find(" on ").filter(|at| {
            let next = rest[at + 4..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            NETWORKS.contains(&next.to_ascii_lowercase().as_str())
        });
        let end = on.or_else(|| rest.find(':'))?;
        Some(rest[..end].trim().trim_end_matches("'s").trim_end_matches("’s"))
    };
    let Some(asked) = asked() else { return Vec::new() };
    let lower = text.to_lowercase();
    // People have accounts; channels are an outlet's.
    let channel = CHANNELS.iter().any(|network| lower.contains(network));
    asked.split(" and ").filter_map(|name| followed_outlet(name, channel, hints)).collect()
}

pub(super) fn followed_outlet<'t>(name: &'t str, channel: bool, hints: &Hints<'_>) -> Option<&'t str> {
    let name = name.strip_prefix("the ").unwrap_or(name).trim();
    let first = name.split_whitespace().next()?;
    let capital = first.chars().next().is_some_and(char::is_uppercase);
    let fits = capital && !VAGUE.contains(&first.to_ascii_lowercase().as_str()) && name.split_whitespace().count() <= 5;
    let role = name.split(' ').any(|w| ROLES.contains(&w.to_lowercase().as_str()))
        || name.contains("'s ")
        || name.contains("’s ");
    let one = !name.contains(' ') && (channel || name.contains('.') || names::is_outlet_like(name));
    let several = name.contains(' ') && (names::is_outlet_like(name) || hints.keys().sites.contains(&key(name)));
    let outlet = (one || several) && !role;
    (fits && outlet && names::agency(name).is_none()).then_some(name)
}
