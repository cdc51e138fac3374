use std::io::Cursor;

use super::*;

/// Reads topics and writes each as `line id: text`, with its filters, or as its error.
fn read(text: &str, options: TopicOptions) -> Vec<String> {
    let all = topics("t", Cursor::new(text.as_bytes().to_vec()), options);
    let written = |topic: Topic| {
        let Topic { id, text, filters: Filters { outlet, after, before }, n, place } = topic;
        let extra: Vec<String> = [outlet, after, before, n.map(|n| n.to_string())].into_iter().flatten().collect();
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
        ("id,query\n1,\"a, \"\"b\"\"\nc\"\n2,d\n", &["2 1: a, \"b\"\nc", "4 2: d"]),
        ("qid;title;n;before\n1;a;20;2018-06\n", &["2 1: a [2018-06, 20]"]),
        ("qid\tquery\n1\ta\n", &["2 1: a"]),
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
                "t: line 2: missing field `query` at column 9; write {\"id\": …, \"query\": …}, one object a line",
                "t: line 3: unknown field `lang`, expected one of `outlet`, `after`, `before` at column 42; write {\"id\": \
                 …, \"query\": …}, one object a line",
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
fn a_forced_format_is_taken_at_its_word() {
    let csv = TopicOptions { format: Some(TopicFormat::Csv), ..TopicOptions::default() };
    let wrong = "t: line 1: the first line does not name the columns; begin with a line such as id,query";
    assert_eq!(read("1,a\n2,b\n", csv), [wrong]);
    let tsv = TopicOptions { format: Some(TopicFormat::Tsv), ..TopicOptions::default() };
    assert_eq!(read("{a\tb\n", tsv), ["1 {a: b"]);
}
