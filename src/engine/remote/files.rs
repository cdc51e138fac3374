//! The list of files on a cluster, and what of the archive counts: the log and the mark of a manifest, as documents.
//!
//! The log is a row of documents of JSON lines, each made once. One document, the mark, says how many of them count, up to which number
//! files do, and which are leaving. Articles carry the number of their file, and every search keeps to files that count;
//! so writing the mark makes a commit count as a whole, and what a killed run left behind is never seen.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::bulk::document_id;
use super::client::{Client, RequestBody};
use super::schema::FILE;
use crate::article::ArticleId;
use crate::error::{Error, Result};
use crate::index::Manifest;

/// Files or articles that one clause of a query names; a cluster takes 65,536 at most.
const NAMED: usize = 60_000;
/// Articles that are taken out in one request.
const TAKEN_OUT: u32 = 5_000;
/// Bytes of a document of the log, about.
const PART: usize = 1 << 20;

/// What counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CommitMark {
    /// Files with this number and higher do not count.
    pub next_number: u64,
    /// Which log; a new one is begun when the old has become long.
    pub log: u64,
    /// How many of its documents count.
    pub parts: u64,
    /// Numbers of files whose articles are being taken out.
    #[serde(default)]
    pub leaving: BTreeSet<u64>,
    /// Single articles (file, id) that are being taken out.
    #[serde(default)]
    pub leaving_articles: BTreeSet<(u64, String)>,
    /// Numbers of files, half-open, that runs gave out which did not end well: they never count.
    #[serde(default)]
    pub void: Vec<(u64, u64)>,
    /// From which document of the log on which run wrote them, by its epoch.
    #[serde(default)]
    pub written_by: Vec<(u64, u64)>,
}

/// Which writing of the mark is known: it is written over only where nobody else has done so meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Writing {
    #[serde(rename = "_seq_no")]
    number: u64,
    #[serde(rename = "_primary_term")]
    term: u64,
}

#[derive(Deserialize)]
struct Got<T> {
    #[serde(flatten)]
    writing: Option<Writing>,
    #[serde(rename = "_source")]
    source: Option<T>,
}

#[derive(Deserialize)]
struct Deleted {
    deleted: u64,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct LogPart {
    lines: String,
}

impl Writing {
    /// What a request says that is to write over this writing and no other.
    pub fn only(&self) -> String {
        format!("?if_seq_no={}&if_primary_term={}", self.number, self.term)
    }
}

impl CommitMark {
    /// The mark as it stands; nothing counts where there is none yet.
    pub fn read(client: &Client) -> Result<(Self, Option<Writing>)> {
        let path = format!("{}/_doc/mark", client.address.files_index());
        match client.ask_for::<Got<Self>>("GET", &path, RequestBody::Nothing)? {
            Ok(got) => Ok((got.source.unwrap_or_default(), got.writing)),
            Err(refusal) if refusal.status == 404 && refusal.kind.is_empty() => Ok((Self::default(), None)),
            Err(refusal) => Err(refusal.into_error(&client.address)),
        }
    }

    /// Whether nobody has written another since `known`.
    pub fn is_latest(client: &Client, known: Option<Writing>) -> Result<bool> {
        Ok(Self::read(client)?.1 == known)
    }

    /// Makes it count, where nobody has written another since `known`.
    pub fn write(&self, client: &Client, known: &mut Option<Writing>) -> Result<()> {
        let only = known.map_or("?op_type=create".to_owned(), |writing| writing.only());
        let path = format!("{}/_doc/mark{only}", client.address.files_index());
        match client.ask_for::<Writing>("PUT", &path, RequestBody::Json(&json!(self)))? {
            Ok(written) => *known = Some(written),
            Err(refusal) if refusal.status == 409 => {
                // asked twice for one answer that was lost, or somebody took the lock over
                let (found, writing) = Self::read(client)?;
                if found != *self {
                    return Err(taken_over(client));
                }
                *known = writing;
            }
            Err(refusal) => return Err(refusal.into_error(&client.address)),
        }
        Ok(())
    }

    /// What keeps a search to articles that count.
    pub fn filter(&self) -> Value {
        let counts = json!({ "range": { FILE: { "lt": self.next_number } } });
        if self.is_settled() && self.void.is_empty() {
            return counts;
        }
        let never: Vec<Value> = self.leaving().into_iter().chain(self.void()).collect();
        json!({ "bool": { "filter": [counts], "must_not": never } })
    }

    /// Takes so many numbers of files for given out by runs that did not end well.
    pub fn pass_over(&mut self, numbers: u64) {
        let from = self.next_number;
        self.next_number += numbers;
        match self.void.last_mut() {
            Some(last) if last.1 == from => last.1 = self.next_number,
            _ => self.void.push((from, self.next_number)),
        }
    }

    /// What finds the articles that such runs left.
    fn void(&self) -> impl Iterator<Item = Value> {
        self.void.iter().map(|(from, to)| json!({ "range": { FILE: { "gte": from, "lt": to } } }))
    }

    /// The document of the log with this number.
    fn part_id(&self, part: u64) -> String {
        let epoch = self.written_by.iter().rev().find(|(first, _)| *first <= part).map_or(0, |(_, epoch)| *epoch);
        format!("log-{}-{part}-{epoch}", self.log)
    }

