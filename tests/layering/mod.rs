//! The invariants of ARCHITECTURE.md that can be read off the source: imports run downwards only.

mod circles;
mod names;
mod tokens;
mod type_names;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The house, ground floor first; a module may name modules of the floors below its own.
const FLOORS: &[&[&str]] = &[
    &["error", "parallel", "budget", "guide", "lexicon", "mark", "work"],
    &["article", "durable"],
    &["hit", "report", "stats", "checkup"],
    &["eval"],
    &["analysis", "source"],
    &["query", "passage", "extract"],
    &["matching", "overrides"],
    &["highlight", "index"],
    &["search"],
    &["engine"],
    &["ingest", "absent"],
    &["batch"],
    &["experiment"],
    &["cost_tests"],
];

/// Beside the floors: what `render` may name.
const RENDER_MAY_NAME: &[&str] =
    &["article", "hit", "report", "stats", "checkup", "error", "extract", "source", "render", "eval"];

/// Beside the floors: what `eval` may name; it scores any system's run and knows no engine.
const EVAL_MAY_NAME: &[&str] = &["article", "hit", "report", "error", "durable", "eval"];

/// The only parts of the source that may name tantivy: the course of a search is the same for all back ends.
const TANTIVY: &[&str] = &["analysis.rs", "analysis", "index", "search/local"];

#[test]
fn imports_run_downwards_only() {
    let mut upwards = Vec::new();
    for (module, file, text) in library() {
        let Some(floor) = floor_of(&module) else { continue };
        for named in crate_modules_named_in(&text) {
            let below = floor_of(&named).is_some_and(|other| other < floor);
            if named != module && !below {
                upwards.push(format!("{}: {module} names {named}", file.display()));
            }
        }
    }
    assert_eq!(upwards, Vec::<String>::new());
}

#[test]
fn every_module_has_its_floor() {
    let homeless: BTreeSet<String> = library()
        .into_iter()
        .map(|(module, _, _)| module)
        .filter(|module| floor_of(module).is_none() && !["render", "eval", "lib"].contains(&module.as_str()))
        .collect();
    assert_eq!(homeless, BTreeSet::new(), "give them a floor here and in ARCHITECTURE.md");
}

#[test]
fn render_knows_no_engine_and_no_index() {
    for (_, file, text) in library().into_iter().filter(|(module, _, _)| module == "render") {
        for named in crate_modules_named_in(&text) {
            assert!(RENDER_MAY_NAME.contains(&named.as_str()), "{}: render names {named}", file.display());
        }
    }
}

#[test]
fn eval_knows_no_engine_and_no_index() {
    for (_, file, text) in library().into_iter().filter(|(module, _, _)| module == "eval") {
        for named in crate_modules_named_in(&text) {
            assert!(EVAL_MAY_NAME.contains(&named.as_str()), "{}: eval names {named}", file.display());
        }
    }
}

#[test]
fn tantivy_is_named_only_where_the_index_is() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (_, file, text) in library() {
        let names_it = code_lines(&text).any(|line| line.contains("tantivy::") || line.contains("tantivy_fst::"));
        let may = TANTIVY.iter().any(|part| file.starts_with(source.join(part)));
        assert!(!names_it || may, "{} names tantivy", file.display());
    }
}

#[test]
fn field_names_stand_in_one_file() {
    // each engine's schema is one file
    let is_schema = |file: &Path| file.ends_with("index/schema.rs") || file.ends_with("engine/remote/schema.rs");
    for (_, file, text) in library().into_iter().filter(|(_, file, _)| !is_schema(file)) {
        for name in ["\"date_first\"", "\"date_last\"", "\"passage_lengths\""] {
            assert!(!text.contains(name), "{} spells out the field {name}", file.display());
        }
    }
}

#[test]
fn nothing_but_the_command_line_prints() {
    for (_, file, text) in library() {
        let prints = code_lines(&text).any(|line| line.contains("println!") || line.contains("print!("));
        assert!(!prints && !text.contains("io::stdout"), "{} prints", file.display());
    }
}

#[test]
fn no_text_for_users_is_made_for_programmers() {
    for (_, file, text) in library() {
        if file.to_string_lossy().ends_with("tests.rs") {
            continue;
        }
        let is_debug = |line: &&str| line.contains(":?}") && !line.contains("assert") && !line.contains("panic!(");
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let found: Vec<&str> = code_lines(code).filter(is_debug).collect();
        assert!(found.is_empty(), "{}: {found:#?}", file.display());
    }
}

/// Modules that deal with forms, files and measures, whose lists are names that a format fixes.
const SYNTAX_MODULES: &[&str] = &["source", "eval", "render", "engine", "index", "lexicon"];

/// Other files whose long lists are names that a format or this program fixes, and what these are.
const SYNTAX_FILES: &[(&str, &str)] = &[
    ("analysis/language.rs", "names of languages, codes and stemmers"),
    ("extract/claims/hosts.rs", "parts of host names, relations of links"),
    ("extract/claims/json_ld.rs", "types of schema.org"),
    ("extract/front.rs", "keys of front matter"),
    ("extract/markup/authors.rs", "elements of HTML"),
    ("extract/markup/signs.rs", "elements of HTML"),
    ("query/weights.rs", "names of settings"),
    ("search/parity.rs", "queries of a test"),
    ("search/parity/articles.rs", "articles of a test"),
];

/// So many words in one list are a table.
const A_TABLE: usize = 8;

#[test]
fn lists_of_words_stand_in_the_lexicon() {
    let mut lists = Vec::new();
    for (module, file, text) in library() {
        let fixed = SYNTAX_FILES.iter().any(|(known, _)| file.ends_with(known));
        if fixed || SYNTAX_MODULES.contains(&module.as_str()) || file.to_string_lossy().contains("tests") {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for list in code.split('[').skip(1).filter_map(|rest| rest.split(']').next()) {
            let words = list.split('"').skip(1).step_by(2).filter(|literal| is_prose(literal)).count();
            if words >= A_TABLE {
                lists.push(format!(
                    "{}: {words} words in [{}",
                    file.display(),
                    list.trim_start().lines().next().unwrap_or_default()
                ));
            }
        }
    }
    assert_eq!(lists, Vec::<String>::new(), "move them into a table of src/lexicon");
}

/// Whether a literal is a word or a phrase of a human language: letters, with blanks, dots and apostrophes between.
fn is_prose(literal: &str) -> bool {
    let letters = literal.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && literal.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '\'' | '’' | ':'))
}

/// Every file of the library with the name of its top module and its text.
fn library() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let mut found = Vec::new();
    for file in files {
        let below = file.strip_prefix(&root).expect("a file of src").to_path_buf();
        let first = below.iter().next().expect("a path").to_string_lossy().replace(".rs", "");
        if !["cli", "main"].contains(&first.as_str()) {
            let text = fs::read_to_string(&file).expect("source text");
            found.push((first, file, text));
        }
    }
    assert!(found.len() > 20, "the source was found");
    found
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim_start).filter(|line| !line.starts_with("//"))
}

/// The modules behind `crate::` in code; the crate's own `Error` and `Result` are `error`.
fn crate_modules_named_in(text: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for line in code_lines(text) {
        for rest in line.split("crate::").skip(1) {
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(list) => list.split(',').collect(),
                None => vec![rest],
            };
            for name in names {
                let name: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                match name.as_str() {
                    "" => {}
                    "Error" | "Result" => drop(named.insert("error".to_owned())),
                    _ => drop(named.insert(name)),
                }
            }
        }
    }
    named
}
