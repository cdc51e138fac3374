use std::io::Read;
use std::process::{Command, Stdio};

use super::support::{Archive, article, run_in};

fn hostile() -> Archive {
    let body = "The lamp \u{1b}[31mburns\u{1b}[0m red\u{9b}2J and \u{202e}backwards\u{202c}, <script>alert(1)</script> says the keeper.";
    let record = serde_json::json!({"id": "evil\u{1b}]0;x\u{7}", "outlet": "Out\u{1b}let", "headline": "Lamp \u{1b}[2J", "body": body});
    Archive::indexed(&[("evil.txt", article("A headline of words", &[body])), ("feed.jsonl", format!("{record}\n"))])
}

#[test]
fn terminal_escapes_never_reach_the_terminal() {
    let archive = hostile();
    for args in [
        &["query", "lamp"][..],
        &["query", "lamp", "--format", "json"],
        &["query", "lamp", "--format", "jsonl"],
        &["show", "evil"],
        &["show", "evil", "--format", "json"],
        &["inspect", "articles/evil.txt"],
        &["inspect", "articles/evil.txt", "--format", "json"],
        &["inspect", "articles/feed.jsonl"],
    ] {
        let run = archive.run(args);
        assert!(run.stdout.to_lowercase().contains("lamp"), "{args:?}: {run:?}");
        for steering in ['\u{1b}', '\u{9b}', '\u{7}', '\u{202e}'] {
            assert!(!run.stdout.contains(steering) && !run.stderr.contains(steering), "{args:?}: {steering:?}");
        }
    }
}

#[test]
fn what_was_typed_is_escaped_where_it_is_refused() {
    let archive = hostile();
    for args in [&["\u{202e}"][..], &["query", "lamp", "--mark", ",\u{202e}"]] {
        let run = archive.run(args);
        assert!(run.status == 2 && run.stderr.contains("\\u{"), "{args:?}: {run:?}");
        assert!(!run.stderr.contains(['\u{202e}', '\u{1b}']), "{args:?}: {run:?}");
    }
}

#[test]
fn a_long_value_is_told_in_part() {
    let long = "x".repeat(120_000);
    let record =
        |date: &str| format!("{{\"id\":\"a\",\"date\":\"{date}\",\"body\":\"The lamp burns in the harbour.\"}}\n");
    let archive = Archive::of(&[("a.jsonl", record(&long))]);
    let rows: [&[&str]; 5] = [
        &["index", "articles"],
        &["index", "articles", "--reread", "--format", "json"],
        &["inspect", "articles/a.jsonl"],
        &["query", &long],
        &["query", &format!("date:{long}")],
    ];
    for args in rows {
        let run = archive.run(args);
        let told = run.stderr.len().max(run.stdout.lines().map(str::len).max().unwrap_or(0));
        assert!(told < 8_000, "{:?}: {} bytes: {:.300}", &args[..1], told, run.stderr);
    }
}

#[test]
fn colour_is_for_terminals_unless_asked_for() {
    let archive = hostile();
    assert!(!archive.run(&["query", "lamp"]).stdout.contains("\u{1b}["));
    let coloured = archive.run(&["query", "lamp", "--color", "always"]).stdout;
    assert!(coloured.contains("\u{1b}[1m") && !coloured.contains("[lamp]"));
    let plain = run_in(archive.dir.path(), &["query", "lamp"], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]);
    assert!(!plain.stdout.contains('\u{1b}'));
}

#[test]
fn lines_keep_to_a_narrow_screen() {
    let archive = hostile();
    let run = run_in(archive.dir.path(), &["query", "lamp"], &[("COLUMNS", "50")]);
    let body = run.stdout.lines().filter(|line| !line.contains("articles/") && !line.contains("match"));
    body.for_each(|line| assert!(line.chars().count() <= 50, "{line}"));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let files: Vec<(String, String)> = (0..300)
        .map(|n| {
            (
                format!("{n}.txt"),
                article("Lamp", &["The lamp burns in the harbour, and the keeper reads his paper by it."]),
            )
        })
        .collect();
    let archive = Archive::indexed(&files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect::<Vec<_>>());
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .current_dir(archive.dir.path())
        .args(["query", "lamp", "-n", "300", "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    // read a little, then hang up
    let mut first = [0; 16];
    child.stdout.take().expect("a pipe").read_exact(&mut first).expect("some bytes");
    let output = child.wait_with_output().expect("ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
