//! The ranking gate as a step of a build: exit codes, reasons, files.

use std::fs;

use tempfile::TempDir;

use super::support::{archive, dateline, folder, indexed};

const RUN: &str = "1 Q0 a 1 9 t\n1 Q0 x 2 8 t\n2 Q0 b 1 9 t\n2 Q0 y 2 8 t\n";
const WORSE: &str = "1 Q0 x 1 9 t\n1 Q0 a 2 8 t\n2 Q0 b 1 9 t\n";
const QRELS: &str = "1 0 a 1\n2 0 b 2\n";
const GATE: &str = "eval run qrels -m nDCG@10 --baseline floor.json";

/// A folder with a run and its baseline; the run is then another.
fn held(run: &str) -> TempDir {
    let dir = folder(&[("run", RUN), ("qrels", QRELS)]);
    let made = dateline(dir.path(), &format!("{GATE} --update-baseline"));
    let printed = "ranking gate passed\n  mean nDCG@10 1.0000, the floor from now on\n";
    assert_eq!((made.status, made.stdout.as_str()), (0, printed), "{made:?}");
    assert!(made.stderr.contains("floor.json: baseline made, 2 topics"), "{made:?}");
    fs::write(dir.path().join("run"), run).expect("written");
    dir
}

fn floor(dir: &TempDir) -> String {
    file(dir, "floor.json")
}

fn file(dir: &TempDir, name: &str) -> String {
    fs::read_to_string(dir.path().join(name)).expect("a file")
}

#[test]
fn a_worse_ranking_fails_with_its_reasons() {
    for (run, flags, status, printed) in [
        (RUN, "", 0, "ranking gate passed\n  mean nDCG@10 1.0000, as it was\n  unchanged: qrels\n"),
        (
            WORSE,
            "",
            1,
            "ranking gate failed\n  mean nDCG@10 fell 0.1845, from 1.0000 to 0.8155 (tolerance 0.01)\n  topic 1 nDCG@10 fell \
             0.3691, from 1.0000 to 0.6309 (tolerance 0.2)\n  unchanged: qrels\n",
        ),
        (
            WORSE,
            "--max-drop 0.2 --max-topic-drop 0.4",
            0,
            "ranking gate passed\n  mean nDCG@10 fell 0.1845, from 1.0000 to 0.8155: within tolerance\n  1 topic fell \
             within tolerance: 1 -0.3691\n  unchanged: qrels\n",
        ),
        // no topic gets out of the gate by having no hits
        (
            "2 Q0 b 1 9 t\n",
            "--max-drop 1",
            1,
            "ranking gate failed\n  topic 1 nDCG@10 fell 1.0000, from 1.0000 to 0.0000 (tolerance 0.2)\n  mean nDCG@10 fell \
             0.5000, from 1.0000 to 0.5000: within tolerance\n  unchanged: qrels\n",
        ),
    ] {
        let dir = held(run);
        let before = floor(&dir);
        let ran = dateline(dir.path(), &format!("{GATE} {flags}"));
        assert_eq!((ran.stdout.as_str(), ran.status), (printed, status), "{ran:?}");
        assert_eq!(floor(&dir), before, "the gate does not write");
    }
}

#[test]
fn a_floor_never_falls_silently_and_a_gain_is_told() {
    let dir = held(WORSE);
    let before = floor(&dir);
    let refused = dateline(dir.path(), &format!("{GATE} --update-baseline"));
    assert_eq!((refused.status, floor(&dir)), (1, before.clone()), "{refused:?}");
    for said in ["would lower 2 floors", "mean nDCG@10 from 1.0000 to 0.8155", "topic 1 nDCG@10 from 1.0000 to 0.6309"]
    {
        assert!(refused.stderr.contains(said), "{said}: {refused:?}");
    }
    let allowed = dateline(dir.path(), &format!("{GATE} --update-baseline --allow-drop --junit results.xml"));
    assert!(allowed.status == 0 && floor(&dir) != before, "{allowed:?}");
    let printed = "ranking gate passed\n  lowered: mean nDCG@10 from 1.0000 to 0.8155\n  lowered: topic 1 nDCG@10 from 1.0000 to \
                   0.6309\n  mean nDCG@10 0.8155, the floor from now on\n";
    assert_eq!(allowed.stdout, printed, "what was lowered on purpose is told and is no failure");
    assert!(file(&dir, "results.xml").contains("tests=\"3\" failures=\"0\""), "{}", file(&dir, "results.xml"));
    fs::write(dir.path().join("run"), RUN).expect("written");
    let lower = floor(&dir);
    let gained = dateline(dir.path(), GATE);
    assert!(gained.stdout.contains("mean nDCG@10 rose 0.1845, from 0.8155 to 1.0000: --update-baseline"), "{gained:?}");
    assert_eq!((gained.status, floor(&dir)), (0, lower), "a gain is no new floor by itself");
    let raised = dateline(dir.path(), &format!("{GATE} --update-baseline --format json"));
    assert_eq!((raised.status, floor(&dir)), (0, before), "{raised:?}");
    for part in ["{\"passed\":true,\"reasons\":[],", "\"lowered\":[],\"updated\":true"] {
        assert!(raised.stdout.contains(part), "{part}: {raised:?}");
    }
}

