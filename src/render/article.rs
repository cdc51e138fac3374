//! An article of the archive, or one of its passages in its context, as a person reads it.

use std::fmt::{Display, Write};

use serde::Serialize;

use super::dates::date;
use super::look::Look;
use super::terminal::{FAINT, HEADING, Screen, escape};
use super::{citation, json};
use crate::article::{ArticleId, BodyDoubt, Field, NewsDate, PageBox, Span};
use crate::hit::{Source, StoredArticle, StoredPassage};

/// Column at which values begin.
const VALUES: usize = 10;

/// The article: its fields with their evidence, then its passages; `passage` (1-based) only that one and its neighbours.
pub fn text(article: &StoredArticle, passage: Option<usize>, look: &Look) -> String {
    let screen = look.screen;
    let mut out = String::new();
    let headline = article.headline.as_ref().map_or("no headline".into(), |f| escape(&f.value));
    let _ = writeln!(out, "{}", screen.paint(HEADING, &headline));
    write_fields(&mut out, article, look);
    for (n, shown) in article.passages.iter().enumerate() {
        let number = n + 1;
        if passage.is_some_and(|p| p.abs_diff(number) > 1) || (shown.text.is_empty() && !shown.lost) {
            continue;
        }
        write_passage(&mut out, article, number, shown, passage.is_some_and(|p| p != number), screen);
    }
    out
}

fn write_fields(out: &mut String, article: &StoredArticle, look: &Look) {
    let screen = look.screen;
    let mut row = |name: &str, value: String, evidence: String| {
        let _ = writeln!(out, "{name:<VALUES$}{value}{}", screen.paint(FAINT, &evidence));
    };
    row("id", escape(&article.id.0).into_owned(), String::new());
    let with =
        |field: &Option<Field<String>>| field.as_ref().map_or("none".to_owned(), |f| escape(&f.value).into_owned());
    row("outlet", with(&article.outlet), evidence(article.outlet.as_ref()));
    let day = if article.date.is_some() { date(article.date.as_ref()) } else { "none".to_owned() };
    row("date", day, evidence(article.date.as_ref()));
    if article.byline.is_some() {
        row("byline", with(&article.byline), evidence(article.byline.as_ref()));
    }
    if article.dateline_place.is_some() {
        row("place", with(&article.dateline_place), evidence(article.dateline_place.as_ref()));
    }
    for (name, field) in [("section", &article.section), ("page", &article.page)] {
        if field.is_some() {
            row(name, with(field), evidence(field.as_ref()));
        }
    }
    if !article.credit.is_empty() {
        row("credit", escape(&article.credit.join(", ")).into_owned(), String::new());
    }
    if let Some(url) = &article.url {
        row("url", escape(url).into_owned(), String::new());
    }
    if let Some(doubt) = article.doubt {
        row("body", format!("in doubt: {}", doubt.words()), String::new());
    }
    let record = article.record.map_or(String::new(), |r| format!(", record {}", r.number));
    let path = citation::path(&article.source(0), look.here.as_deref());
    row("file", format!("{}{record}", escape(&path)), String::new());
    row("hash", article.hash.clone(), String::new());
}

/// `  (medium, copyright-holder, line 31; else: …)`.
fn evidence<T: Display>(field: Option<&Field<T>>) -> String {
    let Some(field) = field else { return String::new() };
    let confidence = field.confidence.name();
    let lines = field.lines.map_or(String::new(), |lines| format!(", line {lines}"));
    let losers: Vec<String> = field.alternatives.iter().map(|a| escape(&a.value.to_string()).into_owned()).collect();
    let losers = if losers.is_empty() { String::new() } else { format!("; else: {}", losers.join(", ")) };
    format!("  ({confidence}, {}{lines}{losers})", field.rule)
}

