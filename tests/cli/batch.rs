//! Files of topics in; runs, JSON lines and CSV out.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::support::{Archive, article, text};

fn lamps() -> Archive {
    let files: Vec<(String, String)> = (0..30)
        .map(|n| {
            let body = format!("Lamp {n} burns in the harbour. {}", "The keeper reads by the lamp. ".repeat(n % 5));
            (format!("a{n:02}.txt"), article(&format!("Keeper {n} writes home"), &[body.trim()]))
        })
        .collect();
    Archive::indexed(&files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect::<Vec<_>>())
}

fn with_topics(archive: &Archive, name: &str, topics: &str) -> String {
    fs::write(archive.dir.path().join(name), topics).expect("written");
    name.to_owned()
}

#[test]
fn every_form_of_topics_gives_the_same_run() {
    let archive = lamps();
    let rows = [
        ("t.tsv", "1\tlamp keeper\n2\tharbour home\n"),
        ("t.jsonl", "{\"id\":\"1\",\"query\":\"lamp keeper\"}\n{\"id\":2,\"query\":\"harbour home\"}\n"),
        ("t.csv", "id,query\n1,lamp keeper\n2,harbour home\n"),
        (
            "t.trec",
            "<top>\n<num> Number: 1\n<title> lamp keeper\n</top>\n<top>\n<num> Number: 2\n<title> harbour home\n</top>\n",
        ),
    ];
    let runs: Vec<String> = rows
        .iter()
        .map(|(name, topics)| {
            let run = archive.run(&["batch", &with_topics(&archive, name, topics)]);
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{name}");
            run.stdout
        })
        .collect();
    assert!(runs[0].starts_with("1 Q0 a"), "{}", runs[0]);
    assert_eq!(runs[0].lines().count(), 60);
    assert!(runs.iter().all(|run| *run == runs[0]));
}

fn assert_falling(run: &str) {
    let lines: Vec<Vec<&str>> = run.lines().map(|line| line.split(' ').collect()).collect();
    for pair in lines.windows(2).filter(|pair| pair[0][0] == pair[1][0]) {
        let score = |line: &[&str]| line[4].parse::<f32>().expect("a score");
        assert!(score(&pair[0]) > score(&pair[1]), "{pair:?}");
    }
}

#[test]
fn ties_fall_strictly_to_the_depth_of_a_run() {
    let same: String =
        (0..1100).map(|n| format!("{{\"id\":\"a{n:04}\",\"body\":\"A lamp burns in the harbour.\"}}\n")).collect();
    let archive = Archive::indexed(&[("same.jsonl", same)]);
    for by in ["article", "passage"] {
        let run = archive.run(&["batch", &with_topics(&archive, "t.tsv", "1\tlamp harbour\n"), "--by", by]).stdout;
        assert_eq!(run.lines().count(), 1000);
        assert_falling(&run);
        let docnos: Vec<&str> = run.lines().filter_map(|line| line.split(' ').nth(2)).collect();
        assert!(docnos.is_sorted(), "ties go by article id");
    }
}

#[test]
fn scores_fall_strictly_and_threads_change_nothing() {
    let archive = lamps();
    let topics: String = (0..200).map(|n| format!("q{n}\tlamp {} keeper harbour\n", n % 30)).collect();
    let name = with_topics(&archive, "t.tsv", &topics);
    let once = archive.run(&["batch", &name, "--threads", "1"]).stdout;
    for threads in ["2", "7"] {
        assert_eq!(archive.run(&["batch", &name, "--threads", threads]).stdout, once, "{threads} threads");
    }
    let lines: Vec<Vec<&str>> = once.lines().map(|line| line.split(' ').collect()).collect();
    assert_falling(&once);
    let asked: Vec<u32> = lines.iter().map(|line| line[0][1..].parse().expect("a number")).collect();
    assert!(asked.is_sorted());
}

