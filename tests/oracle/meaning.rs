//! What a query that was drawn means, put together beside its text: the product's own reading of it is not asked.

use super::dates::Range;

/// A query as it is typed, and what it means.
pub struct Said {
    pub text: String,
    pub meaning: Meaning,
    pub range: Option<&'static Range>,
}

/// What a query, or a part of it in parentheses, means.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    Word(Asked),
    /// Words in this order, and how many others may stand between them.
    Phrase(Vec<Asked>, usize),
    Near(Box<Near>),
    /// All of them on one page.
    Same(Vec<Meaning>),
    /// Side by side: some may, some must, some must not be there.
    Clauses(Vec<(Sign, Meaning)>),
    All(Vec<Meaning>),
    Any(Vec<Meaning>),
    Not(Box<Meaning>),
    In(Field, Box<Meaning>),
    /// Something that counts so many times: what matches is the same, but the parts of a word stand side by side.
    Boosted(f32, Box<Meaning>),
}

/// A word, and which words are meant by it.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub text: String,
    pub form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    Any,
    Exact,
    Wildcard,
    /// So many edits away.
    Typo(usize),
}

/// Two things near each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    pub left: Meaning,
    pub right: Meaning,
    pub within: usize,
    pub ordered: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    May,
    Must,
    MustNot,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Field {
    Headline,
    Outlet,
    Credit,
    Byline,
}

/// A part of a query, as it is typed and as it is meant.
pub type Part = (String, Meaning);

impl Meaning {
    pub fn word(text: impl Into<String>, form: Form) -> Self {
        Self::Word(Asked { text: text.into(), form })
    }

    /// A word with `*` or `?` in it: where it has a hyphen, its parts side by side, of which only some may be patterns.
    pub fn pattern(text: &str) -> Self {
        let form = |part: &str| if part.contains(['*', '?']) { Form::Wildcard } else { Form::Any };
        let mut parts: Vec<Asked> =
            text.split('-').map(|part| Asked { text: part.to_owned(), form: form(part) }).collect();
        if parts.len() > 1 { Self::Phrase(parts, 0) } else { Self::Word(parts.remove(0)) }
    }

    /// Plain words in an order.
    pub fn phrase(words: &[&str], others: usize) -> Self {
        Self::Phrase(words.iter().map(|&word| Asked { text: word.to_owned(), form: Form::Any }).collect(), others)
    }

    /// Clauses side by side; what speaks of fields only must be there.
    pub fn clauses(clauses: Vec<(Sign, Self)>) -> Self {
        let signed = |(sign, meaning): (Sign, Self)| match sign {
            Sign::May if meaning.is_on_fields() => (Sign::Must, meaning),
            sign => (sign, meaning),
        };
        Self::Clauses(clauses.into_iter().map(signed).collect())
    }

    pub fn not(meaning: Self) -> Self {
        Self::Not(Box::new(meaning))
    }

    pub fn within(field: Field, meaning: Self) -> Self {
        Self::In(field, Box::new(meaning))
    }

    /// Counted so many times, in all; once is nothing said.
    pub fn boosted(times: f32, meaning: Self) -> Self {
        match meaning {
            Self::Boosted(before, meaning) => Self::boosted(times * before, *meaning),
            meaning if times == 1.0 => meaning,
            meaning => Self::Boosted(times, Box::new(meaning)),
        }
    }

    /// Near each other; both, anywhere, where one of them has no place on a page.
    pub fn near(left: Self, right: Self, within: usize, ordered: bool) -> Self {
        match left.has_place() && right.has_place() {
            true => Self::Near(Box::new(Near { left, right, within, ordered })),
            false => Self::All(vec![left, right]),
        }
    }

    /// On one page; both, anywhere, where one of them has no place on a page.
    pub fn same(left: Self, right: Self) -> Self {
        match left.has_place() && right.has_place() {
            true => Self::Same(vec![left, right]),
            false => Self::All(vec![left, right]),
        }
    }

    /// Whether something can be near it: a boost counts for the whole, but not from within a group.
    fn has_place(&self) -> bool {
        match self {
            Self::Word(_) | Self::Phrase(..) | Self::Near(_) => true,
            Self::Any(parts) => parts.iter().all(|part| !matches!(part, Self::Boosted(..)) && part.has_place()),
            Self::Boosted(_, meaning) => meaning.has_place(),
            _ => false,
        }
    }

    fn is_on_fields(&self) -> bool {
        self.is_all(&|field| field.is_some())
    }

    /// Whether it speaks of outlets and agencies only.
    pub fn is_of_names(&self) -> bool {
        self.is_all(&|field| field.is_some_and(|field| field != Field::Headline))
    }

    /// Whether all of it stands in fields that are so.
    fn is_all(&self, is_so: &dyn Fn(Option<Field>) -> bool) -> bool {
        match self {
            Self::In(field, _) => is_so(Some(*field)),
            Self::Not(meaning) | Self::Boosted(_, meaning) => meaning.is_all(is_so),
            Self::All(parts) | Self::Any(parts) => parts.iter().all(|part| part.is_all(is_so)),
            Self::Clauses(clauses) => clauses.iter().all(|(_, meaning)| meaning.is_all(is_so)),
            Self::Word(_) | Self::Phrase(..) | Self::Near(_) | Self::Same(_) => is_so(None),
        }
    }
}
