//! What the signs of an element (its name, class, id and roles) say of the text in it.

use std::ops::Deref;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

use crate::extract::Label;
use crate::lexicon;
use crate::source::{Element, Markup};

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

/// A page's markup, with what the classes of each element say.
pub(super) struct Signed<'m> {
    markup: &'m Markup,
    /// By element.
    classes: Vec<Sign>,
}

impl<'m> Signed<'m> {
    /// Looks the classes of a page up, each spelling of them once.
    pub(super) fn new(markup: &'m Markup) -> Self {
        let mut said: FxHashMap<&str, Sign> = FxHashMap::default();
        let mut sign = |element: &'m Element| match element.signs.as_str() {
            "" => Sign::None,
            signs => *said.entry(signs).or_insert_with(|| look_up(signs)),
        };
        Self { markup, classes: markup.elements.iter().map(&mut sign).collect() }
    }

    /// What the classes of an element say.
    pub(super) fn by_class(&self, element: u32) -> Sign {
        self.classes[element as usize]
    }
}

impl Deref for Signed<'_> {
    type Target = Markup;

    fn deref(&self) -> &Markup {
        self.markup
    }
}

/// What an element's name and signs say.
pub(super) fn of(markup: &Signed<'_>, at: u32) -> Sign {
    let element = &markup.elements[at as usize];
    match element.name {
        "nav" | "footer" | "button" | "menu" => return Sign::Furniture(Label::Nav),
        // Above the text stand title, standfirst, author and date.
        "header" => return Sign::Furniture(Label::Label),
        "aside" => return Sign::Furniture(Label::Related),
        "figcaption" | "figure" | "caption" => return Sign::Furniture(Label::Caption),
        "form" | "fieldset" | "legend" | "label" | "dialog" => return Sign::Furniture(Label::Promo),
        _ => {}
    }
    let roles = ["navigation", "contentinfo", "complementary", "search", "dialog", "menu", "banner"];
    if element.roles.split(' ').any(|role| roles.contains(&role)) {
        return Sign::Furniture(Label::Nav);
    }
    // What is quoted from elsewhere is the article's, whoever ran it first.
    if element.signs.is_empty() || element.name == "blockquote" {
        return Sign::None;
    }
    markup.by_class(at)
}

fn look_up(signs: &str) -> Sign {
    match by_table(signs) {
        // Blogs write the author's name into the classes of the article itself.
        Sign::Furniture(Label::Byline) if signs.split(' ').any(|class| ENTRY.contains(&class)) => Sign::None,
        sign => sign,
    }
}

/// Classes of a whole article.
pub(super) static ENTRY: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("entry"));

/// Words of the classes of what holds a text.
static HOLDER: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("holder"));
static BODY: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("body"));
static WHOLE: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("whole"));
static LAYOUT: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("layout"));
static TEXT: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("text"));

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

/// How surely an element holds the text of an article: 0 is most; none where nothing says so.
pub(super) fn body_rank(element: &Element) -> Option<u8> {
    if is_stated_body(element) {
        return Some(0);
    }
    let words = words(&element.signs);
    let pair = words.windows(2).any(|two| HOLDER.contains(&two[0].as_str()) && BODY.contains(&two[1].as_str()));
    let close = pair && !words.iter().any(|w| LAYOUT.contains(&w.as_str()));
    if close || words.iter().any(|w| WHOLE.contains(&w.as_str())) {
        return Some(1);
    }
    match element.name {
        "article" => return Some(2),
        "main" => return Some(3),
        _ => {}
    }
    if pair || element.roles.split(' ').any(|role| role == "main") { Some(3) } else { None }
}

/// Whether an element states for machines that it is the body.
pub(super) fn is_stated_body(element: &Element) -> bool {
    element.roles.contains("articlebody")
}

