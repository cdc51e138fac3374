//! Which way round dates in figures are read: what settles it, and what leaves it open.

use std::fmt::Write as _;
use std::fs::File;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::support::{Archive, text};

/// Rows of a table with these dates, each under a headline of its own.
fn table(dates: &[&str]) -> String {
    let rows = dates.iter().enumerate();
    rows.fold("title,date,text\n".to_owned(), |mut rows, (nth, date)| {
        writeln!(rows, "Ferry {nth},{date},The board met in the old hall.").expect("a row");
        rows
    })
}

/// The dates that `inspect` prints, one a record.
fn dates(output: &str) -> String {
    let value = |line: &str| {
        let record: Value = serde_json::from_str(line).expect("a record");
        if record["date"].is_null() { "open".to_owned() } else { text(&record["date"]["value"]) }
    };
    output.lines().map(value).collect::<Vec<_>>().join(" ")
}

fn inspected(archive: &Archive, file: &str, flags: &[&str]) -> String {
    dates(&archive.run(&[&["inspect", &format!("articles/{file}"), "--format", "json"], flags].concat()).stdout)
}

#[test]
fn the_other_records_of_a_file_tell_or_a_flag_does() {
    let json = |dates: &[&str]| {
        let line = |date: &&str| format!("{{\"title\":\"Ferry\",\"date\":\"{date}\",\"text\":\"The board met.\"}}\n");
        dates.iter().map(line).collect::<String>()
    };
    let archive = Archive::of(&[
        ("day.csv", table(&["05/06/2018", "13/06/2018"])),
        ("month.jsonl", json(&["05/06/2018", "06/13/2018", "5/6/18"])),
        ("both.csv", table(&["05/06/2018", "13/06/2018", "06/13/2018"])),
        ("neither.csv", table(&["05/06/2018", "2018-06-13", "13.06.2018"])),
        ("front.csv", table(&["18/06/05", "2018-06-13"])),
    ]);
    for (file, flags, expected) in [
        ("day.csv", &[][..], "2018-06-05 2018-06-13"),
        ("month.jsonl", &[], "2018-05-06 2018-06-13 2018-05-06"),
        ("both.csv", &[], "open 2018-06-13 2018-06-13"),
        ("neither.csv", &[], "open 2018-06-13 2018-06-13"),
        ("neither.csv", &["--date-order", "dmy"], "2018-06-05 2018-06-13 2018-06-13"),
        ("neither.csv", &["--date-order", "mdy"], "2018-05-06 2018-06-13 2018-06-13"),
        ("day.csv", &["--date-order", "mdy"], "2018-05-06 2018-06-13"),
        ("front.csv", &["--date-order", "ymd"], "2018-06-05 2018-06-13"),
    ] {
        assert_eq!(inspected(&archive, file, flags), expected, "{file} {flags:?}");
    }
    let run = archive.run(&["inspect", "articles/neither.csv"]);
    assert!(run.stdout.contains("may be day/month or month/day; --date-order says which"), "{}", run.stdout);
    let run = archive.run(&["inspect", "articles/day.csv", "--date-order", "dym"]);
    assert!(run.status == 2 && run.stderr.contains("write dmy, mdy or ymd"), "{}", run.stderr);
}

#[test]
fn the_whole_file_tells_however_long_and_on_however_many_threads() {
    let mut long: Vec<&str> = vec!["05/06/2018"; 9_000];
    long.push("13/06/2018");
    let archive = Archive::of(&[("long.csv", table(&long)), ("other.csv", table(&["05/06/2018"]))]);
    let found = |date: &str| {
        let run = archive.run(&["query", &format!("date:{date}"), "-n", "0"]);
        run.stdout.split(" of ").next().expect("a number").replace(',', "")
    };
    for threads in ["1", "4"] {
        let run = archive.run(&["index", "articles", "--reread", "--threads", threads]);
        assert_eq!(run.status, 0, "{run:?}");
        assert_eq!(found("2018-06-05"), "9000", "{threads} threads");
    }
    // another order is another reading of the same files
    assert_eq!(archive.run(&["index", "articles", "--date-order", "mdy"]).status, 0);
    assert_eq!(found("2018-05-06"), "9001");
}

#[test]
fn short_standard_input_tells_as_a_file_does() {
    let archive = Archive::of(&[("day.csv", table(&["05/06/2018", "13/06/2018"]))]);
    let file = File::open(archive.articles().join("day.csv")).expect("the table");
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    let output = command.args(["inspect", "-", "--format", "json"]).stdin(Stdio::from(file)).output().expect("it runs");
    assert_eq!(dates(&String::from_utf8_lossy(&output.stdout)), "2018-06-05 2018-06-13");
}
