//! Words that carry little evidence in a question: function words, dropped from a ranked query unless nothing else is left,
//! and words of small meaning, which count half.
//!
//! The English lists follow that of the SMART system (Salton 1971, "The SMART Retrieval System"), which drops them all. Half
//! is better than nothing where a few hundred short texts are searched, and such words do mean something in a headline. The
//! lists of the other languages are our own. Without a language a query keeps all its words.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::analysis::{Analyzer, Language};
use crate::lexicon::STOPWORDS;

/// No list has more words.
const MOST: usize = 260;

/// The words of a language, folded as the analyzer folds them.
struct Lists {
    function: FxHashSet<Cow<'static, str>>,
    small: FxHashSet<Cow<'static, str>>,
}

impl Lists {
    /// The lists of a language; the table is read the first time.
    fn of(language: Language) -> &'static Self {
        static ALL: [OnceLock<Lists>; Language::COUNT] = [const { OnceLock::new() }; Language::COUNT];
        ALL[language as usize].get_or_init(|| Self::read(language))
    }

    fn read(language: Language) -> Self {
        let analyzer = Analyzer::new(language);
        let room = || FxHashSet::with_capacity_and_hasher(MOST, FxBuildHasher);
        let mut lists = Self { function: room(), small: room() };
        for row in STOPWORDS.of_language(language.code()) {
            let list = if row.has("function") { &mut lists.function } else { &mut lists.small };
            for word in row.words {
                // most words are folded as they stand, and every query waits for this
                if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                    list.insert(Cow::Borrowed(word));
                } else {
                    list.extend(analyzer.folded(word).into_iter().map(Cow::Owned));
                }
            }
        }
        lists
    }
}

/// Whether a folded word is one. A word typed in capitals among others that are not (`US`, `IT`, `WHO`) never is.
pub(crate) fn is_stopword(language: Language, folded: &str) -> bool {
    Lists::of(language).function.contains(folded)
}

/// What a folded word that is not dropped counts, 1 for most.
pub(crate) fn weight(language: Language, folded: &str) -> f32 {
    if Lists::of(language).small.contains(folded) { SMALL_WEIGHT } else { 1.0 }
}

/// Whether a folded word says by itself what a text is about: neither a function word nor of small meaning.
pub(crate) fn is_telling(language: Language, folded: &str) -> bool {
    !is_stopword(language, folded) && weight(language, folded) == 1.0
}

/// What a word of small meaning counts beside another.
const SMALL_WEIGHT: f32 = 0.5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_function_words_of_one_word_each() {
        for language in Language::all().filter(|language| *language != Language::None) {
            let lists = Lists::of(language);
            let rows = STOPWORDS.of_language(language.code()).filter(|row| row.has("function"));
            let of_table = rows.map(|row| row.words.len()).sum();
            assert!((45..=MOST).contains(&lists.function.len()), "{language}: {}", lists.function.len());
            assert!(lists.function.len() <= of_table, "{language}: one word of the table became several");
            assert!(lists.function.is_disjoint(&lists.small), "{language}");
        }
        assert!(is_stopword(Language::German, "fur") && is_stopword(Language::Turkish, "icin"));
        assert_eq!([weight(Language::English, "perhaps"), weight(Language::German, "perhaps")], [0.5, 1.0]);
        assert_eq!([Lists::of(Language::English).function.len(), Lists::of(Language::English).small.len()], [175, 228]);
    }
}
