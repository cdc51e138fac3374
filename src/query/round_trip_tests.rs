//! What is printed reads as the same tree again, whatever was typed; and reading takes linear time.

use std::time::{Duration, Instant};

use jiff::civil::Date;
use proptest::prelude::*;

use super::Query;
use super::grammar::{MAX_WORDS, plain, read};
use super::round_trip_pieces::{NONSENSE, PIECES};
use super::tree::{Clause, Form, Near, Node, Occur, Phrase, QueryField, Word};

const TODAY: Date = Date::constant(2018, 6, 28);

fn word() -> impl Strategy<Value = Word> {
    let text = || {
        prop::sample::select(vec![
            "a",
            "Helsinki",
            "OR",
            "-b",
            "what?",
            "C++",
            "\"x\"",
            "date:2018",
            "a\\b",
            "=c",
            "d~1",
            "N5",
            "w/5",
            "!x",
            "/x/",
            "sanction!",
            "title:x",
            "xy:x",
            "Yahoo!",
            "~x",
            "x|",
            "aft",
            ">2018",
            "s",
            "3",
            "NEAR/x",
            "XOR",
            "/tru",
            "cnn.*",
        ])
    };
    let pattern = prop::sample::select(vec!["sanction*", "*anov", "Aver?anov", "c*?t", "*abc*", "?uay", "a*", "??b*"]);
    prop_oneof![
        4 => text().prop_map(Word::new),
        1 => text().prop_map(|text| Word { text: text.to_owned(), form: Form::Exact }),
        1 => (text(), 1..=2_u8).prop_map(|(text, edits)| Word { text: text.to_owned(), form: Form::Typo(edits) }),
        1 => pattern.prop_map(|text| Word { text: text.to_owned(), form: Form::Wildcard }),
        1 => prop::sample::select(vec!["colou?rs?", "a(b|[^c])", "b\\d{2}"])
            .prop_map(|text| Word { text: text.to_owned(), form: Form::Regex }),
    ]
}

fn placed() -> impl Strategy<Value = Node> {
    let phrase = (prop::collection::vec(word(), 1..4), 0..3_u32);
    let leaf = prop_oneof![
        3 => word().prop_map(Node::Word),
        1 => phrase.prop_map(|(words, slop)| Node::Phrase(Phrase { words, slop })),
    ];
    leaf.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone(), 1..9_u32, any::<bool>()).prop_map(|(left, right, within, ordered)| {
                Node::Near(Box::new(Near { left, right, within, ordered }))
            }),
            prop::collection::vec(inner, 0..3).prop_map(Node::Any),
        ]
    })
}

fn tree() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![4 => placed(), 1 => prop::collection::vec(placed(), 0..4).prop_map(Node::Same)];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let several = || prop::collection::vec(inner.clone(), 0..4);
        let occur = prop::sample::select(vec![Occur::Should, Occur::Must, Occur::MustNot]);
        let clause = (occur, inner.clone()).prop_map(|(occur, node)| Clause { occur, node });
        let field = prop::sample::select(vec![
            QueryField::Headline,
            QueryField::Outlet,
            QueryField::Credit,
            QueryField::Byline,
            QueryField::Section,
            QueryField::Page,
            QueryField::Site,
        ]);
        let times = prop::sample::select(vec![0.1_f32, 0.5, 1.0, 2.0, 3.3, 999.0]);
        prop_oneof![
            3 => prop::collection::vec(clause, 0..4).prop_map(Node::Clauses),
            2 => several().prop_map(Node::All),
            2 => several().prop_map(Node::Any),
            1 => inner.clone().prop_map(|node| Node::Not(Box::new(node))),
            1 => (field, inner.clone()).prop_map(|(field, node)| Node::In(field, Box::new(node))),
            1 => (times, inner.clone()).prop_map(|(times, node)| Node::Boost(times, Box::new(node))),
        ]
    })
}

fn check_reads_again(query: &Query, typed: &str) -> Result<(), TestCaseError> {
    let printed = query.to_string();
    let again = read(&printed, TODAY);
    prop_assert_eq!(&again.root, &query.root, "{} -> {}", typed, printed);
    prop_assert_eq!(&again.dates, &query.dates, "{} -> {}", typed, printed);
    prop_assert!(again.notes.is_empty() || query.dates.within.is_empty(), "{printed}: {:?}", again.notes);
    prop_assert_eq!(&Query::new(query.root.clone()).root, &query.root, "rebuilding changes {}", printed);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_printed_tree_reads_as_itself(root in tree()) {
        check_reads_again(&Query::new(root), "a tree")?;
    }

    #[test]
    fn what_is_read_reads_as_itself_again(
        pieces in prop::collection::vec((prop::sample::select(PIECES), any::<bool>()), 0..24)
    ) {
        let typed: String = pieces.iter().flat_map(|(piece, blank)| [*piece, if *blank { " " } else { "" }]).collect();
        let query = read(&typed, TODAY);
        prop_assert!(query.notes.iter().all(|note| typed.is_char_boundary(note.at)), "{typed}");
        prop_assert_eq!(query.strict(&typed).is_ok(), query.notes.is_empty());
        check_reads_again(&query, &typed)?;
        prop_assert_eq!(read(&query.to_string(), TODAY).around, query.around, "{}", typed);
        check_reads_again(&plain(&typed), &typed)?;
    }

    #[test]
    fn any_text_is_a_query(typed in "\\PC{0,40}") {
        check_reads_again(&read(&typed, TODAY), &typed)?;
    }
}

/// What was once not read as itself again.
#[test]
fn what_was_found_reads_as_itself_again() {
    for typed in [
        "(a SAME b) NEAR/3 (a SAME b) NEAR/3 (a SAME b) NEAR/3 c",
        "(a SAME b SAME c SAME d) NEAR/3 (a SAME b SAME c SAME d)",
        "~2*\u{301}*",
        "a*\u{301}b",
        "col?\u{301}r*",
        "sanction*\u{301}",
        "sanction*'*",
        "NOT ++a",
        "col*r\u{301}-b",
    ] {
        check_reads_again(&read(typed, TODAY), typed).unwrap_or_else(|e| panic!("{e}"));
    }
}

fn time_of(typed: &str) -> Duration {
    let start = Instant::now();
    let query = read(typed, TODAY);
    assert!(query.notes.len() <= 21);
    assert!(query.to_string().len() <= 100 * MAX_WORDS + 2 * typed.len(), "the reading is longer than the text");
    start.elapsed()
}

#[test]
fn nonsense_is_read_in_linear_time() {
    for unit in NONSENSE {
        let [short, long] = [128 << 10, 1 << 20].map(|length| unit.repeat(length / unit.len()));
        // eight times the text; what takes no time at all says nothing about growth, and a busy machine may try again
        let grows = || time_of(&long) > 20 * time_of(&short) + Duration::from_millis(100);
        assert!(!(0..3).all(|_| grows()), "{unit:?} takes more than linear time");
    }
}
