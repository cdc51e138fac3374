//! Writing a run that every scorer reads in our order.

use std::io::{self, Write};

use super::falling::{Falling, without_blanks};

/// Writes `topic Q0 docno rank score tag` lines.
///
/// Scores fall strictly, as scorers break ties each in its own way; they are printed with the fewest digits that give the
/// number back.
#[derive(Debug)]
pub struct RunWriter<W> {
    out: W,
    tag: String,
    topic: String,
    rank: usize,
    scores: Falling,
    line: String,
}

impl<W: Write> RunWriter<W> {
    /// A writer of a run with this tag, the name of the system or setting.
    pub fn new(out: W, tag: &str) -> Self {
        let tag = if tag.is_empty() { "dateline".into() } else { without_blanks(tag) };
        Self {
            out,
            tag: tag.into_owned(),
            topic: String::new(),
            rank: 0,
            scores: Falling::default(),
            line: String::new(),
        }
    }

    /// Writes a topic's next document, best first; a topic's documents follow each other.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn write(&mut self, topic: &str, docno: &str, score: f32) -> io::Result<()> {
        if self.rank == 0 || self.topic != topic {
            topic.clone_into(&mut self.topic);
            (self.rank, self.scores) = (0, Falling::default());
        }
        let score = self.scores.next(score);
        self.rank += 1;
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
    fn what_steers_a_terminal_is_spelled_out() {
        for (id, spelled) in
            [("a\u{202e}b", "a%E2%80%AEb"), ("a\u{2066}b", "a%E2%81%A6b"), ("a\u{1b}b", "a%1Bb"), ("ä", "ä")]
        {
            assert_eq!(written(id, &[(id, 1.0)]), format!("{spelled} Q0 {spelled} 1 1.0 t\n"));
        }
    }

    #[test]
    fn every_scorer_keeps_the_order() {
        for scores in [[1.0; 4], [0.0; 4], [-3.5; 4], [1e-30; 4], [f32::NAN; 4], [f32::MAX, f32::INFINITY, 1.0, 2.0]] {
            let hits: Vec<(&str, f32)> = ["b", "a", "d", "c"].into_iter().zip(scores).collect();
            let text = written("q", &hits);
            let run = Run::parse("run", text.clone().into_bytes()).unwrap_or_default();
            assert_eq!(run.topic("q").docnos().collect::<Vec<_>>(), ["b", "a", "d", "c"], "{text}");
            let same = Run::of("run", [("q", hits.iter().map(|(docno, score)| ((*docno).to_owned(), *score)))]);
            let same = same.unwrap_or_default();
            assert!(same.topic("q").docnos().eq(run.topic("q").docnos()), "{text}");
            assert!(same.topic("q").scores().eq(run.topic("q").scores()), "{text}");
        }
    }
}
