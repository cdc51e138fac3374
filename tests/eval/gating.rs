//! The ranking gate as a step of a build: exit codes, reasons, files.

use std::fs;

use tempfile::TempDir;

use crate::support::{archive, dateline, folder, indexed};

const RUN: &str = "1 Q0 a 1 9 t\n1 Q0 x 2 8 t\n2 Q0 b 1 9 t\n2 Q0 y 2 8 t\n";
const WORSE: &str = "1 Q0 x 1 9 t\n1 Q0 a 2 8 t\n2 Q0 b 1 9 t\n";
const QRELS: &str = "1 0 a 1\n2 0 b 2\n";
const GATE: &str = "eval run qrels -m nDCG@10 --baseline floor.json";

/// A folder with a run and its baseline; the run is then another.
fn held(run: &str) -> TempDir {
    let dir = folder(&[("run", RUN), ("qrels", QRELS)]);
    let made = dateline(dir.path(), &format!("{GATE} --update-baseline"));
    assert_eq!((made.status, made.stdout.as_str()), (0, ""), "{made:?}");
    assert!(made.stderr.contains("floor.json: baseline made, 2 topics"), "{made:?}");
    fs::write(dir.path().join("run"), run).expect("written");
    dir
}

fn floor(dir: &TempDir) -> String {
    fs::read_to_string(dir.path().join("floor.json")).expect("a baseline")
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
    let allowed = dateline(dir.path(), &format!("{GATE} --update-baseline --allow-drop"));
    assert!(allowed.status == 0 && floor(&dir) != before, "{allowed:?}");
    fs::write(dir.path().join("run"), RUN).expect("written");
    let lower = floor(&dir);
    let gained = dateline(dir.path(), GATE);
    assert!(gained.stdout.contains("mean nDCG@10 rose 0.1845, from 0.8155 to 1.0000: --update-baseline"), "{gained:?}");
    assert_eq!((gained.status, floor(&dir)), (0, lower), "a gain is no new floor by itself");
    let raised = dateline(dir.path(), &format!("{GATE} --update-baseline"));
    assert_eq!((raised.status, floor(&dir)), (0, before), "{raised:?}");
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
fn what_cannot_be_gated_is_told() {
    let dir = folder(&[("run", RUN), ("qrels", QRELS), ("bad.json", "[]")]);
    for (args, said) in [
        (GATE, "floor.json: no baseline here; make it with --update-baseline"),
        ("eval run qrels --baseline bad.json", "bad.json: line 1: no baseline: "),
        ("eval run qrels --update-baseline", "--baseline <FILE>"),
        ("eval run qrels --max-drop 2", "must be a number from 0 to 1"),
        ("eval run", "no judgments to score by; name a run and its qrels"),
        ("eval --qrels qrels", "nothing to score; name a run, or topics with --topics"),
    ] {
        let ran = dateline(dir.path(), args);
        assert!(ran.stderr.contains(said) && ran.status == 2, "{args}: {ran:?}");
    }
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
        same.status == 0 && same.stdout.contains("unchanged: analyzer, articles, qrels, scoring, settings, topics"),
        "{same:?}"
    );
    fs::remove_file(dir.path().join("articles/farm.txt")).expect("removed");
    indexed(&dir);
    let fell = dateline(dir.path(), gate);
    assert_eq!(fell.status, 1, "{fell:?}");
    for part in ["topic 2 nDCG@10 fell 1.0000", "changed since the baseline: articles, from blake3:"] {
        assert!(fell.stdout.contains(part), "{part}: {fell:?}");
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
