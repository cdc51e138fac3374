//! How the archive writes the words of a query: which are names, and of which those in capitals are meant.

use std::collections::BTreeSet;

use super::Compiler;
use crate::analysis::{AnalyzedToken, Analyzer, Capital};
use crate::error::Result;
use crate::matching::{Atom, Test, TypedWord, WrittenAs};
use crate::query::tree::{Form, Node, Note};
use crate::query::{is_stopword, without_addresses};

impl Compiler<'_> {
    /// Learns how the archive writes the words below `root`; names are told.
    pub(super) fn learn_writings(&mut self, root: &Node) -> Result<()> {
        let mut words = BTreeSet::new();
        let mut with_capital = false;
        collect(root, &mut |text| with_capital |= text.starts_with(char::is_uppercase));
        collect(root, &mut |text| words.extend(typed_words(text, self.analyzer, self.shouting, with_capital)));
        if words.is_empty() {
            return Ok(());
        }
        let words: Vec<TypedWord> = words.into_iter().collect();
        for (word, writing) in words.iter().zip(self.lexicon.writings(&words)?) {
            if let WrittenAs::Name(others) = &writing
                && !others.is_empty()
            {
                let text = name_note(&word.form, others);
                self.notes.push(Note { at: 0, text });
            }
            if writing != WrittenAs::Common {
                self.writings.insert(word.form.clone(), writing);
            }
        }
        Ok(())
    }

    /// The atom of a word that stands for some words with its stem only.
    pub(super) fn narrow_atom(&self, form: &str, stem: &str) -> Option<Atom> {
        let test = match self.writings.get(form)? {
            WrittenAs::Common => return None,
            WrittenAs::Name(_) => Test::Name(form.to_owned(), stem.to_owned()),
            WrittenAs::InCapitals => Test::InCapitals(form.to_owned()),
        };
        Some(Atom { name: None, terms: vec![form.to_owned()], test })
    }

    /// The atom of the stem that a name would have if it were none.
    pub(super) fn stem_of(&mut self, narrow: &Atom) -> Option<usize> {
        let Test::Name(_, stem) = &narrow.test else { return None };
        Some(self.atom(Atom { name: None, terms: vec![stem.clone()], test: Test::Any }))
    }
}

/// What is told of a name.
fn name_note(form: &str, others: &[String]) -> String {
    let quoted: Vec<String> = others.iter().map(|other| format!("\"{other}\"")).collect();
    let wider = others.first().map_or(String::new(), |other| format!("; ({form} OR {other}) finds both"));
    format!(
        "\"{form}\" is a name in this archive, and {} no form of it{wider}",
        match quoted.as_slice() {
            [one] => format!("{one} is"),
            many => format!("{} are", many.join(", ")),
        }
    )
}

/// Calls `each` with the words below a node that stand for all their forms in the text, but for those of a phrase and
/// those that are to be near others.
fn collect(node: &Node, each: &mut impl FnMut(&str)) {
    match node {
        Node::Word(word) if word.form == Form::Any => each(&word.text),
        Node::Word(_) | Node::Phrase(_) | Node::Near(_) | Node::Same(_) => {}
        Node::In(field, _) if field.is_of_names() => {}
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| collect(node, each)),
        Node::Clauses(clauses) => clauses.iter().for_each(|clause| collect(&clause.node, each)),
        Node::Not(node) | Node::In(_, node) | Node::Boost(_, node) => collect(node, each),
    }
}

/// The words of what was typed that may be names, or are in capitals. Beside others with a capital a word without one is no
/// name.
fn typed_words(text: &str, analyzer: &Analyzer, shouting: bool, with_capital: bool) -> Vec<TypedWord> {
    let text = without_addresses(text);
    let word = |(token, form): (AnalyzedToken, String)| {
        let written = &text[token.start..token.end];
        let in_capitals = is_in_capitals(written, shouting);
        let function = is_stopword(analyzer.language(), &form);
        let typed_so = !with_capital || Capital::of(written).is_some();
        let may_be_name =
            typed_so && !function && form.chars().nth(1).is_some() && form.chars().all(char::is_alphabetic);
        (in_capitals || may_be_name).then_some(TypedWord { form, stem: token.term, in_capitals, function })
    };
    analyzer.words(text).into_iter().filter_map(word).collect()
}

/// Whether a word is meant to be in capitals: typed so, where not the whole query is, or as letters with dots.
pub(super) fn is_in_capitals(written: &str, shouting: bool) -> bool {
    has_dots(written) || (!shouting && Capital::of(written) == Some(Capital::All))
}

/// Whether a word is letters with dots: `U.S.`, `u.s`.
pub(super) fn has_dots(written: &str) -> bool {
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    letters > 1 && written.contains('.') && !written.contains(|c: char| c.is_numeric())
}
