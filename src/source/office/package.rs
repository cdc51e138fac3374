//! The parts of a document that is a ZIP archive, unpacked within bounds.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::unreadable::Unreadable;
use crate::source::charset::Charset;

/// An archive of parts.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may be unpacked in all, and how many may still be.
    most: u64,
    left: u64,
}

impl<'b> Package<'b> {
    /// The archive of these bytes, of which so many may be unpacked.
    pub fn open(bytes: &'b [u8], most: u64) -> Result<Self, Unreadable> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| fault("the document", &e))?;
        Ok(Self { archive, most, left: most })
    }

    /// Whether there is a part of that name.
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The text of a part; none where there is no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(e) => return Err(fault(name, &e)),
        };
        let mut bytes = Vec::new();
        let read = part.take(self.left.saturating_add(1)).read_to_end(&mut bytes);
        if bytes.len() as u64 > self.left {
            return Err(Unreadable::too_large(self.most));
        }
        read.map_err(|_| Unreadable::damaged(name, "it breaks off, or is another than its checksum says"))?;
        self.left -= bytes.len() as u64;
        let (charset, mark) = Charset::from_mark(&bytes).unwrap_or((Charset::Utf8, 0));
        Ok(Some(charset.decode(&bytes[mark..]).text.into_owned()))
    }

    /// The text of a part that the document cannot be without.
    pub fn needed(&mut self, name: &str) -> Result<String, Unreadable> {
        self.part(name)?.ok_or_else(|| Unreadable::damaged("the document", &format!("it has no {name}")))
    }
}

fn fault(what: &str, error: &ZipError) -> Unreadable {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Unreadable::locked(),
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            Unreadable::damaged(what, "it is packed in a way that documents are not")
        }
        _ => Unreadable::damaged(what, "its list of parts cannot be read"),
    }
}
