//! `dateline.toml`: what is set there, and what goes before it.

use std::fs;
use std::process::Command;

use tempfile::TempDir;

/// A folder of a project and a home, each with its settings.
struct Place {
    dir: TempDir,
}

impl Place {
    fn with(project: &str, home: &str) -> Self {
        let place = Self { dir: tempfile::tempdir().expect("a folder") };
        let below = place.dir.path().join("project/drafts");
        fs::create_dir_all(&below).expect("a folder");
        fs::create_dir_all(place.dir.path().join("home/dateline")).expect("a folder");
        for (file, text) in [("project/dateline.toml", project), ("home/dateline/dateline.toml", home)] {
            if !text.is_empty() {
                fs::write(place.dir.path().join(file), text).expect("written");
            }
        }
        place
    }

    /// Runs the command in a folder below the project's; paths of the place are printed as `…`.
    fn run(&self, args: &str, env: &[(&str, &str)]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.current_dir(self.dir.path().join("project/drafts")).args(args.split_whitespace());
        for name in ["DATELINE_CONFIG", "DATELINE_INDEX", "DATELINE_ENGINE"] {
            command.env_remove(name);
        }
        command.env("XDG_CONFIG_HOME", self.dir.path().join("home")).envs(env.iter().copied());
        let output = command.output().expect("runs");
        let place = self.dir.path().canonicalize().expect("a folder");
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).expect("UTF-8");
            text.replace(place.to_str().expect("a name"), "…").replace(self.dir.path().to_str().expect("a name"), "…")
        };
        (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
    }

    /// The row of a setting, its columns parted by one blank.
    fn row(&self, setting: &str, args: &str, env: &[(&str, &str)]) -> String {
        let (status, out, err) = self.run(&format!("config {args}"), env);
        assert_eq!(status, 0, "{err}");
        let row = out.lines().find(|line| line.starts_with(setting)).expect("a row");
        row.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
    }
}

const PROJECT: &str = "index = \"archive\"\nformat = \"json\"\nweights = { passage = 0.5, lead = 0 }\n";
const HOME: &str = "engine = \"opensearch:http://localhost:9200/news\"\nlanguage = \"german\"\nformat = \"jsonl\"\n";

#[test]
fn a_flag_goes_before_the_environment_that_before_the_project_and_that_before_the_home() {
    let both = Place::with(PROJECT, HOME);
    let (home, none) = (Place::with("", HOME), Place::with("", ""));
    let (ours, theirs) = ("…/project/dateline.toml", "…/home/dateline/dateline.toml");
    let variable = [("DATELINE_INDEX", "elsewhere")];
    for (place, setting, args, env, row) in [
        (&both, "index", "", &[][..], format!("…/project/archive {ours}")),
        (&both, "engine", "", &[], "- default".to_owned()),
        (&both, "format", "", &[], format!("json {ours}")),
        (&both, "language", "", &[], format!("german {theirs}")),
        (&both, "weights", "", &[], format!("lead=0,passage=0.5 {ours}")),
        (&both, "outlets", "", &[], "- default".to_owned()),
        (&both, "index", "", &variable, "elsewhere DATELINE_INDEX".to_owned()),
        (&both, "index", "--index typed", &variable, "typed --index".to_owned()),
        (&both, "engine", "--engine opensearch:http://h:1/i", &[], "opensearch:http://h:1/i --engine".to_owned()),
        (&both, "index", "--engine opensearch:http://h:1/i", &[], "- default".to_owned()),
        (&home, "engine", "", &[], format!("opensearch:http://localhost:9200/news {theirs}")),
        (&home, "index", "", &[], "- default".to_owned()),
        (&home, "engine", "", &variable, "- default".to_owned()),
        (&home, "index", "", &variable, "elsewhere DATELINE_INDEX".to_owned()),
        (&home, "format", "", &[("DATELINE_CONFIG", "")], "text default".to_owned()),
        (&none, "index", "", &[], "index default".to_owned()),
        (&none, "language", "", &[], "english default".to_owned()),
    ] {
        // `config` itself has a format, which is no setting that it shows
        assert_eq!(place.row(setting, &format!("--format text {args}"), env), row, "{setting} {args} {env:?}");
    }
}

