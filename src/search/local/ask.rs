//! A query -> what the index is asked.

use std::ops::Bound;
use std::sync::{Arc, OnceLock};

use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery};
use tantivy::query::{Occur as Role, PhraseQuery, Query as Ask, RangeQuery, TermQuery, TermSetQuery};
use tantivy::schema::{Field as IndexField, IndexRecordOption};
use tantivy::{TantivyError, Term};

use super::guarded::GuardedQuery;
use super::positions::{Atoms, field_of};
use super::typed::TypedFormQuery;
use super::verified::VerifiedQuery;
use crate::analysis::Analyzer;
use crate::index::Fields;
use crate::matching::{Compiled, Leaf, Shape, Test, Tree};
use crate::query::tree::{Occur, QueryField};
use crate::query::{DateFilter, DateRange};
use crate::search::plan::Plan;
use crate::search::score::{LeafWeight, idf};

/// What the index is asked.
pub(super) struct IndexQuery {
    /// Which articles match words, outlet and credit, whatever their date.
    pub words: Box<dyn Ask>,
    /// The same, answered sooner, and how many articles more it finds at most.
    loose: Option<(Box<dyn Ask>, usize)>,
    dates: DateFilter,
    fields: Fields,
    failed: Arc<OnceLock<TantivyError>>,
}

impl IndexQuery {
    pub fn new(plan: &Plan<Arc<Atoms>>, fields: Fields, analyzer: Analyzer, articles: u64) -> Self {
        let failed = Arc::default();
        let asker = IndexQueryBuilder {
            compiled: &plan.compiled,
            weights: &plan.weights,
            articles_with: &plan.articles_with,
            articles,
            atoms: Arc::clone(&plan.words),
            fields,
            analyzer,
            failed: Arc::clone(&failed),
            loose: false,
        };
        let words = match plan.compiled.is_wordless() && !plan.dates.is_open() {
            true => Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0)),
            false => asker.tree(&plan.compiled.tree),
        };
        let loose = asker.more_when_loose().map(|more| {
            let query = IndexQueryBuilder { loose: true, ..asker }.tree(&plan.compiled.tree);
            (query, more)
        });
        Self { words, loose, dates: plan.dates.clone(), fields, failed }
    }

    /// The error of a query whose result was taken, if it met one.
    pub fn check(&self) -> tantivy::Result<()> {
        self.failed.get().map_or(Ok(()), |error| Err(error.clone()))
    }

    /// Words and dates.
    pub fn all(&self) -> Box<dyn Ask> {
        self.in_time(&*self.words)
    }

    /// Words and dates, and how many articles more may be found that have none of the leaves.
    pub fn loose(&self) -> (Box<dyn Ask>, usize) {
        let (words, more) = self.loose.as_ref().map_or((&self.words, 0), |(words, more)| (words, *more));
        (self.in_time(&**words), more)
    }

    fn in_time(&self, words: &dyn Ask) -> Box<dyn Ask> {
        if self.dates.is_open() {
            return words.box_clone();
        }
        let mut clauses: Vec<(Role, Box<dyn Ask>)> = vec![(Role::Must, words.box_clone())];
        if !self.dates.within.is_open() {
            clauses.push((Role::Must, Box::new(ConstScoreQuery::new(self.lying_in(&self.dates.within), 0.0))));
        }
        let excluded = |range| Box::new(GuardedQuery { inner: self.lying_in(range) }) as Box<dyn Ask>;
        clauses.extend(self.dates.without.iter().map(|range| (Role::MustNot, excluded(range))));
        Box::new(BooleanQuery::new(clauses))
    }

    /// The articles whose date lies in a range, whatever of it is unknown.
    fn lying_in(&self, range: &DateRange) -> Box<dyn Ask> {
        let (first, last) = range.bounds();
        let column = |field: IndexField, from: Bound<i64>, to: Bound<i64>| {
            let term = |bound: Bound<i64>| bound.map(|value| Term::from_field_i64(field, value));
            (Role::Must, Box::new(RangeQuery::new(term(from), term(to))) as Box<dyn Ask>)
        };
        // the other end is bounded too, so that an article without a date never passes
        let after = column(self.fields.date_first, Bound::Included(first), Bound::Included(last));
        let before = column(self.fields.date_last, Bound::Included(first), Bound::Included(last));
        Box::new(BooleanQuery::new(vec![after, before]))
    }
}

