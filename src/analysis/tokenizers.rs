//! The analyzer as the index drives it: a tokenizer of whole articles, and one of short fields.

use tantivy::tokenizer::{Token as IndexToken, TokenStream, Tokenizer};

use super::ahead::Ahead;
use super::capital::Capital;
use super::forms::{CapitalAt, Forms, Handover, Ticket};
use super::signs::with_signs;
use super::stem::Stems;
use super::words::WordScanner;
use super::{HEADLINE_WEIGHT, PASSAGE_POSITIONS};

/// See [`passage_tokenizer`](super::Analyzer::passage_tokenizer).
pub(crate) struct PassageTokenizer {
    stems: Stems,
    /// The first text whose words have numbers.
    numbering: Option<Ticket>,
    /// Different words of the text before.
    different: usize,
    ahead: Ahead,
    elides: bool,
    handover: Handover,
}

impl PassageTokenizer {
    pub(super) fn new(stems: Stems, elides: bool, handover: Handover) -> Self {
        Self { stems, numbering: None, different: 0, ahead: Ahead::default(), elides, handover }
    }
}

impl Clone for PassageTokenizer {
    // a copy numbers words anew
    fn clone(&self) -> Self {
        Self::new(self.stems.clone(), self.elides, self.handover.clone())
    }
}

impl Tokenizer for PassageTokenizer {
    type TokenStream<'a> = PassageStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PassageStream<'a> {
        let (text, ticket) = Ticket::part(text);
        self.numbering = self.numbering.or(ticket);
        self.ahead.clear();
        PassageStream {
            words: WordScanner::new(text, self.elides),
            text,
            ticket,
            forms: Forms::new(self.stems.begin_text(), self.numbering, self.different),
            different: &mut self.different,
            handover: &self.handover,
            stems: &mut self.stems,
            ahead: &mut self.ahead,
            token: IndexToken::default(),
            end: 0,
            page: 0,
            place: 0,
            repeats: 0,
            signed: String::new(),
        }
    }
}

/// Walks headline and passages; `page` is the passage (0 the headline), `place` the next position in it.
pub(crate) struct PassageStream<'a> {
    words: WordScanner<'a>,
    text: &'a str,
    /// Of the text, until its words are left.
    ticket: Option<Ticket>,
    forms: Forms,
    different: &'a mut usize,
    handover: &'a Handover,
    stems: &'a mut Stems,
    ahead: &'a mut Ahead,
    token: IndexToken,
    /// Where the word before ends.
    end: usize,
    page: u32,
    place: u32,
    repeats: u32,
    signed: String,
}

impl TokenStream for PassageStream<'_> {
    fn advance(&mut self) -> bool {
        if self.repeats > 0 {
            self.repeats -= 1;
            return true;
        }
        let Some(word) = self.ahead.next(self.text, &mut self.words, self.stems) else {
            if let Some(ticket) = self.ticket.take() {
                *self.different = self.forms.numbers.len();
                self.handover.leave(ticket, std::mem::take(&mut self.forms));
            }
            return false;
        };
        if word.breaks > 0 {
            self.page += word.breaks;
            self.place = 0;
        }
        let written = &self.text[word.start..word.end];
        let capital = Capital::of(written);
        let known = self.stems.stem_at(word.place, &word.folded, written, capital.is_none());
        if known.new_in_text || known.new_in_small {
            self.forms.note(known.number, known.new_in_small);
        }
        if known.new {
            self.forms.note_new(&word.folded, known.stem);
        }
        self.token.text.clear();
        self.token.text.push_str(known.stem);
        self.token.offset_from = word.start;
        self.token.offset_to = word.end;
        // whatever the splitter did, no word may slide into the next passage
        let position = self.page * PASSAGE_POSITIONS + self.place.min(PASSAGE_POSITIONS - 1);
        self.token.position = position as usize;
        if let Some(capital) = capital {
            let inside = self.page > 0 && Capital::tells_behind(&self.text[self.end..word.start]);
            self.forms.note_capital(known.number, CapitalAt::new(position, capital, inside));
        }
        if with_signs(self.text, (word.start, word.end), &word.folded, &mut self.signed) {
            let signed = self.stems.signed(&self.signed);
            if signed.new_in_text {
                self.forms.note(signed.number, false);
            }
            if signed.new {
                self.forms.note_new(&self.signed, signed.stem);
            }
            self.forms.note_capital(signed.number, CapitalAt::new(position, Capital::All, true));
        }
        self.end = word.end;
        self.place += 1;
        self.repeats = if self.page == 0 { HEADLINE_WEIGHT - 1 } else { 0 };
        true
    }

    fn token(&self) -> &IndexToken {
        &self.token
    }

    fn token_mut(&mut self) -> &mut IndexToken {
        &mut self.token
    }
}

