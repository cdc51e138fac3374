//! How a score came about.

use serde::Serialize;

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
