//! Blocks of pages -> articles: what headings in bigger type part.

use std::ops::Range;

use super::blocks::{BlockKind, PrintedBlock, ends_sentence, same_size};
use super::imprint::{self, Imprint};

/// Sizes of a heading, as shares of that of the text: at least, one that parts articles below a masthead, and the name of a paper.
const HEADING: f32 = 1.15;
const HEADLINE: f32 = 1.2;
const MASTHEAD: f32 = 1.3;
/// As a share of the size of the text: smaller letters are none.
const SMALL: f32 = 0.95;
/// Characters of a heading, at most; of one that is bold alone; of a line that is no text.
const LONGEST: usize = 300;
const LONGEST_BOLD: usize = 160;
const SHORT: usize = 110;
/// Characters of a text that a title stands above, at least.
const TEXT: usize = 80;
/// Characters of the name of a section, at most.
const SECTION: usize = 40;
/// Lines that look alike and stand apart, of which the last is the headline.
const STACK: usize = 3;
/// Blocks below a headline within which its day may stand.
const BELOW: usize = 3;
/// Blocks at the top of a file within which its masthead stands.
const TOP: usize = 8;

/// An article, by numbers of blocks.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Clipping {
    pub blocks: Range<usize>,
    pub headline: Vec<usize>,
    /// What stands around its text: where and when it was printed, a line above the headline.
    pub beside: Vec<usize>,
    pub imprint: Imprint,
}

/// Blocks that stand together as headings.
#[derive(Clone, Debug)]
struct HeadingGroup {
    blocks: Vec<usize>,
    /// Size of the largest; bold counts a little more.
    size: f32,
}

/// Looks at the blocks of a file, most of whose letters have a size.
struct Looker<'b> {
    blocks: &'b [PrintedBlock],
    size: f32,
}

/// The articles of a file; whether its first page has columns, and what its running heads say.
pub(super) fn clippings(blocks: &[PrintedBlock], size: f32, has_columns: bool, imprint: &Imprint) -> Vec<Clipping> {
    let looker = Looker { blocks, size };
    let is_paper = |end: usize| {
        let groups = looker.groups(end);
        has_columns || groups.iter().filter(|group| looker.has_line(group)).count() * 2 >= groups.len()
    };
    let masthead = looker.masthead().filter(|(end, ..)| is_paper(*end));
    let from = masthead.as_ref().map_or(0, |(end, ..)| *end);
    let groups = looker.groups(from);
    let heads = looker.heads(&groups, masthead.is_some());
    let mut common = imprint.clone();
    let mut beside: Vec<usize> = Vec::new();
    if let Some((_, own, said)) = masthead {
        beside = own;
        common = Imprint { outlet: said.outlet.or(common.outlet), date: said.date.or(common.date) };
    }
    let mut found = looker.cut(&heads);
    for clipping in &mut found {
        looker.imprint(clipping, &common);
        clipping.beside.extend(beside.iter().filter(|at| clipping.blocks.contains(at)));
    }
    found
}

