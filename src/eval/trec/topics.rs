//! Topics, one at a time, from any of the formats that people keep them in.

use std::collections::HashSet;
use std::io::{self, BufRead, Cursor, Read as _};
use std::path::PathBuf;

use super::falling::parts_columns;
use super::line_ends::LineEnds;
use super::markup;
use super::objects::jsonl;
use super::table::{Columns, Table, delimiter};
use super::text::place;
use super::topic::{LONGEST, Line, ReadTopic, Topic, TopicFormat, TopicOptions, Wrong, too_long, wrong};
use crate::article::short_hash;
use crate::error::{Error, Result};

/// The way out of a file without topics.
const NO_TOPICS: &str = "put one on a line: an id, a tab, the question";

/// Topics as they stand in a file; one that is no topic is an error that names its line, and the rest still comes. A
/// file without topics is one error.
pub struct Topics<'r> {
    name: String,
    found: Box<dyn Iterator<Item = ReadTopic> + Send + 'r>,
    /// Hashes of the ids so far: sixteen bytes a topic, however long its id.
    seen: HashSet<[u8; 16]>,
    /// What stood aside so far.
    aside: HashSet<String>,
    /// Whether nothing was found yet, neither topics nor trouble.
    nothing: bool,
}

/// Reads topics, one at a time; `name` stands for the file in messages. What stays in memory is a hash of each id, so that
/// one asked twice is told: some fifty bytes a topic, with the room of the set.
///
/// # Errors
/// Where not even the first line can be read. Later trouble comes as items.
pub fn topics<'r, R>(name: &str, reader: R, options: TopicOptions) -> Result<Topics<'r>>
where
    R: BufRead + Send + 'r,
{
    let mut reader = LineEnds::new(reader);
    let (head, first) = first_line(&mut reader).map_err(|error| unreadable(name, error))?;
    let format = options.format.unwrap_or_else(|| told_by(&first));
    let reader = Cursor::new(head).chain(reader);
    let found: Box<dyn Iterator<Item = ReadTopic> + Send + 'r> = match format {
        TopicFormat::Tsv => Box::new(TopicLines::new(reader).filter_map(|(n, line)| tsv(n, line))),
        TopicFormat::Jsonl => {
            Box::new(TopicLines::new(reader).filter_map(move |(n, line)| jsonl(n, line, options.description)))
        }
        TopicFormat::Trec => Box::new(markup::Blocks::new(TopicLines::new(reader), options.description)),
        TopicFormat::Csv => Box::new(Table::new(reader, delimiter(&first), options.description)),
    };
    Ok(Topics { name: name.to_owned(), found, seen: HashSet::new(), aside: HashSet::new(), nothing: true })
}

impl Iterator for Topics<'_> {
    type Item = Result<Topic>;

    fn next(&mut self) -> Option<Self::Item> {
        let Some((line, found)) = self.found.next() else {
            let nothing = || Error::input(self.name.as_str(), "no topics in it", NO_TOPICS);
            return std::mem::take(&mut self.nothing).then(nothing).map(Err);
        };
        self.nothing = false;
        Some(match found.and_then(|topic| self.checked(topic)) {
            Ok(topic) => Ok(Topic { place: place(&self.name, line), ..topic }),
            Err(Wrong::Io(error)) => Err(unreadable(&self.name, error)),
            Err(Wrong::Text(what, way_out)) => Err(Error::input(place(&self.name, line), what, way_out)),
        })
    }
}

