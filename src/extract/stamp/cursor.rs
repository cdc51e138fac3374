//! A place among the tokens of a line, and the steps from it.

use super::tokens::{Token, TokenKind};
use super::words::Phrase;
use crate::lexicon::Locale;

/// A place among the tokens of a line.
pub(super) struct Reader<'t> {
    pub(super) tokens: &'t [Token<'t>],
    pub(super) at: usize,
    /// Whose names go first.
    pub(super) locale: Locale,
}

impl<'t> Reader<'t> {
    pub(super) fn peek(&self) -> Option<Token<'t>> {
        self.tokens.get(self.at).copied()
    }

    /// Runs `read`; puts the place back where it fails.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = before;
        }
        found
    }

    pub(super) fn mark(&mut self, mark: char) -> bool {
        let is = self.peek().is_some_and(|t| t.kind == TokenKind::Mark(mark));
        self.at += usize::from(is);
        is
    }

    pub(super) fn word(&mut self, words: &[&str]) -> bool {
        let is = self.peek().is_some_and(|t| t.kind == TokenKind::Word && words.contains(&lower(t.text).as_str()));
        self.at += usize::from(is);
        is
    }

    /// One of some phrases, with the stop right behind it.
    pub(super) fn phrase(&mut self, phrases: &[Phrase]) -> bool {
        let Some(first) = self.peek().filter(|t| !matches!(t.kind, TokenKind::Number(_))) else { return false };
        let first = lower(first.text);
        let is = |token: &Token<'_>, word: &str| token.text == word || lower(token.text) == word;
        let fits = |phrase: &&Phrase| {
            let here = &self.tokens[self.at..];
            phrase[0] == first
                && here.len() >= phrase.len()
                && here.iter().zip(*phrase).all(|(token, word)| is(token, word))
        };
        let Some(taken) = phrases.iter().filter(fits).map(Vec::len).max() else { return false };
        self.at += taken;
        if self.glued() {
            self.mark('.');
        }
        true
    }

    pub(super) fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let token = self.peek()?;
        let TokenKind::Number(value) = token.kind else { return None };
        digits.contains(&token.text.chars().count()).then(|| {
            self.at += 1;
            value
        })
    }

    /// Whether the token stands right after the one before, without a space.
    pub(super) fn glued(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.zip(self.peek()).is_some_and(|(a, b)| a.end == b.start)
    }
}

pub(super) fn lower(text: &str) -> String {
    text.to_lowercase()
}
