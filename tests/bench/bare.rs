//! The other side: a bare tantivy loop, as its own examples write it.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::Deserialize;
use tantivy::collector::TopDocs;
use tantivy::directory::MmapDirectory;
use tantivy::query::QueryParser;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{Language, LowerCaser, SimpleTokenizer, Stemmer, TextAnalyzer};
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
    let analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(LowerCaser)
        .filter(Stemmer::new(Language::English))
        .build();
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
}
