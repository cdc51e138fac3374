//! What a page's markup says about its lines, and what its head states: evidence, no verdicts.

/// The markup behind a record's text: one line of the text for each block of the page.
#[derive(Clone, Debug, Default)]
pub struct Markup {
    /// The elements of the page, each after the one it stands in; the first is the page itself.
    pub elements: Vec<Element>,
    /// One for each line of the text, in order.
    pub lines: Vec<MarkupLine>,
    /// Where in the text an unbroken stretch of a line of the file begins, ascending.
    pub stretches: Vec<Stretch>,
    /// What the head and others state for machines, in the order of the page.
    pub claims: Vec<Claim>,
    /// The language that the page says it is in, as it writes it: `de-AT`.
    pub language: Option<String>,
}

impl Markup {
    /// Says of everything that it stands on one line of the file, for a page that was packed away in it.
    pub(super) fn stand_on(&mut self, line: u32) {
        self.lines.iter_mut().for_each(|known| known.number = line);
        self.stretches.iter_mut().for_each(|stretch| stretch.line = line);
        self.elements.iter_mut().for_each(|element| element.line = line);
        self.claims.iter_mut().for_each(|claim| claim.line = line);
    }
}

/// An element of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Place of the element it stands in, among the elements; its own for the page itself.
    pub parent: u32,
    /// How many elements it stands in.
    pub depth: u32,
    /// Its name in lower case; `other` where HTML does not know it.
    pub name: &'static str,
    /// `class` and `id`, as written, parted by a blank.
    pub signs: String,
    /// `itemprop`, `rel`, `role` and the like, in lower case, parted by a blank.
    pub roles: String,
    /// It is not seen by a reader.
    pub hidden: bool,
    /// It stands in this line of the file, 1-based.
    pub line: u32,
    /// Bytes of the record's text that stand in it; whitespace around them may be among them.
    pub text: (u32, u32),
}

impl Element {
    /// Whether it was sent after the page's frame, hidden until a script puts it in its place (React: `S:1f`).
    pub fn is_streamed(&self) -> bool {
        let mut numbers = self.signs.split(' ').filter_map(|sign| sign.strip_prefix("S:"));
        numbers.any(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_hexdigit()))
    }

    /// Whether it holds what the page states for machines, and shows nowhere.
    pub fn is_stated_alone(&self) -> bool {
        self.name == STATED_ALONE
    }
}

/// The name of an element that is none of the page: what JSON-LD states.
pub(super) const STATED_ALONE: &str = "ld+json";

/// What the markup says of a line of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkupLine {
    /// The innermost element that holds the whole line.
    pub element: u32,
    /// Bytes of the line that stand in links.
    pub linked: u32,
    /// Bytes of the line in bold or italic.
    pub stressed: u32,
    /// The line of the file on which it begins, 1-based.
    pub number: u32,
    /// Only a line break parts it from the line before.
    pub broken: bool,
}

/// Where an unbroken stretch of text begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its first byte in the record's text.
    pub at: usize,
    /// The line of the file, 1-based.
    pub line: u32,
}

/// Something that a page states for machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Where it stands.
    pub kind: ClaimKind,
    /// Its name in lower case: `og:title`, `datepublished`, `canonical`; empty for JSON-LD.
    pub name: String,
    /// What it says, references decoded.
    pub value: String,
    /// The element it belongs to, for those of the page's text.
    pub element: u32,
    /// The line of the file, 1-based.
    pub line: u32,
}

/// Where a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimKind {
    /// A `meta` element: its name and content.
    Meta,
    /// A `link` element: its relation and address.
    Link,
    /// The page's title.
    Title,
    /// A block of JSON-LD, as it stands.
    JsonLd,
    /// A script that states when the page was published: the line of it.
    Script,
    /// A `time` element's machine-readable date; its name is its `itemprop` or class.
    Time,
    /// Another element with `itemprop` and `content`.
    Item,
}
