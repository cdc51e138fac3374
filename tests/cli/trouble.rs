//! What disks do: folders that cannot be written, inputs that vanish while they are read, disks that are away. The index
//! stays at its last commit, and running again ends where an undisturbed run does.

use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use dateline::engine::{LocalUpdate, Update};
use dateline::index::WriterOptions;
use dateline::ingest::{self, IngestOptions, Progress};
use dateline::report::Report;

use super::support::{Archive, article};

/// Files of an archive; threads read a few of them ahead, and not all.
const FILES: u32 = 120;

fn lamp(n: u32, what: &str) -> String {
    article(&format!("Lamp {n}"), &[&format!("The {what} burns in the harbour, and keeper {n} reads by it.")])
}

fn write_all(archive: &Archive, what: &str) {
    (0..FILES).for_each(|n| archive.write(&format!("{n:03}.txt"), lamp(n, what).as_bytes()));
}

/// Indexes, and does something when the first file has been read.
fn index_and(archive: &Archive, meanwhile: impl Fn()) -> Report {
    let options = WriterOptions { threads: 1, ..WriterOptions::default() };
    let mut update = LocalUpdate::open(&archive.dir.path().join("index"), options).expect("free");
    let done = Cell::new(false);
    let progress = |progress: Progress| {
        if progress.articles > 0 && !done.replace(true) {
            meanwhile();
        }
    };
    let report = ingest::run(&mut update, &[archive.articles()], &IngestOptions::default(), &progress);
    update.close().expect("closed");
    report.expect("the index can be written")
}

#[test]
fn inputs_that_vanish_while_others_are_read() {
    let archive = Archive::of::<&str>(&[]);
    write_all(&archive, "lamp");
    archive.index();
    write_all(&archive, "candle");
    let vanish = |n: u32| fs::remove_file(archive.articles().join(format!("{n:03}.txt"))).expect("removed");
    let report = index_and(&archive, || (FILES - 20..FILES).for_each(vanish));
    assert_eq!((report.files.replaced, report.files.failed), (u64::from(FILES) - 20, 20), "{report:?}");
    assert!(report.failures[0].message.contains("cannot read: No such file"), "{report:?}");
    assert_eq!(archive.found(&["lamp", "keeper", "-n", "200"]).len(), FILES as usize, "what vanished stands as it was");
    let again = archive.index();
    assert_eq!(again["files"]["removed"], 20, "{again}");
    assert_eq!(again["extracted"], 0, "{again}");
    archive.assert_as_fresh();
}

fn record(id: &str, what: &str) -> String {
    format!("{{\"id\":\"{id}\",\"headline\":\"Of {what}\",\"body\":\"The {what} of record {id} burns.\"}}\n")
}

/// The ids of all records, and how many have each.
fn records(archive: &Archive) -> Vec<String> {
    let mut ids = archive.found(&["record", "-n", "50"]);
    ids.sort();
    ids
}

/// A record goes from a file that cannot be read any more to another one, which was read before it.
#[test]
fn a_record_that_moved_is_there_once_though_its_old_file_cannot_be_read() {
    let archive = Archive::of::<&str>(&[]);
    write_all(&archive, "lamp");
    archive.write("000.jsonl", record("r1", "lamp").as_bytes());
    archive.write("zzz.jsonl", (record("r0", "lamp") + &record("r2", "lamp")).as_bytes());
    archive.index();
    write_all(&archive, "candle");
    archive.write("000.jsonl", record("r0", "candle").as_bytes());
    let rest = record("r2", "candle");
    archive.write("zzz.jsonl", rest.as_bytes());
    let report = index_and(&archive, || fs::remove_file(archive.articles().join("zzz.jsonl")).expect("removed"));
    assert_eq!(report.files.failed, 1, "{report:?}");
    assert_eq!(records(&archive), ["r0", "r2"]);
    assert_eq!(archive.found(&["candle", "record"])[0], "r0");
    assert_eq!(archive.run(&["check", "--no-sources"]).status, 0);
    archive.write("zzz.jsonl", rest.as_bytes());
    archive.index();
    archive.assert_as_fresh();
}

