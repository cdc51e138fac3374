//! Runs of the command, with an end in any case.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::shim::{Shim, Tally};

/// How long a command may take that takes a tenth of a second undisturbed.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often it is looked whether it has ended.
const LOOK: Duration = Duration::from_millis(1);

/// The command under test.
pub fn program() -> PathBuf {
    std::env::var_os("DATELINE_UNDER_TEST").map_or_else(|| env!("CARGO_BIN_EXE_dateline").into(), PathBuf::from)
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Exit(i32),
    /// By a signal: it was killed, or has aborted.
    Signal,
    /// It did not end by itself in time.
    Hung,
}

/// What a run gave.
#[derive(Clone, Debug)]
pub struct Told {
    pub end: End,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

/// Where a command runs, and where its output goes.
pub struct Place<'a> {
    /// The folder that it runs in.
    pub work: PathBuf,
    /// Standard output: below the folder, so that it lies on the disk that is disturbed.
    stdout: PathBuf,
    stderr: PathBuf,
    tally: PathBuf,
    shim: &'a Shim,
}

impl<'a> Place<'a> {
    /// Runs in `work`, of which `side` is kept apart.
    pub fn new(work: &Path, side: &Path, shim: &'a Shim) -> Self {
        let (stdout, stderr, tally) = (work.join("stdout"), side.join("stderr"), side.join("tally"));
        Self { work: work.to_path_buf(), stdout, stderr, tally, shim }
    }

    /// The calls of the last run; none where it counted none.
    pub fn tally(&self) -> Option<Tally> {
        Shim::tally(&self.tally)
    }

    /// The command with these arguments.
    pub fn command<S: AsRef<str>>(&self, args: &[S]) -> Command {
        let mut command = Command::new(program());
        command.current_dir(&self.work).args(args.iter().map(AsRef::as_ref)).stdin(Stdio::null());
        for name in ["DATELINE_INDEX", "DATELINE_ENGINE", "RUST_BACKTRACE", "COLUMNS", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        let create = |path: &Path| File::create(path).expect("created");
        self.shim.load(&mut command, &self.work, &self.tally);
        command.stdout(create(&self.stdout)).stderr(create(&self.stderr));
        command
    }

    /// Runs to the end.
    pub fn run(&self, command: &mut Command) -> Told {
        self.wait(command.spawn().expect("the command runs"))
    }

    /// Runs undisturbed to the end.
    pub fn run_plainly<S: AsRef<str>>(&self, args: &[S]) -> Told {
        self.run(&mut self.command(args))
    }

    /// Waits for the end.
    pub fn wait(&self, mut child: Child) -> Told {
        let start = Instant::now();
        let ended = loop {
            match child.try_wait().expect("a child") {
                Some(status) => break Some(status),
                None if start.elapsed() > PATIENCE => break None,
                None => std::thread::sleep(LOOK),
            }
        };
        let end = ended.map_or(End::Hung, |status| status.code().map_or(End::Signal, End::Exit));
        if end == End::Hung {
            // it may have ended just now
            let _ = child.kill();
            child.wait().expect("ends");
        }
        Told { end, stdout: fs::read(&self.stdout).unwrap_or_default(), stderr: self.stderr() }
    }

    /// What the command has said so far.
    pub fn stderr(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.stderr).unwrap_or_default()).into_owned()
    }
}

/// Copies a folder, in place of what is there.
pub fn copy(from: &Path, to: &Path) {
    remove(to);
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).expect("copied");
        }
    }
}

/// Removes a folder or file that may not be there.
pub fn remove(path: &Path) {
    if path.is_dir() {
        fs::remove_dir_all(path).expect("removed");
    } else if path.exists() {
        fs::remove_file(path).expect("removed");
    }
}
