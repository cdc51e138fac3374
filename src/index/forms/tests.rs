//! The dictionary that a real index writer leaves, beside one that is computed plainly; and tokenizers that are called
//! otherwise than the dictionary needs.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::schema::FieldType;
use tantivy::tokenizer::{BoxTokenStream, TextAnalyzer, TokenStream, Tokenizer};
use tantivy::{Index, IndexWriter};

use super::*;
use crate::analysis::{Analyzer, PASSAGE_BREAK, PassageTokenizer};
use crate::article::ArticleId;
use crate::budget::Budget;
use crate::index::document::IndexedArticle;
use crate::index::{Fields, FileEntry, PreparedArticle, Writer, WriterOptions};
use crate::parallel::Room;

/// The numbers of the articles that have a word.
type Dictionary = BTreeMap<String, BTreeSet<u64>>;

/// Texts of words that repeat, as news does, and are so many that the analyzer forgets some.
fn texts() -> Vec<String> {
    let mut state = 15_u64;
    let mut below = move |most: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    let mut text = |number: u64| {
        let mut text = format!("Article {number} of Łódź");
        for at in 0..below(600) {
            let word = below(2_000);
            let mark = if at % 90 == 0 { PASSAGE_BREAK } else { ' ' };
            text.extend([mark.to_string(), format!("Word{}", word * word / 2_000)]);
        }
        text
    };
    (0..300).map(&mut text).collect()
}

fn plain<'a>(texts: impl Iterator<Item = (u64, &'a String)>) -> Dictionary {
    let mut dictionary = Dictionary::new();
    for (number, text) in texts {
        for word in Analyzer::default().folded(text) {
            dictionary.entry(word).or_default().insert(number);
        }
    }
    dictionary
}

/// What the segments of an index say, and how many there are.
fn read(index: &Index) -> (Dictionary, usize) {
    let searcher = index.reader().expect("a reader").searcher();
    let segments = searcher.segment_readers();
    let readers: Vec<FormsReader> = segments.iter().map(|segment| FormsReader::open(segment).expect("read")).collect();
    let columns = segments.iter().map(|segment| segment.fast_fields().u64(Fields::KNOWN).expect("a column"));
    let (columns, mut dictionary) = (columns.collect::<Vec<_>>(), Dictionary::new());
    let read = each_form(&readers, &AlwaysMatch, |form| {
        let articles = form.places.iter().flat_map(|(segment, info)| {
            let alive = segments[*segment].alive_bitset();
            let docs =
                readers[*segment].list(info).docs().filter(move |&doc| alive.is_none_or(|alive| alive.is_alive(doc)));
            docs.filter_map(|doc| columns[*segment].first(doc))
        });
        dictionary.entry(form.word.to_owned()).or_default().extend(articles);
        Ok(())
    });
    read.expect("read");
    (dictionary, segments.len())
}

fn prepared(number: u64, text: &str) -> PreparedArticle {
    let empty = String::new;
    let (headline, outlet, credit, passages) = (empty(), empty(), empty(), empty());
    let (text, date, lengths, stored) = (text.to_owned(), None, Vec::new(), Vec::new());
    PreparedArticle {
        text,
        headline,
        outlet,
        credit,
        byline: String::new(),
        section: String::new(),
        page: String::new(),
        sites: String::new(),
        date,
        known: number,
        lengths,
        stored,
        passages,
    }
}