/// Which of two files an id belongs to cannot be told while one of them cannot be looked at; it is told afterwards.
#[cfg(unix)]
#[test]
fn an_id_in_doubt_is_settled_when_the_other_file_can_be_read_again() {
    for (theirs, settled) in [("r9", ["r0", "r9"]), ("r0", ["b#1", "r0"])] {
        let archive = Archive::of(&[("a.jsonl", record("r0", "lamp")), ("b.jsonl", record("r1", "lamp"))]);
        archive.index();
        fs::remove_file(archive.articles().join("a.jsonl")).expect("removed");
        std::os::unix::fs::symlink("a.jsonl", archive.articles().join("a.jsonl")).expect("a link to itself");
        archive.write("b.jsonl", record("r0", "candle").as_bytes());
        let run = archive.run(&["index", "articles"]);
        assert!(run.status == 2 && run.stderr.contains("id r0 is taken by another record; indexed as b#1"), "{run:?}");
        assert_eq!(records(&archive), ["b#1", "r0"]);
        fs::remove_file(archive.articles().join("a.jsonl")).expect("removed");
        archive.write("a.jsonl", record(theirs, "tallow").as_bytes());
        assert_eq!(archive.run(&["index", "articles"]).status, 0);
        assert_eq!(records(&archive), settled);
        archive.assert_as_fresh();
    }
}

#[test]
fn a_folder_that_vanishes_while_it_is_read() {
    let archive = Archive::of::<&str>(&[]);
    write_all(&archive, "lamp");
    let away = archive.dir.path().join("away");
    let report = index_and(&archive, || fs::rename(archive.articles(), &away).expect("moved"));
    assert!(report.files.failed > 0 && report.files.indexed > 0, "{report:?}");
    let run = archive.run(&["index", "articles"]);
    assert!(run.status == 2 && run.stderr.contains("articles: cannot read"), "{run:?}");
    assert_eq!(archive.found(&["lamp", "-n", "200"]).len() as u64, report.files.indexed, "what was read counts");
    fs::rename(&away, archive.articles()).expect("moved");
    archive.index();
    assert_eq!(archive.found(&["lamp", "-n", "200"]).len(), FILES as usize);
    archive.assert_as_fresh();
}

/// What a killed run leaves: deletions that the same command would write under the same name, files on their way.
#[test]
fn what_a_killed_run_left_stands_in_nobodys_way() {
    let archive = Archive::indexed(&[("a.txt", lamp(1, "lamp")), ("b.txt", lamp(2, "lamp"))]);
    let index = archive.dir.path().join("index");
    let stores = fs::read_dir(&index).expect("the index").flatten().map(|entry| entry.path());
    let segments: Vec<_> = stores.filter(|path| path.extension().is_some_and(|end| end == "store")).collect();
    let left = |name: String| fs::write(index.join(name), "left").expect("written");
    for segment in &segments {
        let id = segment.file_stem().expect("a name").to_string_lossy().into_owned();
        (0..200).for_each(|stamp| left(format!("{id}.{stamp}.del")));
    }
    left(format!("{:032x}.store", 7));
    left(".tmpAbC123".to_owned());
    let theirs = [".gitignore", "notes.txt", "alerts.json", "manifest-notes.txt"];
    theirs.iter().for_each(|name| left((*name).to_owned()));
    archive.write("a.txt", lamp(1, "candle").as_bytes());
    fs::remove_file(archive.articles().join("b.txt")).expect("removed");
    let report = archive.index();
    assert_eq!((report["files"]["replaced"].as_u64(), report["files"]["removed"].as_u64()), (Some(1), Some(1)));
    assert_eq!(archive.found(&["candle"]), ["a"]);
    let names: Vec<String> = fs::read_dir(&index)
        .expect("the index")
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    assert!(names.iter().filter(|name| name.ends_with(".del")).count() <= segments.len(), "{names:?}");
    assert!(!names.iter().any(|name| name.starts_with(".tmp") || name.starts_with("000000")), "{names:?}");
    assert!(theirs.iter().all(|theirs| names.iter().any(|name| name == theirs)), "{names:?}");
    archive.assert_as_fresh();
}

