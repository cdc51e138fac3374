//! A tree -> the query language, in one canonical way: reading it again gives the same tree.
//!
//! What has an operator in it stands in parentheses wherever it stands beside something else, so that nobody needs to
//! know what binds tighter; a word is written with backslashes only where it would be read otherwise without them.

use std::fmt::{self, Display, Formatter, Write};

use super::foreign::{no_operator, no_reach, truncated};
use super::lexer::tokens;
use super::notes::Notes;
use super::parsed::Query;
use super::token::{Kind, SMALL_OPERATORS, has_operators, is_quote};
use super::tree::{Clause, Form, Near, Node, Occur, Phrase, Word};
use super::word::{is_escapable, read_word, split_suffixes};

/// How tightly a node binds; below what its place asks for, it stands in parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    Loose,
    Or,
    And,
    Not,
    Same,
    Near,
    Boost,
    Tight,
}

impl Display for Query {
    /// The query as it was read, in the query language.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match has_guarded(&self.root) {
            true => write!(f, "{:#}", self.root)?,
            false => write!(f, "{}", self.root)?,
        }
        let around = self.around.iter().map(|around| format!("around:{around}"));
        for (place, clause) in self.dates.clauses().chain(around).enumerate() {
            if place > 0 || !self.root.is_empty() {
                f.write_char(' ')?;
            }
            f.write_str(&clause)?;
        }
        Ok(())
    }
}

impl Display for Node {
    /// The node in the query language; with `#`, `and`, `or` and `not` are guarded, since beside operators a note tells of
    /// them.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Not(node) => write_signed(f, '-', node),
            node => write_node(f, node, Bond::Loose),
        }
    }
}

/// Whether words that are operators in capitals stand beside such.
fn has_guarded(root: &Node) -> bool {
    let mut words = false;
    root.each_word(&mut |word| words |= is_small_operator(word));
    words && has_operators(&tokens(&root.to_string(), jiff::civil::date(2000, 1, 1).into(), &mut Notes::default()))
}

fn is_small_operator(word: &Word) -> bool {
    word.form == Form::Any && SMALL_OPERATORS.contains(&word.text.as_str())
}

fn bond(node: &Node) -> Bond {
    match node {
        Node::Clauses(_) => Bond::Loose,
        Node::Any(_) => Bond::Or,
        Node::All(_) => Bond::And,
        Node::Not(_) => Bond::Not,
        Node::Same(_) => Bond::Same,
        Node::Near(_) => Bond::Near,
        Node::Boost(..) => Bond::Boost,
        Node::Word(_) | Node::Phrase(_) | Node::In(..) => Bond::Tight,
    }
}

fn write_node(f: &mut Formatter<'_>, node: &Node, least: Bond) -> fmt::Result {
    if bond(node) < least {
        f.write_char('(')?;
        write_bare(f, node)?;
        return f.write_char(')');
    }
    write_bare(f, node)
}

fn write_bare(f: &mut Formatter<'_>, node: &Node) -> fmt::Result {
    match node {
        Node::Word(word) => {
            if f.alternate() && is_small_operator(word) {
                f.write_char('\\')?;
            }
            f.write_str(&written_word(word, &|typed| is_read_as(typed, word)))
        }
        Node::Phrase(phrase) => write_phrase(f, phrase),
        Node::Near(near) => write_near(f, near),
        Node::Same(nodes) => write_joined(f, nodes, " SAME "),
        Node::All(nodes) => write_joined(f, nodes, " AND "),
        Node::Any(nodes) => write_joined(f, nodes, " OR "),
        Node::Clauses(clauses) => write_clauses(f, clauses),
        Node::Not(node) => {
            f.write_str("NOT ")?;
            write_node(f, node, Bond::Boost)
        }
        Node::In(field, node) => {
            write!(f, "{}:", field.name())?;
            write_node(f, node, Bond::Tight)
        }
        Node::Boost(times, node) => {
            write_node(f, node, Bond::Tight)?;
            write!(f, "^{times}")
        }
    }
}

/// A node behind a sign; a sign before another one is none.
fn write_signed(f: &mut Formatter<'_>, sign: char, node: &Node) -> fmt::Result {
    struct Bound<'n>(&'n Node);
    impl Display for Bound<'_> {
        fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
            write_node(f, self.0, Bond::Boost)
        }
    }
    let text = if f.alternate() { format!("{:#}", Bound(node)) } else { Bound(node).to_string() };
    let is_taken = text.starts_with(['+', '-']) || (sign == '+' && no_reach(&text).is_some());
    let guard = if is_taken { "\\" } else { "" };
    write!(f, "{sign}{guard}{text}")
}

