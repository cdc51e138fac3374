//! One word as it was typed -> what it means: its form, its wildcards, what stands behind it.

use unicode_normalization::char::is_combining_mark;

use super::notes::Notes;
use super::regex;
use super::token::is_quote;
use super::tree::{Form, Word};
use crate::analysis::Analyzer;

/// The most edits that a word may be away.
const MAX_EDITS: f32 = 2.0;

/// Where the word at the beginning of `text` ends: at a blank, a quote or a parenthesis.
pub(super) fn word_end(text: &str) -> usize {
    find_sign(text, |c| c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')')).unwrap_or(text.len())
}

/// The first character of that kind without a backslash before it.
pub(super) fn find_sign(text: &str, is_sign: impl Fn(char) -> bool) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if is_sign(c) && !(escaped && is_escapable(c)) {
            return Some(at);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

/// Whether a backslash makes the character a letter like others.
pub(super) fn is_escapable(c: char) -> bool {
    c.is_ascii_punctuation() || is_quote(c)
}

/// A word and the `~n` and `^n` behind it.
pub(super) struct Suffixed<'a> {
    pub body: &'a str,
    /// The number of the first `~`; 1 where it has none.
    pub edits: Option<f32>,
    pub boost: Option<f32>,
    /// Whether there are several `~`.
    pub twice: bool,
}

impl<'a> Suffixed<'a> {
    /// A word with nothing behind it.
    pub fn whole(body: &'a str) -> Self {
        Self { body, edits: None, boost: None, twice: false }
    }
}

/// Takes off what stands behind a word; a word without a letter keeps it.
pub(super) fn split_suffixes(typed: &str) -> Suffixed<'_> {
    let mut found = Suffixed::whole(typed);
    while let Some((sign, at)) = last_sign(found.body) {
        let number = &found.body[at + 1..];
        match (sign, number.parse::<f32>()) {
            ('~', value) => {
                found.twice = found.edits.is_some();
                found.edits = Some(value.unwrap_or(1.0));
            }
            (_, Ok(value)) => found.boost = Some(found.boost.unwrap_or(1.0) * value),
            _ => break,
        }
        found.body = &found.body[..at];
    }
    if found.body.chars().any(char::is_alphanumeric) { found } else { Suffixed::whole(typed) }
}

/// The `~` or `^` that ends a word, but for the number behind it.
fn last_sign(body: &str) -> Option<(char, usize)> {
    let before = body.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &body[before.len()..];
    let sign = before.chars().next_back().filter(|c| matches!(c, '~' | '^'))?;
    let at = before.len() - 1;
    let slashes = before[..at].len() - before[..at].trim_end_matches('\\').len();
    let is_number = number.is_empty() || is_number(number);
    (slashes % 2 == 0 && is_number && !(sign == '^' && number.is_empty())).then_some((sign, at))
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.parse::<f32>().is_ok()
}

/// The `~n` or `^n` that `text` begins with, behind a phrase or a group: its sign, its number, its length.
pub(super) fn leading_suffix(text: &str) -> Option<(char, Option<f32>, usize)> {
    let sign = text.chars().next().filter(|c| matches!(c, '~' | '^'))?;
    let rest = &text[1..];
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut length = digits(rest);
    if length > 0 && rest[length..].starts_with('.') {
        length += match digits(&rest[length + 1..]) {
            0 => 0,
            decimals => decimals + 1,
        };
    }
    match rest[..length].parse() {
        Ok(number) => Some((sign, Some(number), length + 1)),
        Err(_) if sign == '~' && !begins_value(rest) => Some((sign, None, 1)),
        Err(_) => None,
    }
}

/// Whether a value stands here, as `-1`, `x`.
fn begins_value(text: &str) -> bool {
    text.strip_prefix('-').unwrap_or(text).starts_with(char::is_alphanumeric)
}

