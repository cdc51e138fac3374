//! A syntax tree and an analyzer -> atoms, leaves and the tree over them.

use std::collections::HashMap;

use super::{Atom, Compiled, Leaf, Name, Shape, Test, Tree};
use crate::analysis::{Analyzer, Token, stands_alone};
use crate::error::Result;
use crate::query::tree::{Clause, Field, Form, Node, Note, Occur, Phrase, Word};
use crate::query::{is_stopword, names_in, weight, without_addresses};

/// BM25's `k3`: how fast saying a word again stops to count (Robertson, Walker 1999, "Okapi/Keenbow at TREC-8": 7 to 1000).
const K3: f32 = 8.0;

/// The most leaves that a query has; what is said behind them is not searched.
pub const MAX_LEAVES: usize = 1024;

/// The words that an archive has: what patterns stand for.
pub trait Lexicon {
    /// The folded words that fit a folded pattern (`*` any letters or none, `?` one), and whether there were more.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    fn wildcard(&self, pattern: &str, name: Option<Name>) -> Result<(Vec<String>, bool)>;

    /// The folded words at most `edits` edits away from a folded word, and whether there were more.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    fn typos(&self, word: &str, edits: u8, name: Option<Name>) -> Result<(Vec<String>, bool)>;
}

/// Compiles a query.
///
/// # Errors
/// Those of the lexicon.
pub fn compile(root: &Node, analyzer: &Analyzer, lexicon: &dyn Lexicon) -> Result<Compiled> {
    let shouting = is_shouting(root);
    let (atoms, leaves, notes) = (Vec::new(), Vec::new(), Vec::new());
    let mut compiler = Compiler { analyzer, lexicon, shouting, atoms, numbers: HashMap::new(), leaves, notes };
    let tree = match root {
        // a word by itself is ranked as one among others is
        Node::Word(_) => {
            compiler.clauses(&[Clause { occur: Occur::Should, node: root.clone() }], Context::default())?
        }
        _ => compiler.tree(root, Context::default())?,
    };
    if let [only] = compiler.leaves.as_mut_slice() {
        // there is nothing to weigh it against, and the index is quicker with a plain term
        only.weight = 1.0;
    }
    let tree = tree.unwrap_or(Tree::Clauses(Vec::new()));
    let Compiler { atoms, leaves, notes, .. } = compiler;
    Ok(Compiled { atoms, leaves, tree, notes })
}

/// What holds for a part of a query by where it stands.
#[derive(Clone, Copy, Debug)]
struct Context {
    field: Option<Field>,
    weight: f32,
    negated: bool,
}

impl Default for Context {
    fn default() -> Self {
        Self { field: None, weight: 1.0, negated: false }
    }
}

impl Context {
    fn name(self) -> Option<Name> {
        match self.field? {
            Field::Headline => None,
            Field::Outlet => Some(Name::Outlet),
            Field::Credit => Some(Name::Credit),
        }
    }
}

struct Compiler<'a> {
    analyzer: &'a Analyzer,
    lexicon: &'a dyn Lexicon,
    /// Whether the whole query is in capitals, so that capitals say nothing.
    shouting: bool,
    atoms: Vec<Atom>,
    numbers: HashMap<Atom, usize>,
    leaves: Vec<Leaf>,
    notes: Vec<Note>,
}

impl<'a> Compiler<'a> {
    /// The articles that `node` matches; none where it has no word in it.
    fn tree(&mut self, node: &Node, context: Context) -> Result<Option<Tree>> {
        Ok(match node {
            Node::Word(_) | Node::Phrase(_) | Node::Near(_) | Node::Same(_) => {
                let Some(shape) = self.shape(node, context)? else { return Ok(None) };
                self.leaf(shape, context, node.to_string()).map(Tree::Leaf)
            }
            Node::Clauses(clauses) => self.clauses(clauses, context)?,
            Node::All(nodes) => self.trees(nodes, context)?.map(Tree::All),
            Node::Any(nodes) => self.trees(nodes, context)?.map(Tree::Any),
            Node::Not(node) => {
                let negated = self.tree(node, Context { negated: true, ..context })?;
                negated.map(|tree| Tree::Not(Box::new(tree)))
            }
            Node::In(field, node) => self.tree(node, Context { field: Some(*field), ..context })?,
            Node::Boost(boost, node) => self.tree(node, Context { weight: context.weight * boost, ..context })?,
        })
    }