    /// Whether nothing is leaving.
    pub fn is_settled(&self) -> bool {
        self.leaving.is_empty() && self.leaving_articles.is_empty()
    }

    /// What finds the articles that are leaving.
    fn leaving(&self) -> Vec<Value> {
        let files: Vec<u64> = self.leaving.iter().copied().collect();
        let files = files.chunks(NAMED).map(|files| json!({ "terms": { FILE: files } }));
        let documents: Vec<String> =
            self.leaving_articles.iter().map(|(file, id)| document_id(*file, &ArticleId(id.clone()))).collect();
        let documents = documents.chunks(NAMED).map(|documents| json!({ "ids": { "values": documents } }));
        files.chain(documents).collect()
    }

    /// Takes out what is leaving and, where `orphans`, what runs left that did not end well. What left is forgotten.
    pub fn sweep(&mut self, client: &Client, known: &mut Option<Writing>, orphans: bool) -> Result<()> {
        let mut gone = if self.is_settled() { Vec::new() } else { self.leaving() };
        if orphans {
            gone.extend(self.void());
        }
        if gone.is_empty() {
            return Ok(());
        }
        let index = &client.address.index;
        client.ask::<Value>("POST", &format!("{index}/_refresh"), RequestBody::Nothing)?;
        let query = json!({ "query": { "bool": { "should": gone, "minimum_should_match": 1 } } });
        let path = format!("{index}/_delete_by_query?conflicts=proceed&refresh=true&max_docs={TAKEN_OUT}");
        // bit by bit, so that each request is answered in time
        while client.ask::<Deleted>("POST", &path, RequestBody::Json(&query))?.deleted > 0 {}
        if !self.is_settled() {
            self.leaving.clear();
            self.leaving_articles.clear();
            self.write(client, known)?;
        }
        Ok(())
    }
}

/// The error of a writer that was given up for dead.
pub(super) fn taken_over(client: &Client) -> Error {
    client.error(
        "another dateline has taken over, since this one was not heard of for a while",
        "run again when it has ended; what this one had not committed is lost",
    )
}

/// Reads the list of files that a mark says counts.
pub(super) fn read_manifest(client: &Client, mark: &CommitMark) -> Result<Manifest> {
    let mut log = String::new();
    for part in 0..mark.parts {
        let path = format!("{}/_doc/{}", client.address.files_index(), mark.part_id(part));
        let got: Got<LogPart> = client.ask("GET", &path, RequestBody::Nothing)?;
        log.push_str(&got.source.map(|part| part.lines).unwrap_or_default());
    }
    let mut manifest = Manifest::read_log(&log).map_err(|what| {
        client.error(format!("its list of files is damaged: {what}"), "delete the index and fill it again")
    })?;
    manifest.go_on_from(mark.next_number);
    Ok(manifest)
}

/// Puts what was changed in a list of files into the log; gives the mark that will make it count.
pub(super) fn write_log(client: &Client, mark: &CommitMark, epoch: u64, manifest: &mut Manifest) -> Result<CommitMark> {
    let mut next = CommitMark { next_number: manifest.next_number(), ..mark.clone() };
    let taken =
        manifest.take_log().map_err(|e| client.error(format!("the list of files: {e}"), "please report this"))?;
    let Some((fresh, lines)) = taken else { return Ok(next) };
    if fresh {
        (next.log, next.parts) = (mark.log + 1, 0);
        next.written_by.clear();
    }
    if next.written_by.last().is_none_or(|(_, last)| *last != epoch) {
        next.written_by.push((next.parts, epoch));
    }
    let mut part = String::new();
    for line in lines {
        part.push_str(&line);
        part.push('\n');
        if part.len() >= PART {
            put_part(client, &mut next, std::mem::take(&mut part))?;
        }
    }
    if !part.is_empty() {
        put_part(client, &mut next, part)?;
    }
    Ok(next)
}

fn put_part(client: &Client, mark: &mut CommitMark, lines: String) -> Result<()> {
    let path = format!("{}/_doc/{}", client.address.files_index(), mark.part_id(mark.parts));
    let lines = LogPart { lines };
    match client.ask_for::<Value>("PUT", &format!("{path}?op_type=create"), RequestBody::Json(&json!(lines)))? {
        Ok(_) => {}
        // asked twice for one answer that was lost, or left by a commit of this run that failed
        Err(refusal) if refusal.status == 409 => {
            let there: Got<LogPart> = client.ask("GET", &path, RequestBody::Nothing)?;
            if there.source != Some(lines) {
                return Err(taken_over(client));
            }
        }
        Err(refusal) => return Err(refusal.into_error(&client.address)),
    }
    mark.parts += 1;
    Ok(())
}

/// Removes the documents of logs that count no more.
pub(super) fn sweep_log(client: &Client, before: &CommitMark, now: &CommitMark) -> Result<()> {
    if before.log == now.log {
        return Ok(());
    }
    for part in 0..before.parts {
        let path = format!("{}/_doc/{}", client.address.files_index(), before.part_id(part));
        let gone: std::result::Result<Value, _> = client.ask_for("DELETE", &path, RequestBody::Nothing)?;
        // one that is gone already is as well
        let _ = gone;
    }
    Ok(())
}
