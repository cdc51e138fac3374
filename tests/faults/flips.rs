//! Bytes that are not as they were written: a bit flipped, an end cut off.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use rand::Rng;
use rand::rngs::StdRng;

use super::bench::Bench;
use super::judge::quoted;
use super::run::End;
use super::verdict::{Column, Verdict};

/// Asks for everything, and has what was found printed.
const QUERY: &[&str] = &["query", "harbour ferry", "--format", "jsonl", "-n", "50"];

/// What becomes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    Flip { file: String, byte: usize, bit: u8 },
    CutTo { file: String, len: usize },
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flip { file, byte, bit } => write!(f, "{file}: bit {bit} of byte {byte} flipped"),
            Self::CutTo { file, len } => write!(f, "{file}: cut to {len} bytes"),
        }
    }
}

impl Damage {
    fn file(&self) -> &str {
        let (Self::Flip { file, .. } | Self::CutTo { file, .. }) = self;
        file
    }

    fn inflict(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Flip { byte, bit, .. } => bytes[*byte] ^= 1 << bit,
            Self::CutTo { len, .. } => bytes.truncate(*len),
        }
    }
}

/// Damages of every file that has content; of each as many.
pub fn damages(bench: &Bench<'_>, of_each: usize, rng: &mut StdRng) -> Vec<Damage> {
    let mut damages = Vec::new();
    for (file, path) in files(&bench.side("start/index")) {
        let len = fs::metadata(path).expect("a file").len() as usize;
        for number in 0..of_each {
            let (file, byte, bit) = (file.clone(), rng.random_range(0..len), rng.random_range(0..8));
            damages.push(match number % 4 {
                3 => Damage::CutTo { file, len: byte },
                _ => Damage::Flip { file, byte, bit },
            });
        }
    }
    damages
}

/// The files of an index that have content, by a name that is always the same: segments are called otherwise every time.
fn files(index: &Path) -> Vec<(String, PathBuf)> {
    let mut found: Vec<(String, u64, PathBuf)> = Vec::new();
    for entry in fs::read_dir(index).expect("a folder").flatten() {
        let (name, len) = (entry.file_name().to_string_lossy().into_owned(), entry.metadata().expect("a file").len());
        let is_segments = name.split('.').next().is_some_and(|stem| stem.len() >= 32);
        let kind = if is_segments { name[32..].to_owned() } else { name };
        // who wrote last is nothing that an index needs
        if len > 0 && kind != ".writer.json" {
            found.push((kind, len, entry.path()));
        }
    }
    found.sort();
    let numbered = |(at, (kind, _, path)): (usize, (String, u64, PathBuf))| (format!("file {} {kind}", at + 1), path);
    found.into_iter().enumerate().map(numbered).collect()
}

/// Damages a file of the index, checks it and asks it.
pub fn run(bench: &Bench<'_>, damage: &Damage) -> Verdict {
    bench.reset();
    let files = files(&bench.work("index"));
    let (_, path) = files.into_iter().find(|(file, _)| file == damage.file()).expect("a file of that name");
    let mut bytes = fs::read(&path).expect("read");
    damage.inflict(&mut bytes);
    fs::write(&path, bytes).expect("written");
    bench.keep_what_it_left("");
    let mut verdict = Verdict::default();
    let told = bench.place.run_plainly(&["check", "--no-sources", "--format", "json"]);
    let is_found = match told.end {
        End::Exit(1) => true,
        // an index of another version can be neither read nor checked
        End::Exit(2) => damage.file().ends_with("dateline.json"),
        _ => false,
    };
    if !is_found {
        verdict.blame(Column::Wrong, format!("check: {:?}: {}", told.end, quoted(&told.stderr)));
    }
    let told = bench.place.run_plainly(QUERY);
    let (ends, panics) = (matches!(told.end, End::Exit(0..=2)), told.stderr.contains("panicked"));
    if !ends || panics {
        // a block of the store says how long it is unpacked, and is believed
        let is_known = told.stderr.contains("memory allocation of") && damage.file().ends_with(".store");
        let column = if is_known { Column::Known } else { Column::Wrong };
        verdict.blame(column, format!("query: {:?}: {}", told.end, quoted(&told.stderr)));
    }
    verdict
}
