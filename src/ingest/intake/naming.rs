//! What articles are called, and which of several with one id counts.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::loans::{CalledIn, Loans};
use super::open::OpenFile;
use crate::article::ArticleId;
use crate::engine::Update;
use crate::error::Result;
use crate::index::Manifest;
use crate::ingest::feeds::Age;
use crate::ingest::ids;
use crate::ingest::plan::{Job, Plan};
use crate::source::Feed;

/// The ids of a run: which were given out, and which files may still have them.
pub(super) struct Ids {
    /// Numbers of files whose articles this run takes out.
    leaving: HashSet<u64>,
    loans: Loans,
    /// Hashes of the ids given out in this run, but for those of
    taken: HashSet<[u8; 16]>,
    /// items of feeds, which have the number of their file beside them.
    items: HashMap<[u8; 16], u64>,
    /// Absolute paths of files that could not be read.
    unread: BTreeSet<PathBuf>,
}

/// What an article is called.
pub(super) struct GivenId {
    pub id: ArticleId,
    /// What is to be said where it asked for another id.
    pub warning: Option<String>,
}

/// What became of the id that a record asks for.
enum IdDecision {
    Granted,
    /// It is an item that a newer snapshot of the same feed has.
    Outdated,
    Taken,
}

/// Numbers of the files that have an article of an id.
struct Holders {
    /// They keep it so far.
    staying: Vec<u64>,
    /// They are still to be read anew in this run, or to be taken out at its end.
    lenders: Vec<u64>,
}

impl Ids {
    /// None given out.
    pub fn new(plan: &Plan) -> Self {
        Self {
            leaving: plan.leaving(),
            loans: Loans::new(plan.gone.iter().map(|old| old.number).collect()),
            taken: HashSet::new(),
            items: HashMap::new(),
            unread: plan.unreadable.iter().map(PathBuf::from).collect(),
        }
    }

    /// Bytes of memory that those given out take, about.
    pub fn bytes(&self) -> u64 {
        let ids = self.taken.capacity() * (size_of::<[u8; 16]>() + 1) * 8 / 7;
        let items = self.items.capacity() * (size_of::<([u8; 16], u64)>() + 1) * 8 / 7;
        (ids + items) as u64
    }

    /// Absolute paths of files that could not be read.
    pub fn into_unread(self) -> BTreeSet<PathBuf> {
        self.unread
    }

    /// Of what lies at or below this absolute path nothing is known this time.
    pub fn note_unread(&mut self, path: &str) {
        self.unread.insert(PathBuf::from(path));
    }

    /// A file was read: what it lent is the taker's.
    pub fn repay<U: Update>(&mut self, lender: u64, update: &mut U) {
        self.loans.repay(lender, update);
    }

    /// How many of these articles a file had before, and lent to those that have them.
    pub fn count_lent(&self, job: &Job, articles: &[(ArticleId, u64)]) -> u32 {
        let lent = job.old.map(|old| self.loans.lent(old.number)).unwrap_or_default();
        articles.iter().filter(|(id, _)| lent.contains(id)).count() as u32
    }

    /// Before a commit no two files have one id.
    pub fn settle<U: Update>(&mut self, update: &mut U) -> Result<()> {
        self.loans.settle(update)
    }

    /// A file could not be read: it keeps its articles, but for those whose ids others have been given meanwhile.
    pub fn call_in<U: Update>(&mut self, job: &Job, update: &mut U) -> Result<CalledIn> {
        self.unread.insert(PathBuf::from(job.key()));
        let Some(old) = job.old else { return Ok(CalledIn::default()) };
        self.leaving.remove(&old.number);
        let called = self.loans.call_in(old.number, update)?;
        self.items.extend(called.returned.iter().map(|id| (ids::key(&id.0), old.number)));
        Ok(called)
    }

    /// The id that a record of the open file asks for, or the one its place gives, whichever is free; none where it is an
    /// item that a newer snapshot of the same feed has. An item whose id another feed has is called after its own feed, so
    /// that later snapshots replace it.
    pub fn name<U: Update>(
        &mut self,
        update: &U,
        open: &mut OpenFile,
        job: &Job,
        own: Option<ArticleId>,
        spare: &ArticleId,
    ) -> Result<Option<GivenId>> {
        let mut warning = None;
        if let Some(own) = own {
            match self.ask_for(update, open, &own, job)? {
                IdDecision::Granted => return Ok(Some(GivenId { id: own, warning: None })),
                IdDecision::Outdated => return Ok(None),
                IdDecision::Taken => {}
            }
            if let Some(ours) = of_feed(open, &own) {
                match self.ask_for(update, open, &ours, job)? {
                    IdDecision::Granted => return Ok(Some(GivenId { warning: Some(taken(&own, &ours)), id: ours })),
                    IdDecision::Outdated => return Ok(None),
                    IdDecision::Taken => {}
                }
            }
            warning = Some(taken(&own, spare));
        }
        let mut id = spare.clone();
        let mut again = 2;
        while !self.claim(update, open, &id, job)? {
            id = ArticleId(format!("{spare}~{again}"));
            again += 1;
        }
        Ok(Some(GivenId { id, warning }))
    }

