use std::io::{Cursor, Read};

use super::*;
use crate::index::FileEntry;
use crate::ingest;
use crate::ingest::memory::Memory;
use crate::ingest::plan::{Plan, Scope};
use crate::report::Report;

fn options() -> IngestOptions {
    IngestOptions { threads: 2, ..IngestOptions::default() }
}

fn assert_adds_up(report: &Report) {
    for counts in [report.files, report.records] {
        let parts = counts.indexed + counts.replaced + counts.unchanged + counts.skipped + counts.failed;
        assert_eq!(counts.read, parts, "{report:?}");
    }
}

fn messages(report: &Report) -> Vec<String> {
    report.failures.iter().map(|failure| failure.message.rsplit('/').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_panic_takes_its_record_and_no_other() {
    let dir = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).expect("written");
    let record =
        |headline: &str| format!("{{\"headline\":\"{headline}\",\"body\":\"A lamp burns in the harbour.\"}}\n");
    write("a.txt", "Lamps\n\nA brittle lamp burns in the harbour.\n");
    write("b.jsonl", &[record("One"), record("A brittle one"), "{broken\n".to_owned(), record("Three")].concat());
    write("c.txt", "A lamp of steel\n\nA lamp burns in the tower.\n");
    let mut memory = Memory::default();
    let roots = [dir.path().to_path_buf()];
    let report = ingest::run(&mut memory, &roots, &options(), &|_| {}).expect("no trouble with the archive");
    assert_eq!(memory.ids(), ["b#1", "b#4", "c"]);
    assert_adds_up(&report);
    assert_eq!((report.files.indexed, report.files.failed), (2, 1));
    assert_eq!((report.records.indexed, report.records.failed), (3, 3));
    let told = messages(&report);
    let said = "something that cannot be has happened: ";
    assert_eq!(told[0], format!("a.txt: {said}it broke; please report this"));
    assert_eq!(told[1], format!("b.jsonl: record 2: {said}it broke; please report this"));
    assert!(told[2].starts_with("b.jsonl: line 3: invalid JSON"), "{told:?}");

    let again = ingest::run(&mut memory, &roots, &options(), &|_| {}).expect("no trouble with the archive");
    assert_eq!((messages(&again), again.extracted), (told, 0), "told again, not read again");
    assert_adds_up(&again);
    let old = memory.files().file_by_number(1).map(FileEntry::into_owned).expect("b.jsonl");
    memory.enter(&FileEntry { broke: "0.0.1".into(), ..old });
    let newer = ingest::run(&mut memory, &roots, &options(), &|_| {}).expect("no trouble with the archive");
    assert_eq!(newer.extracted, 2, "another version tries again");
    assert_adds_up(&newer);
}

/// A reader that panics after its first bytes.
struct Brittle(Cursor<Vec<u8>>);

impl Read for Brittle {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.0.read(buffer)?;
        assert!(read > 0, "the end is not to be borne");
        Ok(read)
    }
}

#[test]
fn a_panic_on_the_way_through_a_file_takes_that_file() {
    let dir = tempfile::tempdir().expect("a folder");
    for name in ["a", "brittle", "nowhere", "z"] {
        std::fs::write(dir.path().join(name), "A lamp burns.\n").expect("written");
    }
    let (mut archive, mut report, roots) = (Memory::default(), Report::default(), [dir.path().to_path_buf()]);
    let jobs = Plan::make(&mut archive, &roots, &Scope::All, &options(), &mut report, &|_| {}).jobs;
    let open = |job: &Job, _: Option<&Reopen>| {
        let bytes = Cursor::new(b"{\"body\":\"A lamp burns.\"}\n".repeat(3));
        match job.base_id() {
            "nowhere" => panic!("no way in"),
            "brittle" => Chunks::from_reader(&job.path(), Box::new(Brittle(bytes)), &options().read),
            _ => Chunks::from_reader(&job.path(), Box::new(bytes), &options().read),
        }
    };
    let mut seen = Vec::new();
    let take = |event: Event<()>| {
        match event {
            Event::Closed { job, .. } => seen.push(format!("{job} closed")),
            Event::Unreadable { job, error } => seen.push(format!("{job} {error}")),
            Event::Broken { job, .. } | Event::Nothing { job, .. } | Event::Packed { job, .. } => {
                seen.push(format!("{job} is said to be no article"));
            }
            Event::Opened | Event::Records { .. } => {}
        }
        Ok(())
    };
    run_with::<Memory>(&jobs, Language::default(), &options(), Budget::new(64 << 20), &open, take).expect("goes on");
    let said = "something that cannot be has happened: ";
    let shown = |name: &str| dir.path().join(name).display().to_string();
    let brittle = format!("1 {}: {said}the end is not to be borne; please report this", shown("brittle"));
    let nowhere = format!("2 {}: {said}no way in; please report this", shown("nowhere"));
    assert_eq!(seen, ["0 closed", &brittle, &nowhere, "3 closed"]);
}

