//! What is left is the body: its blocks, with the way back to the text, and the fate of every line.

use std::ops::Range;

use super::account::Account;
use super::evidence::Findings;
use super::page::{Page, Role, Unit};
use super::settle::Settled;
use super::words::{Ending, MOST_WORDS};
use super::{Extraction, Fate, Label, LineFate, Warning, credit, wrap};
use crate::article::{Article, Block, BlockKind, Field, Fragment, Fragments, Lines, PrintedText, Span};
use crate::source::RawRecord;

/// Most words and characters of a subhead.
const SUBHEAD: (u8, u32) = (14, 100);

/// Builds the article and, where it is asked for, the account of its lines.
pub(super) fn finish(
    mut page: Page<'_>,
    record: &RawRecord<'_>,
    mut found: Findings,
    settled: Settled,
    account: Account,
) -> Extraction {
    keep_something(&mut page, record, &mut found);
    let told = if account == Account::OfLines { &page.lines[..] } else { &[] };
    let mut fates: Vec<LineFate> = told
        .iter()
        .map(|line| LineFate { line: line.number, span: Span::new(line.start, line.end), fate: Fate::Blank })
        .collect();
    let front = page.front.iter().flat_map(|front| &front.labels).zip(&mut fates);
    front.filter(|(_, line)| !line.span.is_empty()).for_each(|(label, line)| line.fate = Fate::Dropped(*label));
    let mut body: Vec<Block> = Vec::with_capacity(page.units.iter().filter(|unit| unit.is_open()).count());
    let mut last: Option<usize> = None;
    for at in 0..page.units.len() {
        let unit = &page.units[at];
        let fate = match unit.role {
            Role::Headline => Fate::Headline,
            Role::Standfirst => Fate::Standfirst,
            Role::Drop(label) => Fate::Dropped(label),
            Role::Open => {
                let kind = kind(&page, at);
                match body.last_mut().filter(|block| goes_on(&page, block, last, at, kind)) {
                    Some(block) => append(&page, unit, block),
                    None => body.push(block(&page, unit, kind)),
                }
                last = Some(at);
                Fate::Body(body.len() as u32 - 1)
            }
        };
        fates.get_mut(unit.lines.clone()).into_iter().flatten().for_each(|line| line.fate = fate);
    }
    let outlet = settled.outlet.as_ref().map(|field| field.value.clone());
    let credit = credit::in_order(&mut found, outlet.as_deref());
    let standfirst = standfirst(&page, &found);
    let mut warnings: Vec<Warning> = record.warnings.iter().cloned().map(Warning::Decoding).collect();
    warnings.append(&mut found.warnings);
    found.cuts.sort_by_key(|cut| cut.span);
    let article = Article {
        headline: settled.headline,
        outlet: settled.outlet,
        date: settled.date,
        byline: settled.byline,
        dateline_place: found.dateline_place,
        section: settled.section,
        page: settled.page,
        credit,
        standfirst,
        body,
        doubt: warnings.iter().find_map(Warning::doubt),
        printed: printed(record),
    };
    Extraction { article, id: found.id, url: found.url, warnings, fates, cuts: found.cuts }
}

/// Where the words of a scanned text stand.
fn printed(record: &RawRecord<'_>) -> Option<Box<PrintedText>> {
    let places = &record.given.printed.as_ref()?.places;
    (!places.words.is_empty()).then(|| Box::new(places.clone()))
}

/// The lines that are the standfirst, a block a unit.
fn standfirst(page: &Page<'_>, found: &Findings) -> Option<Field<Vec<Block>>> {
    let (confidence, rule) = found.standfirst?;
    let units = page.units.iter().filter(|unit| unit.role == Role::Standfirst);
    let value: Vec<Block> = units.map(|unit| block(page, unit, BlockKind::Paragraph)).collect();
    let lines = value.iter().map(Block::lines).reduce(Lines::join);
    Some(Field { value, confidence, rule: rule.into(), lines, alternatives: Vec::new() })
}

/// A record's text is never dropped whole: what it consists of is then kept, and the reader told.
fn keep_something(page: &mut Page<'_>, record: &RawRecord<'_>, found: &mut Findings) {
    let structured = !record.map.keeps_lines() || record.place.is_some();
    let open = page.units.iter().any(Unit::is_open);
    let headline = page.units.iter().any(|unit| unit.role == Role::Headline);
    if open || page.markup.is_some() || page.units.is_empty() || (headline && !structured) {
        return;
    }
    let single = page.units.len() == 1;
    for unit in page.units.iter_mut().filter(|unit| unit.role != Role::Headline || single) {
        unit.role = Role::Open;
    }
    if !single {
        found.warnings.push(Warning::AllFurniture);
    }
}

