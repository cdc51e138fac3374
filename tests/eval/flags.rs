//! Flags that would do nothing are refused, and what is missing is named.

use std::fs;

use super::support::{archive, dateline};

const RUN: &str = "1 Q0 summit 1 9 t\n2 Q0 farm 1 9 t\n";
const NOTHING: &str = "dateline: nothing to score; name a run and its qrels, or --topics and --qrels\n";

#[test]
fn what_would_do_nothing_is_refused_with_the_way_out() {
    let dir = archive();
    fs::write(dir.path().join("run"), RUN).expect("written");
    fs::write(dir.path().join("bad.json"), "[]").expect("written");
    for (args, said) in [
        // a baseline is held to scores
        ("--golden golden.tsv --baseline floor.json", NOTHING),
        ("--golden golden.tsv --baseline floor.json --update-baseline", NOTHING),
        ("--golden golden.tsv --qrels qrels", NOTHING),
        ("--baseline floor.json", NOTHING),
        ("--qrels qrels", NOTHING),
        ("", NOTHING),
        ("run", "no judgments to score by; name a run and its qrels\n"),
        ("--topics topics.tsv", "no judgments to score by; name them with --qrels\n"),
        ("--topics topics.tsv --baseline floor.json", "no judgments to score by; name them with --qrels\n"),
        ("run qrels --baseline floor.json", "floor.json: no baseline here; make it with --update-baseline\n"),
        ("run qrels --baseline bad.json", "bad.json: line 1: no baseline: "),
        ("run nowhere", "nowhere: cannot read: No such file or directory (os error 2); check the path\n"),
        ("run qrels --update-baseline", "--baseline <FILE>"),
        ("run qrels --baseline floor.json --allow-drop", "--update-baseline"),
        ("run qrels --baseline floor.json --max-drop 2", "must be a number from 0 to 1"),
        ("run qrels --max-drop 0.1", "--baseline <FILE>"),
        ("run qrels --max-topic-drop 0.1", "--baseline <FILE>"),
        // a run has been answered already
        ("run qrels --weights k1=1", "<--topics <TOPICS>|--golden <FILE>>"),
        ("run qrels --by article", "'[RUN]' cannot be used with '--by <BY>'"),
        ("run qrels --per-article 2", "'[RUN]' cannot be used with '--per-article <N>'"),
        ("--golden golden.tsv --by article", "--topics <TOPICS>"),
        (
            "--topics topics.tsv --qrels qrels --per-article 2",
            "--per-article, but articles are ranked; add --by passage\n",
        ),
        // only the gate has results to write
        ("run qrels --junit results.xml", "<--baseline <FILE>|--golden <FILE>>"),
        ("--topics topics.tsv --qrels qrels --junit results.xml", "<--baseline <FILE>|--golden <FILE>>"),
    ] {
        let ran = dateline(dir.path(), &format!("eval {args}"));
        assert!(ran.stderr.contains(said) && ran.status == 2 && ran.stdout.is_empty(), "{args}: {ran:?}");
    }
    for args in [
        "--golden golden.tsv --weights k1=1",
        "run qrels --golden golden.tsv --weights k1=1",
        "--topics topics.tsv --qrels qrels --weights k1=1",
    ] {
        let ran = dateline(dir.path(), &format!("eval {args}"));
        assert_eq!(ran.status, 0, "{args}: {ran:?}");
    }
    let batch = dateline(dir.path(), "batch topics.tsv --per-article 2");
    assert!(batch.status == 2 && batch.stderr.contains("; add --by passage\n"), "{batch:?}");
}

#[test]
fn passages_of_an_article_are_as_many_as_asked_and_recorded_where_unusual() {
    let dir = archive();
    let long = "Helsinki was named again as the venue of the summit by both governments on Monday morning. ".repeat(12);
    fs::write(dir.path().join("articles/summit.txt"), format!("Summit Venue\n\n{long}\n\n{long}\n")).expect("written");
    fs::write(dir.path().join("qrels"), "1 0 summit:1 1\n1 0 summit:2 1\n2 0 farm:1 1\n").expect("written");
    assert_eq!(dateline(dir.path(), "index articles").status, 0);
    let gate = "eval --topics topics.tsv --qrels qrels --by passage -m R@9 --baseline floor.json";
    let made = dateline(dir.path(), &format!("{gate} --update-baseline"));
    assert!(made.stdout.contains("mean R@9 1.0000"), "{made:?}");
    for (flags, value, settings) in [
        ("", "1.0000", "1000 passages a topic\""),
        ("--per-article 20", "1.0000", "1000 passages a topic\""),
        ("--per-article 1", "0.7500", "1000 passages a topic, 1 an article\""),
    ] {
        let made = dateline(dir.path(), &format!("{gate} {flags} --update-baseline --allow-drop"));
        assert!(made.stdout.contains(&format!("mean R@9 {value}")), "{flags}: {made:?}");
        let floor = fs::read_to_string(dir.path().join("floor.json")).expect("a baseline");
        assert!(floor.contains(settings), "{flags}: {floor}");
    }
}

#[test]
fn the_help_names_all_weights() {
    let dir = archive();
    let wrong = dateline(dir.path(), "batch topics.tsv --weights none=1").stderr;
    let names = wrong.split("there are ").nth(1).and_then(|names| names.lines().next()).expect("the names");
    for command in ["batch", "eval"] {
        let help = dateline(dir.path(), &format!("{command} --help")).stdout;
        let words = help.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(&format!("there are {names}")), "{command}: {names}");
    }
}
