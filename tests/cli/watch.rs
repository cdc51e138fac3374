//! `dateline index --watch`: what changes below the folders is found soon after, and the index ends as a fresh one.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

use super::packing::{Entry, zip};
use super::support::{Archive, article};

/// How long something may take that takes no time on a machine with nothing else to do.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long nothing must happen to be taken for nothing.
const QUIET: Duration = Duration::from_millis(1_500);

/// A running `dateline index --watch`; killed when it goes.
struct Watch {
    child: Child,
    stderr: Receiver<String>,
    stdout: Receiver<String>,
}

impl Watch {
    /// Follows `articles` with more flags; the first run is over.
    fn start(archive: &Archive, flags: &[&str]) -> Self {
        Self::settling(archive, "0.5", flags)
    }

    fn settling(archive: &Archive, settle: &str, flags: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(["index", "articles", "--watch", "--settle", settle, "--threads", "2"]).args(flags);
        Self::spawn(archive.dir.path(), command)
    }

    fn spawn(dir: &Path, mut command: Command) -> Self {
        command.current_dir(dir).env_remove("DATELINE_INDEX").stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("runs");
        let stderr = lines(child.stderr.take().expect("a pipe"));
        let stdout = lines(child.stdout.take().expect("a pipe"));
        let watch = Self { child, stderr, stdout };
        watch.line("; ctrl-c ends");
        watch
    }

