//! RTF: the paragraphs of a document, character sets and headings of its tables of fonts and styles.

mod charsets;
mod tokens;

use encoding_rs::Encoding;
use rustc_hash::FxHashMap;

use super::docx::named_level;
use super::paragraphs::{Document, Gatherer};
use super::unreadable::Unreadable;
use charsets::{of_code_page, of_font};
use tokens::{RtfToken, RtfTokens};

/// Groups within each other, at most.
const DEEPEST: usize = 10_000;

/// How a document begins.
pub(super) const MARK: &[u8] = b"{\\rtf";

/// The document of these bytes, of which so many may become text.
pub(super) fn read(bytes: &[u8], most: u64) -> Result<Document, Unreadable> {
    let mut reader = RtfReader::default();
    for token in RtfTokens::new(bytes) {
        reader.take(token)?;
        if reader.length as u64 > most {
            return Err(Unreadable::too_large(most));
        }
    }
    reader.flush();
    if !reader.outer.is_empty() && !reader.ended {
        return Err(Unreadable::damaged("the document", "it breaks off"));
    }
    let some = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(Document { title: some(reader.title), author: some(reader.author), paragraphs: reader.gathered.done() })
}

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Destination {
    #[default]
    Text,
    Fonts,
    Styles,
    Title,
    Author,
    /// Nowhere.
    Passed,
}

/// What ends with its group.
#[derive(Clone, Copy, Debug)]
struct GroupState {
    destination: Destination,
    font: i32,
    bold: bool,
    hidden: bool,
    /// Characters that stand behind a character by its number, for those who do not know it.
    spare: usize,
}

impl Default for GroupState {
    fn default() -> Self {
        Self { destination: Destination::Text, font: -1, bold: false, hidden: false, spare: 1 }
    }
}

#[derive(Default)]
struct RtfReader {
    state: GroupState,
    outer: Vec<GroupState>,
    gathered: Gatherer,
    /// Characters that were not yet decoded.
    bytes: Vec<u8>,
    /// The first half of a character of two.
    half: Option<u16>,
    /// Characters that are passed over since one by its number stood before them.
    spare: usize,
    /// The group began with `\*`: what it is called next may be unknown.
    starred: bool,
    code_page: Option<&'static Encoding>,
    fonts: FxHashMap<i32, &'static Encoding>,
    default_font: i32,
    /// Number of a style -> its level.
    levels: FxHashMap<i32, u8>,
    /// The font, or the style, whose entry is being read, and its name.
    entry: i32,
    entry_name: String,
    entry_level: Option<u8>,
    title: String,
    author: String,
    /// Bytes of text so far.
    length: usize,
    /// The first group was closed.
    ended: bool,
}

impl RtfReader {
    fn take(&mut self, token: RtfToken<'_>) -> Result<(), Unreadable> {
        if self.ended {
            return Ok(());
        }
        match token {
            RtfToken::Open => {
                self.flush();
                if self.outer.len() == DEEPEST {
                    return Err(Unreadable::damaged("the document", &format!("groups more than {DEEPEST} deep")));
                }
                self.outer.push(self.state);
                self.spare = 0;
            }
            RtfToken::Close => self.close(),
            RtfToken::Star => self.starred = true,
            RtfToken::Byte(byte) => self.byte(byte),
            RtfToken::Char(c) => self.write(c.encode_utf8(&mut [0; 4])),
            RtfToken::Word(word, number) => {
                self.flush();
                let starred = std::mem::take(&mut self.starred);
                self.word(word, number, starred);
            }
        }
        Ok(())
    }

    fn close(&mut self) {
        self.flush();
        let destination = self.state.destination;
        if destination == Destination::Styles {
            self.end_entry();
        }
        self.state = self.outer.pop().unwrap_or_default();
        (self.starred, self.spare) = (false, 0);
        self.ended = self.outer.is_empty();
    }

    /// A style's name ends with a semicolon, or with its group.
    fn end_entry(&mut self) {
        let name = std::mem::take(&mut self.entry_name);
        let level = self.entry_level.take().or_else(|| named_level(name.trim().trim_end_matches(';')));
        self.levels.extend(level.map(|level| (self.entry, level)));
    }

