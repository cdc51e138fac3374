//! ODT: paragraphs and headings of `content.xml`.

use rustc_hash::FxHashMap;

use super::package::Package;
use super::paragraphs::{Document, Gatherer};
use super::parts::{XmlPiece, attribute, texts_of, walk};
use super::unreadable::Unreadable;

const CONTENT: &str = "content.xml";
const META: &str = "meta.xml";
const MANIFEST: &str = "META-INF/manifest.xml";

/// Blanks that a mark of some stands for, at most.
const MOST_BLANKS: usize = 100;

/// The document of a package.
pub(super) fn read(package: &mut Package<'_>) -> Result<Document, Unreadable> {
    if package.part(MANIFEST)?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(Unreadable::locked());
    }
    let xml = package.needed(CONTENT)?;
    let mut reader = OdtReader::default();
    walk(CONTENT, &xml, |piece| {
        reader.take(piece);
        Ok(())
    })?;
    let mut document = Document { paragraphs: reader.gathered.done(), ..Document::default() };
    if let Some(meta) = package.part(META)? {
        document.title = texts_of(META, &meta, "title")?.pop();
        document.author = texts_of(META, &meta, "initial-creator")?.pop().or(texts_of(META, &meta, "creator")?.pop());
    }
    Ok(document)
}

#[derive(Default)]
struct OdtReader {
    gathered: Gatherer,
    /// Style -> the one that it is made from.
    parents: FxHashMap<String, String>,
    bold_styles: Vec<String>,
    style: String,
    /// Elements that hold nothing to be read, within each other.
    passed: usize,
    /// Paragraphs within each other.
    inside: usize,
    /// Whether each span around the text is bold.
    spans: Vec<bool>,
    paragraph_bold: bool,
}

/// What stands in such an element is no text of the document: notes, what was deleted, tables of contents.
fn is_passed(name: &str) -> bool {
    let passed = ["text:note", "text:tracked-changes", "text:table-of-content", "office:annotation", "text:ruby-text"];
    passed.contains(&name) || matches!(name, "draw:object" | "svg:desc" | "svg:title")
}

impl OdtReader {
    fn take(&mut self, piece: XmlPiece<'_>) {
        match piece {
            XmlPiece::Open(name, _) if self.passed > 0 || is_passed(name) => self.passed += 1,
            XmlPiece::Close(_) if self.passed > 0 => self.passed -= 1,
            XmlPiece::Open(name, tag) => {
                let style = || attribute(tag, "style-name").unwrap_or_default();
                match name {
                    "style:style" => {
                        self.style = attribute(tag, "name").unwrap_or_default();
                        let parent = attribute(tag, "parent-style-name").map(|parent| (self.style.clone(), parent));
                        self.parents.extend(parent);
                    }
                    "style:text-properties" => {
                        let is_bold = attribute(tag, "font-weight").is_some_and(|weight| weight == "bold");
                        self.bold_styles.extend(is_bold.then(|| self.style.clone()));
                    }
                    "text:h" | "text:p" => {
                        if !self.gathered.is_empty() {
                            self.gathered.end();
                        }
                        self.inside += 1;
                        let level = attribute(tag, "outline-level").and_then(|level| level.parse().ok());
                        let is_title = self.comes_from(&style(), "Title");
                        let level = if is_title { Some(0) } else { level.filter(|_| name == "text:h") };
                        self.paragraph_bold = self.is_bold(&style());
                        self.gathered.set_level(level);
                    }
                    "text:span" => self.spans.push(self.is_bold(&style())),
                    "text:line-break" => self.push("\n"),
                    "text:tab" => self.push("\t"),
                    "text:s" => {
                        let count = attribute(tag, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                        self.push(&" ".repeat(MOST_BLANKS.min(count)));
                    }
                    _ => {}
                }
            }
            XmlPiece::Close("text:h" | "text:p") => {
                self.gathered.end();
                self.inside = self.inside.saturating_sub(1);
            }
            XmlPiece::Close("text:span") => drop(self.spans.pop()),
            XmlPiece::Text(text) if self.inside > 0 && self.passed == 0 => {
                // line ends of the file are blanks
                self.push(&text.replace(['\n', '\r', '\t'], " "));
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        let bold = self.paragraph_bold || self.spans.iter().any(|bold| *bold);
        self.gathered.push(text, bold);
    }

    fn is_bold(&self, style: &str) -> bool {
        self.bold_styles.iter().any(|bold| bold == style)
    }

    fn comes_from(&self, style: &str, wanted: &str) -> bool {
        style == wanted || self.parents.get(style).is_some_and(|parent| parent == wanted)
    }
}
