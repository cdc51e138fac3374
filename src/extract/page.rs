//! A record's text as lines, and its lines as units: a paragraph, a title, a piece of furniture.

use std::borrow::Cow;
use std::ops::Range;

use super::front::FrontMatter;
use super::lines::{Line, split};
use super::names::Outlets;
use super::seams::Seams;
use super::words::Shape;
use super::{Label, wrap};
use crate::article::Lines;
use crate::lexicon::Locale;
use crate::source::{Markup, MarkupLine, RawRecord, Stretch};

/// What a unit is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Not decided: the body's in the end.
    Open,
    /// The headline, or its repetition.
    Headline,
    /// What introduces the text.
    Standfirst,
    /// Not the article's text.
    Drop(Label),
}

/// One or several lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Unit<'t> {
    /// Its lines, as places in [`Page::lines`].
    pub lines: Range<usize>,
    /// Its text on one line.
    pub text: Cow<'t, str>,
    pub shape: Shape,
    pub role: Role,
    /// A blank line, or the start of the text, stands before it.
    pub gap: bool,
    /// A form feed stands between it and the unit before.
    pub feed: bool,
    /// It begins a list of related articles.
    pub heads_list: bool,
    /// Bytes cut from its start and end, which are not the article's.
    pub cut: (usize, usize),
}

impl Unit<'_> {
    pub(super) fn is_open(&self) -> bool {
        self.role == Role::Open
    }

    /// Running text that is not labelled.
    pub(super) fn is_paragraph(&self) -> bool {
        self.is_open() && (self.shape.is_prose() || (self.lines.len() > 1 && self.shape.chars > 120))
    }

    pub(super) fn drop_as(&mut self, label: Label) {
        self.role = Role::Drop(label);
    }

    pub(super) fn label(&self) -> Option<Label> {
        match self.role {
            Role::Drop(label) => Some(label),
            _ => None,
        }
    }

    /// The unit's text without what was cut.
    pub(super) fn kept(&self) -> &str {
        &self.text[self.cut.0..self.text.len() - self.cut.1]
    }
}

/// A record's text, taken apart.
#[derive(Debug)]
pub(super) struct Page<'t> {
    /// The record's text.
    pub text: &'t str,
    pub lines: Vec<Line>,
    pub units: Vec<Unit<'t>>,
    pub wrap: Option<wrap::Wrap>,
    /// First and last unit of running text, where there is any.
    pub prose: Option<(usize, usize)>,
    /// The title at the top of a text, and the outlet's name above it, where what stands under them tells them.
    pub title: Option<usize>,
    pub masthead: Option<usize>,
    /// The text is that of a whole page.
    pub whole: bool,
    /// What stands above the text as metadata; its lines are no units.
    pub front: Option<FrontMatter>,
    /// The markup behind the lines; none in plain text.
    pub markup: Option<&'t Markup>,
    /// Where unbroken stretches of lines of the file begin, in a page and in a scanned text.
    pub stretches: &'t [Stretch],
    /// Where elements meet without a blank; none in plain text.
    pub seams: Seams,
    /// The language of the text, as far as it is known.
    pub locale: Locale,
    /// The outlets that its names are held against.
    pub outlets: Outlets<'t>,
}

impl<'t> Page<'t> {
    pub(super) fn read(record: &'t RawRecord<'_>, archive: Locale, outlets: Outlets<'t>) -> Self {
        let text: &'t str = &record.text;
        let markup = record.markup.as_ref();
        let printed = record.given.printed.as_deref().map_or(&[][..], |printed| &printed.stretches);
        let stretches = markup.map_or(printed, |markup| &markup.stretches);
        let tag = markup.and_then(|markup| markup.language.as_deref());
        let locale = tag.map_or(archive, |tag| Locale::stated(tag, archive));
        let mut lines = split(text, record.first_line, record.map.keeps_lines());
        let is_text = markup.is_none() && record.place.is_none() && record.map.keeps_lines();
        let front = is_text.then(|| FrontMatter::read(text, &lines)).flatten();
        let first = front.as_ref().map_or(0, |front| front.labels.len());
        let is_set = record.given.printed.as_deref().is_some_and(|printed| printed.is_set);
        let wrap = (markup.is_none() && !is_set).then(|| wrap::find(text, &lines[first..])).flatten();
        let rows = markup.map_or_else(Vec::new, rows);
        let headings = markup.map_or_else(Vec::new, headings);
        let seams = markup.map_or_else(Seams::default, |markup| Seams::of(text, markup));
        let joins = |end: usize| {
            wrap.is_some_and(|w| w.joins(text, lines[end - 1], lines[end]))
                || is_row(&rows, &lines, end)
                || headings.get(end).is_some_and(|heading| *heading)
        };
        let mut units = units(text, &lines, first, wrap.is_some(), &joins);
        if let Some(markup) = markup {
            lines.iter_mut().zip(&markup.lines).for_each(|(line, known)| line.number = known.number);
            for unit in &mut units {
                unit.gap = !markup.lines[unit.lines.start].broken;
                if unit.lines.len() == 1 && !unit.shape.is_prose() {
                    unit.text = seams.part(std::mem::take(&mut unit.text), lines[unit.lines.start].start);
                    unit.shape = Shape::of(&unit.text);
                }
            }
        }
        Self {
            text,
            lines,
            units,
            wrap,
            prose: None,
            title: None,
            masthead: None,
            whole: false,
            front,
            markup,
            stretches,
            seams,
            locale,
            outlets,
        }
    }

