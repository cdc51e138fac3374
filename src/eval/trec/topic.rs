//! A topic, the forms that topics are written in, and what may be wrong with one.

use std::io;

/// A question with an id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topic {
    /// What runs and qrels call it; no blanks in it.
    pub id: String,
    /// The question, as it was written.
    pub text: String,
    /// What else the articles must be.
    pub filters: Filters,
    /// The time whose articles are favoured, as the flag takes it: `2022-07~10`.
    pub around: Option<String>,
    /// The most hits wanted, where the topic says so.
    pub n: Option<usize>,
    /// The constants of the score that it sets, as the flag takes them: `passage=0.6,lead=0`.
    pub weights: Option<String>,
    /// What stands beside the question and is not asked: a narrative, metadata. Each key once in a file.
    pub aside: Vec<String>,
    /// Where it stands: its file and the line there, 1-based, as messages begin.
    pub place: String,
}

/// What a topic asks for beside its words; each as the flag of that name takes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Of each outlet that will do its name, or words of it; all where there are none.
    pub outlets: Vec<String>,
    /// The first day, month or year.
    pub after: Option<String>,
    /// The last one.
    pub before: Option<String>,
}

/// How a file of topics is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TopicFormat {
    /// A line a topic: id, tab, question; a line of column names may stand first.
    Tsv,
    /// A line an object: `{"id": …, "query": …, "n": …, "outlet": …, "after": …, "before": …, "around": …, "weights": {…}}`; outlets may
    /// be a list, and filters may stand below `filters`. Unknown keys are errors.
    Jsonl,
    /// A first line of column names (the same, `weights` as the flag takes them), with commas, semicolons or tabs between.
    Csv,
    /// `<top> <num> Number: 301 <title> … <desc> Description: … </top>`, or the same as XML.
    Trec,
}

impl TopicFormat {
    /// All formats, by the name that flags and messages give them.
    pub const NAMED: &'static [(&'static str, Self)] =
        &[("tsv", Self::Tsv), ("jsonl", Self::Jsonl), ("csv", Self::Csv), ("trec", Self::Trec)];
}

/// How topics are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TopicOptions {
    /// The format; none to tell it by the first line that is not blank.
    pub format: Option<TopicFormat>,
    /// Whether a topic's description is asked together with its title.
    pub description: bool,
}

/// What a format makes of a topic's place: the topic, or what is wrong.
pub(super) type ReadTopic = (usize, std::result::Result<Topic, Wrong>);

/// A line of a file of topics, or why there is none.
pub(super) type Line = std::result::Result<String, Wrong>;

/// Why a topic could not be read.
pub(super) enum Wrong {
    /// The file gave out.
    Io(io::Error),
    /// What is wrong, and the way out.
    Text(String, &'static str),
}

/// The most bytes that a topic has in its file, with all that stands beside its question: a mebibyte.
pub(super) const LONGEST: u64 = 1 << 20;

pub(super) fn too_long() -> Wrong {
    wrong("a topic of more than 1 MiB", "write shorter ones, each on a line of its own")
}

pub(super) fn wrong(what: impl Into<String>, way_out: &'static str) -> Wrong {
    Wrong::Text(what.into(), way_out)
}
