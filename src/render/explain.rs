//! How a score came about, as a person reads it: the sum, and a table of what each term gave.

use std::fmt::Write as _;

use super::terminal::{FAINT, Screen, columns, escape, shortened};
use crate::hit::{Count, Explanation, Hit, Pair, Term, TimeAway};

/// Columns before the lines.
const INDENT: usize = 4;
/// Columns of the longest term shown whole.
const MAX_TERM: usize = 28;

/// The heads of the table; `df` are the articles that have a word, `tf` the matches that stand before what they give.
const HEADS: [&str; 10] = ["term", "df", "idf", "weight", "tf", "article", "tf", "passage", "tf", "headline"];

/// The lines below a hit that tell its score; nothing where it was not asked for.
pub fn lines(hit: &Hit, screen: Screen) -> String {
    let Some(explained) = &hit.explain else { return String::new() };
    let mut lines = vec![sum(hit.score, explained)];
    lines.extend(table(explained));
    lines.extend(explained.pairs.iter().map(pair));
    lines.extend(explained.times.iter().map(time));
    lines.push(format!(
        "the article is {:.2} times as long as the mean; the passage has {} words and counts {:.2} beside it",
        explained.article_length, explained.passage_length, explained.passage_weight
    ));
    lines.iter().map(|line| format!("{:INDENT$}{}\n", "", screen.paint(FAINT, line))).collect()
}

/// `7.412 = article 4.903 + passage 1.204 + …`, without the parts that are nothing.
fn sum(score: f32, explained: &Explanation) -> String {
    let parts = [
        ("article", explained.article),
        ("passage", explained.passage),
        ("headline", explained.headline),
        ("nearness", explained.nearness),
        ("missing words", explained.missing),
        ("around", explained.around),
        ("recency", explained.recency),
    ];
    let mut told = String::new();
    for (name, value) in parts.iter().filter(|(_, value)| value.abs() >= 0.0005) {
        let sign = if told.is_empty() {
            ""
        } else if *value < 0.0 {
            " - "
        } else {
            " + "
        };
        let _ = write!(told, "{sign}{name} {:.3}", value.abs());
    }
    format!("{score:.3} = {}", if told.is_empty() { "nothing that ranks" } else { &told })
}

/// A line a term; none where nothing ranks.
fn table(explained: &Explanation) -> Vec<String> {
    if explained.terms.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![HEADS.map(str::to_owned)];
    rows.extend(explained.terms.iter().map(row));
    let widths: Vec<usize> =
        (0..HEADS.len()).map(|at| rows.iter().map(|row| columns(&row[at])).max().unwrap_or(0)).collect();
    let line = |row: &[String; 10]| {
        let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, width))| {
            let gap = " ".repeat(width - columns(cell));
            if at == 0 { format!("{cell}{gap}") } else { format!("{gap}{cell}") }
        });
        cells.collect::<Vec<_>>().join("  ")
    };
    rows.iter().map(line).collect()
}

fn row(term: &Term) -> [String; 10] {
    let shown = escape(&term.term);
    let name = format!("{}{}", if term.added { "+ " } else { "" }, shortened(&shown, MAX_TERM));
    let frequencies: Vec<String> = term.words.iter().map(|word| word.df.to_string()).collect();
    let tf = |count: Count| format!("{}", count.tf);
    let value = |count: Count| format!("{:.3}", count.value);
    [
        name,
        frequencies.join(" "),
        format!("{:.2}", term.idf),
        format!("{:.2}", term.weight),
        tf(term.article),
        value(term.article),
        tf(term.passage),
        value(term.passage),
        tf(term.headline),
        value(term.headline),
    ]
}

fn pair(pair: &Pair) -> String {
    let [left, right] = pair.terms.each_ref().map(|term| shortened(&escape(term), MAX_TERM).into_owned());
    format!("nearness {:.3}: {left} and {right}, {} near and {} side by side", pair.value, pair.near, pair.side_by_side)
}

fn time(away: &TimeAway) -> String {
    let TimeAway { time, days, half_life, share } = away;
    let days = (days * 10.0).round() / 10.0;
    let unit = if days == 1.0 { "day" } else { "days" };
    format!("date {share:.3} of the above: {days} {unit} from {time}, half of it every {half_life} days")
}
