//! What dots and marks mean in each language.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::analysis::Language;
use crate::lexicon::{self, ABBREVIATIONS, STOPWORDS};

/// Longest abbreviation, in bytes.
const LONGEST: usize = 24;

/// Closing marks in every language, and those that open in English and close in others.
const CLOSERS: [char; 9] = ['"', '\'', ')', ']', '”', '’', '»', '」', '』'];
const CLOSERS_ELSEWHERE: [char; 2] = ['“', '«'];

/// How the sentences of a language end.
pub(super) struct Rules {
    /// Bytes with which a sentence's end may begin.
    pub(super) may_end: [bool; 256],
    english: bool,
    abbreviations: FxHashSet<&'static str>,
    /// Figures and a dot are an ordinal number, unless one of these (folded) comes next; none where they are not.
    ordinals_unless: Option<FxHashSet<String>>,
}

impl Rules {
    /// The rules of a language; tables are read the first time. A language that has none goes by the English ones.
    pub(super) fn of(language: Language) -> &'static Self {
        static ALL: [OnceLock<Rules>; Language::COUNT] = [const { OnceLock::new() }; Language::COUNT];
        ALL[language as usize].get_or_init(|| Self::read(language))
    }

    fn read(language: Language) -> Self {
        let code = if language == Language::None { Language::English.code() } else { language.code() };
        let mut may_end = [false; 256];
        b"\n.!?\xE3\xEF".iter().for_each(|byte| may_end[usize::from(*byte)] = true);
        match language {
            Language::Hindi => may_end[0xE0] = true,
            Language::Arabic | Language::Persian => [0xD8, 0xDB].iter().for_each(|byte| may_end[*byte] = true),
            _ => {}
        }
        let (mut abbreviations, mut has_ordinals) = (FxHashSet::default(), false);
        for row in ABBREVIATIONS.of_language(code) {
            has_ordinals |= row.has("ordinal");
            abbreviations.extend(row.words.iter().filter(|_| row.has("abbreviation")));
        }
        let begins = || {
            let rows = STOPWORDS.of_language(code).filter(|row| row.has("function"));
            rows.flat_map(|row| row.words).map(lexicon::fold).collect()
        };
        Self {
            may_end,
            english: code == Language::English.code(),
            abbreviations,
            ordinals_unless: has_ordinals.then(begins),
        }
    }

    /// The place behind closing quotes and brackets.
    pub(super) fn skip_closers(&self, text: &str, at: usize) -> usize {
        let closes = |c: char| CLOSERS.contains(&c) || c == '）' || (!self.english && CLOSERS_ELSEWHERE.contains(&c));
        at + text[at..].find(|c: char| !closes(c)).unwrap_or(text.len() - at)
    }

    /// Whether a word before a dot is short for another. `before` is the text before the word.
    pub(super) fn is_abbreviation(&self, word: &str, before: &str) -> bool {
        if self.english {
            return word.len() <= 5 && self.abbreviations.contains(word.to_ascii_lowercase().as_str());
        }
        if word.is_empty() || word.len() > LONGEST {
            return false;
        }
        let mut letters = word.chars();
        let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        // behind figures it is a unit, which may well end a sentence
        if single && !before.trim_end().ends_with(char::is_numeric) {
            return true;
        }
        let short = |part: &str| (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic);
        (word.contains('.') && word.split('.').all(short)) || self.abbreviations.contains(word.to_lowercase().as_str())
    }

    /// Whether figures before a dot are an ordinal number, as in `3. Offizier` or `XVI. Benedek`: what comes next is no
    /// word that sentences begin with.
    pub(super) fn is_ordinal(&self, word: &str, rest: &str) -> bool {
        let Some(begins) = &self.ordinals_unless else { return false };
        let figures = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
        let roman = (2..=5).contains(&word.len()) && word.bytes().all(|b| b"IVXLC".contains(&b));
        if word.is_empty() || !(figures || roman) {
            return false;
        }
        let next = rest.trim_start();
        let next = &next[..next.find(|c: char| !c.is_alphabetic()).unwrap_or(next.len())];
        !next.is_empty() && !begins.contains(&lexicon::fold(next))
    }
}
