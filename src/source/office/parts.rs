//! The XML of a part, one piece after the other.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::unreadable::Unreadable;
use crate::source::html;

/// Elements within each other, at most.
const DEEPEST: usize = 1000;

/// A piece of XML. Names are those that the file writes, prefix and all, but for [`local`].
pub(super) enum XmlPiece<'x> {
    Open(&'x str, &'x BytesStart<'x>),
    Close(&'x str),
    /// References are undone.
    Text(Cow<'x, str>),
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The value of an attribute, whatever its prefix, references undone.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = tag.attributes();
    let found = all.with_checks(false).flatten().find(|attribute| local(attribute.key.as_ref()) == name)?;
    Some(html::decode(&found.value))
}

/// Gives the pieces of a text of XML to `each`, in order; an element without content is opened and closed.
pub(super) fn walk(
    part: &str,
    xml: &str,
    mut each: impl FnMut(XmlPiece<'_>) -> Result<(), Unreadable>,
) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.expand_empty_elements = true;
    let mut open = 0_usize;
    loop {
        let before = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|e| Unreadable::damaged(part, &format!("invalid XML ({e})")))?;
        match event {
            Event::Start(tag) => {
                open += 1;
                if open > DEEPEST {
                    return Err(Unreadable::damaged(part, &format!("elements more than {DEEPEST} deep")));
                }
                each(XmlPiece::Open(tag.name().as_ref(), &tag))?;
            }
            Event::End(tag) => {
                open = open.saturating_sub(1);
                each(XmlPiece::Close(tag.name().as_ref()))?;
            }
            Event::Text(_) | Event::GeneralRef(_) => {
                let raw = xml.get(before..reader.buffer_position() as usize).unwrap_or_default();
                let text = if raw.contains('&') { Cow::Owned(html::decode(raw)) } else { Cow::Borrowed(raw) };
                each(XmlPiece::Text(text))?;
            }
            Event::CData(text) => each(XmlPiece::Text(Cow::Borrowed(&text)))?,
            Event::Eof if open > 0 => return Err(Unreadable::damaged(part, "it breaks off")),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The text of the first element of that name (without prefix), and of others of it.
pub(super) fn texts_of(part: &str, xml: &str, name: &str) -> Result<Vec<String>, Unreadable> {
    let mut found: Vec<String> = Vec::new();
    let mut inside = false;
    walk(part, xml, |piece| {
        match piece {
            XmlPiece::Open(tag, _) if local(tag) == name => {
                inside = true;
                found.push(String::new());
            }
            XmlPiece::Close(tag) if local(tag) == name => inside = false,
            XmlPiece::Text(text) if inside => found.last_mut().into_iter().for_each(|last| last.push_str(&text)),
            _ => {}
        }
        Ok(())
    })?;
    found.retain(|text| !text.trim().is_empty());
    Ok(found)
}
