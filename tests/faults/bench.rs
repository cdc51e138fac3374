//! A scratch folder in which a command is run again and again from the same start.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use super::archive::{self, COMMON, QRELS, State, TOPICS};
use super::run::{End, Place, Told, copy, remove};
use super::scenario::{Scenario, Start};
use super::shim::{Fault, Shim, Tally};

/// How long a watch may take to take notice, on a machine that does much else.
const NOTICE: Duration = Duration::from_secs(60);

/// How long it may take to go on once it has said that the disk is full: for good, in half of the cases.
const ROOM: Duration = Duration::from_secs(4);

/// How often it is looked whether it has.
const LOOK: Duration = Duration::from_millis(2);

/// The ids of the articles that an index gives, each as often as it gives it.
pub type Ids = Vec<String>;

/// What an undisturbed run does.
#[derive(Clone, Debug, Default)]
pub struct Undisturbed {
    pub status: i32,
    pub stdout: Vec<u8>,
    /// The files that it writes beside the index.
    pub files: Vec<Vec<u8>>,
    pub tally: Tally,
    pub took: Duration,
    /// The articles before it.
    pub before: Ids,
    /// The articles after it.
    pub after: Ids,
    /// What the compacted index answers then.
    pub answers: Vec<u8>,
}

/// A command, where it runs, and how it runs undisturbed.
pub struct Bench<'a> {
    pub scenario: Scenario,
    pub place: Place<'a>,
    pub undisturbed: Undisturbed,
    pub scratch: TempDir,
    side: PathBuf,
}

impl<'a> Bench<'a> {
    /// Makes the start, and runs undisturbed.
    pub fn new(scenario: Scenario, shim: &'a Shim) -> Self {
        let scratch = tempfile::Builder::new().prefix("dateline-faults-").tempdir().expect("a scratch folder");
        let root = scratch.path().canonicalize().expect("a path");
        let (work, side) = (root.join("work"), root.join("side"));
        [&work, &side].into_iter().for_each(|dir| fs::create_dir(dir).expect("a folder"));
        let place = Place::new(&work, &side, shim);
        let mut bench = Self { scenario, place, undisturbed: Undisturbed::default(), scratch, side };
        bench.make_start();
        bench.undisturbed = bench.run_undisturbed();
        bench
    }

    /// A path in the folder that the command runs in.
    pub fn work(&self, name: &str) -> PathBuf {
        self.place.work.join(name)
    }

    /// A path beside that folder.
    pub fn side(&self, name: &str) -> PathBuf {
        self.side.join(name)
    }

    fn make_start(&self) {
        fs::write(self.work("topics.tsv"), TOPICS).expect("written");
        fs::write(self.work("qrels.txt"), QRELS).expect("written");
        archive::write(&self.work("articles"), State::Old);
        fs::write(self.side("stream"), archive::stream(State::Old)).expect("written");
        if self.scenario.start != Start::Nothing {
            self.must(&["index", "articles"]);
            let mut stream = self.place.command(&["index", "-"]);
            stream.stdin(File::open(self.side("stream")).expect("open"));
            assert_eq!(self.place.run(&mut stream).end, End::Exit(0));
        }
        if self.scenario.start == Start::Updated {
            archive::write(&self.work("articles"), State::New);
            self.must(&["index", "articles"]);
        }
        fs::write(self.side("stream"), archive::stream(State::New)).expect("written");
        archive::write(&self.work("articles"), self.scenario.articles);
        self.scenario.files.iter().for_each(|file| fs::write(self.work(file), "old").expect("written"));
        if self.scenario.files.contains(&"baseline.json") {
            // where there is none yet none is lost
            remove(&self.work("baseline.json"));
            self.must(self.scenario.args);
            let made = fs::read_to_string(self.work("baseline.json")).expect("made");
            fs::write(self.work("baseline.json"), made + "\n\n").expect("written");
            fs::write(self.work("junit.xml"), "old").expect("written");
        }
        copy(&self.place.work, &self.side("start"));
    }

    fn must(&self, args: &[&str]) {
        let told = self.place.run_plainly(args);
        assert_eq!(told.end, End::Exit(0), "{args:?}: {}", told.stderr);
    }

    fn run_undisturbed(&self) -> Undisturbed {
        let before = self.ids().unwrap_or_default();
        let begun = Instant::now();
        let (told, tally) = self.perform(None, None);
        let took = begun.elapsed();
        let End::Exit(status) = told.end else { panic!("{}: {told:?}", self.scenario.name) };
        assert!(status < 2 || self.scenario.name == "check", "{}: {}", self.scenario.name, told.stderr);
        let tally = tally.expect("counted");
        let files = self.files();
        let after = self.ids().expect("an index");
        let answers = if self.scenario.writes { self.answers().expect("answers") } else { Vec::new() };
        Undisturbed { status, stdout: told.stdout, files, tally, took, before, after, answers }
    }

    /// The files that the command writes beside the index.
    pub fn files(&self) -> Vec<Vec<u8>> {
        self.scenario.files.iter().map(|file| fs::read(self.work(file)).unwrap_or_default()).collect()
    }

