//! The outlet: candidates that the page's structure gives, in trust order. Prose is never searched for names.

use std::cell::OnceCell;

use super::candidate::{Candidate, Choice, choose};
use super::findings::Findings;
use super::page::{Page, Role};
use super::words::{strip_prefix_ci, title_case};
use super::{Label, Warning, label, names};
use crate::article::{Confidence, Field, Lines};
use crate::source::RawRecord;

const RECORD: u8 = 0;
const FOLLOW: u8 = 1;
/// Rank of an outlet in a dateline's brackets.
pub(super) const DATELINE_RANK: u8 = 2;
/// Its rule.
pub(super) const DATELINE_RULE: &str = "dateline-source";
const MASTHEAD: u8 = 3;
const SUFFIX: u8 = 4;
const COPYRIGHT: u8 = 5;
const ADDRESS: u8 = 6;
const RECORD_URL: u8 = 7;

/// Networks that a `Follow … on` line names.
const NETWORKS: &[&str] = &[
    "twitter",
    "facebook",
    "telegram",
    "instagram",
    "whatsapp",
    "youtube",
    "google",
    "linkedin",
    "x",
    "threads",
    "tiktok",
    "vk",
    "social",
];

/// Hosts that are no news outlet's own.
const OTHER_HOSTS: &[&str] = &[
    "twitter.com",
    "x.com",
    "t.co",
    "facebook.com",
    "fb.com",
    "youtube.com",
    "youtu.be",
    "instagram.com",
    "bit.ly",
    "t.me",
    "telegram.org",
    "telegram.me",
    "whatsapp.com",
    "linkedin.com",
    "reddit.com",
    "tinyurl.com",
    "goo.gl",
    "google.com",
    "pinterest.com",
    "tiktok.com",
    "vk.com",
    "ow.ly",
    "archive.org",
    "wikipedia.org",
    "gov.uk",
    "change.org",
    "gofundme.com",
    "apple.com",
    "spotify.com",
    "soundcloud.com",
    "scribd.com",
    "documentcloud.org",
];

fn candidate(
    name: &str,
    rank: u8,
    confidence: Confidence,
    rule: &'static str,
    lines: Option<Lines>,
) -> Candidate<String> {
    Candidate { value: name.trim().to_owned(), rank, confidence, rule, lines }
}

/// Finds the outlet.
pub(super) fn find(page: &Page<'_>, record: &RawRecord<'_>, found: &mut Findings) {
    let of_record = Some(Lines::one(record.first_line)).filter(|_| record.place.is_some());
    if let Some(given) = &record.given.outlet {
        found.outlets.push(candidate(given, RECORD, Confidence::Given, "record", of_record));
    }
    let hints = Hints::new(page);
    for (at, unit) in page.units.iter().enumerate() {
        let Role::Drop(kind) = unit.role else { continue };
        let lines = page.file_lines(at);
        match kind {
            Label::Promo | Label::AppPrompt => note_promo(&unit.text, lines, &hints, found),
            Label::Nav | Label::Label if page.head().contains(&at) => note_masthead(&unit.text, lines, &hints, found),
            Label::Nav if page.tail().contains(&at) => note_nav(&unit.text, lines, found),
            Label::Copyright => note_copyright(&unit.text, lines, found),
            _ => {}
        }
    }
    note_hosts(page, found);
    let host = record.given.url.as_deref().and_then(label::host);
    if let Some(name) = host.and_then(|host| names::outlet_at(&host)).filter(|name| names::agency(name).is_none()) {
        found.outlets.push(candidate(name, RECORD_URL, Confidence::Medium, "record-url", of_record));
    }
    settle(found);
}

/// What furniture hints at and cannot state. Collected when it is first asked for: most pages never ask.
struct Hints<'p> {
    page: Option<&'p Page<'p>>,
    keys: OnceCell<HintKeys>,
}

/// Hints as keys of names.
#[derive(Debug, Default)]
struct HintKeys {
    /// Holders of copyright, hosts of addresses and mail, who is to be followed.
    sites: Vec<String>,
    /// Handles, which people have as well.
    handles: Vec<String>,
}

impl<'p> Hints<'p> {
    fn new(page: &'p Page<'p>) -> Self {
        Self { page: Some(page), keys: OnceCell::new() }
    }

    fn none() -> Self {
        Self { page: None, keys: OnceCell::new() }
    }