/// Runs the command in a shell that has set limits.
#[cfg(unix)]
fn limited(archive: &Archive, limits: &str, args: &[&str]) -> Output {
    let script = format!("{limits}; exec \"$0\" \"$@\"");
    let mut run = Command::new("sh");
    run.args(["-c", &script, env!("CARGO_BIN_EXE_dateline")]).args(args).current_dir(archive.dir.path());
    run.env_remove("DATELINE_INDEX").env_remove("RUST_BACKTRACE").output().expect("runs")
}

#[cfg(unix)]
#[test]
fn what_the_machine_refuses_is_no_damage() {
    let archive = Archive::indexed(&[("a.txt", lamp(1, "lamp")), ("b.txt", lamp(2, "lamp"))]);
    for command in
        [&["query", "lamp"][..], &["stats"], &["show", "a"], &["check", "--no-sources"], &["index", "articles"]]
    {
        let run = limited(&archive, "ulimit -n 6", command);
        let said = String::from_utf8_lossy(&run.stderr);
        let answered = run.status.success() && said.is_empty();
        let told = run.status.code() == Some(2)
            && format!("{said}{}", String::from_utf8_lossy(&run.stdout)).contains("ulimit -n");
        assert!((answered || told) && !said.contains("damaged"), "{command:?}: {run:?}");
    }
    let run = limited(&archive, "ulimit -n 6", &["check", "--no-sources"]);
    assert_eq!(run.status.code(), Some(2), "a check that could not look is no answer: {run:?}");
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_a_baseline_as_it_was() {
    let archive = Archive::indexed(&[("a.txt", lamp(1, "lamp")), ("b.txt", lamp(2, "candle"))]);
    let dir = archive.dir.path();
    fs::write(dir.join("topics.tsv"), "1\tlamp\n2\tcandle\n").expect("written");
    fs::write(dir.join("qrels.txt"), "1 0 a 1\n2 0 b 1\n").expect("written");
    let gate = ["eval", "--topics", "topics.tsv", "--qrels", "qrels.txt", "--baseline", "floors.json"];
    let update = [&gate[..], &["--update-baseline", "--junit", "junit.xml"]].concat();
    assert_eq!(archive.run(&update).status, 0);
    let before = ["floors.json", "junit.xml"].map(|name| fs::read_to_string(dir.join(name)).expect("written"));
    let run = limited(&archive, "ulimit -f 0", &update);
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.code() == Some(2) && said.contains("the disk or its quota is full"), "{run:?}");
    let after = ["floors.json", "junit.xml"].map(|name| fs::read_to_string(dir.join(name)).expect("there"));
    assert_eq!(after, before);
    assert_eq!(archive.run(&gate).status, 0);
}

#[test]
fn a_check_looks_at_one_commit_whatever_is_written_meanwhile() {
    let archive = Archive::of::<&str>(&[]);
    write_all(&archive, "lamp");
    archive.index();
    let (stop, writer) = (std::sync::atomic::AtomicBool::new(false), archive.dir.path());
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for turn in 0.. {
                if stop.load(std::sync::atomic::Ordering::Relaxed) {
                    break;
                }
                write_all(&archive, ["candle", "lamp"][turn % 2]);
                let flags: &[&str] = if turn % 3 == 0 { &["--compact"] } else { &["--commit-every", "0"] };
                let run =
                    super::support::run_in(writer, &[&["index", "articles", "--threads", "2"], flags].concat(), &[]);
                assert_eq!(run.status, 0, "{run:?}");
            }
        });
        let checks: Vec<_> = (0..40).map(|_| archive.run(&["check", "--no-sources"])).collect();
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        checks.into_iter().for_each(|run| assert_eq!(run.status, 0, "{run:?}"));
    });
}

