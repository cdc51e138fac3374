//! `dateline guide`: the user's guides.

use dateline::Error;
use dateline::guide::{GUIDES, Guide, find};
use dateline::render::guide as render;

use super::{Outcome, Output};

/// Flags of `dateline guide`.
#[derive(clap::Args)]
pub(crate) struct GuideArgs {
    /// The guide to print, in Markdown; without it the guides there are
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

/// Prints the guide, or the list of them.
pub(crate) fn run(args: &GuideArgs, out: &mut Output) -> anyhow::Result<Outcome> {
    match &args.name {
        None => {
            let width = GUIDES.iter().map(|guide| guide.name.len()).max().unwrap_or(0);
            for Guide { name, about, .. } in GUIDES {
                out.print(&format!("{name:<width$}  {about}\n"))?;
            }
        }
        Some(name) => {
            let guide = find(name).ok_or_else(|| {
                let names: Vec<&str> = GUIDES.iter().map(|guide| guide.name).collect();
                Error::request(format!("no guide \"{name}\""), format!("name one of these: {}", names.join(", ")))
            })?;
            out.print(&render::text(guide.text, out.screen()))?;
        }
    }
    Ok(Outcome::Done)
}
