//! What articles are called, and which of several with one id counts.

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

impl<U: Update> Intake<'_, U> {
    /// The id that a record asks for, or the one its place gives, whichever is free; none where it is an item that a newer
    /// snapshot of the same feed has.
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
            let warning = format!("id {own} is taken by another record; indexed as {spare}");
            self.report.warn(&job.shown(), number, vec![warning]);
        }
        let mut id = spare.clone();
        let mut again = 2;
        while !self.claim(&id, job)? {
            id = ArticleId(format!("{spare}~{again}"));
            again += 1;
        }
        Ok(Some(id))
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
        let rivals = self.rivals(id, key, job)?;
        for &rival in &rivals {
            let entry = self.update.manifest_mut().file_by_number(rival);
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
        Ok(Answer::Granted)
    }

    /// Numbers of the other files that have an article of this id and keep it so far.
    fn rivals(&mut self, id: &ArticleId, key: [u8; 16], job: &Job) -> Result<Vec<u64>> {
        let manifest = self.update.manifest_mut();
        // a file that was given up has nothing
        if let Some(&file) = self.items.get(&key).filter(|file| manifest.file_by_number(**file).is_some()) {
            return Ok(vec![file]);
        }
        self.holders(id, job)
    }

    /// The same, as of the last commit.
    fn holders(&mut self, id: &ArticleId, job: &Job) -> Result<Vec<u64>> {
        let mut holders = self.update.holders_of(&id.0)?;
        let own = job.old.as_ref().map(|old| old.number);
        let manifest = self.update.manifest_mut();
        // what was forgotten just now may still be seen
        let stays = |holder: &u64| !self.leaving.contains(holder) && manifest.file_by_number(*holder).is_some();
        holders.retain(|holder| Some(*holder) != own && stays(holder));
        Ok(holders)
    }

    /// Whether an id is free; if so, it is taken from now on.
    fn claim(&mut self, id: &ArticleId, job: &Job) -> Result<bool> {
        let key = ids::key(&id.0);
        if self.taken.contains(&key) || self.items.contains_key(&key) {
            return Ok(false);
        }
        let holders = self.holders(id, job)?;
        if !holders.iter().all(|&holder| self.supersedes(job, holder)) {
            return Ok(false);
        }
        if let Some(open) = &mut self.open {
            open.superseded.extend(holders.into_iter().map(|holder| (id.clone(), holder)));
        }
        self.taken.insert(key);
        Ok(true)
    }

    /// What comes by standard input replaces what came by it before under the same id.
    fn supersedes(&mut self, job: &Job, holder: u64) -> bool {
        job.is_stream() && self.update.manifest_mut().file_by_number(holder).is_some_and(|file| file.is_stream())
    }
}
