//! A query in terms of the index: its words, its leaves, which articles match.

use std::collections::BTreeSet;

use crate::query::tree::{Note, Occur, QueryField};

/// A query in terms of the index.
#[derive(Clone, Debug, PartialEq)]
pub struct Compiled {
    /// The words that are looked for, each once.
    pub atoms: Vec<Atom>,
    /// What ranks and is highlighted, in the order typed.
    pub leaves: Vec<Leaf>,
    /// Which articles match.
    pub tree: Tree,
    /// What was read otherwise than it was typed.
    pub notes: Vec<Note>,
    /// Words that carry no evidence and were passed over, as others do.
    pub passed_over: usize,
}

impl Compiled {
    /// Whether no word is looked for, so that dates alone may tell which articles match.
    pub fn is_wordless(&self) -> bool {
        matches!(&self.tree, Tree::Clauses(clauses) if clauses.is_empty())
    }
}

/// A word as the index has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Atom {
    /// The field whose postings have it; none is the text, headline included.
    pub name: Option<Name>,
    /// The terms that stand for it; at least one, but for a pattern that no word of the archive fits.
    pub terms: Vec<String>,
    /// Which words with such a term it is.
    pub test: Test,
}

impl Atom {
    /// The atom of all words with a term.
    pub fn of_term(term: &str) -> Self {
        Self { name: None, terms: vec![term.to_owned()], test: Test::Any }
    }

    /// The atom of words in one of these folded forms.
    pub fn of_forms(forms: BTreeSet<String>) -> Self {
        Self { name: None, terms: forms.iter().cloned().collect(), test: Test::Forms(forms) }
    }
}

/// A field of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Name {
    /// The outlet's name.
    Outlet,
    /// The names of agencies that supplied copy.
    Credit,
    /// The names of who wrote it.
    Byline,
    /// The part of the paper that it stands in.
    Section,
    /// The printed page on which it begins.
    Page,
    /// The host of its address, and the hosts above it.
    Site,
}

/// Which words match an atom, of those that have one of its terms.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// All of them.
    Any,
    /// Those whose folded form is one of these.
    Forms(BTreeSet<String>),
    /// Those that are written so, letter for letter.
    Written(String),
    /// Those whose folded form is the first, a name. Where an article has it without a capital too, all words with the
    /// second as their term stand for it: what the index has of its places tells no more.
    Name(String, String),
    /// Those whose folded form is this, where all of the word is in capitals: `US`, `WHO`.
    InCapitals(String),
    /// Those whose folded form is this and that have a capital, in articles that have one inside a sentence of the body:
    /// `May`, `Will`.
    WithCapital(String),
    /// Those that are this with the signs beside them: `$100`, `c++`.
    Signed(String),
}

impl Test {
    /// The forms that pass, as the dictionary of forms has them; none where that does not tell.
    pub fn forms(&self) -> Vec<String> {
        match self {
            Self::Any | Self::Written(_) => Vec::new(),
            Self::Forms(forms) => forms.iter().cloned().collect(),
            Self::Name(form, _) | Self::InCapitals(form) | Self::WithCapital(form) | Self::Signed(form) => {
                vec![form.clone()]
            }
        }
    }
}

/// What ranks and is highlighted as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// What it is made of.
    pub shape: Shape,
    /// The field that it is confined to; none is the text, headline included.
    pub field: Option<QueryField>,
    /// How much a match counts: how often the query says it, times its boosts.
    pub weight: f32,
    /// The atom of the form typed, of a ranked word: a match counts less where an article has other forms only.
    pub form: Option<usize>,
    /// The atom of the stem of a name: by it articles that have the name are told from each other quickly.
    pub stem: Option<usize>,
    /// Whether articles are to be without it: then it neither ranks nor is highlighted.
    pub negated: bool,
    /// Whether it is part of a date, which counts as a time.
    pub of_time: bool,
    /// The leaf in the query language.
    pub label: String,
}

impl Leaf {
    /// Whether it counts for the ranking; names and what articles are to be without do not.
    pub fn ranks(&self) -> bool {
        !self.negated && !self.field.is_some_and(QueryField::is_of_names)
    }
}

/// The make of a leaf; atoms by their number in [`Compiled::atoms`], 0-based.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// One word.
    Atom(usize),
    /// Words in this order, with at most `slop` others between them, all gaps taken together.
    Phrase {
        /// The words, two at least.
        atoms: Vec<usize>,
        /// Other words allowed.
        slop: u32,
    },
    /// One within so many words of the other; see [`Near`](crate::query::tree::Near).
    Near {
        /// What was typed first.
        left: Box<Shape>,
        /// What was typed second.
        right: Box<Shape>,
        /// The farthest that the later one's first word stands from the earlier one's last.
        within: u32,
        /// Whether the left one stands first.
        ordered: bool,
    },
    /// One of them.
    Any(Vec<Shape>),
    /// All of them in one passage, or in the headline.
    Same(Vec<Shape>),
}

impl Shape {
    /// The atoms that it is made of, in the order typed; one used twice stands there twice.
    pub fn atoms(&self) -> Vec<usize> {
        match self {
            Self::Atom(atom) => vec![*atom],
            Self::Phrase { atoms, .. } => atoms.clone(),
            Self::Near { left, right, .. } => [left.atoms(), right.atoms()].concat(),
            Self::Any(shapes) | Self::Same(shapes) => shapes.iter().flat_map(Self::atoms).collect(),
        }
    }
}

/// Which articles match; leaves by their number in [`Compiled::leaves`], 0-based.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// Those that have a leaf.
    Leaf(usize),
    /// Those that match all.
    All(Vec<Tree>),
    /// Those that match one.
    Any(Vec<Tree>),
    /// Those that do not match.
    Not(Box<Tree>),
    /// Those that match all musts and no must-not, and one of the shoulds where there is no must.
    Clauses(Vec<(Occur, Tree)>),
}
