//! Names in scripts without capitals: nothing in them tells a name from other words, so that a lead must.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::may_be_person;
use crate::lexicon;

/// Words of sentences, which are no names.
static FUNCTION: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let rows = ["ar", "fa", "hi"].into_iter().flat_map(|code| lexicon::STOPWORDS.of_language(code));
    rows.flat_map(|row| row.words).collect()
});

/// Whether a letter is of a script without capitals.
pub(in crate::extract) fn is_caseless(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

/// Whether a text may be a person's name in a script without capitals: two to four words; where none are parted, two to four
/// characters, or six with blanks or kana.
pub(in crate::extract) fn is_caseless_name(name: &str) -> bool {
    // marks inside words of Indian scripts, joiners of Persian ones, and what parts foreign names
    let letter = |c: char| {
        is_caseless(c) || matches!(c, '.' | '-' | '·' | '・' | '\u{93c}' | '\u{94d}' | '\u{200c}' | '\u{200d}')
    };
    let words: Vec<&str> = name.split_whitespace().collect();
    let fits = words.iter().all(|word| word.starts_with(is_caseless) && word.chars().all(letter));
    if !fits || !may_be_person(name) {
        return false;
    }
    let letters = name.chars().filter(|c| is_caseless(*c)).count();
    if name.chars().any(is_wide) {
        let parted = words.len() > 1 || name.contains(['·', '・']) || name.chars().any(is_kana);
        return words.len() <= 3 && (2..=if parted { 6 } else { 4 }).contains(&letters);
    }
    (2..=4).contains(&words.len()) && !words.iter().any(|word| FUNCTION.contains(word))
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}')
}

/// Whether a character is of a script whose names need no blank.
fn is_wide(c: char) -> bool {
    is_kana(c) || matches!(c, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_capitals_are_told_by_their_words() {
        for name in ["أحمد علي", "राम शर्मा", "علی رضایی", "王小明", "山田 太郎", "홍길동", "مهدی علی‌پور"]
        {
            assert!(is_caseless_name(name), "{name}");
        }
        for other in
            ["هيئة التحرير", "أحمد", "وصل إلى القاهرة", "नई दिल्ली में", "वेब डेस्क", "綜合報導", "Anna Kowal", "王", ""]
        {
            assert!(!is_caseless_name(other), "{other}");
        }
    }
}
