//! What the words of classes say: each spelling of them is read, and what says nothing of the text is passed over.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

use crate::extract::Label;
use crate::lexicon;

/// What an element is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Nothing is said.
    None,
    /// It is no part of an article.
    Furniture(Label),
    /// What readers wrote under it.
    Comments,
    /// What a page wants to be allowed, at whatever length.
    Consent,
    /// What readers are asked to pay for; or, of a paragraph, what they get for it.
    Paywall,
}

/// Words of classes, and parts of classes, with what they say.
struct ClassTable {
    words: FxHashMap<&'static str, Sign>,
    parts: Vec<(Finder<'static>, Sign)>,
}

static TABLE: LazyLock<ClassTable> = LazyLock::new(|| {
    let mut table = ClassTable { words: FxHashMap::default(), parts: Vec::new() };
    lexicon::CLASS_WORDS.read(|row| {
        let [what, how, all] = row.exactly()?;
        let sign = match what {
            "comment" => Sign::Comments,
            "consent" => Sign::Consent,
            "paywall" => Sign::Paywall,
            "poll" => Sign::Furniture(Label::Promo),
            "none" => Sign::None,
            name => Sign::Furniture(Label::from_name(name).ok_or_else(|| format!("no label \"{name}\""))?),
        };
        match how {
            "word" => all.split(' ').for_each(|word| {
                table.words.entry(word).or_insert(sign);
            }),
            "part" => table.parts.extend(all.split(' ').map(|part| (Finder::new(part), sign))),
            other => return Err(format!("neither word nor part: \"{other}\"")),
        }
        Ok(())
    });
    table
});

/// Classes of a whole article.
pub(super) static ENTRY: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("entry"));

/// Words before what a box lacks, or has beside its text.
static APART: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("apart"));
/// Words before what an article is filed under.
static FILED: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("filed"));
/// Classes that hide a box.
static HIDES: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("hides"));
/// Words of classes that show a box again on some screens.
static SHOWS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("shows"));

/// What classes and ids say of an element.
pub(super) fn sign(signs: &str) -> Sign {
    let entry = is_entry(signs);
    match by_table(&telling(signs, entry)) {
        // Blogs write the author's name into the classes of the article itself.
        Sign::Furniture(Label::Byline) if entry => Sign::None,
        sign => sign,
    }
}

fn is_entry(signs: &str) -> bool {
    signs.split_whitespace().any(|class| ENTRY.contains(&class))
}

/// The classes that say what a box is for: not what it looks like at some time (`print:w-full`), what it lacks or has
/// beside it (`not-a-paywall`, `has-sidebar`), or what the article is filed under (`category-…` beside `hentry`).
fn telling(signs: &str, entry: bool) -> String {
    let first = |class: &str| class.split(['-', '_']).next().map(str::to_ascii_lowercase).unwrap_or_default();
    let filed = |class: &&str| class.contains('-') && FILED.contains(&first(class).as_str());
    let files = entry || signs.split_whitespace().filter(filed).count() > 1;
    let telling = signs.split_whitespace().filter(|class| {
        let apart = class.contains(['-', '_']) && APART.contains(&first(class).as_str()) && !class.ends_with("print");
        !(class.contains(':') || apart || (files && filed(class)))
    });
    telling.collect::<Vec<_>>().join(" ")
}

/// Whether a class hides a box on screens of every width.
pub(super) fn hides(signs: &str) -> bool {
    let shown = |class: &str| {
        let words = words(class);
        words.len() > 1 && words.last().is_some_and(|last| SHOWS.contains(&last.as_str()))
    };
    signs.split_whitespace().any(|class| HIDES.contains(&class)) && !signs.split_whitespace().any(shown)
}

/// Whether a class or id says that a box is the head of a page: `header`, `site-header`, `masthead`.
pub(super) fn heads(signs: &str) -> bool {
    let is_head = |class: &str| matches!(class.to_ascii_lowercase().as_str(), "header" | "masthead" | "topbar");
    signs.split_whitespace().any(|class| is_head(class) || class.eq_ignore_ascii_case("site-header"))
}

fn by_table(signs: &str) -> Sign {
    let table = &*TABLE;
    let by_word = words(signs).iter().find_map(|word| table.words.get(word.as_str()).copied());
    by_word.unwrap_or_else(|| {
        let lower = signs.to_ascii_lowercase();
        table.parts.iter().find(|(part, _)| part.find(lower.as_bytes()).is_some()).map_or(Sign::None, |(_, sign)| *sign)
    })
}

/// Whether a word of a class is one of bylines.
pub(super) fn is_byline_word(word: &str) -> bool {
    TABLE.words.get(word) == Some(&Sign::Furniture(Label::Byline))
}

/// The words that classes are made of, in lower case: `postMeta`, `post-meta`, `post_meta` are `post`, `meta`.
pub(super) fn words(signs: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut small = false;
    for c in signs.chars().chain([' ']) {
        let ends = !c.is_alphanumeric() || (c.is_uppercase() && small);
        if ends && !word.is_empty() {
            all.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        small = c.is_lowercase();
    }
    all
}
