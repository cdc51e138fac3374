//! Dates among the words of a query: `shutdown 2013`, `jobs report May 2020` are evidence for the date of an article.

use super::super::around::Around;
use super::super::date::DateRange;
use super::super::tree::{Form, Node, Occur};
use super::context::{DateContext, LONGEST};
use super::figures;
use super::months::{lowercase_words, month, of_month};
use crate::article::{NewsDate, Precision};

/// The earliest year that a number of four figures is taken for.
const FIRST_YEAR: i16 = 1800;
/// The most words of a date: `27 de junio de 2018`.
const MOST_WORDS: usize = 5;
/// The most dates of a query that count.
const MOST_DATES: usize = 8;

/// What a year by itself counts beside a month or a day of one: it is the date of what is told as often as that of who tells it.
const YEAR_ALONE: f32 = 0.5;

/// What the words of a query say of time.
#[derive(Default)]
pub(in crate::query) struct TypedDates {
    /// The dates that they name.
    pub times: Vec<Around>,
    /// Words that name the month or the day of a year; of plain words none do.
    pub words: Vec<String>,
}

/// The dates that the words of a query name, each once, in the order typed. A word that is quoted, written (`=`), negated or
/// one of several alternatives names none. Where all is `plain`, a year alone names none either: in titles and questions it
/// did more harm than good.
pub(in crate::query) fn typed_dates(root: &Node, plain: bool, context: DateContext) -> TypedDates {
    let mut found = TypedDates::default();
    for (date, words) in dates(root, context) {
        let is_year = date.precision() == Precision::Year;
        let boost = if is_year { YEAR_ALONE } else { 1.0 };
        let around = Around { boost, ..Around::from(DateRange { after: Some(date), before: Some(date) }) };
        let counts = !is_year || !plain;
        if counts && !found.times.contains(&around) {
            found.times.push(around);
        }
        if !is_year && !plain {
            found.words.extend(words.into_iter().map(str::to_owned));
        }
    }
    found
}

/// The dates that words side by side name, with those words, in the order typed.
fn dates(root: &Node, context: DateContext) -> Vec<(NewsDate, Vec<&str>)> {
    let mut found = Vec::new();
    for run in runs(root) {
        let mut at = 0;
        while at < run.len() && found.len() < MOST_DATES {
            let longest = run[at..].len().min(MOST_WORDS);
            let read = (1..=longest).rev().find_map(|count| Some((date_of(&run[at..at + count], context)?, count)));
            let count = read.map_or(1, |(_, count)| count);
            found.extend(read.map(|(date, count)| (date, run[at..at + count].to_vec())));
            at += count;
        }
    }
    found
}

/// Words that stand side by side, where they may or must be there.
fn runs(root: &Node) -> Vec<Vec<&str>> {
    let word = |node: &'_ Node| matches!(node, Node::Word(word) if word.form == Form::Any);
    match root {
        Node::All(nodes) => nodes.iter().filter(|node| word(node)).map(|node| vec![text_of(node)]).collect(),
        Node::Clauses(clauses) => {
            let is_said = |clause: &&super::super::tree::Clause| clause.occur != Occur::MustNot && word(&clause.node);
            clauses
                .split(|clause| !is_said(&clause))
                .map(|run| run.iter().map(|clause| text_of(&clause.node)).collect())
                .collect()
        }
        node if word(node) => vec![vec![text_of(node)]],
        _ => Vec::new(),
    }
}

fn text_of(node: &Node) -> &str {
    if let Node::Word(word) = node { &word.text } else { "" }
}

/// The date that words side by side name: a year, a month of a year, or a day of it.
fn date_of(words: &[&str], context: DateContext) -> Option<NewsDate> {
    let has_year = |word: Option<&&str>| word.is_some_and(|word| has_four_figures(word));
    if !has_year(words.first()) && !has_year(words.last()) {
        return None;
    }
    let text = words.join(" ");
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    if text.len() > LONGEST {
        return None;
    }
    let in_words = || {
        let text = text.to_lowercase();
        let words = lowercase_words(&text);
        words.iter().any(|word| month(word, context).is_some()).then(|| of_month(&words, context))??.after
    };
    let in_figures = || figures::with_units(text).or_else(|| figures::in_figures(text, context.is_day_first()));
    let date = text.parse().ok().or_else(in_figures).or_else(in_words)?;
    let date = NewsDate::new(date.start(), date.precision().min(Precision::Day), None);
    (FIRST_YEAR..=context.today.year().saturating_add(1)).contains(&date.start().year()).then_some(date)
}

fn has_four_figures(word: &str) -> bool {
    word.as_bytes().windows(4).any(|figures| figures.iter().all(u8::is_ascii_digit))
}