#[test]
fn a_root_of_another_kind_than_before_removes_nothing() {
    let archive = Archive::indexed(&[("a.txt", lamp(1, "lamp")), ("b/b.txt", lamp(2, "lamp"))]);
    fs::remove_dir_all(archive.articles()).expect("removed");
    fs::write(archive.articles(), lamp(3, "candle")).expect("written");
    let run = archive.run(&["index", "articles"]);
    assert!(
        run.status == 2 && run.stderr.contains("articles: a file now, and the archive has it as a folder"),
        "{run:?}"
    );
    assert_eq!(archive.found(&["lamp"]).len(), 2);
    assert_eq!(archive.run(&["index", "articles", "--forget", "articles"]).status, 0);
    assert_eq!((archive.found(&["candle"]).len(), archive.found(&["burns"]).len()), (1, 1));
    fs::remove_file(archive.articles()).expect("removed");
    archive.write("a.txt", lamp(1, "lamp").as_bytes());
    let run = archive.run(&["index", "articles"]);
    assert!(
        run.status == 2 && run.stderr.contains("articles: a folder now, and the archive has it as a file"),
        "{run:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_source_that_became_a_pipe_is_gone_and_nobody_waits_for_it() {
    let archive = Archive::indexed(&[("a.txt", lamp(1, "lamp")), ("b.txt", lamp(2, "lamp"))]);
    let path = archive.articles().join("a.txt");
    fs::remove_file(&path).expect("removed");
    assert!(Command::new("mkfifo").arg(&path).status().expect("runs").success());
    let check = archive.run(&["check"]);
    assert!(check.status == 1 && check.stdout.contains("gone, with 1 article cited"), "{check:?}");
    assert_eq!(archive.run(&["show", "a"]).status, 0);
}

#[test]
fn an_index_below_a_file_is_refused() {
    let archive = Archive::of(&[("a.txt", lamp(1, "lamp"))]);
    for command in [&["index", "articles"][..], &["query", "lamp"]] {
        let run = archive.run(&[command, &["--index", "articles/a.txt/index"]].concat());
        assert!(run.status == 2 && run.stderr.contains("articles/a.txt/index: "), "{run:?}");
        assert!(!run.stderr.contains("cannot be has happened"), "{run:?}");
    }
}

/// Runs the command where the index is on a disk that can only be read.
#[cfg(target_os = "linux")]
fn read_only(dir: &Path, args: &[&str]) -> Output {
    // permissions do not bind root, a mount does
    let mount = "mount --bind index index && mount -o remount,bind,ro index && exec \"$@\"";
    let run = |flags: &[&str], args: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(flags).args(["--mount", "sh", "-c", mount, "sh"]).args(args).current_dir(dir);
        command.env_remove("DATELINE_INDEX").env_remove("RUST_BACKTRACE").output().expect("unshare")
    };
    let works = |flags: &&[&str]| run(flags, &["true"]).status.success();
    let flags = [&[][..], &["--user", "--map-root-user"]].into_iter().find(works).expect("a mount namespace");
    run(flags, &[&[env!("CARGO_BIN_EXE_dateline")], args].concat())
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs a mount namespace"]
fn an_index_that_can_only_be_read_answers_and_stays_as_it_is() {
    let archive = Archive::indexed(&[("a.txt", lamp(1, "lamp")), ("b.txt", lamp(2, "lamp"))]);
    let query = ["query", "lamp", "--format", "jsonl"];
    let before = archive.run(&query).stdout;
    archive.write("a.txt", lamp(1, "candle").as_bytes());
    let output = read_only(archive.dir.path(), &["index", "articles"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("index: cannot write: Read-only file system"), "{said}");
    let output = read_only(archive.dir.path(), &query);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), before, "queries go on");
    assert_eq!(archive.run(&query).stdout, before, "the last commit stands");
    archive.index();
    archive.assert_as_fresh();
}
