//! The slow, plain matcher: every way in which a part of a query can match, tried out one by one.

use std::collections::BTreeSet;

use dateline::query::tree::{Clause, Field, Form, Near, Node, Occur, Phrase};

use super::vocabulary::Vocabulary;
use super::words::{Article, Wanted, fits, parts, ranked};

/// Matches articles of one language.
#[derive(Clone, Copy)]
pub struct Matcher<'a> {
    pub article: &'a Article,
    pub vocabulary: &'a Vocabulary,
    /// The field that is asked for; none is headline and text.
    field: Option<Field>,
}

/// One way to match: the words, all of one page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    page: usize,
    words: BTreeSet<usize>,
}

impl Way {
    fn first(&self) -> usize {
        *self.words.first().expect("a word")
    }

    fn last(&self) -> usize {
        *self.words.last().expect("a word")
    }

    fn with(&self, other: &Self) -> Self {
        Self { page: self.page, words: &self.words | &other.words }
    }
}

impl<'a> Matcher<'a> {
    pub fn new(article: &'a Article, vocabulary: &'a Vocabulary) -> Self {
        Self { article, vocabulary, field: None }
    }

    fn within(self, field: Field) -> Self {
        Self { field: Some(field), ..self }
    }

    fn is_in_names(self) -> bool {
        matches!(self.field, Some(Field::Outlet | Field::Credit))
    }

    /// Whether the article matches.
    pub fn holds(self, node: &Node) -> bool {
        match node {
            Node::Word(_) | Node::Phrase(_) | Node::Near(_) | Node::Same(_) => !self.ways(node).is_empty(),
            Node::All(nodes) => nodes.iter().all(|node| self.holds(node)),
            Node::Any(nodes) => nodes.iter().any(|node| self.holds(node)),
            Node::Not(node) => !self.holds(node),
            Node::In(field, node) => self.within(*field).holds(node),
            Node::Boost(_, node) => self.holds(node),
            Node::Clauses(clauses) => self.clauses_hold(clauses),
        }
    }

    /// All musts, no must-not, and one of the others where nothing but names must be there.
    fn clauses_hold(self, clauses: &[Clause]) -> bool {
        let of = |occur| clauses.iter().filter(move |clause| clause.occur == occur);
        let holds = |clause: &Clause| !self.of_clause(clause).is_empty() || self.holds(&clause.node);
        let optional = of(Occur::Must).any(|clause| !is_of_names(&clause.node)) || of(Occur::Should).next().is_none();
        of(Occur::Must).all(holds) && !of(Occur::MustNot).any(holds) && (optional || of(Occur::Should).any(holds))
    }

    /// The ways in which the parts of a ranked word match; none of what is no ranked word.
    fn of_clause(self, clause: &Clause) -> BTreeSet<Way> {
        match &clause.node {
            Node::Word(word) if clause.occur == Occur::Should && word.form == Form::Any && !self.is_in_names() => {
                ranked(&parts(word, self.vocabulary)).flat_map(|parts| self.of_words(parts, 0)).collect()
            }
            _ => BTreeSet::new(),
        }
    }

    /// The words (page, position) that make the article match.
    pub fn marks(self, node: &Node) -> BTreeSet<(usize, usize)> {
        let mut marks = BTreeSet::new();
        self.mark(node, &mut marks);
        marks
    }

