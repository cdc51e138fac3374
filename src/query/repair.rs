//! Tokens as typed -> tokens in which every parenthesis closes and every operator has its sides.

use std::collections::BTreeSet;

use super::foreign;
use super::lexer::MAX_WORDS;
use super::notes::Notes;
use super::token::{Kind, QueryToken, SMALL_OPERATORS, has_operators};
use super::tree::{Form, Word};

/// How deep parentheses may stand within each other.
pub const MAX_DEPTH: usize = 64;

/// How many words side by side, with all of the text in capitals, make it shouting.
const SHOUTED_WORDS: usize = 3;

/// Repairs the tokens of a text that is `end` bytes long, and tells what was done. Parentheses may stand `depth` deep.
pub(super) fn repair<'a>(
    tokens: Vec<QueryToken<'a>>,
    end: usize,
    depth: usize,
    operators: &[&str],
    notes: &mut Notes,
) -> Repaired<'a> {
    let tokens = balance(tokens, end, depth, notes);
    let words = tokens.iter().map(|token| token.kind.words()).sum();
    let (kept, doubtful) = (Vec::with_capacity(tokens.len()), BTreeSet::new());
    let mut repair = Repair { kept, words, operators, doubtful, notes };
    if is_shouted(&tokens) {
        repair.unshout(tokens);
    } else {
        repair.small_operator(&tokens);
        repair.operators(tokens);
    }
    Repaired { tokens: repair.kept, doubtful: repair.doubtful.into_iter().map(str::to_owned).collect() }
}

/// Tokens that a parser can take.
pub(super) struct Repaired<'a> {
    pub tokens: Vec<QueryToken<'a>>,
    /// The words between two operands that may be operators, ascending and once each.
    pub doubtful: Vec<String>,
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
            Kind::Doubtful { .. } => run += 1,
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
    /// Of the words that may be operators, those that are.
    operators: &'n [&'n str],
    doubtful: BTreeSet<&'a str>,
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
            match token.kind {
                Kind::Doubtful { .. } => self.keep_word(token),
                _ if token.kind.is_operator() => self.read_as_word(token),
                _ => self.kept.push(token),
            }
        }
    }

    /// Reads operators without a side as words, and passes over the second of two.
    fn operators(&mut self, tokens: Vec<QueryToken<'a>>) {
        let right_sides = right_sides(&tokens);
        for (token, has_right) in tokens.into_iter().zip(right_sides) {
            let after = self.kept.last().map(|token| &token.kind);
            if let Kind::Doubtful { within, ordered } = token.kind {
                let is_between = has_right && after.is_some_and(ends_operand);
                self.settle(token, Kind::Near { within, ordered }, is_between);
            } else if token.kind.is_operator() && !has_right {
                self.read_lone(token, "after", "");
            } else if !token.kind.is_binary() || after.is_some_and(ends_operand) {
                if let Some(text) = foreign::told(token.typed, &token.kind) {
                    self.notes.tell(token.at, text);
                }
                self.kept.push(token);
            } else if after.is_some_and(Kind::is_binary) {
                self.notes.tell(token.at, format!("{} follows another operator: passed over", token.typed));
            } else {
                let way_out = if after == Some(&Kind::Not) { "; a -(a NEAR/5 b) is a not near b" } else { "" };
                self.read_lone(token, "before", way_out);
            }
        }
    }

    /// Reads a word that may be an operator as what it is.
    fn settle(&mut self, token: QueryToken<'a>, near: Kind, is_between: bool) {
        if is_between && self.operators.contains(&token.typed) {
            if let Some(text) = foreign::settled(token.typed, &near) {
                self.notes.tell(token.at, text);
            }
            return self.kept.push(QueryToken { kind: near, ..token });
        }
        if is_between {
            self.doubtful.insert(token.typed);
        }
        self.keep_word(token);
    }

    /// Tells that `and`, `or` and `not` between operands are words, where the text has operators or parentheses.
    fn small_operator(&mut self, tokens: &[QueryToken<'a>]) {
        if !has_operators(tokens) {
            return;
        }
        let sides = tokens.iter().zip(tokens.iter().skip(1)).zip(right_sides(tokens).into_iter().skip(1));
        let mut words = sides.filter(|((before, token), has_right)| {
            let is_small = SMALL_OPERATORS.contains(&token.typed)
                && matches!(&token.kind, Kind::Word(word) if word.form == Form::Any);
            is_small && *has_right && ends_operand(&before.kind)
        });
        if let Some(((_, token), _)) = words.next() {
            let (typed, name) = (token.typed, token.typed.to_ascii_uppercase());
            self.notes.tell(token.at, format!("operators stand in capitals: {typed} is read as a word, not as {name}"));
        }
    }

    /// Keeps a word whose kind said more.
    fn keep_word(&mut self, token: QueryToken<'a>) {
        self.kept.push(QueryToken { kind: Kind::Word(Word::new(token.typed)), ..token });
    }

    /// Reads an operator without one of its sides as a word; signs are none.
    fn read_lone(&mut self, token: QueryToken<'a>, side: &str, way_out: &str) {
        let is_word = token.typed.contains(char::is_alphanumeric);
        let read = if is_word { "read as a word" } else { "passed over" };
        self.notes.tell(token.at, format!("{} has nothing {side} it: {read}{way_out}", token.typed));
        if is_word {
            self.read_as_word(token);
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
    let is_word = matches!(kind, Kind::Word(_) | Kind::Doubtful { .. } | Kind::Phrase(_));
    is_word || matches!(kind, Kind::Nothing | Kind::Date(_) | Kind::Around(_) | Kind::Close | Kind::Boost(_))
}