    fn trees(&mut self, nodes: &[Node], context: Context) -> Result<Option<Vec<Tree>>> {
        let mut trees = Vec::with_capacity(nodes.len());
        for node in nodes {
            trees.extend(self.tree(node, context)?);
        }
        Ok((!trees.is_empty()).then_some(trees))
    }

    /// Ranked clauses: words without evidence are dropped unless nothing else is left; a word said twice counts almost twice.
    fn clauses(&mut self, clauses: &[Clause], context: Context) -> Result<Option<Tree>> {
        let mut kept = Vec::new();
        let mut dropped = Vec::new();
        for clause in clauses {
            match &clause.node {
                Node::Word(word)
                    if clause.occur == Occur::Should && word.form == Form::Any && context.name().is_none() =>
                {
                    for (term, stop) in self.ranked_terms(&word.text) {
                        if stop { &mut dropped } else { &mut kept }.push((Occur::Should, Part::Term(term)));
                    }
                }
                node => kept.push((clause.occur, Part::Node(node))),
            }
        }
        if kept.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            dropped.append(&mut kept);
            kept = dropped;
        }
        let mut trees: Vec<(Occur, Tree)> = Vec::with_capacity(kept.len());
        let mut words: HashMap<Vec<usize>, usize> = HashMap::new();
        let mut said: HashMap<usize, f32> = HashMap::new();
        for (occur, part) in kept {
            match part {
                Part::Term(term) => {
                    let atoms: Vec<usize> = term.atoms.into_iter().map(|atom| self.atom(atom)).collect();
                    let weight = term.weight;
                    if let Some(&leaf) = words.get(&atoms) {
                        said.entry(leaf).and_modify(|said| *said += weight);
                        continue;
                    }
                    let shape = phrase(atoms.clone(), 0);
                    let Some(leaf) = shape.and_then(|shape| self.leaf(shape, context, term.label)) else { continue };
                    said.insert(leaf, weight);
                    words.insert(atoms, leaf);
                    trees.push((occur, Tree::Leaf(leaf)));
                }
                Part::Node(node) => {
                    let negated = context.negated || occur == Occur::MustNot;
                    trees.extend(self.tree(node, Context { negated, ..context })?.map(|tree| (occur, tree)));
                }
            }
        }
        for (leaf, said) in said {
            self.leaves[leaf].weight = saturated(said) * context.weight;
        }
        Ok((!trees.is_empty()).then(|| self.with_filters(trees)))
    }

    /// A name that must be there narrows what the words find; it does not stand in for a word.
    fn with_filters(&self, clauses: Vec<(Occur, Tree)>) -> Tree {
        let is_filter = |(occur, tree): &(Occur, Tree)| *occur == Occur::Must && self.is_of_names(tree);
        let (filters, rest): (Vec<_>, Vec<_>) = clauses.into_iter().partition(is_filter);
        if filters.is_empty() || rest.iter().all(|(occur, _)| *occur != Occur::Should) {
            return Tree::Clauses(filters.into_iter().chain(rest).collect());
        }
        Tree::All(filters.into_iter().map(|(_, tree)| tree).chain([Tree::Clauses(rest)]).collect())
    }

    fn is_of_names(&self, tree: &Tree) -> bool {
        match tree {
            Tree::Leaf(leaf) => matches!(self.leaves[*leaf].field, Some(Field::Outlet | Field::Credit)),
            Tree::All(trees) | Tree::Any(trees) => trees.iter().all(|tree| self.is_of_names(tree)),
            Tree::Not(tree) => self.is_of_names(tree),
            Tree::Clauses(clauses) => clauses.iter().all(|(_, tree)| self.is_of_names(tree)),
        }
    }

    /// The terms of a ranked word, each with whether it is a function word that carries no evidence. The parts of
    /// `full-scale` rank by themselves, and nearness does the rest; a run of a script without spaces ranks by its pairs
    /// of neighbouring characters.
    fn ranked_terms(&self, text: &str) -> Vec<(Term, bool)> {
        let kept = without_addresses(text);
        let mut terms = self.terms_of(kept);
        for name in names_in(kept).iter().flat_map(|names| names.split(' ')) {
            terms.extend(self.terms_of(name));
        }
        // an address counts only where nothing else does
        terms.extend(self.terms_of(&text[kept.len()..]).into_iter().map(|(term, _)| (term, true)));
        terms
    }

    fn terms_of(&self, text: &str) -> Vec<(Term, bool)> {
        let tokens = self.analyzer.tokens(text);
        let folded = self.analyzer.folded(text);
        let in_capitals = !self.shouting && is_in_capitals(text);
        let touches = |a: &Token, b: &Token| is_alone(&a.term) && is_alone(&b.term) && a.end == b.start;
        let mut terms = Vec::with_capacity(tokens.len());
        for (n, (token, word)) in tokens.iter().zip(&folded).enumerate() {
            let next = tokens.get(n + 1).filter(|next| touches(token, next));
            if next.is_none() && n > 0 && touches(&tokens[n - 1], token) {
                // the last of a run is in the pair before
                continue;
            }
            let pair = std::iter::once(token).chain(next);
            let atoms = pair.map(|t| Atom { name: None, terms: vec![t.term.clone()], test: Test::Any }).collect();
            let label = text[token.start..next.unwrap_or(token).end].to_owned();
            let weight = if in_capitals { 1.0 } else { weight(self.analyzer.language(), word) };
            terms.push((Term { atoms, label, weight }, !in_capitals && is_stopword(self.analyzer.language(), word)));
        }
        terms
    }

    /// What `node` matches within a passage; none where it has no word in it.
    fn shape(&mut self, node: &Node, context: Context) -> Result<Option<Shape>> {
        Ok(match node {
            Node::Word(word) => {
                let atoms = self.atoms_of(word, context)?;
                phrase(atoms, 0)
            }
            Node::Phrase(Phrase { words, slop }) => {
                let mut atoms = Vec::new();
                for word in words {
                    atoms.extend(self.atoms_of(word, context)?);
                }
                phrase(atoms, *slop)
            }
            Node::Near(near) => match (self.shape(&near.left, context)?, self.shape(&near.right, context)?) {
                (Some(left), Some(right)) => {
                    let (left, right) = (Box::new(left), Box::new(right));
                    Some(Shape::Near { left, right, within: near.within, ordered: near.ordered })
                }
                (left, right) => left.or(right),
            },
            Node::Same(nodes) | Node::All(nodes) => self.shapes(nodes.iter(), context)?.map(one_or(Shape::Same)),
            Node::Any(nodes) => self.shapes(nodes.iter(), context)?.map(one_or(Shape::Any)),
            Node::Clauses(clauses) => {
                let positive = clauses.iter().filter(|clause| clause.occur != Occur::MustNot);
                self.shapes(positive.map(|clause| &clause.node), context)?.map(one_or(Shape::Any))
            }
            Node::In(_, node) | Node::Boost(_, node) => self.shape(node, context)?,
            Node::Not(_) => None,
        })
    }

    fn shapes<'n>(&mut self, nodes: impl Iterator<Item = &'n Node>, context: Context) -> Result<Option<Vec<Shape>>> {
        let mut shapes = Vec::new();
        for node in nodes {
            shapes.extend(self.shape(node, context)?);
        }
        Ok((!shapes.is_empty()).then_some(shapes))
    }

    /// The atoms of a word, in order: several for `full-scale`, none for `--`.
    fn atoms_of(&mut self, word: &Word, context: Context) -> Result<Vec<usize>> {
        let name = context.name();
        let atoms = match word.form {
            Form::Any if name.is_some() => {
                self.each_form(&word.text, name, |form, _| (vec![form.to_owned()], Test::Any))
            }
            Form::Any => {
                let atom = |term| Atom { name, terms: vec![term], test: Test::Any };
                self.analyzer.tokens(&word.text).into_iter().map(|token| atom(token.term)).collect()
            }
            Form::Exact => self.each_form(&word.text, name, |form, written| {
                let test = match written == form || name.is_some() {
                    true => Test::Forms([form.to_owned()].into()),
                    false => Test::Written(written.to_owned()),
                };
                (vec![form.to_owned()], test)
            }),
            Form::Wildcard | Form::Typo(_) => self.expanded(word, name)?,
        };
        Ok(atoms.into_iter().map(|atom| self.atom(atom)).collect())
    }

    fn each_form(&self, text: &str, name: Option<Name>, make: impl Fn(&str, &str) -> (Vec<String>, Test)) -> Vec<Atom> {
        let tokens = self.analyzer.tokens(text);
        let folded = self.analyzer.folded(text);
        let atom = |(token, form): (&Token, &String)| {
            let (terms, test) = make(form, &text[token.start..token.end]);
            Atom { name, terms, test }
        };
        tokens.iter().zip(&folded).map(atom).collect()
    }

    /// The atoms of a pattern: the words of the archive that fit it.
    fn expanded(&mut self, word: &Word, name: Option<Name>) -> Result<Vec<Atom>> {
        let mut atoms = Vec::new();
        for part in word.text.split(|c: char| !is_of_pattern(c)).filter(|part| part.chars().any(char::is_alphanumeric))
        {
            let (forms, cut) = match word.form {
                Form::Typo(edits) => self.lexicon.typos(&self.analyzer.folded(part).concat(), edits, name)?,
                _ => self.lexicon.wildcard(&self.analyzer.folded_pattern(part), name)?,
            };
            if cut {
                let text = format!("{part:?} fits too many words, the {} most frequent are looked for", forms.len());
                self.notes.push(Note { at: 0, text });
            }
            let test = if name.is_some() { Test::Any } else { Test::Forms(forms.iter().cloned().collect()) };
            atoms.push(Atom { name, terms: forms, test });
        }
        Ok(atoms)
    }

    fn atom(&mut self, atom: Atom) -> usize {
        let next = self.atoms.len();
        let number = *self.numbers.entry(atom.clone()).or_insert(next);
        if number == next {
            self.atoms.push(atom);
        }
        number
    }

    fn leaf(&mut self, shape: Shape, context: Context, label: String) -> Option<usize> {
        if self.leaves.len() == MAX_LEAVES {
            return None;
        }
        let Context { field, weight, negated } = context;
        self.leaves.push(Leaf { shape, field, weight, negated, label });
        Some(self.leaves.len() - 1)
    }
}

