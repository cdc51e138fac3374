//! Furniture by what a line says, wherever it stands: the lexicon, and shapes that no phrase can tell.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::lexicon::{self, Candidate, Key, Meaning, Region};
use super::names;
use super::words::{Ending, Shape, is_all_caps, strip_prefix_ci};
use super::{Label, dateline, stamp};

/// Sentences of more bytes, and any line of more than `SHORT`, are looked at only by their first and last words.
const SENTENCE: usize = 110;
const SHORT: usize = 300;
/// Longer lines are running text.
const LONGEST: usize = 900;
/// Bytes of a long line that are looked at, at either end.
const GLANCE: usize = 90;

static CONTRIBUTED: LazyLock<Finder> = LazyLock::new(|| Finder::new(b"ontributed "));
static BY: LazyLock<Finder> = LazyLock::new(|| Finder::new(b" by "));
static RESERVED: LazyLock<Finder> = LazyLock::new(|| Finder::new(b"all rights reserved"));

/// What a line is by its own words, if it is furniture.
pub(super) fn of(line: &str, shape: Shape, key: &mut Key, region: Region) -> Option<Meaning> {
    if line.len() > LONGEST {
        return None;
    }
    let sentence = line.len() > SENTENCE && matches!(shape.ending, Ending::Stop | Ending::Query);
    if line.len() > SHORT || (sentence && region != Region::Tail) {
        return of_long(line, shape, key);
    }
    key.set(line);
    let candidate = Candidate { key, line, shape, region };
    let found = by_shape(line, shape, key).map(Meaning::Furniture).or_else(|| lexicon::look_up(&candidate));
    if found.is_some() {
        return found;
    }
    // The same in two languages: `Leia também / Also read: …`
    let slash = || line.find(" / ").filter(|at| line[*at..].contains(':') && line[..*at].split(' ').count() <= 4);
    if let Some(at) = memchr::memchr(b'/', line.as_bytes()).and_then(|_| slash()) {
        key.set(&line[at + 3..]);
        return lexicon::look_up(&Candidate { key, line: &line[at + 3..], shape, region });
    }
    if region == Region::Anywhere {
        return None;
    }
    let menu = || is_menu(line, shape, region).then_some(Label::Nav);
    by_parts(line, shape, key, region).or_else(menu).map(Meaning::Furniture)
}

/// A line of several parts each of which is furniture: `Accept all    Manage settings`, `Search   Sign in   Subscribe`.
fn by_parts(line: &str, shape: Shape, key: &mut Key, region: Region) -> Option<Label> {
    let parts = parts(line, PARTERS)?;
    let mut found = None;
    for part in parts {
        key.set(part);
        let candidate = Candidate { key, line: part, shape: Shape::of(part), region };
        let Some(Meaning::Furniture(label)) = lexicon::look_up(&candidate) else { return None };
        found = found.or(Some(label));
    }
    found.filter(|_| shape.words <= 16)
}

