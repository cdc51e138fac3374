//! Menus, share bars, counters and other lines that are no sentences.

use std::sync::LazyLock;

use crate::extract::furniture::Region;
use crate::extract::names::Outlets;
use crate::extract::stamp;
use crate::extract::words::{Ending, Shape};
use crate::lexicon::{self, Locale};

/// What a page counts.
static COUNTED: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::MENU_WORDS.labelled("counter"));

/// `Comments (12)`, `1 of 5`, `Page 2 of 3`, `12 comments`, `2/5`, a page number.
pub(super) fn is_counter(bare: &str) -> bool {
    if bare.len() > 40 || !bare.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let mut words = bare
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '/' | '[' | ']' | ',' | ':'))
        .filter(|w| !w.is_empty());
    let counts = |w: &str| {
        w.trim_end_matches(['k', 'm', '+']).bytes().all(|b| b.is_ascii_digit()) && w.as_bytes()[0].is_ascii_digit()
    };
    let figures = bare.bytes().filter(u8::is_ascii_digit).count();
    let mut things = 0;
    let all = words.all(|w| {
        things += usize::from(COUNTED.contains(&w));
        counts(w) || COUNTED.contains(&w)
    });
    // Figures alone are a page's number or one of several; more of them are a date or a year.
    all && figures <= 8 && (things > 0 || figures < 4)
}

/// Networks and other ways to pass an article on.
static NETWORKS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::NETWORKS.labelled("share"));

/// What may stand between them.
static FILLERS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::MENU_WORDS.labelled("filler"));

/// Nothing but the names of networks and ways to share.
pub(super) fn is_share_bar(key: &str) -> bool {
    let mut words = key
        .split(|c: char| c.is_whitespace() || matches!(c, '|' | ',' | '/' | ':' | '•' | '·' | '(' | ')'))
        .filter(|w| !w.is_empty());
    let mut named = 0;
    let all = words.all(|word| {
        let network = NETWORKS.contains(&word);
        named += usize::from(network);
        network || FILLERS.contains(&word) || word.bytes().all(|b| b.is_ascii_digit())
    });
    all && named >= 1 && key.len() > 1
}

/// `Follow EXAMPLE.COM: Facebook | Twitter`, `Like us: Facebook`.
pub(super) fn is_follow_bar(key: &str) -> bool {
    (key.starts_with("follow ") || key.starts_with("like ") || key.starts_with("join "))
        && key.split_once(':').is_some_and(|(_, bar)| is_share_bar(bar.trim()) || bar.trim().starts_with('@'))
}

/// `04/01/2016          The title - The Site`: the line that a browser prints above each page.
pub(in crate::extract) fn is_print_head(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_digit())
        && line.find("   ").is_some_and(|gap| {
            gap <= 24 && stamp::read(&line[..gap], false, Locale::default()).is_some_and(|(_, taken)| taken + 2 >= gap)
        })
}

/// `— Jonas Wik (@wik) January 24, 2020`: under a post that the page shows.
pub(super) fn is_quoted_post(line: &str) -> bool {
    let signed = line.starts_with(['—', '–', '-']) && line.contains("(@");
    signed && line.split_whitespace().count() <= 12 && line.contains(')')
}

/// Marks between the parts of a menu. Two spaces are one, too.
pub(super) const PARTERS: &[&str] = &[" | ", " > ", " » ", " › ", " • ", " · ", " // ", " / ", " :: ", " – ", " — "];

/// Marks that lead down into a site.
pub(super) const STEPS: &[&str] = &[" > ", " » ", " › "];

/// The parts of a line that one kind of mark takes apart; none where it is whole.
pub(in crate::extract) fn parts<'l>(line: &'l str, parters: &[&str]) -> Option<Vec<&'l str>> {
    let split = |mark: &str| -> Vec<&'l str> {
        line.split(mark)
            .map(|p| p.trim_matches(|c: char| c.is_whitespace() || c == '|'))
            .filter(|p| !p.is_empty())
            .collect()
    };
    parters
        .iter()
        .chain(["  ", "\t"].iter())
        .filter(|m| line.contains(**m))
        .map(|m| split(m))
        .find(|parts| parts.len() >= 2)
}

/// `Home | World | Sport`, `Home > News > Europe`, `News  Sport  Jobs`; beside the text, a path of two steps will do.
pub(super) fn is_menu(line: &str, shape: Shape, region: Region, outlets: Outlets<'_>) -> bool {
    if shape.ending == Ending::Stop || region == Region::Anywhere || shape.words > 24 {
        return false;
    }
    let short = |p: &&str| p.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count() <= 4;
    let Some(parts) = parts(line, PARTERS) else { return false };
    // Below the text, rows of a table look like menus.
    let plain = |p: &&str| {
        p.split_whitespace().count() <= 2 && !p.contains([',', '—']) && !p.bytes().any(|b| b.is_ascii_digit())
    };
    let wide = parts.len() >= 3 && parts.iter().all(short) && (region == Region::Head || parts.iter().all(plain));
    let steps = STEPS.iter().any(|mark| line.contains(mark)) && parts.iter().all(short);
    let pair = || {
        let words = parts.iter().map(|p| p.split_whitespace().count()).sum::<usize>();
        let capital = parts.iter().all(|p| p.chars().next().is_some_and(char::is_uppercase));
        parts.len() == 2 && words <= 6 && capital && parts.iter().any(|p| outlets.is_like(p))
    };
    wide || steps || (region == Region::Head && pair())
}

/// `___`, `* * *`, `---`.
pub(super) fn is_rule(line: &str) -> bool {
    line.chars().all(|c| !c.is_alphanumeric() && !matches!(c, '?' | '!'))
}