/// Turns the tree into a query of the index.
struct IndexQueryBuilder<'a> {
    compiled: &'a Compiled,
    weights: &'a [LeafWeight],
    articles_with: &'a [u64],
    /// Articles of the archive.
    articles: u64,
    atoms: Arc<Atoms>,
    fields: Fields,
    analyzer: Analyzer,
    failed: Arc<OnceLock<TantivyError>>,
    /// Whether a name may bring the few articles that have its stem in other forms alone.
    loose: bool,
}

impl IndexQueryBuilder<'_> {
    fn tree(&self, tree: &Tree) -> Box<dyn Ask> {
        match tree {
            Tree::Leaf(leaf) => self.leaf(&self.compiled.leaves[*leaf], self.weights[*leaf]),
            Tree::All(trees) => self.boolean(trees.iter().map(|tree| (Role::Must, tree)).collect()),
            Tree::Any(trees) => self.boolean(trees.iter().map(|tree| (Role::Should, tree)).collect()),
            Tree::Not(tree) => self.boolean(vec![(Role::MustNot, tree)]),
            Tree::Clauses(clauses) => {
                self.boolean(clauses.iter().map(|(occur, tree)| (role_of(*occur), tree)).collect())
            }
        }
    }

    fn boolean(&self, parts: Vec<(Role, &Tree)>) -> Box<dyn Ask> {
        // what is demanded not to be, is not to be
        let ask = |(role, tree): (Role, &Tree)| match (role, tree) {
            (Role::Must, Tree::Not(tree)) => (Role::MustNot, self.excluded(tree)),
            (Role::MustNot, tree) => (Role::MustNot, self.excluded(tree)),
            (role, tree) => (role, self.tree(tree)),
        };
        let mut roles: Vec<(Role, Box<dyn Ask>)> = parts.into_iter().map(ask).collect();
        match roles.as_slice() {
            [] => return Box::new(EmptyQuery),
            [(Role::Should | Role::Must, _)] => return roles.remove(0).1,
            _ if roles.iter().all(|(role, _)| *role == Role::MustNot) => {
                roles.push((Role::Must, Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))));
            }
            _ => {}
        }
        Box::new(BooleanQuery::new(roles))
    }

    fn excluded(&self, tree: &Tree) -> Box<dyn Ask> {
        Box::new(GuardedQuery { inner: self.tree(tree) })
    }

    fn leaf(&self, leaf: &Leaf, weight: LeafWeight) -> Box<dyn Ask> {
        let atoms = leaf.shape.atoms();
        let simple = |shape: &Shape| matches!(shape, Shape::Atom(_) | Shape::Phrase { slop: 0, .. });
        let one_term =
            |&atom: &usize| self.atoms.atoms[atom].test == Test::Any && self.atoms.atoms[atom].terms.len() == 1;
        let headline = leaf.field == Some(QueryField::Headline);
        if simple(&leaf.shape) && atoms.iter().all(one_term) {
            let field =
                if headline { self.fields.headline } else { field_of(&self.atoms.atoms[atoms[0]], self.fields) };
            let terms =
                atoms.iter().map(|&atom| Term::from_field_text(field, &self.atoms.atoms[atom].terms[0])).collect();
            let query = self.by_form(terms_query(terms), leaf, weight);
            return match () {
                () if !leaf.ranks() => Box::new(ConstScoreQuery::new(query, 0.0)),
                () if leaf.weight == 1.0 => query,
                () => Box::new(BoostQuery::new(query, leaf.weight)),
            };
        }
        if let (Shape::Atom(atom), false) = (&leaf.shape, headline)
            && self.atoms.is_misread(*atom)
            && leaf.ranks()
        {
            return self.by_form(self.misread(*atom, leaf, weight), leaf, weight);
        }
        if let (Shape::Atom(atom), Some(stem), false) = (&leaf.shape, leaf.stem, headline) {
            return self.name(*atom, stem, leaf, weight);
        }
        if let Shape::Atom(atom) = leaf.shape
            && !headline
            && !matches!(self.atoms.atoms[atom].test, Test::Written(_))
        {
            return Box::new(ConstScoreQuery::new(self.atoms.query(atom, self.fields), weight.idf));
        }
        Box::new(VerifiedQuery {
            shape: leaf.shape.clone(),
            atoms: Arc::clone(&self.atoms),
            headline,
            weight: weight.idf,
            fields: self.fields,
            analyzer: self.analyzer,
            failed: Arc::clone(&self.failed),
        })
    }

    /// How many articles more are found where names may bring them; none where they may not, or no name brings any.
    fn more_when_loose(&self) -> Option<usize> {
        let Tree::Clauses(clauses) = &self.compiled.tree else { return None };
        let mut more = 0;
        for (occur, tree) in clauses {
            let (Occur::Should, Tree::Leaf(leaf)) = (occur, tree) else { return None };
            let leaf = &self.compiled.leaves[*leaf];
            more += if leaf.ranks() { self.others_of(leaf).unwrap_or(0) } else { return None };
        }
        (more > 0).then_some(more as usize)
    }

    /// How many articles have a name's stem in other forms alone, where they are few beside those with the name.
    fn others_of(&self, leaf: &Leaf) -> Option<u64> {
        let (Shape::Atom(form), Some(stem)) = (&leaf.shape, leaf.stem) else { return None };
        let [with, all] = [*form, stem].map(|atom| self.articles_with[atom]);
        let others = all.saturating_sub(with);
        (others.saturating_mul(FEW_OTHERS) <= with).then_some(others)
    }

    /// The articles that have a name, told from each other by the postings of its stem.
    fn name(&self, form: usize, stem: usize, leaf: &Leaf, weight: LeafWeight) -> Box<dyn Ask> {
        let term = Term::from_field_text(self.fields.text, &self.atoms.atoms[stem].terms[0]);
        let [with, all] = [form, stem].map(|atom| self.articles_with[atom]);
        let (inner, stem) = (terms_query(vec![term]), idf(all, self.articles));
        match self.atoms.with_form(form) {
            // no article has other forms alone, and the index is quicker with plain terms
            _ if with == all && leaf.ranks() => Box::new(BoostQuery::new(inner, leaf.weight)),
            _ if self.loose && leaf.ranks() && self.others_of(leaf).is_some() => {
                Box::new(BoostQuery::new(inner, weight.idf / stem))
            }
            Some(documents) if leaf.ranks() => {
                let (documents, typed) = (documents.clone(), weight.idf / stem);
                Box::new(TypedFormQuery { inner, documents, typed, other: None })
            }
            _ => Box::new(ConstScoreQuery::new(self.atoms.query(form, self.fields), 0.0)),
        }
    }

    /// The articles that have a word or what it was misread as, the better of which counts.
    fn misread(&self, atom: usize, leaf: &Leaf, weight: LeafWeight) -> Box<dyn Ask> {
        let terms = self.atoms.atoms[atom].terms.iter();
        let mut terms = terms.map(|term| Term::from_field_text(self.fields.text, term));
        let word = Box::new(BoostQuery::new(terms_query(terms.by_ref().take(1).collect()), leaf.weight));
        let misread = Box::new(ConstScoreQuery::new(Box::new(TermSetQuery::new(terms)), weight.idf));
        Box::new(DisjunctionMaxQuery::new(vec![word, misread]))
    }

    /// A ranked word's query; where few of its articles have the form typed, they score as they will in the end.
    fn by_form(&self, query: Box<dyn Ask>, leaf: &Leaf, weight: LeafWeight) -> Box<dyn Ask> {
        let (Some(form), Shape::Atom(stem)) = (leaf.form, &leaf.shape) else { return query };
        let [with, all] = [form, *stem].map(|atom| self.articles_with[atom]);
        match self.atoms.with_form(form) {
            Some(documents) if with.saturating_mul(FEW_HAVE_THE_FORM) < all => {
                let stem = idf(all, self.articles) * leaf.weight;
                let (typed, other) = (weight.idf / stem, Some(weight.other_forms / stem));
                Box::new(TypedFormQuery { inner: query, documents: documents.clone(), typed, other })
            }
            _ => query,
        }
    }
}

/// A query's articles that have the form typed are few from this share of them down: enough of the others could come
/// before them to take all places among the candidates.
const FEW_HAVE_THE_FORM: u64 = 3;

/// Articles with a name for each one that has its stem in other forms alone, from which on those are few: to look at
/// them costs less than to ask of every posting whether it has the name.
const FEW_OTHERS: u64 = 4;

fn role_of(occur: Occur) -> Role {
    match occur {
        Occur::Should => Role::Should,
        Occur::Must => Role::Must,
        Occur::MustNot => Role::MustNot,
    }
}

/// All terms side by side, in this order.
fn terms_query(mut terms: Vec<Term>) -> Box<dyn Ask> {
    match terms.len() {
        1 => Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::WithFreqs)),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}
