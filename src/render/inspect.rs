//! What extraction made of a record: line by line for people, one object for scripts.

use std::fmt::{Display, Write};

use serde::Serialize;

use super::json;
use super::terminal::{FAINT, HEADING, Screen, columns, escape, shortened};
use crate::article::{Alternative, Block, BlockKind, Confidence, Field, Lines, NewsDate, Precision};
use crate::error::told;
use crate::extract::{Extraction, Fate, Label, LineFate};
use crate::source::RawRecord;

/// Columns of the number and of the fate before a line's text.
const NUMBER: usize = 5;
const FATE: usize = 12;
/// Column at which the values of fields begin.
const VALUES: usize = 12;

/// The record's lines with what became of each, then its fields with their evidence, then the warnings. Lines are those
/// of the file; for a record inside a JSON file, those of its text.
pub fn text(path: &str, record: &RawRecord<'_>, extraction: &Extraction, screen: Screen) -> String {
    let mut out = String::new();
    let place = record.place.map_or(String::new(), |p| format!(", record {}, line {}", p.number, record.first_line));
    let title = format!("{}{place} ({})", escape(path), record.charset.name());
    let _ = writeln!(out, "{}", screen.paint(HEADING, &title));
    for (nth, fate) in extraction.fates.iter().enumerate() {
        let number = if record.map.keeps_lines() || record.markup.is_some() { fate.line } else { nth as u32 + 1 };
        write_line(&mut out, number, fate, record, extraction, screen);
    }
    out.push('\n');
    write_fields(&mut out, extraction, screen);
    for warning in &extraction.warnings {
        let _ = writeln!(out, "{:<VALUES$}{}", "warning", escape(&told(warning.to_string())));
    }
    out
}

fn write_line(
    out: &mut String,
    number: u32,
    fate: &LineFate,
    record: &RawRecord<'_>,
    extraction: &Extraction,
    screen: Screen,
) {
    let room = screen.width.saturating_sub(NUMBER + FATE + 4).max(20);
    let line = &record.text[fate.span.range()];
    let name = fate_name(fate.fate, extraction);
    let kept = matches!(fate.fate, Fate::Headline | Fate::Standfirst | Fate::Body(_));
    let row = format!("{number:>NUMBER$}  {name:<FATE$}  {}", shortened(&escape(line), room));
    let row = row.trim_end();
    let _ = writeln!(out, "{}", if kept { row.to_owned() } else { screen.paint(FAINT, row) });
    let inside = |start: u64| (fate.span.start.saturating_sub(1)..=fate.span.end).contains(&start);
    for cut in extraction.cuts.iter().filter(|cut| kept && inside(cut.span.start)) {
        let cut_text = format!("cut {}: \"{}\"", cut.label, &record.text[cut.span.range()]);
        let row = format!("{:NUMBER$}  {:FATE$}  {}", "", "", shortened(&escape(&cut_text), room));
        let _ = writeln!(out, "{}", screen.paint(FAINT, &row));
    }
}

fn fate_name(fate: Fate, extraction: &Extraction) -> &'static str {
    match fate {
        Fate::Blank => "",
        Fate::Headline => "headline",
        Fate::Standfirst => "standfirst",
        Fate::Body(block) => match extraction.article.body.get(block as usize).map(|b| b.kind) {
            Some(BlockKind::Subhead) => "subhead",
            _ => "body",
        },
        Fate::Dropped(label) => label.name(),
    }
}

fn write_fields(out: &mut String, extraction: &Extraction, screen: Screen) {
    let article = &extraction.article;
    write_field(out, "headline", article.headline.as_ref(), screen);
    write_field(out, "outlet", article.outlet.as_ref(), screen);
    write_field(out, "date", article.date.as_ref(), screen);
    write_field(out, "byline", article.byline.as_ref(), screen);
    write_field(out, "place", article.dateline_place.as_ref(), screen);
    for (name, field) in [("section", &article.section), ("page", &article.page)] {
        if field.is_some() {
            write_field(out, name, field.as_ref(), screen);
        }
    }
    let credit = if article.credit.is_empty() { "none".to_owned() } else { article.credit.join(", ") };
    let _ = writeln!(out, "{:<VALUES$}{}", "credit", escape(&credit));
    if let Some(standfirst) = &article.standfirst {
        write_field(out, "standfirst", Some(&lines_of(standfirst)), screen);
    }
    let subheads = article.body.iter().filter(|b| b.kind == BlockKind::Subhead).count();
    let paragraphs = article.body.len() - subheads;
    let _ = writeln!(out, "{:<VALUES$}{}, {}", "body", count(paragraphs, "paragraph"), count(subheads, "subhead"));
}

/// A standfirst's text, a block a line.
fn lines_of(standfirst: &Field<Vec<Block>>) -> Field<String> {
    let texts: Vec<&str> = standfirst.value.iter().map(|block| block.text.as_str()).collect();
    standfirst.with_value(texts.join("\n"))
}

fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

fn write_field<T: Display>(out: &mut String, name: &str, field: Option<&Field<T>>, screen: Screen) {
    let Some(field) = field else {
        let _ = writeln!(out, "{name:<VALUES$}none");
        return;
    };
    let value = escape(&field.value.to_string()).into_owned();
    let evidence = format!("({}, {}{})", field.confidence.name(), field.rule, on_lines(field.lines));
    let row = format!("{name:<VALUES$}{value}");
    let apart = if columns(&row) + columns(&evidence) + 2 > screen.width {
        format!("\n{:VALUES$}", "")
    } else {
        "  ".to_owned()
    };
    let _ = writeln!(out, "{row}{apart}{}", screen.paint(FAINT, &evidence));
    for other in &field.alternatives {
        let value = escape(&other.value.to_string()).into_owned();
        let row = format!("{:VALUES$}not {value}  ({}{})", "", other.rule, on_lines(other.lines));
        let _ = writeln!(out, "{}", screen.paint(FAINT, &row));
    }
}

fn on_lines(lines: Option<Lines>) -> String {
    lines.map_or(String::new(), |lines| format!(", line {lines}"))
}

/// The record as one line of JSON; `tests/schemas/inspect.schema.json` says what every key means.
pub fn json(path: &str, record: &RawRecord<'_>, extraction: &Extraction) -> String {
    let article = &extraction.article;
    let body = article.body.iter().map(|b| ShownBlock { kind: b.kind, text: &b.text, lines: b.lines() });
    json::line(&RecordObject {
        path,
        record: record.place.map(|p| p.number),
        charset: record.charset.name(),
        headline: article.headline.as_ref(),
        outlet: article.outlet.as_ref(),
        date: article.date.as_ref().map(ShownDate::of),
        byline: article.byline.as_ref(),
        dateline_place: article.dateline_place.as_ref(),
        section: article.section.as_ref(),
        page: article.page.as_ref(),
        credit: &article.credit,
        standfirst: article.standfirst.as_ref().map(lines_of),
        body: body.collect(),
        dropped: dropped(record, extraction),
        cut: cuts(record, extraction),
        warnings: extraction.warnings.iter().map(|warning| told(warning.to_string())).collect(),
    })
}

#[derive(Serialize)]
struct RecordObject<'a> {
    path: &'a str,
    record: Option<u32>,
    charset: String,
    headline: Option<&'a Field<String>>,
    outlet: Option<&'a Field<String>>,
    date: Option<ShownDate<'a>>,
    byline: Option<&'a Field<String>>,
    dateline_place: Option<&'a Field<String>>,
    section: Option<&'a Field<String>>,
    page: Option<&'a Field<String>>,
    credit: &'a [String],
    standfirst: Option<Field<String>>,
    body: Vec<ShownBlock<'a>>,
    dropped: Vec<ShownLines<'a>>,
    cut: Vec<ShownLines<'a>>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct ShownDate<'a> {
    value: NewsDate,
    precision: Precision,
    confidence: Confidence,
    rule: &'a str,
    lines: Option<Lines>,
    alternatives: &'a [Alternative<NewsDate>],
}

impl<'a> ShownDate<'a> {
    fn of(field: &'a Field<NewsDate>) -> Self {
        Self {
            value: field.value,
            precision: field.value.precision(),
            confidence: field.confidence,
            rule: &field.rule,
            lines: field.lines,
            alternatives: &field.alternatives,
        }
    }
}

#[derive(Serialize)]
struct ShownBlock<'a> {
    kind: BlockKind,
    text: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct ShownLines<'a> {
    lines: Lines,
    label: Label,
    text: std::borrow::Cow<'a, str>,
}

/// Dropped lines; neighbours with the same label are one entry, but not across a blank line.
fn dropped<'a>(record: &'a RawRecord<'_>, extraction: &Extraction) -> Vec<ShownLines<'a>> {
    let mut all: Vec<ShownLines<'a>> = Vec::new();
    let mut before = None;
    for fate in &extraction.fates {
        let Fate::Dropped(label) = fate.fate else {
            before = None;
            continue;
        };
        let text = &record.text[fate.span.range()];
        match all.last_mut().filter(|_| before == Some(label)) {
            Some(entry) => {
                entry.lines = entry.lines.join(Lines::one(fate.line));
                entry.text.to_mut().push('\n');
                entry.text.to_mut().push_str(text);
            }
            None => all.push(ShownLines { lines: Lines::one(fate.line), label, text: text.into() }),
        }
        before = Some(label);
    }
    all
}

fn cuts<'a>(record: &'a RawRecord<'_>, extraction: &Extraction) -> Vec<ShownLines<'a>> {
    let cut = |cut: &crate::extract::Cut| ShownLines {
        lines: cut.lines,
        label: cut.label,
        text: record.text[cut.span.range()].into(),
    };
    extraction.cuts.iter().map(cut).collect()
}
