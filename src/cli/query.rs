//! `dateline query`: words -> ranked passages.

use std::ffi::OsString;

use clap::ValueEnum;
use dateline::query::{DateContext, Query, SearchRequest, Sort, Unit, read};
use dateline::render::hits;

use super::{Outcome, Output, Site};

/// Flags of `dateline query`.
#[derive(clap::Args)]
#[command(after_help = "\
Query language:
  Helsinki venue           more of the words, rarer words, nearer together
  +summit -football        must and must not, in the whole article; also AND OR NOT ( )
  \"security council\"       the words side by side in one passage; \"council security\"~2 with 2 others between
  Bolton NEAR/8 Lavrov     within 8 words, PRE/8 in this order, SAME in one passage
  sanction*  Aver?anov  Averyanof~1  =Polish
  headline:summit  outlet:\"Radio Meridian\"  credit:reuters
  date:2018-06-25..2018-06-28  after:2018-06  before:\"last week\"
A single-dash word that is no flag is query text: dateline query summit -Helsinki")]
pub(crate) struct Args {
    /// What to look for
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// The most hits
    #[arg(short = 'n', long, default_value_t = 10, value_name = "N")]
    limit: usize,
    /// The most passages of one article
    #[arg(long, default_value_t = 1, value_name = "N")]
    per_article: usize,
    /// What is ranked
    #[arg(long, value_enum, default_value_t = By::Passage)]
    by: By,
    /// Only articles of this outlet (its name, or words of it)
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Only articles of this day, month or year, or later
    #[arg(long, value_name = "DATE")]
    after: Option<String>,
    /// Only articles of this day, month or year, or earlier
    #[arg(long, value_name = "DATE")]
    before: Option<String>,
    /// In which order; hits without a date come last where it is by date
    #[arg(long, value_enum, default_value_t = Order::Relevance, value_name = "ORDER")]
    sort: Order,
    /// Favour recent articles: the newest of the archive scores double, one so many days older half of that bonus
    #[arg(long, value_name = "DAYS", value_parser = half_life)]
    recency: Option<f32>,
    /// Also rank by words of the best passages: finds more on a subject, at several times the cost; highlights and counts
    /// stay those of the words typed
    #[arg(long)]
    expand: bool,
    /// Tell how each score came about
    #[arg(long)]
    explain: bool,
    /// Fail where a part of the query cannot be read as it is typed, in place of reading it another way
    #[arg(long)]
    strict: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The longest snippet, in characters
    #[arg(long, default_value_t = 240, value_name = "CHARS")]
    width: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum By {
    Passage,
    Article,
}

#[derive(Clone, Copy, ValueEnum)]
enum Order {
    /// The best first
    Relevance,
    /// The newest first
    Newest,
    /// The same as newest
    Date,
    /// The oldest first
    Oldest,
}

fn half_life(text: &str) -> Result<f32, String> {
    let days = text.parse().ok().filter(|days: &f32| days.is_finite() && *days > 0.0);
    days.ok_or_else(|| "must be a number of days above 0".to_owned())
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One object: query, counts, hits
    Json,
    /// One line a hit
    Jsonl,
}

/// Stands before a single-dash word so that it is not taken for a flag.
const SHIELD: char = '\u{1}';

/// Shields single-dash words of `query` that are no flags of it: `query summit -Helsinki` means what it looks like.
pub(crate) fn protect_dash_words(args: Vec<OsString>) -> Vec<OsString> {
    let is_query = args.iter().skip(1).find(|a| !a.to_string_lossy().starts_with('-')).is_some_and(|a| a == "query");
    if !is_query {
        return args;
    }
    let mut only_text = false;
    let mut shielded = Vec::with_capacity(args.len());
    for arg in args {
        only_text |= arg == "--";
        let is_word = arg.to_str().is_some_and(|text| !only_text && is_dash_word(text));
        shielded.push(match arg.to_str() {
            Some(text) if is_word => format!("{SHIELD}{text}").into(),
            _ => arg,
        });
    }
    shielded
}

fn is_dash_word(arg: &str) -> bool {
    let Some(rest) = arg.strip_prefix('-') else { return false };
    let is_flag = matches!(rest, "n" | "h" | "V") || rest.strip_prefix('n').is_some_and(is_count);
    !is_flag && !rest.is_empty() && (!rest.starts_with('-') || rest.contains(char::is_whitespace))
}

fn is_count(text: &str) -> bool {
    let digits = text.strip_prefix('=').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Runs the query and prints what it finds.
pub(crate) fn run(args: &Args, site: &Site, out: &mut Output) -> anyhow::Result<Outcome> {
    let text = args.words.join(" ").replace(SHIELD, "");
    let engine = site.open()?;
    let context = DateContext::now(engine.language());
    let query = read(&text, context);
    if args.strict
        && let Err(refusal) = query.strict(&text)
    {
        // several lines, so that the caret stands under its place
        refusal.to_string().lines().for_each(|line| out.tell(line));
        return Ok(Outcome::Failed);
    }
    let request = request(args, query, context)?;
    let response = engine.search(&request)?;
    response.notes.iter().for_each(|note| out.tell(&format!("dateline: {note}")));
    if !response.notes.is_empty() {
        out.tell(&format!("read as: {}", response.read_as));
    }
    hits::suggestions(&response).iter().for_each(|line| out.tell(line));
    match args.format {
        Format::Json => out.print(&hits::whole_json(&text, &response))?,
        Format::Jsonl => out.print(&hits::json_lines(&response))?,
        Format::Text if response.hits.is_empty() => {}
        Format::Text => out.print(&hits::text(&response, out.screen()))?,
    }
    if !response.hits.is_empty() {
        return Ok(Outcome::Done);
    }
    let counts = hits::summary(&response);
    out.tell(&format!("no passage for {text:?} ({counts}); try fewer or other words, or without filters"));
    Ok(Outcome::No)
}

fn request(args: &Args, mut query: Query, context: DateContext) -> anyhow::Result<SearchRequest> {
    query.restrict(args.outlet.as_deref(), args.after.as_deref(), args.before.as_deref(), context)?;
    let by = match args.by {
        By::Passage => Unit::Passage,
        By::Article => Unit::Article,
    };
    Ok(SearchRequest {
        limit: args.limit,
        per_article: args.per_article,
        by,
        snippet_width: args.width,
        sort: match args.sort {
            Order::Relevance => Sort::Relevance,
            Order::Newest | Order::Date => Sort::Newest,
            Order::Oldest => Sort::Oldest,
        },
        recency: args.recency,
        expand: args.expand,
        explain: args.explain,
        ..SearchRequest::new(query)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_dash_words_are_query_text_and_flags_stay_flags() {
        for (arg, is_word) in [
            ("-Helsinki", true),
            ("-nato", true),
            ("-\"world cup\"", true),
            ("-headline:x", true),
            ("-n", false),
            ("-n3", false),
            ("-n=3", false),
            ("-h", false),
            ("--after", false),
            ("-", false),
            ("summit", false),
        ] {
            assert_eq!(is_dash_word(arg), is_word, "{arg}");
        }
    }
}
