//! The elements that are open at a place of a page: start and end tags as browsers match them, roughly.
//!
//! What HTML leaves out is put in (a paragraph ends where a block begins), and an end tag without its start is passed
//! over. Depth is bounded, so that a page of a hundred thousand open elements takes no more time for each.

use super::tags::{self, ElementKind};
use crate::source::markup::Element;

/// Elements open at once; what is deeper counts as the deepest.
const DEEPEST: usize = 256;

/// Elements beyond the deepest whose end is looked for.
const NEAR: usize = 32;

/// An element that was begun and not ended.
struct OpenElement<'t> {
    place: u32,
    name: &'static str,
    /// Its name as written, for elements that HTML does not know.
    written: &'t str,
    kind: ElementKind,
}

/// A page's elements, and those that are open.
pub(super) struct Tree<'t> {
    pub(super) elements: Vec<Element>,
    open: Vec<OpenElement<'t>>,
    /// Names of elements that are too deep to be told apart.
    deeper: Vec<&'t str>,
    links: u32,
    stressed: u32,
    unread: u32,
    preformatted: u32,
    /// Bytes of text written so far: where what begins or ends now begins or ends in the text.
    pub(super) written: u32,
}

/// What begins: an element not yet placed.
pub(super) struct Begun<'t> {
    pub(super) written: &'t str,
    pub(super) name: &'static str,
    pub(super) kind: ElementKind,
    pub(super) element: Element,
}

impl<'t> Tree<'t> {
    pub(super) fn new() -> Self {
        let page = Element { name: "html", line: 1, ..Element::default() };
        Self {
            elements: vec![page],
            open: Vec::new(),
            deeper: Vec::new(),
            links: 0,
            stressed: 0,
            unread: 0,
            preformatted: 0,
            written: 0,
        }
    }

    /// The innermost open element.
    pub(super) fn here(&self) -> u32 {
        self.open.last().map_or(0, |open| open.place)
    }

    /// Whether text is in a link.
    pub(super) fn in_link(&self) -> bool {
        self.links > 0
    }

    /// Whether text is in bold or italic.
    pub(super) fn is_stressed(&self) -> bool {
        self.stressed > 0
    }

    /// Whether text is not read: in a script, a menu of choices, a picture.
    pub(super) fn is_unread(&self) -> bool {
        self.unread > 0
    }

    /// Whether line ends of the file are line ends of the text.
    pub(super) fn is_preformatted(&self) -> bool {
        self.preformatted > 0
    }

    /// Begins an element, and ends those that it ends by beginning.
    pub(super) fn begin(&mut self, begun: Begun<'t>) -> u32 {
        if begun.kind == ElementKind::Block && !begun.written.contains('-') {
            self.end_paragraph(begun.name);
        }
        let (ended, scope) = tags::implied_ends(begun.name);
        if !ended.is_empty() {
            let at = self.open.iter().rposition(|o| ended.contains(&o.name) || scope.contains(&o.name));
            if let Some(at) = at.filter(|at| ended.contains(&self.open[*at].name)) {
                self.close_at(at);
            }
        }
        let parent = self.here();
        if self.open.len() >= DEEPEST && begun.kind != ElementKind::Void {
            self.deeper.push(begun.written);
            return parent;
        }
        let place = self.elements.len() as u32;
        let above = &self.elements[parent as usize];
        let hidden = begun.element.hidden || above.hidden;
        let text = (self.written, self.written);
        let element = Element { parent, depth: above.depth + 1, name: begun.name, hidden, text, ..begun.element };
        self.elements.push(element);
        if begun.kind != ElementKind::Void {
            self.open.push(OpenElement { place, name: begun.name, written: begun.written, kind: begun.kind });
            self.count(begun.name, begun.kind, true);
        }
        place
    }

    /// A block ends the paragraph it begins in.
    fn end_paragraph(&mut self, begun: &str) {
        if matches!(begun, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "caption" | "option" | "legend") {
            return;
        }
        let ends = |o: &OpenElement<'_>| o.name == "p" || o.name == "button" || tags::is_scope(o.name);
        if let Some(at) = self.open.iter().rposition(ends).filter(|at| self.open[*at].name == "p") {
            self.close_from(at);
        }
    }

    /// Ends the innermost open element of that name; whether there was one.
    pub(super) fn end(&mut self, written: &str) -> bool {
        let deeper = self.deeper.iter().rev().take(NEAR).position(|name| name.eq_ignore_ascii_case(written));
        if let Some(back) = deeper {
            self.deeper.truncate(self.deeper.len() - 1 - back);
            return true;
        }
        let (name, kind) = tags::known(written);
        let heading = is_heading(name);
        let same = |o: &OpenElement<'_>| {
            (o.name == name && (name != "other" || o.written.eq_ignore_ascii_case(written)))
                || (heading && is_heading(o.name))
        };
        let stops = |o: &OpenElement<'_>| {
            tags::is_scope(o.name) && !matches!(name, "table" | "tr" | "tbody" | "thead" | "tfoot")
        };
        let Some(at) = self.open.iter().rposition(|o| same(o) || stops(o)).filter(|at| same(&self.open[*at])) else {
            return false;
        };
        if kind == ElementKind::Inline {
            self.close_at(at)
        } else {
            self.close_from(at)
        }
        true
    }

    /// Closes an element in a line alone where blocks stand in it, else with all that it holds.
    fn close_at(&mut self, at: usize) {
        let inline = self.open[at].kind == ElementKind::Inline;
        if inline && self.open[at + 1..].iter().any(|o| o.kind != ElementKind::Inline) {
            let open = self.open.remove(at);
            self.close(&open);
        } else {
            self.close_from(at);
        }
    }

    fn close_from(&mut self, at: usize) {
        self.deeper.clear();
        while self.open.len() > at {
            if let Some(open) = self.open.pop() {
                self.close(&open);
            }
        }
    }

    fn close(&mut self, open: &OpenElement<'t>) {
        self.elements[open.place as usize].text.1 = self.written;
        self.count(open.name, open.kind, false);
    }

    /// Ends everything that is open.
    pub(super) fn end_all(&mut self) {
        self.close_from(0);
    }

    /// Ends everything that is open, the page itself too.
    pub(super) fn finish(mut self) -> Vec<Element> {
        self.end_all();
        self.elements[0].text.1 = self.written;
        self.elements
    }

    fn count(&mut self, name: &str, kind: ElementKind, begins: bool) {
        let change = |count: &mut u32| *count = if begins { *count + 1 } else { count.saturating_sub(1) };
        match name {
            "a" => change(&mut self.links),
            "b" | "strong" | "em" | "i" => change(&mut self.stressed),
            "pre" => change(&mut self.preformatted),
            _ if kind == ElementKind::Hidden => change(&mut self.unread),
            _ => {}
        }
    }

    /// The innermost element that holds both.
    pub(super) fn common(&self, one: u32, other: u32) -> u32 {
        let (mut one, mut other) = (one, other);
        while one != other {
            let (a, b) = (&self.elements[one as usize], &self.elements[other as usize]);
            if a.depth >= b.depth {
                one = a.parent;
            } else {
                other = b.parent;
            }
        }
        one
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}
