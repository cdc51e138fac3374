//! What each fuzz target holds: any bytes are read or refused, nothing panics, and what is read keeps its word.

use std::cell::OnceCell;
use std::fs;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::Path;

use dateline::article::Span;
use dateline::eval::gate::{Baseline, golden};
use dateline::eval::measures::{DEFAULT, parse_all};
use dateline::eval::trec::{Qrels, Run, TopicOptions, topics as read_topics};
use dateline::eval::{Scope, evaluate};
use dateline::extract::extract;
#[cfg(fuzzing)]
use dateline::index::fuzzing;
use dateline::overrides::{Met, Overrides, Sources};
use dateline::source::{Chunks, Limits, ReadOptions};
use dateline::{passage, query as language};
use jiff::civil::Date;
use tempfile::TempDir;

/// Longest record, in bytes: short enough that inputs go beyond it.
const MAX_RECORD: u64 = 20_000;
/// The day that queries are read on.
const TODAY: Date = Date::constant(2018, 6, 28);

/// Reads a file of that name: as it is, and behind the bytes that say which form it has.
pub fn read(name: &str, beginning: &[u8], bytes: &[u8]) {
    read_file(name, bytes);
    read_file(name, &[beginning, bytes].concat());
}

/// Reads bytes as an archive, and as the part of documents that holds their text.
pub fn read_document(bytes: &[u8]) {
    read_file("a.zip", &[b"PK\x03\x04[Content_Types].xml", bytes].concat());
    for (part, kind) in [("word/document.xml", "wordprocessingml.document"), ("xl/workbook.xml", "spreadsheetml.sheet")]
    {
        let types = format!("<Types><Override PartName=\"/{part}\" ContentType=\"{kind}.main+xml\"/></Types>");
        read_file("a.docx", &archive(&[("[Content_Types].xml", types.as_bytes()), (part, bytes)]));
    }
    let odt = "application/vnd.oasis.opendocument.text";
    read_file("a.odt", &archive(&[("mimetype", odt.as_bytes()), ("content.xml", bytes)]));
    let container = b"<container><rootfile full-path=\"a.opf\"/></container>";
    let book = [("mimetype", &b"application/epub+zip"[..]), ("META-INF/container.xml", container), ("a.opf", bytes)];
    read_file("a.epub", &archive(&book));
}

/// Reads bytes as packed folders of every kind, and as the list of one.
pub fn read_packed(bytes: &[u8]) {
    let dir = tempfile::tempdir().expect("a folder");
    let whole = archive(&[("a.txt", bytes), ("b/c.txt", b"The lamp burns")]);
    let list = whole.windows(4).position(|four| four == b"PK\x01\x02").unwrap_or(0);
    let options = ReadOptions::from(Limits { max_record: MAX_RECORD, ..Limits::default() });
    for (name, bytes) in
        [("a.zip", bytes), ("a.zip", &[&whole[..list], bytes].concat()), ("a.tar", bytes), ("a.tar.gz", bytes)]
    {
        let path = dir.path().join(name);
        fs::write(&path, bytes).expect("written");
        let _ = dateline::source::open_each(&path, &options, &mut |_, chunks| {
            let chunks = chunks.into_iter().flatten().map_while(Result::ok);
            chunks.for_each(|chunk| assert!(chunk.records().count() < usize::MAX));
            ControlFlow::Continue(())
        });
    }
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(bytes).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

fn read_file(name: &str, bytes: &[u8]) {
    let options = ReadOptions::from(Limits { max_record: MAX_RECORD, ..Limits::default() });
    let Ok(chunks) = Chunks::from_reader(Path::new(name), Box::new(Cursor::new(bytes.to_vec())), &options) else {
        return;
    };
    for chunk in chunks.map_while(Result::ok) {
        for record in chunk.records().flatten() {
            let text = record.text.len();
            let spans: Vec<Span> = (0..text).step_by(97).map(|at| Span::new(at, text.min(at + 13))).collect();
            if let Some(pieces) = record.map.spans(&spans) {
                assert!(
                    pieces.iter().all(|piece| piece.start <= piece.end),
                    "a piece ends before it begins: {pieces:?}"
                );
            }
            let article = extract(&record).article;
            let passages = passage::split(&article, dateline::analysis::Language::default());
            assert!(article.body.is_empty() || !passages.is_empty(), "a body without passages");
        }
    }
}

/// A query reads as itself again once it is printed.
pub fn query(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let typed = language::read(text, TODAY);
    let printed = typed.to_string();
    let again = language::read(&printed, TODAY);
    assert_eq!((&typed.root, &typed.dates), (&again.root, &again.dates), "{text:?} was printed as {printed:?}");
    let _ = language::plain(text);
}

/// Files of topics.
pub fn topics(bytes: &[u8]) {
    if let Ok(topics) = read_topics("topics", Cursor::new(bytes), TopicOptions::default()) {
        let _ = topics.filter(Result::is_ok).count();
    }
}

/// A run and judgments, parted by a byte of zero.
pub fn scored(bytes: &[u8]) {
    let at = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    let run = Run::parse("run", bytes[..at].to_vec());
    let qrels = Qrels::parse("qrels", bytes.get(at + 1..).unwrap_or_default().to_vec());
    let (Ok(run), Ok(qrels), Ok(measures)) = (run, qrels, parse_all(DEFAULT)) else { return };
    for scope in [Scope::Judged, Scope::Answered] {
        let Ok(evaluation) = evaluate(&run, &qrels, &measures, scope) else { continue };
        assert!(evaluation.means.iter().all(|mean| mean.is_finite()), "{:?}", evaluation.means);
    }
}

/// A baseline, which reads as itself again once it is written; golden rankings.
pub fn gate(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = golden::parse("golden", text);
    let Ok(baseline) = Baseline::parse("baseline", text) else { return };
    // beyond that JSON's numbers are not read to the last digit, and no measure goes there
    let mut floors = baseline.topics.iter().flat_map(|(_, floors)| floors.values()).chain(baseline.means.values());
    if floors.all(|floor| floor.abs() < 1e9) {
        let again = Baseline::parse("again", &baseline.to_text()).map(|again| again.to_text());
        assert_eq!(again.ok(), Some(baseline.to_text()));
    }
}

/// What users state: files of fields in both forms, a pattern, outlets.
pub fn stated(bytes: &[u8]) {
    thread_local!(static FOLDER: OnceCell<TempDir> = const { OnceCell::new() });
    FOLDER.with(|folder| {
        let folder = folder.get_or_init(|| TempDir::new().expect("a folder")).path();
        let names = ["fields.csv", "fields.toml", "outlets.tsv"].map(|name| folder.join(name));
        names.iter().for_each(|path| fs::write(path, bytes).expect("written"));
        let [csv, toml, outlets] = names;
        let text = String::from_utf8_lossy(bytes);
        for sources in [
            Sources { fields: Some(&csv), ..Sources::default() },
            Sources { fields: Some(&toml), ..Sources::default() },
            Sources { outlets: Some(&outlets), ..Sources::default() },
            Sources { pattern: Some(&text), ..Sources::default() },
        ] {
            let Ok(overrides) = Overrides::read(&sources) else { continue };
            let mut met = Met::default();
            for path in ["2018/06/27-a.txt", "The Harbour Post/a b.txt", "", &text] {
                let _ = overrides.of(path, &mut met);
            }
        }
    });
}

/// What an index stores: an article, a list of files, a commit.
#[cfg(fuzzing)]
pub fn stored(bytes: &[u8]) {
    fuzzing::article(bytes);
    fuzzing::files(bytes);
    fuzzing::commit(bytes);
}
