//! How the elements of a page say that they name its author.

use std::sync::LazyLock;

use super::classes::{ENTRY, Sign, is_byline_word, words};
use super::signs::{Signed, above};
use crate::extract::Label;
use crate::lexicon;
use crate::source::{Element, Markup};

/// How an element says that it names the author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Authorship {
    None,
    /// Its class says so.
    Called,
    /// `rel`, `itemprop` or a microformat says so.
    Stated,
}

/// Words of classes around an author's picture, life and accounts.
static ABOUT: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::CLASS_PARTS.labelled("about"));

/// How an element says that it names the author.
pub(super) fn authorship(markup: &Signed<'_>, at: u32) -> Authorship {
    let element = &markup.elements[at as usize];
    if matches!(element.name, "h1" | "html" | "article" | "main" | "img" | "time" | "link" | "meta") {
        return Authorship::None;
    }
    let classes = || element.signs.split(' ');
    let role = |role: &str| matches!(role, "author" | "schema:author" | "dc:creator" | "dcterms:creator");
    let card = classes().any(|class| class == "p-author")
        || (classes().any(|class| class == "fn") && near_all(markup, element, &["vcard", "author", "byline"]));
    if element.roles.split(' ').any(role) || card {
        return Authorship::Stated;
    }
    let words = words(&element.signs);
    let byline = Sign::Furniture(Label::Byline);
    let called = match markup.by_class(at) {
        Sign::Furniture(Label::DateLine | Label::Label) | Sign::None => {
            let entry = element.signs.split(' ').any(|class| ENTRY.contains(&class));
            !entry && words.iter().any(|word| is_byline_word(word))
        }
        sign => sign == byline,
    };
    let about = words.iter().any(|word| ABOUT.contains(&word.as_str()));
    if called && !about { Authorship::Called } else { Authorship::None }
}

/// Whether an element stands in the footer of an article: `post-footer`, `entry-meta`.
pub(super) fn ends_entry(markup: &Markup, element: u32) -> bool {
    let foot = |element: &Element| {
        let words = words(&element.signs);
        let of = |word: &str| matches!(word, "post" | "entry" | "article");
        words.windows(2).any(|two| of(&two[0]) && matches!(two[1].as_str(), "footer" | "meta" | "info"))
    };
    above(markup, element).take(5).any(foot)
}

/// Whether an element or one right above it has one of some words in its classes.
fn near_all(markup: &Markup, element: &Element, wanted: &[&str]) -> bool {
    let has = |element: &Element| words(&element.signs).iter().any(|word| wanted.contains(&word.as_str()));
    has(element) || above(markup, element.parent).take(2).any(has)
}
