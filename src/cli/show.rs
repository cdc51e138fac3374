//! `dateline show`: an article of the archive, or a passage in its context.

use dateline::error::DAMAGED_THERE;
use dateline::hit::StoredArticle;
use dateline::render::Format;
use dateline::render::{article, citation};
use dateline::source::{Standing, respelled, standing};

use super::choices::text_or_json;
use super::named::meant;
use super::{Outcome, Output, Site, editor};

/// Flags of `dateline show`.
#[derive(clap::Args)]
pub(crate) struct ShowArgs {
    /// An article's id or a passage's, such as ID:3; the beginning of one; the rank of a hit of the last query at a
    /// terminal; or a citation, PATH:LINE. An id of the archive goes before a rank
    #[arg(value_name = "ID")]
    id: String,
    /// Open the file at the passage's line in $VISUAL or $EDITOR, in place of printing
    #[arg(long)]
    open: bool,
    /// How to print
    #[arg(long, value_parser = text_or_json(), default_value = "text")]
    format: Format,
}

/// Prints the article, also when its file is gone.
pub(crate) fn run(args: &ShowArgs, site: &Site, out: &mut Output) -> anyhow::Result<Outcome> {
    let engine = site.open()?;
    let (found, passage) = match meant(&args.id, &*engine, site, out)? {
        Ok(meant) => meant,
        Err(outcome) => return Ok(outcome),
    };
    if let Some(passage) = passage.filter(|&p| p == 0 || p > found.passages.len()) {
        let last = found.passages.len();
        out.tell(&format!("{} has no passage {passage}; its passages are 1 to {last}", found.id));
        return Ok(Outcome::No);
    }
    tell_standing(&found, out);
    if args.open {
        editor::open(&found.source(passage.unwrap_or(1) - 1), &found.id.0, out)?;
        return Ok(Outcome::Done);
    }
    match args.format {
        Format::Json => out.print(&article::json(&found, passage))?,
        _ => out.print(&article::text(&found, passage, &out.look()))?,
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

fn tell_standing(found: &StoredArticle, out: &Output) {
    match standing(&respelled(&citation::opened(&found.source(0)).to_string_lossy()), found.record.map(|r| r.span), &found.hash) {
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
