//! The commands that are disturbed.

use super::archive::State;

/// What is there before the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Start {
    Nothing,
    /// An index of the old articles, some of which came by standard input.
    Indexed,
    /// One of several segments, in which articles were replaced and removed.
    Updated,
}

/// A command and what it meets.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    pub name: &'static str,
    pub args: &'static [&'static str],
    pub start: Start,
    /// What the folder of articles holds when it runs.
    pub articles: State,
    /// Whether articles come by standard input.
    pub streams: bool,
    /// Whether it writes to the index.
    pub writes: bool,
    /// Whether what counts of it counts at once.
    pub at_once: bool,
    /// Files that it writes beside the index.
    pub files: &'static [&'static str],
    /// The copy of the index that it makes.
    pub copy: Option<&'static str>,
}

impl Scenario {
    /// Whether it follows the folder, and the articles change meanwhile.
    pub fn watches(&self) -> bool {
        self.args.contains(&"--watch")
    }
}

const WRITER: Scenario = Scenario {
    name: "",
    args: &[],
    start: Start::Indexed,
    articles: State::New,
    streams: false,
    writes: true,
    at_once: true,
    files: &[],
    copy: None,
};

/// Commands that write to the index.
pub const WRITERS: &[Scenario] = &[
    Scenario {
        name: "build",
        args: &["index", "articles", "--threads", "1"],
        start: Start::Nothing,
        articles: State::Old,
        ..WRITER
    },
    Scenario { name: "update", args: &["index", "articles", "--threads", "1"], ..WRITER },
    Scenario {
        name: "steps",
        args: &["index", "articles", "--threads", "2", "--commit-every", "0"],
        at_once: false,
        ..WRITER
    },
    Scenario { name: "removal", args: &["index", "articles", "--threads", "1"], articles: State::Fewer, ..WRITER },
    Scenario { name: "stdin", args: &["index", "-", "--threads", "1"], articles: State::Old, streams: true, ..WRITER },
    Scenario { name: "compact", args: &["index", "--compact"], start: Start::Updated, ..WRITER },
    Scenario {
        name: "watch",
        args: &["index", "articles", "--threads", "1", "--watch", "--settle", "0.05"],
        articles: State::Old,
        ..WRITER
    },
];

const READER: Scenario = Scenario { start: Start::Updated, writes: false, ..WRITER };

/// Commands that read it.
pub const READERS: &[Scenario] = &[
    Scenario { name: "query", args: &["query", "harbour ferry", "--format", "jsonl", "-n", "20"], ..READER },
    Scenario { name: "batch", args: &["batch", "topics.tsv", "--format", "jsonl"], ..READER },
    Scenario { name: "check", args: &["check", "--format", "json"], ..READER },
    Scenario { name: "stats", args: &["stats", "--format", "json"], ..READER },
    Scenario { name: "list", args: &["list"], ..READER },
    Scenario { name: "outlets", args: &["outlets", "--format", "json"], ..READER },
    Scenario { name: "salvage", args: &["salvage"], ..READER },
    Scenario { name: "backup", args: &["backup", "copy"], copy: Some("copy"), ..READER },
    Scenario { name: "show", args: &["show", "r12"], ..READER },
    Scenario { name: "inspect", args: &["inspect", "articles/0/3.txt"], ..READER },
    Scenario {
        name: "eval",
        args: &[
            "eval",
            "--topics",
            "topics.tsv",
            "--qrels",
            "qrels.txt",
            "--baseline",
            "baseline.json",
            "--update-baseline",
            "--allow-drop",
            "--junit",
            "junit.xml",
        ],
        files: &["baseline.json", "junit.xml"],
        ..READER
    },
];
