//! Ranked clauses: which words of a question count, and how much.

use std::collections::{BTreeSet, HashMap};

use super::typed::{has_dots, is_in_capitals};
use super::{Compiler, Context, phrase};
use crate::analysis::{AnalyzedToken, stands_alone};
use crate::error::Result;
use crate::matching::{Atom, Test, Tree};
use crate::query::tree::{Clause, Form, Node, Occur, QueryField};
use crate::query::{is_stopword, names_in, weight, without_addresses};

/// BM25's `k3`: how fast saying a word again stops to count (Robertson, Walker 1999, "Okapi/Keenbow at TREC-8": 7 to 1000).
const K3: f32 = 8.0;

/// Words of a query that has no others to tell what is meant, so that the form typed has to. In longer queries that was
/// measured to lose: nDCG@10 fell by 3.4% on NPL.
const FEW_WORDS: usize = 1;

/// A clause, or a term of one that is a ranked word.
enum RankedPart<'n> {
    Term(Term),
    Node(&'n Node),
}

/// What ranks of a word.
struct Term {
    /// One, or a pair of characters.
    atoms: Vec<Atom>,
    label: String,
    /// The word folded, where it is not its own stem.
    form: Option<String>,
    /// 1, or less for a word of small meaning.
    weight: f32,
    /// Whether it carries no evidence: a function word, or part of an address.
    stop: bool,
}

/// What a query says of a term.
struct Said {
    leaf: usize,
    /// How often.
    times: f32,
    /// In which forms; none where one of them is the stem itself.
    forms: Option<BTreeSet<String>>,
}

/// The terms that were said, by their atoms.
type SaidTerms = HashMap<Vec<usize>, Said>;

impl Compiler<'_> {
    /// Ranked clauses: a word said twice counts almost twice.
    pub(super) fn clauses(&mut self, clauses: &[Clause], context: Context) -> Result<Option<Tree>> {
        let mut trees: Vec<(Occur, Tree)> = Vec::with_capacity(clauses.len());
        let mut said = SaidTerms::new();
        for (occur, part) in self.parts(clauses, context) {
            let tree = match part {
                RankedPart::Term(term) => self.term(term, context, &mut said),
                RankedPart::Node(node) => {
                    let negated = context.negated || occur == Occur::MustNot;
                    self.tree(node, Context { negated, ..context })?
                }
            };
            trees.extend(tree.map(|tree| (occur, tree)));
        }
        let mut said: Vec<Said> = said.into_values().collect();
        said.sort_unstable_by_key(|said| said.leaf);
        let few = said.len() <= FEW_WORDS;
        for Said { leaf, times, forms } in said {
            self.leaves[leaf].weight = saturated(times) * context.weight;
            self.leaves[leaf].form = forms.filter(|_| few).map(|forms| self.atom(Atom::of_forms(forms)));
        }
        Ok((!trees.is_empty()).then(|| self.with_filters(trees)))
    }

    /// The clauses, ranked words by their terms; those without evidence are dropped unless nothing else is left.
    fn parts<'n>(&mut self, clauses: &'n [Clause], context: Context) -> Vec<(Occur, RankedPart<'n>)> {
        let is_ranked = |occur, form| occur == Occur::Should && form == Form::Any && context.name().is_none();
        let (mut kept, mut dropped) = (Vec::new(), Vec::new());
        for clause in clauses {
            match &clause.node {
                Node::Word(word) if is_ranked(clause.occur, word.form) => {
                    for term in self.ranked_terms(&word.text) {
                        if term.stop { &mut dropped } else { &mut kept }.push((Occur::Should, RankedPart::Term(term)));
                    }
                }
                node => kept.push((clause.occur, RankedPart::Node(node))),
            }
        }
        if kept.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            dropped.append(&mut kept);
            return dropped;
        }
        self.passed_over += dropped.len();
        kept
    }

    /// A term's leaf; none where it has one already.
    fn term(&mut self, term: Term, context: Context, said: &mut SaidTerms) -> Option<Tree> {
        let stem = term.atoms.first().cloned().and_then(|atom| self.stem_of(&atom));
        let atoms: Vec<usize> = term.atoms.into_iter().map(|atom| self.atom(atom)).collect();
        if let Some(said) = said.get_mut(&atoms) {
            said.times += term.weight;
            said.forms.iter_mut().for_each(|forms| forms.extend(term.form.clone()));
            return None;
        }
        let leaf = self.leaf(phrase(atoms.clone(), 0)?, context, term.label)?;
        self.leaves[leaf].stem = stem;
        said.insert(atoms, Said { leaf, times: term.weight, forms: term.form.map(|form| BTreeSet::from([form])) });
        Some(Tree::Leaf(leaf))
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
            Tree::Leaf(leaf) => self.leaves[*leaf].field.is_some_and(QueryField::is_of_names),
            Tree::All(trees) | Tree::Any(trees) => trees.iter().all(|tree| self.is_of_names(tree)),
            Tree::Not(tree) => self.is_of_names(tree),
            Tree::Clauses(clauses) => clauses.iter().all(|(_, tree)| self.is_of_names(tree)),
        }
    }
}

