//! A scratch folder and the command run in it.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

/// What a run of the command gave.
#[derive(Debug)]
pub struct Ran {
    pub stdout: String,
    pub stderr: String,
    pub status: i32,
}

/// A scratch folder with these files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a scratch folder");
    for (name, text) in files {
        fs::write(dir.path().join(name), text).expect("written");
    }
    dir
}

/// An archive of three articles with topics, judgments and golden rankings.
pub fn archive() -> TempDir {
    let dir = folder(&[
        ("topics.tsv", "1\tHelsinki venue?\n2\tharvest\n"),
        ("qrels", "1 0 summit 2\n1 0 tram 0\n2 0 farm 1\n"),
        (
            "golden.tsv",
            "# query\texpected\trank\nHelsinki venue\tsummit:1\t1\n<harvest>\tfarm\t1\nharvest\ttram\t3\tknown miss\n",
        ),
    ]);
    let articles = dir.path().join("articles");
    fs::create_dir(&articles).expect("a folder");
    for (name, text) in [
        (
            "summit",
            "Summit Venue Named\n\nThe venue of the summit will be Helsinki, both governments said on Monday.\n",
        ),
        ("tram", "New Tram Line Opens\n\nA tram line was opened in Helsinki after years of building works.\n"),
        ("farm", "Farmers Fear Drought\n\nThe harvest is at risk after a dry spring, farmers said on Monday.\n"),
    ] {
        fs::write(articles.join(format!("{name}.txt")), text).expect("written");
    }
    indexed(&dir);
    dir
}

/// Indexes the articles of such an archive.
pub fn indexed(dir: &TempDir) -> Ran {
    let ran = dateline(dir.path(), "index articles");
    assert_eq!(ran.status, 0, "{ran:?}");
    ran
}

/// Runs the command in a folder, `args` apart by blanks.
pub fn dateline(dir: &Path, args: &str) -> Ran {
    dateline_fed(dir, args, "")
}

/// The same with text on standard input.
pub fn dateline_fed(dir: &Path, args: &str, input: &str) -> Ran {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(dir).args(args.split_whitespace()).write_stdin(input);
    for variable in ["DATELINE_INDEX", "NO_COLOR", "COLUMNS", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    let output = command.output().expect("the command runs");
    Ran {
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        status: output.status.code().unwrap_or(-1),
    }
}
