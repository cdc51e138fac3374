//! How few articles have a word that may be none, or a slip for another.

/// The most articles with a word that may be a slip.
const FEW: u64 = 5;
/// How many times as many articles have what was meant by a slip that some have. Of 1,000 words of 8,000 news articles that one
/// or two have, 2% then bring a hint that is none; at half as many times it is 3%.
pub(super) const TIMES: u64 = 20;

/// Whether so many articles are so few of all that a word which they have may be none, or a slip.
pub(super) fn is_few(articles: u64, of_all: u64) -> bool {
    articles <= FEW && articles * TIMES <= of_all
}
