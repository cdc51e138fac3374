//! The slow, plain matcher: every way in which a part of a query can match, tried out one by one.

use std::collections::BTreeSet;

use dateline::hit::StoredArticle;
use dateline::query::tree::{Clause, Field, Form, Near, Node, Occur, Phrase, Word as Asked};

use super::random::stem;

/// An article as words on pages: page 0 is the headline, page p passage p.
pub struct Article {
    pub id: String,
    pub pages: Vec<Vec<Word>>,
}

/// A word as printed, with its bytes in the page's text.
pub struct Word {
    pub text: String,
    pub folded: String,
    pub start: usize,
    pub end: usize,
}

pub fn article(stored: &StoredArticle) -> Article {
    let headline = stored.headline.as_ref().map_or("", |field| &field.value);
    let pages = std::iter::once(headline).chain(stored.passages.iter().map(|p| p.text.as_str()));
    Article { id: stored.id.0.clone(), pages: pages.map(words).collect() }
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    for piece in text.split([' ', '\n', '.', ',']) {
        if !piece.is_empty() {
            words.push(Word { text: piece.to_owned(), folded: fold(piece), start: at, end: at + piece.len() });
        }
        at += piece.len() + 1;
    }
    words
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

/// Whether an article matches.
pub fn holds(node: &Node, article: &Article) -> bool {
    holds_in(node, article, None)
}

fn holds_in(node: &Node, article: &Article, field: Option<Field>) -> bool {
    match node {
        Node::Word(_) | Node::Phrase(_) | Node::Near(_) | Node::Same(_) => !ways(node, article, field).is_empty(),
        Node::All(nodes) => nodes.iter().all(|node| holds_in(node, article, field)),
        Node::Any(nodes) => nodes.iter().any(|node| holds_in(node, article, field)),
        Node::Not(node) => !holds_in(node, article, field),
        Node::In(field, node) => holds_in(node, article, Some(*field)),
        Node::Boost(_, node) => holds_in(node, article, field),
        Node::Clauses(clauses) => {
            let any = |occur| clauses.iter().any(|clause| clause.occur == occur);
            let holds = |clause: &Clause| holds_in(&clause.node, article, field);
            let of = |occur| clauses.iter().filter(move |clause| clause.occur == occur);
            of(Occur::Must).all(holds)
                && !of(Occur::MustNot).any(holds)
                && (any(Occur::Must) || !any(Occur::Should) || of(Occur::Should).any(holds))
        }
    }
}

/// The words (page, position) that make an article match.
pub fn marks(node: &Node, article: &Article) -> BTreeSet<(usize, usize)> {
    let mut marks = BTreeSet::new();
    mark(node, article, None, &mut marks);
    marks
}

fn mark(node: &Node, article: &Article, field: Option<Field>, marks: &mut BTreeSet<(usize, usize)>) {
    if !holds_in(node, article, field) {
        return;
    }
    match node {
        Node::Word(_) | Node::Phrase(_) | Node::Near(_) | Node::Same(_) => {
            for way in ways(node, article, field) {
                marks.extend(way.words.iter().map(|&word| (way.page, word)));
            }
        }
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| mark(node, article, field, marks)),
        Node::Not(_) => {}
        Node::In(field, node) => mark(node, article, Some(*field), marks),
        Node::Boost(_, node) => mark(node, article, field, marks),
        Node::Clauses(clauses) => {
            let wanted = clauses.iter().filter(|clause| clause.occur != Occur::MustNot);
            wanted.for_each(|clause| mark(&clause.node, article, field, marks));
        }
    }
}

