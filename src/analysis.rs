//! Text -> terms with positions: the one analyzer that indexing, querying and highlighting share.
//!
//! A word is a run of letters and digits. Case, Latin and Greek accents and compatibility forms are folded; `U.S.` is
//! `us`, `Putin's` is `putin`, `O'Brien` is `obrien`, `L'Équipe` is `equipe`, `1,000` is `1000`, `2.1` stays whole; a
//! hyphen parts words. Text written without spaces (Han, kana, Thai, Lao, Khmer, Burmese) gives one term a character.
//! What is left is stemmed.

mod ahead;
mod capital;
mod fold;
mod forms;
mod language;
mod positions;
mod signs;
mod stem;
mod tokenizers;
mod version;
mod words;

pub(crate) use capital::Capital;
pub(crate) use forms::{CapitalAt, Handover, Mismatch, Number, Ticket};
pub use language::Language;
pub use positions::{HEADLINE_WEIGHT, PASSAGE_BREAK, PASSAGE_POSITIONS};
pub(crate) use signs::{is_signed, with_signs, without_signs};
use stem::{Stemming, Stems};
pub(crate) use tokenizers::{FieldTokenizer, PassageTokenizer};
pub use version::{prove, version};
pub(crate) use words::{MAX_TERM_BYTES, stands_alone};
use words::{WordScanner, parts_words};

use crate::work;

/// A term and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnalyzedToken {
    /// The term as the index has it.
    pub term: String,
    /// Byte offset of the word's start in the analyzed text, 0-based.
    pub start: usize,
    /// One past the word's last byte; a possessive `'s` is not part of it.
    pub end: usize,
    /// Which word of the text it is, 0-based.
    pub position: usize,
}

/// The analyzer of one language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Analyzer {
    language: Language,
}

impl Analyzer {
    /// The analyzer whose stemmer is that of `language`.
    pub fn new(language: Language) -> Self {
        Self { language }
    }

    /// The language whose stemmer it is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// All terms of `text` in order.
    pub fn tokens(&self, text: &str) -> Vec<AnalyzedToken> {
        self.tokens_where(text, |_| true)
    }

    /// The terms of `text` whose folded word passes `wanted`, in order: only those are stemmed.
    pub fn tokens_where(&self, text: &str, wanted: impl Fn(&str) -> bool) -> Vec<AnalyzedToken> {
        let stemming = Stemming::new(self.language);
        let mut words = WordScanner::new(text, self.language.elides());
        let mut tokens = Vec::new();
        let mut word = String::new();
        let mut position = 0;
        while let Some((start, end)) = words.next_into(&mut word) {
            if wanted(&word) {
                tokens.push(AnalyzedToken {
                    term: stemming.term(&word, &text[start..end]).into_owned(),
                    start,
                    end,
                    position,
                });
            }
            position += 1;
        }
        tokens
    }

    /// All words of `text` in order, each as its term and folded.
    pub(crate) fn words(&self, text: &str) -> Vec<(AnalyzedToken, String)> {
        let stemming = Stemming::new(self.language);
        let mut scanner = WordScanner::new(text, self.language.elides());
        let (mut words, mut word) = (Vec::new(), String::new());
        while let Some((start, end)) = scanner.next_into(&mut word) {
            let term = stemming.term(&word, &text[start..end]).into_owned();
            words.push((AnalyzedToken { term, start, end, position: words.len() }, std::mem::take(&mut word)));
        }
        words
    }

    /// What tells term and word of one text after the other, for those who write many.
    pub(crate) fn speller(&self) -> Speller {
        let (word, signed) = (String::new(), String::new());
        Speller { stems: Stems::new(self.language), elides: self.language.elides(), word, signed }
    }

    /// All words of `text` in order, folded but not stemmed.
    pub fn forms(&self, text: &str) -> Vec<AnalyzedToken> {
        self.forms_where(text, |_| true)
    }

    /// The words of `text` that pass `wanted`, in order, folded but not stemmed.
    pub fn forms_where(&self, text: &str, wanted: impl Fn(&str) -> bool) -> Vec<AnalyzedToken> {
        let mut words = WordScanner::new(text, self.language.elides());
        let (mut forms, mut word, mut position) = (Vec::new(), String::new(), 0);
        while let Some((start, end)) = words.next_into(&mut word) {
            if wanted(&word) {
                forms.push(AnalyzedToken { term: word.clone(), start, end, position });
            }
            position += 1;
        }
        forms
    }

