//! FurniturePhrases of furniture by label, from the lexicon, and how a line is looked up in it.

use std::sync::LazyLock;

use super::Label;
use super::words::{Ending, Shape};
use crate::lexicon::{self, Row};

mod key;

use key::BULLETS;
pub(super) use key::LineKey;

/// Where a phrase must stand in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PhrasePlace {
    /// It is the whole line.
    Whole,
    /// The line begins with it, sentence or not.
    Start,
    /// The line begins with it and does not end like a sentence.
    Title,
    /// The line begins with it and a colon, bar or dash follows.
    Colon,
    /// The same, and the line does not end like a sentence.
    ColonTitle,
    /// The line begins with it in capitals and does not end like a sentence.
    Caps,
    /// The line ends with it.
    End,
    /// The line ends with it and does not read like a sentence before it.
    EndTitle,
    /// It stands anywhere in the line.
    In,
}

/// Where on a page a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Region {
    /// Not known yet, or among the paragraphs.
    Anywhere,
    /// Before the first paragraph.
    Head,
    /// After the last paragraph.
    Tail,
}

/// What a phrase says of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Furniture of this kind.
    Furniture(Label),
    /// The heading of a list of related articles.
    ListHeading,
}

#[derive(Debug)]
struct FurniturePhrase {
    meaning: Meaning,
    at: PhrasePlace,
    /// Only before the first paragraph or after the last, or only after it.
    edge: bool,
    tail_only: bool,
    most_words: u8,
    head: &'static str,
    /// What must come after a `*`.
    tail: Option<&'static str>,
}

/// Two bytes that a phrase begins or ends with; the second is 0 where it has one only.
type BytePair = [u8; 2];

/// FurniturePhrases by the first bytes of what a line must begin with, and by the last bytes of what it must end with.
#[derive(Default)]
struct FurniturePhrases {
    by_first: PairTable,
    by_last: PairTable,
    /// FurniturePhrases that may stand anywhere.
    within: Vec<FurniturePhrase>,
}

static PHRASES: LazyLock<FurniturePhrases> = LazyLock::new(|| {
    let mut phrases = FurniturePhrases::default();
    for phrase in lexicon::FURNITURE.read(FurniturePhrase::parse) {
        if phrase.at == PhrasePlace::In {
            phrases.within.push(phrase);
            continue;
        }
        let ends = matches!(phrase.at, PhrasePlace::End | PhrasePlace::EndTitle) || phrase.head.is_empty();
        let last = phrase.tail.filter(|_| phrase.head.is_empty()).unwrap_or(phrase.head);
        let (table, pair) = if ends {
            (&mut phrases.by_last, last_pair(last.as_bytes()))
        } else {
            (&mut phrases.by_first, first_pair(phrase.head.as_bytes()))
        };
        table.push(pair, phrase);
    }
    phrases
});

fn first_pair(bytes: &[u8]) -> BytePair {
    [bytes.first().copied().unwrap_or(0), bytes.get(1).copied().unwrap_or(0)]
}

fn last_pair(bytes: &[u8]) -> BytePair {
    let mut back = bytes.iter().rev().copied();
    [back.next().unwrap_or(0), back.next().unwrap_or(0)]
}

/// FurniturePhrases by pair, found without hashing: nearly every line is looked up.
struct PairTable {
    /// For each pair the place of its phrases in `lists`; 0 is the empty list.
    places: Vec<u16>,
    lists: Vec<Vec<FurniturePhrase>>,
}

impl Default for PairTable {
    fn default() -> Self {
        Self { places: vec![0; 1 << 16], lists: vec![Vec::new()] }
    }
}

impl PairTable {
    fn push(&mut self, pair: BytePair, phrase: FurniturePhrase) {
        let place = &mut self.places[usize::from(u16::from_be_bytes(pair))];
        if *place == 0 {
            *place = self.lists.len() as u16;
            self.lists.push(Vec::new());
        }
        self.lists[usize::from(*place)].push(phrase);
    }

    fn list(&self, pair: BytePair) -> &[FurniturePhrase] {
        &self.lists[usize::from(self.places[usize::from(u16::from_be_bytes(pair))])]
    }

    /// The phrases of a pair, then those of its first byte alone.
    fn phrases(&self, pair: BytePair) -> impl Iterator<Item = &FurniturePhrase> {
        let single = [pair[0], 0];
        let short = if pair == single { &[][..] } else { self.list(single) };
        self.list(pair).iter().chain(short)
    }
}

impl FurniturePhrase {
    fn parse(row: &Row) -> Result<Self, String> {
        let [label, place, words, phrase] = row.exactly()?;
        let meaning = match label {
            "heading" => Meaning::ListHeading,
            name => Meaning::Furniture(Label::from_name(name).ok_or_else(|| format!("no label \"{name}\""))?),
        };
        let tail_only = place.ends_with('>');
        let edge = tail_only || place.ends_with('@');
        let place = place.trim_end_matches(['@', '>']);
        let at = match place {
            "whole" => PhrasePlace::Whole,
            "start" => PhrasePlace::Start,
            "title" => PhrasePlace::Title,
            "colon" => PhrasePlace::Colon,
            "colon-title" => PhrasePlace::ColonTitle,
            "caps" => PhrasePlace::Caps,
            "end" => PhrasePlace::End,
            "end-title" => PhrasePlace::EndTitle,
            "in" => PhrasePlace::In,
            other => return Err(format!("no place \"{other}\"")),
        };
        let most_words = match words {
            "-" => u8::MAX,
            number => number.parse().map_err(|_| format!("\"{number}\" is no number of words"))?,
        };
        let (head, tail) = phrase.split_once('*').map_or((phrase, None), |(head, tail)| (head, Some(tail)));
        Ok(Self { meaning, at, edge, tail_only, most_words, head, tail })
    }
}