#[test]
fn the_writers_dictionary_is_the_one_computed_plainly() {
    let (dir, texts) = (tempfile::tempdir().expect("a folder"), texts());
    let options = WriterOptions { threads: 3, memory: Budget::new(64 << 20), ..WriterOptions::default() };
    let mut writer = Writer::open(dir.path(), options).expect("a writer");
    let numbered = || (0_u64..).zip(&texts);
    let index = || crate::index::open(dir.path()).expect("an index").index;
    let mut files = Vec::new();
    for (number, text) in numbered() {
        let file = writer.take_number();
        writer.put(file, &ArticleId(number.to_string()), prepared(number, text)).expect("put");
        writer.enter(&FileEntry::new(file, format!("{number}.txt"), "", blake3::hash(b"")));
        files.push(file);
        if number % 110 == 109 {
            writer.commit().expect("committed");
            // two commits of three threads are at most six segments, of which tantivy merges none
            let (found, segments) = read(&index());
            let commits = files.len() / 110;
            assert!(found == plain(numbered().take(files.len())) && segments >= commits, "{segments} of {commits}");
        }
    }
    let gone = |number: u64| number % 7 == 3;
    (0..).zip(files).filter(|&(number, _)| gone(number)).for_each(|(_, file)| writer.remove_file(file));
    writer.commit().expect("committed");
    let expected = plain(numbered().filter(|&(number, _)| !gone(number)));
    let (mut found, _) = read(&index());
    found.retain(|_, articles| !articles.is_empty());
    assert!(found == expected);
    writer.compact().expect("compacted");
    let (found, segments) = read(&index());
    assert!(found == expected && segments == 1, "{segments} segments after merging");
}

/// How a tokenizer is called that is not called once an article, before the article is added.
#[derive(Clone, Copy, Debug)]
enum Calls {
    AsNow,
    Twice,
    Never,
    OneBehind,
    CopyEach,
}

#[derive(Clone)]
struct Called {
    inner: PassageTokenizer,
    calls: Calls,
    now: String,
    next: String,
}

impl Tokenizer for Called {
    type TokenStream<'a> = BoxTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> BoxTokenStream<'a> {
        let text = match self.calls {
            Calls::AsNow => text,
            Calls::Twice => {
                let mut stream = self.inner.token_stream(text);
                while stream.advance() {}
                text
            }
            Calls::Never => "",
            Calls::OneBehind => {
                self.now = std::mem::replace(&mut self.next, text.to_owned());
                &self.now
            }
            Calls::CopyEach => {
                self.inner = self.inner.clone();
                text
            }
        };
        BoxTokenStream::new(self.inner.token_stream(text))
    }
}

/// Writes texts to an index whose tokenizer is called so.
fn written(texts: &[String], calls: Calls) -> tantivy::Result<Dictionary> {
    let (plugin, (schema, fields)) = (FormsPlugin::default(), Fields::schema());
    let builder = Index::builder().schema(schema.clone()).register_plugin(std::sync::Arc::new(plugin.clone()));
    let index = builder.create_in_ram()?;
    Fields::register(&index, Analyzer::default(), &plugin.handover);
    let inner = Analyzer::default().passage_tokenizer(plugin.handover.clone());
    let FieldType::Str(options) = schema.get_field_entry(fields.text).field_type() else { panic!("no text") };
    let name = options.get_indexing_options().expect("indexed").tokenizer();
    index
        .tokenizers()
        .register(name, TextAnalyzer::from(Called { inner, calls, now: String::new(), next: String::new() }));
    let mut writer: IndexWriter<IndexedArticle> = index.writer_with_num_threads(1, 20 << 20)?;
    let room = Room::new(1 << 20);
    for (number, text) in (0_u64..).zip(texts) {
        let mut text = text.clone();
        let mut article = IndexedArticle::new(plugin.handover.mark(&mut text), room.take(1));
        article.add(fields.text, text);
        article.add(fields.known, number);
        // where a thread has ended with an error, the commit tells it
        let _ = writer.add_document(article);
    }
    writer.commit()?;
    Ok(read(&index).0)
}

#[test]
fn tantivy_calls_tokenizer_and_plugin_as_the_dictionary_needs() {
    let texts = &texts()[..20];
    for (calls, expected) in [
        (Calls::AsNow, None),
        (Calls::Twice, Some("the text of an article was analyzed twice")),
        (Calls::Never, Some("an article was indexed before its text was analyzed")),
        (Calls::OneBehind, Some("an article was indexed before its text was analyzed")),
        (Calls::CopyEach, Some("the words of an article were numbered for another segment")),
    ] {
        match (written(texts, calls), expected) {
            (Ok(found), None) => assert!(found == plain((0..).zip(texts)), "{calls:?}"),
            (Err(error), Some(expected)) => assert!(error.to_string().contains(expected), "{calls:?}: {error}"),
            (found, _) => panic!("{calls:?}: {:?}", found.map(|found| found.len())),
        }
    }
}
