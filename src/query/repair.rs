//! Tokens as typed -> tokens in which every parenthesis closes and every operator has its sides.

use super::lexer::MAX_WORDS;
use super::notes::Notes;
use super::token::{Kind, QueryToken};
use super::tree::Word;

/// How deep parentheses may stand within each other.
pub const MAX_DEPTH: usize = 64;

/// How many words side by side, with all of the text in capitals, make it shouting.
const SHOUTED_WORDS: usize = 3;

/// Repairs the tokens of a text that is `end` bytes long, and tells what was done. Parentheses may stand `depth` deep.
pub(super) fn repair<'a>(
    tokens: Vec<QueryToken<'a>>,
    end: usize,
    depth: usize,
    notes: &mut Notes,
) -> Vec<QueryToken<'a>> {
    let tokens = balance(tokens, end, depth, notes);
    let words = tokens.iter().map(|token| token.kind.words()).sum();
    let mut repair = Repair { kept: Vec::with_capacity(tokens.len()), words, notes };
    if is_shouted(&tokens) {
        repair.unshout(tokens);
    } else {
        repair.operators(tokens);
    }
    repair.kept
}

/// Drops parentheses that close nothing or stand too deep, and closes those that are open at the end.
fn balance<'a>(tokens: Vec<QueryToken<'a>>, end: usize, depth: usize, notes: &mut Notes) -> Vec<QueryToken<'a>> {
    let mut kept = Vec::with_capacity(tokens.len());
    let (mut open, mut dropped) = (Vec::new(), 0_usize);
    let (mut told_stray, mut told_deep) = (false, false);
    for token in tokens {
        match token.kind {
            Kind::Open if open.len() == depth => {
                dropped += 1;
                if !std::mem::replace(&mut told_deep, true) {
                    notes.tell(token.at, format!("parentheses more than {depth} deep are passed over"));
                }
            }
            Kind::Close if dropped > 0 => dropped -= 1,
            Kind::Close if open.is_empty() => {
                if !std::mem::replace(&mut told_stray, true) {
                    notes.tell(token.at, "this ) closes nothing: passed over");
                }
            }
            _ => {
                match token.kind {
                    Kind::Open => open.push(token.at),
                    Kind::Close => drop(open.pop()),
                    _ => {}
                }
                kept.push(token);
            }
        }
    }
    if let Some(&at) = open.last() {
        notes.tell(at, "this ( is not closed: read as if it closed at the end");
    }
    kept.extend(open.iter().map(|_| QueryToken { at: end, typed: "", kind: Kind::Close }));
    kept
}

/// How deep parentheses stand within each other.
pub(super) fn depth(tokens: &[QueryToken<'_>]) -> usize {
    let (mut deep, mut deepest) = (0_usize, 0);
    for token in tokens {
        match token.kind {
            Kind::Open => deep += 1,
            Kind::Close => deep = deep.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(deep);
    }
    deepest
}

/// Whether all is in capitals and reads like a headline: words and operators only, some words side by side.
fn is_shouted(tokens: &[QueryToken]) -> bool {
    let (mut run, mut longest) = (0, 0);
    for token in tokens {
        match &token.kind {
            Kind::Word(word) if is_in_capitals(&word.text) => run += 1,
            kind if kind.is_operator() && !token.typed.contains('/') => run = 0,
            _ => return false,
        }
        longest = longest.max(run);
    }
    longest >= SHOUTED_WORDS
}

fn is_in_capitals(text: &str) -> bool {
    !text.chars().any(char::is_lowercase) && text.chars().any(|c| c.is_uppercase() || c.is_numeric())
}

struct Repair<'a, 'n> {
    kept: Vec<QueryToken<'a>>,
    words: usize,
    notes: &'n mut Notes,
}

impl<'a> Repair<'a, '_> {
    /// Reads every operator as a word.
    fn unshout(&mut self, tokens: Vec<QueryToken<'a>>) {
        if let Some(first) = tokens.iter().find(|token| token.kind.is_operator()) {
            let text =
                format!("all is in capitals: {} is read as a word; put the others in small letters", first.typed);
            self.notes.tell(first.at, text);
        }
        for token in tokens {
            if token.kind.is_operator() { self.read_as_word(token) } else { self.kept.push(token) }
        }
    }

    /// Reads operators without a side as words, and passes over the second of two.
    fn operators(&mut self, tokens: Vec<QueryToken<'a>>) {
        let right_sides = right_sides(&tokens);
        for (token, has_right) in tokens.into_iter().zip(right_sides) {
            let after = self.kept.last().map(|token| &token.kind);
            if token.kind.is_operator() && !has_right {
                self.notes.tell(token.at, format!("{} has nothing after it: read as a word", token.typed));
                self.read_as_word(token);
            } else if !token.kind.is_binary() || after.is_some_and(ends_operand) {
                self.kept.push(token);
            } else if after.is_some_and(Kind::is_binary) {
                self.notes.tell(token.at, format!("{} follows another operator: passed over", token.typed));
            } else {
                self.notes.tell(token.at, format!("{} has nothing before it: read as a word", token.typed));
                self.read_as_word(token);
            }
        }
    }

    fn read_as_word(&mut self, token: QueryToken<'a>) {
        if self.words < MAX_WORDS {
            self.words += 1;
            self.kept.push(QueryToken { kind: Kind::Word(Word::new(token.typed)), ..token });
        }
    }
}

/// Of each token, whether something that can be an operand comes next; operators on the way there are passed over.
fn right_sides(tokens: &[QueryToken]) -> Vec<bool> {
    let mut sides = vec![false; tokens.len()];
    let mut next = false;
    for (side, token) in sides.iter_mut().zip(tokens).rev() {
        *side = next;
        next = match token.kind {
            Kind::Close | Kind::Boost(_) => false,
            ref kind if kind.is_binary() => next,
            _ => true,
        };
    }
    sides
}

fn ends_operand(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Word(_)
            | Kind::Phrase(_)
            | Kind::Nothing
            | Kind::Date(_)
            | Kind::Around(_)
            | Kind::Close
            | Kind::Boost(_)
    )
}
