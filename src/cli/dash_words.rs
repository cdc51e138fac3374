//! Words of a query that begin with a dash, told from flags.

use std::ffi::OsString;

use clap::{Arg, Command};

/// Stands before a single-dash word so that it is not taken for a flag.
const SHIELD: char = '\u{1}';

/// A word as it was typed.
pub(super) fn bare(word: &str) -> &str {
    word.trim_start_matches(SHIELD)
}

/// Shields single-dash words of `query`, by that name or an alias, that are no flags of it: `query summit -Helsinki` means
/// what it looks like. Those behind a flag are its value.
pub(super) fn protect(args: Vec<OsString>, cli: &Command, aliases: &[&str]) -> Vec<OsString> {
    let mut args = args.into_iter();
    let mut shielded: Vec<OsString> = args.next().into_iter().collect();
    let mut command = cli;
    let mut is_query = false;
    while let Some(arg) = args.next() {
        let text = arg.to_str().unwrap_or_default();
        if text == "--" {
            shielded.push(arg);
            break;
        }
        if takes_value(command, cli, text) {
            let value = args.next();
            let is_word = value.as_ref().is_some_and(|value| value.to_str().is_some_and(is_dash_word));
            match value {
                // by itself it would be taken for a flag
                Some(value) if is_query && is_word => shielded.push([arg, "=".into(), value].into_iter().collect()),
                value => shielded.extend([Some(arg), value].into_iter().flatten()),
            }
            continue;
        }
        if std::ptr::eq(command, cli) && !text.starts_with('-') {
            is_query = text == "query" || aliases.contains(&text);
            command = cli.find_subcommand(text).unwrap_or(cli);
        }
        let is_word = is_query && is_dash_word(text);
        shielded.push(if is_word { format!("{SHIELD}{text}").into() } else { arg });
    }
    shielded.extend(args);
    shielded
}

/// Whether a flag of the command, or of all commands, has its value in the next argument.
fn takes_value(command: &Command, cli: &Command, flag: &str) -> bool {
    let is_named = |arg: &&Arg| match flag.strip_prefix("--") {
        Some(long) => arg.get_long() == Some(long),
        None => arg.get_short().is_some_and(|short| flag.strip_prefix('-') == Some(short.encode_utf8(&mut [0; 4]))),
    };
    let named = command.get_arguments().chain(cli.get_arguments().filter(|arg| arg.is_global_set())).find(is_named);
    named.is_some_and(|arg| arg.get_action().takes_values())
}

fn is_dash_word(arg: &str) -> bool {
    let Some(rest) = arg.strip_prefix('-') else { return false };
    let is_flag = matches!(rest, "n" | "h" | "V") || rest.strip_prefix('n').is_some_and(is_count);
    // the value of a flag may have blanks, its name has none
    let name = rest.split('=').next().unwrap_or_default();
    !is_flag && !rest.is_empty() && (!rest.starts_with('-') || name.contains(char::is_whitespace))
}

fn is_count(text: &str) -> bool {
    let digits = text.strip_prefix('=').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_the_values_of_flags() {
        let cli = <super::super::Cli as clap::CommandFactory>::command();
        for (typed, expected) in [
            ("dateline query summit -nato", "dateline query summit ^-nato"),
            ("dateline --index ix search summit -nato", "dateline --index ix search summit ^-nato"),
            ("dateline --index=ix --color never find -nato", "dateline --index=ix --color never find ^-nato"),
            ("dateline --index -ix query -nato", "dateline --index -ix query ^-nato"),
            ("dateline query x --index -ix", "dateline query x --index=-ix"),
            ("dateline query --after -1 -nato", "dateline query --after=-1 ^-nato"),
            ("dateline query --weights -passage=1 x", "dateline query --weights=-passage=1 x"),
            ("dateline query -n -5 x", "dateline query -n=-5 x"),
            ("dateline query -n 5 -nato -n3", "dateline query -n 5 ^-nato -n3"),
            ("dateline query --after --before 2018", "dateline query --after --before 2018"),
            ("dateline query --explain -nato", "dateline query --explain ^-nato"),
            ("dateline query x -- -nato --y", "dateline query x -- -nato --y"),
            ("dateline batch -n 5 -nato", "dateline batch -n 5 -nato"),
            ("dateline --index", "dateline --index"),
        ] {
            let args = typed.split(' ').map(OsString::from).collect();
            let protected = protect(args, &cli, &["search", "find"]);
            let shown: Vec<String> = protected.iter().map(|arg| arg.to_string_lossy().replace(SHIELD, "^")).collect();
            assert_eq!(shown.join(" "), expected);
        }
    }

    #[test]
    fn single_dash_words_are_query_text_and_flags_stay_flags() {
        for (arg, is_word) in [
            ("-Helsinki", true),
            ("-nato", true),
            ("-\"world cup\"", true),
            ("-headline:x", true),
            ("-n", false),
            ("-n3", false),
            ("-n=3", false),
            ("-h", false),
            ("--after", false),
            ("--after=last week", false),
            ("--outlet=Radio Meridian", false),
            ("--aftr=last week", false),
            ("--summit in = Helsinki", true),
            ("--no summit", true),
            ("-", false),
            ("summit", false),
        ] {
            assert_eq!(is_dash_word(arg), is_word, "{arg}");
        }
    }
}