/// A subhead is one short line without a full stop, between paragraphs.
fn kind(page: &Page<'_>, at: usize) -> BlockKind {
    let unit = &page.units[at];
    let shape = unit.shape;
    let short = shape.words <= SUBHEAD.0 && shape.chars <= SUBHEAD.1 && shape.words < MOST_WORDS;
    let titled =
        shape.ending == Ending::Open || (shape.ending == Ending::Query && shape.words <= 10 && !shape.quoted_end);
    if !short || !titled {
        return BlockKind::Paragraph;
    }
    let begins = unit
        .kept()
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '\'' | '‘' | '“' | '"' | '¿' | '¡'));
    let quoted = unit.text.starts_with(['“', '"']) && shape.quoted_end && shape.words > 6;
    let open = |at: Option<usize>| at.and_then(|at| page.units[..].get(at)).filter(|u| u.is_open());
    let before = (0..at).rev().find(|at| page.units[*at].is_open());
    let under = open(Some(at + 1)).or_else(|| open(Some(at + 2))).is_some_and(Unit::is_paragraph);
    let paragraph_before = before.is_some_and(|at| {
        page.units[at].shape.is_prose() || page.units[at].lines.len() > 1 || page.units[at].shape.is_sentence()
    });
    let first = before.is_none();
    let comma = unit.text.ends_with([',', ';', '-', '–', '—']);
    if begins && !quoted && !comma && under && (paragraph_before || first) {
        BlockKind::Subhead
    } else {
        BlockKind::Paragraph
    }
}

/// Whether a unit goes on with the sentence of the block before: something dropped, or the end of a page, cut it.
fn goes_on(page: &Page<'_>, block: &Block, last: Option<usize>, at: usize, kind: BlockKind) -> bool {
    let Some(last) = last else { return false };
    if kind != BlockKind::Paragraph || block.kind != BlockKind::Paragraph {
        return false;
    }
    let between = &page.units[last + 1..at];
    let text = block.text.trim_end();
    let open =
        text.chars().next_back().is_some_and(|c| c.is_alphabetic() || matches!(c, ',' | '’' | '\'' | '-' | '–' | '—'))
            && page.units[last].shape.ending == Ending::Open;
    let unit = page.units[at].kept();
    let lower = unit.chars().next().is_some_and(char::is_lowercase);
    let long = page.units[last].shape.words >= 6;
    if !open || !long {
        return false;
    }
    let paged =
        page.units[at].feed || between.iter().any(|u| u.feed || matches!(u.label(), Some(Label::Url | Label::Nav)));
    let full = page.wrap.is_some_and(|w| w.is_full(page.text, page.lines[page.units[last].lines.end - 1]));
    match page.wrap {
        Some(_) => (lower && (!between.is_empty() || paged || full)) || (paged && full),
        None => lower && !between.is_empty(),
    }
}

fn block(page: &Page<'_>, unit: &Unit<'_>, kind: BlockKind) -> Block {
    let mut block =
        Block { kind, text: String::with_capacity(unit.text.len()), fragments: Fragments::default(), opens: None };
    push_lines(page, unit, &mut block);
    block
}

/// Joins a unit to a block as a hard-wrapped line is joined to the one above.
fn append(page: &Page<'_>, unit: &Unit<'_>, block: &mut Block) {
    block.text.push(' ');
    push_lines(page, unit, block);
}

fn push_lines(page: &Page<'_>, unit: &Unit<'_>, block: &mut Block) {
    let lines = &page.lines[unit.lines.clone()];
    for (nth, line) in lines.iter().enumerate() {
        let (mut start, mut end, mut between) = (line.start, line.end, "");
        if let Some(next) = lines.get(nth + 1) {
            (end, between) = wrap::joint(page.text, *line, *next);
        } else {
            end -= unit.cut.1;
        }
        if nth == 0 {
            start += unit.cut.0;
        }
        push_fragments(page, start..end, line.number, block);
        block.text.push_str(&page.text[start..end]);
        block.text.push_str(between);
    }
}

/// Notes where a part of a line stands: in a page, one fragment for each stretch that no markup and no line end breaks.
fn push_fragments(page: &Page<'_>, range: Range<usize>, line: u32, block: &mut Block) {
    let base = block.text.len();
    let mut push = |from: usize, to: usize, line: u32| {
        block.fragments.push(Fragment { at: base + from - range.start, span: Span::new(from, to), line });
    };
    let stretches = page.stretches;
    let first = stretches.partition_point(|stretch| stretch.at <= range.start);
    let mut from = range.start;
    let mut number = first.checked_sub(1).map_or(line, |before| stretches[before].line);
    for stretch in stretches[first..].iter().take_while(|stretch| stretch.at < range.end) {
        push(from, stretch.at, number);
        (from, number) = (stretch.at, stretch.line);
    }
    push(from, range.end, number);
}
