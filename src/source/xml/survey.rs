//! A first look at a file of XML that is read item by item: what its items have in common, told without holding them.

use super::element::Prefixes;
use super::feed::feed;
use super::head::XmlHead;
use super::items::{ItemScan, ItemStep};
use crate::source::charset::Charset;
use crate::source::html::{self, NO_ACCIDENT};

/// Bytes beside the items that are kept, at most: what a feed says of itself is short.
const MOST_BESIDE: usize = 1 << 20;

/// What was seen so far.
#[derive(Debug, Default)]
pub(in crate::source) struct XmlSurvey {
    scan: ItemScan,
    /// Articles that were begun.
    begun: usize,
    /// Where what stands beside the articles goes on, in the bytes at hand.
    beside_from: usize,
    /// What stands beside them, and how much of it before the first.
    beside: Vec<u8>,
    before: Option<usize>,
    tally: Utf8Tally,
}

/// How much of the bytes is UTF-8.
#[derive(Debug, Default)]
struct Utf8Tally {
    /// The beginning of a character.
    cut_off: Vec<u8>,
    /// Characters beyond ASCII, and malformed sequences.
    good: usize,
    bad: usize,
}

impl XmlSurvey {
    /// Looks at the next bytes, and says how many need not be held any longer.
    pub fn look(&mut self, bytes: &[u8]) -> usize {
        loop {
            match self.scan.step(bytes) {
                ItemStep::Opens(start) => {
                    self.keep(&bytes[self.beside_from..start]);
                    self.before.get_or_insert(self.beside.len());
                    self.begun += 1;
                }
                ItemStep::Item(item) => self.beside_from = item.end,
                ItemStep::More => break,
            }
        }
        let at = self.scan.at();
        if self.scan.open().is_none() {
            self.keep(&bytes[self.beside_from..at]);
        }
        self.beside_from = 0;
        self.tally.add(&bytes[..at]);
        self.scan.shift(at);
        at
    }

    /// Keeps what stands beside the articles; blanks between them say nothing.
    fn keep(&mut self, bytes: &[u8]) {
        let bytes = if bytes.trim_ascii().is_empty() { &bytes[..bytes.len().min(1)] } else { bytes };
        if self.beside.len() + bytes.len() <= MOST_BESIDE {
            self.beside.extend_from_slice(bytes);
        }
    }

    /// Articles that were begun.
    pub fn begun(&self) -> usize {
        self.begun
    }

    /// What the items have in common; `first` are the first bytes of the file, and `told` what their mark says. None where
    /// tags cannot be told by bytes.
    pub fn head(&self, first: &[u8], told: Option<Charset>) -> Option<XmlHead> {
        let (charset, guess) = told.map_or_else(|| self.charset(first), |charset| (charset, None));
        let is_ascii_as_it_is = match charset {
            Charset::Utf8 => true,
            Charset::Legacy(encoding) => encoding.is_ascii_compatible(),
            Charset::Utf16Le | Charset::Utf16Be => false,
        };
        let before = charset.decode(&self.beside[..self.before.unwrap_or(self.beside.len())]).text;
        let feed = feed(&charset.decode(&self.beside).text);
        is_ascii_as_it_is.then(|| XmlHead { prefixes: Prefixes::of(&before), feed, charset, guess })
    }

    /// The character set of the file, as that of a page is weighed.
    fn charset(&self, first: &[u8]) -> (Charset, Option<String>) {
        let Utf8Tally { good, bad, .. } = self.tally;
        // what ends within a character was cut off, and is no other character set
        let is_clean = bad == 0;
        match html::said_in(first) {
            _ if is_clean && good >= NO_ACCIDENT => (Charset::Utf8, None),
            Some(charset) if is_clean || charset != Charset::Utf8 => (charset, None),
            _ if is_clean || good > bad => (Charset::Utf8, None),
            _ => Charset::detect(first),
        }
    }
}

impl Utf8Tally {
    fn add(&mut self, bytes: &[u8]) {
        let joined = [&std::mem::take(&mut self.cut_off), bytes].concat();
        let mut rest = &joined[..];
        loop {
            let (valid, error) = match std::str::from_utf8(rest) {
                Ok(text) => (text.len(), None),
                Err(error) => (error.valid_up_to(), Some(error.error_len())),
            };
            self.good += rest[..valid].iter().filter(|byte| **byte >= 0xC0).count();
            match error {
                None => return,
                Some(None) => return self.cut_off.extend_from_slice(&rest[valid..]),
                Some(Some(length)) => rest = &rest[valid + length..],
            }
            self.bad += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};

    /// The head of a file that comes in pieces of so many bytes.
    fn head(bytes: &[u8], step: usize) -> (bool, Option<XmlHead>) {
        let (mut survey, mut held) = (XmlSurvey::default(), Vec::new());
        for piece in bytes.chunks(step) {
            held.extend_from_slice(piece);
            let done = survey.look(&held);
            held.drain(..done);
            assert!(held.len() <= 60 + step, "{step}: {}", String::from_utf8_lossy(&held));
        }
        (survey.begun() > 1, survey.head(bytes, None))
    }

    #[test]
    fn a_feed_is_told_by_what_stands_beside_its_items() {
        let item = "<item><title>Größe, Öl</title><!-- </item> --><x><![CDATA[</item>]]></x></item>";
        let feed =
            format!("<rss xmlns:d='http://purl.org/dc/terms/'><channel>{item} \n{item}<link>h</link></channel></rss>");
        let legacy = |label: &str, text: &str, encoding: &'static encoding_rs::Encoding| {
            encoding.encode(&format!("<?xml version='1.0' encoding='{label}'?>{text}")).0.into_owned()
        };
        let said = feed.replace("Größe", "Запах");
        let cut_off = &feed.as_bytes()[..feed.len() - 40];
        let malformed = feed.replacen("Ö", "?", 1).into_bytes();
        let malformed: Vec<u8> = malformed.into_iter().map(|b| if b == b'?' { 0xFF } else { b }).collect();
        for (bytes, charset, has_feed) in [
            (feed.clone().into_bytes(), Charset::Utf8, true),
            (legacy("windows-1252", &feed, WINDOWS_1252), Charset::Legacy(WINDOWS_1252), true),
            (legacy("windows-1251", &said, WINDOWS_1251), Charset::Legacy(WINDOWS_1251), true),
            (legacy("shift_jis", &feed, SHIFT_JIS), Charset::Legacy(SHIFT_JIS), true),
            (malformed, Charset::Utf8, true),
            (cut_off.to_vec(), Charset::Utf8, false),
        ] {
            for step in [1, 2, 7, 100, 10_000] {
                let (has_several, head) = head(&bytes, step);
                let head = head.expect("a head");
                assert!(has_several && head.charset == charset && head.guess.is_none(), "{step}: {head:?}");
                assert_eq!(head.feed.is_some(), has_feed, "{step}: {}", String::from_utf8_lossy(&bytes));
                assert_eq!(format!("{:?}", head.prefixes), "Prefixes([(\"d\", \"dc:\")])");
            }
        }
        assert!(!head(item.as_bytes(), 5).0);
        assert!(XmlSurvey::default().head(b"", Some(Charset::Utf16Le)).is_none());
    }
}
