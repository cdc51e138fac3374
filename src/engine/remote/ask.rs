//! What a query looks for -> the query that a cluster is asked: the articles that match, by scores that pick candidates.
//!
//! Words, phrases with slop, words near each other and words of one passage are told exactly, the last two by Lucene's
//! intervals (Clarke, Cormack, Burkowski 1995: minimal intervals). What positions of stems cannot tell (a word as it is
//! written, patterns and typing errors inside of phrases, what is near a pair that is itself near) is asked for roughly:
//! more articles than match, to be looked at by their texts.

use serde_json::{Value, json};

use super::schema::{
    BYLINE, CAPITALIZED, CAPITALS, CREDIT, FORMS, HEADLINE, OUTLET, PAGE, SECTION, SITE, TEXT, field_of_names,
    own_capital,
};
use crate::matching::{Atom, Compiled, Leaf, Shape, Test, Tree};
use crate::passage::MAX_POSITIONS;
use crate::query::DateFilter;
use crate::query::tree::{Occur, QueryField};
use crate::search::LeafWeight;

/// What is asked.
pub(super) struct ClusterQuery {
    pub query: Value,
    /// Whether it finds just the articles that match, not more.
    pub exact: bool,
}

/// Asks for the articles that a query matches, whatever their dates; where it has no words, for all that lie in its dates.
pub(super) fn ask(compiled: &Compiled, weights: &[LeafWeight], dates: &DateFilter) -> ClusterQuery {
    if compiled.is_wordless() {
        let all = if dates.is_open() { "match_none" } else { "match_all" };
        return ClusterQuery { query: json!({ all: {} }), exact: true };
    }
    let mut asker = ClusterQueryBuilder { compiled, weights, exact: true };
    let query = asker.tree(&compiled.tree, Side::In);
    ClusterQuery { query, exact: asker.exact }
}

/// How many articles have any of these terms of an atom: the queries whose counts add up to it.
pub(super) fn ask_frequency(atom: &Atom) -> Vec<Value> {
    if is_of_forms(atom) {
        return vec![with_forms(atom)];
    }
    let field = atom.name.map_or(TEXT, field_of_names);
    atom.terms.iter().map(|term| json!({ "term": { field: term } })).collect()
}

/// Whether articles are wanted, or to be left out: what is asked roughly must not lose any of the former, nor leave out
/// too many.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    In,
    Out,
}

impl Side {
    fn other(self) -> Self {
        if self == Self::In { Self::Out } else { Self::In }
    }
}

struct ClusterQueryBuilder<'a> {
    compiled: &'a Compiled,
    weights: &'a [LeafWeight],
    exact: bool,
}

