//! Nodes that die in the middle: nothing lost, nothing twice, the same order.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::support::{Cluster, Index, PATIENCE, cluster, command, dateline, fill, root};

/// A node that is brought back, whatever happens.
struct Killed<'a> {
    cluster: &'a Cluster,
    number: &'static str,
}

impl<'a> Killed<'a> {
    fn node(cluster: &'a Cluster, number: &'static str) -> Self {
        cluster.tell(&["kill", number]);
        Self { cluster, number }
    }
}

impl Drop for Killed<'_> {
    fn drop(&mut self) {
        self.cluster.tell(&["start", self.number]);
        whole(self.cluster);
    }
}

/// Waits until all nodes and all copies are there.
fn whole(cluster: &Cluster) {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        let (_, health) = cluster.ask("GET", "_cluster/health", "");
        if health["number_of_nodes"] == 3 && health["status"] == "green" {
            return;
        }
        std::thread::sleep(Duration::from_millis(500));
    }
    panic!("the cluster is not whole again");
}

/// Articles enough for a node to die among them: the archive of the seeds, many times over.
fn many(dir: &std::path::Path, copies: usize) -> String {
    let feed = std::fs::read_to_string(root().join("seeds/articles/feeds/coastal-feed.jsonl")).expect("a feed");
    let line = feed.lines().next().expect("a record");
    let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
    let mut lines = String::new();
    for n in 0..copies {
        let mut record = record.clone();
        record["id"] = format!("coast-{n:06}").into();
        record["body"] = format!("Boat number {n} left the harbour. ").repeat(30 + n % 50).into();
        lines.push_str(&record.to_string());
        lines.push('\n');
    }
    let path = dir.join("many.jsonl");
    std::fs::write(&path, lines).expect("written");
    path.to_str().expect("a name").to_owned()
}

fn start(args: &[&str]) -> Child {
    command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs")
}

