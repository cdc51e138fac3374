use std::io::Cursor;

use super::super::topic::Filters;
use super::*;

/// Reads topics and writes each as `line id: text`, with its filters, or as its error.
fn read(text: &str, options: TopicOptions) -> Vec<String> {
    let all = topics("t", Cursor::new(text.as_bytes().to_vec()), options);
    let written = |topic: Topic| {
        let Topic { id, text, filters: Filters { outlets, after, before }, around, n, weights, aside, place } = topic;
        let aside = aside.into_iter().map(|key| format!("not {key}"));
        let set = [after, before, around, n.map(|n| n.to_string()), weights].into_iter().flatten();
        let extra: Vec<String> = outlets.into_iter().chain(set).chain(aside).collect();
        let extra = if extra.is_empty() { String::new() } else { format!(" [{}]", extra.join(", ")) };
        let line = place.strip_prefix("t: line ").unwrap_or(&place);
        format!("{line} {id}: {text}{extra}")
    };
    all.map_or_else(|e| vec![e.to_string()], |all| all.map(|t| t.map_or_else(|e| e.to_string(), written)).collect())
}

const TREC: &str = "<top>\n\n<num> Number: 301\n<title> Organized Crime &amp; law\n\n<desc> Description:\nIdentify \
                    organizations.\n\n<narr> Narrative:\nAny a < b.\n\n</top>\n\n<top>\n<num>302</num>\n<title>Topic: \
                    polio</title>\n<top>\n<num> Number: 303\n</top>\n";

#[test]
fn every_format_is_told_by_its_first_line() {
    for (text, expected) in [
        ("1\twhat is\ttabbed\r\n\r\n2\tyes?\n", &["1 1: what is\ttabbed", "3 2: yes?"][..]),
        ("\u{feff}\n7\tq", &["2 7: q"]),
        (
            "{\"id\": 3, \"query\": \"a\", \"filters\": {\"outlet\": \"CBS\", \"after\": \"2018\"}, \"n\": 5}\n{\"qid\": \"x\", \
             \"text\": \"b\"}\n",
            &["1 3: a [CBS, 2018, 5]", "2 x: b"],
        ),
        (
            "{\"_id\": \"a\", \"text\": \"b\", \"after\": 2018, \"outlets\": [\"CBS\", \"BBC\"], \"weights\": {\"lead\": 0, \
             \"passage\": 0.6}, \"metadata\": {\"x\": 1}}\n{\"id\": 2, \"title\": \"c\", \"narrative\": \"d\", \"metadata\": \
             {}, \"before\": null, \"description\": \"e\"}\n",
            &["1 a: b [CBS, BBC, 2018, lead=0,passage=0.6, not metadata]", "2 2: c [not narrative, not description]"],
        ),
        (
            "ID,Query,Weights,narrative\n1,a,\"lead=0,k1=1\",b\n2,c,,d\n",
            &["2 1: a [lead=0,k1=1, not narrative]", "3 2: c"],
        ),
        ("id,query\n1,\"a, \"\"b\"\"\nc\"\n2,d\n", &["2 1: a, \"b\"\nc", "4 2: d"]),
        ("qid;title;n;before\n1;a;20;2018-06\n", &["2 1: a [2018-06, 20]"]),
        ("qid\tquery\n1\ta\n", &["2 1: a"]),
        ("id,query\n1,a,,\n2,\"Helsinki,2018\"\n", &["2 1: a", "3 2: Helsinki,2018"]),
        ("1\ta\r2\tb\r", &["1 1: a", "2 2: b"]),
        ("id,query\r1,a\r2,b", &["2 1: a", "3 2: b"]),
        ("{\"id\": 1, \"query\": \"a\"}\r\r{\"id\": 2, \"query\": \"b\"}", &["1 1: a", "3 2: b"]),
        (TREC, &["1 301: Organized Crime & law", "14 302: polio", "t: line 17: topic 303 has no <title>; give it one"]),
        ("<?xml version=\"1.0\"?>\n<topics>\n<topic number=\"1\">\n<query>a</query></topic>\n</topics>", &["3 1: a"]),
        ("", &["t: no topics in it; put one on a line: an id, a tab, the question"]),
        ("id,query\n", &["t: no topics in it; put one on a line: an id, a tab, the question"]),
    ] {
        assert_eq!(read(text, TopicOptions::default()), expected, "{text}");
    }
}

#[test]
fn a_description_is_asked_with_its_title_on_demand() {
    let options = TopicOptions { description: true, ..TopicOptions::default() };
    assert_eq!(read(TREC, options)[0], "1 301: Organized Crime & law Identify organizations.");
    let json = "{\"id\": 1, \"description\": \"Of what?\", \"title\": \"a\"}\n";
    assert_eq!(read(json, options), ["1 1: a Of what?"]);
}

