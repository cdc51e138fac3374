//! Reading a query: one pass over the characters, nothing nested, nothing refused.

use super::date::parse_range;
use super::{Clause, DateRange, Occur, Query, Target};

/// Reads a query in the language of the [module](super).
pub fn parse(text: &str) -> Query {
    let mut query = Query::default();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        rest = read_clause(rest, &mut query).trim_start();
    }
    query
}

/// Takes every word as a word, whatever signs it carries: for questions, titles and tweets.
pub fn plain(text: &str) -> Query {
    let clauses = text.split_whitespace().map(|word| Clause {
        occur: Occur::Should,
        target: Target::Text,
        words: word.to_owned(),
        phrase: false,
    });
    Query { clauses: clauses.collect(), ..Query::default() }
}

fn read_clause<'a>(text: &'a str, query: &mut Query) -> &'a str {
    let (occur, rest) = read_sign(text);
    if rest.is_empty() || rest.starts_with(char::is_whitespace) {
        // a sign without a word, such as a dash between words
        return rest;
    }
    if let Some((name, rest)) = read_field_name(rest)
        && let Some(rest) = read_field(name, rest, occur, query)
    {
        return rest;
    }
    let (words, phrase, rest) = read_value(rest, query);
    push(query, Clause { occur: occur.unwrap_or(Occur::Should), target: Target::Text, words, phrase });
    rest
}

fn read_sign(text: &str) -> (Option<Occur>, &str) {
    match text.as_bytes().first() {
        Some(b'+') => (Some(Occur::Must), &text[1..]),
        Some(b'-') => (Some(Occur::MustNot), &text[1..]),
        _ => (None, text),
    }
}

fn read_field_name(text: &str) -> Option<(&str, &str)> {
    let colon = text.find(|c: char| !c.is_ascii_lowercase()).filter(|&at| text.as_bytes()[at] == b':')?;
    let rest = &text[colon + 1..];
    (!rest.is_empty() && !rest.starts_with(char::is_whitespace)).then_some((&text[..colon], rest))
}

/// A clause on a field; none where the name is no field's or the value no date, so that it is read as words.
fn read_field<'a>(name: &str, rest: &'a str, occur: Option<Occur>, query: &mut Query) -> Option<&'a str> {
    let target = match name {
        "headline" => Target::Headline,
        "outlet" => Target::Outlet,
        "credit" => Target::Credit,
        "date" | "after" | "before" => return read_dates(name, rest, occur, query),
        _ => return None,
    };
    let (words, phrase, rest) = read_value(rest, query);
    push(query, Clause { occur: occur.unwrap_or(Occur::Must), target, words, phrase });
    Some(rest)
}

fn read_dates<'a>(name: &str, rest: &'a str, occur: Option<Occur>, query: &mut Query) -> Option<&'a str> {
    let mut scratch = Query::default();
    let (value, _, after) = read_value(rest, &mut scratch);
    if occur == Some(Occur::MustNot) {
        query.notes.push(format!("-{name}: cannot be excluded, read as words"));
        return None;
    }
    let range = match name {
        "date" => parse_range(&value),
        "after" => value.parse().ok().map(|date| DateRange { after: Some(date), before: None }),
        _ => value.parse().ok().map(|date| DateRange { after: None, before: Some(date) }),
    };
    let Some(range) = range else {
        query.notes.push(format!("{value:?} is no date, read as words"));
        return None;
    };
    query.dates = query.dates.narrow(range);
    Some(after)
}

/// A word, or the inside of a pair of quotes.
fn read_value<'a>(text: &'a str, query: &mut Query) -> (String, bool, &'a str) {
    let Some(open) = text.chars().next().filter(|&c| is_quote(c)) else {
        let end = text.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(text.len());
        return (text[..end].to_owned(), false, &text[end..]);
    };
    let inside = &text[open.len_utf8()..];
    match inside.find(is_quote) {
        Some(end) => {
            let close = inside[end..].chars().next().map_or(1, char::len_utf8);
            (inside[..end].trim().to_owned(), true, &inside[end + close..])
        }
        None => {
            query.notes.push("a quote is not closed, read as if it closed at the end".to_owned());
            (inside.trim().to_owned(), true, "")
        }
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// Keeps a clause that has a letter or a digit in it.
fn push(query: &mut Query, clause: Clause) {
    if clause.words.chars().any(char::is_alphanumeric) {
        query.clauses.push(clause);
    }
}
