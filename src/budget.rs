//! What a run may hold of the machine's memory, and who has which share of it.

/// No run gets along with less for what it reads, whatever its lists of files take: 32 MiB.
const LEAST: u64 = 32 << 20;
/// tantivy takes no less for an indexing thread: 16 MiB.
const LEAST_OF_A_THREAD: u64 = 16 << 20;
/// tantivy takes no more for an indexing thread, as places in it are numbers of 32 bits: a little below 4 GiB.
const MOST_OF_A_THREAD: u64 = (4 << 30) - (16 << 20);
/// A merge holds maps of its articles and a piece of each segment's dictionaries: 8 MiB, beside a segment that fills.
const MERGE: u64 = 8 << 20;
/// In no room at all everything would have its place: 1 MiB.
const LEAST_WAITING: u64 = 1 << 20;

/// Bytes of memory for a run, its lists of files among them. The shares are of what the lists leave; what is in nobody's is
/// for segments on their way to the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    bytes: u64,
    lists: u64,
    record: u64,
}

impl Budget {
    /// So many bytes, all of them still to be shared out.
    pub const fn new(bytes: u64) -> Self {
        Self { bytes, lists: 0, record: bytes / 3 * 2 }
    }

    /// The same where the lists of files take so many bytes.
    #[must_use]
    pub const fn with_lists(self, lists: u64) -> Self {
        Self { lists, ..self }
    }

    /// The same where no more than so many bytes can be had at all, not for a moment: a record may take a third of them, since
    /// one of words of a letter each takes twice what it is charged.
    #[must_use]
    pub fn of_no_more_than(self, bytes: u64) -> Self {
        Self { record: self.record.min(bytes / 3), ..self }
    }

    /// All bytes.
    pub const fn bytes(self) -> u64 {
        self.bytes
    }

    /// Records that are being read and extracted: an eighth.
    pub fn reading(self) -> u64 {
        self.left().max(LEAST) / 8
    }

    /// A single record, while it is read and extracted: two thirds, which is what indexing leaves, where no limit says less. No
    /// list takes of it, so that the same record fits whatever else the archive holds.
    pub const fn of_a_record(self) -> u64 {
        self.record
    }

    /// Articles that wait for an indexing thread: a sixteenth.
    pub fn waiting(self) -> u64 {
        (self.left() / 16).max(LEAST_WAITING)
    }

    /// What each of so many indexing threads may fill before it writes a segment: together a third without what a
    /// merge holds, each less than 4 GiB.
    pub fn indexing(self, threads: usize) -> u64 {
        ((self.left() / 3).saturating_sub(MERGE) / threads.max(1) as u64).clamp(LEAST_OF_A_THREAD, MOST_OF_A_THREAD)
    }

    /// Articles that wait to be sent to a cluster: a quarter.
    pub fn sending(self) -> u64 {
        self.left() / 4
    }

    fn left(self) -> u64 {
        self.bytes.saturating_sub(self.lists)
    }
}

/// 512 MiB.
impl Default for Budget {
    fn default() -> Self {
        Self::new(512 << 20)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_what_the_lists_leave() {
        const MIB: u64 = 1 << 20;
        // memory; lists; reading, waiting, indexing in each of two threads, sending
        for (memory, lists, shares) in [
            (512, 0, [64, 32, 81, 128]),
            (512, 256, [32, 16, 38, 64]),
            (64, 0, [8, 4, 16, 16]),
            (64, 60, [4, 1, 16, 1]),
            (64, 100, [4, 1, 16, 0]),
            (0, 0, [4, 1, 16, 0]),
            (65_536, 0, [8192, 4096, 4080, 16_384]),
        ] {
            let budget = Budget::new(memory * MIB).with_lists(lists * MIB);
            let records = [budget, budget.of_no_more_than(memory * MIB)].map(|budget| budget.of_a_record() / MIB);
            assert_eq!(records, [memory * 2 / 3, memory / 3], "{memory} MiB");
            let given = [budget.reading(), budget.waiting(), budget.indexing(2), budget.sending()];
            assert_eq!(given.map(|bytes| bytes / MIB), shares, "{memory} MiB, lists of {lists}");
            assert!(given.iter().sum::<u64>() <= budget.bytes().max(150 * MIB));
        }
    }
}
