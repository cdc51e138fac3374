//! What users state of their files: the flags that `dateline index` and `dateline inspect` share.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use dateline::article::NewsDate;
use dateline::overrides::{Overrides, Sources};
use dateline::source::DateOrder;

/// Flags that state fields. A flag goes before the file of fields, that before a text's front matter, that before the
/// pattern, and all of them before what the document says; what loses is shown as an alternative.
#[derive(clap::Args)]
#[command(next_help_heading = "Stating fields (first wins: flag, --fields, front matter, --pattern, the document)")]
pub(crate) struct StatingArgs {
    /// The outlet of every article, as it is to be written
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    outlet: Option<String>,
    /// The date of every article: 2018-06-27, as precise as it is known (2018, 2018-06, 2018-06-27T22:36+04:00)
    #[arg(long, value_name = "DATE")]
    date: Option<NewsDate>,
    /// A file of fields: which paths, and what is stated of them
    ///
    /// CSV whose first line names the columns, path and any of outlet, date, headline, byline, url; or, where the name
    /// ends in .toml, tables [[files]] with these keys. A path counts from the indexed folder; * stands for any
    /// characters of a name, **/ for any folders, ** also for /. Of several lines that mean a file, the last that has a
    /// field gives it.
    #[arg(long, value_name = "FILE")]
    fields: Option<PathBuf>,
    /// What paths state, such as '{outlet}/{date}-*.txt': {outlet}, {date}, {headline}, {byline}, * and **
    ///
    /// Paths count from the indexed folder. {date} reads 2018-06-27, 20180627, 2018/06/27, 2018-06 and 2018; the others
    /// read characters of one name, as few as fit. A path that does not fit states nothing.
    #[arg(long, value_name = "PATTERN")]
    pattern: Option<String>,
    /// Your own outlets, which go before those that Dateline knows: a line each, parted by tabs: host, name, other
    /// spellings
    ///
    /// A host of - is none; lines that begin with # are comments. The list puts names into their usual spelling that a
    /// document's structure gave; prose is never searched for them.
    #[arg(long, value_name = "FILE")]
    outlets: Option<PathBuf>,
    /// How figures such as 05/06/2018 are read: dmy, mdy or ymd
    ///
    /// Else the region of a page's language tells it (en-GB, en-US), or the other records of the same file do, where all that
    /// can be read in one way only agree; what nothing tells stays open, with a warning.
    #[arg(long, value_name = "ORDER")]
    date_order: Option<DateOrder>,
}

impl StatingArgs {
    /// What is stated.
    pub(crate) fn overrides(&self) -> dateline::error::Result<Overrides> {
        Overrides::read(&Sources {
            outlet: self.outlet.as_deref(),
            date: self.date,
            fields: self.fields.as_deref(),
            pattern: self.pattern.as_deref(),
            outlets: self.outlets.as_deref(),
            date_order: self.date_order,
        })
    }

    /// Whether it depends on a file's path.
    pub(crate) fn speaks_of_paths(&self) -> bool {
        self.fields.is_some() || self.pattern.is_some()
    }
}