    fn byte(&mut self, byte: u8) {
        if self.spare > 0 {
            self.spare -= 1;
        } else if !self.is_passed() {
            self.bytes.push(byte);
        }
    }

    fn is_passed(&self) -> bool {
        matches!(self.state.destination, Destination::Passed | Destination::Fonts) || self.state.hidden
    }

    /// Decodes the characters that wait.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let font = if self.state.font < 0 { self.default_font } else { self.state.font };
        let encoding = self.fonts.get(&font).copied().or(self.code_page).unwrap_or(encoding_rs::WINDOWS_1252);
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        self.write_decoded(&text);
    }

    /// Text that is decoded, behind what waits.
    fn write(&mut self, text: &str) {
        self.flush();
        if !self.is_passed() {
            self.write_decoded(text);
        }
    }

    fn write_decoded(&mut self, text: &str) {
        self.length += text.len();
        match self.state.destination {
            Destination::Text => self.gathered.push(text, self.state.bold),
            Destination::Styles => self.entry_name.push_str(text),
            Destination::Title => self.title.push_str(text),
            Destination::Author => self.author.push_str(text),
            Destination::Fonts | Destination::Passed => {}
        }
    }

    fn end_paragraph(&mut self) {
        if self.state.destination == Destination::Text {
            self.length += 1;
            self.gathered.end();
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>, starred: bool) {
        let on = number != Some(0);
        if let Some(destination) = destination(word, starred) {
            // within what is passed over, all is
            if self.state.destination != Destination::Passed {
                self.state.destination = destination;
            }
            return;
        }
        match word {
            "par" | "sect" | "page" | "cell" | "row" | "nestcell" | "nestrow" => self.end_paragraph(),
            "line" => self.write("\n"),
            "pard" => self.gathered.set_level(None),
            "plain" => (self.state.bold, self.state.hidden) = (false, false),
            "b" => self.state.bold = on,
            "v" | "deleted" => self.state.hidden = on,
            "f" => {
                self.state.font = number.unwrap_or(0);
                self.entry = self.state.font;
            }
            "deff" => self.default_font = number.unwrap_or(0),
            "fcharset" if self.state.destination == Destination::Fonts => {
                let encoding = number.and_then(of_font);
                self.fonts.extend(encoding.map(|encoding| (self.entry, encoding)));
            }
            "ansicpg" => self.code_page = number.and_then(of_code_page),
            "mac" => self.code_page = Some(encoding_rs::MACINTOSH),
            "s" => self.style(number.unwrap_or(0)),
            "outlinelevel" => self.outline(number),
            "uc" => self.state.spare = usize::try_from(number.unwrap_or(1)).unwrap_or(0).min(10),
            "u" => self.unicode(number.unwrap_or(0)),
            _ => {
                if let Some(text) = sign(word) {
                    self.write(text);
                }
            }
        }
    }

    fn style(&mut self, number: i32) {
        if self.state.destination == Destination::Styles {
            self.entry = number;
        } else {
            self.gathered.set_level(self.levels.get(&number).copied());
        }
    }

    fn outline(&mut self, number: Option<i32>) {
        let level = number.and_then(|level| u8::try_from(level).ok()).filter(|level| *level < 9);
        let level = level.map(|level| level + 1);
        if self.state.destination == Destination::Styles {
            self.entry_level = level;
        } else {
            self.gathered.set_level(level);
        }
    }

    /// A character by its number, which may be negative, or half of one.
    fn unicode(&mut self, number: i32) {
        let unit = (number & 0xFFFF) as u16;
        let units = [self.half.take().unwrap_or(unit), unit];
        let is_half = (0xD800..0xDC00).contains(&unit);
        if is_half {
            self.half = Some(unit);
        } else {
            let units = if units[0] == unit { &units[1..] } else { &units[..] };
            self.write(&String::from_utf16_lossy(units));
        }
        self.spare = self.state.spare;
    }
}

