//! `dateline query`: words -> ranked passages.

use dateline::Error;
use dateline::absent::absent_outlets;
use dateline::hit::SearchResponse;
use dateline::query::{DateContext, Query, SearchRequest, Sort, Typed, Unit, Weights};
use dateline::render::hits::{self, HitWriter};
use dateline::render::{Format, Look, Marks};

use super::filters::FilterArgs;
use super::topics::WEIGHTS_HELP;
use super::{Outcome, Output, Site, choices, dash_words, editor, last, limits};

/// Flags of `dateline query`.
#[derive(clap::Args)]
#[command(after_help = "\
Query language:
  Helsinki venue           more of the words, rarer words, nearer together
  +summit -football        must and must not, in the whole article; also AND OR NOT ( )
  \"security council\"       the words side by side in one passage; \"council security\"~2 with 2 others between
  Bolton NEAR/8 Lavrov     within 8 words, PRE/8 in this order, SAME in one passage
  sanction*  Aver?anov  Averyanof~1  =Polish
  headline:summit  outlet:\"Radio Meridian\"  credit:reuters  byline:okafor  section:sport  page:B22  site:bbc.co.uk
  date:2018-06-25..2018-06-28  after:2018-06  before:\"last week\"  -date:2018  date:[2017 TO 2018]
  around:2018-06~10        articles of that time rise, those ten days away by half as much; a date among the words does
                           the same: jobs report May 2020, but not \"2020\"
A single-dash word that is no flag is query text: dateline query summit -Helsinki")]
pub(crate) struct QueryArgs {
    /// What to look for
    #[arg(required_unless_present_any = ["outlet", "after", "before"], value_name = "WORDS")]
    words: Vec<String>,
    /// The most hits; 0 only counts
    #[arg(short = 'n', long, default_value_t = 10, value_name = "N")]
    limit: usize,
    /// Hits to pass over: `--offset 10` is the second page of ten. By relevance up to 1,000 hits can be paged through
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,
    /// The most passages of one article
    #[arg(long, default_value_t = 1, value_name = "N")]
    per_article: usize,
    /// What is ranked
    #[arg(long, value_parser = choices::unit(), default_value = "passage")]
    by: Unit,
    #[command(flatten)]
    filters: FilterArgs,
    /// In which order; hits without a date come last where it is by date
    #[arg(long, value_parser = choices::sort(), default_value = "relevance", value_name = "ORDER")]
    sort: Sort,
    /// Favour articles of a time, a date or a range: ~DAYS behind it is how far away half of that counts [default: ~30]
    #[arg(long, value_name = "DATE[~DAYS]")]
    around: Option<String>,
    /// Favour recent articles: the newest of the archive scores double, one so many days older half of that bonus
    #[arg(long, value_name = "DAYS", value_parser = choices::half_life)]
    recency: Option<f32>,
    /// Also rank by words of the best passages: finds more on a subject, at several times the cost; highlights and counts
    /// stay those of the words typed
    #[arg(long)]
    expand: bool,
    /// Find words also as machines misread them in print: `Hclsinki` for Helsinki. Not those in quotes, with = or a pattern
    #[arg(long)]
    ocr: bool,
    /// Show nothing where nothing is found, though another spelling finds something
    #[arg(long)]
    no_correct: bool,
    /// Tell how each score came about
    #[arg(long)]
    explain: bool,
    /// Fail where a part of the query cannot be read as it is typed, in place of reading it another way
    #[arg(long)]
    strict: bool,
    /// How to print
    #[arg(long, value_parser = choices::format(FORMATS), default_value = "text")]
    format: Format,
    /// The longest snippet, in characters
    #[arg(long, default_value_t = 240, value_name = "CHARS")]
    width: usize,
    /// What stands before and behind a match in text, such as '<b>,</b>' or '**' [default: brackets that the text has not,
    /// or colour]
    #[arg(long, value_name = "OPEN,CLOSE")]
    mark: Option<Marks>,
    /// Open the hit of this rank at its line in $VISUAL or $EDITOR, in place of printing
    #[arg(long, value_name = "RANK", conflicts_with = "explain")]
    open: Option<usize>,
    #[arg(long, default_value = "", hide_default_value = true, value_name = "NAME=NUMBER,…", help = WEIGHTS_HELP)]
    weights: Weights,
}

const FORMATS: &[(Format, &str)] = &[
    (Format::Text, "For people"),
    (Format::Json, "One object: query, counts, hits"),
    (Format::Jsonl, "One line a hit"),
];

/// Other names of the command that people try.
pub(crate) const ALIASES: [&str; 2] = ["search", "find"];

