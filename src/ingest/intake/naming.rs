//! What articles are called, and which of several with one id counts.

use std::path::Path;

use super::super::feeds::Age;
use super::super::ids;
use super::super::plan::Job;
use super::Intake;
use crate::article::ArticleId;
use crate::engine::Update;
use crate::error::Result;
use crate::source::Feed;

/// What became of the id that a record asks for.
enum Answer {
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

impl<U: Update> Intake<'_, U> {
    /// The id that a record asks for, or the one its place gives, whichever is free; none where it is an item that a newer
    /// snapshot of the same feed has. An item whose id another feed has is called after its own feed, so that later
    /// snapshots replace it.
    pub(super) fn name(
        &mut self,
        job: &Job,
        own: Option<ArticleId>,
        spare: ArticleId,
        number: Option<u32>,
    ) -> Result<Option<ArticleId>> {
        if let Some(own) = own {
            match self.ask_for(&own, job)? {
                Answer::Granted => return Ok(Some(own)),
                Answer::Outdated => return Ok(None),
                Answer::Taken => {}
            }
            if let Some(ours) = self.of_feed(&own) {
                match self.ask_for(&ours, job)? {
                    Answer::Granted => {
                        self.warn_taken(job, number, &own, &ours);
                        return Ok(Some(ours));
                    }
                    Answer::Outdated => return Ok(None),
                    Answer::Taken => {}
                }
            }
            self.warn_taken(job, number, &own, &spare);
        }
        let mut id = spare.clone();
        let mut again = 2;
        while !self.claim(&id, job)? {
            id = ArticleId(format!("{spare}~{again}"));
            again += 1;
        }
        Ok(Some(id))
    }

    /// What an item is called whose id another feed has; none where the file is no snapshot of a feed.
    fn of_feed(&self, own: &ArticleId) -> Option<ArticleId> {
        let (feed, _) = self.open.as_ref()?.snapshot.as_ref()?;
        Some(ArticleId(format!("{own}~{:08x}", feed.key as u32)))
    }

    fn warn_taken(&mut self, job: &Job, number: Option<u32>, own: &ArticleId, given: &ArticleId) {
        let warning = format!("id {own} is taken by another record; indexed as {given}");
        self.report.warn(&job.shown(), number, vec![warning]);
    }

    /// Asks for an id that a record brings.
    fn ask_for(&mut self, id: &ArticleId, job: &Job) -> Result<Answer> {
        match self.open.as_ref().and_then(|open| open.snapshot.clone()) {
            Some((feed, age)) => self.claim_item(id, job, feed, &age),
            None if self.claim(id, job)? => Ok(Answer::Granted),
            None => Ok(Answer::Taken),
        }
    }

    /// The same for an item of a feed: of those with one id the one in the newest snapshot counts.
    fn claim_item(&mut self, id: &ArticleId, job: &Job, feed: Feed, age: &Age) -> Result<Answer> {
        let key = ids::key(&id.0);
        let is_first = self.open.as_mut().is_some_and(|open| open.brought.insert(key));
        if !is_first || self.taken.contains(&key) {
            return Ok(Answer::Taken);
        }
        let Holders { staying: rivals, lenders } = self.rivals(id, key, job)?;
        for &rival in &rivals {
            let entry = self.update.files().file_by_number(rival);
            let other = entry.and_then(|entry| Some((entry.snapshot?, entry.path)));
            match other.filter(|(snapshot, _)| snapshot.feed == feed.key) {
                None => return Ok(Answer::Taken),
                Some((snapshot, path)) if Age::new(snapshot.built, &path) > *age => {
                    self.open.iter_mut().for_each(|open| open.outdated += 1);
                    return Ok(Answer::Outdated);
                }
                Some(_) => {}
            }
        }
        if let Some(open) = &mut self.open {
            open.superseded.extend(rivals.into_iter().map(|rival| (id.clone(), rival)));
            self.items.insert(key, open.number);
        }
        self.note_loans(id, lenders);
        Ok(Answer::Granted)
    }

    /// The other files that have an article of this id.
    fn rivals(&mut self, id: &ArticleId, key: [u8; 16], job: &Job) -> Result<Holders> {
        let manifest = self.update.files();
        // a file that was given up has nothing
        if let Some(&file) = self.items.get(&key).filter(|file| manifest.file_by_number(**file).is_some()) {
            return Ok(Holders { staying: vec![file], lenders: Vec::new() });
        }
        self.holders(id, job)
    }

    /// The same, as of the last commit.
    fn holders(&mut self, id: &ArticleId, job: &Job) -> Result<Holders> {
        let mut holders = self.update.holders_of(&id.0)?;
        let own = job.old.as_ref().map(|old| old.number);
        let manifest = self.update.files();
        // what was forgotten just now may still be seen
        holders.retain(|holder| Some(*holder) != own && manifest.file_by_number(*holder).is_some());
        let (lenders, staying): (Vec<u64>, Vec<u64>) =
            holders.into_iter().partition(|holder| self.leaving.contains(holder));
        self.note_doubt(&staying);
        Ok(Holders { staying, lenders })
    }

    /// Whether an id is free depends on files that could not be read this time: the next run asks again.
    fn note_doubt(&mut self, staying: &[u64]) {
        let manifest = self.update.files();
        let is_unread = |path: &str| self.unread.iter().any(|unread| Path::new(path).starts_with(unread));
        let mut paths = staying.iter().filter_map(|holder| manifest.file_by_number(*holder));
        if paths.any(|file| is_unread(&file.path)) {
            self.open.iter_mut().for_each(|open| open.in_doubt = true);
        }
    }

    /// Whether an id is free; if so, it is taken from now on.
    fn claim(&mut self, id: &ArticleId, job: &Job) -> Result<bool> {
        let key = ids::key(&id.0);
        if self.taken.contains(&key) || self.items.contains_key(&key) {
            return Ok(false);
        }
        let Holders { staying: holders, lenders } = self.holders(id, job)?;
        if !holders.iter().all(|&holder| self.supersedes(job, holder)) {
            return Ok(false);
        }
        if let Some(open) = &mut self.open {
            open.superseded.extend(holders.into_iter().map(|holder| (id.clone(), holder)));
        }
        self.taken.insert(key);
        self.note_loans(id, lenders);
        Ok(true)
    }

    /// What comes by standard input replaces what came by it before under the same id.
    fn supersedes(&mut self, job: &Job, holder: u64) -> bool {
        job.is_stream() && self.update.files().file_by_number(holder).is_some_and(|file| file.is_stream())
    }
}