#[test]
fn a_bad_topic_is_told_with_its_line_and_the_rest_is_answered() {
    let archive = lamps();
    let topics = "{\"id\":\"1\",\"query\":\"lamp\"}\n{oops\n{\"id\":\"3\",\"query\":\"keeper\",\"filters\":{\"after\":\"soon\"}}\n{\"id\":\"4\",\"query\":\"keeper\",\"n\":2}\n";
    let run = archive.run(&["batch", &with_topics(&archive, "t.jsonl", topics)]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("t.jsonl: line 2"), "{}", run.stderr);
    assert!(run.stderr.contains("t.jsonl: line 3: topic 3: --after \"soon\" is no date"), "{}", run.stderr);
    assert_eq!(run.stdout.lines().filter(|line| line.starts_with("4 ")).count(), 2);
    assert_eq!(run.stdout.lines().filter(|line| line.starts_with("1 ")).count(), 30);
}

#[test]
fn a_topic_names_its_filters_and_its_number_of_hits() {
    let archive = Archive::indexed(&[(
        "a.jsonl",
        "{\"id\":\"old\",\"date\":\"2017-05-01\",\"outlet\":\"Port Post\",\"body\":\"A lamp burns.\"}\n\
         {\"id\":\"new\",\"date\":\"2018-05-01\",\"outlet\":\"Port Post\",\"body\":\"A lamp burns.\"}\n\
         {\"id\":\"sun\",\"date\":\"2018-06-01\",\"outlet\":\"Daily Sun\",\"body\":\"A lamp burns.\"}\n",
    )]);
    for (filters, csv, expected) in [
        ("", ",,,", &["new", "old", "sun"][..]),
        ("\"n\":2", ",,,2", &["new", "old"]),
        ("\"filters\":{\"outlet\":\"Port Post\"}", "Port Post,,,", &["new", "old"]),
        ("\"filters\":{\"after\":\"2018\"}", ",2018,,", &["new", "sun"]),
        (
            "\"filters\":{\"outlet\":\"port\",\"after\":\"2017\",\"before\":\"2017-12\"},\"n\":5",
            "port,2017,2017-12,5",
            &["old"],
        ),
    ] {
        let comma = if filters.is_empty() { "" } else { "," };
        for (name, topics) in [
            ("t.jsonl", format!("{{\"id\":1,\"query\":\"lamp\"{comma}{filters}}}\n")),
            ("t.csv", format!("id,query,outlet,after,before,n\n1,lamp,{csv}\n")),
        ] {
            let run = archive.run(&["batch", &with_topics(&archive, name, &topics)]);
            let docnos: Vec<&str> = run.stdout.lines().filter_map(|line| line.split(' ').nth(2)).collect();
            assert_eq!((docnos, run.status), (expected.to_vec(), 0), "{topics}: {}", run.stderr);
        }
    }
}

#[test]
fn topics_are_plain_words_unless_said_otherwise() {
    let archive = lamps();
    let name = with_topics(&archive, "t.tsv", "1\t+\"lamp 7\" -keeper headline:writes?\n");
    let plain = archive.run(&["batch", &name]).stdout;
    assert_eq!(plain.lines().count(), 30, "every word counts, none is a sign");
    let read = archive.run(&["batch", &name, "--syntax"]).stdout;
    assert_eq!(read.lines().count(), 0, "every keeper is excluded");
}

#[test]
fn hits_come_whole_as_json_lines_and_as_csv() {
    let archive = lamps();
    let name = with_topics(&archive, "t.tsv", "one\tlamp 7\n");
    let run = archive.run(&["batch", &name, "--format", "jsonl", "-n", "3"]);
    let hits: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).expect("a hit")).collect();
    assert_eq!(hits.len(), 3);
    assert_eq!((text(&hits[0]["topic"]), text(&hits[0]["id"])), ("one".to_owned(), "a07:1".to_owned()));
    assert!(hits[0]["source"]["pieces"].is_array());
    let run = archive.run(&["batch", &name, "--format", "csv", "-n", "2"]);
    assert!(
        run.stdout.starts_with("topic,rank,score,id,article,passage,outlet,date,time,date_precision,date_confidence,byline,section,page,url,headline,snippet,path,root,first_line,last_line\r\none,1,")
    );
    assert_eq!(run.stdout.lines().count(), 3);
}