impl Compiler<'_> {
    /// The terms of a ranked word. The parts of `full-scale` rank by themselves, and nearness does the rest; a run of a
    /// script without spaces ranks by its pairs of neighbouring characters.
    fn ranked_terms(&self, text: &str) -> Vec<Term> {
        let kept = without_addresses(text);
        let mut terms = self.terms_of(kept);
        for name in names_in(kept).iter().flat_map(|names| names.split(' ')) {
            terms.extend(self.terms_of(name));
        }
        // an address counts only where nothing else does
        let address = self.terms_of(&text[kept.len()..]);
        terms.extend(address.into_iter().map(|term| Term { stop: true, ..term }));
        terms
    }

    fn terms_of(&self, text: &str) -> Vec<Term> {
        let words = self.analyzer.words(text);
        if self.is_joined(text, &words) {
            let written = &text[words[0].0.start..words[words.len() - 1].0.end];
            let (atoms, label) =
                (words.iter().map(|(token, _)| Atom::of_term(&token.term)).collect(), written.to_owned());
            return vec![Term { atoms, label, form: None, weight: 1.0, stop: false }];
        }
        let touches = |a: &AnalyzedToken, b: &AnalyzedToken| is_alone(&a.term) && is_alone(&b.term) && a.end == b.start;
        let mut terms = Vec::with_capacity(words.len());
        for (n, (token, word)) in words.iter().enumerate() {
            let next = words.get(n + 1).map(|(next, _)| next).filter(|next| touches(token, next));
            if next.is_none() && n > 0 && touches(&words[n - 1].0, token) {
                // the last of a run is in the pair before
                continue;
            }
            let written = &text[token.start..next.unwrap_or(token).end];
            terms.push(match next {
                Some(next) => Term::pair(token, next, written),
                None => self.term_of(text, token, word),
            });
        }
        terms
    }

    /// Whether a word's parts say little by themselves, and a sign joins them: `AT&T`, `I-95`, `24/7`, `and/or`.
    fn is_joined(&self, text: &str, words: &[(AnalyzedToken, String)]) -> bool {
        let says_little = |word: &str| word.chars().nth(1).is_none() || is_stopword(self.analyzer.language(), word);
        let is_short = |word: &str| says_little(word) || word.chars().nth(2).is_none();
        let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        let joined_by = |sign: &str| words.windows(2).all(|pair| &text[pair[0].0.end..pair[1].0.start] == sign);
        let mut parts = words.iter().map(|(_, word)| word.as_str());
        match words {
            [] | [_] => false,
            _ if joined_by("&") => parts.any(says_little),
            _ if joined_by("-") || joined_by("/") => {
                parts.clone().all(is_short)
                    || (parts.clone().any(|word| !is_number(word))
                        && parts.all(|word| is_short(word) || is_number(word)))
            }
            _ => false,
        }
    }

    fn term_of(&self, text: &str, token: &AnalyzedToken, word: &str) -> Term {
        let (language, written) = (self.analyzer.language(), &text[token.start..token.end]);
        let narrow = self.narrow_atom(text, token, word);
        // `e.g.` is a function word, unless the archive has it in capitals
        let in_capitals = is_in_capitals(written, self.shouting) && (narrow.is_some() || !has_dots(written));
        let as_typed = in_capitals || narrow.as_ref().is_some_and(|atom| !matches!(atom.test, Test::Name(..)));
        let form = narrow.is_none().then(|| word.to_owned());
        Term {
            atoms: vec![narrow.unwrap_or_else(|| self.term_atom(&token.term))],
            label: written.to_owned(),
            form,
            weight: if as_typed { 1.0 } else { weight(language, word) },
            stop: !as_typed && is_stopword(language, word),
        }
    }
}

impl Term {
    /// Two characters of a script without spaces.
    fn pair(one: &AnalyzedToken, other: &AnalyzedToken, written: &str) -> Self {
        let atoms = [one, other].map(|token| Atom::of_term(&token.term)).into();
        Self { atoms, label: written.to_owned(), form: None, weight: 1.0, stop: false }
    }
}

/// What a word counts that a query says so many times.
fn saturated(said: f32) -> f32 {
    said * (K3 + 1.0) / (K3 + said)
}

/// Whether a term is a character of a script without spaces, not a word by itself.
fn is_alone(term: &str) -> bool {
    term.starts_with(stands_alone)
}
