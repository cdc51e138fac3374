//! DOCX: paragraphs of `word/document.xml`, levels of headings by their styles.

use rustc_hash::FxHashMap;

use super::package::Package;
use super::paragraphs::{Document, Gatherer};
use super::parts::{XmlPiece, attribute, texts_of, walk};
use super::unreadable::Unreadable;

const PROPERTIES: &str = "docProps/core.xml";

/// The document of a package, whose text stands in `part`.
pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Document, Unreadable> {
    let folder = part.rfind('/').map_or("", |at| &part[..=at]);
    let styles = package.part(&format!("{folder}styles.xml"))?;
    let levels = styles.map_or_else(|| Ok(FxHashMap::default()), |styles| levels(&styles))?;
    let xml = package.needed(part)?;
    let mut reader = DocxReader { levels, ..DocxReader::default() };
    walk(part, &xml, |piece| {
        reader.take(piece);
        Ok(())
    })?;
    let mut document = Document { paragraphs: reader.gathered.done(), ..Document::default() };
    if let Some(properties) = package.part(PROPERTIES)? {
        document.title = texts_of(PROPERTIES, &properties, "title")?.pop();
        document.author = texts_of(PROPERTIES, &properties, "creator")?.pop();
    }
    Ok(document)
}

#[derive(Default)]
struct DocxReader {
    /// Id of a style -> level of a heading.
    levels: FxHashMap<String, u8>,
    gathered: Gatherer,
    /// Elements that hold nothing to be read, within each other.
    passed: usize,
    in_text: bool,
    in_run: bool,
    bold: bool,
    hidden: bool,
}

/// What stands in such an element is no text of the document: what was moved away or deleted, and the same once more for old readers.
fn is_passed(name: &str) -> bool {
    matches!(name, "w:moveFrom" | "w:del" | "mc:Fallback" | "w:pPrChange" | "w:rPrChange" | "w:sectPr")
}

impl DocxReader {
    fn take(&mut self, piece: XmlPiece<'_>) {
        match piece {
            XmlPiece::Open(name, _) if self.passed > 0 || is_passed(name) => self.passed += 1,
            XmlPiece::Close(_) if self.passed > 0 => self.passed -= 1,
            XmlPiece::Open(name, tag) => {
                let value = || attribute(tag, "val");
                let is_on = || value().is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"));
                match name {
                    // a text box stands in a paragraph
                    "w:p" if !self.gathered.is_empty() => self.gathered.end(),
                    "w:pStyle" => {
                        let level = value().and_then(|style| self.levels.get(&style).copied());
                        self.gathered.set_level(level);
                    }
                    "w:outlineLvl" => {
                        let level = value().and_then(|level| level.parse().ok()).filter(|level: &u8| *level < 9);
                        self.gathered.set_level(level.map(|level| level + 1));
                    }
                    "w:r" => (self.in_run, self.bold, self.hidden) = (true, false, false),
                    "w:b" if self.in_run => self.bold = is_on(),
                    "w:vanish" if self.in_run => self.hidden = is_on(),
                    "w:t" => self.in_text = true,
                    "w:tab" if self.in_run => self.push("\t"),
                    "w:br" | "w:cr" => self.push("\n"),
                    "w:noBreakHyphen" => self.push("\u{2011}"),
                    _ => {}
                }
            }
            XmlPiece::Close("w:p") => self.gathered.end(),
            XmlPiece::Close("w:r") => self.in_run = false,
            XmlPiece::Close("w:t") => self.in_text = false,
            XmlPiece::Text(text) if self.in_text && self.passed == 0 => self.push(&text),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if !self.hidden {
            self.gathered.push(text, self.bold);
        }
    }
}

/// Styles that another is based on, one on the other, at most.
const MOST_BASES: usize = 12;

/// The levels of the styles that are headings: by their outline, or by their name, which is English in every language of the program.
fn levels(xml: &str) -> Result<FxHashMap<String, u8>, Unreadable> {
    let mut own: FxHashMap<String, u8> = FxHashMap::default();
    let mut bases: FxHashMap<String, String> = FxHashMap::default();
    let mut id = String::new();
    walk("word/styles.xml", xml, |piece| {
        let XmlPiece::Open(name, tag) = piece else { return Ok(()) };
        let value = || attribute(tag, "val");
        match name {
            "w:style" => id = attribute(tag, "styleId").unwrap_or_default(),
            "w:name" => {
                own.extend(value().and_then(|name| named_level(&name)).map(|level| (id.clone(), level)));
            }
            "w:basedOn" => bases.extend(value().map(|base| (id.clone(), base))),
            "w:outlineLvl" => {
                let level = value().and_then(|level| level.parse().ok()).filter(|level: &u8| *level < 9);
                own.extend(level.map(|level| (id.clone(), level + 1)));
            }
            _ => {}
        }
        Ok(())
    })?;
    let inherited = |id: &String| {
        let line = std::iter::successors(Some(id), |id| bases.get(*id));
        line.take(MOST_BASES).find_map(|id| own.get(id).copied())
    };
    let based = bases.keys().filter_map(|id| Some((id.clone(), inherited(id)?)));
    Ok(own.clone().into_iter().chain(based).collect())
}

/// The level that the name of a style tells: `Title`, `heading 2`.
pub(super) fn named_level(name: &str) -> Option<u8> {
    let name = name.to_ascii_lowercase();
    if name == "title" {
        return Some(0);
    }
    name.strip_prefix("heading")?.trim_start_matches([' ', '_']).parse().ok().filter(|level| (1..=9).contains(level))
}
