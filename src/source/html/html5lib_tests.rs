//! The public tests of HTML's tokenizer and tree builder: the text that a reader sees is the one that they expect, but for
//! the known misses. Blanks do not count, for lines are ours to draw, and neither does what has no shape.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::characters::is_unseen;
use super::lines::linear;
use super::tags::{ElementKind, known};

/// Numbers of the tests that differ, counted from 1, a file a line; `UPDATE=1` writes them.
const MISSES: &str = "tests/tables/html5lib-misses.txt";

/// A page, and the text that is seen of it.
struct Case {
    page: String,
    seen: String,
}

#[test]
#[ignore = "needs ../shared/html5lib-tests"]
fn the_text_of_a_page_is_what_the_public_tests_expect() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("../shared/html5lib-tests");
    let mut missed: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut read = 0;
    let files = [(files_in(&folder.join("tokenizer")), tokenizer as fn(&str) -> Vec<Option<Case>>)];
    let trees = [(files_in(&folder.join("tree-construction")), trees as fn(&str) -> Vec<Option<Case>>)];
    for (files, cases) in files.into_iter().chain(trees) {
        for file in files {
            let name = file.file_name().expect("a name").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&file).unwrap_or_default();
            for (number, case) in cases(&text).into_iter().enumerate().filter_map(|(n, case)| Some((n + 1, case?))) {
                read += 1;
                if shapes(&linear(&case.page, 1).text) != shapes(&case.seen) {
                    missed.entry(name.clone()).or_default().insert(number);
                }
            }
        }
    }
    let written = root.join(MISSES);
    if std::env::var_os("UPDATE").is_some_and(|update| update == "1") {
        std::fs::write(&written, printed(&missed, read)).expect("written");
    }
    let known = std::fs::read_to_string(&written).expect("the known misses");
    assert_eq!(printed(&missed, read), known, "{MISSES} is not what was seen; UPDATE=1 writes it");
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "test" || ending == "dat"));
    files.sort();
    files
}

fn printed(missed: &BTreeMap<String, BTreeSet<usize>>, read: usize) -> String {
    let total: usize = missed.values().map(BTreeSet::len).sum();
    let mut text = format!(
        "# Tests of html5lib-tests whose text we read otherwise, {total} of {read}: file, numbers counted from 1.\n"
    );
    for (name, numbers) in missed {
        let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
        writeln!(text, "{name} {}", numbers.join(" ")).expect("a string");
    }
    text
}

fn shapes(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !is_unseen(*c)).collect()
}

/// The tests of a tokenizer that begin in the data state; the others begin inside of elements that are not seen.
fn tokenizer(file: &str) -> Vec<Option<Case>> {
    let file: Value = serde_json::from_str(file).expect("JSON");
    let tests = ["tests", "xmlViolationTests"].iter().find_map(|key| file[key].as_array()).expect("tests");
    tests.iter().map(of_tokens).collect()
}

fn of_tokens(test: &Value) -> Option<Case> {
    let states = test["initialStates"].as_array();
    let in_text = states.is_none_or(|states| states.iter().any(|state| state == "Data state"));
    let page = test["input"].as_str()?;
    if !in_text || test["doubleEscaped"] == true {
        return None;
    }
    let (mut seen, mut hidden) = (String::new(), None);
    for token in test["output"].as_array()? {
        let (kind, text) = (token[0].as_str(), token[1].as_str().unwrap_or_default());
        match kind {
            Some("Character") if hidden.is_none() => seen.push_str(text),
            Some("StartTag") if hidden.is_none() && known(text).1 == ElementKind::Hidden => hidden = Some(text),
            Some("EndTag") if hidden == Some(text) => hidden = None,
            _ => {}
        }
    }
    Some(Case { page: page.to_owned(), seen })
}

/// The tests of a tree builder on whole pages; fragments of pages are none.
fn trees(file: &str) -> Vec<Option<Case>> {
    let tests = format!("\n{file}");
    tests.split("\n#data\n").skip(1).map(of_tree).collect()
}

fn of_tree(test: &str) -> Option<Case> {
    let (page, rest) = test.split_once("\n#errors")?;
    let (head, tree) = rest.split_once("\n#document\n")?;
    if head.contains("#document-fragment") || head.contains("#script-on") {
        return None;
    }
    Some(Case { page: page.to_owned(), seen: seen_of(tree) })
}

/// The text nodes of a printed tree that stand in no element that is hidden.
fn seen_of(tree: &str) -> String {
    let mut seen = String::new();
    let mut hidden: Option<usize> = None;
    let nodes = tree.trim_end_matches('\n').split("\n| ");
    for node in nodes {
        let node = node.strip_prefix("| ").unwrap_or(node);
        let depth = node.len() - node.trim_start_matches(' ').len();
        hidden = hidden.filter(|at| depth > *at);
        let node = &node[depth..];
        if hidden.is_none() && is_hidden(node) {
            hidden = Some(depth);
        }
        if hidden.is_none() && node.starts_with('"') {
            seen.push_str(node.trim_start_matches('"').strip_suffix('"').unwrap_or(node));
        }
    }
    seen
}

fn is_hidden(node: &str) -> bool {
    let name = node.strip_prefix('<').and_then(|node| node.strip_suffix('>'));
    name.is_some_and(|name| {
        let name = name.split(' ').next().unwrap_or(name);
        known(name).1 == ElementKind::Hidden
    })
}
