//! Text -> folded words with their byte spans: a single pass, ASCII by table.

use super::PASSAGE_BREAK;
use super::fold::{fold_into, is_accent};
use unicode_normalization::char::{compose, is_combining_mark};

/// Longest term in bytes; the rest of a longer word is not part of its term.
pub(crate) const MAX_TERM_BYTES: usize = 96;

/// Walks the words of a text.
pub(super) struct WordScanner<'a> {
    text: &'a str,
    at: usize,
    breaks: u32,
    elides: bool,
}

impl<'a> WordScanner<'a> {
    /// The words of a text; where it `elides`, an apostrophe stands between two words.
    pub(super) fn new(text: &'a str, elides: bool) -> Self {
        Self { text, at: 0, breaks: 0, elides }
    }

    /// Passage breaks met since the last call.
    pub(super) fn take_breaks(&mut self) -> u32 {
        std::mem::take(&mut self.breaks)
    }

    /// Puts the next word, folded, into `word` and returns its span in bytes, half-open.
    pub(super) fn next_into(&mut self, word: &mut String) -> Option<(usize, usize)> {
        loop {
            word.clear();
            self.skip_to_word()?;
            self.skip_article();
            let start = self.at;
            if let Some(end) = self.read_acronym(word) {
                return Some((start, end));
            }
            let end = self.read_word(word);
            if !word.is_empty() {
                return Some((start, end));
            }
        }
    }

    fn skip_to_word(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        loop {
            let &byte = bytes.get(self.at)?;
            if byte.is_ascii_alphanumeric() {
                return Some(());
            }
            if byte < 0x80 {
                self.breaks += u32::from(byte == PASSAGE_BREAK as u8);
                self.at += 1;
                continue;
            }
            let c = self.char_at(self.at)?;
            // Unicode calls this apostrophe a letter, but no word begins with it
            if c.is_alphanumeric() && c != 'ʼ' {
                return Some(());
            }
            self.at += c.len_utf8();
        }
    }

    /// Steps over the French or Italian article of a name in a language that does not elide: `L'Équipe`.
    fn skip_article(&mut self) {
        let bytes = self.text.as_bytes();
        if self.elides || !matches!(bytes[self.at], b'l' | b'L') {
            return;
        }
        let after = self.at + 1;
        let Some(joint) = self.char_at(after).filter(|&c| is_apostrophe(c)) else { return };
        let name = after + joint.len_utf8();
        if self.char_at(name).is_some_and(elides_article) {
            self.at = name;
        }
    }

