//! What is typed -> tokens with their places. One pass; what has no letter and is no sign is passed over.

use super::calendar::DateContext;

use super::foreign::starts_operand;
use super::normal;
use super::notes::Notes;
use super::token::{Kind, QueryToken, field_name, is_quote, operator};
use super::tree::{Phrase, QueryField, Word};
use super::word::{Suffixed, find_sign, leading_suffix, read_word, split_suffixes, stray_sign, stray_suffix, word_end};

/// The most bytes of a query that are read: what is made of them takes up to 300 times as many.
pub const MAX_BYTES: usize = 1 << 16;

/// The most words that a query has.
pub const MAX_WORDS: usize = 1024;

/// The most words that may stand between two things near each other: no passage and no headline has more.
pub const MAX_DISTANCE: u32 = 255;

/// The tokens of a text.
pub(super) fn tokens<'a>(text: &'a str, context: DateContext, notes: &mut Notes) -> Vec<QueryToken<'a>> {
    let mut lexer = Lexer { text, at: 0, context, notes, tokens: Vec::new(), words: 0, cut_at: None };
    while lexer.words < MAX_WORDS && lexer.step() {}
    let more = lexer.words == MAX_WORDS && lexer.rest().chars().any(char::is_alphanumeric);
    let next = text.len() - lexer.rest().trim_start().len();
    if let Some(at) = lexer.cut_at.or(more.then_some(next)) {
        lexer.tell(at, format!("only the first {MAX_WORDS} words are read"));
    }
    lexer.tokens
}

mod dates;
mod fields;
mod foreign;
mod patterns;

const UNCLOSED_QUOTE: &str = "a quote is not closed: read as if it closed at the end";

struct Lexer<'a, 'n> {
    text: &'a str,
    at: usize,
    context: DateContext,
    notes: &'n mut Notes,
    tokens: Vec<QueryToken<'a>>,
    words: usize,
    /// Where the first word is that is one too many.
    cut_at: Option<usize>,
}

