//! The tokens of RTF: groups, words with their numbers, and the bytes between them.

/// A token.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum RtfToken<'b> {
    Open,
    Close,
    /// `\*`: who does not know the word behind it passes over the group.
    Star,
    Word(&'b str, Option<i32>),
    /// A byte of text, in the character set of its font.
    Byte(u8),
    /// A character by a sign of its own.
    Char(char),
}

/// The tokens of some bytes.
pub(super) struct RtfTokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> RtfTokens<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The token behind a backslash; none where it means nothing.
    fn control(&mut self) -> Option<RtfToken<'b>> {
        let first = *self.bytes.get(self.at)?;
        if first.is_ascii_alphabetic() {
            return self.word();
        }
        self.at += 1;
        Some(match first {
            b'\'' => {
                let digits = self.bytes.get(self.at..self.at + 2)?;
                let byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
                self.at += 2;
                RtfToken::Byte(byte)
            }
            b'*' => RtfToken::Star,
            b'~' => RtfToken::Char('\u{a0}'),
            b'_' => RtfToken::Char('\u{2011}'),
            b'{' | b'}' | b'\\' => RtfToken::Byte(first),
            b'\n' | b'\r' => RtfToken::Word("par", None),
            b'\t' => RtfToken::Word("tab", None),
            _ => return None,
        })
    }

    fn word(&mut self) -> Option<RtfToken<'b>> {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let minus = usize::from(rest.get(length) == Some(&b'-'));
        let digits = rest[length + minus..].iter().take_while(|b| b.is_ascii_digit()).count();
        let end = if digits > 0 { length + minus + digits } else { length };
        let word = std::str::from_utf8(&rest[..length]).ok()?;
        let number = std::str::from_utf8(&rest[length..end]).ok().and_then(|number| number.parse().ok());
        self.at += end + usize::from(rest.get(end) == Some(&b' '));
        if word == "bin" {
            let length = number.and_then(|number: i32| usize::try_from(number).ok()).unwrap_or(0);
            self.at = self.at.saturating_add(length).min(self.bytes.len());
            return None;
        }
        Some(RtfToken::Word(word, number))
    }
}

impl<'b> Iterator for RtfTokens<'b> {
    type Item = RtfToken<'b>;

    fn next(&mut self) -> Option<RtfToken<'b>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'{' => return Some(RtfToken::Open),
                b'}' => return Some(RtfToken::Close),
                b'\\' => {
                    if let Some(token) = self.control() {
                        return Some(token);
                    }
                }
                b'\n' | b'\r' | 0 => {}
                byte => return Some(RtfToken::Byte(byte)),
            }
        }
    }
}
