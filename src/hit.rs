//! What a search gives back: ranked passages with their citations. Spans, no markup.

use serde::{Deserialize, Serialize};

use crate::article::{
    ArticleId, Field, LEAST_CONFIDENCE, Lines, NewsDate, PageBlock, PageBox, Precision, PrintedArticle, Span,
};

mod explanation;
mod stored;

pub use explanation::{Count, Explanation, Pair, Term, TimeAway, Word};
pub use stored::{StoredArticle, StoredPassage};

/// One ranked passage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// Place in the list, 1-based.
    pub rank: usize,
    /// The passage's score; comparable within one response only.
    pub score: f32,
    /// The passage: article id, colon, number.
    pub id: String,
    /// The article.
    pub article: ArticleId,
    /// Number of the passage in its article, 1-based.
    pub passage: u32,
    /// Who published the article.
    pub outlet: Option<Field<String>>,
    /// When.
    #[serde(serialize_with = "with_precision")]
    pub date: Option<Field<NewsDate>>,
    /// Who wrote it.
    pub byline: Option<Field<String>>,
    /// The part of the paper that it stands in.
    pub section: Option<Field<String>>,
    /// The printed page on which it begins.
    pub page: Option<Field<String>>,
    /// Its address, where the record gave one.
    pub url: Option<String>,
    /// Its headline with the query's matches.
    pub headline: Option<Headline>,
    /// The whole passage, one line a paragraph.
    pub text: String,
    /// The query's matches in `text`: bytes, half-open, 0-based, ascending, apart.
    pub highlights: Vec<Span>,
    /// The same in characters (Unicode code points).
    pub highlight_chars: Vec<Span>,
    /// Where the matches in `text` stand on printed pages: a box a word, two of one that a line's end cuts. None where no page is known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub highlight_boxes: Vec<PageBox>,
    /// The passage's best sentences.
    pub snippet: Snippet,
    /// Where the passage stands.
    pub source: Source,
    /// How the score came about, where it was asked for.
    pub explain: Option<Explanation>,
}

/// A headline with the query's matches in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Headline {
    /// The headline and the evidence for it.
    #[serde(flatten)]
    pub field: Field<String>,
    /// Matches in the headline: bytes, half-open, 0-based, ascending, apart.
    pub highlights: Vec<Span>,
    /// The same in characters (Unicode code points).
    pub highlight_chars: Vec<Span>,
}

/// The sentences of a passage that hold the most evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// The fragments, ` … ` between two of them, line ends as blanks; `…` stands before and behind them where a sentence
    /// had to be cut.
    pub text: String,
    /// Matches in `text`: bytes, half-open, 0-based, ascending, apart.
    pub highlights: Vec<Span>,
    /// The same in characters (Unicode code points).
    pub highlight_chars: Vec<Span>,
    /// The parts of the passage's text that are shown: bytes, half-open, 0-based, ascending, apart; none of an empty
    /// passage.
    pub fragments: Vec<Span>,
    /// The same in characters (Unicode code points).
    pub fragment_chars: Vec<Span>,
}

/// Where a passage stands: enough to open the file and cut the very bytes out of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The file, as it can be opened from where it was indexed.
    pub path: String,
    /// The folder that a relative path counts from: joined to it, the path opens from anywhere. None where the path is whole,
    /// and of what came by standard input.
    pub root: Option<String>,
    /// Lines of the decompressed file; none for an article without a body.
    pub lines: Option<Lines>,
    /// Unbroken stretches of the decompressed, undecoded file: bytes, half-open, 0-based. None where the text was packed in
    /// the file so that its characters have no bytes of their own (chunked, base64): then the record is what to cite.
    pub pieces: Vec<Span>,
    /// The record in a file of several; none where the file is the record.
    pub record: Option<Record>,
    /// Hash of the file, or of the record in a file of several: `blake3:` and 64 hexadecimal digits.
    pub hash: String,
    /// The printed pages that it stands on; none where no page is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<PrintSource>,
}

/// Where a passage was printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintSource {
    /// How sure its words were read, on average, in hundredths; none where the source does not say.
    pub confidence: Option<u8>,
    /// The blocks that it stands in, in the order in which they are read.
    pub blocks: Vec<BlockSource>,
}

/// A block of a printed page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockSource {
    /// The file of the page's picture; of one that is not named, the file of its words.
    pub image: String,
    /// What places on it are measured in: `pixel`, `mm10`.
    pub unit: String,
    /// What the source calls the block; empty where it has no name.
    pub block: String,
}

