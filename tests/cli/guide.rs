//! The guides are true: every command of a `console` block is run, and what it prints is what the page shows.
//!
//! A page is one shell session in a folder that holds a copy of `seeds/`. A line `…` stands for any number of lines left
//! out; there is no other wildcard. After a change to ranking or to what is printed, run
//!
//! ```text
//! UPDATE_GUIDE=1 cargo test --test cli guide
//! ```
//!
//! It writes the true outputs into the pages: where lines were left out, it keeps those that begin with the same word.
//! Then read `git diff src/guide`, and mend the sentences around what changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dateline::guide::{GUIDES, Guide};
use walkdir::WalkDir;

use super::support::run_in;

/// Stands for lines that are left out.
const ELISION: &str = "…";
/// What the shell prints behind each command's output; no command prints it.
const END: char = '\u{1e}';
/// The longest line of a page.
const WIDTH: usize = 120;

/// A command of a page, with what the page says it prints.
#[derive(Debug)]
struct Step {
    command: String,
    /// The lines of the page behind the command, 0-based, half-open.
    lines: (usize, usize),
    shown: Vec<String>,
}

#[test]
fn what_the_guides_show_is_what_the_commands_print() {
    for guide in GUIDES {
        let steps = steps(guide.text);
        assert!(!steps.is_empty(), "{} shows no command", guide.name);
        let outputs = play(&steps);
        if std::env::var_os("UPDATE_GUIDE").is_some() {
            fs::write(page(guide), refreshed(guide.text, &steps, &outputs)).expect("written");
            continue;
        }
        for (step, output) in steps.iter().zip(&outputs) {
            let place = format!("{}, line {}", page(guide).display(), step.lines.0);
            let truth = output.join("\n");
            assert!(matches(&step.shown, output), "{place}: $ {}\nprints\n{truth}\n(see UPDATE_GUIDE)", step.command);
        }
    }
}

#[test]
fn the_flags_that_the_guides_name_exist_and_lines_are_not_too_long() {
    let commands = ["index", "query", "batch", "eval", "compare", "show", "inspect", "guide", "check", "list"];
    let help: String =
        commands.iter().map(|command| run_in(Path::new("."), &[command, "--help"], &[]).stdout).collect();
    for guide in GUIDES {
        for line in guide.text.lines().filter(|line| !line.contains("cargo ")) {
            for flag in line.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| word.starts_with("--")) {
                let is_one = flag.trim_matches('-').is_empty() || help.contains(flag);
                assert!(is_one, "{}: no command has {flag}", guide.name);
            }
            assert!(line.chars().count() <= WIDTH, "{}: too long a line: {line}", guide.name);
        }
    }
}

#[test]
fn guides_are_listed_and_printed_and_an_unknown_one_is_told() {
    let list = run_in(Path::new("."), &["guide"], &[]);
    assert_eq!(list.status, 0);
    for guide in GUIDES {
        assert!(list.stdout.contains(guide.name) && list.stdout.contains(guide.about), "{}", list.stdout);
        let printed = run_in(Path::new("."), &["guide", guide.name], &[]);
        assert_eq!((printed.stdout.as_str(), printed.status), (guide.text, 0));
    }
    let unknown = run_in(Path::new("."), &["guide", "nonsense"], &[]);
    let message = "dateline: no guide \"nonsense\"; name one of these: coming-from-elsewhere, keeping-an-archive, past-one-machine, testing-your-ranking, working-with-hits\n";
    assert_eq!((unknown.stderr.as_str(), unknown.stdout.as_str(), unknown.status), (message, "", 2));
}

#[test]
fn an_elision_stands_for_lines_and_nothing_else() {
    for (shown, output, expected, refreshed) in [
        ("a b", "a b", true, "a b"),
        ("a b", "a c", false, "a c"),
        ("a 1 … c 1", "a 1/b 1/c 1", true, "a 1 … c 1"),
        ("a 1 … c 1", "a 1/b 1/c 2", false, "a 1 … c 2"),
        ("a 1 … c 1", "a 1/c 1", true, "a 1/c 1"),
        ("… c 1", "a 1/b 1/c 2/d 1", false, "… c 2 …"),
        ("a 1", "a 2/b 2", false, "a 2/b 2"),
        ("…", "a 2/b 2", true, "…"),
        ("", "a", false, "a"),
        ("…", "", true, ""),
    ] {
        let lines = |text: &str| -> Vec<String> {
            let text = text.replace(" … ", "/…/").replace(" …", "/…").replace("… ", "…/");
            text.split('/').filter(|line| !line.is_empty()).map(str::to_owned).collect()
        };
        assert_eq!(matches(&lines(shown), &lines(output)), expected, "{shown} | {output}");
        assert_eq!(kept(&lines(shown), &lines(output)), lines(refreshed), "{shown} | {output}");
    }
}