    /// Whether a folded word may have this term, as far as its first letters tell: a word that may not need not be
    /// stemmed to see that.
    pub fn may_have(&self, word: &str, term: &str) -> bool {
        match self.language {
            Language::None => word == term,
            Language::English => stem::may_be_english(word.as_bytes(), term.as_bytes()),
            _ => !self.language.keeps_first_letter() || word.chars().next() == term.chars().next(),
        }
    }

    /// The words of `text`, folded but not stemmed, in order.
    pub fn folded(&self, text: &str) -> Vec<String> {
        self.forms(text).into_iter().map(|form| form.term).collect()
    }

    /// A pattern folded as words are; its `*` and `?` stay.
    pub fn folded_pattern(&self, pattern: &str) -> String {
        let mut folded = String::with_capacity(pattern.len());
        for part in pattern.split_inclusive(['*', '?']) {
            let words = part.trim_end_matches(['*', '?']);
            folded.extend(self.folded(words));
            folded.push_str(&part[words.len()..]);
        }
        folded
    }

    /// The tokenizer of the index's text: headline and passages, parted by [`PASSAGE_BREAK`], at aligned positions, each
    /// headline term [`HEADLINE_WEIGHT`] times. The words of texts with a ticket are left at the `handover`.
    pub(crate) fn passage_tokenizer(&self, handover: Handover) -> PassageTokenizer {
        PassageTokenizer::new(Stems::new(self.language), self.language.elides(), handover)
    }

    /// The tokenizer of short fields (headline): stemmed terms at running positions.
    pub(crate) fn field_tokenizer(&self) -> FieldTokenizer {
        FieldTokenizer { stems: Some(Stems::new(self.language)), elides: self.language.elides() }
    }

    /// The tokenizer of names (outlet, credit): folded words, not stemmed; names parted by [`PASSAGE_BREAK`] are pages.
    pub(crate) fn name_tokenizer(&self) -> FieldTokenizer {
        FieldTokenizer { stems: None, elides: self.language.elides() }
    }
}

/// A word as it stands in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing<'a> {
    /// The word as it is written.
    pub written: &'a str,
    /// Whether a capital would be its own, and not that of a sentence.
    pub inside: bool,
    /// The folded word with the signs beside it, where it has any: `$100`.
    pub signed: Option<&'a str>,
}

/// Tells the terms of texts, and remembers the stems of their words.
pub(crate) struct Speller {
    stems: Stems,
    elides: bool,
    word: String,
    signed: String,
}

