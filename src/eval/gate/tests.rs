use super::golden::{Fate, GoldenHit};
use super::*;
use crate::eval::measures::parse_all;
use crate::eval::{TopicCounts, TopicValues};

/// `1=0.5,0.25 2=…`: a topic's nDCG@10 and AP.
fn evaluation(topics: &str) -> Evaluation {
    let topics: Vec<TopicValues> = topics
        .split_whitespace()
        .filter_map(|part| part.split_once('='))
        .map(|(id, values)| TopicValues {
            topic: id.to_owned(),
            values: values.split(',').filter_map(|v| v.parse().ok()).collect(),
        })
        .collect();
    let measures = parse_all(&["nDCG@10", "AP"]).unwrap_or_default();
    let means = crate::eval::evaluation::means(&topics, measures.len());
    Evaluation { measures, topics, means, counts: TopicCounts::default(), unasked: Vec::new() }
}

fn inputs(pairs: &[(&str, &str)]) -> Inputs {
    pairs.iter().map(|(what, hash)| ((*what).to_owned(), (*hash).to_owned())).collect()
}

const BEFORE: &str = "1=0.5,0.25 2=1,1 10=0.33333,0.2";

#[test]
fn the_file_is_readable_and_gives_itself_back() {
    let baseline = Baseline::of(&evaluation(BEFORE), inputs(&[("scoring", "1"), ("articles", "blake3:ab")]));
    let text = baseline.to_text();
    let expected = "{\n  \"format\": 1,\n  \"inputs\": {\n    \"articles\": \"blake3:ab\",\n    \"scoring\": \"1\"\n  },\n  \
                    \"measures\": [\"nDCG@10\", \"AP\"],\n  \"means\": {\"nDCG@10\": 0.6111, \"AP\": 0.4833},\n  \"topics\": \
                    {\n    \"1\": {\"nDCG@10\": 0.5000, \"AP\": 0.2500},\n    \"2\": {\"nDCG@10\": 1.0000, \"AP\": \
                    1.0000},\n    \"10\": {\"nDCG@10\": 0.3333, \"AP\": 0.2000}\n  }\n}\n";
    assert_eq!(text, expected);
    assert_eq!(Baseline::parse("b", &text).ok(), Some(baseline));
    for (text, message) in [
        ("{", "b: line 1: no baseline: EOF while parsing an object at line 1 column 1; restore the file"),
        (&expected.replace("\"format\": 1", "\"format\": 2"), "b: baseline format 2, this dateline reads 1; restore"),
        (
            "{\"format\": 1, \"inputs\": {}, \"measures\": [], \"means\": {}, \"topics\": {\"1\": {}}}",
            "b: a baseline without floors holds nothing; restore",
        ),
        (
            "{\"format\": 1, \"inputs\": {}, \"measures\": [\"AP\"], \"means\": {\"AP\": 1}, \"topics\": {}}",
            "b: a baseline without floors holds nothing; restore",
        ),
        (
            "{\"format\": 1, \"inputs\": {}, \"measures\": [\"AP\"], \"means\": {}, \"topics\": {\"1\": {}}}",
            "b: a baseline without the mean of AP; restore",
        ),
    ] {
        let error = Baseline::parse("b", text).map_or_else(|e| e.to_string(), |_| String::new());
        assert!(error.starts_with(message), "{error}");
    }
}

#[test]
fn the_gate_fails_beyond_tolerance_only() {
    let baseline = Baseline::of(&evaluation(BEFORE), Inputs::new());
    let strict = Tolerance { max_drop: 0.0, max_topic_drop: 0.0 };
    for (what, now, tolerance, passes) in [
        ("the same", BEFORE, strict, true),
        ("the last digit is rounding", "1=0.49997,0.25 2=1,1 10=0.33333,0.2", strict, true),
        ("a gain", "1=0.9,0.25 2=1,1 10=0.4,0.2", strict, true),
        ("any drop where none is allowed", "1=0.4998,0.25 2=1,1 10=0.33333,0.2", strict, false),
        ("a mean within tolerance", "1=0.475,0.25 2=1,1 10=0.33333,0.2", Tolerance::default(), true),
        ("a mean beyond it", "1=0.4,0.25 2=1,1 10=0.33333,0.2", Tolerance::default(), false),
        ("one topic, made up for by another", "1=0.9,0.5 2=0.7,1 10=0.33333,0.2", Tolerance::default(), false),
        ("the other measure", "1=0.5,0.25 2=1,0.5 10=0.33333,0.2", Tolerance::default(), false),
        ("a topic gone", "1=0.5,0.25 2=1,1", Tolerance::default(), false),
        ("a new topic", "1=0.5,0.25 2=1,1 10=0.33333,0.2 11=1,1", Tolerance::default(), true),
    ] {
        let verdict = check(&baseline, &evaluation(now), &Inputs::new(), tolerance);
        assert_eq!(verdict.passed(), passes, "{what}: {verdict:?}");
    }
}