fn ended(child: Child) -> (i32, String, String) {
    let output = child.wait_with_output().expect("ends");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

/// Waits until some articles have come.
fn under_way(cluster: &Cluster, index: &Index, least: u64) {
    let began = Instant::now();
    loop {
        let (_, stats) = cluster.ask("GET", &format!("{}/_stats/indexing", index.name), "");
        if stats["_all"]["primaries"]["indexing"]["index_total"].as_u64().unwrap_or(0) >= least {
            return;
        }
        assert!(began.elapsed() < PATIENCE, "nothing comes");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
#[ignore = "runs by make test-cluster"]
fn a_node_that_dies_takes_nothing_with_it() {
    let cluster = cluster();
    let dir = tempfile::tempdir().expect("a folder");
    let file = many(dir.path(), 4000);
    let index = cluster.index("dying");
    let address = index.address();
    let local = dir.path().join("local");
    let local = local.to_str().expect("a name");
    let seeds = root().join("seeds/articles");
    let seeds = seeds.to_str().expect("a name");
    // by the same two runs as the cluster below: a root that comes alone gives its ids without its name
    fill(&[seeds], &["--index", local]);
    fill(&[seeds, &file], &["--index", local, "--compact"]);
    let count = |place: [&str; 2]| {
        let stats = dateline(&[&["stats", "--format", "json"], &place[..]].concat());
        let told: serde_json::Value = serde_json::from_str(&stats.out).expect("JSON");
        told["articles"].as_u64()
    };

    // in the middle of indexing, the node that is spoken to; each piece has its second copy by then
    fill(&[seeds], &["--engine", &address, "--shards", "3", "--replicas", "1"]);
    whole(&cluster);
    let run = start(&["index", seeds, &file, "--engine", &address]);
    under_way(&cluster, &index, 500);
    let killed = Killed::node(&cluster, "1");
    let (status, out, err) = ended(run);
    assert_eq!(status, 0, "{out}{err}");
    drop(killed);
    assert_eq!(count(["--engine", &address]), count(["--index", local]), "nothing lost, nothing twice");

    // in the middle of a batch; what was sent twice is not to count in its scores
    fill(&[seeds, &file], &["--engine", &address, "--compact"]);
    whole(&cluster);
    let topics = dir.path().join("topics.tsv");
    let text: String = (0..300).map(|n| format!("{n}\tboat number {} harbour\n", n * 13)).collect();
    std::fs::write(&topics, text).expect("written");
    let topics = topics.to_str().expect("a name");
    let expected = dateline(&["batch", topics, "-n", "20", "--index", local]);
    let run = start(&["batch", topics, "-n", "20", "--engine", &address]);
    std::thread::sleep(Duration::from_millis(500));
    let killed = Killed::node(&cluster, "2");
    let (status, out, err) = ended(run);
    drop(killed);
    assert_eq!(status, expected.status, "{err}");
    let differs = out.lines().zip(expected.out.lines()).find(|(here, there)| here != there);
    assert!(out == expected.out, "the same ids in the same order: {differs:?}");
}

#[test]
#[ignore = "runs by make test-cluster"]
fn a_cluster_that_goes_away_is_told_and_a_later_run_goes_on() {
    let cluster = cluster();
    let dir = tempfile::tempdir().expect("a folder");
    let file = many(dir.path(), 3000);
    let index = cluster.index("away");
    let address = index.address();
    let run = start(&["index", &file, "--engine", &address, "--timeout", "5"]);
    under_way(&cluster, &index, 200);
    let killed = ["1", "2", "3"].map(|number| {
        cluster.tell(&["kill", number]);
        number
    });
    let (status, _, err) = ended(run);
    assert_eq!(status, 2, "{err}");
    assert!(err.contains("cannot be reached") && err.contains("run again"), "{err}");
    killed.iter().for_each(|number| cluster.tell(&["start", number]));
    whole(&cluster);
    let other = cluster.index("undisturbed");
    fill(&[&file], &["--engine", &address]);
    fill(&[&file], &["--engine", &other.address()]);
    let ask =
        |address: &str| dateline(&["query", "boat harbour", "-n", "200", "--format", "jsonl", "--engine", address]).out;
    assert!(ask(&address) == ask(&other.address()), "the state of an undisturbed run");
}

/// The node that has the first copy of an index's list of files.
fn with_the_list(cluster: &Cluster, index: &Index) -> &'static str {
    let (_, shards) = cluster.ask("GET", &format!("_cat/shards/{}-files?format=json", index.name), "");
    let shards = shards.as_array().expect("shards");
    let first = shards.iter().find(|shard| shard["prirep"] == "p").expect("a first copy");
    let node = first["node"].as_str().expect("a node").trim_start_matches('n').to_owned();
    ["1", "2", "3"].into_iter().find(|number| **number == node).expect("one of three")
}

#[test]
#[ignore = "runs by make test-cluster"]
fn an_answer_without_some_shards_is_an_error_unless_it_will_do() {
    let cluster = cluster();
    let dir = tempfile::tempdir().expect("a folder");
    let file = many(dir.path(), 300);
    let index = cluster.index("parted");
    let address = index.address();
    fill(&[&file], &["--engine", &address, "--shards", "3", "--replicas", "0"]);
    whole(&cluster);
    let killed = Killed::node(&cluster, with_the_list(&cluster, &index));
    let query = ["query", "boat harbour", "--timeout", "5", "--engine", &address];
    let without = dateline(&query);
    assert_eq!(without.status, 2, "{}{}", without.out, without.err);
    assert!(without.err.contains("not all shards") && without.err.contains("--allow-partial"), "{}", without.err);
    let with = dateline(&[&query[..], &["--allow-partial"]].concat());
    assert_eq!(with.status, 0, "{}", with.err);
    assert!(with.err.contains("of 3 shards did not answer"), "{}", with.err);
    drop(killed);
    assert_eq!(dateline(&query).status, 0);
}
