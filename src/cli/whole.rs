//! Runs, judgments and topics, which are read whole: under a limit on address space (`ulimit -v`) only where what is made of
//! them fits.

use std::io::{self, Read};
use std::path::Path;

use dateline::Error;
use dateline::durable;
use dateline::eval::trec::{Qrels, Run};

use super::limits;
use super::topics::is_stdin;

/// Address space that is kept for what is worked out of what was read: 8 MiB.
const OF_SCORING: u64 = 8 << 20;

/// What a file takes of memory at most, from its bytes to what is compared: each of its bytes twice, and so many bytes for a
/// line, for a topic, and for a line of the topic that has most of them. Measured with runs of a million lines.
struct Cost {
    line: u64,
    topic: u64,
    of_longest: u64,
}

const RUN: Cost = Cost { line: 50, topic: 450, of_longest: 100 };
const JUDGMENTS: Cost = Cost { line: 130, topic: 450, of_longest: 40 };
const TOPICS: Cost = Cost { line: 0, topic: 450, of_longest: 0 };

impl Cost {
    fn of(&self, bytes: &[u8]) -> u64 {
        let (mut lines, mut topics, mut here, mut longest, mut last) = (0, 0, 0, 0, &b""[..]);
        for line in bytes.split(|&byte| byte == b'\n') {
            let topic = line.split(u8::is_ascii_whitespace).next().unwrap_or_default();
            if topic != last || lines == 0 {
                (topics, here, last) = (topics + 1, 0, topic);
            }
            (lines, here) = (lines + 1, here + 1);
            longest = here.max(longest);
        }
        // what is no UTF-8 is decoded beside its bytes
        let times = if std::str::from_utf8(bytes).is_ok() { 2 } else { 5 };
        times * bytes.len() as u64 + self.line * lines + self.topic * topics + self.of_longest * longest
    }
}

/// Reads a run from a file, or from standard input where that is `-`.
///
/// # Errors
/// Where it cannot be read, where it is no run, and where it does not fit.
pub(super) fn run(path: &Path) -> anyhow::Result<Run> {
    let bytes = read(path, "run", &RUN)?;
    Ok(Run::parse(&name_of(path), bytes)?)
}

/// Reads judgments from a file.
///
/// # Errors
/// The same.
pub(super) fn judgments(path: &Path) -> anyhow::Result<Qrels> {
    let bytes = read(path, "file of judgments", &JUDGMENTS)?;
    Ok(Qrels::parse(&path.display().to_string(), bytes)?)
}

/// Reads the topics of a file, or of standard input where that is `-`, as they are written.
///
/// # Errors
/// Where they cannot be read, and where they do not fit.
pub(super) fn topics(path: &Path) -> anyhow::Result<(String, Vec<u8>)> {
    Ok((name_of(path), read(path, "file of topics", &TOPICS)?))
}

fn name_of(path: &Path) -> String {
    if is_stdin(path) { "standard input".to_owned() } else { path.display().to_string() }
}

fn read(path: &Path, what: &str, cost: &Cost) -> anyhow::Result<Vec<u8>> {
    let limited = limits::of_address_space();
    let room = limited.map_or(u64::MAX, |(limit, held)| limit.saturating_sub(held + OF_SCORING));
    let mut input = match is_stdin(path) {
        true => durable::unpacked(io::stdin()).map_err(|error| Error::read(path, error))?,
        false => durable::open(path)?,
    };
    let mut bytes = Vec::new();
    let most = (room / 2).saturating_add(1);
    input.by_ref().take(most).read_to_end(&mut bytes).map_err(|error| durable::unread(path, error))?;
    let Some((limit, _)) = limited else { return Ok(bytes) };
    let mut takes = cost.of(&bytes);
    if bytes.len() as u64 == most {
        let rest = io::copy(&mut input, &mut io::sink()).map_err(|error| durable::unread(path, error))?;
        takes += (takes as f64 / most as f64 * rest as f64) as u64;
    }
    if takes <= room {
        return Ok(bytes);
    }
    let what = format!("{} MiB of address space (ulimit -v) are too little to read this {what}", limit >> 20);
    let way_out = format!("raise the limit to {} MiB or more", ((limit - room + takes) >> 20) + 1);
    Err(Error::input(name_of(path), what, way_out).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_charged_by_bytes_lines_topics_and_the_longest_topic() {
        for (text, expected) in [
            ("", 50 + 450 + 100),
            ("1 Q0 a 1 1 x", 24 + 50 + 450 + 100),
            ("1 Q0 a 1 1 x\n1 Q0 b 2 1 x", 50 + 2 * 50 + 450 + 2 * 100),
            ("1 a\n2 a\n2 b", 22 + 3 * 50 + 2 * 450 + 2 * 100),
        ] {
            assert_eq!(RUN.of(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(RUN.of(b"\xe9"), 5 + 50 + 450 + 100);
    }
}