fn write_passage(
    out: &mut String,
    article: &StoredArticle,
    number: usize,
    passage: &StoredPassage,
    is_context: bool,
    screen: Screen,
) {
    let lines = passage.lines.map_or(String::new(), |lines| format!("  line {lines}"));
    let pages =
        article.source(number - 1).printed.map_or(String::new(), |pages| format!("  {}", citation::pages(&pages)));
    let heading = format!("{}:{number}{lines}{}", escape(&article.id.0), escape(&pages));
    let _ = writeln!(out, "\n{}", screen.paint(FAINT, &heading));
    if passage.lost {
        let _ = writeln!(out, "  {}", screen.paint(FAINT, "[this passage is damaged in the index, and is not shown]"));
    }
    let standfirst = article.standfirst.as_ref().filter(|_| number == 1).map_or(0, |lines| lines.value);
    for (n, line) in (0..).zip(passage.text.lines()) {
        let wrapped = screen.wrap(line, 2);
        let marked = n < standfirst || passage.subheads.contains(&n);
        let style = if marked { Some(HEADING) } else { is_context.then_some(FAINT) };
        match style {
            Some(style) => wrapped.lines().for_each(|l| {
                let _ = writeln!(out, "{}", screen.paint(style, l));
            }),
            None => out.push_str(&wrapped),
        }
    }
}

#[derive(Serialize)]
struct ArticleObject<'a> {
    id: &'a ArticleId,
    headline: &'a Option<Field<String>>,
    outlet: &'a Option<Field<String>>,
    #[serde(serialize_with = "dated")]
    date: &'a Option<Field<NewsDate>>,
    byline: &'a Option<Field<String>>,
    dateline_place: &'a Option<Field<String>>,
    section: &'a Option<Field<String>>,
    page: &'a Option<Field<String>>,
    credit: &'a [String],
    standfirst: Option<Field<String>>,
    doubt: Option<BodyDoubt>,
    url: Option<&'a str>,
    passages: Vec<ShownPassage<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lost_passages: Vec<usize>,
}

#[derive(Serialize)]
struct ShownPassage<'a> {
    id: String,
    passage: usize,
    text: &'a str,
    continues: bool,
    subheads: &'a [u32],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    boxes: Vec<PageBox>,
    source: Source,
}

/// Where all words of a passage (0-based) stand.
fn boxes(article: &StoredArticle, passage: usize) -> Vec<PageBox> {
    let whole = Span { start: 0, end: u64::MAX };
    article.printed.as_ref().map_or_else(Vec::new, |printed| printed.boxes(passage, &[whole]))
}

fn standfirst(article: &StoredArticle) -> Option<Field<String>> {
    Some(article.standfirst.as_ref()?.with_value(article.standfirst_text()?))
}

fn dated<S: serde::Serializer>(date: &&Option<Field<NewsDate>>, serializer: S) -> Result<S::Ok, S::Error> {
    crate::hit::with_precision(date, serializer)
}

/// The article, or one passage (1-based) of it, as one object; passages that are lost are listed, and not shown.
pub fn json(article: &StoredArticle, passage: Option<usize>) -> String {
    let is_wanted = |number: &usize| passage.is_none_or(|p| p == *number);
    let wanted = article.passages.iter().enumerate().filter(|(n, p)| is_wanted(&(n + 1)) && !p.lost);
    let passages = wanted.map(|(n, shown)| ShownPassage {
        id: format!("{}:{}", article.id, n + 1),
        passage: n + 1,
        text: &shown.text,
        continues: shown.continues,
        subheads: &shown.subheads,
        boxes: boxes(article, n),
        source: article.source(n),
    });
    json::line(&ArticleObject {
        id: &article.id,
        headline: &article.headline,
        outlet: &article.outlet,
        date: &article.date,
        byline: &article.byline,
        dateline_place: &article.dateline_place,
        section: &article.section,
        page: &article.page,
        credit: &article.credit,
        standfirst: standfirst(article),
        doubt: article.doubt,
        url: article.url.as_deref(),
        passages: passages.collect(),
        lost_passages: article.lost_passages().into_iter().filter(is_wanted).collect(),
    })
}
