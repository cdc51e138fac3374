//! `dateline salvage` and `dateline backup`: what can still be read, and a copy of what is well.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::Value;

use super::support::{Archive, launder, text};

/// Records of ferries, whose text says their number; each with a text of two passages.
fn ferries(from: u32, to: u32) -> String {
    let record = |n: u32| {
        let long = "The harbour was closed to every ship but the ferry for the whole of the night. ".repeat(12);
        let body = format!("Ferry {n} left at noon.\\n\\n{long}\\n\\nFerry {n} came back at {n} minutes past.");
        format!(
            "{{\"id\":\"f{n}\",\"title\":\"Ferry {n}\",\"date\":\"2018-06-{:02}\",\"body\":\"{body}\"}}\n",
            n % 28 + 1
        )
    };
    (from..to).map(record).collect()
}

/// An archive of 60 ferries in two segments, of which 20 were replaced and 10 removed.
fn archive() -> Archive {
    let archive =
        Archive::indexed(&[("a.jsonl", ferries(0, 30)), ("b.jsonl", ferries(30, 60)), ("c.jsonl", ferries(60, 70))]);
    archive.write("a.jsonl", ferries(0, 30).replace("at noon", "at dawn").as_bytes());
    fs::remove_file(archive.articles().join("c.jsonl")).expect("removed");
    archive.index();
    archive
}

/// The exit status, the articles by their ids, and what was said.
fn salvage(archive: &Archive) -> (i32, BTreeMap<String, Value>, String) {
    let run = archive.run(&["salvage"]);
    assert!(!run.stderr.contains("panicked"), "{run:?}");
    let records = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).expect("a record"));
    (run.status, records.map(|record| (text(&record["id"]), record)).collect(), run.stderr)
}

#[test]
fn what_was_saved_is_the_same_archive_when_it_is_indexed() {
    let archive = archive();
    let (status, records, told) = salvage(&archive);
    assert_eq!((status, records.len(), told.as_str()), (0, 60, "saved 60 articles\n"));
    assert!(text(&records["f3"]["body"]).starts_with("Ferry 3 left at dawn.\n\nThe harbour"));
    fs::write(archive.dir.path().join("saved.jsonl"), archive.run(&["salvage"]).stdout).expect("written");
    assert_eq!(archive.run(&["index", "saved.jsonl", "--index", "again"]).status, 0);
    let fields = |index: &str| {
        let run = archive.run(&["query", "ferry 7", "--format", "jsonl", "-n", "200", "--index", index]);
        let hits = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).expect("a hit"));
        let of = |hit: &Value| ["id", "text"].map(|name| text(&hit[name])).join("|") + &text(&hit["date"]["value"]);
        hits.map(|hit| of(&hit)).collect::<Vec<_>>()
    };
    assert_eq!(fields("index").len(), 60);
    assert_eq!(fields("again"), fields("index"));
}

