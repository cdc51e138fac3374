//! Commands that messages advise, with the archive that was typed: what is advised works as it stands.

/// Commands that work on an archive.
const ON_AN_ARCHIVE: [&str; 11] =
    ["index", "query", "batch", "eval", "show", "list", "stats", "outlets", "check", "backup", "salvage"];

/// What the beginning of an advised command looks like.
const BEGINS: &str = "`dateline ";

/// A message, in whose commands the archive is named by this flag, such as `--index DIR`.
pub(super) fn with_archive(message: &str, flag: &str) -> String {
    let mut out = String::with_capacity(message.len() + flag.len() + 1);
    let mut rest = message;
    while let Some(at) = rest.find(BEGINS) {
        let (before, command) = rest.split_at(at + BEGINS.len());
        let end = command.find('`').unwrap_or(command.len());
        out.push_str(before);
        out.push_str(&command[..end]);
        if command.len() > end && takes_archive(&command[..end]) {
            out.push(' ');
            out.push_str(flag);
        }
        rest = &command[end..];
    }
    out + rest
}

/// Whether a command works on an archive, and names none.
fn takes_archive(command: &str) -> bool {
    let mut words = command.split_whitespace();
    let is_one = words.next().is_some_and(|name| ON_AN_ARCHIVE.contains(&name));
    is_one && !words.any(|word| word == "--index" || word == "--engine")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_advised_command_names_the_archive_that_was_typed() {
        for (message, told) in [
            ("x; run `dateline check`", "x; run `dateline check --index ix`"),
            (
                "save with `dateline salvage`, run `dateline index PATH` again",
                "save with `dateline salvage --index ix`, run `dateline index PATH --index ix` again",
            ),
            ("`dateline index PATH --index DIR` in a new folder", "`dateline index PATH --index DIR` in a new folder"),
            ("`dateline index PATH --engine …`", "`dateline index PATH --engine …`"),
            ("`dateline inspect FILE` shows them", "`dateline inspect FILE` shows them"),
            ("an open `dateline check", "an open `dateline check"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(with_archive(message, "--index ix"), told);
        }
    }
}