    fn keys(&self) -> &HintKeys {
        self.keys.get_or_init(|| self.page.map(collect_hints).unwrap_or_default())
    }

    /// Whether a name that would not do alone is hinted at.
    fn confirm(&self, name: &str) -> bool {
        let wanted = key(name);
        let among = |keys: &[String]| keys.iter().any(|hint| is_same(hint, &wanted));
        let keys = self.keys();
        wanted.len() >= 4 && (among(&keys.sites) || (among(&keys.handles) && !names::is_person_like(name)))
    }
}

fn collect_hints(page: &Page<'_>) -> HintKeys {
    let mut hints = HintKeys::default();
    for unit in &page.units {
        let Role::Drop(kind) = unit.role else { continue };
        if matches!(kind, Label::Related | Label::InlineLink | Label::Caption | Label::Spam) {
            continue;
        }
        if kind == Label::Copyright {
            hints.sites.extend(holder(&unit.text).map(key));
        }
        if kind == Label::Promo {
            hints.sites.extend(followed(&unit.text, &Hints::none()).into_iter().map(key));
        }
        if memchr::memchr2(b'@', b'.', unit.text.as_bytes()).is_none() {
            continue;
        }
        let words = unit.text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')'));
        for word in words.filter(|w| w.contains(['@', '.'])) {
            let word = word.trim_end_matches(['.', ':', ';']);
            if let Some(handle) = word.strip_prefix('@') {
                hints.handles.push(names::squash(handle));
            }
            let host = word.rsplit('@').next().and_then(label::host);
            hints.sites.extend(host.filter(|h| !is_other(h)).map(|h| key(&h)));
        }
    }
    hints
}

fn is_other(host: &str) -> bool {
    OTHER_HOSTS.iter().any(|o| host == *o || host.strip_suffix(o).is_some_and(|h| h.ends_with('.')))
}

/// `Follow Trend on Telegram`, `Follow CBSMIAMI.COM: Facebook | Twitter`, `Get the CBS News app`.
fn note_promo(text: &str, lines: Lines, hints: &Hints<'_>, found: &mut Findings) {
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
    if let Some(name) = received.filter(|n| super::words::is_capital(n) && n.split(' ').count() <= 4) {
        found.outlets.push(candidate(name, FOLLOW, Confidence::Low, "follow-line", Some(lines)));
        return;
    }
    let open = lower.strip_suffix(" app open").and_then(|rest| text.get(..rest.len()));
    let listed = |name: &&str| {
        names::outlet(name).is_some()
            || (names::has_outlet_word(name) && name.split(' ').count() <= 4 && super::words::is_capital(name))
    };
    if let Some(name) = app.or(home).or(open).filter(listed) {
        found.outlets.push(candidate(name, MASTHEAD, Confidence::Medium, "site-line", Some(lines)));
    }
}