/// What `show` prints of every article of an index, by id, but for where it stands and how its fields were found.
fn shown(archive: &Archive, ids: &[String], index: &str) -> BTreeMap<String, Value> {
    let bare = |mut value: Value| {
        for name in ["headline", "outlet", "date", "byline", "dateline_place"] {
            if let Some(field) = value[name].as_object_mut() {
                field.retain(|key, _| key != "lines");
            }
            for lost in value[name]["alternatives"].as_array_mut().into_iter().flatten() {
                lost["lines"].take();
            }
        }
        for passage in value["passages"].as_array_mut().into_iter().flatten() {
            passage["source"].take();
        }
        value
    };
    let show = |id: &String| {
        let run = archive.run(&["show", id, "--format", "json", "--index", index]);
        (id.clone(), bare(serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"))))
    };
    ids.iter().map(show).collect()
}

/// Bodies whose lines a reader of texts takes for furniture, and passages that end within a sentence.
fn hard_to_read() -> String {
    let wall = "abcdefghij,".repeat(400);
    let words = "one two three, ".repeat(90);
    let bodies = [
        "By John Smith\n\nThe harbour was closed on Thursday.\n\nFollow us on Twitter\n\nRead more: The ferry",
        "LONDON (Reuters) - The harbour was closed.\n\nSubscribe to our newsletter\n\n(c) 2018 The Harbour Post",
        &format!("Before the long one\n\n{words}.\n\nA subhead\n\n{words}!\n\n---\n\nheadline: no front matter"),
        &wall,
        &format!("東京。{}終わり。", "港は木曜日に閉鎖された。".repeat(60)),
        "",
    ];
    let record =
        |(n, body): (usize, &&str)| serde_json::json!({ "headline": format!("By Jane Doe, {n}"), "body": body });
    bodies.iter().enumerate().map(|record_of| format!("{}\n", record(record_of))).collect()
}

#[test]
fn what_was_saved_is_read_as_it_stands() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles");
    let archive = Archive::of_folder(&seeds);
    archive.write("hard.jsonl", hard_to_read().as_bytes());
    archive.write("plain.txt", b"A plain text\n\nBy Ann Other\n\nPARIS (AP) - It says little.\n\nRead more\n");
    assert_eq!(archive.run(&["index", "articles"]).status, 0);
    let (status, records, told) = salvage(&archive);
    assert_eq!((status, records.len()), (0, 61), "{told}");
    let ids: Vec<String> = records.keys().cloned().collect();
    let saved = archive.dir.path().join("saved.jsonl");
    fs::write(&saved, archive.run(&["salvage"]).stdout).expect("written");
    let again = archive.run(&["index", "saved.jsonl", "--index", "again"]);
    assert_eq!((again.status, again.stderr.as_str()), (0, ""), "{again:?}");
    let (before, after) = (shown(&archive, &ids, "index"), shown(&archive, &ids, "again"));
    for id in &ids {
        assert_eq!(after[id], before[id], "{id}");
    }
    let has = |field: &str| before.values().filter(|article| !article[field].is_null()).count();
    assert!(has("byline") > 10 && has("dateline_place") > 5, "the seeds try it");
    assert_eq!(archive.run(&["check", "--index", "again"]).status, 0, "its citations hold");
    // the same records once more, from what was made of them
    let twice = archive.run(&["salvage", "--index", "again"]);
    fs::write(&saved, &twice.stdout).expect("written");
    assert_eq!(archive.run(&["index", "saved.jsonl", "--index", "thrice"]).status, 0);
    assert_eq!(shown(&archive, &ids, "thrice"), before);
    // what is stated goes before what was saved, and a text that was changed is read as any other
    let first = twice.stdout.lines().find(|line| line.contains("It says little")).expect("a record").to_owned();
    fs::write(&saved, &first).expect("written");
    let stated = archive.run(&["index", "saved.jsonl", "--outlet", "The Other Post", "--index", "stated"]);
    assert_eq!(stated.status, 0, "{stated:?}");
    let id = text(&serde_json::from_str::<Value>(&first).expect("a record")["id"]);
    let plain = shown(&archive, std::slice::from_ref(&id), "stated");
    assert_eq!(plain[&id]["outlet"]["value"], "The Other Post");
    fs::write(&saved, first.replace("It says little", "It says very little")).expect("written");
    let changed = archive.run(&["index", "saved.jsonl", "--index", "changed"]);
    let told = "not as it was salvaged: it is read as any other record";
    assert_eq!(changed.stderr.matches(told).count(), 1, "{changed:?}");
    assert!(archive.run(&["show", &id, "--index", "changed"]).stdout.contains("It says very little"));
}

#[test]
fn a_passage_that_was_lost_is_told_when_the_rest_is_indexed() {
    // letters that stand once, so that the store has them as they are
    let name = |n: u32| blake3::hash(&n.to_le_bytes()).to_hex().to_string();
    let paragraphs: Vec<String> =
        (0..4).map(|n| format!("Ferry {} left. {}", name(n), "It was late. ".repeat(60))).collect();
    let record = serde_json::json!({ "id": "long", "headline": "Ferries", "body": paragraphs.join("\n\n") });
    let archive = Archive::indexed(&[("a.jsonl", record.to_string())]);
    let path = &archive.index_files(".store")[0];
    let mut bytes = fs::read(path).expect("a store");
    let at = memchr::memmem::find(&bytes, &name(1).as_bytes()[..8]).expect("the second passage");
    bytes[at] ^= 1;
    launder(path, &bytes);
    let (status, records, told) = salvage(&archive);
    assert!(status == 2 && records["long"]["lost_passages"] == serde_json::json!([2]), "{told}");
    fs::write(archive.dir.path().join("saved.jsonl"), archive.run(&["salvage"]).stdout).expect("written");
    let again = archive.run(&["index", "saved.jsonl", "--index", "again"]);
    let warning =
        "warning: saved.jsonl: record 1: passage 2 of it was lost before it was salvaged: those behind it moved up\n";
    assert_eq!((again.status, again.stderr.as_str()), (0, warning), "{again:?}");
}

#[test]
fn files_of_which_nothing_was_saved_are_named_and_a_closed_output_is_refused() {
    let archive = Archive::of::<&str>(&[]);
    for n in 0..13 {
        archive.write(&format!("f{n:02}.jsonl"), ferries(n * 10, n * 10 + 3).as_bytes());
    }
    archive.index();
    archive.index_files(".store").iter().for_each(|path| fs::write(path, "x").expect("written"));
    archive.write("late.jsonl", ferries(500, 503).as_bytes());
    let run = archive.run(&["salvage"]);
    let named = |n: u32| format!("dateline: not saved: {}/f{n:02}.jsonl\n", archive.articles().display());
    assert!(run.status == 2 && (0..10).all(|n| run.stderr.contains(&named(n))), "{run:?}");
    assert!(!run.stderr.contains(&named(10)) && run.stderr.contains("not saved: 3 files more\n"), "{run:?}");
    assert!(run.stderr.ends_with("saved 0 articles; 39 could not be read\n"), "{run:?}");
    let close = format!("'{}' salvage >&-", env!("CARGO_BIN_EXE_dateline"));
    let mut shell = std::process::Command::new("sh");
    let closed = shell.args(["-c", &close]).current_dir(archive.dir.path()).output().expect("a shell");
    assert_eq!(closed.status.code(), Some(2), "{closed:?}");
    assert!(
        String::from_utf8_lossy(&closed.stderr).contains("standard output: cannot write: it is closed"),
        "{closed:?}"
    );
}

#[test]
fn of_two_articles_with_one_id_the_one_that_counts_is_saved() {
    for damaged in ["", ".del", "meta.json", ".del .fast", "meta.json .del"] {
        let archive = Archive::indexed(&[
            ("a.jsonl", ferries(0, 30)),
            ("b.jsonl", ferries(30, 60)),
            ("c.txt", "A text\n\nOf old.".to_owned()),
        ]);
        for words in ["at dawn", "at dusk", "at midnight"] {
            archive.write("a.jsonl", ferries(0, 30).replace("at noon", words).as_bytes());
            archive.write("c.txt", format!("A text\n\nOf {words}.").as_bytes());
            archive.index();
        }
        for end in damaged.split_whitespace() {
            archive.index_files(end).iter().for_each(|path| fs::write(path, "x").expect("written"));
        }
        let run = archive.run(&["salvage"]);
        let records: Vec<Value> =
            run.stdout.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
        let late = records.iter().filter(|record| text(&record["body"]).contains("midnight")).count();
        assert_eq!(records.len(), 61, "{damaged}: {}", run.stderr);
        assert!(late == 31 || damaged.contains(".fast"), "{damaged}: {late}, {}", run.stderr);
        assert_eq!(run.status, if damaged.is_empty() { 0 } else { 2 }, "{damaged}: {}", run.stderr);
        let is_counted = run.stderr.contains("that were replaced: later ones have their ids");
        assert!(is_counted || !damaged.contains(".del"), "{damaged}: {}", run.stderr);
    }
}

#[test]
fn whatever_is_damaged_beside_the_articles_all_are_saved() {
    for end in ["meta.json", "dateline.json", ".managed.json", ".jsonl", ".term", ".idx", ".pos", ".fast", ".fieldnorm"]
    {
        let archive = archive();
        archive.index_files(end).iter().for_each(|path| fs::write(path, "not what was written").expect("written"));
        let (status, records, told) = salvage(&archive);
        let by_commit = end != "meta.json";
        assert_eq!(status, if by_commit { 0 } else { 2 }, "{end}: {told}");
        assert_eq!(records.len(), 60, "{end}: {told}");
        assert!(text(&records["f3"]["body"]).contains("dawn") || !by_commit, "{end}");
    }
    // a segment whose articles were all removed may be gone already
    let archive = archive();
    archive.index_files(".del").iter().for_each(|path| fs::write(path, "x").expect("written"));
    let (status, records, told) = salvage(&archive);
    assert!(
        status == 2 && (60..=70).contains(&records.len()) && told.contains(".del: its footer is not as it was written"),
        "{status}, {told}"
    );
}

#[test]
fn of_a_damaged_store_what_is_as_it_was_written_is_saved() {
    let archive = archive();
    let (_, whole, _) = salvage(&archive);
    let mut random = StdRng::seed_from_u64(19);
    let (mut cut, mut lost) = (0, 0);
    for path in archive.index_files(".store") {
        let bytes = fs::read(&path).expect("a store");
        for _ in 0..60 {
            let mut damaged = bytes.clone();
            damaged[random.random_range(0..bytes.len())] ^= 1 << random.random_range(0..8);
            fs::write(&path, damaged).expect("written");
            let (status, records, told) = salvage(&archive);
            let is_all = records == whole;
            assert!(status == if told == "saved 60 articles\n" { 0 } else { 2 }, "{told}");
            assert!(is_all || status == 2, "{told}");
            let marked = records.values().filter(|record| record["lost_passages"].is_array()).count();
            assert_eq!(marked, told.matches(": without passage").count(), "{told}");
            let missing: Vec<&String> = whole.keys().filter(|id| !records.contains_key(*id)).collect();
            let is_named = |id: &&String| told.contains(&format!("dateline: could not be read: {id}, of "));
            assert!(missing.len() > 10 || missing.iter().all(is_named), "{missing:?}: {told}");
            for (id, record) in &records {
                let is_part = |line: &str| text(&whole[id]["body"]).contains(line);
                assert!(text(&record["body"]).lines().all(is_part), "{id}: another text than was written");
                assert_eq!(record["headline"], whole[id]["headline"]);
            }
            cut += usize::from(told.contains("without passages"));
            lost += usize::from(records.len() < 60);
        }
        fs::write(&path, &bytes).expect("put back");
    }
    assert!(cut > 5 && lost > 5, "{cut} cut, {lost} lost");
    let mut saved = [0; 3];
    for path in archive.index_files(".store") {
        let bytes = fs::read(&path).expect("a store");
        let mut damaged = bytes.clone();
        // the footer says nothing that articles need
        *damaged.last_mut().expect("a byte") ^= 1;
        fs::write(&path, damaged).expect("written");
        assert_eq!(salvage(&archive).1, whole, "a flip in the last byte");
        fs::write(&path, &bytes[..bytes.len() - 1]).expect("written");
        assert_eq!(salvage(&archive).1, whole, "the last byte cut off");
        // the list of the blocks is lost, and the blocks behind the place
        for (of_ten, saved) in [0, 6, 8].into_iter().zip(&mut saved) {
            fs::write(&path, &bytes[..bytes.len() * of_ten / 10]).expect("written");
            let (status, records, told) = salvage(&archive);
            assert!(status == 2 || told == "saved 60 articles\n", "{of_ten}: {told}");
            assert!(records.iter().all(|(id, record)| *record == whole[id]), "{of_ten}: another text than was written");
            *saved += records.len();
        }
        fs::write(&path, &bytes).expect("put back");
    }
    assert!(saved[0] < saved[1] && saved[1] <= saved[2], "{saved:?}");
}

#[test]
fn a_copy_of_a_living_index_is_one_commit() {
    let archive = archive();
    let dir = archive.dir.path();
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            for n in 0..8 {
                archive.write("d.jsonl", ferries(70, 80 + n).as_bytes());
                archive.index();
            }
        });
        let mut copies = 0;
        while !writing.is_finished() || copies == 0 {
            let name = format!("copy{copies}");
            let run = archive.run(&["backup", &name]);
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{run:?}");
            let checked = archive.run(&["check", "--no-sources", "--index", &name]);
            assert_eq!(checked.status, 0, "{checked:?}");
            copies += 1;
        }
    });
    // a killed one left this
    fs::create_dir(dir.join(".late.partial")).expect("a folder");
    fs::write(dir.join(".late.partial/meta.json"), "half").expect("written");
    assert_eq!(archive.run(&["backup", "late"]).status, 0);
    let ask = |index: &str| archive.run(&["query", "ferry dawn", "--format", "jsonl", "--index", index]).stdout;
    assert_eq!(ask("late"), ask("index"));
    let again = archive.run(&["backup", "late"]);
    assert!(
        again.status == 0 && again.stdout.starts_with("nothing to copy: late holds this commit already, "),
        "{again:?}"
    );
    assert_eq!(again.stderr, "", "what readers leave there is no stranger");
    fs::write(dir.join("late/letter.txt"), "x").expect("written");
    let beside = archive.run(&["backup", "late"]);
    let told = "warning: late: what else lies there is no part of the copy: letter.txt\n";
    assert_eq!((beside.status, beside.stdout, beside.stderr.as_str()), (0, again.stdout, told));
    assert!(!dir.join(".late.partial").exists());
    assert_eq!(archive.run(&["index", "articles", "--index", "late"]).status, 0, "it is an index like any other");
    assert_eq!(archive.run(&["check"]).status, 0, "and the one that was copied stays as it was");
}