    /// The lines of the file that a unit stands on.
    pub(super) fn file_lines(&self, unit: usize) -> Lines {
        let lines = &self.units[unit].lines;
        Lines { first: self.lines[lines.start].number, last: self.lines[lines.end - 1].number }
    }

    /// Units before the first paragraph; all of them where there is none.
    pub(super) fn head(&self) -> Range<usize> {
        0..self.prose.map_or(self.units.len(), |(first, _)| first)
    }

    /// Units after the last paragraph.
    pub(super) fn tail(&self) -> Range<usize> {
        self.prose.map_or(self.units.len(), |(_, last)| last + 1)..self.units.len()
    }

    /// Whether a title stands above a unit: so many words that nothing labelled, or of a page's own heading.
    pub(super) fn has_title_above(&self, unit: usize, words: u8) -> bool {
        let heading = |above: &Unit<'_>| {
            let element = |markup: &Markup| markup.lines[above.lines.start].element;
            self.markup.is_some_and(|markup| markup.elements[element(markup) as usize].name == "h1")
        };
        self.units[..unit].iter().any(|above| above.shape.words >= words && (above.is_open() || heading(above)))
    }

    /// Finds the first and last paragraph again, after labels have changed.
    pub(super) fn mark_prose(&mut self) {
        let is_text = |at: &usize, brief: bool| {
            let unit = &self.units[*at];
            Some(*at) != self.title && (unit.is_paragraph() || (brief && unit.is_open() && unit.shape.is_brief()))
        };
        let ends = |brief: bool| {
            let mut all = (0..self.units.len()).filter(|at| is_text(at, brief));
            let first = all.next()?;
            Some((first, all.next_back().unwrap_or(first)))
        };
        // A text of a few short sentences has no paragraph.
        let brief = || if self.markup.is_none() { ends(true) } else { None };
        self.prose = ends(false).or_else(brief).map(|(first, last)| (self.below_title(first), last));
    }

    /// Joins the unit below a unit to it.
    pub(super) fn join_next(&mut self, at: usize) {
        let next = self.units.remove(at + 1);
        let unit = &mut self.units[at];
        unit.lines.end = next.lines.end;
        unit.text = wrap::join(self.text, &self.lines[unit.lines.clone()]);
        unit.shape = Shape::of(&unit.text);
    }

    /// The first paragraph, given what looks like it: a question at the very top, apart from a longer paragraph below, is
    /// the title of it.
    fn below_title(&self, first: usize) -> usize {
        let unit = &self.units[first];
        let top = self.units[..first].iter().all(|above| !above.is_open());
        let title = top && unit.lines.len() == 1 && unit.shape.may_open();
        let apart = self.units.get(first + 1).is_some_and(|next| next.gap);
        let mut below = (first + 1..self.units.len()).filter(|&at| self.units[at].is_paragraph());
        let next = below.next().filter(|&at| self.units[at].shape.chars > unit.shape.chars);
        if title && apart { next.unwrap_or(first) } else { first }
    }
}

/// The row of a table and the cell that a line of a page stands in.
type TableRow = Option<(u32, u32)>;

/// Bytes of a cell that is joined to the ones beside it.
const CELL: usize = 60;

/// The rows of tables that the lines of a page stand in.
fn rows(markup: &Markup) -> Vec<TableRow> {
    let row = |line: &MarkupLine| {
        let mut at = line.element;
        for _ in 0..4 {
            let element = &markup.elements[at as usize];
            if matches!(element.name, "td" | "th") {
                return Some((element.parent, at));
            }
            at = element.parent;
        }
        None
    };
    markup.lines.iter().map(row).collect()
}

/// Whether each line of a page goes on with the first-level heading above it, from which a line break alone parts it.
fn headings(markup: &Markup) -> Vec<bool> {
    let heading = |line: &MarkupLine| {
        let mut at = line.element;
        for _ in 0..4 {
            let element = &markup.elements[at as usize];
            if element.name == "h1" {
                return Some(at);
            }
            at = element.parent;
        }
        None
    };
    let of_lines: Vec<Option<u32>> = markup.lines.iter().map(heading).collect();
    let goes_on = |at: usize| markup.lines[at].broken && of_lines[at].is_some() && of_lines[at - 1] == of_lines[at];
    (0..markup.lines.len()).map(|at| at > 0 && goes_on(at)).collect()
}

/// Whether two lines are cells of one row, each of them short.
fn is_row(rows: &[TableRow], lines: &[Line], at: usize) -> bool {
    let (Some(Some((row, cell))), Some(Some((other_row, other)))) = (rows.get(at - 1), rows.get(at)) else {
        return false;
    };
    let short = |line: Line| line.end - line.start <= CELL;
    row == other_row && cell != other && short(lines[at - 1]) && short(lines[at])
}

fn units<'t>(
    text: &'t str,
    lines: &[Line],
    first: usize,
    wrapped: bool,
    joins: &dyn Fn(usize) -> bool,
) -> Vec<Unit<'t>> {
    let filled = lines[first..].iter().filter(|line| !line.is_blank()).count();
    let mut units: Vec<Unit<'t>> = Vec::with_capacity(if wrapped { filled / 4 + 1 } else { filled });
    let (mut gap, mut feed) = (true, false);
    let mut at = first;
    while at < lines.len() {
        feed |= lines[at].feed;
        if lines[at].is_blank() {
            gap = true;
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < lines.len() && joins(end) {
            end += 1;
        }
        let joined = wrap::join(text, &lines[at..end]);
        let shape = Shape::of(&joined);
        let role = Role::Open;
        units.push(Unit { lines: at..end, text: joined, shape, role, gap, feed, heads_list: false, cut: (0, 0) });
        (gap, feed, at) = (false, false, end);
    }
    units
}
