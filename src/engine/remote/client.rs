//! Requests to a cluster: the next node where one is away, patience where it is busy, and errors with the way out.

use std::borrow::Cow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::de::DeserializeOwned;
use serde_json::Value;
use ureq::http::Request;

use super::address::Address;
use super::refusal::{Refusal, may_pass};
use super::tls;
use crate::error::{Error, Result};

/// The longest answer that is read.
const MAX_ANSWER: u64 = 1 << 30;
/// The first pause before something is asked again; each is twice the one before it, up to [`MAX_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const MAX_PAUSE: Duration = Duration::from_secs(3);
const CONNECT: Duration = Duration::from_secs(5);

/// Who asks, and how long an answer may take.
#[derive(Clone)]
pub struct Access {
    /// The value of the Authorization header; never told.
    pub authorization: Option<String>,
    /// Certificates in PEM that the cluster's is to be signed by; else the usual ones of the web.
    pub authorities: Option<Vec<u8>>,
    /// After how long a request is given up.
    pub timeout: Duration,
    /// For how long a request is made again where the cluster is away or busy.
    pub patience: Duration,
    /// Whether an answer without some of the shards will do.
    pub allow_partial: bool,
    /// Whether who asks may be said over a network without encryption.
    pub allow_plain: bool,
}

impl Default for Access {
    fn default() -> Self {
        Self {
            authorization: None,
            authorities: None,
            timeout: Duration::from_secs(60),
            patience: Duration::from_secs(60),
            allow_partial: false,
            allow_plain: false,
        }
    }
}

impl Access {
    /// The value of the Authorization header: an API key before user and password.
    pub fn authorization(user: Option<String>, password: Option<String>, api_key: Option<String>) -> Option<String> {
        if let Some(key) = api_key {
            return Some(format!("ApiKey {key}"));
        }
        let pair = format!("{}:{}", user?, password.unwrap_or_default());
        Some(format!("Basic {}", BASE64.encode(pair)))
    }
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let authorization = self.authorization.as_ref().map(|_| "…");
        f.debug_struct("Access").field("authorization", &authorization).field("timeout", &self.timeout).finish()
    }
}

/// A cluster that is spoken to.
pub(super) struct Client {
    agent: ureq::Agent,
    pub address: Address,
    pub access: Access,
    /// The node that answered last.
    node: AtomicUsize,
}