#[test]
fn a_gain_that_an_update_would_refuse_is_told_as_that() {
    let dir = folder(&[("run", RUN), ("qrels", "1 0 x 1\n2 0 b 1\n2 0 y 2\n")]);
    assert_eq!(dateline(dir.path(), &format!("{GATE} --update-baseline")).status, 0);
    fs::write(dir.path().join("run"), "1 Q0 x 1 9 t\n2 Q0 b 1 9 t\n2 Q0 z 2 8 t\n2 Q0 y 3 7 t\n").expect("written");
    let gained = dateline(dir.path(), GATE);
    let told = "from 0.7453 to 0.8801: the update would lower 1 floor: --allow-drop\n";
    assert!(gained.status == 0 && gained.stdout.contains(told), "{gained:?}");
    let refused = dateline(dir.path(), &format!("{GATE} --update-baseline"));
    assert!(refused.status == 1 && refused.stderr.contains("would lower 1 floor:\n  topic 2 nDCG@10"), "{refused:?}");
}

#[test]
fn a_topic_that_was_not_asked_is_told_as_that() {
    let gate = "eval --topics topics.tsv --qrels qrels --baseline floor.json";
    let dir = archive();
    assert_eq!(dateline(dir.path(), &format!("{gate} --update-baseline")).status, 0);
    fs::write(dir.path().join("topics.tsv"), "1\tHelsinki venue?\n").expect("written");
    let left_out = dateline(dir.path(), &format!("{gate} --junit results.xml"));
    let printed =
        "ranking gate failed\n  topic 2 is in the baseline and was not asked\n  mean nDCG@10 1.0000, as it was\n";
    assert!(left_out.status == 1 && left_out.stdout.starts_with(printed), "{left_out:?}");
    let counted = "1 topic scored; 1 with judgments that were not asked left out\n";
    assert_eq!(left_out.stderr, counted);
    let case = "name=\"2\"><failure message=\"in the baseline and not asked\"/>";
    assert!(file(&dir, "results.xml").contains(case), "{}", file(&dir, "results.xml"));
    let all = dateline(dir.path(), "eval --topics topics.tsv --qrels qrels -m AP -c");
    assert_eq!((all.stdout.as_str(), all.status), ("AP  0.5000\n", 0), "-c is trec_eval's: {all:?}");
}

#[test]
fn builds_get_json_and_junit() {
    let dir = held(WORSE);
    let ran = dateline(dir.path(), &format!("{GATE} --format json --junit results.xml"));
    assert!(ran.stdout.starts_with("{\"passed\":false,\"reasons\":[\"mean nDCG@10 fell 0.1845"), "{ran:?}");
    let xml = fs::read_to_string(dir.path().join("results.xml")).expect("results");
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<testsuites tests=\"3\" failures=\"2\" errors=\"0\" skipped=\"0\">
<testsuite name=\"dateline ranking\" tests=\"3\" failures=\"2\" errors=\"0\" skipped=\"0\">
<testcase classname=\"ranking.mean\" name=\"nDCG@10\"><failure message=\"nDCG@10 fell 0.1845, from 1.0000 to 0.8155 (tolerance 0.01)\"/></testcase>
<testcase classname=\"ranking.topic\" name=\"1\"><failure message=\"nDCG@10 fell 0.3691, from 1.0000 to 0.6309 (tolerance 0.2)\"/></testcase>
<testcase classname=\"ranking.topic\" name=\"2\"></testcase>
</testsuite>
</testsuites>
";
    assert_eq!(xml, expected);
}

