//! For people.

use std::fmt::Write;

use anstyle::{AnsiColor, Color, Style};

use super::figures::{Names, grade, interval, probability, rank, signed};
use crate::eval::comparison::{Agreement, Comparison, MeasureComparison, Moved};
use crate::render::terminal::{FAINT, HEADING, Screen, columns, escape};

const BETTER: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Green)));
const WORSE: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Red)));
/// Columns of a full bar.
const BAR: usize = 8;
/// Columns of an interval.
const INTERVAL: usize = 18;

/// The table of measures, then the topics that changed most, at most `topics`.
pub fn text(comparison: &Comparison, names: Names<'_>, topics: usize, screen: Screen) -> String {
    let mut out = heading(names, screen);
    let named: Vec<String> = comparison.measures.iter().map(|m| m.measure.to_string()).collect();
    let width = named.iter().map(|name| columns(name)).max().unwrap_or(0).max("measure".len());
    let head = format!(
        "{:<width$}  {:>6}  {:>6}  {:>7} {:BAR$}  {:^INTERVAL$}  {:>6}  {:>6}  {:>5}  won/lost/tied",
        "measure", "before", "after", "diff", "", "95% interval", "p", "Holm", "d"
    );
    let _ = writeln!(out, "{}", screen.paint(HEADING, &head));
    let most = comparison.measures.iter().map(|m| m.difference().abs()).fold(0.0, f64::max);
    for (name, measure) in named.iter().zip(&comparison.measures) {
        let _ = writeln!(out, "{name:<width$}  {}", measure_row(measure, most, screen));
    }
    let Some(first) = named.first().filter(|_| !comparison.topics.is_empty() && topics > 0) else { return out };
    let shown = &comparison.topics[..topics.min(comparison.topics.len())];
    let title = format!("{first} changed for {} of {} topics; most for", comparison.topics.len(), comparison.compared);
    let _ = writeln!(out, "\n{}", screen.paint(HEADING, &title));
    let most = shown.first().map_or(0.0, |t| (t.after - t.before).abs());
    for topic in shown {
        let change = topic.after - topic.before;
        let row = format!("{:.4} → {:.4}  {}", topic.before, topic.after, signed(change, 4));
        let _ = writeln!(out, "{}  {row} {}", escape(&topic.topic), bar(change, most, screen).trim_end());
        write_documents(&mut out, &topic.documents, true, screen);
    }
    out
}

fn heading(names: Names<'_>, screen: Screen) -> String {
    let title = format!("{} → {}", escape(names.before), escape(names.after));
    format!("{}\n", screen.paint(HEADING, &title))
}

fn measure_row(measure: &MeasureComparison, most: f64, screen: Screen) -> String {
    let interval = measure.t_test.map_or("–".to_owned(), |t| interval(t.interval_95));
    let d = measure.effect_size.map_or("–".to_owned(), |d| signed(d, 2));
    format!(
        "{:.4}  {:.4}  {} {}  {interval:^INTERVAL$}  {:>6}  {:>6}  {d:>5}  {}/{}/{}",
        measure.before,
        measure.after,
        signed(measure.difference(), 4),
        bar(measure.difference(), most, screen),
        probability(measure.randomization.p),
        probability(measure.corrected_p),
        measure.won,
        measure.lost,
        measure.tied
    )
}

/// A bar as long as the change is large beside the largest, filled up to [`BAR`] columns.
fn bar(change: f64, most: f64, screen: Screen) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = if most > 0.0 { (change.abs() / most * (BAR * 8) as f64).round() as usize } else { 0 };
    let bar = "█".repeat(eighths / 8) + PARTS[eighths % 8];
    let gap = " ".repeat(BAR.saturating_sub(columns(&bar)));
    if bar.is_empty() { gap } else { screen.paint(if change < 0.0 { WORSE } else { BETTER }, &bar) + &gap }
}

fn write_documents(out: &mut String, documents: &[Moved], is_judged: bool, screen: Screen) {
    for moved in documents {
        let ranks = format!("{:>6} → {:<5}", rank(moved.before), rank(moved.after));
        let grade = if is_judged { format!("  {}", grade(moved)) } else { String::new() };
        let _ = writeln!(out, "{ranks} {}{}", escape(&moved.docno), screen.paint(FAINT, &grade));
    }
}

/// How alike two runs are, then the topics that moved most, at most `topics`.
pub fn agreement_text(agreement: &Agreement, names: Names<'_>, topics: usize, screen: Screen) -> String {
    let mut out = heading(names, screen);
    let tau = agreement.tau.map_or("–".to_owned(), |tau| format!("{tau:.4}"));
    let _ = writeln!(out, "RBO(p=0.9)     {:.4}\nKendall's tau  {tau}", agreement.rbo);
    let moved: Vec<_> = agreement.topics.iter().filter(|t| !t.same).take(topics).collect();
    if !moved.is_empty() {
        let _ = writeln!(out, "\n{}", screen.paint(HEADING, "moved most"));
    }
    for topic in moved {
        let tau = topic.tau.map_or("–".to_owned(), |tau| format!("{tau:.4}"));
        let (id, rbo) = (escape(&topic.topic), topic.rbo);
        let _ = writeln!(out, "{id}  RBO {rbo:.4}  tau {tau}  {} shared", topic.shared);
        write_documents(&mut out, &topic.documents, false, screen);
    }
    out
}