/// What a request carries.
#[derive(Clone, Copy)]
pub(super) enum RequestBody<'a> {
    Nothing,
    Json(&'a Value),
    /// JSON lines, for bulk requests.
    Lines(&'a [u8]),
}

impl Client {
    pub fn new(address: Address, access: Access) -> Result<Self> {
        let says_who = access.authorization.is_some() && !access.allow_plain;
        if let Some(node) = address.plain_node().filter(|_| says_who) {
            let what = format!("{node}: a password would go over the network for everyone to read");
            return Err(Error::request(
                what,
                "use https, or set DATELINE_OPENSEARCH_PLAIN_HTTP=1 where the network is yours",
            ));
        }
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            // packing answers costs a cluster more than it saves but on slow lines
            .accept_encoding(ureq::config::AutoHeaderValue::None)
            .timeout_connect(Some(CONNECT.min(access.timeout)))
            .timeout_global(Some(access.timeout));
        let config = tls::secured(config, &address, access.authorities.as_deref())?.build();
        Ok(Self { agent: config.into(), address, access, node: AtomicUsize::new(0) })
    }

    /// Asks, and reads the answer; made again, where that may help, until patience runs out. Whatever is asked may be
    /// asked twice.
    ///
    /// # Errors
    /// Where the cluster is away, refuses, or does not answer in time.
    pub fn ask<T: DeserializeOwned>(&self, method: &str, path: &str, body: RequestBody<'_>) -> Result<T> {
        match self.ask_for(method, path, body)? {
            Ok(answer) => Ok(answer),
            Err(refusal) => Err(refusal.into_error(&self.address)),
        }
    }

    /// As [`ask`](Self::ask), for callers that know what to do about a refusal.
    pub fn ask_for<T: DeserializeOwned>(
        &self,
        method: &str,
        path: &str,
        body: RequestBody<'_>,
    ) -> Result<std::result::Result<T, Refusal>> {
        let began = Instant::now();
        let mut pause = FIRST_PAUSE;
        loop {
            let tried = self.try_nodes(method, path, body);
            let is_passing = match &tried {
                Ok((status, answer)) => may_pass(*status, answer),
                Err(error) => may_come_back(error),
            };
            if !is_passing || began.elapsed() + pause > self.access.patience {
                return self.read(tried);
            }
            thread::sleep(pause);
            pause = (pause * 2).min(MAX_PAUSE);
        }
    }

    fn read<T: DeserializeOwned>(
        &self,
        tried: std::result::Result<(u16, Vec<u8>), ureq::Error>,
    ) -> Result<std::result::Result<T, Refusal>> {
        let (status, answer) = tried.map_err(|error| self.away(&error))?;
        if !(200..300).contains(&status) {
            return Ok(Err(Refusal::read(status, &answer)));
        }
        // an answer without a body (HEAD) is null
        let answer = if answer.is_empty() { b"null" } else { answer.as_slice() };
        serde_json::from_slice(answer).map(Ok).map_err(|_| {
            self.error(
                "an answer that is none of OpenSearch's",
                "check that the address is that of an OpenSearch cluster",
            )
        })
    }

    /// The answer of the first node that gives one, beginning with the one that did so last.
    fn try_nodes(
        &self,
        method: &str,
        path: &str,
        body: RequestBody<'_>,
    ) -> std::result::Result<(u16, Vec<u8>), ureq::Error> {
        let nodes = &self.address.nodes;
        let first = self.node.load(Ordering::Relaxed);
        let mut failed = ureq::Error::ConnectionFailed;
        for number in (0..nodes.len()).map(|n| (first + n) % nodes.len()) {
            match self.try_node(&nodes[number], method, path, body) {
                Ok(answer) => {
                    self.node.store(number, Ordering::Relaxed);
                    return Ok(answer);
                }
                // the request did not reach the cluster, or its node went away with it
                Err(error) => failed = error,
            }
        }
        Err(failed)
    }

    fn try_node(
        &self,
        node: &str,
        method: &str,
        path: &str,
        body: RequestBody<'_>,
    ) -> std::result::Result<(u16, Vec<u8>), ureq::Error> {
        let mut request = Request::builder().method(method).uri(format!("{node}/{path}"));
        if let Some(authorization) = &self.access.authorization {
            request = request.header("Authorization", authorization);
        }
        let (kind, bytes) = match body {
            RequestBody::Nothing => (None, Cow::default()),
            RequestBody::Json(json) => (Some("application/json"), Cow::Owned(json.to_string().into_bytes())),
            RequestBody::Lines(lines) => (Some("application/x-ndjson"), Cow::Borrowed(lines)),
        };
        if let Some(kind) = kind {
            request = request.header("Content-Type", kind);
        }
        let mut answer = match bytes.is_empty() {
            true => self.agent.run(request.body(()).map_err(ureq::Error::Http)?)?,
            false => self.agent.run(request.body(&*bytes).map_err(ureq::Error::Http)?)?,
        };
        let status = answer.status().as_u16();
        let read = answer.body_mut().with_config().limit(MAX_ANSWER).read_to_vec()?;
        Ok((status, read))
    }

    fn away(&self, error: &ureq::Error) -> Error {
        let (what, way_out) = match error {
            ureq::Error::Timeout(_) => (
                format!("no answer within {} s", self.access.timeout.as_secs_f64()),
                "look at the cluster, or allow more with --timeout",
            ),
            error if tls::is_insecure(error) => (
                format!("no secure connection: {error}"),
                "check https and the certificate; DATELINE_OPENSEARCH_CA names a file of authorities",
            ),
            _ => (
                format!("cannot be reached: {error}"),
                "check that it runs and that the address is right, then run again",
            ),
        };
        self.error(what, way_out)
    }

    /// An error of this cluster.
    pub fn error(&self, what: impl Into<String>, way_out: impl Into<String>) -> Error {
        Error::Cluster { at: self.address.to_string(), what: what.into(), way_out: way_out.into() }
    }
}

/// Whether the same request may succeed a little later.
fn may_come_back(error: &ureq::Error) -> bool {
    let may = matches!(error, ureq::Error::Io(_) | ureq::Error::ConnectionFailed | ureq::Error::Protocol(_));
    may && !tls::is_insecure(error)
}
