//! The same articles and the same words give the same bytes, whichever engine answers.

use dateline::analysis::{Analyzer, Language};

use super::support::{cluster, dateline, fill, root};

/// What is asked of both: arguments of `dateline query`.
const QUERIES: &str = include_str!("queries.txt");

#[test]
#[ignore = "runs by make test-cluster"]
fn both_engines_print_the_same() {
    let cluster = cluster();
    let dir = tempfile::tempdir().expect("a folder");
    let local = dir.path().to_str().expect("a name");
    let remote = cluster.index("seeds");
    let address = remote.address();
    fill(&["seeds/articles"], &["--index", local]);
    fill(&["seeds/articles"], &["--engine", &address, "--shards", "3"]);

    let same = |args: &[&str]| {
        let here = dateline(&[args, &["--index", local]].concat());
        let there = dateline(&[args, &["--engine", &address]].concat());
        let archive = |text: &str| text.replace(&address, "ARCHIVE").replace(local, "ARCHIVE");
        // advice names the archive by the flag that was typed
        let told = |text: &str| archive(text).replace("--engine ARCHIVE", "--index ARCHIVE");
        assert_eq!((there.status, told(&there.err)), (here.status, told(&here.err)), "{args:?}");
        assert_eq!(told(&there.out), told(&here.out), "{args:?}");
    };
    let mut asked = 0;
    for line in QUERIES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let args: Vec<&str> = line.split(" | ").collect();
        same(&[&["query", "--format", "json"], args.as_slice()].concat());
        same(&[&["query"], args.as_slice()].concat());
        asked += 1;
    }
    assert!(asked > 50, "{asked}");
    for month in 1..=12 {
        let date = format!("date:2018-{month:02}");
        same(&["query", "--format", "json", "-n", "0", &date]);
        same(&["query", "--format", "json", "-n", "0", "summit", &date]);
    }
    let topics = root().join("seeds/topics.tsv");
    let topics = topics.to_str().expect("a name");
    for format in ["trec", "jsonl", "csv"] {
        same(&["batch", topics, "--format", format]);
    }
    same(&["batch", topics, "--by", "passage", "--expand", "-n", "100"]);
    same(&["batch", topics, "--ocr"]);
    same(&["eval", "--topics", topics, "--qrels", "seeds/qrels.txt", "--format", "json"]);
    same(&["outlets", "--format", "json"]);
    for id in ["archive/2018/06/helsinki-rooms", "archive/2018/06/helsinki-rooms:2", "no-such-article"] {
        same(&["show", id]);
        same(&["show", id, "--format", "json"]);
    }
    numbers_agree(local, &address);
}

/// What both tell of their archive, but for how it lies on the disk and what a cluster does not know.
fn numbers_agree(local: &str, address: &str) {
    let stats = |flag: &str, value: &str| {
        let ended = dateline(&["stats", "--format", "json", flag, value]);
        serde_json::from_str::<serde_json::Value>(&ended.out).expect("JSON")
    };
    let (here, there) = (stats("--index", local), stats("--engine", address));
    for name in
        ["articles", "passages", "words", "outlets", "first_day", "last_day", "unknown", "files", "failed_files"]
    {
        assert_eq!(there[name], here[name], "{name}");
    }
    assert!(there["forms"].is_null() && there["terms"].is_null(), "a cluster does not count words");
}

/// Texts whose words other analyzers take otherwise, in several languages.
const TEXTS: &[(&str, &str)] = &[
    ("english", "The U.S. and O'Brien's full-scale talks: 1,000 men, 2.1% at 7:30 p.m.; don’t! naïve café"),
    ("english", "東京都 and ソウル, Пётр Чайковский, Łódź, straße, ＦＵＬＬ ﬁnal"),
    ("german", "Die Häuser der Großstädte, Übergänge und Straßenbahnfahrten"),
    ("french", "L'élève arrêtée aujourd’hui, des chevaux d'Île-de-France"),
    ("russian", "Переговоры в Хельсинки продолжались несколько часов"),
    ("turkish", "İstanbul'da görüşmelerin ardından IŞIK"),
    ("arabic", "المحادثات في هلسنكي"),
    ("none", "Running runners ran"),
];

#[test]
#[ignore = "runs by make test-cluster"]
fn a_cluster_takes_words_as_we_do() {
    let cluster = cluster();
    let index = cluster.index("words");
    fill(&["seeds/articles/wire"], &["--engine", &index.address()]);
    for (language, text) in TEXTS {
        let analyzer = Analyzer::new(language.parse::<Language>().expect("a language"));
        let ours: Vec<(String, u64)> =
            analyzer.tokens(text).into_iter().map(|token| (token.term, token.position as u64)).collect();
        let sent = ours.iter().map(|(term, _)| term.as_str()).collect::<Vec<&str>>().join(" ");
        let ask = serde_json::json!({ "field": "text", "text": [sent, "next"] }).to_string();
        let (status, told) = cluster.ask("POST", &format!("{}/_analyze", index.name), &ask);
        assert_eq!(status, 200, "{told}");
        let tokens = told["tokens"].as_array().expect("tokens");
        let term = |token: &serde_json::Value| token["token"].as_str().unwrap_or_default().to_owned();
        let mut theirs: Vec<(String, u64)> =
            tokens.iter().map(|token| (term(token), token["position"].as_u64().unwrap_or(0))).collect();
        let (next, at) = theirs.pop().expect("the next passage");
        assert_eq!(theirs, ours, "{language}: {text}");
        assert_eq!((next.as_str(), at), ("next", ours.len() as u64 + 256), "nothing reaches from one into the next");
    }
}
