//! What people type who come from other systems finds what they mean, or is told and refused under `--strict`.

use super::support::Archive;

const ARTICLES: &str = concat!(
    r#"{"id":"masks","outlet":"BBC News","byline":"Ada Okafor","headline":"Nurses ask for N95 masks","body":"Nurses said the W5 programme showed N95 masks in old quays and colour films."}"#,
    "\n",
    r#"{"id":"quay","url":"https://www.news.example.com/quay","byline":"Lena Marten and Ada Okafor","headline":"Bolton walks the quay","body":"Bolton met one two three Lavrov at the old quarry, and colors were sanctioned."}"#,
    "\n",
    r#"{"id":"bay","url":"http://example.com/bay","headline":"Lavrov at the bay","body":"Lavrov came after Bolton; Yahoo was there 24/7 and AT&T too."}"#,
    "\n",
);

/// What is typed, what it finds in any order, and what is told; where nothing is told, `--strict` passes.
const ROWS: &[(&str, &str, &str)] = &[
    ("bolton w/5 lavrov", "bay quay", ""),
    ("bolton pre/5 lavrov", "quay", ""),
    ("bolton N4 lavrov", "bay quay", "N4 is no word of this archive: read as NEAR/5; \\N4 is the word"),
    ("lavrov w1 bolton", "", "w1 is no word of this archive: read as PRE/2"),
    ("lavrov w2 bolton", "bay", "w2 is no word of this archive: read as PRE/3"),
    ("nurses W5 masks", "masks", ""),
    ("nurses N95 masks", "masks", ""),
    ("bolton ADJ5 lavrov", "quay", "ADJ5 is read as PRE/5"),
    ("bolton w/s lavrov", "bay quay", "w/s is read as SAME"),
    ("bolton && lavrov && !quay", "bay", ""),
    ("masks || quarry", "masks quay", ""),
    ("bolton BUT NOT yahoo", "quay", ""),
    ("sanction!", "quay", "sanction! is read as sanction*"),
    ("Yahoo! AT&T 24/7", "bay", ""),
    ("title:bolton", "quay", ""),
    ("HEADLINE(bolton w/5 quay)", "quay", ""),
    ("byline:okafor", "masks quay", ""),
    ("author:\"lena marten\"", "quay", ""),
    ("byline:=OKAFOR -byline:mart*", "masks", ""),
    ("source:bbc", "masks", ""),
    ("site:example.com", "bay quay", ""),
    ("site:news.example.com", "quay", ""),
    ("site:https://www.news.example.com/", "quay", ""),
    ("site:example.com/quay", "bay quay", "site: takes a host: /quay is passed over"),
    ("site:bbc.co.uk OR site:bbc.com", "masks", ""),
    ("-site:com", "", ""),
    ("/colou?rs?/", "masks quay", ""),
    ("/n.*5/", "masks", ""),
    ("/q[aeiou](y|b/", "", "( is not closed"),
    ("\"old qu*\"", "masks quay", ""),
    ("?ay", "bay", ""),
    ("yah*", "bay", ""),
    ("q*", "masks quay", ""),
    ("subject:trade bay", "bay", "\"subject:\" is no field: read as words"),
    ("lang:en bay", "bay", "lang: is not there yet"),
    ("body:bay", "bay", "body: is passed over"),
    ("(bolton and nurses)", "bay masks quay", "operators stand in capitals: and is read as a word, not as AND"),
    ("ATLEAST2(bay)", "bay", "ATLEAST2 is passed over"),
];

#[test]
fn what_other_systems_have_is_understood_or_told() {
    let archive = Archive::indexed(&[("articles.jsonl", ARTICLES)]);
    for (typed, expected, told) in ROWS {
        let run = archive.run(&["query", "--format", "jsonl", typed]);
        let mut found: Vec<String> = run
            .stdout
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .map(|hit| hit["article"].as_str().unwrap_or_default().to_owned())
            .collect();
        found.sort();
        assert_eq!(found.join(" "), *expected, "{typed}: {}", run.stderr);
        assert!(run.stderr.contains(told), "{typed}: {}", run.stderr);
        let strict = archive.run(&["query", "--strict", typed]);
        let is_refused = strict.status == 2 && strict.stderr.contains("does not read as typed");
        assert_eq!(is_refused, !told.is_empty(), "{typed}: {}{}", strict.stdout, strict.stderr);
    }
}

#[test]
fn what_the_archive_tells_of_a_strict_query_has_a_caret_under_its_place() {
    let archive = Archive::indexed(&[("articles.jsonl", ARTICLES)]);
    let run = archive.run(&["query", "--strict", "bolton N4 lavrov"]);
    let lines: Vec<&str> = run.stderr.lines().collect();
    let typed = lines.iter().position(|line| line.contains("bolton N4 lavrov")).expect("the query");
    assert_eq!(lines[typed + 1].find('^'), lines[typed].find("N4"), "{}", run.stderr);
}