#[test]
fn a_run_is_by_article_and_hits_are_by_passage_unless_said_otherwise() {
    let archive = lamps();
    let name = with_topics(&archive, "t.tsv", "1\tlamp\n");
    assert!(archive.run(&["batch", &name]).stdout.starts_with("1 Q0 a"));
    let docno = |run: &str| run.split(' ').nth(2).map(str::to_owned);
    assert!(!docno(&archive.run(&["batch", &name]).stdout).expect("a docno").contains(':'));
    assert!(docno(&archive.run(&["batch", &name, "--by", "passage"]).stdout).expect("a docno").ends_with(":1"));
}

#[test]
fn only_what_is_new_since_an_earlier_run() {
    let archive = lamps();
    let name = with_topics(&archive, "t.tsv", "1\tlamp\n2\tharbour\n");
    let earlier = archive.run(&["batch", &name, "-n", "25"]).stdout;
    with_topics(&archive, "earlier.run", &earlier);
    let new = archive.run(&["batch", &name, "--new-since", "earlier.run"]).stdout;
    assert_eq!(new.lines().count(), 10);
    let docnos = |run: &str| -> Vec<String> {
        run.lines().map(|l| l.split(' ').take(3).collect::<Vec<_>>().join(" ")).collect()
    };
    assert!(docnos(&new).iter().all(|line| !docnos(&earlier).contains(line)));
    let passages = archive.run(&["batch", &name, "--by", "passage", "--new-since", "earlier.run"]).stdout;
    assert_eq!(passages.lines().count(), 10, "a run of articles holds for their passages");
    archive.write("b.txt", article("A new lamp", &["A new lamp burns in the tower."]).as_bytes());
    archive.index();
    with_topics(&archive, "full.run", &archive.run(&["batch", &name]).stdout.replace("1 Q0 b ", "1 Q0 other "));
    assert_eq!(archive.run(&["batch", &name, "--new-since", "full.run"]).stdout.split(' ').nth(2), Some("b"));
}

#[test]
fn a_file_without_topics_is_told() {
    let archive = lamps();
    for (name, topics) in
        [("t.tsv", ""), ("t.tsv", "\n \n\n"), ("t.csv", "id,query\n"), ("t.trec", "<!-- nothing -->\n")]
    {
        let name = with_topics(&archive, name, topics);
        for args in [vec!["batch", &name], vec!["batch", &name, "--format", "jsonl"]] {
            let run = archive.run(&args);
            let said = format!("dateline: {name}: no topics in it; put one on a line: an id, a tab, the question\n");
            assert_eq!((run.status, run.stderr, run.stdout), (2, said, String::new()), "{topics:?}");
        }
        with_topics(&archive, "qrels", "1 0 a01 1\n");
        let run = archive.run(&["eval", "--topics", &name, "--qrels", "qrels"]);
        assert!(run.status == 2 && run.stderr.contains(": no topics in it; "), "{run:?}");
    }
}

/// `dateline batch -`, one hit a topic, with pipes.
fn piped(archive: &Archive) -> Child {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
        .current_dir(archive.dir.path())
        .args(["batch", "-", "-n", "1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("runs")
}

#[test]
fn an_answer_comes_before_the_next_topic_is_asked() {
    let archive = lamps();
    let mut child = piped(&archive);
    let (mut stdin, stdout) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
    let (tell, told) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || BufReader::new(stdout).lines().for_each(|line| drop(tell.send(line))));
    for n in 0..3 {
        writeln!(stdin, "{n}\tlamp").expect("taken");
        let line = told.recv_timeout(Duration::from_secs(60)).expect("an answer while topics are open");
        assert!(line.expect("text").starts_with(&format!("{n} Q0 ")));
    }
    drop(stdin);
    reader.join().expect("ends");
    assert!(child.wait().expect("ends").success());
}

#[test]
fn topics_stream_through_standard_input() {
    let archive = lamps();
    let mut child = piped(&archive);
    let mut stdin = child.stdin.take().expect("a pipe");
    for n in 0..5000 {
        writeln!(stdin, "{n}\tlamp {}", n % 30).expect("taken");
    }
    drop(stdin);
    let output = child.wait_with_output().expect("ends");
    assert_eq!(output.stdout.iter().filter(|&&b| b == b'\n').count(), 5000);
}
