//! Character sets: what a file's bytes are, their text, and how long each character is on both sides.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How the bytes of a file spell its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8, clean or with malformed bytes.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// A legacy character set, such as windows-1251.
    Legacy(&'static Encoding),
}

/// Bytes made text.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text; borrowed where the bytes are clean UTF-8.
    pub text: Cow<'a, str>,
    /// Characters that stand for malformed bytes (U+FFFD).
    pub malformed: usize,
}

impl Decoded<'_> {
    /// What to tell of malformed bytes, where there are any.
    pub(super) fn warning(&self, charset: Charset) -> Option<String> {
        let (count, s) = (self.malformed, if self.malformed == 1 { "" } else { "s" });
        (count > 0).then(|| format!("{count} malformed character{s} in {}, shown as U+FFFD", charset.name()))
    }
}

impl Charset {
    /// Name in lower case, as people write it.
    pub fn name(self) -> String {
        match self {
            Self::Utf8 => "utf-8".to_owned(),
            Self::Utf16Le => "utf-16le".to_owned(),
            Self::Utf16Be => "utf-16be".to_owned(),
            Self::Legacy(encoding) => encoding.name().to_ascii_lowercase(),
        }
    }

    /// Character set and length in bytes of a byte order mark at the start of a file.
    pub fn from_mark(bytes: &[u8]) -> Option<(Self, usize)> {
        match bytes {
            [0xEF, 0xBB, 0xBF, ..] => Some((Self::Utf8, 3)),
            [0xFF, 0xFE, ..] => Some((Self::Utf16Le, 2)),
            [0xFE, 0xFF, ..] => Some((Self::Utf16Be, 2)),
            _ => None,
        }
    }

    /// UTF-16 without a mark: one byte of each pair is often NUL (spaces, line ends, Latin letters), the other hardly ever (一
    /// is U+4E00).
    pub fn utf16_by_nuls(bytes: &[u8]) -> Option<Self> {
        let pairs = bytes.len() / 2;
        if pairs < 2 || memchr::memchr(0, bytes).is_none() {
            return None;
        }
        let nuls = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
        let (even, odd) = (nuls(0), nuls(1));
        let often = |n: usize| n * 20 >= pairs;
        match (even, odd) {
            (few, n) if often(n) && few * 10 <= n => Some(Self::Utf16Le),
            (n, few) if often(n) && few * 10 <= n => Some(Self::Utf16Be),
            _ => None,
        }
    }

    /// The character set of bytes without a mark that are not UTF-16, with a warning where it stays a guess.
    pub fn detect(bytes: &[u8]) -> (Self, Option<String>) {
        let Err(first) = std::str::from_utf8(bytes) else { return (Self::Utf8, None) };
        let cut_off = first.error_len().is_none();
        if cut_off || mostly_utf8(bytes) {
            return (Self::Utf8, None);
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        let guess = detector.guess(None, Utf8Detection::Deny);
        if guess == UTF_8 {
            return (Self::Utf8, None);
        }
        let undecided = guess != WINDOWS_1252 && bytes.iter().filter(|b| **b >= 0x80).count() < 6;
        let warning = undecided.then(|| {
            format!(
                "character set guessed from a few bytes: read as {}; convert the file to UTF-8 to be sure",
                guess.name().to_ascii_lowercase()
            )
        });
        (Self::Legacy(guess), warning)
    }

    /// The text of `bytes`, which carry no byte order mark.
    pub fn decode(self, bytes: &[u8]) -> Decoded<'_> {
        match self {
            Self::Utf8 => decode_utf8(bytes),
            Self::Utf16Le | Self::Utf16Be => decode_utf16(bytes, self == Self::Utf16Be),
            Self::Legacy(encoding) => decode_legacy(bytes, encoding),
        }
    }

    /// Calls `each(source bytes, text bytes)` for every character of `bytes`, or for a run that is the same on both
    /// sides; stops when it returns false.
    pub(super) fn walk(self, bytes: &[u8], each: impl FnMut(Step) -> bool) {
        match self {
            Self::Utf8 => walk_utf8(bytes, each),
            Self::Utf16Le | Self::Utf16Be => walk_utf16(bytes, self == Self::Utf16Be, each),
            Self::Legacy(encoding) => walk_legacy(bytes, encoding, each),
        }
    }
}

/// A stretch of the way through bytes and their text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// So many bytes that are the same on both sides.
    Same(usize),
    /// One character (or none): its length in the source and in the text.
    Char(usize, usize),
}

/// Whether more well-formed than malformed sequences stand among the bytes beyond ASCII.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

fn decode_utf8(bytes: &[u8]) -> Decoded<'_> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: Cow::Borrowed(text), malformed: 0 },
        Err(_) => {
            let malformed = bytes.utf8_chunks().filter(|c| !c.invalid().is_empty()).count();
            Decoded { text: String::from_utf8_lossy(bytes), malformed }
        }
    }
}

fn walk_utf8(bytes: &[u8], mut each: impl FnMut(Step) -> bool) {
    for chunk in bytes.utf8_chunks() {
        if !each(Step::Same(chunk.valid().len())) {
            return;
        }
        let bad = chunk.invalid().len();
        if bad > 0 && !each(Step::Char(bad, char::REPLACEMENT_CHARACTER.len_utf8())) {
            return;
        }
    }
}