enum Part<'n> {
    Term(Term),
    Node(&'n Node),
}

struct Term {
    /// One, or a pair of characters.
    atoms: Vec<Atom>,
    label: String,
    /// 1, or less for a word of small meaning.
    weight: f32,
}

/// What a word counts that a query says so many times.
fn saturated(said: f32) -> f32 {
    said * (K3 + 1.0) / (K3 + said)
}

/// Whether a term is a character of a script without spaces, not a word by itself.
fn is_alone(term: &str) -> bool {
    term.starts_with(stands_alone)
}

fn phrase(mut atoms: Vec<usize>, slop: u32) -> Option<Shape> {
    match atoms.len() {
        0 => None,
        1 => atoms.pop().map(Shape::Atom),
        _ => Some(Shape::Phrase { atoms, slop }),
    }
}

fn one_or(many: impl Fn(Vec<Shape>) -> Shape) -> impl Fn(Vec<Shape>) -> Shape {
    move |mut shapes| match shapes.pop() {
        Some(one) if shapes.is_empty() => one,
        last => {
            shapes.extend(last);
            many(shapes)
        }
    }
}

fn is_of_pattern(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '*' | '?' | '\'' | '’' | '.')
}

/// `US`, `IT`, `WHO`: two capitals or more and no small letter.
fn is_in_capitals(words: &str) -> bool {
    words.chars().filter(|c| c.is_alphabetic()).count() > 1 && !words.chars().any(char::is_lowercase)
}

