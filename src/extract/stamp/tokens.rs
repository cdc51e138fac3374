//! The tokens of a date: numbers in the digits of any script, words, marks.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Number(u32),
    Word,
    Mark(char),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    pub(super) kind: TokenKind,
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Longest text that is looked at, in bytes.
const MOST: usize = 96;

/// What a character is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Letter,
    Other,
}

fn class(c: char) -> Class {
    match c {
        _ if digit(c).is_some() => Class::Digit,
        // marks inside words of Indian scripts and joiners of Persian ones
        '\u{300}'..='\u{36f}' | '\u{93c}' | '\u{94d}' | '\u{200c}' | '\u{200d}' => Class::Letter,
        _ if c.is_alphabetic() => Class::Letter,
        _ => Class::Other,
    }
}

/// The value of a digit: ASCII, Arabic, Persian, Devanagari, or of full width.
pub(in crate::extract) fn digit(c: char) -> Option<u32> {
    const ZEROS: [char; 4] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{ff10}'];
    if c.is_ascii() {
        return c.to_digit(10);
    }
    ZEROS.iter().map(|zero| u32::from(c).wrapping_sub(u32::from(*zero))).find(|value| *value < 10)
}

/// Whether a text has a digit of a script that dates are written in.
pub(in crate::extract) fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit()) || (!text.is_ascii() && text.chars().any(|c| digit(c).is_some()))
}

/// Characters that stand behind the figures of a Chinese, Japanese or Korean date, and are words of their own there.
fn is_unit(c: char) -> bool {
    c >= '\u{1100}' && "年月日号號時时點点分秒년월일시분초".contains(c)
}

pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut all: Vec<Token<'_>> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if start > MOST {
            break;
        }
        if c.is_whitespace() {
            continue;
        }
        let kind = class(c);
        let mut end = start + c.len_utf8();
        let alone = is_unit(c) && all.last().is_some_and(|before| matches!(before.kind, TokenKind::Number(_)));
        if kind != Class::Other && !alone {
            while let Some((at, next)) = chars.next_if(|(_, next)| class(*next) == kind) {
                end = at + next.len_utf8();
            }
        }
        let token = &text[start..end];
        let kind = match kind {
            Class::Digit => TokenKind::Number(value(token)),
            Class::Letter => TokenKind::Word,
            Class::Other => TokenKind::Mark(c),
        };
        all.push(Token { kind, text: token, start, end });
    }
    all
}

fn value(figures: &str) -> u32 {
    figures.chars().filter_map(digit).try_fold(0u32, |sum, d| sum.checked_mul(10)?.checked_add(d)).unwrap_or(u32::MAX)
}