impl Looker<'_> {
    fn texts(&self) -> impl Iterator<Item = usize> {
        (0..self.blocks.len()).filter(|at| self.blocks[*at].kind == BlockKind::Text)
    }

    fn is_heading(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        let length = block.text.chars().count();
        let has_words = block.text.chars().filter(|c| c.is_alphabetic()).count() > 1;
        let is_large = block.size >= self.size * HEADING && length <= LONGEST;
        let is_bold = block.bold && block.size >= self.size * 0.95 && length <= LONGEST_BOLD;
        block.kind == BlockKind::Text
            && has_words
            && !self.is_section(at)
            && (is_large || (is_bold && !block.text.ends_with(['.', ':', ';', ','])))
            && imprint::read(&block.text).is_none()
    }

    /// Whether a running head says the same: then it is the name of a section.
    fn is_section(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        let of_page = |other: &&PrintedBlock| other.kind == BlockKind::Beside && other.pages == block.pages[..1];
        let is_short = block.text.chars().count() <= SECTION;
        is_short && self.blocks.iter().filter(of_page).any(|beside| beside.text.contains(block.text.trim()))
    }

    /// A line that is neither text nor heading.
    fn is_line(&self, at: usize) -> bool {
        let text = &self.blocks[at].text;
        text.chars().count() <= SHORT && !ends_sentence(text)
    }

    /// The name of a paper with its day at the top of the first page, and another heading below: where that ends, its blocks, what it says.
    fn masthead(&self) -> Option<(usize, Vec<usize>, Imprint)> {
        let top: Vec<usize> = self.texts().take(TOP).collect();
        let is_short = |at: &usize| self.blocks[*at].text.chars().count() <= SHORT;
        let end = top.iter().position(|at| !is_short(at)).unwrap_or(top.len());
        let top = &top[..end];
        let name = top.iter().position(|at| self.blocks[*at].size >= self.size * MASTHEAD && self.is_heading(*at))?;
        let day = top
            .iter()
            .enumerate()
            .filter(|(nth, _)| *nth <= name + 2)
            .find_map(|(nth, at)| Some((nth, imprint::read(&self.blocks[*at].text)?)));
        let (nth, said) = day?;
        let last = nth.max(name);
        let next = top[last + 1..].iter().find(|at| self.is_heading(**at))?;
        // nothing but lines stands between it and the first headline
        let own: Vec<usize> = top.iter().copied().take_while(|at| at < next).collect();
        let named = one_line(&self.blocks[top[name]].text);
        Some((*next, own, Imprint { outlet: Some(title_case(&named)), ..said }))
    }

    /// Headings that nothing but furniture and lines of a day parts.
    fn groups(&self, from: usize) -> Vec<HeadingGroup> {
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
    fn heads(&self, groups: &[HeadingGroup], has_masthead: bool) -> Vec<HeadingGroup> {
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
        let above = self.texts().take_while(|at| *at < head.blocks[0]);
        let is_text = |at: &usize| {
            !self.is_heading(*at)
                && self.blocks[*at].size >= self.size * SMALL
                && self.blocks[*at].text.chars().count() >= TEXT
        };
        above.filter(is_text).next().is_none()
    }

    /// Whether a line of a day, a paper or an author stands beside a heading.
    fn has_line(&self, head: &HeadingGroup) -> bool {
        let last = head.blocks[head.blocks.len() - 1];
        let above = self.texts().take_while(|at| *at < head.blocks[0]).last();
        let below = self.texts().find(|at| *at > last);
        let is_imprint = |at: usize| imprint::read(&self.blocks[at].text).is_some();
        above.is_some_and(is_imprint) || below.is_some_and(|at| is_imprint(at) || self.is_line(at))
    }

    /// The articles that begin with these headings; all of the file where there is none or one.
    fn cut(&self, heads: &[HeadingGroup]) -> Vec<Clipping> {
        let all = self.blocks.len();
        if heads.is_empty() {
            return vec![Clipping { blocks: 0..all, ..Clipping::default() }];
        }
        let mut starts: Vec<usize> = heads.iter().map(|head| self.start(head)).collect();
        starts[0] = 0;
        let ends = starts.iter().skip(1).copied().chain([all]);
        let clipping = |((head, start), end): ((&HeadingGroup, &usize), usize)| {
            let largest = |at: &usize| {
                let block = &self.blocks[*at];
                same_size(block.size * if block.bold { 1.02 } else { 1.0 }, head.size)
            };
            let run = head.blocks.iter().copied().skip_while(|at| !largest(at)).take_while(largest);
            let mut headline: Vec<usize> = run.collect();
            let is_stack = headline.len() >= STACK && headline[1..].iter().all(|at| self.blocks[*at].apart);
            if is_stack {
                headline.drain(..headline.len() - 1);
            }
            let small = |at: &usize| {
                let block = &self.blocks[*at];
                let is_small = block.size < self.size * SMALL;
                block.kind == BlockKind::Text && (self.is_heading(*at) || is_small || self.is_line(*at))
            };
            let beside = (*start..headline[0]).filter(small).collect();
            Clipping { blocks: *start..end, headline, beside, ..Clipping::default() }
        };
        let cut: Vec<Clipping> = heads.iter().zip(&starts).zip(ends).map(clipping).collect();
        self.whole(cut)
    }

    /// A heading without a text is of the article behind it.
    fn whole(&self, cut: Vec<Clipping>) -> Vec<Clipping> {
        let mut whole: Vec<Clipping> = Vec::with_capacity(cut.len());
        let mut from = None;
        for mut clipping in cut {
            let start = from.take().unwrap_or(clipping.blocks.start);
            let has_text = clipping.blocks.clone().any(|at| {
                self.blocks[at].kind == BlockKind::Text
                    && !self.is_heading(at)
                    && imprint::read(&self.blocks[at].text).is_none()
            });
            if has_text {
                clipping
                    .beside
                    .extend((start..clipping.blocks.start).filter(|at| self.blocks[*at].kind == BlockKind::Text));
                clipping.blocks.start = start;
                whole.push(clipping);
            } else {
                from = Some(start);
            }
        }
        if let Some(last) = whole.last_mut() {
            last.blocks.end = self.blocks.len();
        }
        if whole.is_empty() { vec![Clipping { blocks: 0..self.blocks.len(), ..Clipping::default() }] } else { whole }
    }

    /// Where an article begins: at its first heading, or at the lines of its source above that.
    fn start(&self, head: &HeadingGroup) -> usize {
        let first = head.blocks[0];
        let mut above = (0..first).rev().filter(|at| self.blocks[*at].kind == BlockKind::Text);
        let (Some(near), far) = (above.next(), above.next()) else { return first };
        let said = |at: usize| imprint::read(&self.blocks[at].text);
        match (said(near), far) {
            (Some(Imprint { outlet: None, .. }), Some(far)) if self.is_name(far) => far,
            (Some(_), _) => near,
            (None, Some(far)) if self.is_name(near) && said(far).is_some_and(|said| said.outlet.is_none()) => far,
            _ => first,
        }
    }

    /// Whether a line may be the name of an outlet.
    fn is_name(&self, at: usize) -> bool {
        self.is_line(at) && !self.is_heading(at) && imprint::is_name(&self.blocks[at].text)
    }

    /// Where and when an article was printed: the line above its headline or below it, else what holds for all.
    fn imprint(&self, clipping: &mut Clipping, common: &Imprint) {
        clipping.imprint = common.clone();
        let Some((first, last)) = clipping.headline.first().zip(clipping.headline.last()) else { return };
        let own = |at: &usize| self.blocks[*at].kind == BlockKind::Text;
        let above = (clipping.blocks.start..*first).rev().filter(own);
        let below = (last + 1..clipping.blocks.end)
            .filter(own)
            .take(BELOW)
            .take_while(|at| self.blocks[*at].text.chars().count() <= SHORT);
        let said = above.chain(below).find_map(|at| Some((at, imprint::read(&self.blocks[at].text)?)));
        if let Some((at, said)) = said {
            clipping.beside.push(at);
            // beside a day above the headline stands the outlet
            let near = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
            let mut names = near.filter(|near| at < *first && clipping.blocks.contains(near) && near < first);
            let name = names.find(|near| self.is_name(*near)).filter(|_| said.outlet.is_none());
            let outlet = said.outlet.or_else(|| Some(one_line(&self.blocks[name?].text)));
            let outlet = outlet.or_else(|| common.outlet.clone());
            clipping.imprint = Imprint { outlet, date: said.date.or_else(|| common.date.clone()) };
        }
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

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_owned()
}

/// A name in capitals as names are written.
fn title_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) || !name.chars().any(char::is_uppercase) {
        return name.to_owned();
    }
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(String::from).unwrap_or_default();
        first + &letters.as_str().to_lowercase()
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