    /// Asks for an id that a record brings.
    fn ask_for<U: Update>(&mut self, update: &U, open: &mut OpenFile, id: &ArticleId, job: &Job) -> Result<IdDecision> {
        match open.snapshot.clone() {
            Some((feed, age)) => self.claim_item(update, open, id, job, (feed, &age)),
            None if self.claim(update, open, id, job)? => Ok(IdDecision::Granted),
            None => Ok(IdDecision::Taken),
        }
    }

    /// The same for an item of a feed: of those with one id the one in the newest snapshot counts.
    fn claim_item<U: Update>(
        &mut self,
        update: &U,
        open: &mut OpenFile,
        id: &ArticleId,
        job: &Job,
        (feed, age): (Feed, &Age),
    ) -> Result<IdDecision> {
        let key = ids::key(&id.0);
        let is_first = open.brought.insert(key);
        if !is_first || self.taken.contains(&key) {
            return Ok(IdDecision::Taken);
        }
        let Holders { staying: rivals, lenders } = self.rivals(update, open, id, key, job)?;
        for &rival in &rivals {
            let entry = update.files().file_by_number(rival);
            let other = entry.and_then(|entry| Some((entry.snapshot?, entry.path)));
            match other.filter(|(snapshot, _)| snapshot.feed == feed.key) {
                None => return Ok(IdDecision::Taken),
                Some((snapshot, path)) if Age::new(snapshot.built, &path) > *age => {
                    open.outdated += 1;
                    return Ok(IdDecision::Outdated);
                }
                Some(_) => {}
            }
        }
        open.superseded.extend(rivals.into_iter().map(|rival| (id.clone(), rival)));
        self.items.insert(key, open.number);
        self.borrow(id, open, lenders);
        Ok(IdDecision::Granted)
    }

    /// The other files that have an article of this id.
    fn rivals<U: Update>(
        &self,
        update: &U,
        open: &mut OpenFile,
        id: &ArticleId,
        key: [u8; 16],
        job: &Job,
    ) -> Result<Holders> {
        let manifest = update.files();
        // a file that was given up has nothing
        if let Some(&file) = self.items.get(&key).filter(|file| manifest.file_by_number(**file).is_some()) {
            return Ok(Holders { staying: vec![file], lenders: Vec::new() });
        }
        self.holders(update, open, id, job)
    }

    /// The same, as of the last commit.
    fn holders<U: Update>(&self, update: &U, open: &mut OpenFile, id: &ArticleId, job: &Job) -> Result<Holders> {
        let mut holders = update.holders_of(&id.0)?;
        let own = job.old.as_ref().map(|old| old.number);
        let manifest = update.files();
        // what was forgotten just now may still be seen
        holders.retain(|holder| Some(*holder) != own && manifest.file_by_number(*holder).is_some());
        let (lenders, staying): (Vec<u64>, Vec<u64>) =
            holders.into_iter().partition(|holder| self.leaving.contains(holder));
        open.in_doubt |= self.is_doubtful(manifest, &staying);
        Ok(Holders { staying, lenders })
    }

    /// Whether an id is free depends on files that could not be read this time: the next run asks again.
    fn is_doubtful(&self, manifest: &Manifest, staying: &[u64]) -> bool {
        let is_unread = |path: &str| self.unread.iter().any(|unread| Path::new(path).starts_with(unread));
        let mut paths = staying.iter().filter_map(|holder| manifest.file_by_number(*holder));
        paths.any(|file| is_unread(&file.path))
    }

    /// Whether an id is free; if so, it is taken from now on. What comes by standard input replaces what came by it before
    /// under the same id.
    fn claim<U: Update>(&mut self, update: &U, open: &mut OpenFile, id: &ArticleId, job: &Job) -> Result<bool> {
        let key = ids::key(&id.0);
        if self.taken.contains(&key) || self.items.contains_key(&key) {
            return Ok(false);
        }
        let Holders { staying: holders, lenders } = self.holders(update, open, id, job)?;
        let is_stream = |holder: &u64| update.files().file_by_number(*holder).is_some_and(|file| file.is_stream());
        if !holders.iter().all(|holder| job.is_stream() && is_stream(holder)) {
            return Ok(false);
        }
        open.superseded.extend(holders.into_iter().map(|holder| (id.clone(), holder)));
        self.taken.insert(key);
        self.borrow(id, open, lenders);
        Ok(true)
    }

    /// The open file was granted an id that others have until they were read, or that are gone.
    fn borrow(&mut self, id: &ArticleId, open: &mut OpenFile, lenders: Vec<u64>) {
        if let Some(gone) = lenders.iter().find(|lender| self.loans.is_gone(**lender)) {
            *open.inherited.entry(*gone).or_default() += 1;
        }
        self.loans.note(id, open.number, lenders);
    }
}

/// What an item is called whose id another feed has; none where the file is no snapshot of a feed.
fn of_feed(open: &OpenFile, own: &ArticleId) -> Option<ArticleId> {
    let (feed, _) = open.snapshot.as_ref()?;
    Some(ArticleId(format!("{own}~{:08x}", feed.key as u32)))
}

fn taken(own: &ArticleId, given: &ArticleId) -> String {
    format!("id {own} is taken by another record; indexed as {given}")
}
