//! What changed is brought to a cluster as it is to an index on this machine.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use super::support::{cluster, command, dateline, fill};

/// What stays the same, whatever the history.
fn answers(archive: &[&str]) -> String {
    let run = |args: &[&str]| dateline(&[args, archive].concat()).out;
    let newest = run(&["query", "-n", "100", "--sort", "newest", "--format", "jsonl", "summit OR Helsinki OR the"]);
    newest + &run(&["query", "-n", "100", "--format", "json", "Helsinki venue"]) + &run(&["outlets"])
}

fn write(dir: &Path, name: &str, headline: &str, body: &str) {
    fs::write(dir.join(name), format!("{headline}\n\nHELSINKI, June 27, 2018 (AP) - {body}\n")).expect("written");
}

#[test]
#[ignore = "runs by make test-cluster"]
fn what_changed_is_replaced_and_what_is_gone_is_removed() {
    let cluster = cluster();
    let dir = tempfile::tempdir().expect("a folder");
    let articles = dir.path().join("articles");
    fs::create_dir(&articles).expect("made");
    for n in 0..30 {
        let body = format!("The summit will be held in place {n}, officials said on Wednesday after a day of talks.");
        write(&articles, &format!("a{n}.txt"), &format!("Talks number {n} end"), &body);
    }
    let (index, local) = (cluster.index("changes"), dir.path().join("local"));
    let (address, path) = (index.address(), articles.to_str().expect("a name"));
    let (remote, here) = (["--engine", address.as_str()], ["--index", local.to_str().expect("a name")]);
    let bring = |archive: &[&str]| {
        let ended = dateline(&[&["index", "--format", "json", path], archive].concat());
        assert_eq!(ended.status, 0, "{}", ended.err);
        ended.out
    };
    assert_eq!(bring(&remote), bring(&here));
    assert_eq!(answers(&remote), answers(&[&here[..]].concat()));

    write(&articles, "a3.txt", "Talks move to Vienna", "The venue is Vienna now, and no longer Helsinki, they said.");
    fs::remove_file(articles.join("a5.txt")).expect("removed");
    write(&articles, "b.txt", "A venue at last", "Helsinki is the venue of the summit, the Kremlin said.");
    let (there, here_told) = (bring(&remote), bring(&here));
    assert_eq!(there, here_told, "the reports say the same");
    assert!(there.contains("\"removed\":1") && there.contains("\"unchanged\":28"), "{there}");
    dateline(&[&["index", "--compact"], &here[..]].concat());
    assert_eq!(answers(&remote), answers(&here));
    let again = bring(&remote);
    assert!(again.contains("\"unchanged\":30"), "{again}");
    let compacted = dateline(&[&["index", "--compact"], &remote[..]].concat());
    assert_eq!(compacted.status, 0, "{}", compacted.err);
    assert_eq!(answers(&remote), answers(&here));
}

#[test]
#[ignore = "runs by make test-cluster"]
fn a_killed_run_is_never_seen_and_the_next_ends_in_the_same_state() {
    let cluster = cluster();
    let dir = tempfile::tempdir().expect("a folder");
    let articles = dir.path().join("articles");
    fs::create_dir(&articles).expect("made");
    for n in 0..400 {
        let body = format!("The summit will be held in place {n}. ").repeat(40);
        write(&articles, &format!("a{n}.txt"), &format!("Talks number {n} end"), &body);
    }
    let (index, undisturbed) = (cluster.index("killed"), cluster.index("undisturbed"));
    let (address, other) = (index.address(), undisturbed.address());
    let path = articles.to_str().expect("a name");
    fill(&[path], &["--engine", &other]);
    for wait in [300, 700, 1100, 1600] {
        let mut run = command(&["index", path, "--engine", &address, "--commit-every", "1"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("runs");
        std::thread::sleep(Duration::from_millis(wait));
        let _ = run.kill();
        let _ = run.wait();
        let stats = dateline(&["stats", "--format", "json", "--engine", &address]);
        if stats.status == 0 {
            let told: serde_json::Value = serde_json::from_str(&stats.out).expect("JSON");
            assert_eq!(told["articles"], told["files"], "what counts is whole files, each with its article");
        }
    }
    fill(&[path], &["--engine", &address]);
    assert_eq!(answers(&["--engine", &address]), answers(&["--engine", &other]));
}

#[test]
#[ignore = "runs by make test-cluster"]
fn what_came_by_standard_input_is_replaced_by_the_thousand() {
    let cluster = cluster();
    let index = cluster.index("stream");
    let address = index.address();
    let dir = tempfile::tempdir().expect("a folder");
    for word in ["harbour", "lighthouse"] {
        let file = dir.path().join(word);
        let record = |n: usize| format!("{{\"id\":\"r{n}\",\"title\":\"Boat {n}\",\"text\":\"At the {word}.\"}}\n");
        fs::write(&file, (0..3000).map(record).collect::<String>()).expect("written");
        let input = fs::File::open(&file).expect("opens");
        let run = command(&["index", "-", "--engine", &address]).stdin(input).output().expect("runs");
        assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    }
    let count = |word: &str| {
        let ended = dateline(&["query", word, "-n", "1", "--format", "json", "--engine", &address]);
        serde_json::from_str::<serde_json::Value>(&ended.out).expect("JSON")["total_articles"].as_u64()
    };
    assert_eq!((count("lighthouse"), count("harbour")), (Some(3000), Some(0)));
}

#[test]
#[ignore = "runs by make test-cluster"]
fn an_article_that_is_refused_is_told_and_the_others_come_in() {
    let cluster = cluster();
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("feed.jsonl");
    let long = "x".repeat(40_000);
    let record = |id: &str| format!("{{\"id\":\"{id}\",\"title\":\"Boats\",\"text\":\"Boats leave the harbour.\"}}\n");
    fs::write(&file, [record("a"), record(&long), record("b")].concat()).expect("written");
    let index = cluster.index("refused");
    let address = index.address();
    let run = ["index", file.to_str().expect("a name"), "--format", "json", "--engine", &address];
    for _ in 0..2 {
        let ended = dateline(&run);
        assert_eq!(ended.status, 2, "{}", ended.err);
        assert!(ended.err.contains("feed.jsonl") && ended.err.contains("was refused"), "{}", ended.err);
        let told: serde_json::Value = serde_json::from_str(&ended.out).expect("JSON");
        let records = &told["records"];
        assert_eq!((&records["read"], &records["failed"]), (&3.into(), &1.into()), "{records}");
    }
    let found = dateline(&["query", "boats", "-n", "9", "--format", "jsonl", "--engine", &address]);
    assert_eq!(found.out.lines().count(), 2, "{}", found.out);
}

#[test]
#[ignore = "runs by make test-cluster"]
fn a_folder_is_followed() {
    let cluster = cluster();
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), "first.txt", "Talks end", "The summit will be held in Vienna, officials said on Wednesday.");
    let index = cluster.index("watched");
    let address = index.address();
    let path = dir.path().to_str().expect("a name");
    let mut watch = command(&["index", path, "--watch", "--settle", "0.5", "--engine", &address])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("runs");
    let found = |word: &str| dateline(&["query", word, "--engine", &address]).status == 0;
    let comes = |word: &str| {
        let began = std::time::Instant::now();
        while !found(word) {
            assert!(began.elapsed() < super::support::PATIENCE, "{word} never comes");
            std::thread::sleep(Duration::from_millis(200));
        }
    };
    comes("Vienna");
    write(dir.path(), "second.txt", "A venue at last", "Reykjavik is the venue of the summit, the Kremlin said.");
    comes("Reykjavik");
    let _ = watch.kill();
    let _ = watch.wait();
}