/// A line as it is looked up.
pub(super) struct Probe<'l> {
    pub key: &'l LineKey,
    /// The line as printed.
    pub line: &'l str,
    pub shape: Shape,
    pub region: Region,
}

/// Looks a line up: the first phrase of the table that fits, if any.
pub(super) fn look_up(line: &Probe<'_>) -> Option<Meaning> {
    let by_first = PHRASES.by_first.phrases(first_pair(line.key.text().as_bytes()));
    let by_last = PHRASES.by_last.phrases(last_pair(line.key.bare().as_bytes()));
    let within: &[FurniturePhrase] = if line.region == Region::Tail { &PHRASES.within } else { &[] };
    by_first.chain(by_last).chain(within).find(|phrase| phrase.fits(line)).map(|phrase| phrase.meaning)
}

/// Looks up only what a line may begin with, whatever comes after.
pub(super) fn look_up_start(line: &Probe<'_>) -> Option<Meaning> {
    let mut all = PHRASES.by_first.phrases(first_pair(line.key.text().as_bytes()));
    all.find(|phrase| matches!(phrase.at, PhrasePlace::Start | PhrasePlace::Colon) && phrase.fits(line))
        .map(|phrase| phrase.meaning)
}

/// Looks up only what a line may end with.
pub(super) fn look_up_end(line: &Probe<'_>) -> Option<Meaning> {
    let mut all = PHRASES.by_last.phrases(last_pair(line.key.bare().as_bytes()));
    all.find(|phrase| phrase.at == PhrasePlace::End && phrase.fits(line)).map(|phrase| phrase.meaning)
}

impl FurniturePhrase {
    fn fits(&self, line: &Probe<'_>) -> bool {
        let elsewhere = match line.region {
            Region::Anywhere => self.edge,
            Region::Head => self.tail_only,
            Region::Tail => false,
        };
        if elsewhere || line.shape.words > self.most_words {
            return false;
        }
        let (text, bare) = (line.key.text(), line.key.bare());
        let sentence = line.shape.ending == Ending::Stop;
        match self.at {
            PhrasePlace::Whole => match self.tail {
                None => bare == self.head,
                Some(tail) => {
                    bare.len() > self.head.len() + tail.len() && bare.starts_with(self.head) && bare.ends_with(tail)
                }
            },
            PhrasePlace::Start => self.begins(text) && !reports_speech(line.line),
            PhrasePlace::Title => !sentence && self.begins(text),
            PhrasePlace::Colon => self.begins_before_mark(text),
            PhrasePlace::ColonTitle => !sentence && self.begins_before_mark(text),
            PhrasePlace::Caps => !sentence && self.begins(text) && self.in_capitals(line.line),
            PhrasePlace::End => self.ends(bare),
            PhrasePlace::In => self.stands_in(text) && !reports_speech(line.line),
            PhrasePlace::EndTitle => self.ends(bare) && !bare[..bare.len() - self.head.len()].contains(". "),
        }
    }

    fn begins(&self, text: &str) -> bool {
        let Some(rest) = text.strip_prefix(self.head) else { return false };
        let Some(tail) = self.tail else {
            return !self.head.ends_with(char::is_alphanumeric) || !super::words::begins_word(rest);
        };
        let Some(at) = rest.find(tail) else { return false };
        let between = rest[..at].split_whitespace().count();
        between <= 7 && !super::words::begins_word(&rest[at + tail.len()..])
    }

    fn stands_in(&self, text: &str) -> bool {
        text.match_indices(self.head).any(|(at, _)| {
            !text[..at].ends_with(char::is_alphanumeric) && !super::words::begins_word(&text[at + self.head.len()..])
        })
    }

    fn begins_before_mark(&self, text: &str) -> bool {
        let Some(rest) = text.strip_prefix(self.head) else { return false };
        let tight = rest.trim_start();
        tight.starts_with([':', '|', '»', '>', '→'])
            || (rest.starts_with(' ') && tight.starts_with(['-', '–', '—']) && tight.get(1..2).is_none_or(|c| c != "-"))
    }

    fn in_capitals(&self, line: &str) -> bool {
        let printed = line.trim_start_matches(|c: char| BULLETS.contains(&c) || c.is_whitespace());
        printed.get(..self.head.len()).is_some_and(super::words::is_all_caps)
    }

    fn ends(&self, bare: &str) -> bool {
        bare.strip_suffix(self.head).is_some_and(|rest| {
            rest.is_empty() || !rest.ends_with(char::is_alphanumeric) || self.head.starts_with([' ', '/', '('])
        })
    }
}

/// Verbs that tell what somebody said, behind a blank.
static SPEECH: LazyLock<Vec<String>> = LazyLock::new(|| {
    let words: Vec<&str> = lexicon::NEWS_WORDS.labelled("speech");
    words.into_iter().map(|word| format!(" {word}")).collect()
});

/// Whether a line of some length tells what someone said: then it is the article's, whatever it begins with.
fn reports_speech(text: &str) -> bool {
    text.len() > 60 && SPEECH.iter().any(|verb| text.contains(verb.as_str()))
}
