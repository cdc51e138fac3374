//! EPUB: the chapters of a book, in the order in which they are read.

use rustc_hash::FxHashMap;

use super::layout::{Book, OfficeLayout, Unpacked};
use super::package::Package;
use super::paragraphs::one_line;
use super::parts::{XmlPiece, attribute, local, walk};
use super::unreadable::Unreadable;

const CONTAINER: &str = "META-INF/container.xml";

/// Chapters of a book, at most.
const MOST: usize = 10_000;

/// What programs call the author of what they made.
const PROGRAMS: &[&str] = &["calibre", "unknown", "anonymous", "pandoc"];

/// An entry of the list of a book's files.
struct BookFile {
    href: String,
    is_page: bool,
    /// It holds the table of contents.
    is_contents: bool,
}

#[derive(Default)]
struct BookList {
    items: FxHashMap<String, BookFile>,
    /// Ids of chapters, in order.
    spine: Vec<String>,
    title: Option<String>,
    creators: Vec<String>,
    date: Option<String>,
    /// Files that the guide calls cover or contents.
    aside: Vec<String>,
}

/// The book of a package.
pub(super) fn read(package: &mut Package<'_>) -> Result<Unpacked, Unreadable> {
    let container = package.needed(CONTAINER)?;
    let mut list_at = None;
    walk(CONTAINER, &container, |piece| {
        if let XmlPiece::Open(name, tag) = piece
            && local(name) == "rootfile"
        {
            list_at = list_at.take().or_else(|| attribute(tag, "full-path"));
        }
        Ok(())
    })?;
    let list_at = list_at.ok_or_else(|| Unreadable::damaged(CONTAINER, "it names no list of chapters"))?;
    let list = book_list(&list_at, &package.needed(&list_at)?)?;
    let folder = list_at.rfind('/').map_or("", |at| &list_at[..=at]);
    let mut text = String::new();
    let mut book = Book { date: list.date.clone(), outlet: list.outlet(), ..Book::default() };
    for item in list.chapters().take(MOST) {
        let Some(page) = package.part(&resolved(folder, &item.href))? else { continue };
        if !page.contains('<') {
            return Err(Unreadable {
                what: "the chapters of the book are encrypted".to_owned(),
                way_out: "get it without a lock".to_owned(),
            });
        }
        let start = text.len();
        text.push_str(&page);
        text.push('\n');
        book.chapters.push(start..text.len());
    }
    Ok(Unpacked { text, layout: OfficeLayout::Book(book) })
}

impl BookList {
    /// What a reader reads: neither cover nor contents.
    fn chapters(&self) -> impl Iterator<Item = &BookFile> {
        let is_aside = |item: &BookFile| {
            let file = item.href.split('#').next().unwrap_or_default();
            let name = file.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
            let stem = name.split('.').next().unwrap_or_default();
            self.aside.iter().any(|aside| aside.split('#').next() == Some(file))
                || matches!(stem, "cover" | "titlepage" | "nav" | "toc")
        };
        let known = self.spine.iter().filter_map(|id| self.items.get(id));
        known.filter(move |item| item.is_page && !item.is_contents && !is_aside(item))
    }

    /// The title, where the book is the issue of a paper: nobody but a program is its author. What a title says of the issue goes.
    fn outlet(&self) -> Option<String> {
        let is_program = |name: &String| PROGRAMS.iter().any(|program| name.to_lowercase().starts_with(program));
        if !self.creators.iter().all(is_program) {
            return None;
        }
        let title = one_line(self.title.as_deref()?);
        let end = title.find(['[', '(']).unwrap_or(title.len());
        let name = title[..end].trim().trim_end_matches([',', '-', '–', '—', ':']).trim();
        Some(name.to_owned()).filter(|name| !name.is_empty())
    }
}

fn book_list(part: &str, xml: &str) -> Result<BookList, Unreadable> {
    let mut list = BookList::default();
    let mut inside = String::new();
    let mut said = String::new();
    walk(part, xml, |piece| {
        match piece {
            XmlPiece::Open(name, tag) => {
                let get = |name: &str| attribute(tag, name).unwrap_or_default();
                match local(name) {
                    "item" => {
                        let kind = get("media-type");
                        let item = BookFile {
                            href: get("href"),
                            is_page: kind.contains("html"),
                            is_contents: get("properties").split(' ').any(|one| one == "nav"),
                        };
                        list.items.insert(get("id"), item);
                    }
                    "itemref" if get("linear") != "no" => list.spine.push(get("idref")),
                    "reference" if matches!(get("type").as_str(), "cover" | "toc" | "title-page") => {
                        list.aside.push(get("href"));
                    }
                    _ => {}
                }
                local(name).clone_into(&mut inside);
                said.clear();
            }
            XmlPiece::Text(text) => said.push_str(&text),
            XmlPiece::Close(name) => {
                let value = Some(one_line(&said)).filter(|value| !value.is_empty() && inside == local(name));
                match (local(name), value) {
                    ("title", Some(value)) => list.title = list.title.take().or(Some(value)),
                    ("creator", Some(value)) => list.creators.push(value),
                    ("date", Some(value)) => list.date = list.date.take().or(Some(value)),
                    _ => {}
                }
                inside.clear();
            }
        }
        Ok(())
    })?;
    Ok(list)
}

/// A path from a folder of the package, `..` and `%20` undone.
fn resolved(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let coded = if first == b'%' { behind.get(..2).and_then(|two| std::str::from_utf8(two).ok()) } else { None };
        match coded.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(first);
                rest = behind;
            }
        }
    }
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let href = String::from_utf8_lossy(&bytes);
    for part in href.split('/') {
        match part {
            ".." => drop(path.pop()),
            "" | "." => {}
            part => path.push(part),
        }
    }
    path.join("/")
}