#[test]
fn the_archive_answers_and_the_cause_is_named() {
    let gate = "eval --topics topics.tsv --qrels qrels --baseline floor.json";
    let dir = archive();
    let made = dateline(dir.path(), &format!("{gate} --update-baseline"));
    assert_eq!(made.status, 0, "{made:?}");
    for part in [
        "\"articles\": \"blake3:",
        "\"analyzer\": \"",
        "\"scoring\": \"",
        "\"topics\": \"blake3:",
        "\"1\": {\"nDCG@10\": 1.0000",
    ] {
        assert!(floor(&dir).contains(part), "{part}: {}", floor(&dir));
    }
    let same = dateline(dir.path(), gate);
    assert!(
        same.status == 0
            && same.stdout.contains("unchanged: analyzer, articles, language, qrels, scoring, settings, topics"),
        "{same:?}"
    );
    let other = "eval --topics topics.tsv --qrels qrels --baseline floor.json --index german";
    assert_eq!(dateline(dir.path(), "index articles --language german --index german").status, 0);
    let german = dateline(dir.path(), other);
    for part in
        ["changed since the baseline: language, from english to german", "changed since the baseline: analyzer, from "]
    {
        assert!(german.stdout.contains(part), "{part}: {german:?}");
    }
    fs::remove_file(dir.path().join("articles/farm.txt")).expect("removed");
    indexed(&dir);
    let fell = dateline(dir.path(), gate);
    assert_eq!(fell.status, 1, "{fell:?}");
    for part in ["topic 2 nDCG@10 fell 1.0000", "changed since the baseline: articles, from blake3:"] {
        assert!(fell.stdout.contains(part), "{part}: {fell:?}");
    }
}

#[test]
fn scores_and_golden_rankings_are_one_object() {
    let dir = archive();
    fs::write(dir.path().join("run"), "1 Q0 summit 1 9 t\n2 Q0 farm 1 9 t\n").expect("written");
    for (args, keys) in [
        ("run qrels --golden golden.tsv", "counts gate means qrels run"),
        ("run qrels --golden golden.tsv -q", "counts gate means qrels run topics"),
        ("--topics topics.tsv --qrels qrels --golden golden.tsv", "counts gate means qrels run"),
        ("run qrels", "counts means qrels run"),
        ("--golden golden.tsv", "golden passed reasons unanswered verdict"),
    ] {
        let ran = dateline(dir.path(), &format!("eval {args} --format json"));
        let object: serde_json::Value = serde_json::from_str(&ran.stdout).expect("one object");
        let mut found: Vec<&String> = object.as_object().expect("an object").keys().collect();
        found.sort();
        assert_eq!(found.iter().map(|key| key.as_str()).collect::<Vec<_>>().join(" "), keys, "{args}");
        let gate = object.get("gate").unwrap_or(&object);
        assert!(!keys.contains("gate") || gate["passed"] == true && gate["golden"][0]["fate"] == "kept", "{args}");
    }
}

#[test]
fn golden_answers_are_held_to_their_places() {
    let dir = archive();
    let kept = dateline(dir.path(), "eval --golden golden.tsv --junit results.xml");
    let printed = "ranking gate passed\n  golden: 2 of 3 in place, 1 known to be missed\n";
    assert_eq!((kept.stdout.as_str(), kept.status), (printed, 0), "{kept:?}");
    let xml = fs::read_to_string(dir.path().join("results.xml")).expect("results");
    for part in [
        "name=\"farm for &lt;harvest&gt;\"",
        "<skipped message=\"known miss\"/>",
        "failures=\"0\" errors=\"0\" skipped=\"1\"",
    ] {
        assert!(xml.contains(part), "{part}: {xml}");
    }
    fs::write(dir.path().join("golden.tsv"), "Helsinki\tfarm\t2\nharvest\tfarm\t1\tknown miss\n").expect("written");
    let lost = dateline(dir.path(), "eval --golden golden.tsv");
    let printed = "ranking gate failed\n  golden line 1: farm for \"Helsinki\", expected at 2 or better, not found\n  golden \
                   line 2: mended: farm for \"harvest\"; take the mark away\n  golden: 1 of 2 in place, 0 known to be missed\n";
    assert_eq!((lost.stdout.as_str(), lost.status), (printed, 1), "{lost:?}");
}

