//! What a search gives back: ranked passages with their citations. Spans, no markup.

use serde::{Deserialize, Serialize};

use crate::article::{ArticleId, Field, Lines, NewsDate, Precision, Span};

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
}

/// An article as the index gives it back.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredArticle {
    /// The article's id.
    pub id: ArticleId,
    /// The headline.
    pub headline: Option<Field<String>>,
    /// Who published it.
    pub outlet: Option<Field<String>>,
    /// When.
    pub date: Option<Field<NewsDate>>,
    /// Who wrote it.
    pub byline: Option<Field<String>>,
    /// Where it was filed from.
    pub dateline_place: Option<Field<String>>,
    /// Who supplied the copy.
    pub credit: Vec<String>,
    /// Its address, where the record gave one.
    pub url: Option<String>,
    /// The file, as it can be opened from where it was indexed.
    pub path: String,
    /// The folder that a relative path counts from, as in [`Source`].
    pub root: Option<String>,
    /// Its record in a file of several.
    pub record: Option<Record>,
    /// Hash of the file or record: `blake3:` and 64 hexadecimal digits.
    pub hash: String,
    /// The passages, at least one.
    pub passages: Vec<StoredPassage>,
}

/// A passage as the index gives it back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredPassage {
    /// One line a paragraph or subhead.
    pub text: String,
    /// Whether it begins in the middle of a paragraph.
    pub continues: bool,
    /// Which lines of `text` are subheads, 0-based.
    pub subheads: Vec<u32>,
    /// Lines of the file.
    pub lines: Option<Lines>,
    /// Unbroken stretches of the decompressed, undecoded file: bytes, half-open, 0-based.
    pub pieces: Vec<Span>,
    /// Whether its text is not as it was written, and is left out for that.
    pub lost: bool,
}

impl StoredArticle {
    /// Numbers of the passages (1-based) whose text is not as it was written.
    pub fn lost_passages(&self) -> Vec<usize> {
        (1..).zip(&self.passages).filter(|(_, passage)| passage.lost).map(|(number, _)| number).collect()
    }

    /// The citation of a passage, 0-based.
    pub fn source(&self, passage: usize) -> Source {
        let passage = self.passages.get(passage);
        Source {
            path: self.path.clone(),
            root: self.root.clone(),
            lines: passage.and_then(|p| p.lines),
            pieces: passage.map(|p| p.pieces.clone()).unwrap_or_default(),
            record: self.record,
            hash: self.hash.clone(),
        }
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

/// How a passage's score came about: `article + passage + headline + nearness + missing + around + recency` is the score, to
/// the seventh figure.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Explanation {
    /// What the query's terms in the whole article give: BM25F over headline and body.
    pub article: f32,
    /// What the terms in the passage give, beyond the headline's.
    pub passage: f32,
    /// What the headline's terms give to the passage.
    pub headline: f32,
    /// What neighbouring terms of the query that stand near each other in the passage give.
    pub nearness: f32,
    /// What the article loses for the words that it lacks, 0 or less: of a short list of words.
    pub missing: f32,
    /// What the article's date gives for being near a time that is preferred; 0 where none is.
    pub around: f32,
    /// What the article's date gives for being recent; 0 where recent articles are not favoured.
    pub recency: f32,
    /// The article's length, relative to the mean of the archive, a headline's words counted several times.
    pub article_length: f32,
    /// Words of the passage.
    pub passage_length: u64,
    /// By how much the values of `passage`, `headline` and `nearness` are multiplied: less for later passages.
    pub passage_weight: f32,
    /// What each term gives, in the order typed; those that the article lacks give 0.
    pub terms: Vec<Term>,
    /// The neighbouring terms that stand near each other in the passage; their values add up to `nearness`.
    pub pairs: Vec<Pair>,
    /// What the article's date is near to, where that counts: of the times preferred the nearest, and the newest article.
    pub times: Vec<TimeAway>,
}

/// A time that articles gain by being near to.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TimeAway {
    /// The time: `2022-07`, `2022-07..2022-09`, or `the newest article`.
    pub time: String,
    /// Days from the article's date to the nearest day of it.
    pub days: f32,
    /// Days after which the gain is half.
    pub half_life: f32,
    /// By which share of itself the score of the words is raised.
    pub share: f32,
}

/// What a term of the query gives to a score; `value`s add up to the parts of the same name.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Term {
    /// The word, phrase or group, in the query language.
    pub term: String,
    /// Whether it was not typed but added by expansion.
    pub added: bool,
    /// How much it counts: how often the query says it, times its boosts.
    pub weight: f32,
    /// Inverse document frequency, of several words as the score takes it.
    pub idf: f32,
    /// The words it is made of.
    pub words: Vec<Word>,
    /// In the article: `tf` counts a match in the headline several times.
    pub article: Count,
    /// In the passage.
    pub passage: Count,
    /// In the headline, counted for the passage.
    pub headline: Count,
}

/// A word of a term.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Word {
    /// As the index has it: the stem, or the forms that a pattern stands for, joined by `|`.
    pub word: String,
    /// Articles that have it.
    pub df: u64,
}

/// Matches of a term, and what they give.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Count {
    /// Matches.
    pub tf: f32,
    /// The part of the score.
    pub value: f32,
}

/// Two neighbouring terms of the query that stand near each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Pair {
    /// The two, in the order typed.
    pub terms: [String; 2],
    /// Matches of the first that the second follows at once.
    pub side_by_side: f32,
    /// Matches of the first with the second within eight words.
    pub near: f32,
    /// The part of the score.
    pub value: f32,
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
