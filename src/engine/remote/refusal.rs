//! What a cluster says when it does not do what it was asked, and what to do about it.

use serde::Deserialize;
use serde_json::Value;

use super::address::Address;
use crate::error::Error;

/// A refusal: the status, and what was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Refusal {
    pub status: u16,
    /// OpenSearch's name for it, such as `index_not_found_exception`.
    pub kind: String,
    pub reason: String,
}

/// Whether a status says that the same request may be granted a little later.
pub(super) fn is_passing(status: u16) -> bool {
    matches!(status, 429 | 502 | 503 | 504)
}

/// Whether the same request may be granted a little later: the cluster is busy, or a node is just going.
pub(super) fn may_pass(status: u16, answer: &[u8]) -> bool {
    let says = |what: &str| memchr::memmem::find(answer, what.as_bytes()).is_some();
    let is_going =
        ["node_not_connected", "node_disconnected", "no node found", "node_closed", "Partial shards failure"];
    match status {
        // these do not pass by waiting
        429 | 503 if says("read-only") || says("too_many_buckets") => false,
        500 => is_going.iter().any(|what| says(what)),
        status => is_passing(status),
    }
}

/// Whether an answer says that a point in time is lost, with the node that kept it.
pub(super) fn is_lost(refusal: &Refusal) -> bool {
    let about = |what: &str| refusal.kind.contains(what) || refusal.reason.contains(what);
    about("search_context_missing") || about("node_not_connected") || about("no node found")
}

#[derive(Deserialize)]
struct ErrorAnswer {
    error: Value,
}

impl Refusal {
    pub fn read(status: u16, answer: &[u8]) -> Self {
        let told = serde_json::from_slice::<ErrorAnswer>(answer).map(|answer| Self::of(status, &answer.error));
        told.unwrap_or_else(|_| {
            let reason = String::from_utf8_lossy(&answer[..answer.len().min(200)]).trim().to_owned();
            Self { status, kind: String::new(), reason }
        })
    }

    /// Reads the `error` of an answer or of an item of a bulk request; the innermost cause says most.
    pub fn of(status: u16, error: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        if let Some(reason) = error.as_str() {
            return Self { status, kind: String::new(), reason: reason.to_owned() };
        }
        let cause = error["root_cause"].get(0).filter(|cause| cause["reason"].is_string()).unwrap_or(error);
        let mut told = Self { status, kind: text(&cause["type"]), reason: text(&cause["reason"]) };
        let deeper = &error["caused_by"]["reason"];
        if let Some(deeper) = deeper.as_str().filter(|deeper| !told.reason.contains(deeper)) {
            told.reason = format!("{} ({deeper})", told.reason);
        }
        told
    }

    pub fn is(&self, kind: &str) -> bool {
        self.kind == kind
    }

    pub fn into_error(self, address: &Address) -> Error {
        let index = &address.index;
        let (what, way_out): (String, String) = match (self.status, self.kind.as_str()) {
            (401, _) => (
                "who asks is not known: wrong or missing user and password, or API key".into(),
                "set DATELINE_OPENSEARCH_USER and DATELINE_OPENSEARCH_PASSWORD, or DATELINE_OPENSEARCH_API_KEY".into(),
            ),
            (_, "cluster_block_exception")
                if self.reason.contains("read-only") || self.reason.contains("FORBIDDEN/12") =>
            {
                (
                    format!(
                        "the index is read-only, as OpenSearch makes it when a disk is nearly full ({})",
                        self.reason
                    ),
                    "make room on the disks, then run again; what was committed stands".into(),
                )
            }
            (_, "cluster_block_exception") => (
                format!("the cluster is blocked ({})", self.reason),
                "see that a manager is elected, then run again".into(),
            ),
            (403, _) => {
                (format!("not allowed: {}", self.reason), "ask for the rights to read and write the index".into())
            }
            (404, "index_not_found_exception") => (
                format!("no index \"{index}\" here"),
                format!("fill it with `dateline index PATH --engine {address}`, or name another"),
            ),
            (400 | 500, "too_many_clauses" | "too_many_nested_clauses") => (
                "the query has more words than the cluster takes".into(),
                "shorten it, or raise indices.query.bool.max_clause_count there".into(),
            ),
            (413, _) => (
                "a request is longer than the cluster takes".into(),
                "raise http.max_content_length there, or leave the longest articles out with --max-record".into(),
            ),
            (429, _) => (
                format!("too busy for longer than it was waited for ({})", self.reason),
                "run again later, or with fewer --threads".into(),
            ),
            (503, _) if self.is_about_shards() => (
                format!("not all shards answer ({})", self.reason),
                "bring the missing nodes back, or take what there is with --allow-partial".into(),
            ),
            (502..=504, _) => (
                format!("does not answer ({} {})", self.status, self.reason),
                "look at the cluster's health, then run again".into(),
            ),
            (status, kind) => (
                format!("refused with {status} {kind}: {}", self.reason),
                "see that the index was made by this version of dateline; else please report this".into(),
            ),
        };
        Error::Cluster { at: address.to_string(), what, way_out }
    }

    fn is_about_shards(&self) -> bool {
        self.kind.contains("shard") || self.kind.contains("phase_execution") || self.reason.contains("shard")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_with_the_way_out() {
        let address: Address = "opensearch:http://127.0.0.1:9201/news".parse().expect("an address");
        for (status, answer, told, way_out) in [
            (401, "Unauthorized", "who asks is not known", "DATELINE_OPENSEARCH_PASSWORD"),
            (
                404,
                r#"{"error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index [news]"}]},"status":404}"#,
                "no index \"news\" here",
                "dateline index PATH --engine opensearch:http://127.0.0.1:9201/news",
            ),
            (
                429,
                r#"{"error":{"type":"cluster_block_exception","reason":"index [news] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];"}}"#,
                "read-only",
                "make room on the disks",
            ),
            (
                503,
                r#"{"error":{"root_cause":[],"type":"search_phase_execution_exception","reason":"all shards failed"}}"#,
                "not all shards answer",
                "--allow-partial",
            ),
            (
                400,
                r#"{"error":{"type":"mapper_parsing_exception","reason":"x","caused_by":{"reason":"why"}}}"#,
                "x (why)",
                "report",
            ),
            (413, "", "longer than the cluster takes", "max_content_length"),
        ] {
            let message = Refusal::read(status, answer.as_bytes()).into_error(&address).to_string();
            assert!(message.contains(told) && message.contains(way_out), "{message}");
        }
    }
}
