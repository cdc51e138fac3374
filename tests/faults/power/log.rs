//! What a process changed below a folder, in order, as shim.c wrote it down.

use std::fs;
use std::path::Path;

/// A change, with paths below the folder; the folder itself is the empty path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// A file is there from now on, if it was not; `empties` it.
    Create {
        path: String,
        empties: bool,
    },
    Write {
        path: String,
        at: u64,
        bytes: Vec<u8>,
    },
    Truncate {
        path: String,
        len: u64,
    },
    /// A file or a folder is on the disk.
    Sync {
        path: String,
    },
    Rename {
        from: String,
        to: String,
    },
    Unlink {
        path: String,
    },
    Mkdir {
        path: String,
    },
}

/// Reads a log; what lies elsewhere is left out, as is standard output.
pub fn read(log: &Path, folder: &Path) -> Vec<Op> {
    let bytes = fs::read(log).expect("a log");
    let mut rest = bytes.as_slice();
    let mut ops = Vec::new();
    while !rest.is_empty() {
        let numbers = take(&mut rest, 24);
        let number = |at: usize| u32::from_le_bytes(numbers[at..at + 4].try_into().expect("four bytes"));
        let at = u64::from_le_bytes(numbers[16..].try_into().expect("eight bytes"));
        let path = below(take(&mut rest, number(4)), folder);
        let other = below(take(&mut rest, number(8)), folder);
        let data = take(&mut rest, number(12));
        ops.extend(path.and_then(|path| op(number(0), path, other, at, data)));
    }
    ops
}

fn take<'a>(rest: &mut &'a [u8], len: u32) -> &'a [u8] {
    let (taken, left) = rest.split_at(len as usize);
    *rest = left;
    taken
}

fn below(path: &[u8], folder: &Path) -> Option<String> {
    let path = std::str::from_utf8(path).ok()?;
    Path::new(path).strip_prefix(folder).ok()?.to_str().map(str::to_owned)
}

/// The numbers are those of `enum kind`.
fn op(number: u32, path: String, other: Option<String>, at: u64, data: &[u8]) -> Option<Op> {
    if path == "stdout" {
        return None;
    }
    Some(match number {
        0 | 1 => Op::Create { path, empties: at > 0 },
        3 => Op::Write { path, at, bytes: data.to_vec() },
        4 => Op::Sync { path },
        5 => Op::Rename { from: path, to: other? },
        6 => Op::Unlink { path },
        8 => Op::Truncate { path, len: at },
        12 => Op::Mkdir { path },
        _ => return None,
    })
}
