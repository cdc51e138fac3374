//! Filling the report.

use crate::error::{Reason, told};
use crate::index::FileEntry;
use crate::report::{Report, Skipped};

/// Warnings that a report quotes.
const QUOTED_WARNINGS: usize = 20;

impl Report {
    pub(super) fn warn(&mut self, path: &str, record: Option<u32>, warnings: impl IntoIterator<Item = String>) {
        let place = record.map_or(String::new(), |n| format!(": record {n}"));
        self.tell(warnings.into_iter().map(|warning| format!("{path}{place}: {warning}")));
    }

    /// Notes warnings that name their place themselves.
    pub(super) fn tell(&mut self, warnings: impl IntoIterator<Item = String>) {
        for warning in warnings {
            self.warnings += 1;
            if self.first_warnings.len() < QUOTED_WARNINGS {
                self.first_warnings.push(told(warning));
            }
        }
    }

    /// Counts files or records that are passed over for a reason.
    pub(super) fn skip(&mut self, reason: Reason, count: u64) {
        if count == 0 {
            return;
        }
        let (of, counts) = match reason.is_of_records() {
            true => ("records", &mut self.records),
            false => ("files", &mut self.files),
        };
        counts.skipped += count;
        match self.skipped.iter_mut().find(|known| known.reason == reason) {
            Some(known) => known.count += count,
            None => self.skipped.push(Skipped { reason, of, count }),
        }
    }

    /// Counts records of a file that hold no article, of which some are empty.
    pub(super) fn skip_records(&mut self, skipped: u32, empty: u32) {
        self.skip(Reason::EmptyRecord, u64::from(empty));
        self.skip(Reason::OtherRecord, u64::from(skipped.saturating_sub(empty)));
    }

    /// Counts a file that was read, with its articles before and after.
    pub(super) fn count_file(&mut self, known: bool, failed: bool, before: u32, after: u32) {
        let (before, after) = (u64::from(before), u64::from(after));
        match (failed, known) {
            (true, _) => self.files.failed += 1,
            (_, true) => self.files.replaced += 1,
            (_, false) => self.files.indexed += 1,
        }
        self.records.replaced += before.min(after);
        self.records.indexed += after.saturating_sub(before);
        self.records.removed += before.saturating_sub(after);
    }

    /// Counts records as skipped that this run had counted: newer ones have taken their places.
    pub(super) fn outdate(&mut self, count: u64) {
        let indexed = count.min(self.records.indexed);
        self.records.indexed -= indexed;
        self.records.replaced -= (count - indexed).min(self.records.replaced);
        self.skip(Reason::Superseded, count);
    }

    /// Counts records as skipped that were counted as they were: newer ones have taken their places.
    pub(super) fn outdate_kept(&mut self, count: u64) {
        let count = count.min(self.records.unchanged);
        self.records.unchanged -= count;
        self.skip(Reason::Superseded, count);
    }

    /// Counts a record as failed that was counted as indexed, since the archive did not take it.
    pub(super) fn refuse(&mut self) {
        let records = &mut self.records;
        records.failed += 1;
        if records.indexed > 0 {
            records.indexed -= 1;
        } else {
            records.replaced = records.replaced.saturating_sub(1);
            records.removed += 1;
        }
    }

    /// Counts a file that is as it was, and says again what failed in it.
    pub(super) fn keep(&mut self, shown: impl Fn() -> String, old: &FileEntry<'_>) {
        match old.reason {
            Some(reason) => self.skip(reason, 1),
            None if old.failed => self.files.failed += 1,
            None => self.files.unchanged += 1,
        }
        let failures = old.failures.len() as u64 + u64::from(old.untold);
        let is_the_file = old.failed && old.articles == 0 && failures == 1;
        self.records.failed += if is_the_file { 0 } else { failures };
        self.records.unchanged += u64::from(old.articles);
        self.skip_records(old.skipped, old.empty);
        self.skip(Reason::Superseded, u64::from(old.superseded()));
        old.failures.iter().for_each(|message| self.fail(shown(), message.to_string()));
        self.more_failures += u64::from(old.untold);
    }

    pub(super) fn finish(&mut self) {
        self.skipped.sort_by_key(|skipped| (std::cmp::Reverse(skipped.count), skipped.reason.names().0));
        for counts in [&mut self.files, &mut self.records] {
            counts.read = counts.indexed + counts.replaced + counts.unchanged + counts.skipped + counts.failed;
        }
    }
}
