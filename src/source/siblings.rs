//! What the other records of a file tell of one.

use std::fmt;
use std::sync::OnceLock;

use crate::lexicon::DateOrder;

/// Looks through all records of a file for their order.
type OrderFinder = Box<dyn Fn() -> Option<DateOrder> + Send + Sync>;

/// What the records of a file tell together. The file is looked through once more where somebody asks, and once only, so
/// that the answer is the same for all of its records, whatever was read of it by then.
#[derive(Default)]
pub struct Siblings {
    look: Option<OrderFinder>,
    order: OnceLock<Option<DateOrder>>,
}

impl Siblings {
    /// Those that a look finds.
    pub(super) fn new(look: impl Fn() -> Option<DateOrder> + Send + Sync + 'static) -> Self {
        Self { look: Some(Box::new(look)), order: OnceLock::new() }
    }

    /// Which way round the dates of the file stand, by those that can be read in one way only; none where there is none such,
    /// where two differ, and where the file cannot be read again.
    pub fn date_order(&self) -> Option<DateOrder> {
        *self.order.get_or_init(|| self.look.as_ref()?())
    }
}

impl fmt::Debug for Siblings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Siblings").field("order", &self.order).finish_non_exhaustive()
    }
}