    /// Waits for a line that holds this.
    fn line(&self, part: &str) -> String {
        let start = Instant::now();
        let mut said = Vec::new();
        while start.elapsed() < PATIENCE {
            match self.stderr.recv_timeout(Duration::from_secs(1)) {
                Ok(line) if line.contains(part) => return line,
                Ok(line) => said.push(line),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        panic!("no {part:?} among {said:#?}");
    }

    /// The lines that come for a while.
    fn rest(&self) -> Vec<String> {
        std::iter::from_fn(|| self.stderr.recv_timeout(QUIET).ok()).collect()
    }

    /// Asks it to end, and returns its exit status.
    fn end(mut self, signal: &str) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).status().expect("runs").success());
        self.child.wait().expect("ends").code()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // it may have ended
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines(pipe: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (tell, told) = channel();
    std::thread::spawn(move || BufReader::new(pipe).lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
    told
}

/// Waits until a query finds these articles, in any order.
fn wait_for(archive: &Archive, query: &str, wanted: &[&str]) {
    let start = Instant::now();
    loop {
        let mut found = archive.found(&[query, "-n", "50"]);
        found.sort();
        if found == wanted {
            return;
        }
        assert!(start.elapsed() < PATIENCE, "{query}: found {found:?}, not {wanted:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn lamp(n: u32) -> String {
    article(&format!("About lamp {n}"), &["The lamp burns in the harbour, and the keeper reads by it."])
}

#[test]
fn what_changes_is_found_soon_after() {
    let archive = Archive::of(&[("a.txt", lamp(1)), ("same.txt", lamp(2)), ("old/b.txt", lamp(3))]);
    let watch = Watch::start(&archive, &[]);
    let articles = archive.articles();
    let candle = article("About a candle", &["The candle burns in the harbour."]);

    archive.write("new/deep/down/c.txt", lamp(4).as_bytes());
    wait_for(&archive, "lamp", &["a", "new/deep/down/c", "old/b", "same"]);
    assert!(watch.line(" added").ends_with("Z  1 added"), "one line a batch");

    archive.write("a.txt", candle.as_bytes());
    wait_for(&archive, "candle", &["a"]);

    // written beside and put in its place, as editors and downloads do
    fs::write(articles.join(".a.txt.part"), lamp(5)).expect("written");
    fs::rename(articles.join(".a.txt.part"), articles.join("a.txt")).expect("renamed");
    wait_for(&archive, "candle", &[]);
    watch.line("Z  1 replaced");

    fs::rename(articles.join("old"), articles.join("renamed")).expect("renamed");
    wait_for(&archive, "lamp", &["a", "new/deep/down/c", "renamed/b", "same"]);
    watch.line("Z  1 added, 1 removed");
    fs::rename(articles.join("renamed/b.txt"), articles.join("renamed/z.txt")).expect("renamed");
    wait_for(&archive, "lamp", &["a", "new/deep/down/c", "renamed/z", "same"]);

    // a file that nobody touched changes its name when another takes a part of it
    archive.write("same.jsonl", b"{\"body\":\"The candle of a record.\"}\n");
    wait_for(&archive, "candle", &["same.jsonl#1"]);
    wait_for(&archive, "lamp", &["a", "new/deep/down/c", "renamed/z", "same.txt"]);
    fs::remove_file(articles.join("same.jsonl")).expect("removed");
    wait_for(&archive, "lamp", &["a", "new/deep/down/c", "renamed/z", "same"]);

    fs::remove_dir_all(articles.join("new")).expect("removed");
    wait_for(&archive, "lamp", &["a", "renamed/z", "same"]);
    assert_eq!(watch.end("INT"), Some(0));
    archive.assert_as_fresh();
}

#[test]
fn a_packed_folder_that_changes_is_read_again() {
    let entry = |name: &str, n: u32| Entry::of(name, lamp(n));
    let archive =
        Archive::of(&[("a.zip", zip(&[entry("x.txt", 1), entry("y.txt", 2)])), ("b.txt", lamp(3).into_bytes())]);
    let watch = Watch::start(&archive, &[]);
    archive.write("a.zip", &zip(&[entry("x.txt", 1), entry("z.txt", 4)]));
    wait_for(&archive, "lamp", &["a.zip!x", "a.zip!z", "b"]);
    fs::rename(archive.articles().join("a.zip"), archive.articles().join("c.zip")).expect("renamed");
    wait_for(&archive, "lamp", &["b", "c.zip!x", "c.zip!z"]);
    fs::remove_file(archive.articles().join("c.zip")).expect("removed");
    wait_for(&archive, "lamp", &["b"]);
    assert_eq!(watch.end("INT"), Some(0));
    archive.assert_as_fresh();
}

#[test]
fn a_file_still_being_written_is_read_again() {
    let archive = Archive::of(&[("a.txt", lamp(1))]);
    let watch = Watch::start(&archive, &[]);
    let record = |n: u32| format!("{{\"id\":\"r{n}\",\"body\":\"The candle of record {n}.\"}}\n");
    let (whole, half) = (record(1), record(2));
    archive.write("feed.jsonl", (whole.clone() + &half[..20]).as_bytes());
    wait_for(&archive, "candle", &["r1"]);
    watch.line("1 added, 1 failed");
    archive.write("feed.jsonl", (whole + &half + &record(3)).as_bytes());
    wait_for(&archive, "candle", &["r1", "r2", "r3"]);
    assert_eq!(watch.end("TERM"), Some(0), "what failed is mended");
    archive.assert_as_fresh();
}

#[test]
fn a_steady_stream_of_changes_does_not_hold_up_the_batch() {
    let archive = Archive::of(&[("a.txt", lamp(1))]);
    let watch = Watch::settling(&archive, "30", &["--commit-every", "1"]);
    let start = Instant::now();
    for n in 0.. {
        archive
            .write("b.txt", article("About a candle", &[&format!("The candle burns for the {n}th time.")]).as_bytes());
        std::thread::sleep(Duration::from_millis(50));
        if n % 20 == 0 && !archive.found(&["candle"]).is_empty() {
            break;
        }
        assert!(start.elapsed() < PATIENCE, "no batch under a stream of changes");
    }
    assert!(watch.line(" added").contains("1 added"));
}

#[test]
fn a_root_that_vanishes_keeps_its_articles_and_is_followed_again() {
    let archive = Archive::of(&[("a.txt", lamp(1)), ("b.txt", lamp(2))]);
    let watch = Watch::start(&archive, &[]);
    let away = archive.dir.path().join("away");
    fs::rename(archive.articles(), &away).expect("moved");
    watch.line("articles: no longer there: its articles stay");
    watch.line("articles: cannot read");
    assert_eq!(archive.found(&["lamp"]).len(), 2);
    fs::write(away.join("c.txt"), lamp(3)).expect("written");
    fs::remove_file(away.join("a.txt")).expect("removed");
    fs::rename(&away, archive.articles()).expect("moved");
    wait_for(&archive, "lamp", &["b", "c"]);
    archive.write("d.txt", lamp(4).as_bytes());
    wait_for(&archive, "lamp", &["b", "c", "d"]);
    assert_eq!(watch.end("INT"), Some(0));
    archive.assert_as_fresh();
}

/// The folder moved, and a link led to it: its inode is the same, its path is not.
#[test]
#[cfg(unix)]
fn a_root_that_becomes_a_link_is_followed_to_where_it_leads() {
    for flags in [&[][..], &["--poll", "0.3"]] {
        let archive = Archive::of(&[("a.txt", lamp(1)), ("b.txt", lamp(2))]);
        let watch = Watch::start(&archive, flags);
        let real = archive.dir.path().join("real");
        fs::rename(archive.articles(), &real).expect("moved");
        std::os::unix::fs::symlink("real", archive.articles()).expect("linked");
        watch.line("articles: leads to ");
        watch.line("2 replaced");
        fs::write(real.join("c.txt"), lamp(3)).expect("written");
        wait_for(&archive, "lamp", &["a", "b", "c"]);
        assert_eq!(watch.end("INT"), Some(0));
        archive.assert_as_fresh();
    }
}

#[test]
fn a_root_without_articles_keeps_those_it_had() {
    for (what, change, stays) in super::away::CHANGES {
        let archive = super::away::of_three();
        let watch = Watch::start(&archive, &[]);
        change(&archive);
        watch.line(if stays { "holds no article, and the archive has articles from it" } else { "1 added, 3 removed" });
        assert!(!watch.rest().iter().any(|line| line.contains("removed")), "{what}");
        assert_eq!(archive.found(&["lamp"]).len(), if stays { 3 } else { 1 }, "{what}");
        assert_eq!(watch.end("INT"), Some(if stays { 2 } else { 0 }), "{what}");
    }
}

#[test]
fn what_failed_at_the_end_is_in_the_exit_status() {
    let archive = Archive::of(&[("a.txt", lamp(1))]);
    let watch = Watch::start(&archive, &[]);
    archive.write("broken.jsonl", b"{broken\n");
    watch.line("broken.jsonl: line 1: invalid JSON");
    watch.line("Z  1 failed");
    archive.write("b.txt", lamp(2).as_bytes());
    assert!(watch.line(" added").ends_with("Z  1 added"), "a failure is told once");
    assert_eq!(watch.end("INT"), Some(2));
}

#[test]
fn an_index_below_the_folder_does_not_set_itself_off() {
    let archive = Archive::of(&[("a.txt", lamp(1))]);
    let watch = Watch::start(&archive, &["--index", "articles/index"]);
    archive.write("b.txt", lamp(2).as_bytes());
    watch.line("1 added");
    assert_eq!(watch.rest(), Vec::<String>::new());
    // whoever writes leaves a note in the folder
    let changed = || fs::metadata(archive.articles().join("index")).and_then(|kind| kind.modified()).expect("a time");
    let before: SystemTime = changed();
    std::thread::sleep(QUIET);
    assert_eq!(changed(), before, "nobody wrote");
    assert_eq!(watch.end("INT"), Some(0));
}

#[test]
fn others_write_between_two_batches_and_a_batch_waits_for_them() {
    use dateline::engine::{LocalUpdate, Update};
    let archive = Archive::of(&[("a.txt", lamp(1))]);
    let watch = Watch::start(&archive, &[]);
    let more = archive.dir.path().join("more");
    fs::create_dir_all(&more).expect("a folder");
    fs::write(more.join("m.txt"), lamp(2)).expect("written");
    let run = archive.run(&["index", "more"]);
    assert_eq!(run.status, 0, "{run:?}");
    let index = archive.dir.path().join("index");
    let other = LocalUpdate::open(&index, dateline::index::WriterOptions::default()).expect("free");
    archive.write("b.txt", lamp(3).as_bytes());
    let line = watch.line("; the batch waits for it to end");
    assert!(line.contains(&format!("(process {}", std::process::id())), "{line}");
    other.close().expect("closed");
    wait_for(&archive, "lamp", &["a", "b", "more/m"]);
    assert_eq!(watch.end("INT"), Some(0));
}

#[test]
fn an_end_while_a_batch_waits_is_no_success() {
    use dateline::engine::{LocalUpdate, Update};
    let archive = Archive::of(&[("a.txt", lamp(1))]);
    let watch = Watch::start(&archive, &[]);
    let index = archive.dir.path().join("index");
    let other = LocalUpdate::open(&index, dateline::index::WriterOptions::default()).expect("free");
    archive.write("b.txt", lamp(2).as_bytes());
    watch.line("; the batch waits for it to end");
    assert_eq!(watch.end("INT"), Some(2));
    other.close().expect("closed");
    assert_eq!(archive.found(&["lamp"]), ["a"]);
}

#[test]
fn scripts_get_a_report_a_batch() {
    let archive = Archive::of(&[("a.txt", lamp(1))]);
    let watch = Watch::start(&archive, &["--format", "json"]);
    archive.write("b.txt", lamp(2).as_bytes());
    for indexed in [1, 1] {
        let line = watch.stdout.recv_timeout(PATIENCE).expect("a report");
        let report: serde_json::Value = serde_json::from_str(&line).expect("an object");
        assert_eq!(report["records"]["indexed"], indexed, "{line}");
    }
    assert_eq!(watch.end("INT"), Some(0));
}

#[test]
fn changes_are_looked_for_where_the_system_does_not_tell() {
    let archive = Archive::of(&[("a.txt", lamp(1))]);
    let watch = Watch::start(&archive, &["--poll", "0.2"]);
    assert_changes_come_in(&archive);
    assert_eq!(watch.end("INT"), Some(0));
}

/// In a user namespace of its own a process may lower the number of folders it can watch.
#[test]
#[ignore = "needs a user namespace"]
fn where_the_system_cannot_watch_so_many_folders_they_are_looked_at_instead() {
    let archive = Archive::of(&[("a.txt", lamp(1)), ("b/b.txt", lamp(2)), ("c/c.txt", lamp(3))]);
    let limited = "echo 2 > /proc/sys/user/max_inotify_watches && exec \"$@\"";
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "sh", "-c", limited, "sh"]);
    command.arg(env!("CARGO_BIN_EXE_dateline"));
    command.args(["index", "articles", "--watch", "--settle", "0.2", "--color", "never"]);
    command.current_dir(archive.dir.path()).env_remove("DATELINE_INDEX").stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("runs");
    let stderr = lines(child.stderr.take().expect("a pipe"));
    let (_, stdout) = channel();
    let watch = Watch { child, stderr, stdout };
    let told = watch.line("fs.inotify.max_user_watches");
    assert!(told.ends_with("all files are looked at every 10 seconds instead; --poll sets how often"), "{told}");
    watch.line("; ctrl-c ends");
    archive.write("c/d.txt", article("About a candle", &["The candle burns in the harbour."]).as_bytes());
    wait_for(&archive, "candle", &["c/d"]);
    assert_eq!(watch.end("INT"), Some(0));
}

fn assert_changes_come_in(archive: &Archive) {
    archive.write("new/b.txt", lamp(2).as_bytes());
    wait_for(archive, "lamp", &["a", "new/b"]);
    // an older file in its place, as copies that keep their times are
    let old = fs::File::create(archive.dir.path().join("old.txt")).expect("made");
    std::io::Write::write_all(&mut &old, article("A candle", &["The candle burns."]).as_bytes()).expect("written");
    old.set_modified(SystemTime::now() - Duration::from_secs(86_400)).expect("set back");
    fs::rename(archive.dir.path().join("old.txt"), archive.articles().join("a.txt")).expect("moved");
    wait_for(archive, "candle", &["a"]);
    fs::remove_file(archive.articles().join("new/b.txt")).expect("removed");
    wait_for(archive, "lamp", &[]);
}

#[test]
fn what_is_left_out_stays_out_and_what_is_read_again_is_read_once() {
    let archive = Archive::of(&[("a.txt", lamp(1)), ("drafts/b.txt", lamp(2))]);
    archive.index();
    let watch = Watch::start(&archive, &["--reread", "--exclude", "drafts/**", "--exclude", "*.bak"]);
    assert_eq!(archive.found(&["lamp"]), ["a"]);
    archive.write("drafts/c.txt", lamp(3).as_bytes());
    archive.write("c.bak", lamp(4).as_bytes());
    assert_eq!(watch.rest(), Vec::<String>::new());
    archive.write("a.jsonl", b"{\"body\":\"The candle of a record.\"}\n");
    archive.write("d.txt", lamp(5).as_bytes());
    wait_for(&archive, "lamp", &["a.txt", "d"]);
    archive.write("e.png", b"\x89PNG\r\n\x1a\n");
    archive.write("f.txt", lamp(6).as_bytes());
    assert!(watch.line("Z  1 added").ends_with("Z  1 added"), "nothing that is as it was is read again");
    assert_eq!(watch.end("INT"), Some(0));
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let archive = Archive::of(&[("a.txt", lamp(1))]);
    for (args, said) in [
        (&["index", "-", "--watch"][..], "standard input cannot be watched; name folders, or leave out --watch"),
        (&["index", "articles", "--watch", "--compact"], "cannot be used with"),
        (&["index", "articles", "--settle", "1"], "--watch"),
        (&["index", "articles", "--watch", "--settle=-1"], "must be a number of seconds"),
        (&["index", "--watch"], "<PATH>"),
    ] {
        let run = archive.run(args);
        assert!(run.status == 2 && run.stderr.contains(said), "{args:?}: {run:?}");
    }
}

/// A disk that is full for a while, by a limit on the size of files that is lifted again.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs prlimit"]
fn a_full_disk_is_waited_out() {
    let archive = Archive::of(&[("a.txt", article("Lamps", &["The first lamp burns in the harbour."]))]);
    archive.index();
    let limit = |watch: &Watch, bytes: &str| {
        let id = watch.child.id().to_string();
        Command::new("prlimit").args(["--pid", &id, &format!("--fsize={bytes}:")]).status().is_ok_and(|s| s.success())
    };
    let script = "exec \"$0\" index articles --watch --settle 0.3 --threads 1";
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_dateline")]);
    let watch = Watch::spawn(archive.dir.path(), command);
    assert!(limit(&watch, "10"));
    archive.write("b.txt", article("Candles", &["The second candle burns in the tower."]).as_bytes());
    let line = watch.line("the batch waits for room");
    assert!(line.contains("the disk or its quota is full"), "{line}");
    assert_eq!(archive.found(&["candle"]), Vec::<String>::new());
    assert!(limit(&watch, "unlimited"));
    watch.line("1 added");
    assert_eq!(archive.found(&["candle"]), ["b"]);
    assert_eq!(watch.end("INT"), Some(0));
    archive.assert_as_fresh();
}

#[test]
fn an_older_snapshot_of_a_feed_comes_back_when_the_newer_goes() {
    let feed = |word: &str| {
        format!(
            "<rss><channel><link>http://f/</link><item><guid>i</guid><description>The lamp of {word} burns.</description></item></channel></rss>"
        )
    };
    let archive = Archive::of(&[("d1.xml", feed("monday")), ("x.txt", article("X", &["A lamp of its own."]))]);
    let watch = Watch::start(&archive, &[]);
    archive.write("d2.xml", feed("tuesday").as_bytes());
    wait_for(&archive, "tuesday", &["i"]);
    assert_eq!(archive.found(&["monday"]), Vec::<String>::new());
    fs::remove_file(archive.articles().join("d2.xml")).expect("removed");
    wait_for(&archive, "monday", &["i"]);
    assert_eq!(watch.end("INT"), Some(0));
    archive.assert_as_fresh();
}
