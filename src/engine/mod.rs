//! The one door: every caller searches, reads and writes an archive through [`Engine`].

mod check;
mod current;
mod local;
mod named;
#[cfg(feature = "opensearch")]
pub mod remote;

pub use check::{CheckProgress, check};
pub use local::{Listed, LocalEngine, LocalUpdate};
pub use named::{Cited, CitedPlace};

use crate::analysis::Language;
use crate::article::{Article, ArticleId, Span};
use crate::error::Result;
use crate::hit::{RankResponse, SearchResponse, StoredArticle};
pub use crate::index::{Backup, Provenance, Salvage, backup, salvage};
use crate::index::{FileEntry, Manifest, RootEntry};
use crate::query::SearchRequest;
use crate::stats::{Part, Stats};

/// An archive that answers searches.
pub trait Engine: Send + Sync {
    /// Ranks passages or articles for a request.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    fn search(&self, request: &SearchRequest) -> Result<SearchResponse>;

    /// Ranks passages or articles for a request, and says no more of them than what a run needs: nothing is counted,
    /// read from the store or highlighted.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    fn rank(&self, request: &SearchRequest) -> Result<RankResponse>;

    /// The article with this id, all its passages with it; none where the archive has no such article.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    fn article(&self, id: &str) -> Result<Option<StoredArticle>>;

    /// Ids of articles that begin so, ascending; so many at most.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    fn ids_from(&self, beginning: &str, most: usize) -> Result<Vec<String>>;

    /// What stands in a place, ascending; so much at most.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    fn cited(&self, place: CitedPlace<'_>, most: usize) -> Result<Vec<Cited>>;

    /// The language of the articles.
    fn language(&self) -> Language;

    /// Articles in the archive.
    fn articles(&self) -> u64;

    /// What the archive holds, in numbers.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    fn stats(&self) -> Result<Stats>;

    /// The outlets and how many articles each has, the most first, ties by name.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    fn outlets(&self) -> Result<Vec<Part>>;

    /// A hash of all that was indexed: the same for the same files, wherever they stand. 64 hexadecimal digits.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    fn fingerprint(&self) -> Result<String>;

    /// Looks at the last commit from now on; says whether something was committed since. An engine looks at one commit, that
    /// at which it was opened, until it is told to look anew; a search under way ends on the commit that it began with.
    ///
    /// # Errors
    /// Where the archive cannot be read; the engine then goes on with the commit that it has.
    fn refresh(&self) -> Result<bool>;
}

/// An article that the archive did not take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Number of its file.
    pub file: u64,
    /// The article.
    pub id: ArticleId,
    /// What the archive said.
    pub why: String,
}

/// A change to an archive: nothing of it counts before [`commit`](Update::commit), and all of it counts after.
pub trait Update {
    /// An article made ready for the archive, but for its id.
    type Prepared: Send;

    /// Makes an article ready; called on many threads. `to_file` turns ascending spans of the record's text into
    /// spans of the file; none where there is no way back.
    fn prepare(
        article: Article,
        from: Provenance<'_>,
        to_file: &dyn Fn(&[Span]) -> Option<Vec<Span>>,
    ) -> Self::Prepared;

    /// The language of the articles.
    fn language(&self) -> Language;

    /// The files that the archive holds, as they will be with the next commit.
    fn files(&self) -> &Manifest;

    /// A number that no file of this archive had.
    fn take_number(&mut self) -> u64;

    /// Adds a file to the list, or replaces its entry; its articles come by [`put`](Update::put).
    fn enter(&mut self, entry: &FileEntry<'_>);

    /// Takes out a file and its articles. One that was not entered has articles only.
    fn remove_file(&mut self, number: u64);

    /// Adds or replaces a root.
    fn enter_root(&mut self, root: RootEntry);

    /// Forgets a root; its files stay.
    fn remove_root(&mut self, path: &str);

    /// From now on a run's lists of files take so many bytes of the memory that it was given.
    fn leave(&mut self, _lists: u64) {}

    /// Says which ids will be asked for soon, so that they can be looked up together.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    fn expect(&mut self, _ids: &[String]) -> Result<()> {
        Ok(())
    }

    /// Numbers of the files whose articles had this id at the last commit, ascending.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    fn holders_of(&self, id: &str) -> Result<Vec<u64>>;

    /// Adds an article of the file with this number.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    fn put(&mut self, file: u64, id: &ArticleId, article: Self::Prepared) -> Result<()>;

    /// Takes out one article of the file with this number; its entry stays as it is.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    fn remove_article(&mut self, file: u64, id: &ArticleId) -> Result<()>;

    /// Waits until what was added is with the archive, and gives what it did not take; asked before each commit.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    fn refused(&mut self) -> Result<Vec<Refused>> {
        Ok(Vec::new())
    }

    /// Makes everything since the last commit count.
    ///
    /// # Errors
    /// Where the archive cannot be written; it then stands at the last commit.
    fn commit(&mut self) -> Result<()>;

    /// Gives back the room of what was replaced and removed, and lets go of the archive: afterwards the same articles
    /// give the same answers to the last bit, whatever their history. Searches go on meanwhile.
    ///
    /// # Errors
    /// Where the archive cannot be written; the last commit stands.
    fn compact(self) -> Result<()>;

    /// Lets go of the archive.
    ///
    /// # Errors
    /// Where clearing up failed; the last commit stands.
    fn close(self) -> Result<()>;
}