/// What is told of a sign beside letters that means something in another place or system; none in an address, or behind
/// a backslash.
pub(super) fn stray_sign(body: &str) -> Option<&'static str> {
    if body.contains(['/', '@', ':', '\\']) {
        return None;
    }
    let first = body.chars().next().filter(|c| !c.is_alphanumeric());
    if let Some(sign) = first
        && body.trim_start_matches(sign).starts_with(char::is_alphabetic)
        && let Some(told) = sign_told(sign).filter(|_| sign != '#').or_else(|| leading_told(sign))
    {
        return Some(told);
    }
    if let Some(sign @ ('|' | '&')) = body.chars().next_back() {
        let is_behind = body.trim_end_matches(sign).ends_with(char::is_alphanumeric);
        return sign_told(sign).or_else(|| leading_told(sign)).filter(|_| is_behind);
    }
    let (at, sign, told) = body.char_indices().find_map(|(at, c)| sign_told(c).map(|told| (at, c, told)))?;
    let rest = &body[at + 1..];
    let is_value = rest.starts_with(char::is_alphanumeric) || (matches!(sign, '~' | '^') && begins_value(rest));
    (body[..at].ends_with(char::is_alphanumeric) && is_value).then_some(told)
}

/// What is told of a `~` or `^` behind a phrase or a group that no number follows.
pub(super) fn stray_suffix(text: &str) -> Option<&'static str> {
    let sign = text.chars().next().filter(|c| matches!(c, '~' | '^'))?;
    begins_value(&text[1..]).then(|| sign_told(sign)).flatten()
}

fn sign_told(sign: char) -> Option<&'static str> {
    Some(match sign {
        '~' => "behind ~ stands how many edits a word, or how many words a phrase may be away",
        '^' => "behind ^ stands a number, how often it counts",
        '|' => "OR stands between words of which one is enough",
        '#' => "? stands for one letter, * for any",
        _ => return None,
    })
}

/// What is told of a sign before a word, beside those of [`sign_told`].
fn leading_told(sign: char) -> Option<&'static str> {
    Some(match sign {
        '%' => "* stands for any letters, ~1 behind a word for one edit",
        '&' => "AND stands between words that are both wanted",
        '!' => "one ! or - before a word leaves out what has it",
        _ => return None,
    })
}

/// What a word means: one word, several where a wildcard stands in a part of a hyphened one, none where it has no letter.
/// `exact` says that a `=` stands before the quotes around it.
pub(super) fn read_word(typed: &Suffixed, exact: bool, at: usize, notes: &mut Notes) -> Vec<Word> {
    let mut form = if exact { Form::Exact } else { Form::Any };
    let mut body = typed.body;
    if let Some(inside) = regex::inside(body).filter(|inside| regex::Regex::read(inside).is_ok()) {
        return vec![Word { text: inside.to_owned(), form: Form::Regex }];
    }
    if let Some(rest) = body.strip_prefix('=').filter(|rest| !rest.starts_with('=')) {
        (body, form) = (rest, Form::Exact);
    }
    let (text, escaped) = unescape(body);
    if !text.chars().any(char::is_alphanumeric) {
        return Vec::new();
    }
    if !escaped && let Some(words) = patterns(&text) {
        if form == Form::Exact || typed.edits.is_some() {
            notes.tell(at, "a wildcard takes neither = nor ~: they are passed over");
        }
        return words;
    }
    if !escaped && let Some(told) = stray_wildcard(&text) {
        notes.tell(at, told);
    }
    if typed.twice {
        notes.tell(at, "of two ~ behind a word the first counts");
    }
    if let Some(edits) = typed.edits {
        match form {
            Form::Exact => notes.tell(at, "a word takes = or ~, not both: ~ is passed over"),
            _ => form = typo(edits, at, notes),
        }
    }
    vec![Word { text, form }]
}

