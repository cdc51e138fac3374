//! The syntax tree: what a query says, before any analyzer or index is asked.

/// What a query, or a part of it in parentheses, says.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// One word.
    Word(Word),
    /// Words side by side, in one passage or in the headline.
    Phrase(Phrase),
    /// Two things near each other, in one passage or in the headline.
    Near(Box<Near>),
    /// Several things in one passage, or in the headline.
    Same(Vec<Node>),
    /// Parts without an operator between them: the more of them, the better; some a must or a must-not.
    Clauses(Vec<Clause>),
    /// All of them, anywhere in the article.
    All(Vec<Node>),
    /// One of them at least.
    Any(Vec<Node>),
    /// Articles without it.
    Not(Box<Node>),
    /// Something in a field.
    In(Field, Box<Node>),
    /// Something that counts so many times as much as it would.
    Boost(f32, Box<Node>),
}

/// A word as typed, without the signs that say how it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word; of a wildcard with its `*` and `?`.
    pub text: String,
    /// How it is meant.
    pub form: Form,
}

/// Which forms of a word match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// All forms of the word, whatever their case, accents and endings: `venue`.
    #[default]
    Any,
    /// The word as it is written; its case and accents too, where it has capitals or accents: `=Polish`.
    Exact,
    /// Words that fit a pattern, `*` being any letters or none and `?` one: `sanction*`, `Aver?anov`.
    Wildcard,
    /// Words at most so many edits away, 1 or 2: `Averyanof~1`. An edit is a letter more, less or other, or two swapped.
    Typo(u8),
}

/// Words in an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The words, in order; at least one.
    pub words: Vec<Word>,
    /// How many other words may stand between them, all gaps taken together.
    pub slop: u32,
}

/// Two things near each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// What is typed first: words, phrases, `Near`, `Any` of such.
    pub left: Node,
    /// What is typed second.
    pub right: Node,
    /// How many words on from the last word of one the first word of the other may stand: 1 is side by side.
    pub within: u32,
    /// Whether the left one must stand first (`PRE`).
    pub ordered: bool,
}

/// Whether an article may, must or must not match a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Occur {
    /// Counts for the ranking.
    Should,
    /// Articles without it are no hits.
    Must,
    /// Articles with it are no hits.
    MustNot,
}

/// A part of a query that stands beside others.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// May, must, must not.
    pub occur: Occur,
    /// What it says.
    pub node: Node,
}

/// What can be asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The headline.
    Headline,
    /// The outlet's name.
    Outlet,
    /// The names of agencies that supplied copy.
    Credit,
}

/// What was read otherwise than it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where: byte offset in the text that was typed, 0-based.
    pub at: usize,
    /// What became of it, a sentence.
    pub text: String,
}

// TEMPORARY until the parser lands
impl std::fmt::Display for Node {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Node::Word(w) => f.write_str(&w.text),
            other => write!(f, "{other:?}"),
        }
    }
}

/// A query as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// What it says of words and names.
    pub root: Node,
    /// Range of publication dates; both ends included.
    pub dates: super::DateRange,
    /// What was read otherwise than it was typed.
    pub notes: Vec<Note>,
}

impl Default for Query {
    fn default() -> Self {
        Self { root: Node::Clauses(Vec::new()), dates: super::DateRange::default(), notes: Vec::new() }
    }
}
