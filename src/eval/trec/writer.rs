//! Writing a run that every scorer reads in our order.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes `topic Q0 docno rank score tag` lines.
///
/// Scorers order a topic's documents by score and break ties each in its own way, so scores must fall strictly. The
/// first document keeps its score; one that does not lie below its predecessor's is lowered to the next
/// single-precision number below that, which is the smallest step that trec_eval can see. Scores are printed with the
/// fewest digits that give the number back.
#[derive(Debug)]
pub struct RunWriter<W> {
    out: W,
    tag: String,
    topic: String,
    rank: usize,
    last: f32,
    line: String,
}

impl<W: Write> RunWriter<W> {
    /// A writer of a run with this tag, the name of the system or setting.
    pub fn new(out: W, tag: &str) -> Self {
        let tag = if tag.is_empty() { "dateline".into() } else { without_blanks(tag) };
        Self { out, tag: tag.into_owned(), topic: String::new(), rank: 0, last: f32::INFINITY, line: String::new() }
    }

    /// Writes a topic's next document, best first; a topic's documents follow each other.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn write(&mut self, topic: &str, docno: &str, score: f32) -> io::Result<()> {
        if self.rank == 0 || self.topic != topic {
            topic.clone_into(&mut self.topic);
            self.rank = 0;
        }
        let score = if score.is_finite() { score } else { 0.0 };
        let score = if self.rank > 0 && score >= self.last { self.last.next_down() } else { score };
        (self.rank, self.last) = (self.rank + 1, score);
        self.line.clear();
        self.line.push_str(&without_blanks(topic));
        self.line.push_str(" Q0 ");
        self.line.push_str(&without_blanks(docno));
        self.line.push(' ');
        self.line.push_str(itoa::Buffer::new().format(self.rank));
        self.line.push(' ');
        self.line.push_str(ryu::Buffer::new().format_finite(score));
        self.line.push(' ');
        self.line.push_str(&self.tag);
        self.line.push('\n');
        self.out.write_all(self.line.as_bytes())
    }

    /// Gives the output back.
    pub fn into_inner(self) -> W {
        self.out
    }
}

/// A column must not have blanks in it: they are percent-encoded, as in article ids.
fn without_blanks(text: &str) -> Cow<'_, str> {
    let may_be_blank = |&byte: &u8| byte <= b' ' || !byte.is_ascii();
    if !text.as_bytes().iter().any(may_be_blank) || !text.contains(char::is_whitespace) {
        return text.into();
    }
    let mut encoded = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if c.is_whitespace() {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(encoded, "%{byte:02X}");
            }
        } else {
            encoded.push(c);
        }
    }
    encoded.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::trec::Run;

    fn written(topic: &str, hits: &[(&str, f32)]) -> String {
        let mut writer = RunWriter::new(Vec::new(), "t");
        for (docno, score) in hits {
            assert!(writer.write(topic, docno, *score).is_ok());
        }
        String::from_utf8(writer.into_inner()).unwrap_or_default()
    }

    #[test]
    fn scores_fall_strictly_and_keep_their_digits() {
        assert_eq!(
            written("1", &[("a", 7.41), ("b", 7.41), ("c", 9.0), ("d d", 0.5)]),
            "1 Q0 a 1 7.41 t\n1 Q0 b 2 7.4099994 t\n1 Q0 c 3 7.409999 t\n1 Q0 d%20d 4 0.5 t\n"
        );
    }

    #[test]
    fn every_scorer_keeps_the_order() {
        for scores in [[1.0; 4], [0.0; 4], [-3.5; 4], [1e-30; 4], [f32::NAN; 4], [f32::MAX, f32::INFINITY, 1.0, 2.0]] {
            let hits: Vec<(&str, f32)> = ["b", "a", "d", "c"].into_iter().zip(scores).collect();
            let text = written("q", &hits);
            let run = Run::parse("run", text.clone().into_bytes()).unwrap_or_default();
            assert_eq!(run.topic("q").docnos().collect::<Vec<_>>(), ["b", "a", "d", "c"], "{text}");
        }
    }
}
