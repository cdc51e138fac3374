//! What `show` is told: an id, a rank of the last query, a citation, or the beginning of an id.

use dateline::article::ArticleId;
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
        let Some(found) = by_hit(engine, hit, out)? else {
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
        [one] => {
            let article = engine.article(&one.article.0)?;
            Ok(article.map(|article| (article, one.passage)).ok_or(Outcome::No))
        }
        several => {
            let more = if several.len() > LISTED { ", …" } else { "" };
            let listed = several.iter().take(LISTED).map(called).collect::<Vec<_>>().join(", ");
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

/// An article of exactly that id, as `list` prints it; else a passage `ID:N`. Where both are there, the other is told.
fn by_id(engine: &dyn Engine, id: &str, out: &Output) -> anyhow::Result<Option<Meant>> {
    let passage = passage_of(engine, id)?;
    let Some(whole) = engine.article(id)? else { return Ok(passage) };
    if let Some((article, Some(number))) = passage.filter(has_passage) {
        let other = &article.id;
        out.tell(&format!(
            "{id} is an article of the archive; passage {number} of {other} stands in `dateline show {other}`"
        ));
    }
    Ok(Some((whole, None)))
}

/// What a hit is called, `ID:N`, split at the last colon.
fn by_hit(engine: &dyn Engine, hit: &str, out: &Output) -> anyhow::Result<Option<Meant>> {
    match passage_of(engine, hit)?.filter(has_passage) {
        None => by_id(engine, hit, out),
        passage => Ok(passage),
    }
}

fn passage_of(engine: &dyn Engine, id: &str) -> anyhow::Result<Option<Meant>> {
    let parted = id.rsplit_once(':').and_then(|(id, number)| Some((id, spelled(number)?)));
    let Some((id, number)) = parted else { return Ok(None) };
    Ok(engine.article(id)?.map(|article| (article, Some(number))))
}

fn has_passage((article, number): &Meant) -> bool {
    number.is_some_and(|number| (1..=article.passages.len()).contains(&number))
}

/// What stands at a citation, `PATH:LINE`, `PATH:FIRST-LAST` or a path alone: as the current folder has it, or as it is stored.
fn cited(typed: &str, engine: &dyn Engine) -> anyhow::Result<Vec<Cited>> {
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
            return Ok(cited);
        }
    }
    Ok(Vec::new())
}

fn called(cited: &Cited) -> String {
    cited.passage.map_or_else(|| cited.article.to_string(), |passage| format!("{}:{passage}", cited.article))
}

/// Articles whose ids begin so; behind a colon may stand a passage.
fn beginning(typed: &str, engine: &dyn Engine) -> anyhow::Result<Vec<Cited>> {
    let of = |passage: Option<usize>| move |id: String| Cited { article: ArticleId(id), passage };
    let ids = engine.ids_from(typed, LISTED + 1)?;
    let parted = typed.rsplit_once(':').and_then(|(id, number)| Some((id, spelled(number)?)));
    let Some((id, passage)) = parted.filter(|(id, _)| ids.is_empty() && !id.is_empty()) else {
        return Ok(ids.into_iter().map(of(None)).collect());
    };
    Ok(engine.ids_from(id, LISTED + 1)?.into_iter().map(of(Some(passage))).collect())
}
