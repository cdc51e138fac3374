use jiff::civil::Date;

use super::Query;
use super::grammar::{MAX_BYTES, MAX_DEPTH, MAX_NEARS, MAX_WORDS, plain, read};
use super::tree::{Node, Occur};

/// A Thursday.
const TODAY: Date = Date::constant(2018, 6, 28);

/// The table of examples: rows of `typed => read as // note // note`.
const TABLE: &str = include_str!("../../tests/tables/query-language.txt");

#[test]
fn what_is_typed_is_read_as_the_table_says() {
    let rows = TABLE.lines().filter(|row| !row.is_empty() && !row.starts_with("# "));
    let mut wrong = Vec::new();
    for row in rows {
        let (typed, _) = row.rsplit_once(" =>").expect("a row has an arrow");
        let query = read(typed, TODAY);
        let mut found = format!("{typed} => {query}");
        for note in &query.notes {
            found += &format!(" // {}", note.text);
        }
        if found.trim_end() != row.trim_end() {
            wrong.push(format!("  {row}\n  {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} rows are read otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn notes_say_where() {
    for (typed, places) in [
        ("plain words \"and a phrase\"", &[][..]),
        ("пресса (a", &[13]),
        ("a OR (b AND) after:soon c)", &[8, 13, 25]),
        ("a NEAR/0 b \"open", &[2, 11]),
    ] {
        let found: Vec<usize> = read(typed, TODAY).notes.iter().map(|note| note.at).collect();
        assert_eq!(found, places, "{typed}");
    }
}

#[test]
fn a_strict_reading_points_at_the_place() {
    let refusal = |typed: &str| read(typed, TODAY).strict(typed).map_err(|e| e.to_string());
    assert_eq!(refusal("+summit -football"), Ok(()));
    assert_eq!(
        refusal("summit (helsinki OR vienna"),
        Err("the query does not read as typed:\n  summit (helsinki OR vienna\n         ^ this ( is not closed: read as if it \
             closed at the end; correct it, or leave out --strict"
            .to_owned())
    );
    let caret_column = |typed: &str| {
        let message = refusal(typed).expect_err("a refusal");
        message.lines().nth(2).and_then(|line| line.find('^')).expect("a caret") - 2
    };
    assert_eq!(caret_column("東京 \"オリンピック"), 5, "wide characters take two columns");
    assert_eq!(caret_column("cafe\u{301} (a"), 5, "accents take none");
    assert_eq!(caret_column("a\tb\n(c"), 4, "tabs and line ends take one");
    assert_eq!(caret_column(&format!("{}(c", "word ".repeat(100))), 61, "a long query is shown around the place");
}

#[test]
fn plain_words_carry_no_signs() {
    let query = plain("Why did -Trump say \"no\" headline:x? - AND date:2018 (sanction*)");
    let Node::Clauses(clauses) = &query.root else { panic!("clauses") };
    assert_eq!(clauses.len(), 9);
    assert!(clauses.iter().all(|c| c.occur == Occur::Should && matches!(c.node, Node::Word(_))));
    assert!(query.dates.is_open());
    assert_eq!(query.to_string(), r#"Why did \-Trump say \"no\" headline\:x? \AND date\:2018 \(sanction\*\)"#);
    assert!(plain(" \t - ?! ").is_empty());
}

#[test]
fn a_query_is_narrowed_as_if_it_were_typed() {
    let restricted = |typed: &str, outlet: Option<&str>, after, before| {
        let outlets: Vec<String> = outlet.map(str::to_owned).into_iter().collect();
        let mut query = read(typed, TODAY);
        query.restrict(&outlets, after, before, TODAY).map(|()| query.to_string()).map_err(|e| e.to_string())
    };
    for (typed, read_as) in [
        ("", "outlet:\"Radio Meridian\" date:2018-06-18..2018"),
        ("summit", "summit outlet:\"Radio Meridian\" date:2018-06-18..2018"),
        ("a OR b", "(a OR b) outlet:\"Radio Meridian\" date:2018-06-18..2018"),
        ("-a after:june", "-a outlet:\"Radio Meridian\" date:2018-06-18..2018"),
    ] {
        assert_eq!(restricted(typed, Some("Radio Meridian"), Some("last week"), Some("2018")).as_deref(), Ok(read_as));
    }
    assert_eq!(restricted("a", None, None, None).as_deref(), Ok("a"));
    assert!(restricted("a", None, Some("soon"), None).is_err_and(|e| e.starts_with("--after \"soon\" is no date")));
    assert!(restricted("a", Some(" - "), None, None).is_err());
}

#[test]
fn nothing_is_asked_for_by_nothing() {
    for typed in ["", "  ", "() \"\" ?! +", "🎉", "around:2018"] {
        assert!(read(typed, TODAY).is_empty(), "{typed}");
    }
    for typed in ["a", "-a", "date:2018", "-date:2018", "outlet:bbc"] {
        assert!(!read(typed, TODAY).is_empty(), "{typed}");
    }
}

#[test]
fn what_is_beyond_the_limits_is_told_once() {
    let notes = |query: &Query| query.notes.iter().map(|note| note.text.clone()).collect::<Vec<_>>();

    let words = read(&"a ".repeat(2 * MAX_WORDS), TODAY);
    assert_eq!(notes(&words), ["only the first 1024 words are read"]);
    assert_eq!(words.notes[0].at, 2 * MAX_WORDS);
    assert!(matches!(&words.root, Node::Clauses(clauses) if clauses.len() == MAX_WORDS));
    let phrase = read(&format!("\"{}\" b", "a ".repeat(2 * MAX_WORDS)), TODAY);
    assert_eq!(notes(&phrase), notes(&words));

    let long = "é ".repeat(MAX_BYTES);
    for query in [read(&format!("\"{long}"), TODAY), plain(&long)] {
        assert!(notes(&query).contains(&"only the first 65536 bytes are read".to_owned()), "{:?}", notes(&query));
        assert!(query.wanted().len() <= MAX_BYTES / 3 && query.wanted().iter().all(|word| *word == "é"));
    }

    let deep = read(&format!("{}a{} b", "(x ".repeat(2 * MAX_DEPTH), ")".repeat(2 * MAX_DEPTH)), TODAY);
    assert_eq!(notes(&deep), ["parentheses more than 64 deep are passed over"]);

    // the group of SAME gets parentheses of its own where it is printed
    let deepest = read(&format!("a {}=b SAME c", "-(a ".repeat(MAX_DEPTH)), TODAY);
    assert_eq!(read(&deepest.to_string(), TODAY).root, deepest.root);

    let near = read(&format!("a{} c", " NEAR b".repeat(2 * MAX_NEARS)), TODAY);
    assert_eq!(notes(&near), ["more than 16 of NEAR, PRE and SAME in one expression: read as AND from here"]);
    assert!(matches!(&near.root, Node::Clauses(clauses) if clauses.len() == 2));

    let long = read(&format!("(a SAME b SAME c) NEAR \"{}\"", "d ".repeat(MAX_WORDS / 2)), TODAY);
    assert_eq!(notes(&long), ["NEAR over groups would come to more than 1024 words: read as AND"]);
    assert_eq!(read(&long.to_string(), TODAY).root, long.root);

    let odd = read(&"after:soon ".repeat(100), TODAY);
    assert_eq!(odd.notes.len(), 21);
    assert_eq!(odd.notes[20].text, "and more was read otherwise than typed");
}
