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
    In(QueryField, Box<Node>),
    /// Something that counts so many times as much as it would.
    Boost(f32, Box<Node>),
}

/// A word as typed, without the signs that say how it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word; of a wildcard with its `*` and `?`, of a regular expression what stands between the slashes.
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
    /// Words that a regular expression fits as a whole: `/colou?rs?/`.
    Regex,
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

impl Word {
    /// A word in all its forms.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), form: Form::Any }
    }
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
pub enum QueryField {
    /// The headline.
    Headline,
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
    /// The host of its address on the web, or one above.
    Site,
}

impl QueryField {
    /// All fields, by the name that the query language gives them.
    pub(super) const NAMES: [(&'static str, Self); 7] = [
        ("headline", Self::Headline),
        ("outlet", Self::Outlet),
        ("credit", Self::Credit),
        ("byline", Self::Byline),
        ("section", Self::Section),
        ("page", Self::Page),
        ("site", Self::Site),
    ];

    /// The name that the query language has for it.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }

    /// Whether it holds names, which narrow what is found and rank nothing.
    pub fn is_of_names(self) -> bool {
        self != Self::Headline
    }

    /// The field of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
    }
}

/// What was read otherwise than it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where: byte offset in the text that was typed, 0-based.
    pub at: usize,
    /// What became of it, a sentence.
    pub text: String,
}

impl Default for Node {
    /// No clauses: asks for nothing.
    fn default() -> Self {
        Self::Clauses(Vec::new())
    }
}

impl Node {
    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Clauses(clauses) if clauses.is_empty())
    }

    /// Whether it speaks of fields only, so that among ranked clauses it is a must.
    pub fn is_on_fields(&self) -> bool {
        match self {
            Self::In(..) => true,
            Self::Not(node) | Self::Boost(_, node) => node.is_on_fields(),
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().all(Self::is_on_fields),
            Self::Clauses(clauses) => !clauses.is_empty() && clauses.iter().all(|c| c.node.is_on_fields()),
            Self::Word(_) | Self::Phrase(_) | Self::Near(_) | Self::Same(_) => false,
        }
    }

    /// Adds the words that a hit should have in any form in headline or text, in the order typed.
    pub(super) fn collect_wanted<'n>(&'n self, words: &mut Vec<&'n str>) {
        let mut add = |word: &'n Word| words.extend((word.form == Form::Any).then_some(word.text.as_str()));
        match self {
            Self::Word(word) => add(word),
            Self::Phrase(phrase) => phrase.words.iter().for_each(add),
            Self::Near(near) => [&near.left, &near.right].into_iter().for_each(|node| node.collect_wanted(words)),
            Self::Same(nodes) | Self::All(nodes) | Self::Any(nodes) => {
                nodes.iter().for_each(|node| node.collect_wanted(words));
            }
            Self::Clauses(clauses) => {
                let wanted = clauses.iter().filter(|clause| clause.occur != Occur::MustNot);
                wanted.for_each(|clause| clause.node.collect_wanted(words));
            }
            Self::In(QueryField::Headline, node) | Self::Boost(_, node) => node.collect_wanted(words),
            Self::In(..) | Self::Not(_) => {}
        }
    }

    /// Calls `each` with every word that stands by itself.
    pub(super) fn each_word(&self, each: &mut impl FnMut(&Word)) {
        match self {
            Self::Word(word) => each(word),
            Self::Phrase(_) => {}
            Self::Near(near) => [&near.left, &near.right].into_iter().for_each(|node| node.each_word(each)),
            Self::Same(nodes) | Self::All(nodes) | Self::Any(nodes) => {
                nodes.iter().for_each(|node| node.each_word(each));
            }
            Self::Clauses(clauses) => clauses.iter().for_each(|clause| clause.node.each_word(each)),
            Self::Not(node) | Self::In(_, node) | Self::Boost(_, node) => node.each_word(each),
        }
    }

    /// Whether it has a place in a passage, so that something can be near it: words, phrases, `Near`, `Any` of such.
    pub fn is_positional(&self) -> bool {
        match self {
            Self::Word(_) | Self::Phrase(_) | Self::Near(_) => true,
            Self::Any(nodes) => nodes.iter().all(Self::is_positional),
            _ => false,
        }
    }
}
