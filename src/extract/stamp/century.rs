//! Years of two figures.

use super::tokens::{Token, TokenKind, tokens};
use crate::lexicon::{self, DateOrder, Locale};

/// The text with a whole year in place of the two figures of one: `12 Jun 95`, `12-Jun-98`, `June 12, '98`, `12/30/17`.
/// 00 to 49 are of this century, as in mail (RFC 5322, 4.3). None where no year of two figures stands in it.
pub(in crate::extract) fn with_century(text: &str, locale: Locale) -> Option<String> {
    let tokens = tokens(text);
    let first = locale.order == Some(DateOrder::YearFirst) && is_year_in_front(&tokens);
    let year = if first { 0 } else { (2..tokens.len()).find(|&at| is_year(&tokens, at, locale))? };
    let Token { kind: TokenKind::Number(value), start, end, .. } = tokens[year] else { return None };
    let century = if value < 50 { "20" } else { "19" };
    // an apostrophe stands for the century
    let before = text[..start].trim_end_matches(['\'', '’', '‘']);
    Some(format!("{before}{century}{}", &text[start..end]) + &text[end..])
}

/// Whether the first figures are a year where years stand in front: `18/06/05`.
fn is_year_in_front(tokens: &[Token<'_>]) -> bool {
    let number =
        |at: usize| matches!(tokens.get(at), Some(t) if matches!(t.kind, TokenKind::Number(_)) && t.text.len() <= 2);
    let mark = |at: usize| matches!(tokens.get(at), Some(t) if matches!(t.kind, TokenKind::Mark('/' | '-' | '.')));
    let goes_on = mark(5) && number(6);
    tokens.first().is_some_and(|t| t.text.len() == 2)
        && (0..5).all(|at| if at % 2 == 0 { number(at) } else { mark(at) })
        && !goes_on
}

/// Whether a token is a year of two figures, by what stands before and behind it.
fn is_year(tokens: &[Token<'_>], at: usize, locale: Locale) -> bool {
    let token = tokens[at];
    let number = |token: &Token<'_>, digits: std::ops::RangeInclusive<usize>| {
        matches!(token.kind, TokenKind::Number(_)) && digits.contains(&token.text.len())
    };
    if !number(&token, 2..=2) || goes_on(tokens, at) {
        return false;
    }
    let is_month = |token: &Token<'_>| {
        token.kind == TokenKind::Word && lexicon::month(token.text, locale).is_some_and(|month| month.sure)
    };
    let is_mark = |token: &Token<'_>, marks: &str| matches!(token.kind, TokenKind::Mark(c) if marks.contains(c));
    let before: Vec<&Token<'_>> = tokens[..at].iter().rev().take(4).collect();
    match before[..] {
        // 30.12.17, 12/30/17
        [second, month, first, day, ..]
            if is_mark(second, "./") && second.kind == first.kind && second.end == token.start =>
        {
            number(month, 1..=2) && number(day, 1..=2)
        }
        // 12 Jun 95, 12-Jun-95, 12 Jun. '95
        [month, day, ..] if is_month(month) => number(day, 1..=2),
        [mark, month, day, ..] if is_month(month) => {
            is_mark(mark, "-.,'’‘/") && (number(day, 1..=2) || is_mark(day, "-/. "))
        }
        // June 12, '95
        [mark, day, month, ..] if is_mark(mark, ",'’‘") && is_month(month) => number(day, 1..=2),
        [quote, comma, day, month] if is_mark(quote, "'’‘") && is_mark(comma, ",") => {
            number(day, 1..=2) && is_month(month)
        }
        _ => false,
    }
}

/// Whether what stands behind figures makes them an hour or a part of something longer: `10:30`, `10.30`, `10 am`.
fn goes_on(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(next) = tokens.get(at + 1) else { return false };
    let glued = next.start == tokens[at].end;
    match next.kind {
        TokenKind::Mark(':' | '.' | '/' | '-' | '：') => {
            glued && tokens.get(at + 2).is_some_and(|t| matches!(t.kind, TokenKind::Number(_)))
        }
        TokenKind::Word => !glued || next.text.len() < 4,
        _ => glued && matches!(next.kind, TokenKind::Number(_)),
    }
}