/// Whom a line asks to follow, where these are outlets.
fn followed<'t>(text: &'t str, hints: &Hints<'_>) -> Vec<&'t str> {
    let asked = || {
        let at = text.find("ollow ").filter(|at| *at == 1 || text[..at - 1].ends_with([' ', '/']));
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
    // People have accounts; channels are an outlet's.
    let channel = ["Telegram", "WhatsApp", "Google News", "Viber"].iter().any(|network| text.contains(network));
    asked.split(" and ").filter_map(|name| followed_outlet(name, channel, hints)).collect()
}

fn followed_outlet<'t>(name: &'t str, channel: bool, hints: &Hints<'_>) -> Option<&'t str> {
    let name = name.strip_prefix("the ").unwrap_or(name).trim();
    let first = name.split_whitespace().next()?;
    let vague = ["us", "our", "him", "her", "them", "me", "this", "all", "more"];
    let capital = first.chars().next().is_some_and(char::is_uppercase);
    let fits = capital && !vague.contains(&first.to_ascii_lowercase().as_str()) && name.split_whitespace().count() <= 5;
    const ROLES: &[&str] = &[
        "reporter",
        "columnist",
        "intern",
        "editor",
        "writer",
        "correspondent",
        "host",
        "anchor",
        "team",
        "from",
        "contributor",
    ];
    let role = name.split(' ').any(|w| ROLES.contains(&w.to_lowercase().as_str()))
        || name.contains("'s ")
        || name.contains("’s ");
    let one = !name.contains(' ') && (channel || name.contains('.') || names::is_outlet_like(name));
    let several = name.contains(' ') && (names::is_outlet_like(name) || hints.keys().sites.contains(&key(name)));
    let outlet = (one || several) && !role;
    (fits && outlet && names::agency(name).is_none()).then_some(name)
}

/// `Azernews Newspaper`, `Watch CBS News`, `View CBS News In`.
fn note_nav(text: &str, lines: Lines, found: &mut Findings) {
    if let Some(name) =
        site_name(text).or_else(|| names::outlet(text).map(|_| text)).filter(|n| names::agency(n).is_none())
    {
        found.outlets.push(candidate(name, MASTHEAD, Confidence::Medium, "masthead", Some(lines)));
    }
}

/// The site's name in a line of its menu.
fn site_name(text: &str) -> Option<&str> {
    let end = text.len().saturating_sub(" newspaper".len());
    let paper = text.get(end..).filter(|t| t.eq_ignore_ascii_case(" newspaper")).map(|_| &text[..end]);
    let watch = ["Watch ", "Welcome to ", "View "].iter().find_map(|p| text.strip_prefix(p));
    paper.or(watch.map(|n| n.strip_suffix(" In").unwrap_or(n)).filter(|n| names::outlet(n).is_some()))
}

/// Notes the site's name above the text: alone, or first in a menu. It must be listed, be made like an outlet's name,
/// or be hinted at by other furniture.
fn note_masthead(text: &str, lines: Lines, hints: &Hints<'_>, found: &mut Findings) {
    if let Some(name) = site_name(text) {
        found.outlets.push(candidate(name, MASTHEAD, Confidence::Medium, "masthead", Some(lines)));
        return;
    }
    let mut text = text.split('<').next().unwrap_or(text).trim();
    if label::is_print_head(text) {
        text = text.rsplit(" - ").next().unwrap_or(text);
    }
    let parts = label::parts(text, &[" | ", " > ", " » ", " › ", " / ", " :: ", " – ", " — ", " - "])
        .unwrap_or_else(|| vec![text]);
    // Two names side by side are two.
    let names = label::parts(parts[0], &[" · ", " • "]).unwrap_or_else(|| vec![parts[0]]);
    for name in names {
        let name = without_section(name);
        let words = name.split_whitespace().count();
        let made = (2..=6).contains(&words) && names::has_outlet_word(name) && !is_section(name);
        let capital = name.chars().next().is_some_and(char::is_uppercase);
        let listed = is_listed_alone(name);
        if capital && (listed || made || hints.confirm(name)) && names::agency(name).is_none() {
            found.outlets.push(candidate(name, MASTHEAD, Confidence::Medium, "masthead", Some(lines)));
        }
    }
}

/// Sections that stand behind a name in capitals: `NORTHMOOR HERALD SPORT`.
const SECTIONS: &[&str] =
    &["sport", "sports", "business", "opinion", "politics", "world", "culture", "local", "money", "travel"];

/// Listed names that are words of any menu: alone above the text they need a second witness.
const COMMON: &[&str] = &[
    "time",
    "metro",
    "mint",
    "stuff",
    "punch",
    "vanguard",
    "dawn",
    "express",
    "independent",
    "mirror",
    "guardian",
    "nation",
    "star",
    "standard",
    "week",
    "hill",
    "sun",
    "times",
    "wire",
    "local",
    "print",
    "age",
    "herald",
    "slate",
    "national",
    "forbes",
    "fortune",
    "economist",
    "trend",
    "newsday",
    "iol",
    "the local",
    "the national",
];

/// Whether a line is an outlet's name and can hardly be anything else.
pub(super) fn is_listed_alone(name: &str) -> bool {
    names::outlet(name).is_some() && !COMMON.contains(&name.to_lowercase().as_str())
}

fn without_section(name: &str) -> &str {
    let last = name.rsplit(' ').next().unwrap_or("");
    let section = super::words::is_all_caps(name)
        && SECTIONS.contains(&last.to_lowercase().as_str())
        && name.split(' ').count() >= 3;
    if section { name[..name.len() - last.len()].trim_end() } else { name }
}

/// `Local News`, `Breaking News`, `Daily Briefing`: made of an outlet's words and of general ones only.
fn is_section(name: &str) -> bool {
    const GENERAL: &[&str] = &[
        "news",
        "local",
        "breaking",
        "latest",
        "world",
        "top",
        "daily",
        "weekly",
        "live",
        "online",
        "more",
        "the",
        "our",
        "sports",
        "sport",
        "business",
        "national",
        "international",
        "politics",
        "city",
        "state",
        "report",
        "special",
        "press",
        "release",
        "releases",
        "tv",
        "radio",
        "video",
        "review",
        "reviews",
        "today",
        "home",
        "morning",
        "evening",
        "star",
        "record",
        "service",
        "services",
        "watch",
        "read",
        "your",
        "good",
        "in",
        "of",
        "for",
        "and",
        "&",
        "uk",
        "us",
        "desk",
        "agency",
        "media",
        "community",
        "record",
        "leader",
        "analysis",
        "full",
        "fact",
        "check",
    ];
    let word = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '&').to_lowercase();
    name.split_whitespace().all(|w| GENERAL.contains(&word(w).as_str()))
}

