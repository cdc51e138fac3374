//! The only place with field names. One document an article.

use tantivy::Index;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::{
    Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, WhitespaceTokenizer};

use crate::analysis::{Analyzer, Handover};

const PASSAGES: &str = "passages";
const STEMMED: &str = "stemmed";
const NAMES: &str = "names";
const HOSTS: &str = "hosts";

/// The index's fields.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// Headline and passages at aligned positions: what ranking reads.
    pub text: Field,
    /// The headline alone, for `headline:`.
    pub headline: Field,
    /// The outlet's words, for `outlet:`.
    pub outlet: Field,
    /// The agencies' words, for `credit:`.
    pub credit: Field,
    /// The words of who wrote it, for `byline:`.
    pub byline: Field,
    /// The words of the part of the paper that it stands in, for `section:`.
    pub section: Field,
    /// The printed page on which it begins, for `page:`.
    pub page: Field,
    /// The article's host and those above it, for `site:`.
    pub site: Field,
    /// The article id: exact, and as a column for ties.
    pub id: Field,
    /// The outlet's name whole, as a column.
    pub outlet_name: Field,
    /// Which fields the article has, as bits in a column: see [`Known`](super::Known).
    pub known: Field,
    /// Number of the file in the manifest, for removal.
    pub file: Field,
    /// First and last second that the date may mean, on the article's own clock, as columns.
    pub date_first: Field,
    /// See `date_first`.
    pub date_last: Field,
    /// Positions that each passage takes, in order, as a column.
    pub passage_lengths: Field,
    /// The article's id and head, see `stored`.
    pub stored: Field,
    /// Its passages' texts, end to end.
    pub passages: Field,
}

impl Fields {
    /// The schema and its fields.
    pub fn schema() -> (Schema, Self) {
        let mut builder = Schema::builder();
        let column = NumericOptions::default().set_fast();
        let fields = Self {
            text: builder.add_text_field("text", text(PASSAGES, true)),
            headline: builder.add_text_field("headline", text(STEMMED, false)),
            outlet: builder.add_text_field("outlet", text(NAMES, false)),
            credit: builder.add_text_field("credit", text(NAMES, false)),
            byline: builder.add_text_field("byline", text(NAMES, false)),
            section: builder.add_text_field("section", text(NAMES, false)),
            page: builder.add_text_field("page", text(NAMES, false)),
            site: builder.add_text_field("site", text(HOSTS, false)),
            id: builder.add_text_field("id", STRING.set_fast("raw")),
            outlet_name: builder.add_text_field("outlet_name", TextOptions::default().set_fast("raw")),
            known: builder.add_u64_field("known", column.clone()),
            file: builder.add_u64_field("file", NumericOptions::from(INDEXED).set_fast()),
            date_first: builder.add_i64_field("date_first", column.clone()),
            date_last: builder.add_i64_field("date_last", column.clone()),
            passage_lengths: builder.add_u64_field("passage_lengths", column),
            stored: builder.add_bytes_field("stored", STORED),
            passages: builder.add_text_field("passages", STORED),
        };
        (builder.build(), fields)
    }

    /// Names of the columns, for the fast-field readers.
    pub const ID: &'static str = "id";
    /// See [`Self::ID`].
    pub const OUTLET_NAME: &'static str = "outlet_name";
    /// See [`Self::ID`].
    pub const KNOWN: &'static str = "known";
    /// See [`Self::ID`].
    pub const FILE: &'static str = "file";
    /// See [`Self::ID`].
    pub const DATE_FIRST: &'static str = "date_first";
    /// See [`Self::ID`].
    pub const DATE_LAST: &'static str = "date_last";
    /// See [`Self::ID`].
    pub const PASSAGE_LENGTHS: &'static str = "passage_lengths";

    /// Makes the index know our tokenizers; the words of the articles' texts are left at the `handover`.
    pub fn register(index: &Index, analyzer: Analyzer, handover: &Handover) {
        let tokenizers = index.tokenizers();
        tokenizers.register(PASSAGES, TextAnalyzer::from(analyzer.passage_tokenizer(handover.clone())));
        tokenizers.register(STEMMED, TextAnalyzer::from(analyzer.field_tokenizer()));
        tokenizers.register(NAMES, TextAnalyzer::from(analyzer.name_tokenizer()));
        tokenizers.register(HOSTS, TextAnalyzer::from(WhitespaceTokenizer::default()));
    }
}

/// A length in positions as the index remembers it: exact up to 40, then in steps of an eighth.
pub(crate) fn counted_length(positions: u32) -> u32 {
    FieldNormReader::id_to_fieldnorm(FieldNormReader::fieldnorm_to_id(positions))
}

fn text(tokenizer: &str, fieldnorms: bool) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_fieldnorms(fieldnorms)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    )
}
