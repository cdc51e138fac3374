//! How topics are read and answered: the flags that `dateline batch` and `dateline eval --topics` share.

use std::io::{BufRead, BufReader};
use std::path::Path;

use dateline::Error;
use dateline::analysis::Language;
use dateline::batch::Favoured;
use dateline::durable;
use dateline::eval::trec::{TopicFormat, TopicOptions};
use dateline::query::calendar::read_around;
use dateline::query::{DateContext, Unit};

use super::{Output, choices, limits};

/// What `--weights` says of itself.
pub(crate) const WEIGHTS_HELP: &str = "Constants of the score to try, such as passage=0.6,headline=2; there are k1, \
                                       article-b, passage-b, headline, passage, ordered-pair, near-pair, lead, \
                                       typed-form, other-forms, missing, around";

/// The most passages of one article; naming it where articles are ranked is an error, for it would do nothing there.
pub(crate) fn per_article(named: Option<usize>, by: Unit, otherwise: usize) -> anyhow::Result<usize> {
    if named.is_some() && by == Unit::Article {
        return Err(Error::request("--per-article, but articles are ranked", "add --by passage").into());
    }
    Ok(named.unwrap_or(otherwise))
}

/// Flags of what asks topics; the topics themselves are the argument `topics`.
#[derive(clap::Args)]
pub(crate) struct TopicArgs {
    /// How the topics are written; told by their first line where not given
    #[arg(long, value_parser = choices::topic_format(), value_name = "FORMAT", requires = "topics")]
    topics_format: Option<TopicFormat>,
    /// Ask a topic's description together with its title
    #[arg(long, requires = "topics")]
    description: bool,
    /// Read topics in the query language, not as plain words
    #[arg(long, requires = "topics")]
    syntax: bool,
    /// Also rank by words of the best passages: finds more on a subject, at several times the cost
    #[arg(long, requires = "topics")]
    expand: bool,
    /// Find words also as machines misread them in print: `Hclsinki` for Helsinki
    #[arg(long, requires = "topics")]
    ocr: bool,
    /// Favour articles of a time, as `dateline query` does; a topic's own date goes before it
    #[arg(long, value_name = "DATE[~DAYS]", requires = "topics")]
    around: Option<String>,
    /// Favour recent articles: the newest of the archive scores double, one so many days older half of that bonus
    #[arg(long, value_name = "DAYS", value_parser = choices::half_life, requires = "topics")]
    recency: Option<f32>,
    /// Threads that search, up to 64; all cores where not given
    #[arg(long, value_name = "N", requires = "topics")]
    threads: Option<usize>,
}

impl TopicArgs {
    /// How topics are to be read.
    pub(crate) fn options(&self) -> TopicOptions {
        TopicOptions { format: self.topics_format, description: self.description }
    }

    /// Whether topics are in the query language.
    pub(crate) fn syntax(&self) -> bool {
        self.syntax
    }

    /// Which dates are favoured in an archive of that language.
    pub(crate) fn favoured(&self, language: Language) -> anyhow::Result<Favoured> {
        let around = self.around.as_deref().map(|time| read_around(time, DateContext::now(language))).transpose()?;
        Ok(Favoured { around, recency: self.recency })
    }

    /// Whether words of the best passages are added to the ranking.
    pub(crate) fn expand(&self) -> bool {
        self.expand
    }

    /// Whether words also stand for what they may have been misread as.
    pub(crate) fn ocr(&self) -> bool {
        self.ocr
    }

    /// Threads that search, once the index is open: as many as fit.
    pub(crate) fn threads(&self, out: &Output) -> usize {
        limits::searchers(self.threads, out)
    }
}

/// Whether topics come from standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Opens a file of topics, or standard input where that is `-`, with the name that messages give it.
pub(crate) fn open(path: &Path) -> anyhow::Result<(String, Box<dyn BufRead + Send>)> {
    if is_stdin(path) {
        let input = durable::unpacked(std::io::stdin()).map_err(|e| Error::read(path, e))?;
        return Ok(("standard input".to_owned(), Box::new(BufReader::new(input))));
    }
    Ok((path.display().to_string(), Box::new(BufReader::with_capacity(1 << 16, durable::open(path)?))))
}