/// Notes an outlet at the end of the headline's line.
pub(super) fn note_suffix(name: &str, lines: Lines, found: &mut Findings) {
    if names::agency(name).is_none() {
        found.outlets.push(candidate(name, SUFFIX, Confidence::Medium, "headline-suffix", Some(lines)));
    }
}

/// Whether a line of furniture names the outlet too.
pub(super) fn is_named_elsewhere(page: &Page<'_>, name: &str) -> bool {
    let wanted = names::squash(name);
    page.units.iter().any(|unit| match unit.label() {
        Some(Label::Copyright) => holder(&unit.text).is_some_and(|h| names::squash(h) == wanted),
        Some(Label::Promo) => followed(&unit.text, &Hints::none()).iter().any(|f| names::squash(f) == wanted),
        Some(Label::Nav | Label::Label) => names::squash(&unit.text) == wanted,
        _ => false,
    })
}

/// The holder of a copyright, as an outlet; a wire agency is credited.
fn note_copyright(text: &str, lines: Lines, found: &mut Findings) {
    let Some(name) = holder(text) else { return };
    if names::agency(name).is_some() {
        return found.credit(name, usize::MAX);
    }
    // A person may hold the rights as well.
    if names::is_person_like(name) && !names::is_outlet_like(name) {
        return;
    }
    let confidence = if names::outlet(name).is_some() { Confidence::Medium } else { Confidence::Low };
    found.outlets.push(candidate(name, COPYRIGHT, confidence, "copyright-holder", Some(lines)));
}

/// Forms of companies, which are no part of an outlet's name.
const COMPANY: &[&str] = &[
    " inc",
    " llc",
    " ltd",
    " limited",
    " gmbh",
    " corp",
    " corporation",
    " company",
    " co",
    " plc",
    " pty",
    " l.p",
    " lp",
    " ag",
    " group",
    " holdings",
    " broadcasting",
    " media",
    " news & media",
    " news and media",
    " publishing",
    " publications",
    " interactive",
    " pvt",
    " s.a",
    " b.v",
    " oy",
    " ab",
];

/// Whose copyright a line states.
fn holder(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    for word in ["copyright", "all content", "c) ", "copyright"] {
        rest = strip_prefix_ci(rest, word).unwrap_or(rest).trim_start_matches(|c: char| !c.is_alphanumeric());
    }
    rest = strip_prefix_ci(rest, "c)").unwrap_or(rest);
    rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    rest = strip_prefix_ci(rest, "by ").or_else(|| strip_prefix_ci(rest, "of ")).unwrap_or(rest);
    let end =
        ["all rights", "reprinted", "republished", "registered", "powered", "terms", "privacy", "no part", "click"]
            .iter()
            .filter_map(|stop| rest.to_ascii_lowercase().find(stop))
            .chain(rest.find(['|', ';', '©', '\n']))
            .chain(rest.match_indices(". ").map(|(at, _)| at).find(|at| *at > 3 && !rest[..*at].ends_with("St")))
            .min()
            .unwrap_or(rest.len());
    let mut name = rest[..end].trim_matches(|c: char| !c.is_alphanumeric());
    name = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | ' ' | ','));
    if names::outlet(name).is_some() || names::agency(name).is_some() {
        return Some(name);
    }
    while let Some(shorter) = COMPANY.iter().find_map(|form| {
        let bare = name.trim_end_matches(['.', ',', ' ']);
        let at = bare.len().checked_sub(form.len())?;
        bare.get(at..)
            .is_some_and(|tail| tail.eq_ignore_ascii_case(form))
            .then(|| bare[..at].trim_end_matches(['.', ',', ' ']))
    }) {
        name = shorter.trim_end_matches([' ', '&', ',']);
    }
    let words = name.split_whitespace().count();
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    (capital && (1..=6).contains(&words) && name.len() >= 2).then_some(name)
}