impl<'a> Lexer<'a, '_> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn tell(&mut self, at: usize, text: impl Into<String>) {
        self.notes.tell(at, text);
    }

    /// Takes `length` bytes as a token.
    fn push(&mut self, length: usize, kind: Kind) {
        self.tokens.push(QueryToken { at: self.at, typed: &self.rest()[..length], kind });
        self.at += length;
    }

    /// Takes the next token with what stands before and behind it; false at the end.
    fn step(&mut self) -> bool {
        let blanks = self.rest().len() - self.rest().trim_start().len();
        self.at += blanks;
        let fresh = blanks > 0 || self.at == 0 || self.text[..self.at].ends_with('(');
        let before = self.tokens.len();
        if fresh {
            self.sign();
        }
        let named = fresh && self.field();
        if named {
            self.sign();
            self.tell_second_name();
        }
        let prefixed = self.tokens.len() > before;
        match self.rest().chars().next() {
            None => return false,
            Some('(') => self.push(1, Kind::Open),
            Some(')') => {
                self.push(1, Kind::Close);
                self.suffixes(None);
            }
            Some('=') if self.rest()[1..].starts_with(is_quote) => self.phrase(1),
            Some(c) if is_quote(c) => self.phrase(0),
            Some(_) if !prefixed && self.face() => {}
            Some(_) if fresh && !named && self.date() => {}
            Some('/') if self.regex(fresh) => {}
            Some(_) => self.word(fresh, prefixed),
        }
        true
    }

    /// A `+` or `-` with something directly behind it; two signs together are a dash.
    fn sign(&mut self) {
        let rest = self.rest();
        let kind = match rest.as_bytes().first() {
            Some(b'+') => Kind::Plus,
            Some(b'-') => Kind::Minus,
            Some(b'!') if starts_operand(&rest[1..]) => return self.push(1, Kind::Minus),
            _ => return,
        };
        let next = rest[1..].chars().next();
        if next.is_some_and(|c| !c.is_whitespace() && !matches!(c, '+' | '-' | ')')) {
            self.push(1, kind);
        }
    }

    /// `headline:` and its like, with something directly behind.
    fn field(&mut self) -> bool {
        let native = field_name(self.rest()).and_then(|name| Some((name, QueryField::named(name)?)));
        let Some((name, field)) = native else { return self.foreign_field() };
        let has_value = self.rest()[name.len() + 1..].starts_with(|c: char| !c.is_whitespace() && c != ')');
        if has_value {
            self.push(name.len() + 1, Kind::Field(field));
        } else {
            let at = self.at;
            self.tell(at, format!("{name}: has nothing directly behind it: read as a word"));
        }
        has_value
    }

    /// `:)`, `:-(`: a parenthesis that is part of a face.
    fn face(&mut self) -> bool {
        let eyes = self.rest().len() - self.rest().trim_start_matches([':', ';', '-', '\'']).len();
        let is_face = self.rest().starts_with([':', ';']) && self.rest()[eyes..].starts_with(['(', ')']) && eyes <= 2;
        self.at += if is_face { eyes + 1 } else { 0 };
        is_face
    }

    /// A word; `fresh` where nothing stands directly before it, `prefixed` where signs or a name do.
    fn word(&mut self, fresh: bool, prefixed: bool) {
        let typed = &self.rest()[..word_end(self.rest())];
        if !prefixed && self.numbered(typed) {
            return;
        }
        if let Some(kind) = operator(typed).filter(|_| !prefixed) {
            return self.push(typed.len(), kind);
        }
        if !prefixed && self.foreign_word(typed) {
            return;
        }
        let (at, suffixed) = (self.at, split_suffixes(typed));
        // what stands directly behind a phrase was told there
        if let Some(told) = stray_sign(suffixed.body).filter(|_| fresh) {
            self.tell(at, format!("\"{typed}\" is read as words: {told}"));
        }
        self.tell_no_reach(typed);
        if fresh || typed.contains('*') {
            self.tell_lone_wildcard(typed, prefixed);
        }
        let cut = self.truncation(typed, prefixed);
        let words = cut.unwrap_or_else(|| read_word(&suffixed, false, at, self.notes));
        let (end, said) = (at + typed.len(), !words.is_empty());
        if said || prefixed {
            let kind = self.count(words, 0);
            self.push(suffixed.body.len(), kind);
        }
        if let Some(boost) = suffixed.boost.filter(|_| said) {
            self.boost(0, boost);
        }
        self.at = end;
    }

    /// Words as a token: one is a word, several are a phrase.
    fn count(&mut self, mut words: Vec<Word>, slop: u32) -> Kind {
        words.truncate(MAX_WORDS - self.words);
        self.words += words.len();
        match words.len() {
            0 => Kind::Nothing,
            1 => Kind::Word(words.remove(0)),
            _ => Kind::Phrase(Phrase { words, slop }),
        }
    }

    /// What stands between quotes, behind `skip` bytes of sign, and what stands behind it.
    fn phrase(&mut self, skip: usize) {
        let at = self.at;
        let open = skip + self.rest()[skip..].chars().next().map_or(0, char::len_utf8);
        let inside = &self.rest()[open..];
        let close = find_sign(inside, is_quote);
        let end = close.unwrap_or(inside.len());
        if close.is_none() {
            self.tell(at + skip, UNCLOSED_QUOTE);
        }
        let (words, stars) = self.phrase_words(at + open, &inside[..end], skip > 0);
        let kind = match self.count(words, stars) {
            Kind::Word(word) => Kind::Phrase(Phrase { words: vec![word], slop: 0 }),
            other => other,
        };
        let close_length = inside[end..].chars().next().map_or(0, char::len_utf8);
        self.push(open + end + close_length, kind);
        let place = self.tokens.len() - 1;
        self.suffixes(Some(place));
    }

    /// The words of a phrase, and how many lone `*` stand between them.
    fn phrase_words(&mut self, start: usize, inside: &str, exact: bool) -> (Vec<Word>, u32) {
        let (mut words, mut stars) = (Vec::new(), 0);
        let mut pending = Vec::new();
        let mut rest = inside.split_whitespace().peekable();
        while let Some(typed) = rest.next() {
            let at = start + (typed.as_ptr() as usize - inside.as_ptr() as usize);
            if words.len() + self.words >= MAX_WORDS {
                self.cut_at = Some(at);
                break;
            }
            let next = rest.peek().copied().unwrap_or_default();
            if typed == "*" && !words.is_empty() {
                pending.push(at);
            } else {
                self.tell_wildcard_at(at, typed, next.is_empty() && !words.is_empty());
            }
            // in quotes there is no boost: `^` is a sign like others
            let suffixed = Some(split_suffixes(typed)).filter(|s| s.boost.is_none()).unwrap_or(Suffixed::whole(typed));
            let cut = if exact { None } else { self.truncation_in_phrase(&suffixed, words.is_empty(), next, at) };
            let found = cut.unwrap_or_else(|| read_word(&suffixed, exact, at, self.notes));
            if !found.is_empty() {
                stars += std::mem::take(&mut pending).len() as u32;
            }
            words.extend(found);
        }
        if let Some(&at) = pending.first() {
            self.tell_wildcard_at(at, "*", false);
        }
        if stars > 0 {
            self.tell(start, format!("a lone * in a phrase stands for one other word at most: read as ~{stars}"));
        }
        (words, stars)
    }

    /// The `~n` and `^n` directly behind a phrase (its place) or a group.
    fn suffixes(&mut self, phrase: Option<usize>) {
        while let Some((sign, number, length)) = leading_suffix(self.rest()) {
            match (sign, phrase.map(|place| &mut self.tokens[place].kind)) {
                ('^', _) => self.boost(length, number.unwrap_or(1.0)),
                (_, Some(Kind::Phrase(phrase))) => {
                    let asked = number.unwrap_or(1.0);
                    phrase.slop = (asked as u32).min(MAX_DISTANCE);
                    let (at, read) = (self.at, phrase.slop);
                    if read as f32 != asked {
                        self.tell(at, format!("~{asked} is read as ~{read}: whole words, {MAX_DISTANCE} at most"));
                    }
                    self.at += length;
                }
                _ => {
                    let at = self.at;
                    self.tell(at, "~ stands behind a word or a phrase: passed over");
                    self.at += length;
                }
            }
        }
        if let Some(told) = stray_suffix(self.rest()) {
            let at = self.at;
            self.tell(at, format!("read as words: {told}"));
        }
    }

    fn boost(&mut self, length: usize, times: f32) {
        let (least, most) = normal::BOOSTS;
        let read = if times.is_nan() { 1.0 } else { times.clamp(least, most) };
        if read != times {
            let at = self.at;
            self.tell(at, format!("a boost is {least} at least and {most} at most: read as ^{read}"));
        }
        self.push(length, Kind::Boost(read));
    }
}
