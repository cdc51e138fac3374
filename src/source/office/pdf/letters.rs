//! The characters that a font's codes stand for: its `ToUnicode` map, or the names of its glyphs.

use lopdf::{Dictionary, Document, Object};
use rustc_hash::FxHashMap;

/// Bytes of a map of codes, unpacked, at most.
const MOST_OF_MAP: usize = 8 << 20;
/// Codes of a range, at most: there are no more of two bytes.
const RANGE: u32 = 1 << 16;

/// What codes stand for.
#[derive(Debug, Default)]
pub(super) struct CodeMap {
    /// By the length of the code in bytes, and the code.
    single: FxHashMap<(u8, u32), String>,
    /// First and last code, and what the first stands for: the last character counts on.
    ranges: Vec<(u8, u32, u32, String)>,
}

impl CodeMap {
    /// The map of a font; none where it has none.
    pub fn of(font: &Dictionary, file: &Document) -> Option<Self> {
        let stream = font.get_deref(b"ToUnicode", file).and_then(Object::as_stream).ok()?;
        let plain = stream.get_plain_content_with_limit(MOST_OF_MAP).ok()?;
        let map = Self::read(&plain);
        (!map.single.is_empty() || !map.ranges.is_empty()).then_some(map)
    }

    pub fn get(&self, length: u8, code: u32) -> Option<String> {
        if let Some(text) = self.single.get(&(length, code)) {
            return Some(text.clone());
        }
        let holds = |range: &&(u8, u32, u32, String)| range.0 == length && (range.1..=range.2).contains(&code);
        let (_, first, _, text) = self.ranges.iter().find(holds)?;
        let last = text.chars().next_back()?;
        let counted = char::from_u32(last as u32 + (code - first))?;
        Some(text[..text.len() - last.len_utf8()].to_owned() + counted.encode_utf8(&mut [0; 4]))
    }

    fn read(plain: &[u8]) -> Self {
        let mut map = Self::default();
        let tokens = tokens(plain);
        let mut at = 0;
        while at < tokens.len() {
            let is_char = tokens[at] == MapToken::Word(b"beginbfchar");
            let is_range = tokens[at] == MapToken::Word(b"beginbfrange");
            at += 1;
            while (is_char || is_range) && matches!(tokens.get(at), Some(MapToken::Hex(_))) {
                at += if is_char { map.char(&tokens[at..]) } else { map.range(&tokens[at..]) };
            }
        }
        map
    }