#[test]
fn a_reader_of_records_that_only_panics_comes_to_an_end() {
    let records = std::iter::from_fn(|| -> Option<()> { panic!("again") });
    let events = each(
        records,
        1..,
        |number| format!("record {number}"),
        |()| RecordEvent::<()>::Failed(Error::input("no", "record", "came")),
    );
    assert_eq!(events.len(), MOST_PANICS as usize);
    let third = events.into_iter().nth(2);
    assert!(matches!(third, Some(RecordEvent::Failed(Error::Panic { place, .. })) if place == "record 3"));
}

#[test]
fn a_run_that_is_asked_to_stop_reads_no_more() {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("a.txt"), "A lamp\n\nIt burns in the harbour.\n").expect("written");
    let (mut memory, options) = (Memory::default(), options());
    options.stop.set();
    let report = ingest::run(&mut memory, &[dir.path().to_path_buf()], &options, &|_| {}).expect("ends");
    assert_eq!((report.files.read, memory.ids().len()), (0, 0));
    assert_adds_up(&report);
}

#[test]
fn a_record_that_memory_cannot_hold_fails_alone_until_there_is_more() {
    let good = "A lamp burns in the harbour.";
    let long = |part: &str| part.repeat((1 << 20) / part.len());
    let row = |body: &str| format!("{{\"title\":\"Lamps\",\"body\":\"{body}\"}}\n");
    let mail = |body: &str| format!("From: A <a@b.example>\nSubject: Lamps\nMIME-Version: 1.0\n{body}");
    // file; content; articles with 24 MiB, of which a record may take 16; articles with 1 GiB
    let table = [
        ("prose.txt", format!("Lamps\n\n{}", long("A lamp burns in the harbour of the town.\n")), 1, 1),
        ("lines.txt", format!("Lamps\n\n{}", long("a\n")), 0, 1),
        ("returns.txt", format!("Lamps\r\r{}", long("a\r")), 0, 1),
        ("page.html", format!("<html><body><p>{good}{}", long("<p>a")), 0, 1),
        ("records.jsonl", [row(good), row(&long("a\\n")), row(good)].concat(), 2, 3),
        ("array.json", format!("[{},{}]", row(&long("a\\n")), row(good)), 1, 2),
        ("rows.csv", format!("title,text\nLamps,{good}\nLamps,\"{}\"\nLamps,{good}\n", long("a\n")), 2, 3),
        (
            "feed.xml",
            format!("<rss><item><title>A</title><description>{}</description></item></rss>", long("a\n")),
            0,
            1,
        ),
        ("message.eml", mail(&format!("Date: Wed, 27 Jun 2018 14:05:00 +0000\n\n{}", long("a\n"))), 0, 1),
        ("packed.eml", mail(&format!("Content-Transfer-Encoding: base64\n\n{}", long("CgoK"))), 0, 1),
        ("long.txt", format!("Lamps\n\n{}", "A lamp burns in the harbour. ".repeat(200_000)), 0, 1),
    ];
    for (name, content, little, much) in table {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join(name), content).expect("written");
        let (mut archive, roots) = (Memory::default(), [dir.path().to_path_buf()]);
        for (memory, articles) in [(24 << 20, little), (1 << 30, much)] {
            let options = IngestOptions { memory: Budget::new(memory), ..options() };
            let report = ingest::run(&mut archive, &roots, &options, &|_| {}).expect("no trouble with the archive");
            assert_eq!(archive.ids().len(), articles, "{name}: {:?}", messages(&report));
            assert_adds_up(&report);
            let told = messages(&report).iter().all(|message| message.contains("--memory"));
            assert!(told && report.failures.len() == much - articles, "{name}: {:?}", messages(&report));
        }
    }
}