#[test]
fn what_is_set_counts_where_a_flag_would() {
    let place = Place::with("index = \"archive\"\nformat = \"jsonl\"\nlanguage = \"german\"\n", "");
    fs::write(place.dir.path().join("project/drafts/a.txt"), "Die Häfen\n\nIn den Häfen lagen die Boote.\n")
        .expect("written");
    let (status, out, err) = place.run("index a.txt", &[]);
    assert_eq!((status, out.contains("records")), (0, true), "jsonl is no format of a report: {out}{err}");
    assert!(place.dir.path().join("project/archive/meta.json").exists(), "paths count from the file's folder");
    for (command, is_json) in [("query Hafen", true), ("search Hafen", true), ("find --format text Hafen", false)] {
        let (status, out, err) = place.run(command, &[]);
        assert_eq!((status, out.starts_with('{')), (0, is_json), "{command}: {out}{err}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_told_with_its_line() {
    let there = "a settings file has index, engine, format, language, outlets, weights";
    for (text, told) in [
        (
            "index = \"a\"\nidnex = \"b\"\n",
            format!(
                "line 2: unknown field `idnex`, expected one of `index`, `engine`, `format`, `language`, `outlets`, `weights`; {there}"
            ),
        ),
        ("\nlanguage = \"klingon\"\n", "line 2: no language \"klingon\"; there are".to_owned()),
        ("format = \"xml\"\n", "line 1: no format \"xml\"; there are text, json".to_owned()),
        ("[weights]\npassages = 1\n", "line 1: no weight \"passages\"; there are".to_owned()),
        ("index = \"a\"\nengine = \"b\"\n", "index and engine each name an archive; leave one of them out".to_owned()),
        ("index = [", "line 1: ".to_owned()),
    ] {
        let (status, _, err) = Place::with(text, "").run("query x", &[]);
        assert_eq!(status, 2);
        assert!(err.starts_with("dateline: …/project/dateline.toml: ") && err.contains(&told), "{text:?}: {err}");
    }
    let missing = Place::with("", "").run("query x", &[("DATELINE_CONFIG", "no.toml")]);
    assert_eq!(missing.0, 2);
    assert!(missing.2.starts_with("dateline: no.toml: "), "{}", missing.2);
}

#[test]
fn shells_and_man_know_the_commands() {
    let place = Place::with("", "");
    for (command, parts) in [
        ("completions bash", &["_dateline()", "--per-article", "inspect"][..]),
        ("completions zsh", &["#compdef dateline", "Find passages"]),
        ("completions fish", &["complete -c dateline", "recency"]),
        ("man", &[".TH DATELINE 1", "dateline\\-query(1)"]),
        (
            "man query",
            &[".TH DATELINE-QUERY 1", "\\-\\-recency", "dateline search, dateline find", "\n  sanction*  Aver?anov"],
        ),
    ] {
        let (status, out, err) = place.run(command, &[]);
        assert_eq!(status, 0, "{command}: {err}");
        parts.iter().for_each(|part| assert!(out.contains(part), "{command}: no {part} in\n{out}"));
    }
    assert_eq!(place.run("man --into pages", &[]).0, 0);
    let pages = fs::read_dir(place.dir.path().join("project/drafts/pages")).expect("pages");
    let mut names: Vec<String> =
        pages.map(|page| page.expect("a page").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    assert!(names.starts_with(&["dateline-backup.1".to_owned(), "dateline-batch.1".to_owned()]), "{names:?}");
    assert!(names.len() > 12 && names.ends_with(&["dateline.1".to_owned()]), "{names:?}");
    assert!(place.run("man nothing", &[]).2.contains("no command \"nothing\""));
}

#[test]
fn a_bad_file_bars_only_what_needs_it() {
    let bad = Place::with("index = [", "format = \"jsonl\"\n");
    for (args, status) in [
        ("--help", 0),
        ("--version", 0),
        ("query --help", 0),
        ("help query", 0),
        ("guide", 0),
        ("completions bash", 0),
        ("man", 0),
        ("config", 2),
        ("config --format json", 2),
        ("query x", 2),
        ("index .", 2),
        ("check", 2),
    ] {
        let (found, out, err) = bad.run(args, &[]);
        let needs =
            !matches!(args.split(' ').next(), Some("--help" | "--version" | "help" | "guide" | "completions" | "man"));
        let needs = needs && args != "query --help";
        let said = format!("{out}{err}");
        assert_eq!((found, said.contains("…/project/dateline.toml: line 1: ")), (status, needs), "{args}: {said}");
    }
    let (_, out, _) = bad.run("config", &[]);
    assert!(
        out.contains("\nrefused   …/project/dateline.toml: line 1: ") && out.contains("\nread      …/home"),
        "{out}"
    );
    assert!(out.contains("format    jsonl"), "the other file counts: {out}");
}

#[cfg(unix)]
#[test]
fn what_has_the_name_of_a_file_and_is_none_is_refused() {
    type Make = fn(&std::path::Path);
    let makes: [(&str, Make); 3] = [
        ("a dead link", |path| std::os::unix::fs::symlink("nowhere", path).expect("linked")),
        ("a pipe", |path| assert!(Command::new("mkfifo").arg(path).status().expect("runs").success())),
        ("a folder", |path| fs::create_dir(path).expect("a folder")),
    ];
    for (what, make) in makes {
        for file in ["project/dateline.toml", "home/dateline/dateline.toml"] {
            let place = Place::with("", "");
            make(&place.dir.path().join(file));
            let (status, out, err) = place.run("stats", &[]);
            assert!(status == 2 && err.contains(&format!("…/{file}: ")), "{what}: {out}{err}");
            let (_, out, _) = place.run("config", &[]);
            assert!(out.contains(&format!("refused   …/{file}: ")), "{what}: {out}");
        }
    }
}

#[test]
fn a_language_that_is_set_counts_for_a_new_index_only() {
    let place = Place::with("", "");
    fs::write(place.dir.path().join("project/drafts/a.txt"), "A lamp\n\nIt burns in the harbour.\n").expect("written");
    assert_eq!(place.run("index a.txt", &[]).0, 0);
    fs::write(place.dir.path().join("project/dateline.toml"), "language = \"german\"\n").expect("written");
    for (args, status, said) in [
        ("index a.txt", 0, ""),
        ("index --compact", 0, ""),
        ("index a.txt --language german", 2, "the language of this index is english, not german"),
        ("index a.txt --language english", 0, ""),
        ("index a.txt --index new", 0, ""),
        ("index a.txt --index new --language english", 2, "the language of this index is german, not english"),
        ("index a.txt --index newer --language french", 0, ""),
        ("index a.txt --index newer --language english", 2, "the language of this index is french, not english"),
    ] {
        let (found, out, err) = place.run(args, &[]);
        assert!(found == status && err.contains(said) && err.is_empty() == said.is_empty(), "{args}: {out}{err}");
    }
}

#[test]
fn the_projects_own_files_are_no_articles() {
    let place = Place::with("index = \"archive\"\noutlets = \"outlets.tsv\"\n", "");
    let project = place.dir.path().join("project");
    fs::write(project.join("outlets.tsv"), "-\tHarbour Post\tHP\n").expect("written");
    fs::write(project.join("drafts/dateline.toml"), "").expect("written");
    fs::write(project.join("a.txt"), "A lamp\n\nIt burns in the harbour.\n").expect("written");
    for _ in 0..2 {
        let config = project.join("dateline.toml");
        let env = [("DATELINE_CONFIG", config.to_str().expect("UTF-8"))];
        let (status, out, err) = place.run("index ..", &env);
        assert_eq!(status, 0, "{out}{err}");
        for said in ["2 settings files", "1 file that flags name"] {
            assert!(out.contains(said), "{said}: {out}");
        }
        let (_, out, _) = place.run("stats --format json", &env);
        assert!(out.contains("\"articles\":1,"), "{out}");
    }
}

#[test]
fn one_archive_is_named_at_a_time() {
    let place = Place::with("", "");
    let engine = "opensearch:http://h:1/i";
    let both = "each name an archive; leave one of them out";
    for (args, env, status, said) in [
        ("config", &[("DATELINE_INDEX", "x"), ("DATELINE_ENGINE", engine)][..], 2, both),
        ("config --index y", &[("DATELINE_INDEX", "x"), ("DATELINE_ENGINE", engine)], 0, "y  "),
        ("config", &[("DATELINE_INDEX", "x"), ("DATELINE_ENGINE", "")], 0, "x  "),
        ("config", &[("DATELINE_INDEX", ""), ("DATELINE_ENGINE", engine)], 0, "opensearch"),
        ("config", &[("DATELINE_INDEX", "")], 0, "index     index"),
        ("config --index y --engine z", &[], 2, both),
    ] {
        let (found, out, err) = place.run(args, env);
        assert!(found == status && format!("{out}{err}").contains(said), "{args} {env:?}: {out}{err}");
    }
    let set = Place::with("index = \"archive\"\n", "");
    assert_eq!(set.row("index", "", &[("DATELINE_INDEX", "")]), "…/project/archive …/project/dateline.toml");
}
