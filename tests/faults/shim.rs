//! The library that disturbs a process's dealings with the disk: how it is made, and what it is told.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Kinds of calls, in the order of shim.c.
pub const KINDS: [&str; 14] = [
    "open", "create", "read", "write", "sync", "rename", "unlink", "mmap", "truncate", "lock", "stat", "list", "mkdir",
    "chmod",
];
/// Kinds that change what is on the disk.
pub const CHANGING: &[&str] = &["create", "write", "sync", "rename", "unlink", "truncate", "mkdir"];
/// Kinds that a full disk refuses.
pub const FILLING: &[&str] = &["create", "write", "mkdir"];

/// Bytes of the file of numbers: more than `struct tally` takes.
const TALLY: usize = 8192;

/// What the system says went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Errno {
    pub name: &'static str,
    number: i32,
    /// What is said to people.
    pub said: &'static str,
}

pub const EIO: Errno = Errno { name: "EIO", number: 5, said: "Input/output error" };
pub const ENOMEM: Errno = Errno { name: "ENOMEM", number: 12, said: "Cannot allocate memory" };
pub const EACCES: Errno = Errno { name: "EACCES", number: 13, said: "Permission denied" };
pub const EMFILE: Errno = Errno { name: "EMFILE", number: 24, said: "Too many open files" };
pub const ENOSPC: Errno = Errno { name: "ENOSPC", number: 28, said: "No space left on device" };
pub const ENOLCK: Errno = Errno { name: "ENOLCK", number: 37, said: "No locks available" };
pub const EDQUOT: Errno = Errno { name: "EDQUOT", number: 122, said: "Disk quota exceeded" };

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Fail(Errno),
    /// Half of it is written, and the next write fails.
    Short(Errno),
    KilledBefore,
    KilledAfter,
}

/// What is done to a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Kinds of calls, counted together.
    pub kinds: &'static [&'static str],
    /// Which of them, from 1.
    pub n: u32,
    /// And all later ones.
    pub on: bool,
    pub effect: Effect,
}

impl Fault {
    /// What the system says went wrong; none where the process is killed.
    pub fn errno(&self) -> Option<Errno> {
        match self.effect {
            Effect::Fail(errno) | Effect::Short(errno) => Some(errno),
            Effect::KilledBefore | Effect::KilledAfter => None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = match self.kinds {
            CHANGING => "change",
            FILLING => "growth",
            others => &others.join("+"),
        };
        write!(f, "{kinds} {}{} ", self.n, if self.on { " on" } else { "" })?;
        match self.effect {
            Effect::Fail(errno) => f.write_str(errno.name),
            Effect::Short(errno) => write!(f, "half, {}", errno.name),
            Effect::KilledBefore => f.write_str("killed before"),
            Effect::KilledAfter => f.write_str("killed after"),
        }
    }
}

/// The numbers that a process left.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Calls of each of [`KINDS`].
    calls: [u32; KINDS.len()],
    /// How many calls were disturbed.
    pub hits: u32,
    /// The file of the first of them.
    pub path: String,
}

impl Tally {
    /// Calls of these kinds.
    pub fn of(&self, kinds: &[&str]) -> u32 {
        KINDS.iter().zip(self.calls).filter(|(kind, _)| kinds.contains(kind)).map(|(_, calls)| calls).sum()
    }

    fn read(path: &Path) -> Option<Self> {
        let bytes = fs::read(path).ok()?;
        let number = |at: usize| bytes.get(4 * at..4 * at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
        if number(0)? != 1 {
            return None;
        }
        let mut tally = Self { hits: number(1)?, ..Self::default() };
        for (at, calls) in tally.calls.iter_mut().enumerate() {
            *calls = number(3 + at)?;
        }
        let path = &bytes[4 * (3 + KINDS.len())..];
        tally.path = String::from_utf8_lossy(path.split(|&b| b == 0).next()?).into_owned();
        Some(tally)
    }
}

/// The library, compiled.
pub struct Shim {
    library: PathBuf,
}

impl Shim {
    /// Compiles it into a folder.
    ///
    /// # Errors
    /// Why it cannot be had here.
    pub fn compile(folder: &Path) -> Result<Self, String> {
        if !cfg!(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))) {
            return Err("calls can be disturbed on Linux only, on x86-64 and ARM64".to_owned());
        }
        let library = folder.join("shim.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/shim.c");
        let mut cc = Command::new("cc");
        cc.args(["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-o"]).arg(&library).arg(source).arg("-ldl");
        let output = cc.output().map_err(|e| format!("no C compiler: cc: {e}"))?;
        if !output.status.success() {
            return Err(format!("cc: {}", String::from_utf8_lossy(&output.stderr)));
        }
        let (shim, tally) = (Self { library }, folder.join("tally"));
        let mut command = Command::new("true");
        shim.load(&mut command, folder, &tally);
        let runs = command.status().is_ok_and(|status| status.success());
        if !runs || Self::tally(&tally).is_none() {
            return Err("this system lets no process trap its own calls (seccomp)".to_owned());
        }
        Ok(shim)
    }

    /// Has a process count its calls below a folder. It syncs nothing: kills lose nothing by that, and syncs take most of
    /// the time.
    pub fn load(&self, command: &mut Command, under: &Path, tally: &Path) {
        fs::write(tally, [0; TALLY]).expect("written");
        command.env("LD_PRELOAD", &self.library).env("FAULTS_UNDER", under).env("FAULTS_TALLY", tally);
        command.env("FAULTS_LAZY", "1");
    }

    /// Has a process that counts its calls be disturbed.
    pub fn disturb(command: &mut Command, fault: &Fault) {
        let what = match fault.effect {
            Effect::Fail(_) => "fail",
            Effect::Short(_) => "short",
            Effect::KilledBefore => "before",
            Effect::KilledAfter => "after",
        };
        let mask: u32 = (0..KINDS.len()).filter(|&k| fault.kinds.contains(&KINDS[k])).map(|k| 1 << k).sum();
        let errno = fault.errno().map_or(0, |errno| errno.number);
        command.env("FAULTS_KINDS", mask.to_string()).env("FAULTS_N", fault.n.to_string()).env("FAULTS_DO", what);
        command.env("FAULTS_ON", u32::from(fault.on).to_string()).env("FAULTS_ERRNO", errno.to_string());
    }

    /// What a process counted; none where it did not.
    pub fn tally(path: &Path) -> Option<Tally> {
        Tally::read(path)
    }
}