/// A long line is running text unless it begins or ends like nothing else does.
fn of_long(line: &str, shape: Shape, key: &mut Key) -> Option<Meaning> {
    if is_caption(line, shape) {
        return Some(Meaning::Furniture(Label::Caption));
    }
    let end = &line[line.ceil_char_boundary(line.len().saturating_sub(GLANCE))..];
    if CONTRIBUTED.find(end.as_bytes()).is_some() {
        key.set(end);
        if lexicon::look_up_end(&Candidate { key, line, shape, region: Region::Anywhere }).is_some() {
            return Some(Meaning::Furniture(Label::Credit));
        }
    }
    key.set(&line[..line.floor_char_boundary(GLANCE)]);
    if is_copyright(key.text()) {
        return Some(Meaning::Furniture(Label::Copyright));
    }
    if key.text().starts_with("reporting by") || key.text().starts_with("writing by") {
        key.set(line);
        return is_sign_off(key.text()).then_some(Meaning::Furniture(Label::Credit));
    }
    let candidate = Candidate { key, line, shape, region: Region::Anywhere };
    let firm = [Label::Promo, Label::AppPrompt, Label::Caption, Label::Copyright, Label::Credit];
    let fits = |m: &Meaning| line.len() <= SHORT || matches!(m, Meaning::Furniture(label) if firm.contains(label));
    lexicon::look_up_start(&candidate).filter(fits)
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
    if is_sign_off(text) {
        return Some(Label::Credit);
    }
    if shape.words > 24 {
        return None;
    }
    if is_share_bar(text) || is_follow_bar(text) || is_quoted_post(line) {
        return Some(Label::Promo);
    }
    if is_print_head(line) || is_counter(key.bare()) || is_rule(line) {
        return Some(Label::Nav);
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
    let any_year = || {
        key.split(|c: char| !c.is_ascii_digit()).any(|w| w.len() == 4 && (w.starts_with("19") || w.starts_with("20")))
    };
    if (key.starts_with("c)") || key.starts_with(')')) && (year(key) || (any_year() && key.split(' ').count() <= 8)) {
        return true;
    }
    // `Saltmere Observer © 2018`
    if key
        .find('©')
        .is_some_and(|at| key[..at].split(' ').count() <= 6 && !key[..at].contains(". ") && year(&key[at..]))
    {
        return true;
    }
    RESERVED.find(key.as_bytes()).is_some_and(|at| {
        let before = key[..at].trim_end();
        let marked = key.contains('©') || key.contains("(c)") || key.contains("copyright");
        // `Tamsin Bay Times. All rights reserved.`
        let alone = key.len() <= at + RESERVED.needle().len() + 2
            && before.split(' ').count() <= 6
            && before.ends_with(['.', ',', '|', ')', '-', '–', '—']);
        marked || before.is_empty() || alone || (year(before) && before.ends_with(['.', ',', '|', ')']))
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
    let end = &line[line.ceil_char_boundary(line.len().saturating_sub(GLANCE))..];
    let bytes = end.as_bytes();
    let by = shape.ending != Ending::Stop && BY.find(bytes).is_some();
    if !by && memchr::memchr3(b':', b'(', b'/', bytes).is_none() && memchr::memchr(0xA9, bytes).is_none() {
        return bytes.ends_with(b"Credit:");
    }
    if let Some(at) = end.rfind("REUTERS/") {
        return end[at..].split_whitespace().count() <= 6;
    }
    if end.ends_with("Credit:") || has_picture_credit(end, shape) {
        return true;
    }
    // `Ann Lee/AFP` alone
    let signed = |(name, of): (&str, &str)| {
        names::is_person_like(name.trim())
            && (names::agency(of).is_some() || names::outlet(of).is_some() || of.contains("Getty"))
    };
    if shape.words <= 6 && line.split_once('/').is_some_and(signed) {
        return true;
    }
    // `Flags in Moscow. (AP Photo/Ann Lee)`, `Reporters wait. (Ann Lee/The Post)`
    let Some(open) = end.rfind('(').filter(|_| end.ends_with(')')) else { return false };
    let inside = &end[open + 1..end.len() - 1];
    let names = inside.split('/').collect::<Vec<_>>();
    let slashed = names.len() == 2
        && names::is_person_like(names[0].trim())
        && names[1].trim().chars().next().is_some_and(char::is_uppercase)
        && names[1].split_whitespace().count() <= 4;
    let lower = inside.to_lowercase();
    let pictured = ["photo:", "photo by", "photo credit", "screengrab", "screenshot", "image via"];
    let pictured = inside.split(' ').count() <= 10 && pictured.iter().any(|w| lower.contains(w));
    let marks = ["AP Photo", "Reuters/", "Photo: ", "AFP/", "AP/", "Image: ", "Photo/", "Photos by "];
    slashed || pictured || marks.iter().any(|mark| inside.starts_with(mark))
}

/// Words before a photographer's name, in lower case.
const PICTURE_WORDS: &[&str] = &[
    "credit",
    "photo",
    "photos",
    "photograph",
    "picture",
    "pictures",
    "pic",
    "image",
    "images",
    "photo credit",
    "image credit",
    "picture credit",
    "foto",
    "fotos",
    "bild",
    "file photo",
    "photo courtesy",
    "crédit",
    "crédit photo",
];

/// `Turbines off the coast. Credit: Petter Lind/dpa`, `… PHOTO: GWEN HALLAM`, `… Photograph by Tove Lindahl`, `… ©Ann Lee`.
fn has_picture_credit(end: &str, shape: Shape) -> bool {
    let name_follows = |rest: &str, most: usize| {
        let name = rest.trim().trim_end_matches([')', ']', '.']);
        (1..=most).contains(&name.split_whitespace().count()) && !name.contains(". ")
    };
    let stops = |before: &str| {
        before.trim_end_matches(['–', '—', '-', '|', ' ']).ends_with(['.', '"', '”', '!', '?', ')', '’'])
    };
    for (at, mark) in end.match_indices([':', '©']) {
        let (before, after) = (&end[..at], &end[at + mark.len()..]);
        if mark == "©" {
            if stops(before.trim_end())
                && after.split_whitespace().count() <= 6
                && !before.is_empty()
                && shape.words > 4
            {
                return true;
            }
            continue;
        }
        let word_at = PICTURE_WORDS
            .iter()
            .filter_map(|w| {
                before
                    .len()
                    .checked_sub(w.len())
                    .filter(|at| before.get(*at..).is_some_and(|t| t.to_lowercase() == **w))
            })
            .min();
        let Some(word_at) = word_at else { continue };
        let above = &before[..word_at];
        let capital = before[word_at..].chars().next().is_some_and(char::is_uppercase);
        // Glued to the last word, or a sentence of its own after the description.
        let glued = !above.is_empty() && !above.ends_with(' ') && above.ends_with(char::is_alphanumeric);
        if capital && !above.is_empty() && (glued || stops(above.trim_end())) && name_follows(after, 8) {
            return true;
        }
    }
    let by = ["Photograph by ", "Photo by ", "Picture by ", "Photos by ", "Image by ", "Photo courtesy of "];
    BY.find(end.as_bytes()).is_some()
        && by.iter().any(|m| {
            end.rfind(m)
                .is_some_and(|at| at > 0 && stops(end[..at].trim_end()) && name_follows(&end[at + m.len()..], 6))
        })
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
        w.trim_end_matches(['k', 'm', '+']).bytes().all(|b| b.is_ascii_digit()) && w.as_bytes()[0].is_ascii_digit()
    };
    let figures = bare.bytes().filter(u8::is_ascii_digit).count();
    let mut things = 0;
    let all = words.all(|w| {
        things += usize::from(THINGS.contains(&w));
        counts(w) || THINGS.contains(&w)
    });
    // Figures alone are a page's number or one of several; more of them are a date or a year.
    all && figures <= 8 && (things > 0 || figures < 4)
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
const SHARE_FILLERS: &[&str] = &[
    "comment", "comments", "save", "more", "post", "this", "via", "on", "with", "and", "or", "plus", "us", "line",
    "story", "article", "page",
];

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

/// `04/01/2016          The title - The Site`: the line that a browser prints above each page.
pub(super) fn is_print_head(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_digit())
        && line
            .find("   ")
            .is_some_and(|gap| gap <= 24 && stamp::read(&line[..gap], false).is_some_and(|(_, taken)| taken + 2 >= gap))
}

/// `— Jonas Wik (@wik) January 24, 2020`: under a post that the page shows.
fn is_quoted_post(line: &str) -> bool {
    let signed = line.starts_with(['—', '–', '-']) && line.contains("(@");
    signed && line.split_whitespace().count() <= 12 && line.contains(')')
}

/// Marks between the parts of a menu. Two spaces are one, too.
const PARTERS: &[&str] = &[" | ", " > ", " » ", " › ", " • ", " · ", " // ", " / ", " :: ", " – ", " — "];
/// Marks that lead down into a site.
const STEPS: &[&str] = &[" > ", " » ", " › "];

/// The parts of a line that one kind of mark takes apart; none where it is whole.
pub(super) fn parts<'l>(line: &'l str, parters: &[&str]) -> Option<Vec<&'l str>> {
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
fn is_menu(line: &str, shape: Shape, region: Region) -> bool {
    if shape.ending == Ending::Stop || region == Region::Anywhere || shape.words > 24 {
        return false;
    }
    let short = |p: &&str| p.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count() <= 4;
    let Some(parts) = parts(line, PARTERS) else { return false };
    let wide = parts.len() >= 3 && parts.iter().all(short);
    let steps = STEPS.iter().any(|mark| line.contains(mark)) && parts.iter().all(short);
    let pair = || {
        let words = parts.iter().map(|p| p.split_whitespace().count()).sum::<usize>();
        let capital = parts.iter().all(|p| p.chars().next().is_some_and(char::is_uppercase));
        parts.len() == 2 && words <= 6 && capital && parts.iter().any(|p| names::is_outlet_like(p))
    };
    wide || steps || (region == Region::Head && pair())
}

/// `___`, `* * *`, `---`.
fn is_rule(line: &str) -> bool {
    line.chars().all(|c| !c.is_alphanumeric() && !matches!(c, '?' | '!'))
}

/// `Reporting by Anna Kowal in Vienna; editing by Tom Reid`.
fn is_sign_off(key: &str) -> bool {
    const PARTS: &[&str] = &[
        "reporting by",
        "additional reporting",
        "editing by",
        "writing by",
        "compiled by",
        "edited by",
        "written by",
        "graphic by",
        "graphics by",
    ];
    let begins = |part: &&str| PARTS.iter().any(|p| part.trim_start_matches(['(', ' ', '"']).starts_with(p));
    let parts: Vec<&str> = key.split([';', '.']).map(str::trim).filter(|p| p.len() > 1).collect();
    parts.iter().filter(|p| begins(p)).count() >= 2 || (key.contains(';') && parts.first().is_some_and(begins))
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
