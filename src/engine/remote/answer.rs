//! What a cluster finds: the candidates with their texts, and how many articles match.

use serde::Deserialize;
use serde_json::{Value, json};

use super::candidate::Candidate;
use super::client::RequestBody;
use super::document::FoundDocument;
use super::read::RemoteArchive;
use super::refusal::is_lost;
use super::schema::{DATE_FIRST, DATE_LAST, ID};
use crate::error::{Error, Result};
use crate::query::{DateFilter, DateRange, Fate};
use crate::search::{Matching, Order, Plan, Wanted};

/// Articles that are read at once.
pub(super) const PAGE: usize = 1000;
/// The most articles whose texts are read to tell whether they match.
const READ_AT_MOST: usize = 20_000;
/// How often a point in time may be lost in one search.
const POINTS_LOST: u32 = 5;
/// How long the cluster keeps one point in time between two pages.
const KEPT: &str = "2m";

#[derive(Deserialize)]
pub(super) struct SearchAnswer {
    #[serde(default)]
    pub hits: Hits,
    #[serde(default)]
    pit_id: Option<String>,
    #[serde(default, rename = "_shards")]
    shards: Shards,
    #[serde(default)]
    timed_out: bool,
    #[serde(default)]
    aggregations: Value,
}

#[derive(Default, Deserialize)]
pub(super) struct Hits {
    #[serde(default)]
    total: Option<Total>,
    #[serde(default)]
    pub hits: Vec<FoundHit>,
}

#[derive(Deserialize)]
struct Total {
    value: u64,
}

#[derive(Deserialize)]
pub(super) struct FoundHit {
    #[serde(rename = "_source")]
    pub source: FoundDocument,
    #[serde(default)]
    sort: Vec<Value>,
}

#[derive(Default, Deserialize)]
struct Shards {
    #[serde(default)]
    total: u64,
    #[serde(default)]
    successful: u64,
}

impl RemoteArchive {
    /// What matches a query that the cluster can tell by itself.
    pub(super) fn told_by_itself(
        &self,
        query: &Value,
        dates: &DateFilter,
        wanted: Wanted,
    ) -> Result<Matching<Candidate>> {
        let mut matching = self.first(query, dates, wanted)?;
        if wanted.count && !dates.within.is_open() {
            matching.tally.left_out = self.left_out(query, dates)?;
        }
        Ok(matching)
    }

    fn first(&self, query: &Value, dates: &DateFilter, wanted: Wanted) -> Result<Matching<Candidate>> {
        let Wanted { order, articles: count, .. } = wanted;
        let mut filter = vec![self.counts()];
        filter.extend(within(&dates.within));
        let must_not: Vec<Value> = dates.without.iter().filter_map(within).collect();
        let mut ask = json!({
            "size": count.min(PAGE), "track_total_hits": wanted.count,
            "query": { "bool": { "must": [query], "filter": filter, "must_not": must_not } },
            "sort": sorted(order),
        });
        if wanted.count && order.is_by_date() {
            ask["aggs"] = json!({ "undated": { "missing": { "field": DATE_FIRST } } });
        }
        let mut matching = Matching::default();
        if count <= PAGE {
            let answer: SearchAnswer =
                self.client.ask("POST", &self.search_path("hits,aggregations"), RequestBody::Json(&ask))?;
            matching.take(answer, self)?;
            return Ok(matching);
        }
        self.each_page(ask, |answer| {
            matching.take(answer, self)?;
            Ok(matching.articles.len() < count)
        })?;
        matching.articles.truncate(count);
        Ok(matching)
    }

    /// Asks for page after page of one point in time, as long as `take` wants more. A point that is lost with its node is
    /// taken anew: the order of the pages tells where to go on.
    pub(super) fn each_page(&self, mut ask: Value, mut take: impl FnMut(SearchAnswer) -> Result<bool>) -> Result<()> {
        let mut point = self.open_point()?;
        let mut lost = 0;
        let mut go = || -> Result<()> {
            loop {
                ask["pit"] = json!({ "id": point, "keep_alive": KEPT });
                let answer =
                    match self.client.ask_for::<SearchAnswer>("POST", &self.page_path(), RequestBody::Json(&ask))? {
                        Ok(answer) => answer,
                        Err(refusal) if is_lost(&refusal) && lost < POINTS_LOST => {
                            lost += 1;
                            point = self.open_point()?;
                            continue;
                        }
                        Err(refusal) => return Err(refusal.into_error(&self.client.address)),
                    };
                let last = answer.hits.hits.last().map(|hit| hit.sort.clone());
                let is_last = answer.hits.hits.len() < PAGE;
                if let Some(next) = &answer.pit_id {
                    point.clone_from(next);
                }
                if !take(answer)? || is_last {
                    return Ok(());
                }
                ask["search_after"] = json!(last);
                // counted once
                ask["track_total_hits"] = false.into();
                if let Some(ask) = ask.as_object_mut() {
                    ask.remove("aggs");
                }
            }
        };
        let ended = go();
        // what is not closed is forgotten a little later
        let close = json!({ "pit_id": [point] });
        let _ = self.client.ask_for::<Value>("DELETE", "_search/point_in_time", RequestBody::Json(&close));
        ended
    }