    /// `U.S.`, `U.S`, `p.m.`: single letters parted by dots, at least two of them.
    fn read_acronym(&mut self, word: &mut String) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        if bytes.get(at + 1) != Some(&b'.') || !bytes[at].is_ascii_alphabetic() {
            return None;
        }
        while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) && bytes.get(at + 1) == Some(&b'.') {
            push_ascii(bytes[at], word);
            at += 2;
        }
        // `U.S` before a hyphen or a space: the last letter without its dot
        let open = bytes.get(at).is_some_and(u8::is_ascii_alphabetic) && !self.continues_word(at + 1);
        if open {
            push_ascii(bytes[at], word);
            at += 1;
        }
        if word.len() < 2 || self.continues_word(at) {
            word.clear();
            return None;
        }
        self.at = at;
        Some(at)
    }

    fn continues_word(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(char::is_alphanumeric)
    }

    fn read_word(&mut self, word: &mut String) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = self.at;
        while let Some(&byte) = bytes.get(self.at) {
            if byte.is_ascii_alphanumeric() {
                push_ascii(byte, word);
                self.at += 1;
                end = self.at;
            } else if byte < 0x80 {
                if !self.step_over_joint(byte, 1, word) {
                    break;
                }
            } else {
                let Some(c) = self.char_at(self.at) else { break };
                if is_apostrophe(c) {
                    if !self.step_over_joint(b'\'', c.len_utf8(), word) {
                        break;
                    }
                } else if stands_alone(c) {
                    if word.is_empty() {
                        self.read_alone(c, word);
                        end = self.at;
                    }
                    break;
                } else if c.is_alphanumeric() || is_combining_mark(c) {
                    if word.len() < MAX_TERM_BYTES {
                        append(c, word);
                    }
                    self.at += c.len_utf8();
                    end = self.at;
                } else if is_invisible(c) && self.continues_word(self.at + c.len_utf8()) {
                    self.at += c.len_utf8();
                } else {
                    break;
                }
            }
        }
        end
    }

    /// Steps over `'` between letters, and over `,` and `.` between digits; false where the word ends. A possessive
    /// `'s` is stepped over and ends the word.
    fn step_over_joint(&mut self, joint: u8, width: usize, word: &mut String) -> bool {
        let bytes = self.text.as_bytes();
        let after = self.at + width;
        let next = bytes.get(after).copied().unwrap_or(b' ');
        let before_is_digit = self.at > 0 && bytes[self.at - 1].is_ascii_digit();
        match joint {
            b'\'' if self.elides => false,
            b'\'' if next.is_ascii_alphabetic() || (next >= 0x80 && self.continues_word(after)) => {
                let possessive = next.eq_ignore_ascii_case(&b's') && !self.continues_word(after + 1);
                self.at = after + usize::from(possessive);
                !possessive
            }
            b',' if before_is_digit && is_thousands_group(&bytes[after..]) => {
                self.at = after;
                true
            }
            b'.' if before_is_digit && next.is_ascii_digit() => {
                self.at = after;
                push_ascii(b'.', word);
                true
            }
            _ => false,
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn read_alone(&mut self, c: char, word: &mut String) {
        append(c, word);
        self.at += c.len_utf8();
        while let Some(mark) = self.char_at(self.at).filter(|&m| is_combining_mark(m)) {
            if word.len() < MAX_TERM_BYTES {
                word.push(mark);
            }
            self.at += mark.len_utf8();
        }
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Whether an article loses its vowel before a word that begins so.
fn elides_article(c: char) -> bool {
    let mut folded = String::new();
    match c.is_ascii() {
        true => folded.push(c.to_ascii_lowercase()),
        false => fold_into(c, &mut folded),
    }
    folded.starts_with(['a', 'e', 'h', 'i', 'o', 'u', 'y'])
}

/// Appends a byte of ASCII where the term has room for it.
fn push_ascii(byte: u8, word: &mut String) {
    if word.len() < MAX_TERM_BYTES {
        word.push(char::from(byte.to_ascii_lowercase()));
    }
}

/// Appends a character that is not ASCII; an accent melts into the letter before it or is dropped.
fn append(c: char, word: &mut String) {
    if !is_accent(c) {
        fold_into(c, word);
        return;
    }
    if let Some(composed) = word.chars().next_back().filter(|l| !l.is_ascii()).and_then(|l| compose(l, c)) {
        word.pop();
        fold_into(composed, word);
    }
}

/// Whether a character beyond ASCII stands between two words.
pub(super) fn parts_words(c: char) -> bool {
    !c.is_ascii() && !c.is_alphanumeric() && !is_combining_mark(c) && !is_invisible(c) && c != '’'
}

/// Soft hyphen and the joiners: they stand inside words and are no part of them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Exactly three digits, as after the comma of `1,000`.
fn is_thousands_group(bytes: &[u8]) -> bool {
    bytes.len() >= 3 && bytes[..3].iter().all(u8::is_ascii_digit) && !bytes.get(3).is_some_and(u8::is_ascii_digit)
}

/// Characters of the scripts that are written without spaces: each is a word.
pub(crate) fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}'        // Thai, Lao
        | '\u{1000}'..='\u{109f}'      // Burmese
        | '\u{1780}'..='\u{17ff}'      // Khmer
        | '\u{3040}'..='\u{30ff}'      // kana
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'      // Han
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9d}'      // halfwidth katakana
        | '\u{20000}'..='\u{3134f}')
        && !is_combining_mark(c)
}
