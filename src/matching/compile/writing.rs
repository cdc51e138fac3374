//! How the archive writes the words of a query: which are names, and of which those in capitals are meant.

use std::collections::BTreeSet;

use super::Compiler;
use super::typed::{SHORT, TypedText, beside_texts, signed, typed_texts, typed_words};
use crate::analysis::{AnalyzedToken, Capital};
use crate::error::Result;
use crate::matching::{Atom, Test, TypedWord, WrittenAs};
use crate::query::is_stopword;
use crate::query::tree::{Node, Note};

impl Compiler<'_> {
    /// Learns how the archive writes the words below `root`; names are told, and what is not looked for as it was typed.
    pub(super) fn learn_writings(&mut self, root: &Node) -> Result<()> {
        let typed = typed_texts(root, self.shouting);
        let beside = beside_texts(root);
        let all = || typed.iter().chain(&beside);
        let beside_capitals = all().any(|typed| typed.text.starts_with(char::is_uppercase));
        let words = all().flat_map(|typed| typed_words(typed, self.analyzer, self.shouting, beside_capitals));
        let words: Vec<TypedWord> = words.collect::<BTreeSet<_>>().into_iter().collect();
        let writings = if words.is_empty() { Vec::new() } else { self.lexicon.writings(&words)? };
        for (word, writing) in words.into_iter().zip(writings) {
            // what was misread has no capital that tells
            let is_widened = matches!(writing, WrittenAs::Name(_)) && self.is_misread(&word.stem);
            let writing = if is_widened { WrittenAs::Common } else { writing };
            match (&writing, word.signed) {
                (WrittenAs::Signed, Some(signed)) => _ = self.writings.insert(signed, writing),
                (_, signed) => {
                    self.tell_writing(&word.form, &writing, signed.as_deref());
                    if writing != WrittenAs::Common {
                        self.writings.insert(word.form, writing);
                    }
                }
            }
        }
        self.tell_passed_over(&typed);
        Ok(())
    }

    fn tell_writing(&mut self, form: &str, writing: &WrittenAs, signed: Option<&str>) {
        let text = match (writing, signed) {
            (_, Some(signed)) => format!("no article has \"{signed}\": read as \"{form}\""),
            (WrittenAs::Name(others), None) if !others.is_empty() => name_note(form, others),
            _ => return,
        };
        self.notes.push(Note { at: 0, text });
    }

    /// Tells which function words are passed over although they were given a capital, or stand among few words.
    fn tell_passed_over(&mut self, typed: &[TypedText<'_>]) {
        let (language, few) = (self.analyzer.language(), typed.len() <= SHORT);
        let (mut passed, mut tells) = (Vec::new(), false);
        for typed in typed {
            let folded = self.analyzer.folded(typed.text).concat();
            let is_passed = is_stopword(language, &folded) && !self.writings.contains_key(&folded);
            tells |= !is_passed;
            if is_passed && (typed.inside || few) && folded.chars().nth(1).is_some() && !passed.contains(&typed.text) {
                passed.push(typed.text);
            }
        }
        let Some(first) = passed.first().filter(|_| tells) else { return };
        let quoted: Vec<String> = passed.iter().map(|text| format!("\"{text}\"")).collect();
        let text = format!("passed over as function words: {}; ={first} looks for one", quoted.join(", "));
        self.notes.push(Note { at: 0, text });
    }

    /// The atom of a word of `text` that stands for some words with its stem only.
    pub(super) fn narrow_atom(&self, text: &str, token: &AnalyzedToken, form: &str) -> Option<Atom> {
        let signed = signed(text, token, form).filter(|signed| self.writings.contains_key(signed));
        let form = signed.as_deref().unwrap_or(form).to_owned();
        let test = match self.writings.get(&form)? {
            WrittenAs::Common => return None,
            WrittenAs::Name(_) => Test::Name(form, token.term.clone()),
            WrittenAs::InCapitals => Test::InCapitals(form),
            WrittenAs::WithCapital => {
                Capital::of(&text[token.start..token.end])?;
                Test::WithCapital(form)
            }
            WrittenAs::Signed => Test::Signed(form),
        };
        Some(Atom { name: None, terms: test.forms(), test })
    }

    /// Whether the other forms of a word are so many that it is to be told from them where it stands beside others.
    pub(super) fn is_apart(&self, form: &str) -> bool {
        !matches!(self.writings.get(form), Some(WrittenAs::Name(others)) if others.is_empty())
    }

    /// The atom of the stem that a name would have if it were none.
    pub(super) fn stem_of(&mut self, narrow: &Atom) -> Option<usize> {
        let Test::Name(_, stem) = &narrow.test else { return None };
        Some(self.atom(Atom::of_term(stem)))
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