/// All ways in which something matches within one page.
fn ways(node: &Node, article: &Article, field: Option<Field>) -> BTreeSet<Way> {
    match node {
        Node::Word(word) => of_word(word, article, field),
        Node::Phrase(phrase) => of_phrase(phrase, article, field),
        Node::Near(near) => of_near(near, article, field),
        Node::Same(nodes) | Node::All(nodes) => of_same(nodes, article, field),
        Node::Any(nodes) => nodes.iter().flat_map(|node| ways(node, article, field)).collect(),
        Node::Clauses(clauses) => clauses.iter().flat_map(|clause| ways(&clause.node, article, field)).collect(),
        Node::Boost(_, node) => ways(node, article, field),
        Node::In(field, node) => ways(node, article, Some(*field)),
        Node::Not(_) => BTreeSet::new(),
    }
}

fn of_word(asked: &Asked, article: &Article, field: Option<Field>) -> BTreeSet<Way> {
    let wanted = fold(&asked.text);
    let mut ways = BTreeSet::new();
    for (page, words) in article.pages.iter().enumerate() {
        if field == Some(Field::Headline) && page > 0 {
            continue;
        }
        let fits = words.iter().enumerate().filter(|(_, word)| fits(asked, &wanted, word));
        ways.extend(fits.map(|(position, _)| Way { page, words: [position].into() }));
    }
    ways
}

fn of_phrase(phrase: &Phrase, article: &Article, field: Option<Field>) -> BTreeSet<Way> {
    let mut ways: BTreeSet<Way> = BTreeSet::new();
    for (number, word) in phrase.words.iter().enumerate() {
        let next = of_word(word, article, field);
        if number == 0 {
            ways = next;
            continue;
        }
        let longer = |way: &Way| -> Vec<Way> {
            next.iter().filter(|n| n.page == way.page && n.first() > way.last()).map(|n| way.with(n)).collect()
        };
        ways = ways.iter().flat_map(longer).collect();
    }
    let allowed = phrase.words.len() + phrase.slop as usize;
    ways.retain(|way| way.last() - way.first() < allowed);
    ways
}

fn of_near(near: &Near, article: &Article, field: Option<Field>) -> BTreeSet<Way> {
    let (left, right) = (ways(&near.left, article, field), ways(&near.right, article, field));
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

fn of_same(nodes: &[Node], article: &Article, field: Option<Field>) -> BTreeSet<Way> {
    let parts: Vec<BTreeSet<Way>> = nodes.iter().map(|node| ways(node, article, field)).collect();
    let everywhere = |page: usize| parts.iter().all(|ways| ways.iter().any(|way| way.page == page));
    parts.iter().flatten().filter(|way| everywhere(way.page)).cloned().collect()
}

fn fits(asked: &Asked, wanted: &str, word: &Word) -> bool {
    let letters = |text: &str| text.chars().collect::<Vec<char>>();
    match asked.form {
        Form::Any => word.folded == wanted || (stem(wanted).is_some() && stem(wanted) == stem(&word.folded)),
        Form::Exact if asked.text == wanted => word.folded == wanted,
        Form::Exact => word.text == asked.text,
        Form::Wildcard => fits_pattern(&letters(wanted), &letters(&word.folded)),
        Form::Typo(edits) => distance(wanted, &word.folded) <= usize::from(edits),
    }
}

fn fold(word: &str) -> String {
    word.to_lowercase().replace('ã', "a").replace('ü', "u")
}

fn fits_pattern(pattern: &[char], word: &[char]) -> bool {
    match (pattern.first(), word.first()) {
        (None, None) => true,
        (Some('*'), _) if fits_pattern(&pattern[1..], word) => true,
        (Some('*'), Some(_)) => fits_pattern(pattern, &word[1..]),
        (Some('?'), Some(_)) => fits_pattern(&pattern[1..], &word[1..]),
        (Some(a), Some(b)) => a == b && fits_pattern(&pattern[1..], &word[1..]),
        _ => false,
    }
}

/// Letters more, less, other or swapped with their neighbour (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = match (i, j) {
                (0, n) | (n, 0) => n,
                _ => {
                    let other = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let least = other.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                    if swapped { least.min(table[i - 2][j - 2] + 1) } else { least }
                }
            };
        }
    }
    table[a.len()][b.len()]
}
