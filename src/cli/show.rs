//! `dateline show`: an article of the archive, or a passage in its context.

use dateline::engine::Engine;
use dateline::error::DAMAGED_THERE;
use dateline::hit::StoredArticle;
use dateline::render::Format;
use dateline::render::article;
use dateline::source::{Standing, respelled, standing};

use super::choices::text_or_json;
use super::{Outcome, Output, Site};

/// Flags of `dateline show`.
#[derive(clap::Args)]
pub(crate) struct ShowArgs {
    /// An article id, or a passage id such as ID:3
    #[arg(value_name = "ID")]
    id: String,
    /// How to print
    #[arg(long, value_parser = text_or_json(), default_value = "text")]
    format: Format,
}

/// Prints the article, also when its file is gone.
pub(crate) fn run(args: &ShowArgs, site: &Site, out: &mut Output) -> anyhow::Result<Outcome> {
    let engine = site.open()?;
    let Some((found, passage)) = find(&*engine, &args.id, out)? else {
        out.tell(&format!("no article \"{}\" in {}; `dateline query` prints ids with --format jsonl", args.id, site));
        return Ok(Outcome::No);
    };
    if let Some(passage) = passage.filter(|&p| p == 0 || p > found.passages.len()) {
        let last = found.passages.len();
        out.tell(&format!("{} has no passage {passage}; its passages are 1 to {last}", found.id));
        return Ok(Outcome::No);
    }
    tell_standing(&found, out);
    match args.format {
        Format::Json => out.print(&article::json(&found, passage))?,
        _ => out.print(&article::text(&found, passage, out.screen()))?,
    }
    let reach = usize::from(args.format != Format::Json);
    let is_shown = |number: &usize| passage.is_none_or(|passage| passage.abs_diff(*number) <= reach);
    let lost: Vec<String> = found.lost_passages().iter().filter(|n| is_shown(n)).map(usize::to_string).collect();
    if lost.is_empty() {
        return Ok(Outcome::Done);
    }
    let (noun, numbers) = (if lost.len() == 1 { "passage" } else { "passages" }, lost.join(", "));
    out.tell(&format!("dateline: {}: {noun} {numbers} cannot be shown: {DAMAGED_THERE}", found.id));
    Ok(Outcome::Failed)
}

/// A passage `ID:N`, split at the last colon, as hits are called; else an article of exactly that id.
fn find(engine: &dyn Engine, id: &str, out: &Output) -> anyhow::Result<Option<(StoredArticle, Option<usize>)>> {
    let whole = engine.article(id)?;
    // no passage is called 03 or +3
    let spelled = |typed: &str| typed.parse::<usize>().ok().filter(|number| number.to_string() == typed);
    let parted = id.rsplit_once(':').and_then(|(id, number)| Some((id, spelled(number)?)));
    let Some((id_before, number)) = parted else { return Ok(whole.map(|article| (article, None))) };
    let Some(article) = engine.article(id_before)? else { return Ok(whole.map(|article| (article, None))) };
    let has_passage = (1..=article.passages.len()).contains(&number);
    match whole {
        Some(whole) if !has_passage => Ok(Some((whole, None))),
        Some(_) => {
            let told = format!("{id} is passage {number} of {id_before}; the article of that id begins at {id}:1");
            out.tell(&told);
            Ok(Some((article, Some(number))))
        }
        None => Ok(Some((article, Some(number)))),
    }
}

fn tell_standing(found: &StoredArticle, out: &Output) {
    match standing(&respelled(&found.path), found.record.map(|r| r.span), &found.hash) {
        Standing::Same => {}
        Standing::Changed => {
            out.tell(&format!("{}: changed since it was indexed; this is the article as indexed", found.path));
        }
        Standing::Far => out.tell(&format!(
            "{}: not looked whether it changed, since the record stands deep in a compressed file; this is the article as indexed",
            found.path
        )),
        Standing::Stream => out.tell("it came by standard input; this is the article as indexed"),
        Standing::Gone => out.tell(&format!("{}: gone; this is the article as indexed", found.path)),
    }
}
