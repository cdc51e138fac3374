//! The other side: a bare tantivy loop, as its own examples write it.

use std::fmt::Write;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::Deserialize;
use tantivy::collector::TopDocs;
use tantivy::directory::MmapDirectory;
use tantivy::query::QueryParser;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer};
use tantivy::{Index, IndexReader, TantivyDocument, doc};

use super::Outcome;

#[derive(Deserialize)]
struct Line {
    #[serde(default, alias = "title")]
    headline: String,
    #[serde(default, alias = "text")]
    body: String,
}

fn schema() -> (Schema, Field, Field) {
    let words =
        TextFieldIndexing::default().set_tokenizer("bare").set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options = TextOptions::default().set_indexing_options(words).set_stored();
    let mut builder = Schema::builder();
    let headline = builder.add_text_field("headline", options.clone());
    let body = builder.add_text_field("body", options);
    (builder.build(), headline, body)
}

fn register(index: &Index) {
    let analyzer =
        TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).filter(super::stems::Stems).build();
    index.tokenizers().register("bare", analyzer);
}

/// Reads JSON lines and adds headline and body.
pub fn index(file: &Path, dir: &Path, threads: usize, heap: usize) -> Outcome<()> {
    let (schema, headline, body) = schema();
    let index = Index::open_or_create(MmapDirectory::open(dir)?, schema)?;
    register(&index);
    let mut writer = index.writer_with_num_threads(threads, heap)?;
    let mut reader = BufReader::with_capacity(1 << 20, File::open(file)?);
    let mut line = String::new();
    while reader.read_line(&mut line)? > 0 {
        let article: Line = serde_json::from_str(&line)?;
        writer.add_document(doc!(headline => article.headline, body => article.body))?;
        line.clear();
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// The bare index, opened.
pub struct Archive {
    reader: IndexReader,
    parser: QueryParser,
    headline: Field,
    body: Field,
}

impl Archive {
    pub fn open(dir: &Path) -> Outcome<Self> {
        let (_, headline, body) = schema();
        let index = Index::open_in_dir(dir)?;
        register(&index);
        let parser = QueryParser::for_index(&index, vec![headline, body]);
        Ok(Self { reader: index.reader()?, parser, headline, body })
    }

    /// The ten best documents, each with a snippet of its body.
    pub fn snippets(&self, words: &str) -> Outcome<()> {
        let searcher = self.reader.searcher();
        let query = self.parser.parse_query(words)?;
        let generator = SnippetGenerator::create(&searcher, &*query, self.body)?;
        for (_, address) in searcher.search(&query, &TopDocs::with_limit(10).order_by_score())? {
            let document: TantivyDocument = searcher.doc(address)?;
            std::hint::black_box((document.get_first(self.headline), generator.snippet_from_doc(&document).to_html()));
        }
        Ok(())
    }

    /// The ten best documents, nothing read from the store.
    pub fn top(&self, words: &str) -> Outcome<()> {
        let query = self.parser.parse_query_lenient(words).0;
        std::hint::black_box(self.reader.searcher().search(&query, &TopDocs::with_limit(10).order_by_score())?);
        Ok(())
    }

    /// Writes a run of the `depth` best documents of each topic, on several threads, nothing rescored.
    pub fn run(&self, topics: &[String], depth: usize, threads: usize) -> Outcome<usize> {
        let share = topics.len().div_ceil(threads);
        let parts: Vec<_> = std::thread::scope(|scope| {
            let part = |topics| scope.spawn(move || self.run_part(topics, depth).map_err(|e| e.to_string()));
            let handles: Vec<_> = topics.chunks(share).map(part).collect();
            handles.into_iter().map(|handle| handle.join().map_err(|_| "a thread died".to_owned())).collect()
        });
        parts.into_iter().map(|part| Ok(part??.len())).sum()
    }

    fn run_part(&self, topics: &[String], depth: usize) -> tantivy::Result<String> {
        let searcher = self.reader.searcher();
        let mut run = String::new();
        for (number, words) in topics.iter().enumerate() {
            let query = self.parser.parse_query_lenient(words).0;
            let best = searcher.search(&query, &TopDocs::with_limit(depth).order_by_score())?;
            for (rank, (score, address)) in best.into_iter().enumerate() {
                let docno = (address.segment_ord, address.doc_id);
                // writing to a String does not fail
                let _ = writeln!(run, "{number} Q0 {}-{} {} {score} bare", docno.0, docno.1, rank + 1);
            }
        }
        Ok(run)
    }
}
