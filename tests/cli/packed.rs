//! Compressed files that are damaged: nothing of them is laundered, and what the index holds of them stays.

use super::forms::{gzip, pipe, zstd};
use super::support::{Archive, number};

/// How a file of so many scores is called, and what it holds.
fn files(count: usize) -> Vec<(&'static str, String)> {
    let text = |n: usize| format!("The home side won match {n} by 41 to 12 on Saturday, before {} people.", n * 7919);
    let each = |part: &dyn Fn(usize) -> String| (1..=count).map(part).collect::<Vec<_>>();
    let json = |n: usize| format!("{{\"id\":\"r{n}\",\"title\":\"Match {n}\",\"text\":\"{}\"}}", text(n));
    let rows = each(&|n| format!("Match {n},\"{}\"\n", text(n))).concat();
    let item = |n: usize| {
        format!("<item><guid>g{n}</guid><title>Match {n}</title><description>{}</description></item>", text(n))
    };
    let mail = |n: usize| {
        format!(
            "From a@b.example Tue Mar  5 09:12:00 2019\nFrom: a@b.example\nSubject: Match {n}\nMessage-ID: <{n}@b.example>\n\n{}\n\n",
            text(n)
        )
    };
    vec![
        ("a.jsonl", each(&json).join("\n") + "\n"),
        ("a.json", format!("[{}]", each(&json).join(",\n"))),
        ("a.csv", format!("title,text\n{rows}")),
        ("a.xml", format!("<rss><channel>{}</channel></rss>", each(&item).concat())),
        ("a.mbox", each(&mail).concat()),
    ]
}

fn articles(archive: &Archive) -> usize {
    let told = archive.run(&["stats", "--format", "json"]);
    serde_json::from_str(&told.stdout).map_or(0, |stats: serde_json::Value| number(&stats["articles"]))
}

#[test]
fn a_damaged_file_is_not_laundered_whichever_way_it_comes() {
    for (name, content) in files(60) {
        for (end, packed) in [("gz", gzip(content.as_bytes())), ("zst", zstd(content.as_bytes()))] {
            let name = format!("{name}.{end}");
            for at in [packed.len() / 3, packed.len() * 9 / 10, packed.len() - 6] {
                let mut damaged = packed.clone();
                damaged[at] ^= 4;
                let archive = Archive::of(&[(&name, &damaged)]);
                for run in [archive.run(&["index", "articles"]), pipe(&archive, &["index", "-"], &damaged)] {
                    let is_told =
                        run.status == 2 && run.stderr.contains(": damaged ") && run.stderr.contains("by hand");
                    assert!(is_told, "{name}, byte {at}: {run:?}");
                    assert_eq!(articles(&archive), 0, "{name}, byte {at}: nothing counts");
                }
                archive.write(&name, &packed);
                let run = archive.run(&["index", "articles"]);
                assert_eq!((run.status, articles(&archive)), (0, 60), "{name}: restored: {run:?}");
                archive.write(&name, &damaged);
                assert_eq!(archive.run(&["index", "articles"]).status, 2, "{name}");
                assert_eq!(articles(&archive), 60, "{name}, byte {at}: what is there stays");
            }
        }
    }
}

#[test]
fn what_is_not_compressed_any_more_keeps_its_articles() {
    let (_, content) = files(8).swap_remove(0);
    let page = b"<html><body><h1>404</h1><p>The page that you asked for is not to be found here.</p></body></html>";
    for (name, packed) in [("a.jsonl.gz", gzip(content.as_bytes())), ("a.jsonl.zst", zstd(content.as_bytes()))] {
        for (what, bytes) in [("1 byte", &packed[..1]), ("3 bytes", &packed[..3]), ("a page of an error", &page[..])] {
            let archive = Archive::indexed(&[(name, &packed)]);
            archive.write(name, bytes);
            let run = archive.run(&["index", "articles"]);
            assert_eq!((run.status, articles(&archive)), (2, 8), "{name}, {what}: {run:?}");
            assert!(run.stderr.contains("stays") || what == "3 bytes", "{name}, {what}: {run:?}");
        }
    }
    // a name alone says nothing of a file that never was compressed
    let archive = Archive::indexed(&[("a.jsonl.gz", content.as_bytes())]);
    archive.write("a.jsonl.gz", content.replace("41 to 12", "40 to 12").as_bytes());
    assert_eq!((archive.run(&["index", "articles"]).status, articles(&archive)), (0, 8));
}

#[test]
fn a_message_names_ten_columns_and_counts_the_rest() {
    let few: Vec<String> = (0..20).map(|n| format!("c{n}")).collect();
    let archive = Archive::of(&[("few.csv", format!("{0}\n{0}\n", few.join(",")))]);
    let run = archive.run(&["index", "articles"]);
    assert!(run.status == 2 && run.stderr.contains(" c8, c9 and 10 more; name it with"), "{run:?}");
    let header: Vec<String> = (0..400_000).map(|n| format!("c{n}")).collect();
    let archive = Archive::of(&[("a.csv", format!("{0}\n{0}\n", header.join(",")))]);
    let run = archive.run(&["index", "articles"]);
    assert!(run.status == 2 && run.stderr.contains(" c8, c9 and at least "), "{:.3000}", run.stderr);
    assert!(run.stderr.len() < 1_000, "{}", run.stderr.len());
}

#[test]
fn check_says_what_memory_a_record_needs() {
    let record = |n: usize, body: &str| format!("{{\"id\":\"r{n}\",\"title\":\"T {n}\",\"text\":\"{body}\"}}\n");
    let mut records: Vec<String> = (0..5).map(|n| record(n, "The lamp burns in the harbour all night.")).collect();
    records[3] = record(3, &"a b\\n".repeat(1_000_000));
    let archive = Archive::of(&[("a.jsonl", records.concat())]);
    let run = archive.run(&["index", "articles", "--memory", "128M"]);
    assert!(run.status == 2 && run.stderr.contains("give --memory "), "{run:?}");
    let told = archive.run(&["check"]);
    let is_told = told.stdout.contains("one record could not be read: line 4: it would take")
        && told.stdout.contains("give --memory ");
    assert!(told.status == 1 && is_told && !told.stdout.contains("moved"), "{}", told.stdout);
}

#[test]
fn what_stands_behind_a_packed_file_is_a_warning_of_the_file() {
    let packed = gzip(files(3)[0].1.as_bytes());
    let zeros = [&packed[..], &[0; 1024]].concat();
    let label = [&packed[..], b"-- end of tape --"].concat();
    for (bytes, told) in
        [(&zeros, ""), (&label, "warning: articles/a.jsonl.gz: 17 bytes behind its last member were passed over\n")]
    {
        let archive = Archive::of(&[("a.jsonl.gz", bytes)]);
        let run = archive.run(&["index", "articles"]);
        assert_eq!((run.status, run.stderr.as_str(), articles(&archive)), (0, told, 3), "{run:?}");
        assert_eq!(archive.run(&["check"]).status, 0, "its citations hold");
    }
}
