//! How far a command has come: a bar on standard error, where somebody sees it.

use std::io::IsTerminal;
use std::time::Duration;

use dateline::ingest::Progress;
use dateline::render::grouped;
use indicatif::{ProgressBar, ProgressStyle};

/// How often what spins is drawn.
const TICK: Duration = Duration::from_millis(100);
/// What is shown before it is known how much there is to do.
const SPINNER: &str = "{spinner} {msg}";
/// What is shown from then on.
const BYTES: &str = "{bar:30} {bytes}/{total_bytes} {msg} {eta}";

/// A bar for bytes, hidden where nobody would see it; it spins until they begin.
pub(crate) fn progress_bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::no_length();
    restyle(&bar, SPINNER);
    bar.enable_steady_tick(TICK);
    bar
}

/// Sets how far the bytes have come.
pub(crate) fn show_bytes(bar: &ProgressBar, bytes: u64, done: u64, message: String) {
    if bar.length().is_none() && bytes > 0 {
        bar.disable_steady_tick();
        restyle(bar, BYTES);
        bar.reset_eta();
        bar.set_length(bytes);
    }
    bar.set_position(done);
    bar.set_message(message);
}

fn restyle(bar: &ProgressBar, template: &str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
}

/// Sets how far an indexing run has come.
pub(super) fn show(bar: &ProgressBar, progress: Progress) {
    let message = match progress {
        Progress { files: 0, found, compared: 0, .. } if found > 0 => format!("{} files found", grouped(found)),
        Progress { files: 0, found, compared, .. } if found > 0 => {
            format!("{} of {} files compared with the index", grouped(compared), grouped(found))
        }
        Progress { articles, .. } => format!("{} articles", grouped(articles)),
    };
    show_bytes(bar, progress.bytes, progress.bytes_done, message);
}

/// The bytes are done: it spins again until the end.
pub(super) fn spin(bar: &ProgressBar, message: &'static str) {
    restyle(bar, SPINNER);
    bar.enable_steady_tick(TICK);
    bar.set_message(message);
}
