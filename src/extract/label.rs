//! Furniture by what a line says, wherever it stands: the lexicon, and shapes that no phrase can tell.

use super::lexicon::{self, Candidate, Key, Meaning};
use super::names;
use super::words::{Ending, Shape, is_all_caps, is_capital, strip_prefix_ci};
use super::{Label, dateline};

/// Longer lines are looked at only by their first words.
const SHORT: usize = 300;
/// Longer lines are running text.
const LONGEST: usize = 900;
/// Bytes of a long line that are looked at.
const GLANCE: usize = 140;

/// What a line is by its own words, if it is furniture. `edge`: it stands before the first paragraph or after the last.
pub(super) fn of(line: &str, shape: Shape, key: &mut Key, edge: bool) -> Option<Meaning> {
    if line.len() > LONGEST {
        return None;
    }
    if line.len() > SHORT {
        return of_long(line, shape, key);
    }
    key.set(line);
    let candidate = Candidate { key, line, shape, edge };
    by_shape(line, shape, key).map(Meaning::Furniture).or_else(|| lexicon::look_up(&candidate))
}

/// A long line is running text unless it begins like nothing else does.
fn of_long(line: &str, shape: Shape, key: &mut Key) -> Option<Meaning> {
    let glance = &line[..line.floor_char_boundary(GLANCE)];
    key.set(glance);
    if is_copyright(key.text()) || is_caption(line, shape) {
        let label = if is_caption(line, shape) { Label::Caption } else { Label::Copyright };
        return Some(Meaning::Furniture(label));
    }
    let candidate = Candidate { key, line, shape, edge: false };
    let firm = [Label::Promo, Label::AppPrompt, Label::Caption, Label::Copyright, Label::Credit];
    lexicon::look_up_start(&candidate).filter(|m| matches!(m, Meaning::Furniture(label) if firm.contains(label)))
}

fn by_shape(line: &str, shape: Shape, key: &Key) -> Option<Label> {
    let text = key.text();
    if is_url(line) {
        return Some(Label::Url);
    }
    if is_copyright(text) {
        return Some(Label::Copyright);
    }
    if is_caption(line, shape) {
        return Some(Label::Caption);
    }
    if shape.words > 24 {
        return None;
    }
    if is_counter(key.bare()) || is_share_bar(text) || is_menu(line, shape) || is_rule(line) {
        return Some(Label::Nav);
    }
    if is_follow_bar(text) {
        return Some(Label::Promo);
    }
    if is_update_note(line) {
        return Some(Label::Label);
    }
    // Short names are words as well: `APP` is one, `App` is not.
    let named = names::agency(key.bare()).is_some() && (line.len() > 6 || is_all_caps(line));
    if dateline::is_agency_mark(line) {
        return Some(Label::DateLine);
    }
    named.then_some(Label::Credit)
}

/// One or several bare addresses, page numbers beside them allowed.
pub(super) fn is_url(line: &str) -> bool {
    let address = |word: &str| {
        let word = word.trim_matches(['<', '>', '(', ')', '[', ']']);
        let bare = ["https://", "http://", "www."].iter().find_map(|p| strip_prefix_ci(word, p));
        bare.is_some_and(|rest| rest.contains('.') || rest.contains('/'))
            || (word.contains('/') && host(word).is_some())
    };
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit() || b == b'/');
    let mut words = line.split_whitespace();
    words.next().is_some_and(address) && words.all(|word| address(word) || number(word))
}

/// The host that an address begins with, `www.` left out: `example.com` of `https://www.example.com/a`.
pub(super) fn host(address: &str) -> Option<String> {
    let address = address.trim_matches(['<', '>', '(', ')', '[', ']']);
    let rest = ["https://", "http://"].iter().find_map(|p| strip_prefix_ci(address, p)).unwrap_or(address);
    let host = rest.split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
    let host =
        ["www.", "m.", "amp.", "mobile.", "edition."].iter().fold(host.as_str(), |h, p| h.strip_prefix(p).unwrap_or(h));
    let labels: Vec<&str> = host.split('.').collect();
    let plain = |l: &&str| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let top = labels.last().is_some_and(|t| t.len() >= 2 && t.bytes().all(|b| b.is_ascii_alphabetic()));
    (labels.len() >= 2 && labels.iter().all(plain) && top).then(|| host.to_owned())
}

