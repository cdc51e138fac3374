//! Flags that narrow what is looked at, and what is told where no article is of an outlet.

use dateline::Engine;
use dateline::error::nearest;
use dateline::extract::outlet_at;
use dateline::query::tree::QueryField;
use dateline::query::{DateContext, Query, SearchRequest, Typed};

/// Flags that narrow what is looked at.
#[derive(clap::Args)]
pub(crate) struct FilterArgs {
    /// Only articles of this outlet (its name, or words of it); of one of several where given more than once
    #[arg(long, value_name = "NAME")]
    pub outlet: Vec<String>,
    /// Only articles of this day, month or year, or later
    #[arg(long, value_name = "DATE")]
    pub after: Option<String>,
    /// Only articles of this day, month or year, or earlier
    #[arg(long, value_name = "DATE")]
    pub before: Option<String>,
}

impl FilterArgs {
    /// These words, narrowed.
    pub fn typed<'a>(&'a self, words: &'a str, strict: bool) -> Typed<'a> {
        let Self { outlet, after, before } = self;
        let (after, before) = (after.as_deref(), before.as_deref());
        Typed { words, plain: false, outlets: outlet, after, before, around: None, strict }
    }
}

/// A line for each outlet that the query asks for and that the archive does not have.
pub(crate) fn absent_outlets(query: &Query, engine: &dyn Engine) -> anyhow::Result<Vec<String>> {
    let mut lines = Vec::new();
    for name in query.names(QueryField::Outlet) {
        let only = Typed { outlets: std::slice::from_ref(&name), ..Typed::default() };
        let query = only.query(DateContext::now(engine.language()))?;
        let request = SearchRequest { limit: 0, suggest: false, ..SearchRequest::new(query) };
        if engine.search(&request)?.total_articles == 0 {
            let names: Vec<String> = engine.outlets()?.into_iter().map(|outlet| outlet.name).collect();
            let hint = meant(&name, &names)
                .map_or("`dateline outlets` lists those that there are".to_owned(), |meant| {
                    format!("did you mean {meant}?")
                });
            lines.push(format!("no article is of the outlet \"{name}\"; {hint}"));
        }
    }
    Ok(lines)
}

/// The outlet of the archive that may have been meant: the one at a host, else the one whose name, or a part of it, is near.
fn meant<'n>(typed: &str, names: &'n [String]) -> Option<&'n str> {
    let all = || names.iter().map(String::as_str);
    let host = typed.rsplit("//").next().and_then(|address| address.split('/').next()).unwrap_or_default();
    let at = outlet_at(&host.to_lowercase()).and_then(|name| all().find(|known| known.eq_ignore_ascii_case(name)));
    let words: Vec<&str> = typed.split_whitespace().collect();
    let parts =
        names.iter().flat_map(|name| parts(name, words.len()).into_iter().map(move |part| (part, name.as_str())));
    let parts: Vec<(String, &str)> = parts.collect();
    let of_part = || {
        let part = nearest(typed, parts.iter().map(|(part, _)| part.as_str()))?;
        parts.iter().find(|(other, _)| other == part).map(|(_, name)| *name)
    };
    at.or_else(|| nearest(typed, all())).or_else(of_part)
}

/// So many words of a name side by side; those of three letters or fewer are near to anything.
fn parts(name: &str, words: usize) -> Vec<String> {
    let all: Vec<&str> = name.split_whitespace().collect();
    let parts = all.windows(words.max(1)).map(|part| part.join(" "));
    parts.filter(|part| part.chars().count() > 3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outlet_that_was_meant_is_near_by_name_word_or_host() {
        let names = ["Reuters", "The New York Times", "Radio Meridian", "BBC"].map(str::to_owned);
        for (typed, expected) in [
            ("Reutrs", Some("Reuters")),
            ("nytimes.com", Some("The New York Times")),
            ("https://www.nytimes.com/2018", Some("The New York Times")),
            ("Merdian", Some("Radio Meridian")),
            ("New Yrok Times", Some("The New York Times")),
            ("radio meridain", Some("Radio Meridian")),
            ("Zeitung", None),
        ] {
            assert_eq!(meant(typed, &names), expected, "{typed}");
        }
    }
}