/// Where the text of a group goes that begins with the word; none where the word is another. What is marked and unknown goes nowhere.
fn destination(word: &str, starred: bool) -> Option<Destination> {
    Some(match word {
        "fonttbl" => Destination::Fonts,
        "stylesheet" => Destination::Styles,
        "title" => Destination::Title,
        "author" => Destination::Author,
        "info" | "colortbl" | "pict" | "object" | "objdata" | "header" | "headerl" | "headerr" | "headerf"
        | "footer" | "footerl" | "footerr" | "footerf" | "footnote" | "annotation" | "fldinst" | "nonshppict"
        | "listtable" | "listoverridetable" | "revtbl" | "rsidtbl" | "themedata" | "colorschememapping"
        | "datastore" | "latentstyles" | "xmlnstbl" | "generator" | "tc" | "xe" | "rxe" | "template" | "private" => {
            Destination::Passed
        }
        _ if starred => Destination::Passed,
        _ => return None,
    })
}

/// What a word stands for that is a sign.
fn sign(word: &str) -> Option<&'static str> {
    Some(match word {
        "tab" => "\t",
        "emdash" => "\u{2014}",
        "endash" => "\u{2013}",
        "lquote" => "\u{2018}",
        "rquote" => "\u{2019}",
        "ldblquote" => "\u{201C}",
        "rdblquote" => "\u{201D}",
        "bullet" => "\u{2022}",
        "emspace" | "enspace" | "qmspace" => " ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(rtf: &str) -> String {
        let document = read(rtf.as_bytes(), 1 << 20).unwrap_or_else(|e| panic!("{rtf}: {e}"));
        let line = |p: &super::super::paragraphs::Paragraph| {
            let level = p.level.map_or(String::new(), |level| format!("{level}:"));
            format!("{level}{}{}", if p.bold { "*" } else { "" }, p.text.trim())
        };
        document.paragraphs.iter().map(line).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn paragraphs_are_read() {
        for (rtf, text) in [
            (r"{\rtf1 One.\par Two.}", "One.|Two."),
            (r"{\rtf1\ansi\ansicpg1251 \'cf\'ee\'f0\'f2\par}", "Порт"),
            (r"{\rtf1{\fonttbl{\f0 A;}{\f1\fcharset238 B;}}\f1 \'b3\'f3d\'9f}", "łódź"),
            (r"{\rtf1\u8222?caf\u233?\u-10179?\u-8704? \uc0\u233 t\uc2\u233xyz}", "„café😀 étéz"),
            (
                r"{\rtf1{\info{\title T}{\author A}}{\colortbl;\red0;}{\*\unknown x}{\field{\*\fldinst HYPERLINK x}{\fldrslt shown}}}",
                "shown",
            ),
            (r"{\rtf1{\header top\par}{\pict 00ff}a{\footnote note}b}", "ab"),
            (r"{\rtf1 a\~b\-c\_d\{e\}\\f\line g\tab h}", "a\u{a0}bc\u{2011}d{e}\\f\ng\th"),
            (
                r"{\rtf1{\stylesheet{\s1 heading 1;}{\s2\outlinelevel1 Kopf;}}\pard\s1 Head\par\pard Text\par\s2 Sub\par}",
                "1:Head|Text|2:Sub",
            ),
            (r"{\rtf1{\b Bold}\par{\b half} not\par{\v gone}seen{\deleted old}}", "*Bold|half not|seen"),
            ("{\\rtf1 a\\\nb\r\nc\\bin3 }}}d}", "a|bcd"),
            (r"{\rtf1\pict00}{x", ""),
        ] {
            assert_eq!(told(rtf), text, "{rtf}");
        }
    }

    #[test]
    fn what_breaks_off_is_told() {
        for rtf in [r"{\rtf1 a", r"{\rtf1 {a}", r"{\rtf1 \'"] {
            assert!(read(rtf.as_bytes(), 1 << 20).is_err(), "{rtf}");
        }
        assert!(read(format!("{{\\rtf1{}", "{".repeat(20_000)).as_bytes(), 1 << 20).is_err());
        assert!(read(br"{\rtf1 much too long}", 5).is_err());
    }
}
