//! Which blocks are headings, and which of those part articles.

use super::blocks::{PrintedBlock, PrintedKind, ends_sentence, same_size};
use crate::source::office::imprint;

/// Sizes of a heading, as shares of that of the text: at least, and one that parts articles below a masthead.
const HEADING: f32 = 1.15;
const HEADLINE: f32 = 1.2;
/// As a share of the size of the text: smaller letters are none.
pub(super) const SMALL: f32 = 0.95;
/// Characters of a heading, at most; of one that is bold alone; of a line that is no text.
const LONGEST: usize = 300;
const LONGEST_BOLD: usize = 160;
pub(super) const SHORT: usize = 110;
/// Characters of a text that a title stands above, at least.
const TEXT: usize = 80;
/// Characters of the name of a section, at most.
const SECTION: usize = 40;

/// Blocks that stand together as headings.
#[derive(Clone, Debug)]
pub(super) struct HeadingGroup {
    pub blocks: Vec<usize>,
    /// Size of the largest; bold counts a little more.
    pub size: f32,
}

/// Looks at the blocks of a file, most of whose letters have a size.
pub(super) struct Looker<'b> {
    pub blocks: &'b [PrintedBlock],
    pub size: f32,
}

impl Looker<'_> {
    pub fn texts(&self) -> impl Iterator<Item = usize> {
        (0..self.blocks.len()).filter(|at| self.blocks[*at].kind == PrintedKind::Text)
    }

    pub fn is_heading(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        let length = block.text.chars().count();
        let has_words = block.text.chars().filter(|c| c.is_alphabetic()).count() > 1;
        let is_large = block.size >= self.size * HEADING && length <= LONGEST;
        let is_bold = block.bold && block.size >= self.size * 0.95 && length <= LONGEST_BOLD;
        block.kind == PrintedKind::Text
            && has_words
            && !self.is_section(at)
            && (is_large || (is_bold && !block.text.ends_with(['.', ':', ';', ','])))
            && imprint::read(&block.text).is_none()
    }

    /// Whether a running head says the same: then it is the name of a section.
    fn is_section(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        let of_page = |other: &&PrintedBlock| other.kind == PrintedKind::Beside && other.pages == block.pages[..1];
        let is_short = block.text.chars().count() <= SECTION;
        is_short && self.blocks.iter().filter(of_page).any(|beside| beside.text.contains(block.text.trim()))
    }

    /// A line that is neither text nor heading.
    pub fn is_line(&self, at: usize) -> bool {
        let text = &self.blocks[at].text;
        text.chars().count() <= SHORT && !ends_sentence(text)
    }

    /// Whether a line may be the name of an outlet.
    pub fn is_name(&self, at: usize) -> bool {
        self.is_line(at) && !self.is_heading(at) && imprint::is_name(&self.blocks[at].text)
    }

    /// Headings that nothing but furniture and lines of a day parts.
    pub fn groups(&self, from: usize) -> Vec<HeadingGroup> {
        let mut groups: Vec<HeadingGroup> = Vec::new();
        let mut last: Option<usize> = None;
        for at in self.texts().filter(|at| *at >= from) {
            if !self.is_heading(at) {
                last = None;
                continue;
            }
            let block = &self.blocks[at];
            let size = block.size * if block.bold { 1.02 } else { 1.0 };
            let above = last.replace(at);
            match groups.last_mut().filter(|_| above.is_some_and(|above| !self.begins_anew(above, at))) {
                Some(group) => {
                    group.blocks.push(at);
                    group.size = group.size.max(size);
                }
                None => groups.push(HeadingGroup { blocks: vec![at], size }),
            }
        }
        groups
    }

    /// Whether a heading under a heading is of something else: both look alike and stand apart in columns of their own.
    fn begins_anew(&self, above: usize, at: usize) -> bool {
        let (above, block) = (&self.blocks[above], &self.blocks[at]);
        block.opens && above.ends && above.looks_as(block)
    }

    /// The headings that part articles.
    pub fn heads(&self, groups: &[HeadingGroup], has_masthead: bool) -> Vec<HeadingGroup> {
        let of = |size: f32| -> Vec<HeadingGroup> {
            groups.iter().filter(|group| same_size(group.size, size)).cloned().collect()
        };
        if has_masthead {
            let large: Vec<HeadingGroup> =
                groups.iter().filter(|group| group.size >= self.size * HEADLINE).cloned().collect();
            return if large.is_empty() { groups.to_vec() } else { large };
        }
        // above small print alone stands the name of a section
        let largest = groups.iter().filter(|group| self.has_body(group, groups)).map(|group| group.size);
        let Some(largest) = largest.max_by(f32::total_cmp) else { return Vec::new() };
        let first: Vec<HeadingGroup> = of(largest).into_iter().filter(|group| self.has_body(group, groups)).collect();
        let is_large = largest >= self.size * HEADING;
        let dated = |heads: &[HeadingGroup]| heads.iter().filter(|head| self.has_line(head)).count() * 2 >= heads.len();
        if first.len() > 1 && !is_numbered(&first, self.blocks) && self.at_top(&first[0]) && (is_large || dated(&first))
        {
            return first;
        }
        // below the title of a review, headings with a source each
        let below =
            groups.iter().map(|group| group.size).filter(|size| !same_size(*size, largest)).max_by(f32::total_cmp);
        if let Some(second) = below.map(of).filter(|second| first.len() == 1 && second.len() > 1)
            && !is_numbered(&second, self.blocks)
            && second.iter().all(|head| self.has_line(head))
        {
            return second;
        }
        let top = first.into_iter().next().filter(|head| self.at_top(head));
        let bold = || groups.first().filter(|head| self.at_top(head)).cloned();
        top.or_else(bold).into_iter().collect()
    }

    /// Whether letters of the size of the text stand under a heading, before the next.
    fn has_body(&self, head: &HeadingGroup, groups: &[HeadingGroup]) -> bool {
        let last = head.blocks[head.blocks.len() - 1];
        let next = groups.iter().map(|group| group.blocks[0]).find(|at| *at > last).unwrap_or(self.blocks.len());
        self.texts().any(|at| at > last && at < next && self.blocks[at].size >= self.size * SMALL)
    }

    /// Whether no text stands above a heading.
    fn at_top(&self, head: &HeadingGroup) -> bool {
        let mut above = self.texts().take_while(|at| *at < head.blocks[0]);
        let is_text = |at: &usize| {
            !self.is_heading(*at)
                && self.blocks[*at].size >= self.size * SMALL
                && self.blocks[*at].text.chars().count() >= TEXT
        };
        !above.any(|at| is_text(&at))
    }

    /// Whether a line of a day, a paper or an author stands beside a heading.
    pub fn has_line(&self, head: &HeadingGroup) -> bool {
        let last = head.blocks[head.blocks.len() - 1];
        let above = self.texts().take_while(|at| *at < head.blocks[0]).last();
        let below = self.texts().find(|at| *at > last);
        let is_imprint = |at: usize| imprint::read(&self.blocks[at].text).is_some();
        above.is_some_and(is_imprint) || below.is_some_and(|at| is_imprint(at) || self.is_line(at))
    }
}

/// Whether most headings are numbered, as those of a report are.
fn is_numbered(heads: &[HeadingGroup], blocks: &[PrintedBlock]) -> bool {
    let number = |head: &&HeadingGroup| {
        let first = blocks[head.blocks[0]].text.split_whitespace().next().unwrap_or_default();
        first.starts_with(|c: char| c.is_ascii_digit()) && first.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    heads.iter().filter(number).count() * 2 > heads.len()
}
