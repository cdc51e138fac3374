//! Bytes in, what a person wants to know of their records out.

use std::fmt::Write;
use std::io::{Cursor, Write as _};
use std::path::Path;

use dateline::article::Span;
use dateline::extract::extract;
use dateline::source::{Chunks, FieldName, FieldNames, Limits, RawRecord, ReadOptions};

/// What became of a file.
#[derive(Debug, Default)]
pub struct Told {
    /// Records that were made or failed, in order: number, bytes of the file (none for a failure), and what is shown.
    pub records: Vec<(u32, Option<Span>, Result<String, String>)>,
    pub skipped: u32,
    /// Why the file as a whole could not be read.
    pub refused: Option<String>,
    /// Pieces were cut out of the file and compared with the text.
    pub pieces: usize,
}

pub fn options(max_record: u64, fields: &[&str]) -> ReadOptions {
    let fields = fields.iter().map(|f| f.parse::<FieldName>().expect("a field's name"));
    ReadOptions { limits: Limits { max_record, ..Limits::default() }, fields: FieldNames::new(fields) }
}

/// Reads `bytes` as a file of that name; `content` is what is in it once it is decompressed.
pub fn read_with(name: &str, bytes: &[u8], content: &[u8], options: &ReadOptions) -> Told {
    let mut told = Told::default();
    let chunks = Chunks::from_reader(Path::new(name), Box::new(Cursor::new(bytes.to_vec())), options);
    let mut chunks = match chunks {
        Ok(chunks) => chunks,
        Err(error) => return Told { refused: Some(error.to_string()), ..told },
    };
    for chunk in chunks.by_ref() {
        let chunk = match chunk {
            Ok(chunk) => chunk,
            Err(error) => {
                told.refused = Some(error.to_string());
                break;
            }
        };
        told.skipped += chunk.skipped;
        for (record, number) in chunk.records().zip(chunk.numbers()) {
            let entry = match record {
                Ok(record) => {
                    told.pieces += check_citations(&record, content);
                    let span = record.place.map_or(Span::new(0, content.len()), |place| place.span);
                    (number, Some(span), Ok(show(&record)))
                }
                Err(error) => (number, None, Err(error.to_string())),
            };
            told.records.push(entry);
        }
    }
    if told.refused.is_none() {
        assert_eq!(chunks.hash(), blake3::hash(bytes), "{name}: the hash is that of the file as it lies on the disk");
        assert_eq!(chunks.size(), bytes.len() as u64);
    }
    told
}

pub fn read(name: &str, bytes: &[u8]) -> Told {
    read_with(name, bytes, bytes, &ReadOptions::default())
}

impl Told {
    /// Everything, as a person reads it.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for (number, span, record) in &self.records {
            match record {
                Ok(shown) => {
                    let span = span.unwrap_or_default();
                    let _ = writeln!(out, "record {number}, bytes {}..{}\n{shown}", span.start, span.end);
                }
                Err(error) => drop(writeln!(out, "record {number} failed\n{error}\n")),
            }
        }
        if self.skipped > 0 {
            let _ = writeln!(out, "skipped {}", self.skipped);
        }
        if let Some(why) = &self.refused {
            let _ = writeln!(out, "refused: {why}");
        }
        out
    }

    /// What was made, without numbers and places.
    pub fn made(&self) -> Vec<&str> {
        self.records.iter().filter_map(|(_, _, record)| record.as_ref().ok().map(String::as_str)).collect()
    }

    pub fn failures(&self) -> Vec<&str> {
        let failed = self.records.iter().filter_map(|(_, _, record)| record.as_ref().err().map(String::as_str));
        failed.chain(self.refused.as_deref()).collect()
    }
}

/// A record's fields and body as extraction has them.
fn show(record: &RawRecord<'_>) -> String {
    let extraction = extract(record);
    let article = &extraction.article;
    let mut out = String::new();
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            let _ = writeln!(out, "{name:<9} {value}");
        }
    };
    field("id", record.given.id.clone());
    field("url", record.given.url.clone());
    field("headline", article.headline.as_ref().map(|f| f.value.clone()));
    field("outlet", article.outlet.as_ref().map(|f| f.value.clone()));
    field("date", article.date.as_ref().map(|f| f.value.to_string()));
    field("byline", article.byline.as_ref().map(|f| f.value.clone()));
    field("place", article.dateline_place.as_ref().map(|f| f.value.clone()));
    field("credit", Some(article.credit.join(", ")));
    field("charset", Some(record.charset.name()).filter(|name| name != "utf-8"));
    for block in &article.body {
        let _ = writeln!(out, "line {:<4} {}", block.lines().first, block.text);
    }
    for warning in &extraction.warnings {
        let _ = writeln!(out, "warning   {warning}");
    }
    out
}

/// Cuts every word of the record's text out of the file and holds it to the text; says how many there were.
fn check_citations(record: &RawRecord<'_>, content: &[u8]) -> usize {
    let text: &str = &record.text;
    let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let words: Vec<&str> = text.split_whitespace().collect();
    let spans: Vec<Span> = words.iter().map(|word| Span::new(place(word), place(word) + word.len())).collect();
    let Some(pieces) = record.map.spans(&spans) else { return 0 };
    for (word, piece) in words.iter().zip(&pieces) {
        let whole = record.place.map_or(Span::new(0, content.len()), |p| p.span);
        assert!(whole.start <= piece.start && piece.end <= whole.end, "{word:?} stands outside its record: {piece:?}");
        let raw = record.charset.decode(&content[piece.range()]).text.into_owned();
        let spelled = [raw.clone(), raw.replace("\"\"", "\""), plain(&raw), plain(&plain(&raw)), over_lines(&raw)];
        let json = serde_json::from_str::<String>(&format!("\"{raw}\"")).ok();
        assert!(spelled.iter().any(|s| s == word) || json.as_deref() == Some(*word), "{word:?} led to {raw:?}");
    }
    pieces.len()
}

/// A word whose parts stand at the end of a printed line and at the beginning of the next.
fn over_lines(raw: &str) -> String {
    let first = raw.split(['"', '\'', '<']).next().unwrap_or_default();
    let last = raw.rsplit(['"', '\'', '>']).next().unwrap_or_default();
    format!("{}{last}", first.trim_end_matches(['-', '¬', '\u{ad}']))
}

/// Markup left out, references undone.
fn plain(raw: &str) -> String {
    let mut text = String::new();
    let mut rest = raw.replace("<![CDATA[", "").replace("]]>", "");
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = rest[at..].split_once('>').map_or(String::new(), |(_, behind)| behind.to_owned());
    }
    text.push_str(&rest);
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&ndash;", "–"), ("&ldquo;", "“"), ("&rdquo;", "”")];
    known.iter().fold(text, |text, (name, c)| text.replace(name, c)).replace("&amp;", "&")
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("written")
}

pub fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("written")
}

pub fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::default()).expect("a writer");
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("written")
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// The samples: name and bytes.
pub fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms/samples");
    let files = std::fs::read_dir(folder).expect("the samples");
    let mut samples: Vec<(String, Vec<u8>)> = files
        .map(|file| file.expect("a file").path())
        .map(|path| {
            (path.file_name().expect("a name").to_string_lossy().into_owned(), std::fs::read(&path).expect("read"))
        })
        .collect();
    samples.sort();
    samples
}
