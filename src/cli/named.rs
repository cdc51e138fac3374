//! What `show` is told: an id, a rank of the last query, a citation, or the beginning of an id.

use dateline::engine::{Cited, CitedPlace, Engine};
use dateline::hit::StoredArticle;

use super::last::LastQuery;
use super::{Outcome, Output, Site};

/// Candidates that are listed at most.
const LISTED: usize = 10;

/// An article, and the passage of it that was meant, 1-based.
pub(crate) type Meant = (StoredArticle, Option<usize>);

/// What is meant. An id of the archive goes before a rank, that before a citation and the beginning of an id; where nothing or
/// several things are meant, that is told, and the outcome says which.
pub(crate) fn meant(
    typed: &str,
    engine: &dyn Engine,
    site: &Site,
    out: &Output,
) -> anyhow::Result<Result<Meant, Outcome>> {
    let rank = spelled(typed);
    let last = rank.map(|_| LastQuery::of(site)).unwrap_or_default();
    let hit = rank.and_then(|rank| last.hit(rank));
    if let Some(found) = by_id(engine, typed, out)? {
        if let Some(hit) = hit.filter(|hit| *hit != typed) {
            out.tell(&format!(
                "{typed} is an article of the archive; hit {typed} of the last query is `dateline show {hit}`"
            ));
        }
        return Ok(Ok(found));
    }
    if let Some(hit) = hit {
        let query = &last.query;
        let Some(found) = by_id(engine, hit, out)? else {
            out.tell(&format!("hit {typed} of \"{query}\" was {hit}, which is not in the archive any more"));
            return Ok(Err(Outcome::No));
        };
        out.tell(&format!("hit {typed} of \"{query}\": {hit}"));
        return Ok(Ok(found));
    }
    let mut ids = cited(typed, engine)?;
    if ids.is_empty() && !typed.is_empty() {
        ids = beginning(typed, engine)?;
    }
    match ids.as_slice() {
        [] => {
            out.tell(&nothing(typed, rank, &last, site));
            Ok(Err(Outcome::No))
        }
        [id] => Ok(by_id(engine, id, out)?.ok_or(Outcome::No)),
        several => {
            let more = if several.len() > LISTED { ", …" } else { "" };
            let listed = several[..several.len().min(LISTED)].join(", ");
            out.tell(&format!("\"{typed}\" may be {listed}{more}; type more of the one that is meant"));
            Ok(Err(Outcome::Failed))
        }
    }
}

fn nothing(typed: &str, rank: Option<usize>, last: &LastQuery, site: &Site) -> String {
    let hint = match rank {
        Some(_) if last.query.is_empty() => {
            "and no query was made at a terminal whose hits could be numbered".to_owned()
        }
        Some(_) => format!("and the last query, \"{}\", showed no hit {typed}", last.query),
        None => "`dateline query` prints ids".to_owned(),
    };
    format!("no article \"{typed}\" in {site}; {hint}")
}

/// A number as numbers are spelled: no passage is called 03 or +3.
fn spelled(typed: &str) -> Option<usize> {
    typed.parse::<usize>().ok().filter(|number| number.to_string() == typed)
}

/// A passage `ID:N`, split at the last colon, as hits are called; else an article of exactly that id.
fn by_id(engine: &dyn Engine, id: &str, out: &Output) -> anyhow::Result<Option<Meant>> {
    let whole = engine.article(id)?;
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

/// What stands at a citation, `PATH:LINE`, `PATH:FIRST-LAST` or a path alone: as the current folder has it, or as it is stored.
fn cited(typed: &str, engine: &dyn Engine) -> anyhow::Result<Vec<String>> {
    let line_of = |lines: &str| lines.split('-').next().and_then(|line| line.parse::<u32>().ok());
    let parted = typed.rsplit_once(':').and_then(|(path, lines)| Some((path, line_of(lines)?)));
    let (path, line) = parted.map_or((typed, None), |(path, line)| (path, Some(line)));
    if path.is_empty() {
        return Ok(Vec::new());
    }
    // a root goes by its own path, whatever links lead to it
    let real = std::fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.into());
    let real = real.to_string_lossy();
    for path in [&*real, path] {
        let cited = engine.cited(CitedPlace { path, line }, LISTED + 1)?;
        if !cited.is_empty() {
            return Ok(cited.into_iter().map(called).collect());
        }
    }
    Ok(Vec::new())
}

fn called(cited: Cited) -> String {
    cited.passage.map_or_else(|| cited.article.to_string(), |passage| format!("{}:{passage}", cited.article))
}

/// Articles whose ids begin so; behind a colon may stand a passage.
fn beginning(typed: &str, engine: &dyn Engine) -> anyhow::Result<Vec<String>> {
    let ids = engine.ids_from(typed, LISTED + 1)?;
    let parted = typed.rsplit_once(':').and_then(|(id, number)| Some((id, spelled(number)?)));
    let Some((id, passage)) = parted.filter(|(id, _)| ids.is_empty() && !id.is_empty()) else { return Ok(ids) };
    Ok(engine.ids_from(id, LISTED + 1)?.into_iter().map(|id| format!("{id}:{passage}")).collect())
}