/// `© 2018 …`, `(c) 2018 …`, `Copyright 2018 …`, `… 2018 …. All rights reserved.`; the key has lost a bracket before it.
fn is_copyright(key: &str) -> bool {
    let rest = key.strip_prefix("copyright").map(str::trim_start);
    let year = |t: &str| {
        let t = t.trim_start_matches(['c', ')', '©', ' ', '(', 'y', ':', ',', 'b']);
        t.get(..4).and_then(|y| y.parse::<u16>().ok()).is_some_and(|y| (1900..2100).contains(&y))
    };
    if key.starts_with('©') || rest.is_some_and(|r| r.starts_with('©') || r.starts_with("(c)") || year(r)) {
        return true;
    }
    if (key.starts_with("c)") || key.starts_with(')')) && year(key) {
        return true;
    }
    const RESERVED: &str = "all rights reserved";
    key.find(RESERVED).is_some_and(|at| {
        let before = key[..at].trim_end();
        let marked = key.contains('©') || key.contains("(c)") || key.contains("copyright");
        marked || before.is_empty() || (year(before) && before.ends_with(['.', ',', '|', ')']))
    })
}

/// A picture's credit at the end, or the mark of a picture at the start.
fn is_caption(line: &str, shape: Shape) -> bool {
    if let Some(rest) = line.strip_prefix("FILE") {
        let rest = rest.trim_start();
        let marked = ["PHOTO", "PHOTO:", "PICTURE", "IMAGE"].iter().any(|p| rest.starts_with(p));
        if marked || rest.starts_with(['-', '–', '—', ':']) {
            return true;
        }
    }
    let end = &line[line.ceil_char_boundary(line.len().saturating_sub(90))..];
    if let Some(at) = end.rfind("REUTERS/") {
        return end[at..].split_whitespace().count() <= 6;
    }
    if end.ends_with("Credit:") {
        return true;
    }
    let named = |mark: &str| {
        end.rfind(mark).is_some_and(|at| {
            let name = end[at + mark.len()..].trim().trim_end_matches([')', ']', '.']);
            let words = name.split_whitespace().count();
            let before = end[..at].trim_end();
            let own = before.is_empty()
                || before.ends_with(['.', '(', '[', '"', '”', '|', '!', '?'])
                || mark.starts_with('(');
            words <= 9 && own && name.split_whitespace().next().is_some_and(is_capital)
        })
    };
    let glued = end.rfind("Credit: ").is_some_and(|at| at > 0 && end[at + 8..].split_whitespace().count() <= 6);
    glued
        || [
            "Photo: ",
            "Photo by ",
            "Photo courtesy of ",
            "Photograph: ",
            "Image: ",
            "Picture: ",
            "Photo credit: ",
            "Photo Credit: ",
        ]
        .iter()
        .any(|mark| shape.words > 2 && named(mark))
        || [
            "(Photo by ",
            "(AP Photo",
            "(Reuters/",
            "(Photo: ",
            "(AFP/",
            "(AP/",
            "(Image: ",
            "(Photo credit",
            "(Photo Credit",
        ]
        .iter()
        .any(|mark| end.rfind(mark).is_some_and(|at| line.trim_end().ends_with(')') && end[at..].len() < 80))
}

