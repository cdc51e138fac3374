//! temp
mod date;
mod grammar;
mod request;
mod stopwords;
pub mod tree;
mod weights;

pub use date::{DateRange, parse_day};
pub use grammar::{parse, plain, read};
pub use request::{SearchRequest, Sort, Unit};
pub(crate) use stopwords::is_stopword;
pub use tree::Query;
pub use weights::Weights;