#[test]
fn what_changed_beside_the_ranking_is_named() {
    let then = inputs(&[("articles", "a"), ("scoring", "1"), ("topics", "t"), ("analyzer", "1")]);
    let now = inputs(&[("articles", "a"), ("scoring", "2"), ("qrels", "q"), ("analyzer", "1")]);
    let verdict = check(&Baseline::of(&evaluation(BEFORE), then), &evaluation(BEFORE), &now, Tolerance::default());
    let change = Change { what: "scoring".into(), was: "1".into(), is: "2".into() };
    assert_eq!(
        (verdict.changes, verdict.unchanged),
        (vec![change], vec!["analyzer".to_owned(), "articles".to_owned()])
    );
}

#[test]
fn an_update_tells_every_floor_that_it_would_lower() {
    let of = |topics: &str| Baseline::of(&evaluation(topics), Inputs::new());
    let old = of(BEFORE);
    for (now, expected) in [
        (BEFORE, &[][..]),
        ("1=0.6,0.3 2=1,1 10=0.4,0.2 11=1,1", &[]),
        ("1=0.9,0.9 2=0.9,1 10=0.4,0.2", &["Some(\"2\") nDCG@10 1 Some(0.9)"]),
        ("1=0.5,0.25 2=1,1", &["Some(\"10\") AP 0.2 None", "Some(\"10\") nDCG@10 0.3333 None"]),
        ("1=0.5,0.25 2=1,1 10=0,0.2", &["None nDCG@10 0.6111 Some(0.5)", "Some(\"10\") nDCG@10 0.3333 Some(0.0)"]),
    ] {
        let lowered = old.lowered_by(&of(now));
        let written: Vec<String> =
            lowered.iter().map(|l| format!("{:?} {} {} {:?}", l.topic, l.measure, l.floor, l.now)).collect();
        assert_eq!(written, expected, "{now}");
    }
}

#[test]
fn golden_answers_keep_their_places() {
    let table = "# query\texpected\trank\n\nkept\ta:1\t1\nany passage\ta\t2\nlost\tb:2\t2\nnot found\tz\t5\nmissed\tb:2\t1\tknown \
                 miss\nmended\ta:1\t1\tKnown miss\n";
    let found = |passage: &str| GoldenHit { passage: passage.into(), article: passage[..1].into() };
    let hits = || Ok(vec![found("a:1"), found("a:2"), found("b:2")]);
    let results = golden::parse("g", table).and_then(|table| golden::check(table, |_| hits())).unwrap_or_default();
    let fates: Vec<_> = results.iter().map(|r| (r.golden.query.as_str(), r.found, r.fate)).collect();
    let expected = [
        ("kept", Some(1), Fate::Kept),
        ("any passage", Some(1), Fate::Kept),
        ("lost", Some(3), Fate::Lost),
        ("not found", None, Fate::Lost),
        ("missed", Some(3), Fate::KnownMiss),
        ("mended", Some(1), Fate::Mended),
    ];
    assert_eq!(fates, expected);
    for (line, message) in [
        ("q\ta\n", "g: line 1: 2 columns where golden rankings have three or four; write query, tab"),
        ("q\ta\tfirst\n", "g: line 1: the rank \"first\" is no number from 1;"),
        ("#\nq\ta\t1\tmiss\n", "g: line 2: the mark \"miss\" is not known;"),
        ("", "g: no golden ranking in it; write query, tab"),
        ("\u{feff}# nothing\n \n", "g: no golden ranking in it; write query, tab"),
        ("\ta\t1\n", "g: line 1: no query, or no passage or article;"),
    ] {
        let error = golden::parse("g", line).map_or_else(|e| e.to_string(), |_| String::new());
        assert!(error.starts_with(message), "{error}");
    }
}
