//! Articles by the beginning of their ids, and by their files.

use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED, Term};

use super::archive::{Archive, is_damage};
use crate::error::Result;
use crate::hit::StoredArticle;
use crate::index::Manifest;

impl Archive {
    /// Ids that begin so, ascending; so many at most.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn ids_from(&self, beginning: &str, most: usize) -> Result<Vec<String>> {
        self.try_ids_from(beginning, most).map_err(|e| self.failed(&e))
    }

    fn try_ids_from(&self, beginning: &str, most: usize) -> tantivy::Result<Vec<String>> {
        let mut ids = Vec::new();
        for segment in self.searcher().segment_readers() {
            let index = segment.inverted_index(self.fields.id)?;
            let mut terms = index.terms().range().ge(beginning).into_stream()?;
            let mut found = 0;
            while found < most && terms.advance() && terms.key().starts_with(beginning.as_bytes()) {
                let mut postings = index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
                while postings.doc() != TERMINATED && segment.is_deleted(postings.doc()) {
                    postings.advance();
                }
                if postings.doc() != TERMINATED {
                    ids.push(String::from_utf8_lossy(terms.key()).into_owned());
                    found += 1;
                }
            }
        }
        ids.sort_unstable();
        ids.dedup();
        ids.truncate(most);
        Ok(ids)
    }

    /// Hands over the articles of a file, by its number in the manifest, without their texts; what is damaged is left out.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn each_of_file(&self, number: u64, take: &mut dyn FnMut(StoredArticle)) -> Result<()> {
        let query = TermQuery::new(Term::from_field_u64(self.fields.file, number), IndexRecordOption::Basic);
        let found = self.searcher().search(&query, &DocSetCollector).map_err(|e| self.failed(&e))?;
        let mut addresses: Vec<_> = found.into_iter().collect();
        addresses.sort_unstable();
        for address in addresses {
            match self.read_stored(address, |_| false) {
                Ok(article) => take(article),
                Err(error) if is_damage(&error) => {}
                Err(error) => return Err(self.failed(&error)),
            }
        }
        Ok(())
    }

    /// The files that the archive holds.
    ///
    /// # Errors
    /// Where their list cannot be read.
    pub(crate) fn manifest(&self) -> Result<Manifest> {
        self.snapshot.manifest()
    }
}
