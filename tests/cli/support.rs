//! A scratch archive and the command run on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// Articles in a scratch folder and an index beside them.
pub struct Archive {
    pub dir: TempDir,
}

/// What a run of the command gave.
#[derive(Debug)]
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub status: i32,
}

impl Archive {
    /// A scratch archive of these files (path below `articles`, content), not indexed yet.
    pub fn of<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Self {
        let archive = Self { dir: tempfile::tempdir().expect("a scratch folder") };
        fs::create_dir_all(archive.articles()).expect("a folder");
        for (name, content) in files {
            archive.write(name, content.as_ref());
        }
        archive
    }

    /// The same, indexed.
    pub fn indexed<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Self {
        let archive = Self::of(files);
        archive.index();
        archive
    }

    /// An archive of a folder that stands elsewhere.
    pub fn of_folder(folder: &Path) -> Self {
        let archive = Self { dir: tempfile::tempdir().expect("a scratch folder") };
        fs::create_dir_all(archive.articles()).expect("a folder");
        let run = archive.run(&["index", folder.to_str().expect("a UTF-8 path")]);
        assert_eq!(run.status, 0, "{run:?}");
        archive
    }

    pub fn articles(&self) -> PathBuf {
        self.dir.path().join("articles")
    }

    pub fn write(&self, name: &str, content: &[u8]) {
        let path = self.articles().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("written");
    }

    /// Indexes the articles; all must go well.
    pub fn index(&self) -> Value {
        let run = self.run(&["index", "articles", "--format", "json"]);
        assert_eq!(run.status, 0, "{run:?}");
        serde_json::from_str(&run.stdout).expect("a report")
    }

    /// Files of the index whose names end so, by name.
    pub fn index_files(&self, end: &str) -> Vec<PathBuf> {
        let all = fs::read_dir(self.dir.path().join("index")).expect("the index").flatten().map(|entry| entry.path());
        let mut files: Vec<PathBuf> = all.filter(|path| path.to_string_lossy().ends_with(end)).collect();
        files.sort();
        files
    }

    /// Runs the command in the scratch folder.
    pub fn run(&self, args: &[&str]) -> Run {
        run_in(self.dir.path(), args, &[])
    }

    /// Output without the folder that its paths count from, to be compared with that of an archive elsewhere.
    pub fn wherever(&self, output: &str) -> String {
        output.replace(&format!("\"root\":\"{}\"", self.dir.path().display()), "\"root\":null")
    }

    /// Compacts the index, which then answers as one that is made at once, to the byte.
    pub fn assert_as_fresh(&self) {
        let topics = "1\tlamp harbour\n2\tcandle\n3\tthe keeper of the lamp\n4\tmayor council ferry\n";
        fs::write(self.dir.path().join("topics.tsv"), topics).expect("written");
        let compacted = self.run(&["index", "--compact"]);
        assert_eq!(compacted.status, 0, "{compacted:?}");
        let fresh = tempfile::tempdir_in(&self.dir).expect("a folder");
        let fresh = fresh.path().to_str().expect("a UTF-8 path");
        assert!(self.run(&["index", "articles", "--compact", "--index", fresh]).stdout.contains("files"));
        let answers = |index: &str| {
            let run = self.run(&["batch", "topics.tsv", "--format", "jsonl", "-n", "50", "--index", index]);
            // what the library indexed goes by its whole path
            self.wherever(&run.stdout.replace(&format!("{}/articles", self.dir.path().display()), "articles"))
        };
        let (ours, fresh) = (answers("index"), answers(fresh));
        let other = ours.lines().zip(fresh.lines()).find(|(ours, fresh)| ours != fresh);
        assert!(!fresh.is_empty() && ours == fresh, "not as a fresh index: {other:#?}");
    }

    /// The hits of a query, as JSON.
    pub fn hits(&self, args: &[&str]) -> Vec<Value> {
        let run = self.run(&[&["query", "--format", "jsonl"], args].concat());
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("a hit")).collect()
    }

    /// The articles that a query finds, best first.
    pub fn found(&self, args: &[&str]) -> Vec<String> {
        self.hits(args).iter().map(|hit| text(&hit["article"])).collect()
    }
}

/// Moves what is in a folder to another place in it, whose folders are made.
pub fn mv(dir: &Path, from: &str, to: &str) {
    let to = dir.join(to);
    fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
    fs::rename(dir.join(from), to).expect("moved");
}

/// Runs the command in a folder with more environment.
pub fn run_in(dir: &Path, args: &[&str], env: &[(&str, &str)]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command
        .current_dir(dir)
        .args(args)
        .env_remove("DATELINE_INDEX")
        .env_remove("RUST_BACKTRACE")
        .env_remove("NO_COLOR")
        .env_remove("COLUMNS");
    command.env_remove("CLICOLOR_FORCE").envs(env.iter().copied());
    let output = command.output().expect("the command runs");
    Run {
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        status: output.status.code().unwrap_or(-1),
    }
}

/// The words that a hit's passage or snippet has highlighted.
pub fn highlighted(part: &Value) -> Vec<String> {
    let whole = text(&part["text"]);
    let spans = part["highlights"].as_array().cloned().unwrap_or_default();
    spans.iter().map(|span| whole[number(&span[0])..number(&span[1])].to_owned()).collect()
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

pub fn number(value: &Value) -> usize {
    value.as_u64().unwrap_or_default() as usize
}

/// A folder of material that is not part of the project; only tests that are ignored for its sake may ask for it.
pub fn shared(part: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(part)
}

/// Paragraphs as an article of plain text.
pub fn article(headline: &str, paragraphs: &[&str]) -> String {
    format!("{headline}\n\n{}\n", paragraphs.join("\n\n"))
}

/// Puts the checksum of the bytes behind them; the bytes, and the checksum.
fn sealed(file: &[u8]) -> (Vec<u8>, u32) {
    let (rest, tail) = file.split_at(file.len() - 8);
    let footer = u32::from_le_bytes([tail[0], tail[1], tail[2], tail[3]]) as usize;
    let (body, footer) = rest.split_at(rest.len() - footer);
    let footer = String::from_utf8(footer.to_vec()).expect("a footer");
    let version = footer.split(",\"crc\":").next().expect("a version");
    let checksum = crc32fast::hash(body);
    let footer = format!("{version},\"crc\":{checksum}}}");
    ([body, footer.as_bytes(), &(footer.len() as u32).to_le_bytes(), &tail[4..]].concat(), checksum)
}

/// Writes a damaged file as a merge does that copied what was damaged: the commit names its checksum.
pub fn launder(path: &Path, bytes: &[u8]) {
    let (bytes, checksum) = sealed(bytes);
    fs::write(path, bytes).expect("written");
    let meta = path.with_file_name("meta.json");
    let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
    let text = fs::read_to_string(&meta).expect("a commit");
    let (before, rest) = text.split_once(&format!("\"{name}\":")).expect("named");
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let text = format!("{before}\"{name}\":{checksum}{rest}");
    let (text, _) = text.rsplit_once(",\n  \"seal\": ").expect("a seal");
    fs::write(&meta, format!("{text},\n  \"seal\": {}\n}}\n", crc32fast::hash(text.as_bytes()))).expect("written");
}
