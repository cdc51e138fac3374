//! What a cluster refuses is told with the way out.

use super::support::{Cluster, Index, Proxy, cluster, dateline, dateline_with, fill};

/// Fails as it should: exit status 2, a message that names the address, what is wrong, and the way out.
fn refused(args: &[&str], variables: &[(&str, &str)], told: &[&str]) {
    let ended = dateline_with(args, variables);
    assert_eq!(ended.status, 2, "{args:?}: {}{}", ended.out, ended.err);
    for told in told {
        assert!(ended.err.contains(told), "{args:?}: {told:?} is not in {:?}", ended.err);
    }
}

fn filled(cluster: &Cluster, name: &str) -> Index {
    let index = cluster.index(name);
    fill(&["seeds/articles/wire"], &["--engine", &index.address()]);
    index
}

#[test]
#[ignore = "runs by make test-cluster"]
fn who_asks_must_be_known() {
    let cluster = cluster();
    let index = filled(&cluster, "secret");
    let proxy = Proxy::start(&cluster, &["--basic", "desk:s3cret", "--api-key", "a2V5"]);
    let engine = proxy.engine(&index);
    let query = ["query", "Helsinki", "--engine", &engine];
    let no = ["who asks is not known", "DATELINE_OPENSEARCH_PASSWORD", &index.name];
    refused(&query, &[], &no);
    let wrong = [("DATELINE_OPENSEARCH_USER", "desk"), ("DATELINE_OPENSEARCH_PASSWORD", "hunter2")];
    refused(&query, &wrong, &no);
    let told = dateline_with(&query, &wrong);
    assert!(!told.err.contains("hunter2"), "a password is never told: {}", told.err);
    let right = [("DATELINE_OPENSEARCH_USER", "desk"), ("DATELINE_OPENSEARCH_PASSWORD", "s3cret")];
    assert_eq!(dateline_with(&query, &right).status, 0);
    assert_eq!(dateline_with(&query, &[("DATELINE_OPENSEARCH_API_KEY", "a2V5")]).status, 0);
    let mistaken = engine.replace("http://", "http://desk:s3cret@");
    refused(&["query", "Helsinki", "--engine", &mistaken], &[], &["does not belong in an address"]);
    // nothing listens there, and nothing is asked
    let elsewhere = ["query", "Helsinki", "--timeout", "1", "--engine", "opensearch:http://192.0.2.1:9/news"];
    refused(&elsewhere, &right, &["a password would go over the network", "DATELINE_OPENSEARCH_PLAIN_HTTP=1"]);
}

#[cfg(feature = "tls")]
#[test]
#[ignore = "runs by make test-cluster"]
fn a_certificate_must_be_signed_by_somebody_known() {
    let cluster = cluster();
    let index = filled(&cluster, "sealed");
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path().to_str().expect("a name");
    let proxy = Proxy::start(&cluster, &["--tls", folder]);
    assert!(proxy.address.starts_with("https://"), "{}", proxy.address);
    let engine = proxy.engine(&index);
    let query = ["query", "Helsinki", "--timeout", "3", "--engine", &engine];
    refused(&query, &[], &["no secure connection", "DATELINE_OPENSEARCH_CA"]);
    let authority = format!("{folder}/ca.pem");
    let ended = dateline_with(&query, &[("DATELINE_OPENSEARCH_CA", &authority)]);
    assert_eq!(ended.status, 0, "{}", ended.err);
}

#[test]
#[ignore = "runs by make test-cluster"]
fn only_our_indexes_are_touched() {
    let cluster = cluster();
    let index = cluster.index("theirs");
    let address = index.address();
    let query = ["query", "Helsinki", "--engine", &address];
    refused(&query, &[], &["no index", "dateline index PATH --engine"]);
    let theirs = r#"{"mappings":{"properties":{"text":{"type":"keyword"}}}}"#;
    assert_eq!(cluster.ask("PUT", &index.name, theirs).0, 200);
    let no = ["was not made by dateline", "name another index"];
    refused(&query, &[], &no);
    refused(&["index", "seeds/articles/wire", "--engine", &address], &[], &no);
    let (_, mapping) = cluster.ask("GET", &format!("{}/_mapping", index.name), "");
    assert_eq!(mapping[&index.name]["mappings"]["properties"]["text"]["type"], "keyword", "left as it was");

    let old = cluster.index("old");
    let meta = r#"{"mappings":{"_meta":{"dateline":{"format":"0","analyzer":"1","language":"english"}}}}"#;
    assert_eq!(cluster.ask("PUT", &old.name, meta).0, 200);
    refused(&["query", "Helsinki", "--engine", &old.address()], &[], &["index format 0", "fill another index"]);
    let english = filled(&cluster, "english");
    let german = ["index", "seeds/articles/wire", "--language", "de", "--engine", &english.address()];
    refused(&german, &[], &["its language is english, not german", "leave --language out"]);
}

