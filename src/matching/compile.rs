//! A syntax tree and an analyzer -> atoms, leaves and the tree over them.

mod expanded;
mod misread;
mod ranked;
mod shouting;
mod typed;
mod writing;

use std::collections::HashMap;

use super::{Atom, Compiled, Leaf, Misreadings, Name, Shape, Test, Tree, TypedWord, WrittenAs};
use crate::analysis::{AnalyzedToken, Analyzer};
use crate::article::host;
use crate::error::Result;
use crate::query::Regex;
use crate::query::tree::{Clause, Form, Node, Note, Occur, Phrase, QueryField, Word};
use shouting::is_shouting;

/// The most leaves that a query has; what is said behind them is not searched.
pub const MAX_LEAVES: usize = 1024;

/// The words that an archive has: what patterns stand for.
pub trait Lexicon {
    /// The folded words that fit a folded pattern (`*` any letters or none, `?` one), and whether there were more.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    fn wildcard(&self, pattern: &str, name: Option<Name>) -> Result<(Vec<String>, bool)>;

    /// The folded words that a regular expression fits, its letters folded, and whether there were more.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    fn fitting(&self, regex: &Regex, name: Option<Name>) -> Result<(Vec<String>, bool)>;

    /// The folded words at most `edits` edits away from a folded word, and whether there were more.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    fn typos(&self, word: &str, edits: u8, name: Option<Name>) -> Result<(Vec<String>, bool)>;

    /// How the archive writes each of these words.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    fn writings(&self, words: &[TypedWord]) -> Result<Vec<WrittenAs>>;

    /// What the archive may have misread each of these words as, given its term and the folded word typed; nothing where that is
    /// not looked for.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    fn misread(&self, words: &[(String, String)]) -> Result<Vec<Misreadings>> {
        Ok(vec![Misreadings::default(); words.len()])
    }
}

/// Compiles a query.
///
/// # Errors
/// Those of the lexicon.
pub fn compile(root: &Node, analyzer: &Analyzer, lexicon: &dyn Lexicon) -> Result<Compiled> {
    let shouting = is_shouting(root);
    let (atoms, leaves, notes) = (Vec::new(), Vec::new(), Vec::new());
    let (numbers, writings, misread) = (HashMap::new(), HashMap::new(), HashMap::new());
    let (forms, passed_over) = (Vec::new(), 0);
    let mut compiler =
        Compiler { analyzer, lexicon, shouting, writings, misread, atoms, numbers, leaves, forms, notes, passed_over };
    compiler.learn_misread(root)?;
    compiler.learn_writings(root)?;
    let tree = match root {
        // a word by itself is ranked as one among others is
        Node::Word(_) => {
            compiler.clauses(&[Clause { occur: Occur::Should, node: root.clone() }], Context::default())?
        }
        _ => compiler.tree(root, Context::default())?,
    };
    compiler.rank_only_form();
    if let [only] = compiler.leaves.as_mut_slice() {
        // there is nothing to weigh it against, and the index is quicker with a plain term
        only.weight = 1.0;
    }
    let tree = tree.unwrap_or(Tree::Clauses(Vec::new()));
    let Compiler { atoms, leaves, notes, passed_over, .. } = compiler;
    Ok(Compiled { atoms, leaves, tree, notes, passed_over })
}

/// What holds for a part of a query by where it stands.
#[derive(Clone, Copy, Debug)]
struct Context {
    field: Option<QueryField>,
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
            QueryField::Headline => None,
            QueryField::Outlet => Some(Name::Outlet),
            QueryField::Credit => Some(Name::Credit),
            QueryField::Byline => Some(Name::Byline),
            QueryField::Section => Some(Name::Section),
            QueryField::Page => Some(Name::Page),
            QueryField::Site => Some(Name::Site),
        }
    }
}

struct Compiler<'a> {
    analyzer: &'a Analyzer,
    lexicon: &'a dyn Lexicon,
    /// Whether the whole query is in capitals, so that capitals say nothing.
    shouting: bool,
    /// How the archive writes the words typed, by their folded forms; those that it writes as any word are not there.
    writings: HashMap<String, WrittenAs>,
    /// The terms that the archive has misread words as, by the words' own terms; those with any.
    misread: HashMap<String, Vec<String>>,
    atoms: Vec<Atom>,
    numbers: HashMap<Atom, usize>,
    leaves: Vec<Leaf>,
    /// Leaves that are one word, whatever stands around it, and the form of it that was typed.
    forms: Vec<(usize, String)>,
    notes: Vec<Note>,
    passed_over: usize,
}

