use super::super::Archive;
use super::*;
use crate::analysis::Language;
use crate::article::{Article, ArticleId, Block, BlockKind, Fragment, Span};
use crate::budget::Budget;
use crate::error::Result;
use crate::index::{FileEntry, PreparedArticle, Provenance, Writer, WriterOptions};
use crate::matching::{Atom, Lexicon, Test};
use crate::search::lexicon::{ArchiveWords, MAX_EXPANSIONS};

/// An archive with a segment for each batch of articles.
struct Scratch {
    dir: tempfile::TempDir,
}

impl Scratch {
    fn of(batches: &[&[&str]]) -> Self {
        let scratch = Self { dir: tempfile::tempdir().expect("a folder") };
        batches.iter().for_each(|batch| scratch.add(batch));
        scratch
    }

    fn writer(&self) -> Writer {
        Writer::open(
            self.dir.path(),
            WriterOptions { threads: 1, memory: Budget::new(32 << 20), ..WriterOptions::default() },
        )
        .expect("a writer")
    }

    /// Each text becomes an article in a file of its own, which is called after it.
    fn add(&self, texts: &[&str]) {
        let mut writer = self.writer();
        for text in texts {
            let number = writer.take_number();
            writer.put(number, &ArticleId(number.to_string()), prepared(text)).expect("put");
            writer.enter(&entry(number, text));
        }
        writer.commit().expect("committed");
        writer.close().expect("closed");
    }

    fn remove(&self, text: &str) {
        let mut writer = self.writer();
        let number = writer.files().file(text).expect("the file").number;
        writer.remove_file(number);
        writer.commit().expect("committed");
        writer.close().expect("closed");
    }

    fn archive(&self) -> Archive {
        Archive::open(self.dir.path()).expect("an archive")
    }
}

/// What a pattern or a typing error stands for, and whether there was more.
struct Expansion {
    forms: Vec<String>,
    cut: bool,
}

/// What a query asks of the dictionary, as it is typed.
impl Archive {
    fn wildcard(&self, pattern: &str) -> Result<Expansion> {
        let found = ArchiveWords::of(self).wildcard(&self.analyzer.folded_pattern(pattern), None);
        found.map(|(forms, cut)| Expansion { forms, cut })
    }

    fn typos(&self, word: &str, edits: u8) -> Result<Expansion> {
        let found = ArchiveWords::of(self).typos(&self.analyzer.folded(word).concat(), edits, None);
        found.map(|(forms, cut)| Expansion { forms, cut })
    }

    fn neighbours(&self, word: &str, limit: usize) -> Result<Vec<String>> {
        ArchiveWords::of(self).nearest(&self.analyzer.folded(word).concat(), None, limit)
    }

    fn articles_with_form(&self, word: &str) -> tantivy::Result<usize> {
        let forms = AnyForm::new(&self.dictionary, &of_forms(&[self.analyzer.folded(word).concat()]))?;
        self.searcher().search(&forms, &tantivy::collector::Count)
    }
}

fn of_forms(forms: &[String]) -> Atom {
    Atom { name: None, terms: forms.to_vec(), test: Test::Forms(forms.iter().cloned().collect()) }
}

#[test]
fn segments_merged_are_the_segments_they_were() {
    let texts: Vec<String> = (0..12).map(|n| format!("Lamp number{n} burns in harbour{}", n % 3)).collect();
    let scratch = Scratch::of(&[]);
    texts.iter().for_each(|text| scratch.add(&[text.as_str()]));
    scratch.remove(&texts[4]);
    let archive = scratch.archive();
    assert!(archive.searcher().segment_readers().len() < texts.len(), "some were merged");
    assert_eq!(archive.articles_with_form("lamp").expect("read"), 11);
    assert_eq!(archive.articles_with_form("harbour1").expect("read"), 3);
    assert_eq!(archive.articles_with_form("number4").expect("read"), 0);
    let mut harbours = archive.wildcard("harbour?").expect("read").forms;
    harbours.sort();
    assert_eq!(harbours, ["harbour0", "harbour1", "harbour2"]);
}

fn prepared(text: &str) -> PreparedArticle {
    let fragments = [Fragment { at: 0, span: Span::new(0, text.len()), line: 1 }].into_iter().collect();
    let block = Block { kind: BlockKind::Paragraph, text: text.to_owned(), fragments, opens: None };
    let from =
        Provenance { path: text, root: None, record: None, hash: [0; 32], url: None, language: Language::default() };
    PreparedArticle::new(Article { body: vec![block], ..Article::default() }, from, |_| None)
}

fn entry(number: u64, path: &str) -> FileEntry<'_> {
    FileEntry { articles: 1, ..FileEntry::new(number, path, "", blake3::hash(b"")) }
}