fn page(guide: &Guide) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/guide").join(guide.name).with_extension("md")
}

/// The commands of the `console` blocks: a line behind `$ `, and the next where it ends in a backslash.
fn steps(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let (mut in_block, mut goes_on) = (false, false);
    for (number, line) in text.lines().enumerate() {
        if line.starts_with("```") {
            (in_block, goes_on) = (line == "```console", false);
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| in_block) {
            steps.push(Step { command: command.to_owned(), lines: (number + 1, number + 1), shown: Vec::new() });
            goes_on = command.ends_with('\\');
        } else if let Some(step) = steps.last_mut().filter(|_| in_block) {
            step.lines.1 = number + 1;
            if goes_on {
                step.command += &format!("\n{line}");
                step.lines.0 = number + 1;
                goes_on = line.ends_with('\\');
            } else {
                step.shown.push(line.to_owned());
            }
        }
    }
    steps
}

/// What each command prints, messages included, all in one shell.
fn play(steps: &[Step]) -> Vec<Vec<String>> {
    let dir = tempfile::tempdir().expect("a scratch folder");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"), &dir.path().join("seeds"));
    let each = |step: &Step| format!("{}\ns=$?; printf '\\036'; (exit $s)\n", step.command);
    let script = format!("exec 2>&1\n{}", steps.iter().map(each).collect::<String>());
    let ours = Path::new(env!("CARGO_BIN_EXE_dateline")).parent().expect("a folder").display().to_string();
    let mut shell = Command::new("sh");
    shell.current_dir(dir.path()).args(["-c", &script]).env("LC_ALL", "C");
    shell.env("PATH", format!("{ours}:{}", std::env::var("PATH").unwrap_or_default()));
    shell.env_remove("DATELINE_INDEX").env_remove("DATELINE_ENGINE").env_remove("COLUMNS").env_remove("CLICOLOR_FORCE");
    let printed = shell.output().expect("a shell").stdout;
    let printed = String::from_utf8(printed).expect("UTF-8");
    let mut outputs: Vec<Vec<String>> =
        printed.split(END).map(|output| output.lines().map(str::to_owned).collect()).collect();
    outputs.pop();
    assert_eq!(outputs.len(), steps.len(), "the shell went on to the end");
    outputs
}

fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from).into_iter().map(|entry| entry.expect("an entry")) {
        let target = to.join(entry.path().strip_prefix(from).expect("below the folder"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("a folder");
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// Whether the lines shown are the output, but for what is left out.
fn matches(shown: &[String], output: &[String]) -> bool {
    let Some(at) = shown.iter().position(|line| line == ELISION) else { return shown == output };
    let rest = &shown[at + 1..];
    output.starts_with(&shown[..at]) && (at..=output.len()).any(|skipped| matches(rest, &output[skipped..]))
}

/// The output, cut as the page has it: where it leaves lines out, those that begin as the lines shown do.
fn kept(shown: &[String], output: &[String]) -> Vec<String> {
    let is_cut = shown.iter().any(|line| line == ELISION);
    let first_word = |line: &str| line.split_whitespace().next().map(str::to_owned);
    let mut wanted = shown.iter().filter(|line| *line != ELISION).peekable();
    let mut lines: Vec<String> = Vec::new();
    for line in output {
        let is_wanted = wanted.peek().is_some_and(|next| first_word(next) == first_word(line));
        if is_wanted {
            wanted.next();
        }
        if (is_wanted || !is_cut) && line.chars().count() <= WIDTH {
            lines.push(line.clone());
        } else if lines.last().is_none_or(|last| last != ELISION) {
            lines.push(ELISION.to_owned());
        }
    }
    lines
}

/// The page with what the commands print now.
fn refreshed(text: &str, steps: &[Step], outputs: &[Vec<String>]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (step, output) in steps.iter().zip(outputs).rev().filter(|(step, output)| !matches(&step.shown, output)) {
        lines.splice(step.lines.0..step.lines.1, kept(&step.shown, output));
    }
    lines.join("\n") + "\n"
}