/// See [`field_tokenizer`](super::Analyzer::field_tokenizer) and [`name_tokenizer`](super::Analyzer::name_tokenizer).
#[derive(Clone)]
pub(crate) struct FieldTokenizer {
    pub(super) stems: Option<Stems>,
    pub(super) elides: bool,
}

impl Tokenizer for FieldTokenizer {
    type TokenStream<'a> = FieldStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FieldStream<'a> {
        let token = IndexToken { position: 0, ..IndexToken::default() };
        FieldStream {
            words: WordScanner::new(text, self.elides),
            text,
            stems: self.stems.as_mut(),
            token,
            word: String::new(),
            next: 0,
        }
    }
}

/// Walks a short field.
pub(crate) struct FieldStream<'a> {
    words: WordScanner<'a>,
    text: &'a str,
    stems: Option<&'a mut Stems>,
    token: IndexToken,
    word: String,
    next: u32,
}

impl TokenStream for FieldStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((start, end)) = self.words.next_into(&mut self.word) else { return false };
        let page = self.next / PASSAGE_POSITIONS;
        match self.words.take_breaks() {
            0 => {}
            breaks => self.next = (page + breaks) * PASSAGE_POSITIONS,
        }
        let term = match &mut self.stems {
            Some(stems) => stems.stem(&self.word, &self.text[start..end]).stem,
            None => &self.word,
        };
        self.token.text.clear();
        self.token.text.push_str(term);
        (self.token.offset_from, self.token.offset_to) = (start, end);
        self.token.position = self.next as usize;
        self.next += 1;
        true
    }

    fn token(&self) -> &IndexToken {
        &self.token
    }

    fn token_mut(&mut self) -> &mut IndexToken {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Analyzer, PASSAGE_BREAK};
    use super::*;

    #[test]
    fn passages_start_at_multiples_of_256_and_headline_terms_count_thrice() {
        let mut tokenizer = Analyzer::default().passage_tokenizer(Handover::default());
        let mut stream = tokenizer.token_stream("Two words\u{1e}one two\u{1e}\u{1e}late");
        let mut seen = Vec::new();
        while stream.advance() {
            seen.push((stream.token().text.clone(), stream.token().position));
        }
        let expected = [("two", 0), ("word", 1), ("one", 256), ("two", 257), ("late", 768)];
        let expected: Vec<(String, usize)> = expected
            .iter()
            .flat_map(|&(t, p)| std::iter::repeat_n((t.to_string(), p), if p < 256 { 3 } else { 1 }))
            .collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn each_name_has_a_page() {
        let mut tokenizer = Analyzer::default().name_tokenizer();
        let mut stream = tokenizer.token_stream("Associated Press\u{1e}Press Association\u{1e}AFP");
        let mut seen = Vec::new();
        while stream.advance() {
            seen.push((stream.token().text.clone(), stream.token().position));
        }
        let expected = [("associated", 0), ("press", 1), ("press", 256), ("association", 257), ("afp", 512)];
        assert_eq!(seen, expected.map(|(term, position)| (term.to_owned(), position)));
    }

    #[test]
    fn an_overlong_passage_never_reaches_into_the_next() {
        let text = format!("{PASSAGE_BREAK}{}", "word ".repeat(400));
        let mut tokenizer = Analyzer::default().passage_tokenizer(Handover::default());
        let mut stream = tokenizer.token_stream(&text);
        let mut last = 0;
        while stream.advance() {
            last = stream.token().position;
        }
        assert_eq!(last, 511);
    }
}