impl<'a> Compiler<'a> {
    /// The articles that `node` matches; none where it has no word in it.
    fn tree(&mut self, node: &Node, context: Context) -> Result<Option<Tree>> {
        Ok(match node {
            Node::Word(word) if word.form == Form::Any && context.name().is_none() => {
                self.word(word, node.to_string(), context)?.map(Tree::Leaf)
            }
            Node::Phrase(Phrase { words, .. }) if context.name().is_none() && is_one_word(words) => {
                self.word(&words[0], node.to_string(), context)?.map(Tree::Leaf)
            }
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

    /// The leaf of a word of which all forms are meant; of a name the form typed alone, and with it goes its stem's atom.
    fn word(&mut self, word: &Word, label: String, context: Context) -> Result<Option<usize>> {
        let words = self.analyzer.words(&word.text);
        let [(token, form)] = words.as_slice() else {
            let atoms = self.atoms_of(word, context)?;
            return Ok(phrase(atoms, 0).and_then(|shape| self.leaf(shape, context, label)));
        };
        let narrow = self.narrow_atom(&word.text, token, form);
        let stem = narrow.as_ref().and_then(|narrow| self.stem_of(narrow));
        let is_common = narrow.is_none();
        let atom = self.atom(narrow.unwrap_or_else(|| self.term_atom(&token.term)));
        let Some(leaf) = self.leaf(Shape::Atom(atom), context, label) else { return Ok(None) };
        self.leaves[leaf].stem = stem;
        if is_common {
            self.forms.push((leaf, form.clone()));
        }
        Ok(Some(leaf))
    }

    /// Where one word alone ranks, an article with the form typed ranks above one with others, whatever stands around it.
    fn rank_only_form(&mut self) {
        let only = self.leaves.iter().filter(|leaf| leaf.ranks()).count() == 1;
        for (leaf, form) in std::mem::take(&mut self.forms) {
            if only && self.leaves[leaf].ranks() {
                self.leaves[leaf].form = Some(self.atom(Atom::of_forms([form].into())));
            }
        }
    }

    fn trees(&mut self, nodes: &[Node], context: Context) -> Result<Option<Vec<Tree>>> {
        let mut trees = Vec::with_capacity(nodes.len());
        for node in nodes {
            trees.extend(self.tree(node, context)?);
        }
        Ok((!trees.is_empty()).then_some(trees))
    }

    /// What `node` matches within a passage; none where it has no word in it.
    fn shape(&mut self, node: &Node, context: Context) -> Result<Option<Shape>> {
        Ok(match node {
            Node::Word(word) => {
                let atoms = match word.form {
                    Form::Any if context.name().is_none() => self.words_as_written(&word.text, true),
                    _ => self.atoms_of(word, context)?,
                };
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
        let each = |tokens: Vec<AnalyzedToken>, test: fn(&AnalyzedToken, &str) -> Test| {
            let atom = |token: AnalyzedToken| Atom { name, test: test(&token, &word.text), terms: vec![token.term] };
            tokens.into_iter().map(atom).collect::<Vec<_>>()
        };
        let atoms = match word.form {
            Form::Wildcard | Form::Typo(_) => self.expanded(word, name)?,
            Form::Regex => self.fitting(&word.text, name)?.into_iter().collect(),
            // a host is one word, whatever stands in it
            _ if name == Some(Name::Site) => {
                let at = |host| Atom { name, test: Test::Any, terms: vec![host] };
                host(&word.text).map(at).into_iter().collect()
            }
            // names are in the index as they stand
            _ if name.is_some() => each(self.analyzer.forms(&word.text), |_, _| Test::Any),
            Form::Any => return Ok(self.words_as_written(&word.text, false)),
            Form::Exact => each(self.analyzer.forms(&word.text), |form, text| {
                let written = &text[form.start..form.end];
                match written == form.term {
                    true => Test::Forms([form.term.clone()].into()),
                    false => Test::Written(written.to_owned()),
                }
            }),
        };
        Ok(atoms.into_iter().map(|atom| self.atom(atom)).collect())
    }

    /// The atoms of words beside others: of a name whose other forms are told the form typed, of one in capitals or with signs
    /// what has them. Some are `misread` too, those of phrases are not.
    fn words_as_written(&mut self, text: &str, misread: bool) -> Vec<usize> {
        let atom = |(token, form): &(AnalyzedToken, String)| {
            let narrow = self.narrow_atom(text, token, form).filter(|_| self.is_apart(form));
            narrow.unwrap_or_else(|| match misread {
                true => self.term_atom(&token.term),
                false => Atom::of_term(&token.term),
            })
        };
        let atoms: Vec<Atom> = self.analyzer.words(text).iter().map(atom).collect();
        atoms.into_iter().map(|atom| self.atom(atom)).collect()
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
        self.leaves.push(Leaf { shape, field, weight, form: None, stem: None, negated, of_time: false, label });
        Some(self.leaves.len() - 1)
    }
}

/// Whether a phrase is one word of which all forms are meant.
fn is_one_word(words: &[Word]) -> bool {
    matches!(words, [word] if word.form == Form::Any)
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

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::NoWords;