/// Runs the query and prints what it finds.
pub(crate) fn run(args: &QueryArgs, site: &Site, out: &mut Output) -> anyhow::Result<Outcome> {
    let text = args.words.iter().map(|word| dash_words::bare(word)).collect::<Vec<_>>().join(" ");
    let engine = site.open()?;
    let typed = Typed { around: args.around.as_deref(), ..args.filters.typed(&text, args.strict) };
    let query = match typed.query(DateContext::now(engine.language())) {
        Ok(query) => query,
        Err(refusal) => return refused(refusal, out),
    };
    let request = args.request(query);
    let most = engine.articles().saturating_mul(request.per_article.max(1) as u64);
    limits::for_answers(1).holds((args.limit.saturating_add(args.offset) as u64).min(most), true)?;
    let mut response = match engine.search(&request) {
        Ok(response) => response,
        // the archive may tell how a strict query reads
        Err(refusal) if args.strict => return refused(refusal, out),
        Err(error) => return Err(error.into()),
    };
    response.notes.iter().for_each(|note| out.tell(&format!("dateline: {note}")));
    // a date among the words prefers a time, which nobody would see otherwise
    if !response.notes.is_empty() || !request.query.around.is_empty() {
        out.tell(&format!("read as: {}", response.read_as));
    }
    let corrected = response.corrected.as_deref().filter(|_| args.format == Format::Text);
    if let Some(corrected) = corrected {
        return show_corrected(&response, corrected, args, site, out);
    }
    hits::suggestions(&response).iter().for_each(|line| out.tell(line));
    let lacks = hits::lacking(&response.unreadable);
    lacks.iter().for_each(|told| out.tell(&format!("dateline: {told}")));
    if let Some(rank) = args.open.filter(|_| !response.hits.is_empty()) {
        return open(rank, &response, out);
    }
    let absent = absent_outlets(&request.query, &*engine, response.total_articles > 0)?;
    absent.iter().for_each(|line| out.tell(line));
    response.notes.extend_from_slice(&absent);
    if args.format != Format::Text || !response.hits.is_empty() {
        let look = Look { marks: args.mark.clone(), ..out.look() };
        out.write(|out| HitWriter::new(out, args.format, look).answer(&text, &response))?;
        last::keep(site, &text, &response.hits);
    }
    if lacks.is_some() {
        return Ok(Outcome::Failed);
    }
    if !response.hits.is_empty() {
        return Ok(Outcome::Done);
    }
    let counts = hits::summary(&response);
    if args.limit == 0 && response.total_articles > 0 {
        if args.format == Format::Text {
            out.write(|out| writeln!(out, "{}", hits::matching(&response)))?;
        }
        return Ok(Outcome::Done);
    }
    if args.offset > 0 && response.total_articles > 0 {
        out.tell(&format!("no hits from --offset {} on ({counts}); ask for an earlier part", args.offset));
        return Ok(Outcome::No);
    }
    let asked = if text.is_empty() { request.query.to_string() } else { text };
    out.tell(&format!("no passage for \"{asked}\" ({counts}); try fewer or other words, or without filters"));
    Ok(Outcome::No)
}

/// Tells of a query that does not read as typed in several lines, so that the caret stands under its place.
fn refused(refusal: Error, out: &Output) -> anyhow::Result<Outcome> {
    let told = refusal.to_string();
    if !told.contains('\n') {
        return Err(refusal.into());
    }
    told.lines().for_each(|line| out.tell(line));
    Ok(Outcome::Failed)
}

/// Shows what the query finds as it may have been meant, under a line that says so.
fn show_corrected(
    response: &SearchResponse,
    corrected: &SearchResponse,
    args: &QueryArgs,
    site: &Site,
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let look = Look { marks: args.mark.clone(), ..out.look() };
    out.write(|out| {
        writeln!(out, "{}", hits::correction(response, corrected))?;
        HitWriter::new(out, args.format, look).answer(&corrected.read_as, corrected)
    })?;
    last::keep(site, &corrected.read_as, &corrected.hits);
    let lacks = hits::lacking(&corrected.unreadable);
    lacks.iter().for_each(|told| out.tell(&format!("dateline: {told}")));
    Ok(if lacks.is_some() { Outcome::Failed } else { Outcome::No })
}

/// Opens the hit of a rank.
fn open(rank: usize, response: &SearchResponse, out: &mut Output) -> anyhow::Result<Outcome> {
    let Some(hit) = response.hits.iter().find(|hit| hit.rank == rank) else {
        out.tell(&format!("no hit {rank} to open; the answer has {}; -n asks for more", hits::summary(response)));
        return Ok(Outcome::No);
    };
    editor::open(&hit.source, &hit.id, out)?;
    Ok(Outcome::Done)
}

impl QueryArgs {
    fn request(&self, query: Query) -> SearchRequest {
        SearchRequest {
            limit: self.limit,
            offset: self.offset,
            per_article: self.per_article,
            by: self.by,
            snippet_width: self.width,
            sort: self.sort,
            recency: self.recency,
            expand: self.expand,
            ocr: self.ocr,
            explain: self.explain,
            correct: !(self.no_correct || self.strict || self.open.is_some()),
            weights: self.weights,
            ..SearchRequest::new(query)
        }
    }
}