/// `Comments (12)`, `1 of 5`, `Page 2 of 3`, `12 comments`, `2/5`, a page number.
fn is_counter(bare: &str) -> bool {
    const THINGS: &[&str] = &[
        "comments", "comment", "page", "photo", "photos", "image", "images", "shares", "share", "views", "of", "slide",
        "likes", "tweets", "retweets", "replies", "reviews", "votes",
    ];
    if bare.len() > 40 || !bare.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let mut words = bare
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '/' | '[' | ']' | ',' | ':'))
        .filter(|w| !w.is_empty());
    let counts = |w: &str| {
        w.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'k' | b'm' | b'+'))
            && w.as_bytes()[0].is_ascii_digit()
    };
    let figures = bare.bytes().filter(u8::is_ascii_digit).count();
    let year_alone = bare.len() == 4 && figures == 4;
    !year_alone && figures <= 8 && words.all(|w| counts(w) || THINGS.contains(&w))
}

const NETWORKS: &[&str] = &[
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "reddit",
    "pinterest",
    "telegram",
    "messenger",
    "google+",
    "google",
    "instagram",
    "youtube",
    "flipboard",
    "tumblr",
    "viber",
    "vk",
    "email",
    "e-mail",
    "mail",
    "print",
    "share",
    "tweet",
    "pin",
    "copy",
    "link",
    "sms",
    "pocket",
    "digg",
    "rss",
    "x",
    "threads",
    "bluesky",
    "skype",
    "wechat",
    "weibo",
];

/// What may stand between them.
const SHARE_FILLERS: &[&str] =
    &["comment", "comments", "save", "more", "post", "this", "via", "on", "with", "and", "or", "plus", "us", "line"];

/// Nothing but the names of networks and ways to share.
fn is_share_bar(key: &str) -> bool {
    let mut words = key
        .split(|c: char| c.is_whitespace() || matches!(c, '|' | ',' | '/' | ':' | '•' | '·' | '(' | ')'))
        .filter(|w| !w.is_empty());
    let mut named = 0;
    let all = words.all(|word| {
        let network = NETWORKS.contains(&word);
        named += usize::from(network);
        network || SHARE_FILLERS.contains(&word) || word.bytes().all(|b| b.is_ascii_digit())
    });
    all && named >= 1 && key.len() > 1
}

/// `Follow EXAMPLE.COM: Facebook | Twitter`, `Like us: Facebook`.
fn is_follow_bar(key: &str) -> bool {
    (key.starts_with("follow ") || key.starts_with("like ") || key.starts_with("join "))
        && key.split_once(':').is_some_and(|(_, bar)| is_share_bar(bar.trim()) || bar.trim().starts_with('@'))
}

/// `Home | World | Sport`, `Home > News > Europe`: three short parts at least.
fn is_menu(line: &str, shape: Shape) -> bool {
    let parts = |mark: &str| {
        let parts: Vec<&str> = line.split(mark).map(str::trim).filter(|p| !p.is_empty()).collect();
        parts.len() >= 3
            && parts.iter().all(|p| p.split_whitespace().count() <= 4 && !p.bytes().any(|b| b.is_ascii_digit()))
    };
    shape.ending == Ending::Open
        && [" | ", " > ", " » ", " › ", " • ", " · "].iter().any(|mark| line.contains(mark) && parts(mark))
}

/// `___`, `* * *`, `---`.
fn is_rule(line: &str) -> bool {
    line.chars().all(|c| !c.is_alphanumeric() && !matches!(c, '?' | '!'))
}

/// `(Adds quotes)`, `(Updates with reaction, background)`: a wire's note to editors.
fn is_update_note(line: &str) -> bool {
    const VERBS: &[&str] = &[
        "Adds",
        "Updates",
        "Recasts",
        "Corrects",
        "Repeats",
        "Rewrites",
        "Refiles",
        "Changes",
        "Fixes",
        "Clarifies",
        "Restores",
        "Removes",
        "Writes",
        "Releads",
        "Recaps",
        "New",
        "Updated",
        "Updating",
        "Adding",
    ];
    let Some(inside) = line.strip_prefix('(').and_then(|l| l.strip_suffix(')')) else { return false };
    let first = inside.split([' ', ',', ';']).next().unwrap_or("");
    VERBS.contains(&first) && !inside.ends_with('.')
}