#[test]
fn no_copy_is_made_of_what_is_damaged_or_over_what_is_there() {
    let archive = archive();
    let dir = archive.dir.path();
    fs::create_dir(dir.join("full")).expect("a folder");
    fs::write(dir.join("full/letter.txt"), "x").expect("written");
    for (to, told) in [
        ("full", "full: there is something here already; name a new folder"),
        ("full/letter.txt", "full/letter.txt: there is something here already; name a new folder"),
        ("index", "index: there is something here already; name a new folder"),
        ("index/copy", "index/copy: it lies in the index; name a folder elsewhere"),
    ] {
        let run = archive.run(&["backup", to]);
        assert_eq!((run.status, run.stderr.trim()), (2, format!("dateline: {told}").as_str()));
    }
    assert_eq!(archive.run(&["backup", "good"]).status, 0);
    let flip = |path: &Path| {
        let mut bytes = fs::read(path).expect("a file");
        bytes[0] ^= 1;
        fs::write(path, bytes).expect("written");
    };
    let path = &archive.index_files(".pos")[0];
    flip(&dir.join("good").join(path.file_name().expect("a name")));
    let run = archive.run(&["backup", "good"]);
    let told = "good: a copy of this commit is here, and it is damaged: ";
    assert!(run.status == 2 && run.stderr.contains(told) && run.stderr.contains("remove it"), "{run:?}");
    flip(path);
    let run = archive.run(&["backup", "copy"]);
    assert!(run.status == 2 && run.stderr.contains("its checksum does not match its bytes"), "{run:?}");
    flip(path);
    let list = &archive.index_files(".jsonl")[0];
    flip(list);
    let run = archive.run(&["backup", "copy"]);
    let told = "dateline: index: the index is damaged: manifest-1.jsonl: line 1: it is not as it was written; go back to a backup";
    assert!(run.status == 2 && run.stderr.starts_with(told), "{run:?}");
    flip(list);
    fs::remove_file(path).expect("removed");
    for command in [&["backup", "copy"][..], &["index", "--compact"], &["query", "ferry"]] {
        let run = archive.run(command);
        assert!(
            run.status == 2 && run.stderr.contains("damaged: ") && run.stderr.contains(".pos is missing"),
            "{run:?}"
        );
    }
    let left = |path: &Path| path.exists();
    assert!(!left(&dir.join("copy")) && !left(&dir.join(".copy.partial")));
}