impl Topics<'_> {
    fn checked(&mut self, mut topic: Topic) -> std::result::Result<Topic, Wrong> {
        if topic.id.is_empty() {
            return Err(wrong("a topic without an id", "give it one"));
        }
        if parts_columns(&topic.id) {
            let is_blank = topic.id.contains(char::is_whitespace);
            let sign = if is_blank { "a blank" } else { "a control character" };
            let what = format!("the id \"{}\" has {sign} in it, which a run cannot carry", topic.id.escape_debug());
            return Err(wrong(what, "write it without"));
        }
        if topic.text.trim().is_empty() {
            return Err(wrong(format!("topic {} asks nothing", topic.id), "give it words or leave it out"));
        }
        if !self.seen.insert(short_hash(&topic.id)) {
            let what = format!("topic {} has been asked on an earlier line", topic.id);
            return Err(wrong(what, "give one of the two another id"));
        }
        topic.aside.retain(|key| self.aside.insert(key.clone()));
        Ok(topic)
    }
}

fn unreadable(name: &str, source: io::Error) -> Error {
    Error::Io { path: PathBuf::from(name), action: "read", source, way_out: "check the file, then run again" }
}

/// Everything up to the end of the first line that is not blank, without a byte order mark, and that line.
fn first_line(reader: &mut impl BufRead) -> io::Result<(Vec<u8>, String)> {
    let (mut head, mut start) = (Vec::new(), 0);
    while reader.take(LONGEST).read_until(b'\n', &mut head)? > 0 {
        if head.starts_with(b"\xef\xbb\xbf") {
            head.drain(..3);
        }
        if !head[start..].trim_ascii().is_empty() {
            break;
        }
        start = head.len();
    }
    let first = String::from_utf8_lossy(&head[start..]).trim().to_owned();
    Ok((head, first))
}

fn told_by(first: &str) -> TopicFormat {
    match first.as_bytes().first() {
        Some(b'<') => TopicFormat::Trec,
        Some(b'{') => TopicFormat::Jsonl,
        _ if Columns::of(first.split(char::from(delimiter(first)))).is_some() => TopicFormat::Csv,
        _ => TopicFormat::Tsv,
    }
}

/// The lines of a reader, each with its number, 1-based.
pub(super) struct TopicLines<R> {
    reader: R,
    number: usize,
    failed: bool,
}

impl<R: BufRead> TopicLines<R> {
    fn new(reader: R) -> Self {
        Self { reader, number: 0, failed: false }
    }
}

impl<R: BufRead> Iterator for TopicLines<R> {
    type Item = (usize, std::result::Result<String, Wrong>);

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = Vec::new();
        self.number += 1;
        let line = match self.reader.by_ref().take(LONGEST).read_until(b'\n', &mut bytes) {
            _ if self.failed => return None,
            Ok(0) => return None,
            Ok(_) if bytes.len() as u64 == LONGEST && !bytes.ends_with(b"\n") => match pass_over_line(&mut self.reader)
            {
                Ok(()) => Err(too_long()),
                Err(error) => {
                    self.failed = true;
                    Err(Wrong::Io(error))
                }
            },
            Ok(_) => String::from_utf8(bytes).map_err(|_| wrong("not UTF-8", "save the file as UTF-8")),
            Err(error) => {
                self.failed = true;
                Err(Wrong::Io(error))
            }
        };
        Some((self.number, line))
    }
}

/// Goes on behind the end of the line, and keeps nothing of it.
fn pass_over_line(reader: &mut impl BufRead) -> io::Result<()> {
    loop {
        let here = reader.fill_buf()?;
        let (count, is_end) = memchr::memchr(b'\n', here).map_or((here.len(), here.is_empty()), |end| (end + 1, true));
        reader.consume(count);
        if is_end {
            return Ok(());
        }
    }
}

fn tsv(number: usize, line: Line) -> Option<ReadTopic> {
    let topic = line.and_then(|line| match line.split_once('\t') {
        _ if line.trim().is_empty() => Ok(None),
        Some((id, text)) => Ok(Some(Topic { id: id.trim().into(), text: text.trim().into(), ..Topic::default() })),
        None => Err(wrong("no tab between an id and a question", "write id, tab, question")),
    });
    topic.transpose().map(|topic| (number, topic))
}

#[cfg(test)]
#[path = "topic_tests.rs"]
mod tests;