#[test]
#[ignore = "runs by make test-cluster"]
fn a_cluster_that_is_too_old_away_or_none_is_told() {
    let cluster = cluster();
    let index = filled(&cluster, "aged");
    let old = Proxy::start(&cluster, &["--number", "1.3.20"]);
    refused(&["query", "x", "--engine", &old.engine(&index)], &[], &["OpenSearch 1.3.20 is too old", "2.4 and later"]);
    let nobody = "opensearch:http://127.0.0.1:1/news";
    refused(&["query", "x", "--timeout", "2", "--engine", nobody], &[], &["cannot be reached", "check that it runs"]);
    refused(&["query", "x", "--engine", "http://127.0.0.1:1/news"], &[], &["names no engine", "opensearch:http://"]);
    let check = ["check", "--engine", &index.address()];
    refused(&check, &[], &["check works on the files of an index on this machine"]);
}

#[test]
#[ignore = "runs by make test-cluster"]
fn an_index_that_a_full_disk_made_read_only_keeps_what_it_has() {
    let cluster = cluster();
    let index = filled(&cluster, "full");
    let address = index.address();
    let settings = format!("{}/_settings", index.name);
    cluster.ask("PUT", &settings, r#"{"index.blocks.read_only_allow_delete":true}"#);
    let before = dateline(&["query", "Helsinki venue", "--format", "json", "--engine", &address]);
    let fill = ["index", "seeds/articles/wire", "seeds/articles/archive", "--engine", &address];
    refused(&fill, &[], &["read-only", "make room on the disks"]);
    let after = dateline(&["query", "Helsinki venue", "--format", "json", "--engine", &address]);
    assert_eq!((after.status, after.out), (before.status, before.out), "what was committed stands");
    cluster.ask("PUT", &settings, r#"{"index.blocks.read_only_allow_delete":null}"#);
    let ended = dateline(&fill);
    assert_eq!(ended.status, 0, "{}", ended.err);
}

#[test]
#[ignore = "runs by make test-cluster"]
fn what_is_typed_goes_before_the_environment() {
    let cluster = cluster();
    let index = filled(&cluster, "typed");
    let address = index.address();
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path().join("index");
    let folder = folder.to_str().expect("a name");
    fill(&["seeds/articles/archive"], &["--index", folder]);
    let stats = |args: &[&str]| {
        let ended = dateline_with(&[&["stats", "--format", "json"], args].concat(), &[("DATELINE_ENGINE", &address)]);
        serde_json::from_str::<serde_json::Value>(&ended.out).expect("JSON")["articles"].clone()
    };
    let (there, here) = (stats(&[]), stats(&["--index", folder]));
    assert_ne!(there, here);
    assert_eq!(stats(&["--engine", &address]), there);
    refused(&["stats", "--engine", &address, "--index", folder], &[], &["leave one of them out"]);
}

#[test]
#[ignore = "runs by make test-cluster"]
fn a_busy_cluster_is_waited_for() {
    let cluster = cluster();
    let index = cluster.index("busy");
    for status in ["429", "503"] {
        let proxy = Proxy::start(&cluster, &["--busy", "3", "--after", "2", "--status", status]);
        let ended = dateline(&["index", "seeds/articles/wire", "--engine", &proxy.engine(&index)]);
        assert_eq!(ended.status, 0, "{status}: {}", ended.err);
    }
    let proxy = Proxy::start(&cluster, &["--busy", "100000", "--status", "429"]);
    let query = ["query", "Helsinki", "--timeout", "2", "--engine", &proxy.engine(&index)];
    refused(&query, &[], &["too busy", "run again later"]);
}
