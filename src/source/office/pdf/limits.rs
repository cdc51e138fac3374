//! How much of a file is read.

/// Pages, at most.
pub(super) const PAGES: usize = 20_000;
/// Operators and glyphs of a file, at most: some 10,000 full pages.
const STEPS: u64 = 100_000_000;

/// What may still be read of a file.
#[derive(Debug)]
pub(super) struct ContentBudget {
    steps: u64,
    bytes: u64,
}

impl ContentBudget {
    /// Of a file whose content may unpack to so many bytes.
    pub fn new(bytes: u64) -> Self {
        Self { steps: STEPS, bytes }
    }

    /// Spends operators or glyphs; false where there are none left.
    pub fn spend(&mut self, steps: u64) -> bool {
        self.steps = self.steps.saturating_sub(steps);
        self.steps > 0
    }

    /// Takes bytes of content; false where there are none left.
    pub fn take(&mut self, bytes: usize) -> bool {
        self.bytes = self.bytes.saturating_sub(bytes as u64);
        self.bytes > 0
    }

    /// Bytes of content that are left.
    pub fn bytes(&self) -> usize {
        usize::try_from(self.bytes).unwrap_or(usize::MAX)
    }
}
