use std::collections::HashMap;

use super::table::{LANGUAGES, WordRow};
use super::*;

#[test]
fn every_row_of_every_table_of_words_is_read() {
    for words in ALL_WORDS {
        if let Err(bad) = words.table().try_read(WordRow::parse) {
            panic!("{bad}");
        }
        assert!(!words.rows().is_empty());
    }
    for table in ALL_TABLES {
        if let Err(bad) = table.try_read(|_| Ok(())) {
            panic!("{bad}");
        }
    }
}

#[test]
fn every_file_of_the_folder_is_a_table() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lexicon");
    let files = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("a file").file_name());
    let files = files.filter(|name| name.to_string_lossy().ends_with(".tsv")).count();
    assert_eq!(files, ALL_WORDS.len() + ALL_TABLES.len());
}

#[test]
fn no_word_stands_twice_in_a_table() {
    for words in ALL_WORDS {
        let mut seen: HashMap<(String, &str), &str> = HashMap::new();
        for row in words.rows() {
            for word in &row.words {
                let before = seen.insert((word.to_lowercase(), row.language), row.labels);
                assert_eq!(before, None, "{word:?} ({}) is {:?} too", row.language, row.labels);
            }
        }
        // what holds in every language is said once
        for ((word, language), labels) in &seen {
            let again = *language != "*" && seen.contains_key(&(word.clone(), "*"));
            assert!(!again, "{word:?} ({language}, {labels}) stands for every language too");
        }
    }
}

#[test]
fn a_bad_row_is_told_with_its_line_and_reason() {
    for (text, told) in [
        ("# words\nby\ten\tby\nby\txx\tvon\n", "t.tsv, line 3: no language \"xx\""),
        ("by\ten\n", "t.tsv, line 1: no words"),
        ("by\n", "t.tsv, line 1: no language"),
        ("by\ten\tby \n", "t.tsv, line 1: a cell is empty or has blanks around it"),
        ("by\ten\t\tvon\n", "t.tsv, line 1: a cell is empty or has blanks around it"),
    ] {
        let bad = LexiconTable::new("t.tsv", text).try_read(WordRow::parse).err().expect("a bad row");
        assert_eq!(bad.to_string(), told);
    }
    let three = |row: &Row| row.exactly::<3>().map(drop);
    let bad = LexiconTable::new("t.tsv", "a\tb\n").try_read(three).expect_err("two cells");
    assert_eq!(bad.to_string(), "t.tsv, line 1: 2 cells in place of 3");
}

#[test]
fn each_language_has_months_weekdays_labels_leads_and_function_words() {
    let languages = LANGUAGES.iter().filter(|code| !["*", "zh", "ja", "ko"].contains(code));
    for code in languages.copied() {
        let months = MONTHS.rows().filter(|row| row.cells().next() == Some(code)).count();
        let weekdays = WEEKDAYS.rows().filter(|row| row.cells().next() == Some(code)).count();
        assert!((1..=2).contains(&months) && (1..=2).contains(&weekdays), "{code}");
        let has =
            |words: &WordTable, label: &str| words.rows().iter().any(|row| row.language == code && row.has(label));
        assert!(has(&DATE_LABELS, "published") && has(&DATE_LABELS, "updated"), "{code}: no labels of dates");
        assert!(BYLINES.rows().iter().any(|row| row.language == code), "{code}: no leads");
        assert!(has(&STOPWORDS, "function"), "{code}: no function words");
        let single_letters = ["ar", "fa"].contains(&code);
        assert!(single_letters || has(&ABBREVIATIONS, "abbreviation"), "{code}: no abbreviations");
    }
}

#[test]
fn months_go_by_the_language_of_the_text() {
    let stated = |tag| Locale::stated(tag, Locale::default());
    for (word, locale, number, sure) in [
        ("June", Locale::default(), 6, true),
        ("JÄNNER", Locale::default(), 1, true),
        ("Kasım", Locale::default(), 11, true),
        ("fevrier", Locale::default(), 2, true),
        ("ΙΟΥΝΙΟΥ", Locale::default(), 6, true),
        ("июня", Locale::default(), 6, true),
        ("फरवरी", Locale::default(), 2, true),
        ("set", Locale::default(), 9, false),
        ("set", Locale::of_archive("en"), 9, false),
        ("set", Locale::of_archive("pt"), 9, true),
        ("set", stated("it-IT"), 9, true),
        ("des", stated("nb"), 12, true),
    ] {
        assert_eq!(month(word, locale), Some(Named { number, sure }), "{word}");
    }
    // in a text that says that it is French, `des` is a word
    assert_eq!(month("des", stated("fr")), None);
    assert_eq!(month("harbour", Locale::default()), None);
    assert_eq!(weekday("giovedì", Locale::default()).map(|day| day.number), Some(4));
    assert_eq!(weekday("Mi", Locale::of_archive("de")), Some(Named { number: 3, sure: true }));
}

#[test]
fn phrases_are_found_whatever_their_case_accents_and_blanks() {
    let phrases = Phrases::new([("mis à jour", 1), ("mis à jour le", 2), ("stand", 3), ("更新日", 4)]);
    for (text, found) in [
        ("Mis a  jour le 3 mai", Some((2, 14))),
        ("MIS À JOUR: 3 mai", Some((1, 11))),
        ("Stand: 27.06.2018", Some((3, 5))),
        ("Standing room", None),
        ("更新日2018年", Some((4, 9))),
        ("", None),
    ] {
        assert_eq!(phrases.at_start(text), found, "{text}");
    }
    assert_eq!(phrases.last_in("Stand 3 mai, mis à jour"), Some(1));
    assert_eq!(phrases.last_in("understand"), None);
}