#[test]
fn a_build_gets_a_summary_in_markdown() {
    let gate = "eval --topics topics.tsv --qrels qrels --baseline floor.json --golden golden.tsv";
    let dir = archive();
    fs::write(dir.path().join("topics.tsv"), "1\tHelsinki | <venue>?\n2\tharvest\n").expect("written");
    assert_eq!(dateline(dir.path(), &format!("{gate} --update-baseline")).status, 0);
    let passed = dateline(dir.path(), &format!("{gate} --format markdown"));
    let printed = "### Ranking gate passed

| mean | baseline | now | change | |
|---|--:|--:|--:|---|
| nDCG@10 | 1.0000 | 1.0000 | +0.0000 | as it was |
| AP | 1.0000 | 1.0000 | +0.0000 | as it was |

- unchanged: analyzer, articles, language, qrels, scoring, settings, topics
- golden: 2 of 3 in place, 1 known to be missed
";
    assert_eq!((passed.stdout.as_str(), passed.status), (printed, 0), "{passed:?}");
    fs::write(dir.path().join("qrels"), "1 0 summit 1\n1 0 tram 2\n1 0 farm 0\n2 0 tram 1\n").expect("written");
    fs::write(dir.path().join("golden.tsv"), "Helsinki\tfarm\t2\n").expect("written");
    let failed = dateline(dir.path(), &format!("{gate} --format markdown --junit results.xml"));
    let printed = "### Ranking gate failed

| mean | baseline | now | change | |
|---|--:|--:|--:|---|
| nDCG@10 | 1.0000 | 0.4299 | -0.5701 | **fell** (tolerance 0.01) |
| AP | 1.0000 | 0.5000 | -0.5000 | **fell** (tolerance 0.01) |

1 topic failed, the worst first (tolerance 0.2)

| topic | words | measure | baseline | now | change |
|---|---|---|--:|--:|--:|
| `2` | harvest | nDCG@10 | 1.0000 | 0.0000 | -1.0000 |
| `2` | harvest | AP | 1.0000 | 0.0000 | -1.0000 |

- golden line 1: farm for \"Helsinki\", expected at 2 or better, not found
";
    assert!(failed.status == 1 && failed.stdout.starts_with(printed), "{failed:?}");
    let text = dateline(dir.path(), gate);
    let fell = "topic 2 nDCG@10 fell 1.0000, from 1.0000 to 0.0000 (tolerance 0.2); AP fell 1.0000, from 1.0000 to 0.0000 \
                (tolerance 0.2)";
    assert!(text.stdout.contains(&format!("  {fell}\n      harvest\n")), "{text:?}");
    let line = format!("{fell}: harvest");
    let case = line.strip_prefix("topic 2 ").expect("a topic");
    assert!(
        file(&dir, "results.xml").contains(&format!("<failure message=\"{case}\"/>")),
        "{}",
        file(&dir, "results.xml")
    );
    let json = dateline(dir.path(), &format!("{gate} --format json"));
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("one object");
    assert_eq!((&json["reasons"][2], &json["words"]["1"]), (&line.as_str().into(), &"Helsinki | <venue>?".into()));
    let alone = dateline(dir.path(), "eval --topics topics.tsv --qrels qrels -m AP -q --format markdown");
    let table = "| | AP |\n|---|--:|\n| `1` | 1.0000 |\n| `2` | 0.0000 |\n| mean | 0.5000 |\n";
    assert_eq!((alone.stdout.as_str(), alone.status), (table, 0), "{alone:?}");
}

#[test]
fn failed_topics_come_worst_first_and_twenty_at_most() {
    let (mut run, mut worse, mut qrels) = (String::new(), String::new(), String::new());
    for topic in 1..=24 {
        run.push_str(&format!("{topic} Q0 good 1 9 t\n"));
        qrels.push_str(&format!("{topic} 0 good 1\n"));
        // the answer sinks to a rank that is another for each, topic 1 farthest
        let bad: String = (1..=25 - topic).map(|n| format!("{topic} Q0 bad{n} {n} {} t\n", 50 - n)).collect();
        worse.push_str(&format!("{bad}{topic} Q0 good 30 1 t\n"));
    }
    let dir = folder(&[("run", &run), ("qrels", &qrels)]);
    let gate = "eval run qrels -m RR --baseline floor.json";
    assert_eq!(dateline(dir.path(), &format!("{gate} --update-baseline")).status, 0);
    fs::write(dir.path().join("run"), worse).expect("written");
    let topics = |printed: &str, sign: &str| -> Vec<u32> {
        let of_line = |line: &str| line.trim().strip_prefix(sign)?.split([' ', '`']).next()?.parse().ok();
        printed.lines().filter_map(of_line).collect()
    };
    for (format, sign) in [("text", "topic "), ("markdown", "| `")] {
        let told = dateline(dir.path(), &format!("{gate} --format {format}"));
        assert_eq!(topics(&told.stdout, sign), (1..=20).collect::<Vec<u32>>(), "{told:?}");
        assert!(told.stdout.contains("4 more topics failed; --format json has all\n"), "{told:?}");
    }
    let json = dateline(dir.path(), &format!("{gate} --format json --junit results.xml"));
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("one object");
    assert_eq!(json["reasons"].as_array().map(Vec::len), Some(25), "the mean and all topics");
    assert!(file(&dir, "results.xml").contains("tests=\"25\" failures=\"25\""), "{}", file(&dir, "results.xml"));
}
