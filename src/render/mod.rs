//! Hits, articles and reports -> bytes for a medium, each escaped for it. Knows no engine.

pub mod article;
pub mod checkup;
pub mod citation;
pub mod compare;
pub mod csv;
mod dates;
pub mod eval;
pub mod explain;
mod format;
pub mod gate;
pub mod guide;
mod hit_text;
pub mod hits;
pub mod inspect;
pub mod json;
pub mod list;
mod look;
mod markdown;
mod marks;
pub mod numbers;
pub mod record;
pub mod report;
pub mod stats;
pub mod terminal;

pub use format::Format;
pub use look::Look;
pub use marks::Marks;
pub use numbers::grouped;