const TEXTS: [&str; 5] = [
    "The sanctions stand, said Averyanov in Helsinki.",
    "New sanctions: Averianov and the sanctioned. Helsinki, 2018.",
    "Sanctioning Zürich, Łódź and 北京大学 was the plan.",
    "Правительство ввело санкции; правительства ждут санкций.",
    "One sanction more, said the Helsinkians of Helsinki.",
];

#[test]
fn patterns_and_typos_stand_for_words_of_the_archive_however_it_is_cut_into_segments() {
    let one: Vec<&[&str]> = vec![&TEXTS];
    let many: Vec<&[&str]> = TEXTS.chunks(1).collect();
    for batches in [one, many] {
        let archive = Scratch::of(&batches).archive();
        for (pattern, expected) in [
            ("sanction*", "sanctions sanction sanctioned sanctioning"),
            ("Aver?anov", "averianov averyanov"),
            ("*ŹÜR?CH", "zurich"),
            ("ZÜR?CH", "zurich"),
            ("Łó*", "lodz"),
            ("санкци?", "санкции санкций"),
            ("правительств*", "правительства правительство"),
            ("北*", "北"),
            ("201?", "2018"),
            ("sanctions", "sanctions"),
            ("helsinki", "helsinki"),
            ("zz*", ""),
        ] {
            assert_eq!(archive.wildcard(pattern).expect("read").forms.join(" "), expected, "{pattern}");
        }
        for (word, edits, expected) in [
            ("Averyanof", 1, "averyanov"),
            ("Averyanof", 2, "averianov averyanov"),
            ("helsikni", 1, "helsinki"),
            ("Zurich", 1, "zurich"),
            ("санкцыи", 1, "санкции"),
            ("nothing", 1, ""),
        ] {
            assert_eq!(archive.typos(word, edits).expect("read").forms.join(" "), expected, "{word}~{edits}");
        }
    }
}

#[test]
fn what_is_cut_is_the_less_frequent_and_said() {
    let letters = || "abcdefghijklmnopq".chars();
    let words: Vec<String> = letters().flat_map(|a| letters().map(move |b| format!("lamp{a}{b}"))).collect();
    let all = words.join(" ");
    let archive = Scratch::of(&[&[&all, "lampzz lampz"], &["lampzz"]]).archive();
    let expansion = archive.wildcard("lamp*").expect("read");
    assert_eq!((expansion.forms[0].as_str(), expansion.forms.len(), expansion.cut), ("lampzz", MAX_EXPANSIONS, true));
    assert!(expansion.forms[1..].is_sorted(), "ties go by the alphabet");
    let few = archive.wildcard("lampz*").expect("read");
    assert_eq!((few.forms, few.cut), (vec!["lampzz".to_owned(), "lampz".to_owned()], false));
}

#[test]
fn a_word_that_no_living_article_has_is_none() {
    let scratch = Scratch::of(&[&["Averyanov spoke.", "Averianov spoke.", "Averyanow spoke."], &["Averyanow again."]]);
    assert_eq!(scratch.archive().articles_with_form("Averyanov").expect("read"), 1);
    scratch.remove("Averyanov spoke.");
    scratch.remove("Averyanow again.");
    let archive = scratch.archive();
    assert_eq!(archive.articles_with_form("Averyanov").expect("read"), 0);
    assert_eq!(archive.articles_with_form("Averyanow").expect("read"), 1);
    assert_eq!(archive.wildcard("aver*").expect("read").forms, ["averianov", "averyanow"]);
    assert_eq!(archive.typos("averyanov", 1).expect("read").forms, ["averianov", "averyanow"]);
    let any_of = |forms: [&str; 2]| {
        let query = AnyForm::new(&archive.dictionary, &of_forms(&forms.map(str::to_owned))).expect("a query");
        archive.searcher().search(&query, &tantivy::collector::Count).expect("searched")
    };
    assert_eq!(any_of(["averyanov", "nobody"]), 0, "the dead are not counted");
    assert_eq!(any_of(["averyanow", "averianov"]), 2);
    let near = archive.neighbours("averyanov", 9).expect("read");
    assert_eq!(near, ["averianov", "averyanow"]);
}

#[test]
fn unknown_words_bring_the_nearest_and_numbers_none() {
    let archive = Scratch::of(&[
        &["Helsinki Helsinkis belsinky cat cot at 2018 правительство 北京"],
        &["Helsinki cot helsinker"],
    ])
    .archive();
    for (word, expected) in [
        ("Helsinky", "helsinki belsinky helsinker"),
        ("hlesinki", "helsinki helsinkis"),
        ("cta", "cat"),
        ("cit", "cot cat"),
        ("ct", ""),
        ("2019", ""),
        ("правителство", "правительство"),
        ("上", ""),
        ("unheardof", ""),
    ] {
        let near = archive.neighbours(word, 3).expect("read");
        assert_eq!(near.join(" "), expected, "{word}");
    }
}