impl PrintSource {
    /// Of a passage, 0-based.
    pub(crate) fn of(printed: &PrintedArticle, passage: usize) -> Self {
        let block = |block: &PageBlock| {
            let page = printed.pages.get(block.page as usize).cloned().unwrap_or_default();
            BlockSource { image: page.image, unit: page.unit, block: block.id.clone() }
        };
        Self {
            confidence: printed.passages.get(passage).and_then(|passage| passage.confidence),
            blocks: printed.blocks_of(passage).into_iter().map(block).collect(),
        }
    }

    /// Whether many of its words were misread.
    pub fn is_doubtful(&self) -> bool {
        self.confidence.is_some_and(|sure| sure < LEAST_CONFIDENCE)
    }
}

/// A record of a file of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Number in the file, 1-based.
    pub number: u32,
    /// Bytes of the decompressed file, half-open, 0-based.
    pub span: Span,
}

/// A date field as scripts see it: the value, its precision, and the evidence.
pub(crate) fn with_precision<S: serde::Serializer>(
    date: &Option<Field<NewsDate>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Dated<'a> {
        precision: Precision,
        #[serde(flatten)]
        field: &'a Field<NewsDate>,
    }
    date.as_ref().map(|field| Dated { precision: field.value.precision(), field }).serialize(serializer)
}

/// A place in a ranking, without what would be shown of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The article.
    pub article: ArticleId,
    /// Number of its (best) passage, 1-based.
    pub passage: u32,
    /// The score; comparable within one ranking only.
    pub score: f32,
}

/// A ranking, without what would be shown of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RankResponse {
    /// The places, best first.
    pub ranked: Vec<Ranked>,
    /// What could not be read, though it may belong to the ranking.
    pub unreadable: Vec<Unreadable>,
}

/// A part of an archive that an answer lacks: its bytes are not those that were written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Unreadable {
    /// The place in the list that is left empty, 1-based; none of an article of which it could not be told whether it
    /// belongs to the answer, or what it would have changed in it.
    pub rank: Option<usize>,
    /// What the hit would be called; the article's id where there is no rank.
    pub id: String,
    /// The article.
    pub article: ArticleId,
}

impl Unreadable {
    /// Ids that are named of each kind; the others are counted.
    const NAMED: usize = 10;

    /// What an answer lacks: `2 hits cannot be shown (v3:1, v7:1), 1 article could not be looked into (v9)`. Empty where it
    /// lacks nothing.
    pub fn told(answer: &[Self]) -> String {
        let (hits, articles): (Vec<&Self>, Vec<&Self>) = answer.iter().partition(|lost| lost.rank.is_some());
        let kinds = [(hits, "hit", "cannot be shown"), (articles, "article", "could not be looked into")];
        let told = kinds.iter().filter(|(lost, ..)| !lost.is_empty()).map(|(lost, noun, what)| {
            let ids: Vec<&str> = lost.iter().take(Self::NAMED).map(|lost| lost.id.as_str()).collect();
            let (plural, more) =
                (if lost.len() == 1 { "" } else { "s" }, if lost.len() > ids.len() { ", …" } else { "" });
            format!("{} {noun}{plural} {what} ({}{more})", lost.len(), ids.join(", "))
        });
        told.collect::<Vec<_>>().join(", ")
    }
}

/// A word of the query that no article has, or few beside one that many have; and what may have been meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The word as typed.
    pub typed: String,
    /// Articles that have it in any form.
    pub articles: u64,
    /// Words of the archive that are near it, nearest first, capitalised as typed; none where nothing is near.
    pub words: Vec<String>,
}

/// The answer to a search.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SearchResponse {
    /// The query as it was read, in the query language.
    pub read_as: String,
    /// What was read otherwise than it was typed, a sentence each.
    pub notes: Vec<String>,
    /// Words of the query that no article has in any form, and those that few have beside a near one that many have, in the
    /// order typed.
    pub suggestions: Vec<Suggestion>,
    /// Articles that match the query as typed (an expanded one may rank others too); 0 where they were not to be counted.
    pub total_articles: u64,
    /// Articles of those that match which have all that the query says; none where it says one thing, or more than six, or
    /// they were not to be counted.
    pub with_all_words: Option<u64>,
    /// Articles that match the words and whose date is unknown, or lies only partly in the range asked for.
    pub left_out: u64,
    /// Articles that match and have no date, where hits are sorted by date: they come last. Else 0.
    pub undated: u64,
    /// Articles in the archive.
    pub archive_articles: u64,
    /// The hits, best first. Where one could not be read, its rank is left out.
    pub hits: Vec<Hit>,
    /// What could not be read, the hits by their ranks first.
    pub unreadable: Vec<Unreadable>,
    /// The answer to the query as it may have been meant, which `read_as` tells; none where it was not asked for, or where
    /// it finds nothing either.
    pub corrected: Option<Box<SearchResponse>>,
}