/// Bare addresses tell the outlet where they all lead to one host; one unknown host alone tells nothing.
fn note_hosts(page: &Page<'_>, found: &mut Findings) {
    let mut hosts: Vec<(String, Lines)> = Vec::new();
    for (at, unit) in page.units.iter().enumerate().filter(|(_, unit)| unit.label() == Some(Label::Url)) {
        let lines = page.file_lines(at);
        hosts.extend(unit.text.split_whitespace().filter_map(label::host).map(|host| (host, lines)));
    }
    hosts.retain(|(host, _)| !is_other(host));
    let Some((host, first)) = hosts.first() else { return };
    if hosts.iter().any(|(other, _)| other != host) {
        return;
    }
    let lines = hosts.iter().fold(*first, |lines, (_, more)| lines.join(*more));
    let listed = names::outlet_at(host);
    if let Some(agency) = names::agency(listed.unwrap_or(host)) {
        return found.credit(agency, usize::MAX);
    }
    let agreed = found.outlets.iter().any(|c| is_same(&key(&c.value), &key(host)));
    // On a printed page, addresses are the page's own.
    if listed.is_some() || agreed || (hosts.len() >= 2 && page.wrap.is_some()) {
        let confidence = if listed.is_some() { Confidence::Medium } else { Confidence::Low };
        found.outlets.push(candidate(listed.unwrap_or(host), ADDRESS, confidence, "address-lines", Some(lines)));
    }
}

/// Whether two keys mean one outlet: the same, or the one with more words behind, as a publisher's name has.
fn is_same(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short == long || (short.len() >= 6 && long.starts_with(short))
}

/// What spellings of one outlet share: its letters, without the ending of a host.
fn key(name: &str) -> String {
    let lower = name.trim().to_ascii_lowercase();
    let host = label::host(&lower).filter(|_| !lower.contains(' '));
    let bare = host.as_deref().map_or(lower.as_str(), |h| h.split('.').next().unwrap_or(h));
    let known = names::outlet(name).or_else(|| host.as_deref().and_then(names::outlet_at));
    known.map_or_else(|| names::squash(bare), names::squash)
}

/// The better spelling of two that mean the same outlet.
fn better(one: &str, other: &str) -> Option<String> {
    if key(one) != key(other) {
        return is_same(&key(one), &key(other)).then(|| one.to_owned());
    }
    let worth = |name: &str| {
        let mixed = name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase);
        (names::outlet(name).is_some(), mixed, name.contains(' '), !name.contains('.'))
    };
    Some(if worth(other) > worth(one) { other } else { one }.to_owned())
}

fn settle(found: &mut Findings) {
    let candidates = std::mem::take(&mut found.outlets);
    match choose(candidates, |one: &String, other: &String| better(one, other)) {
        Choice::Field(field) => found.outlet = Some(spelled(field)),
        Choice::Conflict(values) => {
            found.warnings.push(Warning::Conflict("outlet", values.iter().map(|v| usual(v)).collect()))
        }
        Choice::Nothing => {}
    }
}

/// The field in the outlet's usual spelling; a record's own words stay as they are.
fn spelled(mut field: Field<String>) -> Field<String> {
    if field.confidence != Confidence::Given || field.rule != "record" {
        field.value = usual(&field.value);
    }
    let mut seen = vec![key(&field.value)];
    field.alternatives.iter_mut().for_each(|other| other.value = usual(&other.value));
    field.alternatives.retain(|other| {
        let fresh = !seen.contains(&key(&other.value));
        seen.push(key(&other.value));
        fresh
    });
    field
}

/// A name as the outlet itself writes it, as far as the list or its own capitals tell.
fn usual(name: &str) -> String {
    if let Some(known) = names::outlet(name).or_else(|| label::host(name).and_then(|host| names::outlet_at(&host))) {
        return known.to_owned();
    }
    if !name.contains(' ') || !super::words::is_all_caps(name) {
        return names::split_camel(name);
    }
    // `OSTRAND DAILY` is shouted, `CBS SF` is not.
    let word =
        |word: &str| if word.len() > 3 || word == "THE" { title_case(word).into_owned() } else { word.to_owned() };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
