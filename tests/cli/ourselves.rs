//! The ranking gate on the articles, topics and judgments that ship.

use std::path::{Path, PathBuf};

use super::support::{Archive, Run};

const ARTICLES: [&str; 6] =
    ["--topics", "seeds/topics.tsv", "--qrels", "seeds/qrels.txt", "--baseline", "seeds/baseline.json"];
const PASSAGES: [&str; 8] = [
    "--topics",
    "seeds/topics.tsv",
    "--qrels",
    "seeds/qrels-passages.txt",
    "--baseline",
    "seeds/baseline-passages.json",
    "--by",
    "passage",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn gate(archive: &Archive, args: &[&str]) -> Run {
    let absolute: Vec<String> = args
        .iter()
        .map(|arg| if arg.starts_with("seeds/") { root().join(arg).display().to_string() } else { (*arg).to_owned() })
        .collect();
    let mut all = vec!["eval"];
    all.extend(absolute.iter().map(String::as_str));
    archive.run(&all)
}

#[test]
fn our_ranking_is_what_it_was_or_better() {
    let archive = Archive::of_folder(&root().join("seeds/articles"));
    for args in [&ARTICLES[..], &PASSAGES[..], &["--golden", "seeds/golden.tsv"]] {
        let run = gate(&archive, args);
        assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    }
}

#[test]
fn a_deliberate_harm_to_scoring_fails_the_gate() {
    let archive = Archive::of_folder(&root().join("seeds/articles"));
    for harm in
        ["passage=0,headline=0,ordered-pair=0,near-pair=0,article-b=0", "k1=0,passage=0,ordered-pair=0,near-pair=0"]
    {
        let run = gate(&archive, &[&ARTICLES[..], &["--weights", harm]].concat());
        assert_eq!(run.status, 1, "{harm}: {}", run.stdout);
        assert!(run.stdout.starts_with("ranking gate failed\n"), "{}", run.stdout);
        assert!(run.stdout.contains("changed since the baseline: scoring"), "the cause is named: {}", run.stdout);
    }
    let run = gate(&archive, &["--golden", "seeds/golden.tsv", "--weights", "passage=0,headline=0,article-b=0"]);
    assert_eq!(run.status, 1, "{}", run.stdout);
}

#[test]
fn changed_articles_are_named_as_the_cause() {
    let archive = Archive::of_folder(&root().join("seeds/articles"));
    archive.write(
        "more.txt",
        b"Helsinki again\n\nHelsinki is a venue, and Helsinki is the venue, say those who know Helsinki.\n",
    );
    assert_eq!(archive.run(&["index", "articles"]).status, 0);
    let run = gate(&archive, &ARTICLES);
    assert!(run.stdout.contains("changed since the baseline: articles"), "{}", run.stdout);
}
