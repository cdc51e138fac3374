//! Standard output for data, standard error for talk.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use dateline::Error;
use dateline::error::told;
use dateline::render::terminal::{Screen, escape};
use dateline::render::{Look, json};
use serde::Serialize;

use super::advice::with_archive;

/// What messages call it.
pub(crate) const STDOUT: &str = "standard output";
/// Lines that a failure says of itself, the last ones.
const MOST_TOLD: usize = 20;
/// Columns where the output is no terminal.
const DEFAULT_WIDTH: usize = 100;
/// Lines of text are hard to read beyond this.
const MAX_WIDTH: usize = 120;
const MIN_WIDTH: usize = 40;

/// When styles are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Where a command prints.
pub(crate) struct Output {
    data: BufWriter<io::Stdout>,
    screen: Screen,
    /// The flag that named the archive, where one was typed.
    archive: Option<String>,
    /// What was told while nothing was printed, where scripts read JSON: what a failure says of itself.
    told: Option<Mutex<Vec<String>>>,
    is_printed: bool,
}

impl Output {
    pub(crate) fn new(colour: Colour, archive: Option<String>, for_scripts: bool) -> Self {
        let stdout = io::stdout();
        let colour = match colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never,
        };
        let columns = terminal_size::terminal_size().filter(|_| stdout.is_terminal()).map(|(w, _)| usize::from(w.0));
        let columns = columns.or_else(|| std::env::var("COLUMNS").ok()?.parse().ok()).unwrap_or(DEFAULT_WIDTH);
        let screen = Screen { colour, width: columns.clamp(MIN_WIDTH, MAX_WIDTH) };
        let told = for_scripts.then(Mutex::default);
        Self { data: BufWriter::new(stdout), screen, archive, told, is_printed: false }
    }

    /// What the output can show.
    pub(crate) fn screen(&self) -> Screen {
        self.screen
    }

    /// How hits are shown: citations open from the current folder.
    pub(crate) fn look(&self) -> Look {
        Look { here: std::env::current_dir().ok(), ..self.screen.into() }
    }

    /// Prints data as it is: renderers have made it safe.
    pub(crate) fn print(&mut self, text: &str) -> anyhow::Result<()> {
        self.is_printed = true;
        Ok(self.data.write_all(text.as_bytes()).map_err(unprinted)?)
    }

    /// Prints data by a renderer that writes.
    pub(crate) fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
        self.is_printed = true;
        Ok(write(&mut self.data).map_err(unprinted)?)
    }

    /// Says something to the person, made safe for a terminal; where nobody listens any more, nothing is lost.
    pub(crate) fn tell(&self, line: &str) {
        let line = told(self.advice(line));
        let _ = writeln!(io::stderr(), "{}", escape(&line));
        if let Some(lines) = &self.told {
            let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
            if lines.len() == MOST_TOLD {
                lines.remove(0);
            }
            lines.push(line);
        }
    }

    /// Where scripts read JSON and nothing was printed, prints what was told as the object of a failure: the status that the
    /// command ends with, and the message.
    pub(crate) fn print_failure(&mut self, status: u8) -> anyhow::Result<()> {
        let Some(told) = self.told.as_ref().filter(|_| !self.is_printed) else { return Ok(()) };
        let message = told.lock().unwrap_or_else(PoisonError::into_inner).join("\n");
        self.print(&failure(status, &message))?;
        self.finish()
    }

    /// A message whose commands name the archive that was typed.
    pub(crate) fn advice(&self, message: &str) -> String {
        self.archive.as_deref().map_or_else(|| message.to_owned(), |flag| with_archive(message, flag))
    }

    /// Asks the person something on the line where the answer is typed.
    pub(crate) fn ask(&self, question: &str) {
        let mut screen = io::stderr();
        let _ = write!(screen, "{}", escape(question)).and_then(|()| screen.flush());
    }

    /// Refuses an output that was closed (`>&-`): what is printed would go nowhere, and nobody would be told.
    pub(crate) fn refuse_closed(&self) -> anyhow::Result<()> {
        if is_closed() {
            return Err(unprinted(io::Error::other("it is closed")).into());
        }
        Ok(())
    }

    /// Sees to it that everything is printed.
    pub(crate) fn finish(&mut self) -> anyhow::Result<()> {
        Ok(self.data.flush().map_err(unprinted)?)
    }
}

/// A failure as an object; `tests/schemas/error.schema.json` says what its keys mean.
pub(crate) fn failure(status: u8, message: &str) -> String {
    #[derive(Serialize)]
    struct FailureObject<'a> {
        error: ToldFailure<'a>,
    }
    #[derive(Serialize)]
    struct ToldFailure<'a> {
        status: u8,
        message: &'a str,
    }
    json::line(&FailureObject { error: ToldFailure { status, message } })
}

/// Prints an error of the command line, or the help that was asked for. What was typed is made safe for a terminal.
pub(crate) fn print_usage(error: &clap::Error) {
    let text = error.render().to_string();
    // a closed pipe is no error, and there is nobody else to tell
    let _ = match text.lines().all(|line| matches!(escape(line), Cow::Borrowed(_))) {
        true => error.print(),
        false => text.lines().try_for_each(|line| writeln!(io::stderr(), "{}", escape(line))),
    };
}

/// Whether standard output was closed. A program of Rust opens what is closed as the null device, to read and write; a
/// shell that is told to write there opens it to write only.
fn is_closed() -> bool {
    /// The bits of a file's flags that say how it is opened, and their value for both ways.
    const MODE: u32 = 3;
    const BOTH: u32 = 2;
    let is_null = std::fs::read_link("/proc/self/fd/1").is_ok_and(|path| path == Path::new("/dev/null"));
    let facts = std::fs::read_to_string("/proc/self/fdinfo/1").unwrap_or_default();
    let flags = facts.lines().find_map(|line| u32::from_str_radix(line.strip_prefix("flags:")?.trim(), 8).ok());
    is_null && flags.is_some_and(|flags| flags & MODE == BOTH)
}

/// Output that went nowhere, such as into a file on a full disk.
fn unprinted(error: io::Error) -> Error {
    Error::write(Path::new(STDOUT), error)
}