    fn mark(self, node: &Node, marks: &mut BTreeSet<(usize, usize)>) {
        if !self.holds(node) {
            return;
        }
        match node {
            Node::Word(_) | Node::Phrase(_) | Node::Near(_) | Node::Same(_) => self.note(self.ways(node), marks),
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| self.mark(node, marks)),
            Node::Not(_) => {}
            Node::In(field, node) => self.within(*field).mark(node, marks),
            Node::Boost(_, node) => self.mark(node, marks),
            Node::Clauses(clauses) => {
                for clause in clauses.iter().filter(|clause| clause.occur != Occur::MustNot) {
                    self.note(self.of_clause(clause), marks);
                    self.mark(&clause.node, marks);
                }
            }
        }
    }

    fn note(self, ways: BTreeSet<Way>, marks: &mut BTreeSet<(usize, usize)>) {
        if !self.is_in_names() {
            marks.extend(ways.iter().flat_map(|way| way.words.iter().map(|&word| (way.page, word))));
        }
    }

    /// All ways in which something matches within one page.
    fn ways(self, node: &Node) -> BTreeSet<Way> {
        match node {
            Node::Word(word) => self.of_words(&parts(word, self.vocabulary), 0),
            Node::Phrase(Phrase { words, slop }) => {
                let wanted: Vec<Wanted> = words.iter().flat_map(|word| parts(word, self.vocabulary)).collect();
                self.of_words(&wanted, *slop as usize)
            }
            Node::Near(near) => self.of_near(near),
            Node::Same(nodes) | Node::All(nodes) => self.of_same(nodes),
            Node::Any(nodes) => nodes.iter().flat_map(|node| self.ways(node)).collect(),
            Node::Clauses(clauses) => clauses.iter().flat_map(|clause| self.ways(&clause.node)).collect(),
            Node::Boost(_, node) => self.ways(node),
            Node::In(field, node) => self.within(*field).ways(node),
            Node::Not(_) => BTreeSet::new(),
        }
    }

    fn of_word(self, wanted: &Wanted) -> BTreeSet<Way> {
        let mut ways = BTreeSet::new();
        for (page, words) in self.article.pages_of(self.field).iter().enumerate() {
            let numbered = words.iter().enumerate();
            let fitting = numbered.filter(|(_, word)| fits(wanted, word, self.is_in_names()));
            ways.extend(fitting.map(|(position, _)| Way { page, words: [position].into() }));
        }
        ways
    }

    /// The words in their order, with at most `slop` others between them.
    fn of_words(self, wanted: &[Wanted], slop: usize) -> BTreeSet<Way> {
        let Some((first, rest)) = wanted.split_first() else { return BTreeSet::new() };
        let mut ways = self.of_word(first);
        for word in rest {
            let next = self.of_word(word);
            let follows = |way: &Way, n: &Way| {
                n.page == way.page && n.first() > way.last() && n.first() - way.first() < wanted.len() + slop
            };
            let longer =
                |way: &Way| -> Vec<Way> { next.iter().filter(|n| follows(way, n)).map(|n| way.with(n)).collect() };
            ways = ways.iter().flat_map(longer).collect();
        }
        ways
    }

    fn of_near(self, near: &Near) -> BTreeSet<Way> {
        let (left, right) = (self.ways(&near.left), self.ways(&near.right));
        let within = |first: &Way, second: &Way| {
            second.first() > first.last() && second.first() - first.last() <= near.within as usize
        };
        let mut ways = BTreeSet::new();
        for l in &left {
            for r in right.iter().filter(|r| r.page == l.page) {
                if within(l, r) || (!near.ordered && within(r, l)) {
                    ways.insert(l.with(r));
                }
            }
        }
        ways
    }

    fn of_same(self, nodes: &[Node]) -> BTreeSet<Way> {
        let parts: Vec<BTreeSet<Way>> = nodes.iter().map(|node| self.ways(node)).collect();
        let everywhere = |page: usize| parts.iter().all(|ways| ways.iter().any(|way| way.page == page));
        parts.iter().flatten().filter(|way| everywhere(way.page)).cloned().collect()
    }
}

/// Whether something speaks of outlets and agencies only.
fn is_of_names(node: &Node) -> bool {
    match node {
        Node::In(field, _) => *field != Field::Headline,
        Node::Not(node) | Node::Boost(_, node) => is_of_names(node),
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().all(is_of_names),
        Node::Clauses(clauses) => clauses.iter().all(|clause| is_of_names(&clause.node)),
        _ => false,
    }
}
