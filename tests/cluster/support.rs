//! A cluster, indexes on it, and the command.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long a cluster may take to come back.
pub const PATIENCE: Duration = Duration::from_secs(240);

/// What a command printed and how it ended.
pub struct Ended {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// A cluster that was started for the tests.
pub struct Cluster {
    /// The first node.
    pub node: String,
}

/// The cluster that the tests were given.
pub fn cluster() -> Cluster {
    let node = std::env::var("DATELINE_CLUSTER").unwrap_or_default();
    assert!(!node.is_empty(), "DATELINE_CLUSTER names no cluster; `make test-cluster` starts one");
    Cluster { node }
}

impl Cluster {
    /// An index of this test alone, on all three nodes; gone with it.
    pub fn index(&self, name: &str) -> Index {
        let index = Index { node: self.node.clone(), name: format!("{name}-{}", std::process::id()) };
        index.delete();
        index
    }

    /// The addresses of all nodes.
    pub fn nodes(&self) -> Vec<String> {
        nodes(&self.node)
    }

    /// Tells cluster.sh to do something, such as `kill 2`.
    pub fn tell(&self, words: &[&str]) {
        let script = std::env::var("DATELINE_CLUSTER_SH").expect("DATELINE_CLUSTER_SH names cluster.sh");
        let done = Command::new("bash").arg(script).args(words).stdin(Stdio::null()).stdout(Stdio::null()).status();
        assert!(done.expect("bash runs").success(), "cluster.sh {words:?}");
    }

    /// Asks any node that answers; waits for one.
    pub fn ask(&self, method: &str, path: &str, body: &str) -> (u16, Value) {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            for node in self.nodes() {
                if let Some(answer) = ask(&node, method, path, body) {
                    return answer;
                }
            }
            std::thread::sleep(Duration::from_millis(500));
        }
        panic!("no node answers {method} {path}");
    }
}

fn nodes(first: &str) -> Vec<String> {
    let (host, port) = first.rsplit_once(':').expect("a port");
    let port: u16 = port.trim_end_matches('/').parse().expect("a port");
    (port..port + 3).map(|port| format!("{host}:{port}")).collect()
}

fn ask(node: &str, method: &str, path: &str, body: &str) -> Option<(u16, Value)> {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let request = ureq::http::Request::builder().method(method).uri(format!("{node}/{path}"));
    let request = request.header("Content-Type", "application/json").body(body.to_owned()).expect("a request");
    let mut answer = agent.run(request).ok()?;
    let status = answer.status().as_u16();
    let text = answer.body_mut().read_to_string().ok()?;
    Some((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
}

/// An index on the cluster; deleted in the end.
pub struct Index {
    node: String,
    pub name: String,
}

impl Index {
    /// What `--engine` takes: all nodes.
    pub fn address(&self) -> String {
        format!("opensearch:{}/{}", nodes(&self.node).join(","), self.name)
    }

    fn delete(&self) {
        for node in nodes(&self.node) {
            if ask(&node, "DELETE", &format!("{0},{0}-files?ignore_unavailable=true", self.name), "").is_some() {
                return;
            }
        }
    }
}

impl Drop for Index {
    fn drop(&mut self) {
        self.delete();
    }
}

/// The command, without what the caller's environment says.
pub fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(args).current_dir(root()).stdin(Stdio::null());
    for name in ["DATELINE_INDEX", "DATELINE_ENGINE", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command
}

/// Runs the command to its end.
pub fn dateline(args: &[&str]) -> Ended {
    dateline_with(args, &[])
}

/// Runs the command with variables of the environment.
pub fn dateline_with(args: &[&str], variables: &[(&str, &str)]) -> Ended {
    let output = command(args).envs(variables.iter().copied()).output().expect("the command runs");
    Ended {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Indexes articles into an archive that the flags name.
pub fn fill(paths: &[&str], archive: &[&str]) {
    let ended = dateline(&[&["index"], paths, archive].concat());
    assert_eq!(ended.status, 0, "{}", ended.err);
}

/// Indexes articles of which some may be none.
pub fn fill_mostly(paths: &[&str], archive: &[&str]) {
    let ended = dateline(&[&["index"], paths, archive].concat());
    assert!(ended.status == 0 || ended.err.contains("neither a headline"), "{}", ended.err);
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The proxy before the cluster that demands passwords, speaks TLS, or is busy; ends with its standard input.
pub struct Proxy {
    process: Child,
    pub address: String,
}

impl Proxy {
    pub fn start(cluster: &Cluster, flags: &[&str]) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cluster/proxy.py");
        let mut process = Command::new("python3")
            .arg(script)
            .arg(&cluster.node)
            .args(flags)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 runs");
        let mut address = String::new();
        let stdout = process.stdout.take().expect("piped");
        std::io::BufRead::read_line(&mut std::io::BufReader::new(stdout), &mut address).expect("an address");
        Self { process, address: address.trim().to_owned() }
    }

    /// What `--engine` takes for an index behind it.
    pub fn engine(&self, index: &Index) -> String {
        format!("opensearch:{}/{}", self.address, index.name)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
