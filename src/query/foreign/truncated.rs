//! Signs that cut a word off in other systems: `sanction!` in Nexis and Westlaw, `earn$2` in Factiva.

/// A word with such a sign at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::query) struct Truncated<'a> {
    /// What stands before the sign.
    pub stem: &'a str,
    /// It with the sign, and without the marks of a sentence behind that.
    pub typed: &'a str,
    /// Whether it has no capital: a word that has one keeps its sign, as `Yahoo!` does.
    pub is_small: bool,
}

/// The stem that a sign behind it cuts off.
pub(in crate::query) fn truncated(body: &str) -> Option<Truncated<'_>> {
    let typed = body.trim_end_matches([',', ';', ':', '.']);
    let cut = typed.strip_suffix('!').map(|stem| (stem, 1));
    let money = || Some((typed.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('$')?, 3));
    let (stem, shortest) = cut.or_else(money)?;
    let is_stem = stem.starts_with(char::is_alphabetic)
        && stem.ends_with(char::is_alphanumeric)
        && stem.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’'))
        && stem.chars().count() >= shortest;
    let is_small = stem.contains(char::is_lowercase) && !stem.contains(char::is_uppercase);
    // `US$100` is money
    (is_stem && (is_small || cut.is_some())).then_some(Truncated { stem, typed, is_small })
}

/// What stands behind a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::query) enum Behind {
    /// Nothing.
    End,
    /// What may begin a sentence: a word with a capital that is no operator.
    Sentence,
    /// Something else.
    More,
}

impl Truncated<'_> {
    /// Whether it is cut off there; `is_first` where nothing stands before it. What ends a sentence is not.
    pub fn is_cut(&self, is_first: bool, behind: Behind) -> bool {
        let ends_sentence = match behind {
            Behind::End => !is_first,
            Behind::Sentence => true,
            Behind::More => false,
        };
        self.is_small && !(ends_sentence && self.typed.ends_with('!'))
    }

    /// What is told where it stays a word: nothing where it has a capital and ends a sentence or a query.
    pub fn told_as_word(&self, behind: Behind) -> Option<String> {
        let Self { stem, typed, is_small } = self;
        let is_told = *is_small || behind == Behind::More;
        is_told.then(|| format!("{typed} is read as a word; {stem}* is any word that begins so"))
    }

    /// What is told where it is cut off.
    pub fn told_as_pattern(&self) -> String {
        format!("{} is read as {}*", self.typed, self.stem)
    }
}