#[test]
fn a_bad_topic_is_told_with_its_line_and_the_rest_comes() {
    for (text, expected) in [
        (
            "1\ta\nno tab\n1\tb\nx y\tc\n3\t \n\td\n4\te\n",
            &[
                "1 1: a",
                "t: line 2: no tab between an id and a question; write id, tab, question",
                "t: line 3: topic 1 has been asked on an earlier line; give one of the two another id",
                "t: line 4: the id \"x y\" has a blank in it, which a run cannot carry; write it without",
                "t: line 5: topic 3 asks nothing; give it words or leave it out",
                "t: line 6: a topic without an id; give it one",
                "7 4: e",
            ][..],
        ),
        (
            "{\"id\": 1, \"query\": \"a\"}\n{\"id\": 2}\n{\"id\": 3, \"query\": \"c\", \"filters\": {\"lang\": \"en\"}}\n",
            &[
                "1 1: a",
                "t: line 2: no key asks the question; write {\"id\": …, \"query\": …}, one object a line",
                "t: line 3: \"lang\" is no key of a topic; write id, query, n, outlet, after, before, around, weights",
            ],
        ),
        (
            "{\"id\": 1, \"query\": \"a\", \"afer\": \"2018\"}\n{\"id\": 2, \"query\": \"a\", \"title\": \"b\"}\n{\"id\": 3, \
             \"query\": [\"a\"]}\n{\"id\": 4, \"query\": \"a\", \"filters\": {\"n\": 3}}\n[1]\n",
            &[
                "t: line 1: \"afer\" is no key of a topic, perhaps after; write id, query, n, outlet, after, before, around, weights",
                "t: line 2: \"title\" says again what another key says; keep one of the two",
                "t: line 3: \"query\" cannot be [\"a\"]; write {\"id\": …, \"query\": …}, one object a line",
                "t: line 4: \"n\" is no filter; filter by outlet, after, before",
                "t: line 5: no object: [1]; write {\"id\": …, \"query\": …}, one object a line",
            ],
        ),
        (
            "{\"id\": 1, \"query\": \"a\", \"query\": \"b\"}\n{\"id\": 2, \"query\": \"a\", \"filters\": {\"after\": 1, \"after\": 2}}\n",
            &[
                "t: line 1: the key \"query\" stands twice at column 31; write {\"id\": …, \"query\": …}, one object a line",
                "t: line 2: the key \"after\" stands twice at column 55; write {\"id\": …, \"query\": …}, one object a line",
            ],
        ),
        (
            "id,query\n1,Helsinki,2018\n2,b\n",
            &[
                "t: line 2: 3 cells, and the first line names 2; put quotes around a cell that has the sign between the cells in it",
                "3 2: b",
            ],
        ),
        (
            "id,query,befor\n1,a,2018\n",
            &[
                "t: line 1: \"befor\" is no key of a topic, perhaps before; write id, query, n, outlet, after, before, around, weights",
            ],
        ),
        (
            "id,query\n1,\"a\nb\"\n2,\"c\n3,d\n",
            &["2 1: a\nb", "t: line 4: a quote that is not closed; close it, and write a quote inside a cell twice"],
        ),
        ("id,query,n\n1,a,many\n2,b\n", &["t: line 2: n is \"many\", no number; write a number", "3 2: b"]),
    ] {
        assert_eq!(read(text, TopicOptions::default()), expected, "{text}");
    }
}

#[test]
fn a_topic_of_more_than_a_mebibyte_is_told_and_those_behind_it_come() {
    let long = "word ".repeat(300_000);
    let lines = "word\n".repeat(300_000);
    for (text, behind) in [
        (format!("1\t{long}\n2\tb\n"), Some("2 2: b")),
        (format!("0\ta\n1\t{long}\n2\tb\n"), Some("3 2: b")),
        (format!("{{\"id\": 1, \"query\": \"{long}\"}}\n{{\"id\": 2, \"query\": \"b\"}}\n"), Some("2 2: b")),
        (format!("<top>\n<num> 1\n<title> {lines}</top>\n<top>\n<num> 2\n<title> b\n</top>\n"), Some("300004 2: b")),
        (format!("<top>\n<num> 1\n<title> {long}\n</top>\n<top>\n<num> 2\n<title> b\n</top>\n"), Some("5 2: b")),
        // where the row ends is not known
        (format!("id,query\n1,\"{long}\"\n2,b\n"), None),
    ] {
        let found = read(&text, TopicOptions::default());
        assert!(found.iter().any(|topic| topic.contains("a topic of more than 1 MiB; write")), "{:.40}", text);
        assert_eq!(found.last().map(String::as_str).filter(|last| !last.contains("MiB")), behind, "{text:.40}");
    }
}

#[test]
fn a_forced_format_is_taken_at_its_word() {
    let csv = TopicOptions { format: Some(TopicFormat::Csv), ..TopicOptions::default() };
    let wrong = "t: line 1: the first line does not name the columns; begin with a line such as id,query";
    assert_eq!(read("1,a\n2,b\n", csv), [wrong]);
    let tsv = TopicOptions { format: Some(TopicFormat::Tsv), ..TopicOptions::default() };
    assert_eq!(read("{a\tb\n", tsv), ["1 {a: b"]);
}
