//! What the signs of an element (its name, class, id and roles) say of the text in it.

use std::ops::Deref;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::classes::{self, Sign, words};
use crate::extract::Label;
use crate::lexicon;
use crate::source::{Element, Markup};

/// A page's markup, with what the classes of each element say.
pub(super) struct Signed<'m> {
    markup: &'m Markup,
    /// By element.
    classes: Vec<Sign>,
    /// By element: whether a reader does not see it.
    hidden: Vec<bool>,
}

impl<'m> Signed<'m> {
    /// Looks the classes of a page up, each spelling of them once.
    pub(super) fn new(markup: &'m Markup) -> Self {
        let mut said: FxHashMap<&str, Sign> = FxHashMap::default();
        let mut sign = |element: &'m Element| match element.signs.as_str() {
            "" => Sign::None,
            signs => *said.entry(signs).or_insert_with(|| classes::sign(signs)),
        };
        let classes = markup.elements.iter().map(&mut sign).collect();
        let mut hidden: Vec<bool> = Vec::with_capacity(markup.elements.len());
        for (at, element) in markup.elements.iter().enumerate() {
            let above = at > 0 && hidden[element.parent as usize];
            hidden.push(above || element.hidden || classes::hides(&element.signs));
        }
        Self { markup, classes, hidden }
    }

    /// Whether a reader does not see an element: by its style, an attribute or a class, its own or of what it stands in.
    pub(super) fn is_hidden(&self, element: u32) -> bool {
        self.hidden[element as usize]
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
    if let Some(label) = by_name(element) {
        return Sign::Furniture(label);
    }
    // What is quoted from elsewhere is the article's, whoever ran it first.
    if element.signs.is_empty() || element.name == "blockquote" {
        return Sign::None;
    }
    markup.by_class(at)
}

/// Words of the classes of what holds a text.
static HOLDER: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("holder"));
static BODY: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("body"));
static WHOLE: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("whole"));
static LAYOUT: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("layout"));
static TEXT: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("text"));

/// What an element's name or role says, whatever its classes.
pub(super) fn by_name(element: &Element) -> Option<Label> {
    let roles = ["navigation", "contentinfo", "complementary", "search", "dialog", "menu", "banner"];
    match element.name {
        "nav" | "footer" | "button" | "menu" => Some(Label::Nav),
        // Above the text stand title, standfirst, author and date.
        "header" => Some(Label::Label),
        "aside" => Some(Label::Related),
        "figcaption" | "figure" | "caption" => Some(Label::Caption),
        "form" | "fieldset" | "legend" | "label" | "dialog" => Some(Label::Promo),
        _ if element.roles.split(' ').any(|role| roles.contains(&role)) => Some(Label::Nav),
        _ => None,
    }
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

/// Whether an element says that it is the body.
pub(super) fn is_called_body(element: &Element) -> bool {
    body_rank(element).is_some_and(|rank| rank <= 1)
}

/// Whether an element says that it is the body, or stands in one that does.
pub(super) fn in_called_body(markup: &Markup, element: u32) -> bool {
    holders(markup, element).any(|at| is_called_body(&markup.elements[at as usize]))
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

/// Whether an element stands in the head of the site and not in that of the article, whose `title` is an element: the day
/// that is told there is today.
pub(super) fn in_site_head(markup: &Markup, element: u32, title: u32) -> bool {
    let is_own = |at: u32| matches!(markup.elements[at as usize].name, "article" | "main");
    let is_head = |at: &u32| {
        let element = &markup.elements[*at as usize];
        element.name == "header"
            || element.roles.split(' ').any(|role| role == "banner")
            || classes::heads(&element.signs)
    };
    let head = holders(markup, element).take_while(|at| !is_own(*at)).find(is_head);
    title > 0 && head.is_some_and(|head| holders(markup, title).all(|at| at != head))
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
pub(super) fn holders(markup: &Markup, element: u32) -> impl Iterator<Item = u32> {
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
