//! What the index stores of an article: one compact record, of which only the passages that are shown are read.
//!
//! Two stored fields: the id and the head (fields and the passages' outlines) in postcard's format, and the passages'
//! texts end to end as a string, which tantivy reads in one piece (bytes it reads one by one). Whatever is shown is held against
//! a checksum (CRC-32, IEEE 802.3) that was made when the article was: the head ends in its own, and has one of each passage.
//! tantivy's own are of whole files, which no query reads to their end, and a merge writes new ones.

use serde::{Deserialize, Serialize};
use tantivy::TantivyError;
use tantivy::schema::OwnedValue;
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};

use crate::analysis::Language;
use crate::article::{Article, ArticleId, Field, Lines, NewsDate, Span};
use crate::hit::{Record, StoredArticle, StoredPassage};
use crate::passage::Passage;

/// Where an article comes from.
#[derive(Clone, Debug)]
pub struct Provenance<'a> {
    /// The file as it can be opened.
    pub path: &'a str,
    /// The record in a file of several.
    pub record: Option<Record>,
    /// Hash of the file or record.
    pub hash: [u8; 32],
    /// The article's address.
    pub url: Option<String>,
    /// The language of the archive, whose sentence ends part its passages.
    pub language: Language,
}

#[derive(Serialize, Deserialize)]
struct Head {
    headline: Option<Field<String>>,
    outlet: Option<Field<String>>,
    date: Option<Field<NewsDate>>,
    byline: Option<Field<String>>,
    dateline_place: Option<Field<String>>,
    credit: Vec<String>,
    url: Option<String>,
    path: String,
    record: Option<Record>,
    hash: [u8; 32],
    passages: Vec<Outline>,
}

#[derive(Serialize, Deserialize)]
struct Outline {
    bytes: u32,
    /// Of its text.
    checksum: u32,
    continues: bool,
    subheads: Vec<u32>,
    lines: Option<Lines>,
    pieces: Vec<Span>,
}

/// The head as bytes, before which the id goes when it is known, and the texts. The pieces are already bytes of the file.
pub(crate) fn encode(article: Article, from: Provenance<'_>, passages: &[Passage]) -> (Vec<u8>, String) {
    let outlines = passages.iter().map(|p| Outline {
        bytes: p.text.len() as u32,
        checksum: crc32fast::hash(p.text.as_bytes()),
        continues: p.continues,
        subheads: p.subheads.clone(),
        lines: p.lines,
        pieces: p.pieces.clone(),
    });
    let head = Head {
        headline: article.headline,
        outlet: article.outlet,
        date: article.date,
        byline: article.byline,
        dateline_place: article.dateline_place,
        credit: article.credit,
        url: from.url,
        path: from.path.to_owned(),
        record: from.record,
        hash: from.hash,
        passages: outlines.collect(),
    };
    // writing postcard to a Vec fails on nothing that a Head can hold
    let bytes = postcard::to_extend(&head, Vec::with_capacity(1024)).unwrap_or_default();
    (bytes, passages.iter().map(|p| p.text.as_str()).collect())
}

/// Bytes of the checksum behind a head, little-endian.
const CHECKSUM: usize = 4;

/// Puts the id before what [`encode`] gave, and the checksum of both behind it.
pub(crate) fn with_id(id: &ArticleId, encoded: &[u8]) -> Vec<u8> {
    let bytes = Vec::with_capacity(encoded.len() + id.0.len() + 5 + CHECKSUM);
    let mut bytes = postcard::to_extend(id, bytes).unwrap_or_default();
    bytes.extend_from_slice(encoded);
    sealed(bytes)
}

/// Bytes with their checksum behind them.
pub(super) fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.extend_from_slice(&crc32fast::hash(&bytes).to_le_bytes());
    bytes
}

/// What the store has of an article, taken out of a document's bytes at once.
pub(crate) struct StoredFields {
    head: Vec<u8>,
    texts: String,
}

impl DocumentDeserialize for StoredFields {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut document: D) -> Result<Self, DeserializeError> {
        let mut fields = Self { head: Vec::new(), texts: String::new() };
        while let Some((_, value)) = document.next_field::<OwnedValue>()? {
            match value {
                OwnedValue::Bytes(head) => fields.head = head,
                OwnedValue::Str(texts) => fields.texts = texts,
                _ => {}
            }
        }
        Ok(fields)
    }
}

impl StoredFields {
    /// The article; of its passages only those whose 0-based number `wanted` names carry their text.
    ///
    /// # Errors
    /// Where the head, or a passage that is wanted, is not as it was written.
    pub fn article(&self, wanted: impl Fn(usize) -> bool) -> tantivy::Result<StoredArticle> {
        decode(&self.head, &self.texts, wanted)
            .map_err(|what| TantivyError::InternalError(format!("a stored article: {what}")))
    }
}

/// Reads a stored article; of its passages only those whose 0-based number `wanted` names carry their text, and are held
/// against their checksums.
pub(super) fn decode(bytes: &[u8], texts: &str, wanted: impl Fn(usize) -> bool) -> Result<StoredArticle, String> {
    let (bytes, checksum) = bytes.split_last_chunk::<CHECKSUM>().ok_or("its head is cut off")?;
    if crc32fast::hash(bytes) != u32::from_le_bytes(*checksum) {
        return Err("its head is not as it was written".to_owned());
    }
    let (id, rest) = postcard::take_from_bytes::<ArticleId>(bytes).map_err(|e| e.to_string())?;
    let head: Head = postcard::from_bytes(rest).map_err(|e| e.to_string())?;
    let mut texts = texts;
    let mut passages = Vec::with_capacity(head.passages.len());
    for (n, outline) in head.passages.into_iter().enumerate() {
        let (text, rest) = texts.split_at_checked(outline.bytes as usize).ok_or("a passage is cut off")?;
        texts = rest;
        let is_wanted = wanted(n);
        if is_wanted && crc32fast::hash(text.as_bytes()) != outline.checksum {
            return Err(format!("passage {} of {id} is not as it was written", n + 1));
        }
        passages.push(StoredPassage {
            text: if is_wanted { text.to_owned() } else { String::new() },
            continues: outline.continues,
            subheads: outline.subheads,
            lines: outline.lines,
            pieces: outline.pieces,
        });
    }
    Ok(StoredArticle {
        id,
        headline: head.headline,
        outlet: head.outlet,
        date: head.date,
        byline: head.byline,
        dateline_place: head.dateline_place,
        credit: head.credit,
        url: head.url,
        path: head.path,
        record: head.record,
        hash: format!("blake3:{}", blake3::Hash::from(head.hash)),
        passages,
    })
}
