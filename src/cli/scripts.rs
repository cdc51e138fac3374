//! What scripts that read JSON are told of a failure.

use std::ffi::OsString;
use std::io::Write;

use super::Config;
use super::output::failure;

/// Whether one JSON object is asked for: by the last `--format`, else by a file of settings.
pub(crate) fn read_json(args: &[OsString], config: &Config) -> bool {
    let mut args = args.iter().filter_map(|arg| arg.to_str()).take_while(|arg| *arg != "--");
    let mut named = None;
    while let Some(arg) = args.next() {
        match arg.strip_prefix("--format") {
            Some("") => named = args.next(),
            Some(value) => named = value.strip_prefix('=').or(named),
            None => {}
        }
    }
    named.or(config.value("format").map(|set| set.text.as_str())) == Some("json")
}

/// Prints the object of a command line that could not be read.
pub(crate) fn print_failure(status: u8, error: &clap::Error) {
    let message = error.render().to_string();
    let message = message.trim_end();
    let object = failure(status, message.strip_prefix("error: ").unwrap_or(message));
    let mut out = std::io::stdout();
    // who does not take it has the status, and the message on standard error
    let _ = out.write_all(object.as_bytes()).and_then(|()| out.flush());
}
