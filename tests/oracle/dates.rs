//! Dates by their letters: what is printed from the year on sorts as it happened.

/// A range of dates as it is typed, and the dates that it reaches from and to; nothing where it has no end.
#[derive(Debug)]
pub struct Range {
    pub text: &'static str,
    pub from: &'static str,
    pub to: &'static str,
}

/// What becomes of an article that matches the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Kept,
    /// Its date is unknown, or lies only partly in the range.
    LeftOut,
    Gone,
}

/// What a range of dates makes of an article's date.
pub fn fate(date: Option<&str>, range: Option<&Range>) -> Fate {
    let Some(range) = range else { return Fate::Kept };
    let from = if range.from.is_empty() { String::new() } else { first(range.from) };
    let to = if range.to.is_empty() { "9999".to_owned() } else { last(range.to) };
    match date.map(|date| (first(date), last(date))) {
        None => Fate::LeftOut,
        Some((first, last)) if from <= first && last <= to => Fate::Kept,
        Some((first, last)) if last < from || to < first => Fate::Gone,
        Some(_) => Fate::LeftOut,
    }
}

/// The first second that a date may mean.
fn first(date: &str) -> String {
    filled(date, "0000-01-01T00:00:00")
}

/// The last second that a date may mean.
fn last(date: &str) -> String {
    let month = if matches!(date.get(5..7), Some("04" | "06" | "09" | "11")) { "-30" } else { "-31" };
    filled(date, &format!("0000-12{month}T23:59:59"))
}

/// A date without its offset, what it does not say taken from another.
fn filled(date: &str, other: &str) -> String {
    let clock = date.get(..other.len().min(date.len())).unwrap_or(date);
    let known = clock.find('+').map_or(clock, |offset| &clock[..offset]);
    format!("{known}{}", &other[known.len()..])
}
