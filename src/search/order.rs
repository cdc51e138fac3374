//! The order of what was scored.

use super::backend::Backend;
use super::chosen::Chosen;
use crate::error::Result;

/// The best `limit` of what was scored: by score, then by article id, then by passage. What was scored comes article by
/// article, each article's passages best first.
pub(super) fn by_score<B: Backend>(
    backend: &B,
    candidates: &[B::Article],
    scored: &[Chosen],
    limit: usize,
) -> Result<Vec<Chosen>> {
    // a score and a place in one number sort many times faster than they do side by side
    let key = |(place, chosen): (u64, &Chosen)| u64::from(!ascending(chosen.score)) << 32 | place;
    let mut keys: Vec<u64> = (0..).zip(scored).map(key).collect();
    keys.sort_unstable();
    let mut ordered: Vec<Chosen> = keys.into_iter().map(|key| scored[(key & u64::from(u32::MAX)) as usize]).collect();
    let mut start = 0;
    while start < ordered.len().min(limit) {
        let tie = ordered[start..].iter().take_while(|c| c.score.total_cmp(&ordered[start].score).is_eq()).count();
        if ordered[start..start + tie].iter().any(|c| c.at != ordered[start].at) {
            sort_by_id(backend, candidates, &mut ordered[start..start + tie])?;
        }
        start += tie;
    }
    ordered.truncate(limit);
    Ok(ordered)
}

/// Bits that order as the numbers do, as `total_cmp` has it.
fn ascending(score: f32) -> u32 {
    let bits = score.to_bits();
    if bits >> 31 == 1 { !bits } else { bits | 1 << 31 }
}

fn sort_by_id<B: Backend>(backend: &B, candidates: &[B::Article], tied: &mut [Chosen]) -> Result<()> {
    let articles: Vec<&B::Article> = tied.iter().map(|chosen| &candidates[chosen.at]).collect();
    let mut keyed: Vec<(String, Chosen)> = backend.ids(&articles)?.into_iter().zip(tied.to_vec()).collect();
    keyed.sort_by(|(a, x), (b, y)| a.cmp(b).then(x.passage.cmp(&y.passage)));
    tied.iter_mut().zip(keyed).for_each(|(place, (_, chosen))| *place = chosen);
    Ok(())
}
