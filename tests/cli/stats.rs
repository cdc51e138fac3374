//! `dateline stats` and `dateline outlets`: numbers that add up, and that other commands confirm.

use std::path::Path;

use serde_json::Value;

use super::support::{Archive, number};

fn seeds() -> Archive {
    Archive::of_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles"))
}

fn told(archive: &Archive, command: &str) -> Value {
    let run = archive.run(&[command, "--format", "json"]);
    assert_eq!(run.status, 0, "{run:?}");
    serde_json::from_str(&run.stdout).expect("JSON")
}

#[test]
fn the_numbers_are_those_of_the_gold() {
    let archive = seeds();
    let stats = told(&archive, "stats");
    let gold: Value = serde_json::from_str(include_str!("../../seeds/gold.json")).expect("the gold");
    assert!(gold.is_object());
    assert_eq!((number(&stats["articles"]), number(&stats["files"]), number(&stats["failed_files"])), (54, 48, 0));
    let unknown = |name: &str| {
        let parts = stats["unknown"].as_array().expect("a list");
        number(&parts.iter().find(|part| part["name"] == name).expect("the field")["count"])
    };
    let outlets = told(&archive, "outlets");
    let with_outlet: usize = outlets.as_array().expect("a list").iter().map(|outlet| number(&outlet["count"])).sum();
    assert_eq!(with_outlet + unknown("outlet"), 54, "an article has one outlet or none");
    assert_eq!(outlets.as_array().map(Vec::len), Some(number(&stats["outlets"])));
    let dated = archive.run(&["query", "the date:1900..2100", "-n", "100", "--format", "jsonl"]).stdout.lines().count();
    assert_eq!(dated + unknown("date"), 54);
    let bytes: u64 = stats["bytes"].as_array().expect("a list").iter().map(|part| number(&part["count"]) as u64).sum();
    let files = std::fs::read_dir(archive.dir.path().join("index")).expect("the index").flatten();
    assert_eq!(bytes, files.map(|file| file.metadata().expect("a file").len()).sum::<u64>());
}

#[test]
fn a_person_reads_columns_and_bars() {
    let run = seeds().run(&["stats"]);
    // how many bytes the parts take is the library's affair
    let steady: Vec<&str> = run.stdout.lines().take_while(|line| *line != "bytes on disk").collect();
    insta::assert_snapshot!(steady.join("\n"));
    insta::assert_snapshot!(seeds().run(&["outlets"]).stdout);
}

#[test]
fn what_was_removed_is_not_counted_and_compacting_forgets_it() {
    let article = |n: u32| {
        format!(
            "{{\"id\":\"r{n}\",\"outlet\":\"Outlet {n}\",\"date\":\"2018-06-{:02}\",\"headline\":\"Record {n}\",\"body\":\"The lamp of record{n} burns.\"}}\n",
            n + 1
        )
    };
    let archive = Archive::indexed(&[("feed.jsonl", (0..6).map(article).collect::<String>())]);
    archive.write("feed.jsonl", (2..4).map(article).collect::<String>().as_bytes());
    archive.index();
    let before = told(&archive, "stats");
    assert_eq!((number(&before["articles"]), number(&before["outlets"]), number(&before["passages"])), (2, 2, 2));
    assert_eq!((before["first_day"].as_str(), before["last_day"].as_str()), (Some("2018-06-03"), Some("2018-06-04")));
    assert_eq!(archive.run(&["index", "--compact"]).status, 0);
    let after = told(&archive, "stats");
    assert_eq!((number(&after["deleted"]), number(&after["segments"])), (0, 1));
    // the, lamp, of, record2, record3, burns, record (of the headlines), 2, 3
    assert_eq!((number(&after["forms"]), number(&after["terms"])), (9, 9));
}

#[test]
fn an_archive_without_outlets_says_so() {
    let archive =
        Archive::indexed(&[("a.txt", "A headline of the day\n\nThe lamp burns in the harbour, and it is night.\n")]);
    let run = archive.run(&["outlets"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("no article of this archive has an outlet"), "{run:?}");
}
