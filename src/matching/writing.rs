//! How an archive writes a word: as any, as a name, or in capitals where it means something else.

/// A word typed, of which all forms are meant unless the archive tells otherwise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypedWord {
    /// The word, folded.
    pub form: String,
    /// Its term.
    pub stem: String,
    /// Whether it was typed in capitals among words that are not, or as letters with dots: `US`, `u.s.`.
    pub in_capitals: bool,
    /// Whether it is a function word.
    pub function: bool,
    /// Whether it is a function word that was given a capital on purpose: `Prime Minister May`.
    pub with_capital: bool,
    /// The word with the signs beside it, where it has any: `$100`, `c++`.
    pub signed: Option<String>,
}

/// How an archive writes a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum WrittenAs {
    /// As any word: all its forms are meant.
    #[default]
    Common,
    /// Nearly always with a capital, and its other forms mostly without: a name, and they are other words. With it go some
    /// of these, the most frequent first; none where few articles have them.
    Name(Vec<String>),
    /// In capitals where it means something else than without: `US`, `WHO`.
    InCapitals,
    /// With a capital inside of sentences, where it was given one on purpose: `May`.
    WithCapital,
    /// With the signs that were typed with it.
    Signed,
}

/// What an archive may have misread a word as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Misreadings {
    /// The folded words, the likeliest first.
    pub forms: Vec<String>,
    /// Their terms, each once, in the same order.
    pub terms: Vec<String>,
    /// Whether there were more.
    pub cut: bool,
}
