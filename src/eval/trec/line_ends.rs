//! Line ends of any kind -> line feeds: old spreadsheets end a line with a carriage return alone.

use std::io::{self, BufRead, Read};

/// A reader whose carriage returns that no line feed follows are line feeds; what else it has stays as it is.
pub(super) struct LineEnds<R> {
    reader: R,
    /// What was read and not yet taken.
    ready: Vec<u8>,
    taken: usize,
    /// Whether a carriage return was read of which it is not known what follows it.
    held: bool,
}

impl<R: BufRead> LineEnds<R> {
    pub fn new(reader: R) -> Self {
        Self { reader, ready: Vec::new(), taken: 0, held: false }
    }

    /// Reads more, until there is something to take or the end is reached.
    fn read_on(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.taken = 0;
        let here = self.reader.fill_buf()?;
        if std::mem::take(&mut self.held) {
            self.ready.push(if here.first() == Some(&b'\n') { b'\r' } else { b'\n' });
        }
        for (place, &byte) in here.iter().enumerate() {
            match (byte, here.get(place + 1)) {
                (b'\r', None) => self.held = true,
                (b'\r', Some(next)) if *next != b'\n' => self.ready.push(b'\n'),
                _ => self.ready.push(byte),
            }
        }
        let length = here.len();
        self.reader.consume(length);
        if self.ready.is_empty() && self.held { self.read_on() } else { Ok(()) }
    }
}

impl<R: BufRead> BufRead for LineEnds<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken == self.ready.len() {
            self.read_on()?;
        }
        Ok(&self.ready[self.taken..])
    }

    fn consume(&mut self, amount: usize) {
        self.taken = (self.taken + amount).min(self.ready.len());
    }
}

impl<R: BufRead> Read for LineEnds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let here = self.fill_buf()?;
        let count = here.len().min(buffer.len());
        buffer[..count].copy_from_slice(&here[..count]);
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn any_line_end_is_a_line_feed_wherever_a_buffer_ends() {
        for (read, given) in [
            ("a\rb\r", "a\nb\n"),
            ("a\r\nb\r\n", "a\r\nb\r\n"),
            ("\r", "\n"),
            ("\r\r\n\n", "\n\r\n\n"),
            ("é\r\rü", "é\n\nü"),
            ("", ""),
        ] {
            for capacity in 1..=8 {
                let mut text = String::new();
                let mut reader = LineEnds::new(BufReader::with_capacity(capacity, read.as_bytes()));
                reader.read_to_string(&mut text).expect("UTF-8");
                assert_eq!(text, given, "{read:?} in pieces of {capacity}");
            }
        }
    }
}
