//! The answer to a search: text for people, JSON for scripts.

use std::fmt::Write;

use serde::Serialize;

use super::numbers::grouped;
use super::terminal::{FAINT, HEADING, Screen, columns, escape, shortened};
use super::{explain, json};
use crate::article::{Confidence, Field, NewsDate};
use crate::hit::{Hit, SearchResponse, Suggestion};

/// Columns before headline and snippet.
const INDENT: usize = 4;

/// The answer as a person reads it.
pub fn text(response: &SearchResponse, screen: Screen) -> String {
    let mut out = summary(response);
    out.push('\n');
    for hit in &response.hits {
        out.push('\n');
        write_hit(&mut out, hit, screen);
    }
    out
}

/// `4 passages from 4 of 5 articles`, and who was left out.
pub fn summary(response: &SearchResponse) -> String {
    let hits = response.hits.len();
    let mut articles: Vec<&str> = response.hits.iter().map(|h| h.article.0.as_str()).collect();
    articles.sort_unstable();
    articles.dedup();
    let mut out = format!("{} from {}", count(hits as u64, "passage"), count(articles.len() as u64, "article"));
    let _ =
        write!(out, "; {} of {} match", grouped(response.total_articles), count(response.archive_articles, "article"));
    if response.left_out > 0 {
        let _ = write!(out, "; {} left out: date unknown or only partly in the range", grouped(response.left_out));
    }
    if response.undated > 0 {
        let _ = write!(out, "; {} without a date", grouped(response.undated));
    }
    out
}

/// A line for each word that no article has: `no article has "Helsinky"; did you mean Helsinki?`.
pub fn suggestions(response: &SearchResponse) -> Vec<String> {
    let line = |suggestion: &Suggestion| {
        let words: Vec<_> = suggestion.words.iter().map(|word| escape(word)).collect();
        let meant = match words.as_slice() {
            [] => String::new(),
            [word] => format!("; did you mean {word}?"),
            [words @ .., last] => format!("; did you mean {} or {last}?", words.join(", ")),
        };
        format!("no article has \"{}\"{meant}", escape(&suggestion.typed))
    };
    response.suggestions.iter().map(line).collect()
}

/// `1 article`, `2 articles`.
pub fn count(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}

fn write_hit(out: &mut String, hit: &Hit, screen: Screen) {
    let score = format!("{:.2}", hit.score);
    let room = screen.width.saturating_sub(INDENT + score.len() + 2).max(20);
    let headline = match &hit.headline {
        Some(headline) => screen.line(&headline.field.value, &headline.highlights, room),
        None => "no headline".to_owned(),
    };
    let plain = anstream::adapter::strip_str(&headline).to_string();
    let gap = room.saturating_sub(columns(&plain)) + 2;
    let heading =
        if hit.headline.is_some() { screen.paint(HEADING, &headline) } else { screen.paint(FAINT, &headline) };
    let _ = writeln!(out, "{:<INDENT$}{heading}{:gap$}{}", hit.rank, "", screen.paint(FAINT, &score));
    let _ = writeln!(out, "{:INDENT$}{}", "", screen.paint(FAINT, &place(hit, screen)));
    out.push_str(&screen.wrap(&hit.snippet.text, &hit.snippet.highlights, INDENT));
    out.push_str(&explain::lines(hit, screen));
}

/// Outlet, date and citation, the citation kept whole.
fn place(hit: &Hit, screen: Screen) -> String {
    let outlet = hit.outlet.as_ref().map_or("no outlet".into(), |f| escape(&f.value));
    let lines = hit.source.lines.map_or(String::new(), |lines| format!(":{lines}"));
    let citation = format!("{}{lines}", escape(&hit.source.path));
    let date = date(hit.date.as_ref());
    let room = screen.width.saturating_sub(INDENT + columns(&citation) + columns(&date) + 6).max(12);
    format!("{} · {date} · {citation}", shortened(&outlet, room))
}

/// A date as far as it is known; `?` where it is a guess.
pub fn date(field: Option<&Field<NewsDate>>) -> String {
    match field {
        None => "no date".to_owned(),
        Some(field) if field.confidence == Confidence::Low => format!("{}?", field.value),
        Some(field) => field.value.to_string(),
    }
}

#[derive(Serialize)]
struct Whole<'a> {
    query: &'a str,
    #[serde(flatten)]
    response: &'a SearchResponse,
}

/// One object with the query as typed, how it was read, the counts and the hits.
pub fn whole_json(query: &str, response: &SearchResponse) -> String {
    json::line(&Whole { query, response })
}

/// One line a hit.
pub fn json_lines(response: &SearchResponse) -> String {
    response.hits.iter().map(json::line).collect()
}
