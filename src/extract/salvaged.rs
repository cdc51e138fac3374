//! A salvaged article: no rule of texts runs over what had passed them already.

use super::evidence::Findings;
use super::names::Outlets;
use super::settle::settle;
use super::stated::Stated;
use super::{Extraction, Fate, LineFate, Warning, given, lines};
use crate::article::{Alternative, Article, Block, BlockKind, Field, Fragment, Span};
use crate::source::{RawRecord, Salvaged, SalvagedLine};

/// The article as its archive had it; none where the record is no salvaged one. What users state goes before it.
pub(super) fn read(record: &RawRecord<'_>, stated: &Stated, outlets: Outlets<'_>) -> Option<Extraction> {
    let salvaged = record.given.salvaged.as_deref()?;
    let parts = salvaged.lines(&record.text)?;
    let mut found = Findings::default();
    let url = given::gather_stated(outlets, stated, &mut found);
    let settled = settle(&mut found, outlets);
    let mut body: Vec<Block> = parts.iter().map(|part| block(record, part)).collect();
    let standfirst = salvaged.standfirst.as_ref().map(|field| standfirst(field, &mut body));
    let article = Article {
        headline: either(settled.headline, salvaged.headline.as_ref()),
        outlet: either(settled.outlet, salvaged.outlet.as_ref()),
        date: either(settled.date, salvaged.date.as_ref()),
        byline: either(settled.byline, salvaged.byline.as_ref()),
        dateline_place: either(None, salvaged.place.as_ref()),
        section: either(settled.section, salvaged.section.as_ref()),
        page: either(settled.page, salvaged.page.as_ref()),
        credit: salvaged.credit.clone(),
        standfirst,
        body,
        doubt: salvaged.doubt,
        printed: None,
    };
    let mut warnings: Vec<Warning> = record.warnings.iter().cloned().map(Warning::Decoding).collect();
    warnings.append(&mut found.warnings);
    warnings.extend(lost_passages(salvaged).map(Warning::Decoding));
    let id = record.given.id.clone();
    let url = url.or_else(|| record.given.url.clone());
    let fates = fates(record, &parts, article.standfirst.as_ref().map_or(0, |field| field.value.len()));
    Some(Extraction { article, id, url, warnings, fates, cuts: Vec::new() })
}

/// What is said of passages that the archive had lost: they are not made up, and the numbers behind them are others.
fn lost_passages(salvaged: &Salvaged) -> Option<String> {
    let lost = (1..).zip(&salvaged.passages).filter(|(_, passage)| passage.lost);
    let lost: Vec<String> = lost.map(|(number, _): (usize, _)| number.to_string()).collect();
    if lost.is_empty() {
        return None;
    }
    let follows = if lost.len() == salvaged.passages.len() { "it has no text" } else { "those behind it moved up" };
    Some(format!("passage {} of it was lost before it was salvaged: {follows}", lost.join(", ")))
}

/// What users state, with what the archive had as an alternative; else that. The lines that it stood on are of another file.
fn either<T: Clone + PartialEq>(stated: Option<Field<T>>, own: Option<&Field<T>>) -> Option<Field<T>> {
    let mut own = own.cloned();
    if let Some(field) = &mut own {
        field.lines = None;
        field.alternatives.iter_mut().for_each(|lost| lost.lines = None);
    }
    match (stated, own) {
        (Some(mut stated), Some(own)) => {
            let own = Alternative { value: own.value, rule: own.rule, lines: None };
            stated.alternatives.extend((own.value != stated.value).then_some(own));
            Some(stated)
        }
        (stated, own) => stated.or(own),
    }
}

/// Takes the standfirst off the top of the text.
fn standfirst(lines: &Field<u32>, text: &mut Vec<Block>) -> Field<Vec<Block>> {
    let value: Vec<Block> = text.drain(..text.len().min(lines.value as usize)).collect();
    Field { lines: None, ..lines.with_value(value) }
}

fn block(record: &RawRecord<'_>, part: &SalvagedLine) -> Block {
    let SalvagedLine { range, opens, is_subhead } = part;
    Block {
        kind: if *is_subhead { BlockKind::Subhead } else { BlockKind::Paragraph },
        text: record.text[range.clone()].to_owned(),
        fragments: [Fragment { at: 0, span: Span::new(range.start, range.end), line: record.first_line }]
            .into_iter()
            .collect(),
        opens: *opens,
    }
}

/// Every line is of the body, but for the first blocks, which are the standfirst's; of one that two passages share, the block
/// is told that begins it.
fn fates(record: &RawRecord<'_>, parts: &[SalvagedLine], standfirst: usize) -> Vec<LineFate> {
    let lines = lines::split(&record.text, record.first_line, record.map.keeps_lines()).into_iter();
    let fate = |line: lines::Line| match parts.partition_point(|part| part.range.start <= line.start).checked_sub(1) {
        Some(block) if !line.is_blank() && block < standfirst => Fate::Standfirst,
        Some(block) if !line.is_blank() => Fate::Body((block - standfirst) as u32),
        _ => Fate::Blank,
    };
    lines.map(|line| LineFate { line: line.number, span: Span::new(line.start, line.end), fate: fate(line) }).collect()
}