    /// Takes `<code> <text>`; gives the number of tokens.
    fn char(&mut self, tokens: &[MapToken<'_>]) -> usize {
        if let [MapToken::Hex(code), MapToken::Hex(text), ..] = tokens {
            self.single.insert((code.len() as u8, number(code)), utf16(text));
        }
        2
    }

    /// Takes `<first> <last> <text>` or `<first> <last> [<text> …]`; gives the number of tokens.
    fn range(&mut self, tokens: &[MapToken<'_>]) -> usize {
        let [MapToken::Hex(first), MapToken::Hex(last), rest @ ..] = tokens else { return tokens.len().min(3) };
        let (length, first, last) = (first.len() as u8, number(first), number(last));
        match rest.first() {
            Some(MapToken::Hex(text)) => {
                if first <= last && last - first < RANGE {
                    self.ranges.push((length, first, last, utf16(text)));
                }
                3
            }
            Some(MapToken::Open) => {
                let texts = rest[1..].iter().map_while(|token| match token {
                    MapToken::Hex(text) => Some(utf16(text)),
                    _ => None,
                });
                let mut taken = 0;
                for (code, text) in (first..).zip(texts) {
                    self.single.insert((length, code), text);
                    taken += 1;
                }
                4 + taken
            }
            _ => 3,
        }
    }
}

/// A token of a map of codes.
#[derive(Debug, PartialEq)]
enum MapToken<'m> {
    Hex(Vec<u8>),
    Word(&'m [u8]),
    Open,
    Close,
}

fn tokens(plain: &[u8]) -> Vec<MapToken<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < plain.len() {
        match plain[at] {
            b'<' if plain.get(at + 1) != Some(&b'<') => {
                let end = memchr::memchr(b'>', &plain[at..]).map_or(plain.len(), |end| at + end);
                tokens.push(MapToken::Hex(hex(&plain[at + 1..end])));
                at = end + 1;
            }
            b'[' => {
                tokens.push(MapToken::Open);
                at += 1;
            }
            b']' => {
                tokens.push(MapToken::Close);
                at += 1;
            }
            b'%' => at = memchr::memchr2(b'\n', b'\r', &plain[at..]).map_or(plain.len(), |end| at + end),
            c if c.is_ascii_alphabetic() => {
                let end = plain[at..].iter().position(|c| !c.is_ascii_alphanumeric()).unwrap_or(plain.len() - at);
                tokens.push(MapToken::Word(&plain[at..at + end]));
                at += end;
            }
            _ => at += 1,
        }
    }
    tokens
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits.iter().filter_map(|c| (*c as char).to_digit(16)).map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

fn number(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn utf16(bytes: &[u8]) -> String {
    match bytes {
        [one] => char::from(*one).to_string(),
        _ => encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// What the codes of a font of single bytes stand for.
pub(super) fn of_bytes(font: &Dictionary, file: &Document) -> Vec<Option<String>> {
    let mut base = font.clone();
    let mut differences = Vec::new();
    if let Ok(encoding) = font.get_deref(b"Encoding", file).and_then(Object::as_dict) {
        differences = encoding.get_deref(b"Differences", file).and_then(Object::as_array).cloned().unwrap_or_default();
        match encoding.get(b"BaseEncoding") {
            Ok(name) => base.set("Encoding", name.clone()),
            Err(_) => drop(base.remove(b"Encoding")),
        }
    }
    base.remove(b"ToUnicode");
    base.set("Type", Object::Name(b"Font".to_vec()));
    let mut letters: Vec<Option<String>> = vec![None; 256];
    if let Ok(encoding) = base.get_font_encoding_with_limit(file, MOST_OF_MAP) {
        for (code, letter) in letters.iter_mut().enumerate() {
            *letter = encoding.bytes_to_string(&[code as u8]).ok().filter(|text| !text.is_empty());
        }
    }
    let mut code = 0_usize;
    for item in &differences {
        match item {
            Object::Integer(first) => code = (*first).clamp(0, 255) as usize,
            Object::Name(name) if code < letters.len() => {
                letters[code] = of_name(name, file);
                code += 1;
            }
            _ => {}
        }
    }
    letters
}

/// What the glyph of a name stands for: `eacute`, `uni00E9`, `u1F600`, `f_i`, `a.alt`.
fn of_name(name: &[u8], file: &Document) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    let name = name.split_once('.').map_or(name, |(name, _)| name);
    if name.contains('_') {
        let parts: Option<Vec<String>> = name.split('_').map(|part| of_name(part.as_bytes(), file)).collect();
        return parts.map(|parts| parts.concat());
    }
    let digits = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).map(String::from);
    let numbered = match (name.strip_prefix("uni"), name.strip_prefix('u')) {
        (Some(rest), _) if rest.len() == 4 => digits(rest),
        (_, Some(rest)) if (4..=6).contains(&rest.len()) => digits(rest),
        _ => None,
    };
    numbered.or_else(|| named(name, file))
}

/// The same by Adobe's list of names.
fn named(name: &str, file: &Document) -> Option<String> {
    let differences = vec![Object::Integer(1), Object::Name(name.as_bytes().to_vec())];
    let encoding = Dictionary::from_iter([("Differences", Object::Array(differences))]);
    let font =
        Dictionary::from_iter([("Type", Object::Name(b"Font".to_vec())), ("Encoding", Object::Dictionary(encoding))]);
    let encoding = font.get_font_encoding_with_limit(file, MOST_OF_MAP).ok()?;
    encoding.bytes_to_string(&[1]).ok().filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_for_what_the_map_says() {
        let map = CodeMap::read(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n2 beginbfchar <0003> <0020> <0005> <00660069>\n\
              endbfchar 2 beginbfrange <0010><0012><0041> <0020> <0021> [<0416> <D83DDE00>] endbfrange",
        );
        for (code, text) in
            [(3, Some(" ")), (5, Some("fi")), (0x11, Some("B")), (0x20, Some("Ж")), (0x21, Some("😀")), (9, None)]
        {
            assert_eq!(map.get(2, code).as_deref(), text, "{code}");
        }
    }

    #[test]
    fn names_of_glyphs_stand_for_characters() {
        for (name, text) in [
            ("eacute", Some("é")),
            ("uni0416", Some("Ж")),
            ("u1F600", Some("😀")),
            ("f_i", Some("fi")),
            ("a.alt", Some("a")),
            ("g17", None),
        ] {
            assert_eq!(of_name(name.as_bytes(), &Document::new()).as_deref(), text, "{name}");
        }
    }
}
