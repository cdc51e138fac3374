//! What the elements of HTML are to the text: blocks, words in a line, or nothing that is read.

use std::sync::LazyLock;

/// How an element treats the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ElementKind {
    /// Begins and ends a line.
    Block,
    /// Stands in a line.
    Inline,
    /// Has no end tag and no text.
    Void,
    /// Its text is not seen.
    Hidden,
    /// Makes no element: `html`, `head`, `body`.
    Frame,
}

/// The elements by kind; any other is [`ElementKind::Inline`].
const TABLE: &[(ElementKind, &[&str])] = &[
    (
        ElementKind::Block,
        &[
            "address",
            "article",
            "aside",
            "blockquote",
            "caption",
            "center",
            "dd",
            "details",
            "dialog",
            "dir",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hgroup",
            "legend",
            "li",
            "main",
            "menu",
            "nav",
            "ol",
            "optgroup",
            "option",
            "p",
            "pre",
            "search",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "ul",
        ],
    ),
    (
        ElementKind::Inline,
        &[
            "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "del", "dfn", "em", "font",
            "i", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
            "sup", "time", "tt", "u", "var",
        ],
    ),
    (
        ElementKind::Void,
        &[
            "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen",
            "link", "meta", "param", "source", "track", "wbr",
        ],
    ),
    (
        ElementKind::Hidden,
        &[
            "applet", "audio", "canvas", "datalist", "iframe", "map", "math", "noembed", "noframes", "noscript",
            "object", "rp", "script", "select", "style", "svg", "template", "textarea", "title", "video",
        ],
    ),
    (ElementKind::Frame, &["html", "head", "body", "frameset"]),
];

/// The elements by the first letter of their names: every tag of every page is looked up.
static BY_LETTER: LazyLock<[Vec<(&'static str, ElementKind)>; 26]> = LazyLock::new(|| {
    let mut letters = [const { Vec::new() }; 26];
    for (kind, names) in TABLE {
        names.iter().for_each(|name| letters[usize::from(name.as_bytes()[0] - b'a')].push((*name, *kind)));
    }
    letters
});

/// The name of an element in lower case, and its kind; `other` where HTML does not know it.
pub(super) fn known(name: &str) -> (&'static str, ElementKind) {
    let letter = name.bytes().next().map_or(0, |b| b.to_ascii_lowercase()).wrapping_sub(b'a');
    let named =
        BY_LETTER.get(usize::from(letter)).and_then(|all| all.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)));
    named.copied().unwrap_or(("other", ElementKind::Inline))
}

/// Elements that an element of `name` ends by beginning, and those beyond which it ends none.
pub(super) fn implied_ends(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    const LISTS: &[&str] = &["ul", "ol", "menu", "dir", "table"];
    match name {
        "li" => (&["li"], LISTS),
        "dd" | "dt" => (&["dd", "dt"], &["dl", "table"]),
        "tr" => (&["tr"], &["table"]),
        "td" | "th" => (&["td", "th"], &["table", "tr"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "caption"], &["table"]),
        "option" | "optgroup" => (&["option"], &["select", "table"]),
        "a" => (&["a"], &["table", "td", "th"]),
        _ => (&[], &[]),
    }
}

/// Elements that no end tag inside reaches over.
pub(super) fn is_scope(name: &str) -> bool {
    matches!(name, "table" | "td" | "th" | "caption" | "template" | "object" | "applet")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_any_case() {
        assert_eq!(known("ARTICLE"), ("article", ElementKind::Block));
        assert_eq!(known("Br"), ("br", ElementKind::Void));
        assert_eq!(known("amp-img"), ("other", ElementKind::Inline));
    }
}