#[test]
#[cfg(unix)]
fn a_link_to_an_empty_folder_is_that_folder_and_two_do_not_make_one_copy() {
    use std::os::unix::fs::symlink;
    let archive = archive();
    let dir = archive.dir.path();
    fs::create_dir(dir.join("empty")).expect("a folder");
    symlink("empty", dir.join("link")).and_then(|()| symlink("nowhere", dir.join("loose"))).expect("links");
    assert_eq!(archive.run(&["backup", "link"]).status, 0);
    assert_eq!(archive.run(&["check", "--no-sources", "--index", "empty"]).status, 0);
    let run = archive.run(&["backup", "loose"]);
    assert_eq!(
        (run.status, run.stderr.trim()),
        (2, "dateline: loose: it is a link that leads nowhere; name a new folder")
    );
    fs::create_dir(dir.join(".twice.partial")).expect("a folder");
    let held = fs::File::open(dir.join(".twice.partial")).expect("a folder");
    held.lock().expect("locked");
    let run = archive.run(&["backup", "twice"]);
    assert_eq!(
        (run.status, run.stderr.trim()),
        (2, "dateline: twice: another backup makes this copy; wait for it to end")
    );
    drop(held);
    assert_eq!(archive.run(&["backup", "twice"]).status, 0);
}

#[test]
fn files_of_other_segments_hide_no_article_and_double_none() {
    let archive = archive();
    let (_, whole, _) = salvage(&archive);
    let stores = archive.index_files(".store");
    let bytes: Vec<Vec<u8>> = stores.iter().map(|path| fs::read(path).expect("a store")).collect();
    let last = stores.len() - 1;
    let write = |at: usize, of: usize| fs::write(&stores[at], &bytes[of]).expect("written");
    // changed places
    write(0, last);
    write(last, 0);
    let (status, records, told) = salvage(&archive);
    assert!(status == 0 && records == whole, "{told}");
    // one in place of the other
    write(last, last);
    let (status, _, told) = salvage(&archive);
    assert!(status == 2 && told.contains("it is another file"), "{told}");
    // the stores alone
    write(0, 0);
    let alone = archive.dir.path().join("alone");
    fs::create_dir(&alone).expect("a folder");
    stores.iter().for_each(|path| drop(fs::copy(path, alone.join(path.file_name().expect("a name")))));
    let run = archive.run(&["salvage", "--index", "alone"]);
    assert!(run.status == 2 && run.stdout.lines().count() >= whole.len(), "{run:?}");
}
