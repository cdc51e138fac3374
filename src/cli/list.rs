//! `dateline list`: all articles with their fields, as a table or as JSON lines.

use std::cell::RefCell;

use dateline::absent::absent_outlets;
use dateline::error::Error;
use dateline::query::{DateContext, SearchRequest};
use dateline::render::hits::{count, lacking};
use dateline::render::{Format, list};
use dateline::{Engine, LocalEngine};

use super::filters::FilterArgs;
use super::{Outcome, Output, Site, choices, limits};

/// Flags of `dateline list`.
#[derive(clap::Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    filters: FilterArgs,
    /// How to print
    #[arg(long, value_parser = choices::format(FORMATS), default_value = "csv")]
    format: Format,
}

const FORMATS: &[(Format, &str)] =
    &[(Format::Csv, "A table, safe for spreadsheets"), (Format::Jsonl, "One line an article")];

/// Prints the articles by their ids, one by one as they are read.
pub(crate) fn run(args: &ListArgs, site: &Site, out: &mut Output) -> anyhow::Result<Outcome> {
    let dir = site.folder("list")?;
    limits::enough_to_read(dir)?;
    let engine = LocalEngine::open(dir)?;
    let query = args.filters.typed("", false).query(DateContext::now(engine.language()))?;
    out.write(|out| list::begin(out, args.format))?;
    // the output's own error, which says where it went, in place of the one that ends the list
    let closed = RefCell::new(None);
    let listed = engine.list(&query, &mut |article| {
        out.write(|out| list::article(out, args.format, article)).map_err(|error| {
            closed.replace(Some(error));
            Error::request("the output cannot be written", "check where it goes")
        })
    });
    if let Some(error) = closed.into_inner() {
        return Err(error);
    }
    let listed = listed?;
    if listed.left_out > 0 {
        let articles = count(listed.left_out, "article");
        out.tell(&format!("{articles} left out: date unknown or only partly in the range"));
    }
    if let Some(told) = lacking(&listed.unreadable) {
        out.tell(&format!("dateline: {told}"));
        return Ok(Outcome::Failed);
    }
    absent_outlets(&query, &engine, listed.articles > 0)?.iter().for_each(|line| out.tell(line));
    if listed.articles == 0 {
        out.tell("no article to list");
        let request = SearchRequest { limit: 0, ..SearchRequest::new(query) };
        engine.search(&request)?.notes.iter().for_each(|note| out.tell(note));
        return Ok(Outcome::No);
    }
    Ok(Outcome::Done)
}
