//! Patterns, typing errors and regular expressions -> the words of the archive that they stand for.

use super::Compiler;
use crate::error::Result;
use crate::matching::{Atom, Name, Test};
use crate::query::Regex;
use crate::query::tree::{Form, Note, Word};

impl Compiler<'_> {
    /// The atoms of a pattern: the words of the archive that fit it.
    pub(super) fn expanded(&mut self, word: &Word, name: Option<Name>) -> Result<Vec<Atom>> {
        let mut atoms = Vec::new();
        for part in word.text.split(|c: char| !is_of_pattern(c)).filter(|part| part.chars().any(char::is_alphanumeric))
        {
            let (forms, cut) = match word.form {
                Form::Typo(edits) => self.lexicon.typos(&self.analyzer.folded(part).concat(), edits, name)?,
                _ => self.lexicon.wildcard(&self.analyzer.folded_pattern(part), name)?,
            };
            atoms.push(self.any_of(part, name, forms, cut));
        }
        Ok(atoms)
    }

    /// The atom of a regular expression: the words of the archive that it fits.
    pub(super) fn fitting(&mut self, text: &str, name: Option<Name>) -> Result<Option<Atom>> {
        let Some(regex) = Regex::of_word(text) else { return Ok(None) };
        let folded = regex.folded(&|c| self.analyzer.folded(c.encode_utf8(&mut [0; 4])).concat());
        let (forms, cut) = self.lexicon.fitting(&folded, name)?;
        Ok(Some(self.any_of(&format!("/{text}/"), name, forms, cut)))
    }

    /// The atom of several words; says so where there were more.
    fn any_of(&mut self, typed: &str, name: Option<Name>, forms: Vec<String>, cut: bool) -> Atom {
        if cut {
            let text = format!("\"{typed}\" fits too many words, the {} most frequent are looked for", forms.len());
            self.notes.push(Note { at: 0, text });
        }
        let test = if name.is_some() { Test::Any } else { Test::Forms(forms.iter().cloned().collect()) };
        Atom { name, terms: forms, test }
    }
}

fn is_of_pattern(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '*' | '?' | '\'' | '’' | '.')
}
