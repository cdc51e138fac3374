//! Runs that write, numbered: what one of them left on its way never counts for another.
//!
//! A lock on a cluster is a document that is renewed. A writer that slept beyond its age (a suspended machine, a long pause)
//! may wake while another writes, and what it had sent may arrive at any time. So each run has a number, its epoch, which
//! names its parts of the log. And where a run did not end well, the next one gives its files numbers far above all that the
//! other may have given out, says in the mark that those in between never count, and so also writes the mark, which the
//! other can then no longer write.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::client::{Client, RequestBody};
use super::files::{CommitMark, Writing, taken_over};
use crate::error::Result;

/// File numbers that a run may give out.
pub(super) const NUMBERS: u64 = 1 << 40;

/// A run that writes, from its opening on.
pub(super) struct Session {
    pub epoch: u64,
    document: SessionDocument,
    writing: Writing,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct SessionDocument {
    epoch: u64,
    /// Who wrote last.
    writer: String,
    /// Whether the run has not said yet that it ended.
    open: bool,
}

#[derive(Deserialize)]
struct FoundSession {
    #[serde(flatten)]
    writing: Writing,
    #[serde(rename = "_source")]
    source: SessionDocument,
}

impl Session {
    /// Begins a run of this writer, whoever wrote before: gives the mark to go on from.
    ///
    /// # Errors
    /// Where the cluster is away or refuses, and where somebody else begins at the same time.
    pub fn begin(client: &Client, writer: String) -> Result<(Self, CommitMark, Option<Writing>)> {
        let before = read(client)?;
        let last = before.as_ref().map(|got| got.source.clone()).unwrap_or_default();
        let document = SessionDocument { epoch: last.epoch + 1, writer, open: true };
        let only = before.map_or("?op_type=create".to_owned(), |got| got.writing.only());
        let writing = write(client, &only, &document)?;
        let (mut mark, mut known) = CommitMark::read(client)?;
        if last.open {
            mark.pass_over(NUMBERS);
            mark.write(client, &mut known)?;
        }
        Ok((Self { epoch: document.epoch, document, writing }, mark, known))
    }

    /// Says that nothing more of this run is on its way.
    pub fn end(self, client: &Client) {
        // where that cannot be said, the next run takes other numbers
        let _ = write(client, &self.writing.only(), &SessionDocument { open: false, ..self.document });
    }
}

fn read(client: &Client) -> Result<Option<FoundSession>> {
    match client.ask_for("GET", &path(client, ""), RequestBody::Nothing)? {
        Ok(got) => Ok(Some(got)),
        Err(refusal) if refusal.status == 404 && refusal.kind.is_empty() => Ok(None),
        Err(refusal) => Err(refusal.into_error(&client.address)),
    }
}

fn write(client: &Client, only: &str, document: &SessionDocument) -> Result<Writing> {
    match client.ask_for("PUT", &path(client, only), RequestBody::Json(&json!(document)))? {
        Ok(written) => Ok(written),
        // asked twice for one answer that was lost, or somebody took the lock over
        Err(refusal) if refusal.status == 409 => match read(client)? {
            Some(got) if got.source == *document => Ok(got.writing),
            _ => Err(taken_over(client)),
        },
        Err(refusal) => Err(refusal.into_error(&client.address)),
    }
}

fn path(client: &Client, query: &str) -> String {
    format!("{}/_doc/session{query}", client.address.files_index())
}