impl Speller {
    /// Calls `each` with the term, the folded word and where it stands, of every word of `text`, in order.
    pub fn each(&mut self, text: &str, mut each: impl FnMut(&str, &str, Standing<'_>)) {
        let mut words = WordScanner::new(text, self.elides);
        let mut before = 0;
        while let Some((start, end)) = words.next_into(&mut self.word) {
            let written = &text[start..end];
            let inside = Capital::tells_behind(&text[before..start]);
            before = end;
            let has_signs = with_signs(text, (start, end), &self.word, &mut self.signed);
            let signed = has_signs.then_some(self.signed.as_str());
            each(self.stems.stem(&self.word, written).stem, &self.word, Standing { written, inside, signed });
        }
    }
}

/// Bytes whose words a byte can count, so that many are looked at with one instruction.
const STRETCH: usize = 255;

/// An estimate of the positions that `text` takes, never too low: fast enough to run over every paragraph.
pub(crate) fn count_positions_at_most(text: &str) -> usize {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() | (byte >= 0x80);
    // a leading byte of the scripts that are written without spaces: each character is a term
    let alone = |byte: u8| (byte >= 0xE3) | (byte == 0xE0) | (byte == 0xE1);
    let begins = |before: u8, byte: u8| alone(byte) | (is_word(byte) & (!is_word(before) | alone(before)));
    work::add(text.len());
    let bytes = text.as_bytes();
    let first = usize::from(bytes.first().is_some_and(|&byte| begins(b' ', byte)));
    let pairs = bytes.get(1..).unwrap_or_default().chunks(STRETCH).zip(bytes.chunks(STRETCH));
    let count = |(after, before): (&[u8], &[u8])| {
        let begun = after.iter().zip(before).map(|(&byte, &before)| u8::from(begins(before, byte)));
        usize::from(begun.fold(0, |sum: u8, begun| sum.wrapping_add(begun)))
    };
    first + pairs.map(count).sum::<usize>() + parted_by_signs(text)
}

/// Bytes of a stretch without a sign of ASCII from which on it is no word, nor a few that dashes join.
const LONG: usize = 256;

/// Words that only signs beyond ASCII part (dashes, blanks that do not break), in stretches of more than [`LONG`] bytes: all
/// of `a—b—c` is counted as one word above.
fn parted_by_signs(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ends =
        |byte: &u8| (byte.is_ascii() && !byte.is_ascii_alphanumeric()) || *byte >= 0xE3 || matches!(byte, 0xE0 | 0xE1);
    let (mut at, mut done, mut words) = (0, 0, 0);
    // of every long stretch at least half stands behind one of the places that are looked at
    while at < bytes.len() {
        let end = at + bytes[at..].iter().position(ends).unwrap_or(bytes.len() - at);
        if end - at >= LONG / 2 {
            let start = done + bytes[done..at].iter().rposition(ends).map_or(0, |before| before + 1);
            if end - start > LONG {
                work::add(end - start);
                let start = text.ceil_char_boundary(start);
                words +=
                    text[start..text.floor_char_boundary(end).max(start)].chars().filter(|&c| parts_words(c)).count();
            }
            done = end;
        }
        at = end.max(at + LONG / 2);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> String {
        Analyzer::default().tokens(text).into_iter().map(|t| t.term).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_become_terms() {
        for (text, expected) in [
            ("Possible venues were cited", "possibl venu were cite"),
            ("the U.S. and the US, U.S.-Russia", "the us and the us us russia"),
            ("Putin's talks, Putin’s talk; the allies' view", "putin talk putin talk the alli view"),
            ("O'Brien don’t", "obrien dont"),
            ("full-scale 7:30 p.m.", "full scale 7 30 pm"),
            ("1,000 men, 2.1% of 12,345,678; v1.2.3. end.", "1000 men 2.1 of 12345678 v1.2.3 end"),
            ("São Paulo, Gdańsk, Zürich, Łódź, straße", "sao paulo gdansk zurich lodz strass"),
            ("东京都 and ソウル", "东 京 都 and ソ ウ ル"),
            ("Пётр Чайковский", "петр чайковский"),
            ("ＦＵＬＬ ﬁnal", "full final"),
            ("", ""),
            ("-- … !?", ""),
            ("ʼ ʼn ʼ", "n"),
            ("L'Équipe l’Aquila L'HUMANITÉ", "equip aquila humanit"),
            ("l'll L'Tanya l' L", "lll ltanya l l"),
        ] {
            assert_eq!(terms(text), expected, "{text}");
        }
    }

    #[test]
    fn spans_cover_the_word_as_printed() {
        let text = "“Putin’s” U.S. plan in L’Équipe";
        let words: Vec<&str> = Analyzer::default().tokens(text).iter().map(|t| &text[t.start..t.end]).collect();
        assert_eq!(words, ["Putin", "U.S.", "plan", "in", "Équipe"]);
    }

    #[test]
    fn the_estimate_of_positions_is_never_too_low() {
        for text in [
            "plain words here",
            "东京都 and ソウル",
            "สวัสดีครับ",
            "Пётр U.S.-led 1,000",
            "naïve “quoted” text",
            "한국어 뉴스",
            &"—a".repeat(500),
            &"a\u{a0}".repeat(300),
            &format!("东京都 {} 东京", "да،".repeat(300)),
            "",
        ] {
            let exact = Analyzer::default().tokens(text).len();
            assert!(count_positions_at_most(text) >= exact, "{text}");
        }
        for words in [1, 50, 51, 52, 1000] {
            assert_eq!(count_positions_at_most(&"word ".repeat(words)), words);
        }
    }
}