    fn open_point(&self) -> Result<String> {
        #[derive(Deserialize)]
        struct Point {
            pit_id: String,
        }
        let partial = self.client.access.allow_partial;
        let index = &self.client.address.index;
        let path = format!("{index}/_search/point_in_time?keep_alive={KEPT}&allow_partial_pit_creation={partial}");
        self.client.ask::<Point>("POST", &path, RequestBody::Nothing).map(|point| point.pit_id)
    }

    /// A page is asked of a point in time, which knows its index.
    fn page_path(&self) -> String {
        let path = self.search_path("pit_id,hits,aggregations");
        path.strip_prefix(&format!("{}/", self.client.address.index)).unwrap_or(&path).to_owned()
    }

    /// Reads all articles that may match, and keeps those that do; of all dates, to be counted.
    pub(super) fn told_by_texts(&self, query: &Value, plan: &Plan<()>, order: Order) -> Result<Matching<Candidate>> {
        // all are read, so that their scores need tell no order
        let order = if order.is_by_date() { order } else { Order::Id };
        let ask = json!({
            "size": PAGE, "track_total_hits": true,
            "query": { "bool": { "filter": [self.counts(), query] } }, "sort": sorted(order),
        });
        let mut matching = Matching::default();
        self.each_page(ask, |answer| {
            if answer.hits.total.as_ref().is_some_and(|total| total.value > READ_AT_MOST as u64) {
                return Err(Error::request(
                    format!("more than {READ_AT_MOST} articles would have to be read to tell which match"),
                    "add a word that must be there (+word), or leave out what is exact, a pattern in a phrase, or NEAR within NEAR",
                ));
            }
            let partial = answer.partial();
            matching.partial = matching.partial.take().or(partial);
            for hit in answer.hits.hits {
                let candidate = Candidate::new(hit.source);
                if candidate.holds(&plan.compiled, &self.analyzer) {
                    matching.add(candidate, &plan.dates);
                }
            }
            Ok(true)
        })?;
        if !order.is_by_date() {
            matching.tally.undated = 0;
        }
        Ok(matching)
    }

    /// How many articles match in words and have a date that is unknown or lies only partly in the range.
    fn left_out(&self, query: &Value, dates: &DateFilter) -> Result<u64> {
        let (from, to) = dates.within.bounds();
        let outside =
            [json!({ "range": { DATE_LAST: { "lt": from } } }), json!({ "range": { DATE_FIRST: { "gt": to } } })];
        let must_not: Vec<Value> =
            std::iter::once(&dates.within).chain(&dates.without).filter_map(within).chain(outside).collect();
        let asked = json!({
            "size": 0, "track_total_hits": true,
            "query": { "bool": { "filter": [self.counts(), query], "must_not": must_not } },
        });
        let answer: SearchAnswer =
            self.client.ask("POST", &self.search_path("hits.total"), RequestBody::Json(&asked))?;
        Ok(answer.hits.total.map_or(0, |total| total.value))
    }
}

impl Matching<Candidate> {
    fn take(&mut self, answer: SearchAnswer, engine: &RemoteArchive) -> Result<()> {
        if answer.timed_out {
            return Err(engine.client.error("the search took too long", "allow more with --timeout, or ask for less"));
        }
        let partial = answer.partial();
        self.partial = self.partial.take().or(partial);
        if let Some(total) = &answer.hits.total {
            self.tally.kept = total.value;
            self.tally.undated = answer.aggregations["undated"]["doc_count"].as_u64().unwrap_or(0);
        }
        self.articles.extend(answer.hits.hits.into_iter().map(|hit| Candidate::new(hit.source)));
        Ok(())
    }

    /// Takes an article that matches in words, if it does in date; else counts it if it is left out.
    fn add(&mut self, candidate: Candidate, dates: &DateFilter) {
        match dates.fate(candidate.dates()) {
            Fate::Kept => {}
            Fate::LeftOut => {
                self.tally.left_out += 1;
                return;
            }
            Fate::Gone => return,
        }
        self.tally.kept += 1;
        self.tally.undated += u64::from(candidate.dates().is_none());
        self.articles.push(candidate);
    }
}

impl SearchAnswer {
    fn partial(&self) -> Option<String> {
        // shards whose node has been away for a while are no failures, they are just not there
        let Shards { total, successful } = self.shards;
        let missing = total.saturating_sub(successful);
        (missing > 0).then(|| format!("{missing} of {total} shards did not answer: articles are missing"))
    }
}

/// What keeps a search to a range of dates; an article without a date never passes.
fn within(range: &DateRange) -> Option<Value> {
    let (from, to) = range.bounds();
    let column = |field: &str| json!({ "range": { field: { "gte": from, "lte": to } } });
    (!range.is_open()).then(|| json!({ "bool": { "filter": [column(DATE_FIRST), column(DATE_LAST)] } }))
}

/// The order in which articles come, and are cut off.
fn sorted(order: Order) -> Value {
    let id = json!({ ID: "asc" });
    let date = |order: &str| json!({ DATE_FIRST: { "order": order, "missing": "_last" } });
    match order {
        Order::Newest => json!([date("desc"), id]),
        Order::Oldest => json!([date("asc"), id]),
        Order::Best => json!([{ "_score": "desc" }, id]),
        Order::Id => json!([id]),
    }
}