/// Whether a query of several words has no small letter.
fn is_shouting(root: &Node) -> bool {
    let mut words = Vec::new();
    collect_words(root, &mut words);
    words.len() > 1 && !words.iter().any(|word| word.chars().any(char::is_lowercase))
}

fn collect_words<'n>(node: &'n Node, words: &mut Vec<&'n str>) {
    match node {
        Node::Word(word) => words.push(&word.text),
        Node::Phrase(phrase) => words.extend(phrase.words.iter().map(|word| word.text.as_str())),
        Node::Near(near) => {
            collect_words(&near.left, words);
            collect_words(&near.right, words);
        }
        Node::Same(nodes) | Node::All(nodes) | Node::Any(nodes) => {
            nodes.iter().for_each(|node| collect_words(node, words));
        }
        Node::Clauses(clauses) => clauses.iter().for_each(|clause| collect_words(&clause.node, words)),
        Node::Not(node) | Node::In(_, node) | Node::Boost(_, node) => collect_words(node, words),
    }
}

/// The lexicon of an archive without words.
#[cfg(test)]
pub(crate) struct NoWords;

#[cfg(test)]
impl Lexicon for NoWords {
    fn wildcard(&self, _: &str, _: Option<Name>) -> Result<(Vec<String>, bool)> {
        Ok((Vec::new(), false))
    }

    fn typos(&self, _: &str, _: u8, _: Option<Name>) -> Result<(Vec<String>, bool)> {
        Ok((Vec::new(), false))
    }
}

#[cfg(test)]
mod tests;