#[test]
#[ignore = "runs by make test-cluster"]
fn one_writer_at_a_time() {
    let cluster = cluster();
    let index = cluster.index("locked");
    let address = index.address();
    let mut first = command(&["index", "-", "--engine", &address])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("runs");
    let held = || cluster.ask("GET", &format!("{}-files/_doc/lock", index.name), "").0 == 200;
    while !held() {
        std::thread::sleep(Duration::from_millis(100));
    }
    let second = dateline(&["index", "seeds/articles/wire", "--engine", &address]);
    assert_eq!(second.status, 2, "{}", second.err);
    let process = format!("process {}", first.id());
    assert!(second.err.contains("another dateline is writing") && second.err.contains(&process), "{}", second.err);
    drop(first.stdin.take());
    let _ = first.wait();
    assert!(!held(), "the lock is given back");
    fill(&["seeds/articles/wire"], &["--engine", &address]);
}

/// Sends a signal to a process.
fn signal(process: u32, name: &str) {
    let sent = std::process::Command::new("kill").args([name, &process.to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()), "kill {name}");
}

#[test]
#[ignore = "runs by make test-cluster"]
fn a_writer_that_slept_takes_nothing_from_its_successor() {
    let cluster = cluster();
    let (index, undisturbed) = (cluster.index("slept"), cluster.index("awake"));
    let (address, other) = (index.address(), undisturbed.address());
    let start = |engine: &str| {
        let mut run = command(&["index", "-", "--engine", engine, "--commit-every", "3600"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("runs");
        let record = |n: u32| {
            let body = format!("The sleeper saw the lamp {n} in the harbour. ").repeat(200);
            format!("{{\"id\":\"s{n}\",\"body\":\"{body}\"}}\n")
        };
        let records: String = (0..1500).map(record).collect();
        std::io::Write::write_all(run.stdin.as_mut().expect("a pipe"), records.as_bytes()).expect("written");
        run
    };
    let document = |name: &str| cluster.ask("GET", &format!("{}-files/_doc/{name}", index.name), "");
    let sleeper = start(&address);
    while document("lock").0 != 200 || document("session").0 != 200 {
        std::thread::sleep(Duration::from_millis(100));
    }
    // it has sent articles that nothing counts yet
    std::thread::sleep(Duration::from_millis(1500));
    signal(sleeper.id(), "-STOP");
    fill(&["seeds/articles"], &["--engine", &address]);
    let mut second = start(&address);
    while document("lock").0 != 200 {
        std::thread::sleep(Duration::from_millis(100));
    }
    let holder = document("lock").1["_source"]["process"].clone();
    signal(sleeper.id(), "-CONT");
    let ended = sleeper.wait_with_output();
    let told = String::from_utf8_lossy(&ended.expect("ends").stderr).into_owned();
    assert!(told.contains("another dateline has taken over"), "{told}");
    assert_eq!(document("lock").1["_source"]["process"], holder, "the lock is its successor's");
    let _ = second.kill();
    let _ = second.wait();
    fill(&["seeds/articles"], &["--engine", &address]);
    fill(&["seeds/articles"], &["--engine", &other]);
    assert_eq!(answers(&["--engine", &address]), answers(&["--engine", &other]));
    let found = dateline(&["query", "sleeper", "--engine", &address]);
    assert_eq!(found.status, 1, "what it had not committed never counts: {}", found.out);
}