impl ClusterQueryBuilder<'_> {
    fn tree(&mut self, tree: &Tree, side: Side) -> Value {
        match tree {
            Tree::Leaf(leaf) => self.leaf(*leaf, side),
            Tree::All(trees) => self.clauses(trees.iter().map(|tree| (Occur::Must, tree)), side),
            Tree::Any(trees) => self.clauses(trees.iter().map(|tree| (Occur::Should, tree)), side),
            Tree::Not(tree) => self.clauses(std::iter::once((Occur::MustNot, &**tree)), side),
            Tree::Clauses(clauses) => self.clauses(clauses.iter().map(|(occur, tree)| (*occur, tree)), side),
        }
    }

    fn clauses<'t>(&mut self, clauses: impl Iterator<Item = (Occur, &'t Tree)>, side: Side) -> Value {
        let (mut must, mut should, mut must_not) = (Vec::new(), Vec::new(), Vec::new());
        for (occur, tree) in clauses {
            match (occur, tree) {
                // what is demanded not to be, is not to be
                (Occur::Must, Tree::Not(tree)) => must_not.push(self.tree(tree, side.other())),
                (Occur::MustNot, tree) => must_not.push(self.tree(tree, side.other())),
                (Occur::Must, tree) => must.push(self.tree(tree, side)),
                (Occur::Should, tree) => should.push(self.tree(tree, side)),
            }
        }
        let least = u8::from(must.is_empty() && !should.is_empty());
        json!({ "bool": { "must": must, "should": should, "must_not": must_not, "minimum_should_match": least } })
    }

    fn leaf(&mut self, number: usize, side: Side) -> Value {
        let leaf = &self.compiled.leaves[number];
        if let Some(query) = self.told(leaf, self.weights[number].idf) {
            return if leaf.ranks() { query } else { unscored(query) };
        }
        self.exact = false;
        match side {
            Side::In => self.roughly(leaf, self.weights[number].idf),
            Side::Out => json!({ "match_none": {} }),
        }
    }

    /// The articles that have a leaf, where the cluster can tell.
    fn told(&self, leaf: &Leaf, idf: f32) -> Option<Value> {
        let field = field_of(leaf);
        match &leaf.shape {
            Shape::Atom(atom) => {
                let atom = &self.compiled.atoms[*atom];
                match (&atom.test, atom.terms.as_slice()) {
                    (Test::Any, [term]) => Some(json!({ "term": { field: { "value": term, "boost": leaf.weight } } })),
                    (Test::Any, [typed, misread @ ..]) if field == TEXT => {
                        let word = json!({ "term": { field: { "value": typed, "boost": leaf.weight } } });
                        let misread = json!({ "terms": { field: misread, "boost": idf } });
                        Some(json!({ "dis_max": { "queries": [word, misread] } }))
                    }
                    (Test::Any, terms) => Some(json!({ "terms": { field: terms, "boost": idf } })),
                    (Test::Written(_), _) => None,
                    _ if field == TEXT => {
                        let with = json!({ "constant_score": { "filter": with_forms(atom), "boost": idf } });
                        Some(self.by_stem(leaf, &with).unwrap_or(with))
                    }
                    _ => None,
                }
            }
            Shape::Phrase { atoms, slop: 0 } if atoms.iter().all(|&atom| self.term(atom).is_some()) => {
                let words: Vec<&str> = atoms.iter().filter_map(|&atom| self.term(atom)).collect();
                Some(json!({ "match_phrase": { field: { "query": words.join(" "), "boost": leaf.weight } } }))
            }
            shape => {
                let mut rule = self.rule(shape)?;
                rule["boost"] = idf.into();
                Some(json!({ "intervals": { field: rule } }))
            }
        }
    }

    /// The articles that have a name, told from each other by its stem.
    fn by_stem(&self, leaf: &Leaf, with: &Value) -> Option<Value> {
        let stem = &self.compiled.atoms[leaf.stem?].terms[0];
        let scored = json!({ "term": { TEXT: { "value": stem, "boost": leaf.weight } } });
        Some(json!({ "bool": { "filter": [with], "must": [scored] } }))
    }

    /// The one term that stands for an atom.
    fn term(&self, atom: usize) -> Option<&str> {
        let atom = &self.compiled.atoms[atom];
        match (&atom.test, atom.terms.as_slice()) {
            (Test::Any, [term]) => Some(term),
            _ => None,
        }
    }

    /// The intervals of a shape: whether there is any, the cluster tells as we do.
    fn rule(&self, shape: &Shape) -> Option<Value> {
        match shape {
            Shape::Atom(atom) => self.word(*atom),
            Shape::Phrase { atoms, slop } => {
                let words = atoms.iter().map(|&atom| self.word(atom)).collect::<Option<Vec<Value>>>()?;
                Some(all_of(&words, true, *slop))
            }
            Shape::Near { left, right, within, ordered } => {
                if !(is_rigid(left) && is_rigid(right)) || *within == 0 {
                    return None;
                }
                let (left, right) = (self.rule(left)?, self.rule(right)?);
                let follows =
                    |first: &Value, second: &Value| all_of(&[first.clone(), second.clone()], true, within - 1);
                match ordered {
                    true => Some(follows(&left, &right)),
                    false => Some(any_of(&[follows(&left, &right), follows(&right, &left)])),
                }
            }
            Shape::Any(shapes) => {
                let rules = shapes.iter().map(|shape| self.rule(shape)).collect::<Option<Vec<Value>>>()?;
                Some(any_of(&rules))
            }
            // between two passages lie more positions than a passage has
            Shape::Same(shapes) => {
                let rules = shapes.iter().map(|shape| self.rule(shape)).collect::<Option<Vec<Value>>>()?;
                Some(all_of(&rules, false, MAX_POSITIONS as u32))
            }
        }
    }

    fn word(&self, atom: usize) -> Option<Value> {
        let atom = &self.compiled.atoms[atom];
        let word = |term: &String| json!({ "match": { "query": term, "max_gaps": 0, "ordered": true } });
        match (&atom.test, atom.terms.as_slice()) {
            (Test::Any, [term]) => Some(word(term)),
            (Test::Any, terms) if !terms.is_empty() => Some(any_of(&terms.iter().map(word).collect::<Vec<Value>>())),
            _ => None,
        }
    }

    /// Articles that have the words of a leaf, in whatever places.
    fn roughly(&self, leaf: &Leaf, idf: f32) -> Value {
        let words = self.words(&leaf.shape, if field_of(leaf) == HEADLINE { TEXT } else { field_of(leaf) });
        json!({ "constant_score": { "filter": words, "boost": idf.max(0.0) } })
    }

    fn words(&self, shape: &Shape, field: &str) -> Value {
        let all = |queries: Vec<Value>| json!({ "bool": { "filter": queries } });
        match shape {
            Shape::Atom(atom) => {
                let atom = &self.compiled.atoms[*atom];
                if is_of_forms(atom) { with_forms(atom) } else { json!({ "terms": { field: atom.terms } }) }
            }
            Shape::Phrase { atoms, .. } => {
                all(atoms.iter().map(|&atom| self.words(&Shape::Atom(atom), field)).collect())
            }
            Shape::Near { left, right, .. } => all(vec![self.words(left, field), self.words(right, field)]),
            Shape::Same(shapes) => all(shapes.iter().map(|shape| self.words(shape, field)).collect()),
            Shape::Any(shapes) => {
                let queries: Vec<Value> = shapes.iter().map(|shape| self.words(shape, field)).collect();
                json!({ "bool": { "should": queries, "minimum_should_match": 1 } })
            }
        }
    }
}