/// The characters of UTF-16 with their length in bytes; malformed ones as errors, an odd last byte too.
fn utf16_chars(bytes: &[u8], big_end: bool) -> impl Iterator<Item = (Result<char, ()>, usize)> {
    let unit = move |pair: &[u8]| {
        let pair = [pair[0], pair[1]];
        if big_end { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
    };
    let odd = (bytes.len() % 2 == 1).then_some((Err(()), 1));
    char::decode_utf16(bytes.chunks_exact(2).map(unit))
        .map(|c| match c {
            Ok(c) => (Ok(c), c.len_utf16() * 2),
            Err(_) => (Err(()), 2),
        })
        .chain(odd)
}

fn decode_utf16(bytes: &[u8], big_end: bool) -> Decoded<'_> {
    let mut text = String::with_capacity(bytes.len() / 2 + 16);
    let mut malformed = 0;
    for (c, _) in utf16_chars(bytes, big_end) {
        malformed += usize::from(c.is_err());
        text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    Decoded { text: Cow::Owned(text), malformed }
}

fn walk_utf16(bytes: &[u8], big_end: bool, mut each: impl FnMut(Step) -> bool) {
    for (c, len) in utf16_chars(bytes, big_end) {
        if !each(Step::Char(len, c.unwrap_or(char::REPLACEMENT_CHARACTER).len_utf8())) {
            return;
        }
    }
}

fn decode_legacy<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let malformed = if had_errors { text.matches(char::REPLACEMENT_CHARACTER).count().max(1) } else { 0 };
    Decoded { text, malformed }
}

/// Feeds the decoder a byte at a time: slow, but exact for every character set it knows.
fn walk_legacy(bytes: &[u8], encoding: &'static Encoding, mut each: impl FnMut(Step) -> bool) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut held = 0;
    let mut out = [0_u8; 32];
    for at in 0..=bytes.len() {
        let last = at == bytes.len();
        let input = if last { &[][..] } else { &bytes[at..=at] };
        held += input.len();
        let (_, _, written, _) = decoder.decode_to_utf8(input, &mut out, last);
        // What comes at once with a malformed character's mark is the byte that broke it.
        let text = std::str::from_utf8(&out[..written]).unwrap_or("");
        let count = text.chars().count();
        for (nth, c) in text.chars().enumerate() {
            let taken = if nth + 1 == count || held <= 1 { held } else { held - 1 };
            held -= taken;
            if !each(Step::Char(taken, c.len_utf8())) {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{GBK, KOI8_R, SHIFT_JIS, WINDOWS_1251};

    #[test]
    fn marks_and_nuls_tell_utf16() {
        assert_eq!(Charset::from_mark(b"\xEF\xBB\xBFa"), Some((Charset::Utf8, 3)));
        let le: Vec<u8> = "Ночь в порту\nтихо".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "The tide".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(Charset::utf16_by_nuls(&le), Some(Charset::Utf16Le));
        assert_eq!(Charset::utf16_by_nuls(&be), Some(Charset::Utf16Be));
        assert_eq!(Charset::utf16_by_nuls(b"plain text"), None);
        assert_eq!(Charset::utf16_by_nuls(b"\0\0\0\0\0\0"), None);
    }

    #[test]
    fn legacy_text_is_told_from_broken_utf8() {
        let (cyrillic, _, _) = WINDOWS_1251.encode("Паром вышел из порта с опозданием на три часа из-за шторма.");
        assert_eq!(Charset::detect(&cyrillic).0, Charset::Legacy(WINDOWS_1251));
        assert_eq!(Charset::detect(b"The harbour\x92s pilots").0, Charset::Legacy(WINDOWS_1252));
        assert_eq!(Charset::detect("the ferry’s".as_bytes().split_at(11).0).0, Charset::Utf8);
        assert_eq!(Charset::detect(b"caf\xC3\xA9 na\xC3\xAFve \xFF").0, Charset::Utf8);
    }

    #[test]
    fn a_walk_covers_exactly_what_decoding_reads_and_writes() {
        let samples: [(Charset, Vec<u8>); 6] = [
            (Charset::Utf8, b"a\xFFb\xE2\x80".to_vec()),
            (Charset::Utf16Le, vec![0x3D, 0xD8, 0x00, 0xDE, 0x3D, 0xD8, 0x41, 0x00, 0x41]),
            (Charset::Legacy(KOI8_R), KOI8_R.encode("Порт открыт").0.into_owned()),
            (Charset::Legacy(SHIFT_JIS), SHIFT_JIS.encode("港は開いた abc").0.into_owned()),
            (Charset::Legacy(GBK), GBK.encode("港口 a 开放").0.into_owned()),
            (Charset::Legacy(GBK), b"a\x81 b\x81".to_vec()),
        ];
        for (charset, bytes) in samples {
            let (mut source, mut text) = (0, 0);
            charset.walk(&bytes, |step| {
                let (s, t) = match step {
                    Step::Same(n) => (n, n),
                    Step::Char(s, t) => (s, t),
                };
                source += s;
                text += t;
                true
            });
            assert_eq!((source, text), (bytes.len(), charset.decode(&bytes).text.len()), "{charset:?} {bytes:?}");
        }
    }
}
