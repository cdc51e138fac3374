//! What a search asks of an index in a folder.

use std::sync::Arc;

use tantivy::collector::DocSetCollector;
use tantivy::query::{Bm25StatisticsProvider, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use super::archive::{Archive, is_damage};
use super::ask::IndexQuery;
use super::candidates::{self, Candidates};
use super::ids::article_ids;
use super::positions::{Atoms, field_of_names};
use super::reader::PostingsReader;
use super::{dates, names};
use crate::analysis::Analyzer;
use crate::error::{Error, Result};
use crate::hit::StoredArticle;
use crate::matching::{Atom, Name};
use crate::search::backend::{Backend, Collection, Like, Matching, Offer, Order, Tally, Wanted, Written};
use crate::search::plan::Plan;

impl Backend for Archive {
    type Words = Arc<Atoms>;
    type Article = DocAddress;
    type Reader<'a> = PostingsReader<'a>;

    fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    fn collection(&self) -> Collection {
        Collection { articles: self.articles(), average_length: self.statistics.average_length() }
    }

    fn words_like(&self, like: Like<'_>, name: Option<Name>, offer: &mut Offer<'_>) -> Result<()> {
        let offered = match name {
            None => self.dictionary.like(like, offer),
            Some(name) => names::like(&self.statistics, field_of_names(name, self.fields), like, offer),
        };
        offered.map_err(|e| self.failed(&e))
    }

    fn look_up(&self, atoms: &[Atom]) -> Result<(Arc<Atoms>, Vec<u64>)> {
        let atoms = Atoms::of(atoms, &self.dictionary).map_err(|e| self.failed(&e))?;
        let with = |atom| atoms.articles_with(atom, &self.statistics, self.fields);
        let articles_with = (0..atoms.atoms.len()).map(with).collect::<tantivy::Result<_>>();
        let articles_with = articles_with.map_err(|e| self.failed(&e))?;
        Ok((Arc::new(atoms), articles_with))
    }

    fn written(&self, forms: &[&str]) -> Result<Vec<Written>> {
        let written = forms.iter().map(|form| self.dictionary.written(form));
        written.collect::<tantivy::Result<_>>().map_err(|e| self.failed(&e))
    }

    fn families(&self, terms: &[&str]) -> Result<Vec<Vec<String>>> {
        let families = terms.iter().map(|term| self.dictionary.family(term));
        families.collect::<tantivy::Result<_>>().map_err(|e| self.failed(&e))
    }

    fn articles_with(&self, terms: &[&str]) -> Result<Vec<u64>> {
        let with = |term: &&str| self.statistics.doc_freq(&Term::from_field_text(self.fields.text, term));
        terms.iter().map(with).collect::<tantivy::Result<_>>().map_err(|e| self.failed(&e))
    }

    fn matching(&self, plan: &Plan<Arc<Atoms>>, wanted: Wanted) -> Result<Matching<DocAddress>> {
        self.try_matching(plan, wanted).map_err(|e| self.failed(&e))
    }

    fn reader<'a>(&'a self, plan: &'a Plan<Arc<Atoms>>, needed: Vec<bool>) -> Result<PostingsReader<'a>> {
        Ok(PostingsReader::new(self, &plan.words, needed))
    }

    fn place(&self, article: &DocAddress) -> u64 {
        u64::from(article.segment_ord) << 32 | u64::from(article.doc_id)
    }

    fn ids(&self, articles: &[&DocAddress]) -> Result<Vec<String>> {
        article_ids(self.searcher(), articles).map_err(|e| self.failed(&e))
    }

    fn dates(&self, articles: &[&DocAddress]) -> Result<Vec<Option<(i64, i64)>>> {
        dates::dates(self.searcher(), articles).map_err(|e| self.failed(&e))
    }

    fn newest(&self) -> Result<Option<i64>> {
        dates::newest(self.searcher()).map_err(|e| self.failed(&e))
    }

    fn span(&self) -> Result<Option<(i64, i64)>> {
        dates::span(self.searcher()).map_err(|e| self.failed(&e))
    }

    fn stored(&self, wanted: &[(&DocAddress, &[u32])]) -> Result<Vec<Option<StoredArticle>>> {
        let read = |(article, passages): &(&DocAddress, &[u32])| match self
            .read_stored(**article, |n: usize| passages.contains(&(n as u32 + 1)))
        {
            Ok(read) => Ok(Some(read)),
            Err(error) if is_damage(&error) => Ok(None),
            Err(error) => Err(self.failed(&error)),
        };
        wanted.iter().map(read).collect()
    }

    fn unreadable(&self, words: &Arc<Atoms>) -> Result<Vec<String>> {
        let segments = self.searcher().segment_readers();
        let ordinal = |id| segments.iter().position(|segment| segment.segment_id() == id);
        let address = |(id, doc)| Some(DocAddress::new(u32::try_from(ordinal(id)?).ok()?, doc));
        let addresses: Vec<DocAddress> = words.unreadable().into_iter().filter_map(address).collect();
        let mut ids = self.ids(&addresses.iter().collect::<Vec<_>>())?;
        ids.sort_unstable();
        Ok(ids)
    }
}

impl Archive {
    /// The article with this id, its passages that are not as they were written marked as lost; none where the archive has
    /// no such article.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn article(&self, id: &str) -> Result<Option<StoredArticle>> {
        let query = TermQuery::new(Term::from_field_text(self.fields.id, id), IndexRecordOption::Basic);
        let found = self.searcher().search(&query, &DocSetCollector).map_err(|e| self.failed(&e))?;
        let Some(address) = found.into_iter().min() else { return Ok(None) };
        match self.read_stored(address, |_| true) {
            Ok(read) if read.id.0 == id => Ok(Some(read)),
            Err(error) if !is_damage(&error) => Err(self.failed(&error)),
            // where the store is damaged, another article may stand in its place
            _ => {
                let what = format!("the article {id} is not as it was written");
                Err(Error::Damaged { path: self.dir.clone(), what })
            }
        }
    }

    /// Reads an article; of its passages only those whose 0-based number is wanted carry their text.
    pub(super) fn read_stored(
        &self,
        address: DocAddress,
        is_wanted: impl Fn(usize) -> bool,
    ) -> tantivy::Result<StoredArticle> {
        self.stores.read(address)?.readable(is_wanted)
    }

    fn try_matching(&self, plan: &Plan<Arc<Atoms>>, wanted: Wanted) -> tantivy::Result<Matching<DocAddress>> {
        let asked = IndexQuery::new(plan, self.fields, self.analyzer, self.articles());
        let found = self.first(&asked, wanted)?;
        let tally = match found.matching.filter(|_| plan.dates.is_open()) {
            _ if !wanted.count => Tally::default(),
            Some(kept) => Tally { kept, ..Tally::default() },
            None => dates::tally(self.searcher(), &*asked.words, &plan.dates, wanted.order)?,
        };
        asked.check()?;
        Ok(Matching { articles: found.addresses, unsure: found.unsure, tally, partial: None })
    }

    /// The first articles that match.
    fn first(&self, asked: &IndexQuery, wanted: Wanted) -> tantivy::Result<Candidates> {
        let (searcher, Wanted { order, articles, count, exact }) = (self.searcher(), wanted);
        let addresses = match order {
            _ if articles == 0 => Vec::new(),
            // where all that match are looked at, they are counted on the way
            Order::Best if exact || (count && !candidates::skips(searcher, articles)) => {
                return candidates::best(&self.statistics, &*asked.all(), articles);
            }
            Order::Best => {
                let (query, others) = asked.loose();
                let unsure = others.min(articles);
                let found = candidates::best(&self.statistics, &*query, articles + unsure)?;
                return Ok(Candidates { matching: None, unsure, ..found });
            }
            Order::Id => candidates::first_by_id(searcher, &*asked.all(), articles)?,
            Order::Newest | Order::Oldest => dates::first_by_date(searcher, &*asked.all(), order, articles)?,
        };
        Ok(Candidates { addresses, ..Candidates::default() })
    }
}