fn field_of(leaf: &Leaf) -> &'static str {
    match leaf.field {
        Some(QueryField::Headline) => HEADLINE,
        Some(QueryField::Outlet) => OUTLET,
        Some(QueryField::Credit) => CREDIT,
        Some(QueryField::Byline) => BYLINE,
        Some(QueryField::Section) => SECTION,
        Some(QueryField::Page) => PAGE,
        Some(QueryField::Site) => SITE,
        None => TEXT,
    }
}

/// Whether an atom is told by the words as they stand.
fn is_of_forms(atom: &Atom) -> bool {
    atom.name.is_none() && atom.test != Test::Any
}

/// The articles that have the words that tell an atom, or come nearest to it.
fn with_forms(atom: &Atom) -> Value {
    match &atom.test {
        Test::InCapitals(_) | Test::Signed(_) => json!({ "terms": { CAPITALS: atom.terms } }),
        Test::WithCapital(form) => {
            let ways = [json!({ "term": { CAPITALIZED: form } }), json!({ "term": { CAPITALS: own_capital(form) } })];
            json!({ "bool": { "should": ways, "minimum_should_match": 1 } })
        }
        _ => json!({ "terms": { FORMS: atom.terms } }),
    }
}

/// Whether no match of a shape lies within another: of those, Lucene knows the shortest only.
fn is_rigid(shape: &Shape) -> bool {
    match shape {
        Shape::Atom(_) | Shape::Phrase { slop: 0, .. } => true,
        Shape::Any(shapes) => shapes.iter().all(|shape| matches!(shape, Shape::Atom(_))),
        _ => false,
    }
}

fn all_of(rules: &[Value], ordered: bool, gaps: u32) -> Value {
    json!({ "all_of": { "intervals": rules, "ordered": ordered, "max_gaps": gaps } })
}

fn any_of(rules: &[Value]) -> Value {
    json!({ "any_of": { "intervals": rules } })
}

fn unscored(query: Value) -> Value {
    json!({ "constant_score": { "filter": query, "boost": 0.0 } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;
    use crate::matching::{NoWords, compile};
    use crate::query::parse;

    fn asked(text: &str) -> ClusterQuery {
        let compiled = compile(&parse(text).root, &Analyzer::default(), &NoWords).expect("no error");
        let weights: Vec<LeafWeight> =
            compiled.leaves.iter().map(|_| LeafWeight { idf: 2.0, other_forms: 2.0, length: 1, typed: true }).collect();
        ask(&compiled, &weights, &DateFilter::default())
    }

    #[test]
    fn what_positions_of_stems_tell_is_asked_exactly() {
        for (query, exact) in [
            ("Helsinki venue", true),
            ("\"news conference\"", true),
            ("\"date location\"~3", true),
            ("Bolton NEAR/8 (Lavrov OR Putin)", true),
            ("\"full scale\" PRE/3 relations", true),
            ("summit SAME Helsinki", true),
            ("+summit -football outlet:\"Radio Meridian\"", true),
            ("headline:summit", true),
            ("=Polish", false),
            ("(Bolton NEAR/3 Lavrov) NEAR/8 Putin", false),
            ("Bolton NEAR/8 (Lavrov OR \"Vladimir Putin\")", false),
            ("summit -=Polish", false),
        ] {
            assert_eq!(asked(query).exact, exact, "{query}: {}", asked(query).query);
        }
    }

    #[test]
    fn what_is_left_out_is_never_left_out_roughly() {
        let query = asked("summit -=Polish").query.to_string();
        assert!(query.contains(r#""must_not":[{"match_none":{}}]"#), "{query}");
    }
}
