//! Foreign content: what stands in `<svg>` and `<math>` is read by other rules than HTML.
//!
//! There `<title/>` is an empty element, and a `<style>` holds no raw text. Source: HTML, 13.2.6.5, "The rules for parsing
//! tokens in foreign content".

/// Elements in foreign content whose inside is HTML again.
const POINTS: &[&str] = &["foreignobject", "desc", "title", "annotation-xml", "mi", "mo", "mn", "ms", "mtext"];

/// Start tags that end foreign content where they stand.
#[rustfmt::skip]
const BREAKOUTS: &[&str] = &[
    "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2", "h3",
    "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s",
    "small", "span", "strong", "strike", "sub", "sup", "table", "tt", "u", "ul", "var",
];

/// Elements that are remembered; what is deeper counts as the deepest.
const DEEPEST: usize = 64;

/// The foreign elements that are open, and those within them that hold HTML.
#[derive(Default)]
pub(super) struct Foreign<'t> {
    open: Vec<&'t str>,
}

impl<'t> Foreign<'t> {
    /// Whether the rules of foreign content hold here.
    pub(super) fn is_here(&self) -> bool {
        self.open.last().is_some_and(|name| is_root(name))
    }

    /// A start tag that is not closed at once.
    pub(super) fn begin(&mut self, name: &'t str) {
        let counts = is_root(name) || (self.is_here() && is_one_of(POINTS, name));
        if counts && self.open.len() < DEEPEST {
            self.open.push(name);
        }
    }

    /// An end tag: it ends the innermost of its name, and all within.
    pub(super) fn end(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|open| open.eq_ignore_ascii_case(name)) {
            self.open.truncate(at);
        }
    }

    /// The element that a start tag of HTML ends, where it stands in foreign content.
    pub(super) fn broken_by(&mut self, name: &str) -> Option<&'t str> {
        if !self.is_here() || !is_one_of(BREAKOUTS, name) {
            return None;
        }
        self.open.pop()
    }
}

/// Whether an element begins foreign content.
pub(super) fn is_root(name: &str) -> bool {
    name.eq_ignore_ascii_case("svg") || name.eq_ignore_ascii_case("math")
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}
