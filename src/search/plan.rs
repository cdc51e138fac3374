//! A query -> what the index is asked.

use std::ops::Bound;

use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur as Role, PhraseQuery, Query as Ask};
use tantivy::query::{RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::score::{LeafWeight, idf};
use crate::analysis::Analyzer;
use crate::index::Fields;
use crate::query::{Clause, DateRange, Leaf, Occur, Query, Scope, Target, leaves};

/// A query made ready for one state of the index.
pub(super) struct Plan {
    /// Its leaves, must-nots included.
    pub leaves: Vec<Leaf>,
    /// What a match of each leaf counts.
    pub weights: Vec<LeafWeight>,
    /// Whether anything in it ranks.
    pub ranks: bool,
    /// Which articles match words, outlet and credit, whatever their date.
    pub words: Box<dyn Ask>,
    /// The dates that are kept.
    pub dates: DateRange,
    /// Mean length of the text field, headline weight included.
    pub average_length: f32,
    fields: Fields,
}

impl Plan {
    pub fn new(query: &Query, fields: Fields, analyzer: &Analyzer, searcher: &Searcher) -> tantivy::Result<Self> {
        let leaves = leaves(query, analyzer);
        let typed = leaves.len();
        Self::of(leaves, typed, query, fields, analyzer, searcher)
    }

    /// A plan of other leaves in place of the query's own, of which the first `typed` stand in the query.
    pub fn of(
        leaves: Vec<Leaf>,
        typed: usize,
        query: &Query,
        fields: Fields,
        analyzer: &Analyzer,
        searcher: &Searcher,
    ) -> tantivy::Result<Self> {
        let docs: u64 = searcher.segment_readers().iter().map(|s| u64::from(s.max_doc())).sum();
        let mut weights = Vec::with_capacity(leaves.len());
        for (place, leaf) in leaves.iter().enumerate() {
            let mut sum = 0.0;
            for term in &leaf.terms {
                sum += idf(searcher.doc_freq(&Term::from_field_text(fields.text, term))?, docs);
            }
            let words = if leaf.occur == Occur::MustNot { 0.0 } else { sum * leaf.weight };
            weights.push(LeafWeight { idf: words, length: leaf.terms.len() as u32, typed: place < typed });
        }
        let tokens = tantivy::query::Bm25StatisticsProvider::total_num_tokens(searcher, fields.text)?;
        Ok(Self {
            ranks: leaves.iter().any(|l| l.occur != Occur::MustNot),
            words: words_query(&leaves, &query.clauses, fields, analyzer),
            dates: query.dates,
            average_length: tokens as f32 / docs.max(1) as f32,
            leaves,
            weights,
            fields,
        })
    }

    /// Words and dates.
    pub fn all(&self) -> Box<dyn Ask> {
        if self.dates.is_open() {
            return self.words.box_clone();
        }
        let mut clauses: Vec<(Role, Box<dyn Ask>)> = vec![(Role::Must, self.words.box_clone())];
        clauses.push((Role::Must, Box::new(ConstScoreQuery::new(self.in_dates(), 0.0))));
        Box::new(BooleanQuery::new(clauses))
    }

    fn in_dates(&self) -> Box<dyn Ask> {
        let (first, last) = self.dates.bounds();
        let column = |field: Field, from: Bound<i64>, to: Bound<i64>| {
            let term = |bound: Bound<i64>| bound.map(|value| Term::from_field_i64(field, value));
            (Role::Must, Box::new(RangeQuery::new(term(from), term(to))) as Box<dyn Ask>)
        };
        // the other end is bounded too, so that an article without a date never passes
        let after = column(self.fields.date_first, Bound::Included(first), Bound::Included(last));
        let before = column(self.fields.date_last, Bound::Included(first), Bound::Included(last));
        Box::new(BooleanQuery::new(vec![after, before]))
    }
}

fn words_query(leaves: &[Leaf], clauses: &[Clause], fields: Fields, analyzer: &Analyzer) -> Box<dyn Ask> {
    let mut roles: Vec<(Role, Box<dyn Ask>)> =
        leaves.iter().map(|leaf| (role(leaf.occur), ask(leaf, fields))).collect();
    for clause in clauses {
        let field = match clause.target {
            Target::Outlet => fields.outlet,
            Target::Credit => fields.credit,
            Target::Text | Target::Headline => continue,
        };
        let names = analyzer.folded(&clause.words);
        let role = if clause.occur == Occur::MustNot { Role::MustNot } else { Role::Must };
        roles.push((role, Box::new(ConstScoreQuery::new(terms_query(field, &names), 0.0))));
    }
    match roles.as_slice() {
        [(Role::Should, _)] => return roles.remove(0).1,
        _ if roles.iter().all(|(role, _)| *role == Role::MustNot) => roles.push((Role::Must, Box::new(AllQuery))),
        _ => {}
    }
    Box::new(BooleanQuery::new(roles))
}

fn role(occur: Occur) -> Role {
    match occur {
        Occur::Should => Role::Should,
        Occur::Must => Role::Must,
        Occur::MustNot => Role::MustNot,
    }
}

fn ask(leaf: &Leaf, fields: Fields) -> Box<dyn Ask> {
    let field = match leaf.scope {
        Scope::Text => fields.text,
        Scope::Headline => fields.headline,
    };
    let query = terms_query(field, &leaf.terms);
    if leaf.weight == 1.0 { query } else { Box::new(BoostQuery::new(query, leaf.weight)) }
}

/// All terms side by side, in this order.
fn terms_query(field: Field, terms: &[String]) -> Box<dyn Ask> {
    let mut terms: Vec<Term> = terms.iter().map(|t| Term::from_field_text(field, t)).collect();
    match terms.len() {
        0 => Box::new(tantivy::query::EmptyQuery),
        1 => Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::WithFreqs)),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}