fn write_joined(f: &mut Formatter<'_>, nodes: &[Node], operator: &str) -> fmt::Result {
    for (place, node) in nodes.iter().enumerate() {
        if place > 0 {
            f.write_str(operator)?;
        }
        let least = if matches!(node, Node::Not(_)) { Bond::Not } else { Bond::Boost };
        write_node(f, node, least)?;
    }
    Ok(())
}

fn write_clauses(f: &mut Formatter<'_>, clauses: &[Clause]) -> fmt::Result {
    for (place, Clause { occur, node }) in clauses.iter().enumerate() {
        if place > 0 {
            f.write_char(' ')?;
        }
        match occur {
            Occur::Must if !node.is_on_fields() => write_signed(f, '+', node)?,
            Occur::MustNot => write_signed(f, '-', node)?,
            _ => write_node(f, node, Bond::Boost)?,
        }
    }
    Ok(())
}

fn write_near(f: &mut Formatter<'_>, near: &Near) -> fmt::Result {
    write_node(f, &near.left, Bond::Near)?;
    write!(f, " {}/{} ", if near.ordered { "PRE" } else { "NEAR" }, near.within)?;
    write_node(f, &near.right, Bond::Boost)
}

fn write_phrase(f: &mut Formatter<'_>, phrase: &Phrase) -> fmt::Result {
    let exact = phrase.words.iter().all(|word| word.form == Form::Exact);
    f.write_str(if exact { "=\"" } else { "\"" })?;
    for (place, word) in phrase.words.iter().enumerate() {
        if place > 0 {
            f.write_char(' ')?;
        }
        let bare = Word { form: if exact { Form::Any } else { word.form }, text: word.text.clone() };
        let written = written_word(&bare, &|typed| {
            let mut notes = Notes::default();
            let found = read_word(&split_suffixes(typed), exact, 0, &mut notes);
            let is_whole = exact || truncated(split_suffixes(typed).body).is_none();
            found == [word.clone()] && notes.is_empty() && is_whole && !typed.contains(is_quote)
        });
        f.write_str(&written)?;
    }
    f.write_char('"')?;
    if phrase.slop > 0 { write!(f, "~{}", phrase.slop) } else { Ok(()) }
}

/// A word with its signs; with backslashes where it would not be read as itself without.
fn written_word(word: &Word, is_read: &dyn Fn(&str) -> bool) -> String {
    let (before, behind) = match word.form {
        Form::Exact => ("=", String::new()),
        Form::Typo(edits) => ("", format!("~{edits}")),
        Form::Regex => ("/", "/".to_owned()),
        Form::Any | Form::Wildcard => ("", String::new()),
    };
    let written = |text: &str| format!("{before}{text}{behind}");
    // a backslash at the end would take what comes behind it
    let is_itself = |text: &&String| !text.ends_with('\\') && is_read(&written(text));
    let first = word.text.find(is_escapable).unwrap_or(0);
    let (head, tail) = word.text.split_at(first);
    let candidates = [word.text.clone(), format!("{head}\\{tail}")];
    candidates.iter().find(is_itself).map_or_else(|| written(&escaped(&word.text)), |text| written(text))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(2 * text.len());
    for c in text.chars() {
        if is_escapable(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Whether `typed` stands for exactly this word wherever it is put, and nothing is told.
fn is_read_as(typed: &str, word: &Word) -> bool {
    let mut notes = Notes::default();
    let mut read = |typed: &str| -> Vec<Kind> {
        tokens(typed, jiff::civil::date(2000, 1, 1).into(), &mut notes).into_iter().map(|token| token.kind).collect()
    };
    // the sign or the word says something in front of another
    let is_sign = truncated(split_suffixes(typed).body).is_some() || typed.starts_with(['<', '>']);
    if is_sign || no_operator(typed).is_some() || matches!(typed, "aft" | "bef") {
        return false;
    }
    let alone = read(typed) == [Kind::Word(word.clone())];
    // `~2` is a word, `~2^3` is not
    let mut boosted = || read(&format!("{typed}^2")) == [Kind::Word(word.clone()), Kind::Boost(2.0)];
    alone && (!typed.contains(['~', '^']) || boosted()) && notes.is_empty()
}