/// Whether an element's class says that it holds text, though not that this is all of the article.
pub(super) fn is_called_text(element: &Element) -> bool {
    words(&element.signs).iter().any(|word| TEXT.contains(&word.as_str()))
}

/// Whether a line is a title by its element: a first-level heading, or what a class calls so.
pub(super) fn is_title(markup: &Markup, element: u32) -> bool {
    near(markup, element).any(|element| {
        let named = || {
            let words = words(&element.signs);
            let pair = |a: &str, b: &str| words.windows(2).any(|two| two[0] == a && two[1] == b);
            element.roles.split(' ').any(|role| matches!(role, "headline" | "schema:headline" | "dc:title"))
                || element.signs.split(' ').any(|class| class == "p-name" || class == "headline")
                || pair("entry", "title")
                || pair("post", "title")
                || pair("article", "title")
                || pair("article", "headline")
        };
        element.name == "h1" || (matches!(element.name, "h2" | "h3" | "div" | "p" | "span") && named())
    })
}

/// Whether a line is a first-level heading.
pub(super) fn is_heading(markup: &Markup, element: u32) -> bool {
    near(markup, element).any(|element| element.name == "h1")
}

/// Whether a line stands where dates and authors do.
pub(super) fn is_dated(markup: &Signed<'_>, element: u32) -> bool {
    near(markup, element).any(|element| element.name == "time") || is_called_dated(markup, element)
}

/// Whether a class says that a line is a date's or an author's.
pub(super) fn is_called_dated(markup: &Signed<'_>, element: u32) -> bool {
    let is_called = |at| matches!(markup.by_class(at), Sign::Furniture(Label::DateLine | Label::Byline));
    holders(markup, element).take(NEAR).any(is_called)
}

/// Elements that are near: it, and the ones right above it.
const NEAR: usize = 3;

/// An element and the ones right above it.
fn near(markup: &Markup, element: u32) -> impl Iterator<Item = &Element> {
    above(markup, element).take(NEAR)
}

/// An element and all that it stands in, innermost first.
pub(super) fn above(markup: &Markup, element: u32) -> impl Iterator<Item = &Element> {
    holders(markup, element).map(|at| &markup.elements[at as usize])
}

/// The places of an element and of all that it stands in, innermost first.
fn holders(markup: &Markup, element: u32) -> impl Iterator<Item = u32> {
    std::iter::successors(Some(element), |at| {
        let parent = markup.elements[*at as usize].parent;
        (parent != *at).then_some(parent)
    })
}

/// Elements in a line that may hold all of it.
const INLINE: &[&str] = &["a", "span", "b", "strong", "em", "i", "font", "small", "u"];

/// Whether a line stands in a quotation.
pub(super) fn is_quoted(markup: &Markup, element: u32) -> bool {
    above(markup, element).take(4).any(|element| element.name == "blockquote")
}

/// Whether an element stands in a line.
pub(super) fn is_inline(markup: &Markup, element: u32) -> bool {
    INLINE.contains(&markup.elements[element as usize].name)
}

/// The name of the block that an element is, or stands in.
pub(super) fn block(markup: &Markup, element: u32) -> &'static str {
    let block = |e: &&Element| !INLINE.contains(&e.name) && e.name != "other";
    above(markup, element).find(block).map_or("html", |e| e.name)
}

/// The `article` that an element stands in; the page where there is none.
pub(super) fn article(markup: &Markup, element: usize) -> usize {
    let holders = std::iter::successors(Some(element), |&at| (at > 0).then(|| markup.elements[at].parent as usize));
    holders.into_iter().find(|&at| markup.elements[at].name == "article").unwrap_or(0)
}

/// The paragraph that a line stands in.
pub(super) fn paragraph(markup: &Markup, element: u32) -> Option<usize> {
    let mut at = element as usize;
    for _ in 0..4 {
        let element = &markup.elements[at];
        if element.name == "p" {
            return Some(at);
        }
        at = element.parent as usize;
    }
    None
}
