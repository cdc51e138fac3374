//! The slow, plain matcher: every way in which a part of a query can match, tried out one by one.

use std::collections::BTreeSet;

use super::meaning::{Field, Form, Meaning, Near, Sign};
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
        self.field.is_some_and(|field| field != Field::Headline)
    }

    /// Whether the article matches.
    pub fn holds(self, meaning: &Meaning) -> bool {
        match meaning {
            Meaning::Word(_) | Meaning::Phrase(..) | Meaning::Near(_) | Meaning::Same(_) => {
                !self.ways(meaning).is_empty()
            }
            Meaning::All(parts) => parts.iter().all(|part| self.holds(part)),
            Meaning::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Meaning::Not(meaning) => !self.holds(meaning),
            Meaning::In(field, meaning) => self.within(*field).holds(meaning),
            Meaning::Boosted(_, meaning) => self.holds(meaning),
            Meaning::Clauses(clauses) => self.clauses_hold(clauses),
        }
    }

    /// All musts, no must-not, and one of the others where nothing but names must be there.
    fn clauses_hold(self, clauses: &[(Sign, Meaning)]) -> bool {
        let of = |sign| clauses.iter().filter(move |clause| clause.0 == sign);
        let holds = |clause: &(Sign, Meaning)| !self.of_clause(clause).is_empty() || self.holds(&clause.1);
        let optional = of(Sign::Must).any(|(_, must)| !must.is_of_names()) || of(Sign::May).next().is_none();
        of(Sign::Must).all(holds) && !of(Sign::MustNot).any(holds) && (optional || of(Sign::May).any(holds))
    }

    /// The ways in which the parts of a ranked word match; none of what is no ranked word.
    fn of_clause(self, (sign, meaning): &(Sign, Meaning)) -> BTreeSet<Way> {
        match meaning {
            Meaning::Word(word) if *sign == Sign::May && word.form == Form::Any && !self.is_in_names() => {
                ranked(&parts(word, self.vocabulary)).flat_map(|parts| self.of_words(parts, 0)).collect()
            }
            _ => BTreeSet::new(),
        }
    }

    /// The words (page, position) that make the article match.
    pub fn marks(self, meaning: &Meaning) -> BTreeSet<(usize, usize)> {
        let mut marks = BTreeSet::new();
        self.mark(meaning, &mut marks);
        marks
    }

    fn mark(self, meaning: &Meaning, marks: &mut BTreeSet<(usize, usize)>) {
        if !self.holds(meaning) {
            return;
        }
        match meaning {
            Meaning::Word(_) | Meaning::Phrase(..) | Meaning::Near(_) | Meaning::Same(_) => {
                self.note(self.ways(meaning), marks);
            }
            Meaning::All(parts) | Meaning::Any(parts) => parts.iter().for_each(|part| self.mark(part, marks)),
            Meaning::Not(_) => {}
            Meaning::In(field, meaning) => self.within(*field).mark(meaning, marks),
            Meaning::Boosted(_, meaning) => self.mark(meaning, marks),
            Meaning::Clauses(clauses) => {
                for clause in clauses.iter().filter(|(sign, _)| *sign != Sign::MustNot) {
                    self.note(self.of_clause(clause), marks);
                    self.mark(&clause.1, marks);
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
    fn ways(self, meaning: &Meaning) -> BTreeSet<Way> {
        match meaning {
            Meaning::Word(word) => self.of_words(&parts(word, self.vocabulary), 0),
            Meaning::Phrase(words, others) => {
                let wanted: Vec<Wanted> = words.iter().flat_map(|word| parts(word, self.vocabulary)).collect();
                self.of_words(&wanted, *others)
            }
            Meaning::Near(near) => self.of_near(near),
            Meaning::Same(parts) => self.of_same(parts),
            Meaning::Any(parts) => parts.iter().flat_map(|part| self.ways(part)).collect(),
            Meaning::Boosted(_, meaning) => self.ways(meaning),
            Meaning::In(field, meaning) => self.within(*field).ways(meaning),
            // these have no place on a page
            Meaning::All(_) | Meaning::Clauses(_) | Meaning::Not(_) => BTreeSet::new(),
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
        let within =
            |first: &Way, second: &Way| second.first() > first.last() && second.first() - first.last() <= near.within;
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

    fn of_same(self, parts: &[Meaning]) -> BTreeSet<Way> {
        let parts: Vec<BTreeSet<Way>> = parts.iter().map(|part| self.ways(part)).collect();
        let everywhere = |page: usize| parts.iter().all(|ways| ways.iter().any(|way| way.page == page));
        parts.iter().flatten().filter(|way| everywhere(way.page)).cloned().collect()
    }
}
