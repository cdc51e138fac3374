//! `dateline salvage`: what can still be read of a damaged index.

use dateline::engine::salvage;
use dateline::render::{grouped, hits::count, record};

use super::progress::progress_bar;
use super::{Outcome, Output, Site, limits};

/// Prints every article that can be read, a line of JSON each.
pub(crate) fn run(site: &Site, out: &mut Output) -> anyhow::Result<Outcome> {
    out.refuse_closed()?;
    let bar = progress_bar();
    let (mut printed, mut closed) = (0, None);
    let dir = site.folder("salvage")?;
    limits::enough_to_read(dir)?;
    let saved = salvage(dir, &mut |article| {
        printed += 1;
        if printed % 1000 == 0 {
            bar.set_message(format!("{} articles", grouped(printed)));
        }
        let lost = article.lost_passages();
        if !lost.is_empty() {
            let numbers: Vec<String> = lost.iter().map(usize::to_string).collect();
            let (noun, numbers) = (if lost.len() == 1 { "passage" } else { "passages" }, numbers.join(", "));
            bar.suspend(|| out.tell(&format!("dateline: {}: without {noun} {numbers}", article.id)));
        }
        closed = out.print(&record::line(&article)).err();
        closed.is_none()
    });
    bar.finish_and_clear();
    if let Some(error) = closed {
        return Err(error);
    }
    let saved = saved?;
    saved.notes.iter().for_each(|note| out.tell(&format!("dateline: {note}")));
    for (id, path) in &saved.named_lost {
        let of = path.as_ref().map_or(String::new(), |path| format!(", of {path}"));
        out.tell(&format!("dateline: could not be read: {id}{of}"));
    }
    saved.files_lost.iter().for_each(|path| out.tell(&format!("dateline: not saved: {path}")));
    if saved.more_files_lost > 0 {
        out.tell(&format!("dateline: not saved: {} more", count(saved.more_files_lost, "file")));
    }
    if saved.replaced > 0 {
        let replaced = count(saved.replaced, "article");
        out.tell(&format!("dateline: left out {replaced} that were replaced: later ones have their ids"));
    }
    let told = format!("saved {}", count(saved.whole + saved.cut, "article"));
    out.tell(&match (saved.cut, saved.lost) {
        (0, 0) => told,
        (0, lost) => format!("{told}; {lost} could not be read"),
        (cut, lost) => format!("{told}, {cut} of them without passages that are damaged; {lost} could not be read"),
    });
    Ok(if saved.is_complete() { Outcome::Done } else { Outcome::Failed })
}
