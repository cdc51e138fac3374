//! The words of a query that print may have been misread as: what they stand for besides.

use super::Compiler;
use crate::error::Result;
use crate::matching::{Atom, Misreadings, Test};
use crate::query::tree::{Form, Node, Note};
use crate::query::{is_stopword, without_addresses};

/// Words of a query for which misreadings are looked for; a page pasted as a query costs no more.
const MOST_WORDS: usize = 48;
/// The fewest letters of one: shorter words are near to too many.
const SHORTEST: usize = 4;
/// Words whose misreadings are told, and how many of each.
const TOLD: (usize, usize) = (3, 3);

impl Compiler<'_> {
    /// Learns what the archive has misread the words below `root` as; some of it is told.
    pub(super) fn learn_misread(&mut self, root: &Node) -> Result<()> {
        let mut texts = Vec::new();
        collect(root, &mut texts);
        let mut words: Vec<(String, String)> = Vec::new();
        for (token, form) in texts.into_iter().flat_map(|text| self.analyzer.words(without_addresses(text))) {
            let is_new = words.iter().all(|(term, _)| *term != token.term);
            if is_new && may_be_misread(&form) && !is_stopword(self.analyzer.language(), &form) {
                words.push((token.term, form));
            }
        }
        words.truncate(MOST_WORDS);
        if words.is_empty() {
            return Ok(());
        }
        let found = self.lexicon.misread(&words)?;
        self.tell_misread(&words, &found);
        let some = words.into_iter().zip(found).filter(|(_, misread)| !misread.terms.is_empty());
        self.misread = some.map(|((term, _), misread)| (term, misread.terms)).collect();
        Ok(())
    }

    fn tell_misread(&mut self, words: &[(String, String)], found: &[Misreadings]) {
        let some = || words.iter().zip(found).filter(|(_, misread)| !misread.forms.is_empty());
        let told = |((_, form), misread): (&(String, String), &Misreadings)| {
            let first: Vec<&str> = misread.forms.iter().take(TOLD.1).map(String::as_str).collect();
            let more = match misread.forms.len() - first.len() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let cut = if misread.cut { ", the likeliest of many" } else { "" };
            format!("\"{form}\" as {}{more}{cut}", first.join(", "))
        };
        let lines: Vec<String> = some().take(TOLD.0).map(told).collect();
        if !lines.is_empty() {
            let others = if some().count() > TOLD.0 { "; other words too" } else { "" };
            self.notes.push(Note { at: 0, text: format!("also looked for as misread: {}{others}", lines.join("; ")) });
        }
    }

    /// The atom of all words with a term, and of what they were misread as.
    pub(super) fn term_atom(&self, term: &str) -> Atom {
        let misread = self.misread.get(term).into_iter().flatten().cloned();
        let terms = std::iter::once(term.to_owned()).chain(misread).collect();
        Atom { name: None, terms, test: Test::Any }
    }

    /// Whether the archive has a word with this term misread.
    pub(super) fn is_misread(&self, term: &str) -> bool {
        self.misread.contains_key(term)
    }
}

/// Whether a folded word is long enough, and of letters.
fn may_be_misread(form: &str) -> bool {
    form.chars().count() >= SHORTEST && form.chars().all(char::is_alphabetic)
}

/// The words below a node that stand for all their forms in the text, but for those of phrases.
fn collect<'n>(node: &'n Node, texts: &mut Vec<&'n str>) {
    match node {
        Node::Word(word) if word.form == Form::Any => texts.push(&word.text),
        Node::Word(_) | Node::Phrase(_) => {}
        Node::In(field, _) if field.is_of_names() => {}
        Node::Near(near) => [&near.left, &near.right].into_iter().for_each(|node| collect(node, texts)),
        Node::Same(nodes) | Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| collect(node, texts)),
        Node::Clauses(clauses) => clauses.iter().for_each(|clause| collect(&clause.node, texts)),
        Node::Not(node) | Node::In(_, node) | Node::Boost(_, node) => collect(node, texts),
    }
}
