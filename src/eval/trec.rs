//! The formats of the Text REtrieval Conference and their kin, in one place: topics, runs, qrels.
//!
//! - A **topic** is a question with an id: TSV, JSON lines, CSV, or TREC's own markup ([`topics()`]).
//! - A **run** is what a system answered, `topic Q0 docno rank score tag` ([`Run`], [`RunWriter`]). As in trec_eval the
//!   score alone orders the documents of a topic, equal scores fall by docno, descending, and the rank column is not
//!   looked at. A document that stands twice in a topic is an error, as it is there.
//! - **Qrels** are a person's judgments, `topic iteration docno grade` ([`Qrels`]).

mod falling;
mod keys;
mod line_ends;
mod markup;
mod objects;
mod once;
mod qrels;
mod run;
mod table;
mod text;
mod topic;
mod topics;
mod writer;

use std::cmp::Ordering;

pub use qrels::{Judgments, Qrels};
pub use run::{Ranked, Run};
pub use topic::{Filters, Topic, TopicFormat, TopicOptions};
pub use topics::{Topics, topics};
pub use writer::RunWriter;

/// Orders topic ids as people count: numbers by value and before names, names by their letters.
pub fn by_topic(a: &str, b: &str) -> Ordering {
    let key = |id: &str| match id.parse::<u64>() {
        Ok(number) => (false, number),
        Err(_) => (true, 0),
    };
    key(a).cmp(&key(b)).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::by_topic;

    #[test]
    fn topics_are_ordered_as_people_count() {
        let mut ids = ["q2", "10", "q10", "9", "09", "1a", ""];
        ids.sort_unstable_by(|a, b| by_topic(a, b));
        assert_eq!(ids, ["09", "9", "10", "", "1a", "q10", "q2"]);
    }
}
