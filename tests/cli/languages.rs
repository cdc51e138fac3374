use serde_json::Value;

use super::support::{Archive, Run, article, highlighted, text};

fn archive(language: &str, body: &str) -> Archive {
    let archive = Archive::of(&[("a.txt", article("Lorem 1", &[body]))]);
    let run = archive.run(&["index", "articles", "--language", language]);
    assert_eq!(run.status, 0, "{language}: {run:?}");
    archive
}

/// Language, an article, then queries with the words that are marked in it; none where it is not found.
type Row = (&'static str, &'static str, &'static [(&'static str, &'static [&'static str])]);

const TABLE: &[Row] = &[
    (
        "finnish",
        "Hätätilasta kerrottiin kylässä, ja presidentin talossa oltiin hiljaa.",
        &[
            ("hätätila", &["Hätätilasta"]),
            ("hatatila kylät", &["Hätätilasta", "kylässä"]),
            ("\"presidentti talo\"", &["presidentin talossa"]),
            ("talot missä", &["talossa"]),
            ("metsä", &[]),
        ],
    ),
    (
        "German",
        "Die Häuser an der Straße gehören dem Präsidenten; die Flüchtlinge wohnen in Köln.",
        &[
            ("haus", &["Häuser"]),
            ("Strassen", &["Straße"]),
            ("wo wohnen die Flüchtling", &["Flüchtlinge", "wohnen"]),
            ("Präsident Koeln", &["Präsidenten", "Köln"]),
            ("Haeuser", &["Häuser"]),
            ("Mädchen", &[]),
        ],
    ),
    (
        "ru",
        "Правительство ввело санкции против самолётов, сообщили в Москве.",
        &[
            ("санкция", &["санкции"]),
            ("самолет", &["самолётов"]),
            ("что в москва", &["Москве"]),
            ("САНКЦИЯМИ", &["санкции"]),
            ("переговоры", &[]),
        ],
    ),
    (
        "fr",
        "L’élection présidentielle a divisé l'Europe; trois femmes ont été arrêtées à Lyon.",
        &[
            ("elections", &["élection"]),
            ("Europe", &["Europe"]),
            ("l'élection", &["élection"]),
            ("arrêter", &["arrêtées"]),
            ("\"élections présidentielles\"", &["élection présidentielle"]),
            ("divisee d'Etat", &[]),
        ],
    ),
    (
        "es",
        "Las sanciones económicas afectan a los niños, dijo el presidente.",
        &[
            ("sanción economía", &["sanciones", "económicas"]),
            ("nino presidenta", &["niños", "presidente"]),
            ("ministro", &[]),
        ],
    ),
    (
        "italian",
        "Le elezioni dell'Unione sono state discusse in città.",
        &[("elezione unione", &["elezioni", "Unione"]), ("citta", &["città"])],
    ),
    (
        "tr",
        "Seçimler İstanbul'da ve ILGAZ'da yapıldı; ışıklar söndü.",
        &[("istanbul", &["İstanbul'da"]), ("seçimleri ışık", &["Seçimler", "ışıklar"])],
    ),
    (
        "arabic",
        "قال الرئيس إن الانتخابات ستجرى في المدينة.",
        &[("رئيس", &["الرئيس"]), ("مدينة", &["المدينة"]), ("وزير", &[])],
    ),
    ("hi", "सरकारों ने चुनावों की घोषणा की।", &[("सरकार", &["सरकारों"]), ("चुनाव", &["चुनावों"]), ("नदी", &[])]),
    ("el", "Η κυβέρνηση ανακοίνωσε εκλογές.", &[("κυβερνησησ", &["κυβέρνηση"]), ("ΕΚΛΟΓΩΝ", &["εκλογές"])]),
    (
        "none",
        "北京大学今天宣布, Apple开设新校区。 東京タワーは高い。",
        &[
            ("北京大学", &["北京大学"]),
            ("北京大学 Apple", &["北京大学", "Apple"]),
            ("Apple开设", &["Apple", "开设"]),
            ("東京タワー", &["東京タワー"]),
            ("大学北京", &["北京", "大学"]),
            ("\"大学北京\"", &[]),
        ],
    ),
    (
        "english",
        "A lecturer of 北京大学 read the news (한국어 뉴스) in สวัสดีครับ Hall.",
        &[
            ("北京大学 lecturers", &["lecturer", "北京大学"]),
            ("한국어 뉴스", &["한국어", "뉴스"]),
            ("สวัสดี", &["สวัสดี"]),
            ("京北", &[]),
        ],
    ),
];

#[test]
fn forms_of_words_are_found_and_marked_in_their_language() {
    for (language, body, queries) in TABLE {
        let archive = archive(language, body);
        for (query, marked) in *queries {
            let hits = archive.hits(&[query]);
            assert_eq!(hits.is_empty(), marked.is_empty(), "{language}: {query}");
            let found: Vec<String> = hits.iter().flat_map(highlighted).collect();
            assert_eq!(found, *marked, "{language}: {query}");
        }
    }
}

#[test]
fn an_index_keeps_its_language() {
    let archive = archive("DE", "Die Häuser an der Straße.");
    let refused: Run = archive.run(&["index", "articles", "--language", "french"]);
    assert_eq!(refused.status, 2);
    let expected = "dateline: index: the language of this index is german, not french; update it without --language, or \
        build another with --index DIR\n";
    assert_eq!(refused.stderr, expected);
    archive.write("b.txt", article("Lorem 2", &["Drei Häusern fehlt das Dach."]).as_bytes());
    for args in [&["index", "articles"][..], &["index", "articles", "--language", "german"]] {
        assert_eq!(archive.run(args).status, 0);
    }
    let mut found = archive.found(&["Haus"]);
    found.sort();
    assert_eq!(found, ["a", "b"]);
}

#[test]
fn an_unknown_language_is_refused_with_those_there_are() {
    let archive = Archive::of(&[("a.txt", article("Lorem 1", &["Ipsum."]))]);
    let run = archive.run(&["index", "articles", "--language", "klingon"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("no language \"klingon\"; there are arabic (ar), "), "{}", run.stderr);
    assert!(!archive.dir.path().join("index").exists(), "nothing was made");
}

#[test]
fn suggestions_keep_to_the_language() {
    let archive = archive("german", "Die Häuser an der Straße gehören dem Präsidenten.");
    let run = archive.run(&["query", "Presidenten", "--format", "json"]);
    let answer: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(text(&answer["suggestions"][0]["words"][0]), "Prasidenten");
}
