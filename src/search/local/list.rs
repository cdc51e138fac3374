//! All articles, or all that match, in the order of their ids.

use tantivy::DocAddress;

use super::archive::{Archive, is_damage};
use super::ids::article_ids;
use crate::article::ArticleId;
use crate::error::Result;
use crate::hit::{StoredArticle, Unreadable};
use crate::query::{Query, SearchRequest};
use crate::search::backend::{Backend, Order, Tally, Wanted};
use crate::search::course::plan;

impl Archive {
    /// Hands over every article that matches, without its text, by id; all of them where nothing is asked for. Gives how many
    /// matched and were left out, and those that are not as they were written.
    ///
    /// # Errors
    /// Where the index cannot be read, and those of `take`.
    pub(crate) fn list(
        &self,
        query: &Query,
        take: &mut dyn FnMut(&StoredArticle) -> Result<()>,
    ) -> Result<(Tally, Vec<Unreadable>)> {
        let (addresses, tally) = if query.is_empty() { self.all()? } else { self.those(query)? };
        let mut unreadable = Vec::new();
        for (id, address) in addresses {
            match self.read_stored(address, |_| false) {
                // where the store is damaged, another article may stand in its place
                Ok(article) if article.id.0 == id => take(&article)?,
                Err(error) if !is_damage(&error) => return Err(self.failed(&error)),
                _ => unreadable.push(Unreadable { rank: None, id: id.clone(), article: ArticleId(id) }),
            }
        }
        Ok((tally, unreadable))
    }

    fn all(&self) -> Result<(Vec<(String, DocAddress)>, Tally)> {
        let segments = (0..).zip(self.searcher().segment_readers());
        let of = |(ordinal, segment)| {
            let alive: &tantivy::SegmentReader = segment;
            alive.doc_ids_alive().map(move |doc| DocAddress::new(ordinal, doc))
        };
        let mut listed = self.with_ids(segments.flat_map(of).collect())?;
        listed.sort_unstable();
        let tally = Tally { kept: listed.len() as u64, ..Tally::default() };
        Ok((listed, tally))
    }

    fn those(&self, query: &Query) -> Result<(Vec<(String, DocAddress)>, Tally)> {
        let plan = plan(self, &SearchRequest::new(query.clone()))?;
        let most = usize::try_from(self.articles()).unwrap_or(usize::MAX);
        let found = self.matching(&plan, Wanted { order: Order::Id, articles: most, count: true, exact: true })?;
        Ok((self.with_ids(found.articles)?, found.tally))
    }

    fn with_ids(&self, addresses: Vec<DocAddress>) -> Result<Vec<(String, DocAddress)>> {
        let ids = article_ids(self.searcher(), &addresses.iter().collect::<Vec<_>>()).map_err(|e| self.failed(&e))?;
        Ok(ids.into_iter().zip(addresses).collect())
    }
}
