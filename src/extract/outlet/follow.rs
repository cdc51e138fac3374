//! Whom a line asks to follow.

use std::sync::LazyLock;

use super::spelling::key;
use crate::extract::names::{self, Outlets};
use crate::extract::words::strip_prefix_ci;
use crate::lexicon;

/// Networks that a `Follow … on` line names.
static NETWORKS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::NETWORKS.labelled("follow"));

/// Networks where accounts are an outlet's, and not people's.
static CHANNELS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::NETWORKS.labelled("channel"));

/// Words for somebody whom no name tells.
static VAGUE: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::MENU_WORDS.labelled("vague"));

/// Words for people's work.
static ROLES: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::ROLES.labelled("follow"));

/// Whom a line asks to follow, where these are outlets. `is_site` tells whether the key of a name is the site's for other
/// reasons.
pub(super) fn followed<'t>(text: &'t str, outlets: Outlets<'_>, is_site: &dyn Fn(&str) -> bool) -> Vec<&'t str> {
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
    asked.split(" and ").filter_map(|name| followed_outlet(name, channel, outlets, is_site)).collect()
}

fn followed_outlet<'t>(
    name: &'t str,
    channel: bool,
    outlets: Outlets<'_>,
    is_site: &dyn Fn(&str) -> bool,
) -> Option<&'t str> {
    let name = name.strip_prefix("the ").unwrap_or(name).trim();
    let first = name.split_whitespace().next()?;
    let capital = first.chars().next().is_some_and(char::is_uppercase);
    let fits = capital && !VAGUE.contains(&first.to_ascii_lowercase().as_str()) && name.split_whitespace().count() <= 5;
    let role = name.split(' ').any(|w| ROLES.contains(&w.to_lowercase().as_str()))
        || name.contains("'s ")
        || name.contains("’s ");
    let one = !name.contains(' ') && (channel || name.contains('.') || outlets.is_like(name));
    let several = name.contains(' ') && (outlets.is_like(name) || is_site(&key(name, outlets)));
    let outlet = (one || several) && !role;
    (fits && outlet && names::agency(name).is_none()).then_some(name)
}