    /// Everything as it was before the command.
    pub fn reset(&self) {
        let start = self.side("start");
        remove(&self.work("index"));
        if start.join("index").exists() {
            copy(&start.join("index"), &self.work("index"));
        }
        for file in self.scenario.files {
            fs::copy(start.join(file), self.work(file)).expect("copied");
        }
        if let Some(copy) = self.scenario.copy {
            remove(&self.work(copy));
        }
        if self.scenario.watches() {
            archive::write(&self.work("articles"), self.scenario.articles);
        }
    }

    /// Keeps the index as it is, and what was said, for those who look into a failure.
    pub fn keep_what_it_left(&self, said: &str) {
        let left = self.side("left");
        remove(&left);
        fs::create_dir(&left).expect("a folder");
        fs::write(left.join("stderr"), said).expect("written");
        if self.work("index").is_dir() {
            copy(&self.work("index"), &left.join("index"));
        }
    }

    /// Gives what was kept a name.
    pub fn name_what_it_left(&self, number: usize) -> PathBuf {
        let to = self.side(&format!("failed-{number}"));
        fs::rename(self.side("left"), &to).expect("renamed");
        to
    }

    /// Runs the command, disturbed or recorded.
    pub fn perform(&self, fault: Option<&Fault>, log: Option<&Path>) -> (Told, Option<Tally>) {
        let mut command = self.command();
        if let Some(fault) = fault {
            Shim::disturb(&mut command, fault);
        }
        if let Some(log) = log {
            command.env("FAULTS_LOG", log);
        }
        (self.run(&mut command), self.place.tally())
    }

    /// Runs the command as it is.
    pub fn again(&self) -> Told {
        self.run(&mut self.command())
    }

    /// The command, with what comes by standard input.
    pub fn command(&self) -> Command {
        let mut command = self.place.command(self.scenario.args);
        if self.scenario.streams {
            command.stdin(File::open(self.side("stream")).expect("open"));
        }
        command
    }

    fn run(&self, command: &mut Command) -> Told {
        if !self.scenario.watches() {
            return self.place.run(command);
        }
        let mut child = command.spawn().expect("the command runs");
        self.lead(&mut child, None);
        self.place.wait(child)
    }

    /// Changes the articles under a watch, and asks it to end when it has told of that; lets it be from a moment on.
    pub fn lead(&self, child: &mut Child, until: Option<Instant>) {
        let latest = until.unwrap_or_else(|| Instant::now() + NOTICE);
        let runs = |child: &mut Child| child.try_wait().expect("a child").is_none();
        let wait_for = |said: &str, child: &mut Child| {
            let mut latest = latest;
            while !self.place.stderr().contains(said) && Instant::now() < latest && runs(child) {
                if latest.saturating_duration_since(Instant::now()) > ROOM && self.place.stderr().contains("for room") {
                    latest = Instant::now() + ROOM;
                }
                std::thread::sleep(LOOK);
            }
        };
        wait_for("; ctrl-c ends", child);
        if !self.work("articles/2/17.txt").exists() {
            // all changes at once: a first batch of some of them would be taken for the whole
            signal(child, "STOP");
            archive::write(&self.work("articles"), State::New);
            signal(child, "CONT");
            wait_for("Z  ", child);
        }
        if until.is_none_or(|until| Instant::now() < until) {
            signal(child, "INT");
        }
    }

    /// The articles that the index gives; what was said where it gives none.
    pub fn ids(&self) -> Result<Ids, String> {
        self.ids_of("index")
    }

    /// The same of the index in this folder.
    pub fn ids_of(&self, index: &str) -> Result<Ids, String> {
        let told = self.place.run_plainly(&["query", COMMON, "--format", "jsonl", "-n", "1000", "--index", index]);
        if told.stderr.contains("no index here") {
            return Ok(Ids::new());
        }
        if !matches!(told.end, End::Exit(0 | 1)) {
            return Err(format!("query: {:?}: {}", told.end, told.stderr.trim()));
        }
        let id = |line: &str| serde_json::from_str::<Value>(line).ok()?["article"].as_str().map(str::to_owned);
        let mut ids: Ids = String::from_utf8_lossy(&told.stdout).lines().filter_map(id).collect();
        ids.sort();
        Ok(ids)
    }

    /// What the index answers, compacted.
    pub fn answers(&self) -> Result<Vec<u8>, String> {
        for args in [&["index", "--compact"][..], &["batch", "topics.tsv", "--format", "jsonl", "-n", "50"]] {
            let told = self.place.run_plainly(args);
            if told.end != End::Exit(0) {
                return Err(format!("{}: {:?}: {}", args.join(" "), told.end, told.stderr.trim()));
            }
            if args[0] == "batch" {
                return Ok(told.stdout);
            }
        }
        Ok(Vec::new())
    }

    /// Articles that must be found at any moment; of two files that count one after the other, or of which one cannot be
    /// read, not those that stand in the other one now.
    pub fn staying(&self, one_by_one: bool) -> BTreeSet<&String> {
        let after: BTreeSet<&String> = self.undisturbed.after.iter().collect();
        let moves = |id: &String| one_by_one && archive::is_moved(id);
        self.undisturbed.before.iter().filter(|id| after.contains(id) && !moves(id)).collect()
    }
}

/// Sends a signal to a process that may have ended.
fn signal(child: &mut Child, name: &str) {
    if child.try_wait().expect("a child").is_some() {
        return;
    }
    let told = Command::new("kill").args(["-s", name, &child.id().to_string()]).status();
    assert!(told.is_ok_and(|status| status.success()), "no `kill`");
}
