//! All failures of a run, written down one a line.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// Where failures are written, if anywhere; copies write to the same place.
#[derive(Clone, Default)]
pub struct FailureLog(Option<Arc<Mutex<Sink>>>);

struct Sink {
    out: Box<dyn Write + Send>,
    /// The first error of the output.
    broken: Option<io::Error>,
}

impl FailureLog {
    /// Failures go to `out`, a line each.
    pub fn to(out: impl Write + Send + 'static) -> Self {
        Self(Some(Arc::new(Mutex::new(Sink { out: Box::new(out), broken: None }))))
    }

    /// Whether failures are written anywhere.
    pub fn is_kept(&self) -> bool {
        self.0.is_some()
    }

    /// Writes a line.
    pub(super) fn write(&self, message: &str) {
        let Some(sink) = &self.0 else { return };
        let mut sink = sink.lock().unwrap_or_else(PoisonError::into_inner);
        if sink.broken.is_none() {
            sink.broken = writeln!(sink.out, "{message}").err();
        }
    }

    /// Everything is with the output.
    ///
    /// # Errors
    /// The first that the output gave.
    pub fn finish(&self) -> io::Result<()> {
        let Some(sink) = &self.0 else { return Ok(()) };
        let mut sink = sink.lock().unwrap_or_else(PoisonError::into_inner);
        sink.broken.take().map_or_else(|| sink.out.flush(), Err)
    }
}

impl fmt::Debug for FailureLog {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(if self.0.is_some() { "FailureLog(some)" } else { "FailureLog(none)" })
    }
}

// where failures are written says nothing of what a run did
impl PartialEq for FailureLog {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for FailureLog {}
