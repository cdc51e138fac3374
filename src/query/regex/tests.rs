use proptest::prelude::*;

use super::parse::Expression;
use super::*;

#[test]
fn whole_words_fit() {
    for (text, yes, no) in [
        ("colou?rs?", "color colour colors colours", "colouur colo xcolor colorsx"),
        ("(un|re)?told", "told untold retold", "ununtold tol"),
        ("[a-c]x", "ax bx cx", "dx x"),
        ("[^a-c]x", "dx éx", "ax"),
        ("[-a]b", "-b ab", "bb"),
        ("b\\d{2,3}", "b12 b123", "b1 b1234"),
        ("a{2}", "aa", "a aaa"),
        ("a{2,}", "aa aaa", "a"),
        ("(ab)+", "ab abab", "a aba"),
        ("a.c*", "abc abccc ac", "a axd"),
        ("u\\.s", "u.s", "uxs"),
        ("東.", "東京", "東 東京都"),
        ("(a*)*b", "b aab", "a"),
        ("a|", "a", "b"),
        ("(a|b){0,2}c", "c ac bac", "abac"),
        ("^ab$", "ab", "xab abx"),
        ("^ab|cd$|^e$", "ab cd e", "abcd"),
        ("covid-?19", "covid19", "covid"),
    ] {
        let regex = Regex::read(text).expect("an expression");
        assert!(yes.split(' ').all(|word| regex.fits(word)), "{text} fits {yes}");
        assert!(no.split(' ').all(|word| !regex.fits(word)), "{text} does not fit {no}");
    }
    assert!(Regex::read("a|").expect("an expression").fits(""));
}

#[test]
fn what_is_none_is_told_with_its_place() {
    let long = "a".repeat(MAX_EXPRESSION + 1);
    for (text, at, why) in [
        ("a(b", 1, "( is not closed"),
        ("ab)c", 2, ") closes nothing"),
        ("*a", 0, "there is nothing to repeat"),
        ("a[b", 1, "[ is not closed, or is empty"),
        ("a[]b", 1, "[ is not closed, or is empty"),
        ("ab\\w", 4, "of letters behind a backslash \\d alone is understood"),
        ("a{x}", 1, "{ } takes one number or two, up to 127"),
        ("a{3,2}", 1, "{ } takes one number or two, up to 127"),
        ("a{9", 1, "{ } takes one number or two, up to 127"),
        (long.as_str(), 0, "it has more than 200 characters"),
        ("a{100}b{100}", 0, "it is longer than 127 characters, repetitions written out"),
        ("24\\/7", 0, "no word has / in it"),
        ("o'brien", 0, "no word has ' in it"),
        ("a(^b|c)*(^|$)", 0, "no word has ^ in it"),
        ("$[0-9]+", 0, "no word has $ in it"),
        ("(a|b)*a(a|b){20}", 0, "it can be gone through in more than 500 ways"),
    ] {
        assert_eq!(Regex::read(text), Err(RegexError { at, why: why.to_owned() }), "{text}");
    }
}

#[test]
fn expressions_are_folded_and_written_for_lucene() {
    let fold = |c: char| match c {
        'É' | 'é' => "e".to_owned(),
        'ß' => "ss".to_owned(),
        c => c.to_lowercase().to_string(),
    };
    for (text, lucene) in [
        ("Émile?", "emil(e{0,1})"),
        ("Stra(ß|ss)e", "stra(ss|ss)e"),
        ("[A-C]\\.x{2}", "[a-c]\\.(x{2,2})"),
        ("(ab)+|c", "((ab){1,}|c)"),
        ("[^É-]", "[^e\\-]"),
        (".@?~*", ".(\\@{0,1})(\\~{0,})"),
        ("ab|", "(ab|())"),
    ] {
        assert_eq!(Regex::read(text).expect("an expression").folded(&fold).for_lucene(), lucene, "{text}");
    }
}

#[test]
fn an_expression_ends_at_a_slash_with_nothing_behind_it() {
    for (text, expected) in [
        ("/colou?r/ x", Some(("colou?r", 9))),
        ("/a(b|c)/) d", Some(("a(b|c)", 8))),
        ("/a\\/b/^2", Some(("a\\/b", 6))),
        ("/trump/i", Some(("trump", 8))),
        ("/trump/gi^2", Some(("trump", 9))),
        ("/trump/x", None),
        ("/usr/bin", None),
        ("/a b/", None),
        ("//", None),
        ("/5", None),
    ] {
        let expected = expected.map(|(inside, length)| TypedRegex { inside, length });
        assert_eq!(typed(text), expected, "{text}");
    }
}

/// All the ends that a part may lead to from a place in a word.
fn ends(part: &Expression, word: &[char], from: usize) -> Vec<usize> {
    let mut found = match part {
        Expression::One(letters) => match word.get(from) {
            Some(&c) if letters.have(c) => vec![from + 1],
            _ => Vec::new(),
        },
        Expression::Row(parts) => {
            parts.iter().fold(vec![from], |froms, part| froms.iter().flat_map(|&from| ends(part, word, from)).collect())
        }
        Expression::Either(parts) => parts.iter().flat_map(|part| ends(part, word, from)).collect(),
        Expression::Repeated(part, least, most) => {
            let (mut all, mut froms) = (if *least == 0 { vec![from] } else { Vec::new() }, vec![from]);
            for time in 1..=most.unwrap_or(least + word.len() + 1) {
                froms = froms.iter().flat_map(|&from| ends(part, word, from)).collect();
                froms.sort_unstable();
                froms.dedup();
                all.extend(froms.iter().filter(|_| time >= *least));
            }
            all
        }
    };
    found.sort_unstable();
    found.dedup();
    found
}

proptest! {
    #[test]
    fn an_expression_and_a_plain_reading_of_it_agree(text in "[ab.|(){},12*+?^\\[\\]]{0,12}", word in "[abc]{0,6}") {
        if let Ok(regex) = Regex::read(&text) {
            let letters: Vec<char> = word.chars().collect();
            let plain = ends(&regex.part, &letters, 0).contains(&letters.len());
            prop_assert_eq!(regex.fits(&word), plain, "{} {}", text, word);
        }
    }
}