fn typo(edits: f32, at: usize, notes: &mut Notes) -> Form {
    if edits == 0.0 {
        notes.tell(at, "~0 says nothing: passed over; = asks for the word as written");
        return Form::Any;
    }
    let read = edits.ceil().min(MAX_EDITS);
    if read != edits {
        notes.tell(at, format!("~{edits} is read as ~{read}: a word may be 1 or 2 edits away"));
    }
    Form::Typo(if read < MAX_EDITS { 1 } else { 2 })
}

/// Takes the backslashes off, and says whether there were any.
fn unescape(body: &str) -> (String, bool) {
    if !body.contains('\\') {
        return (body.to_owned(), false);
    }
    let mut text = String::with_capacity(body.len());
    let mut escaped = false;
    let mut chars = body.chars().peekable();
    while let Some(c) = chars.next() {
        let takes = c == '\\' && (text.is_empty() || chars.peek().copied().is_some_and(is_escapable));
        match chars.peek().copied() {
            Some(next) if takes => {
                text.push(next);
                chars.next();
                escaped = true;
            }
            _ => text.push(c),
        }
    }
    (text, escaped)
}

/// The parts of a hyphened word, where one has a wildcard that counts.
fn patterns(text: &str) -> Option<Vec<Word>> {
    if !text.contains(['*', '?']) {
        return None;
    }
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !is_wild(c));
    let text = text.trim_end_matches(|c| !is_letter(c) && c != '*');
    let parts: Option<Vec<Word>> = text.split(['-', '‐']).filter(|part| !part.is_empty()).map(part).collect();
    parts.filter(|words| words.iter().any(|word| word.form == Form::Wildcard))
}

/// What is told of a wildcard in a word that is no pattern; none of the `?` of a question or an address.
fn stray_wildcard(text: &str) -> Option<String> {
    let is_address = text.contains(['/', '=', '&']);
    let is_between = |at: usize| {
        text[..at].ends_with(char::is_alphanumeric) && text[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric())
    };
    let mut wild = text.char_indices().filter(|&(at, c)| c == '*' || (c == '?' && !is_address && is_between(at)));
    let (_, sign) = wild.next()?;
    let text: String = text.chars().take(40).collect();
    Some(format!("{text} is read as a word: {sign} stands for letters of a word that has letters and digits alone"))
}

/// A word of letters, digits, apostrophes and wildcards; none where it has other signs, as an address has.
fn part(text: &str) -> Option<Word> {
    let text = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text);
    let is_apostrophe = |c| matches!(c, '\'' | '’');
    let inner = text.trim_matches(|c| is_wild(c) || is_apostrophe(c));
    let letters: String = inner.chars().filter(|&c| is_letter(c)).collect();
    let clean = inner.chars().all(|c| is_letter(c) || is_wild(c) || is_apostrophe(c));
    if !clean || !inner.starts_with(char::is_alphanumeric) {
        return None;
    }
    let (before, after) = text.split_once(inner)?;
    let mut pattern = String::with_capacity(text.len());
    let star = |run: &str| if run.contains('*') { "*" } else { "" };
    // a question ends with its marks, but does not begin with them
    pattern.extend(before.chars().filter(|&c| c == '?'));
    pattern.push_str(star(before));
    for c in inner.chars().filter(|&c| !is_apostrophe(c)) {
        if c != '*' || !pattern.ends_with('*') {
            pattern.push(c);
        }
    }
    pattern.push_str(star(after));
    // a mark belongs to the letter before it, and a wildcard is none
    let next = pattern.chars().skip(1);
    if pattern.chars().zip(next).any(|(c, next)| is_wild(c) && is_combining_mark(next)) {
        return None;
    }
    // a script without blanks has a word a character, and its question marks stand between letters
    let is_one_word = || Analyzer::default().folded(&letters).len() == 1;
    if pattern.contains(is_wild) && is_one_word() {
        return Some(Word { text: pattern, form: Form::Wildcard });
    }
    (!pattern.contains(is_wild)).then(|| Word::new(inner))
}

fn is_wild(c: char) -> bool {
    matches!(c, '*' | '?')
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}
