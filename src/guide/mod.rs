//! The user's guides: each is a page here, and what `dateline guide NAME` prints.
//!
//! The pages are Markdown files beside this one. Every output shown in a `console` block is the true one:
//! `tests/cli/guide.rs` follows the commands and compares.

/// A page to read from beginning to end.
#[derive(Clone, Copy, Debug)]
pub struct Guide {
    /// What `dateline guide` calls it.
    pub name: &'static str,
    /// What it is about, in a line.
    pub about: &'static str,
    /// The page, in Markdown.
    pub text: &'static str,
}

macro_rules! guides {
    ($($module:ident, $name:literal, $about:literal;)*) => {
        $(
            #[doc = include_str!(concat!($name, ".md"))]
            pub mod $module {}
        )*

        /// All guides.
        pub static GUIDES: &[Guide] =
            &[$(Guide { name: $name, about: $about, text: include_str!(concat!($name, ".md")) }),*];
    };
}

guides! {
    coming_from_elsewhere, "coming-from-elsewhere",
        "type what you typed in Nexis, Westlaw, Factiva, ProQuest, EBSCO, Europresse, Google or Lucene";
    keeping_an_archive, "keeping-an-archive",
        "know of damage, keep a copy, and save what can be read when a disk has failed";
    past_one_machine, "past-one-machine",
        "move an archive to a cluster, size it from what was measured, and know what breaks first";
    testing_your_ranking, "testing-your-ranking",
        "measure a ranking, compare two, and hold a build to what was reached";
    working_with_hits, "working-with-hits",
        "go on from a hit: read it, open it, cite it, page on, and take hits and articles elsewhere";
}

/// The guide of this name.
pub fn find(name: &str) -> Option<&'static Guide> {
    GUIDES.iter().find(|guide| guide.name == name)
}
