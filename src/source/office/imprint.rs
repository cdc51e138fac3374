//! Lines that say where and when something was printed: `The Courier, 12 March 2019, page 4`.

use std::sync::LazyLock;

use crate::lexicon::{self, Locale};
use crate::source::export::{DatabaseField, has_year, labelled_field, labelled_page};

/// Characters of such a line, at most.
const LONGEST: usize = 140;
/// Words of a line that may end in a full stop and be no sentence, at most.
const SENTENCE: usize = 6;
/// Words of a name, at most.
const NAME: usize = 7;
/// Letters of a word that may stand inside a date, at most.
const INSIDE: usize = 3;

/// What such a line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Imprint {
    pub outlet: Option<String>,
    pub date: Option<String>,
    /// The printed page, where it is labelled.
    pub page: Option<String>,
}

impl Imprint {
    /// The same, with what it lacks from another.
    pub fn or(self, other: Self) -> Self {
        Self { outlet: self.outlet.or(other.outlet), date: self.date.or(other.date), page: self.page.or(other.page) }
    }
}

/// What parts of a paper are called, which are no outlets: `Lokales`, `Sport`.
static SECTIONS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::MENU_WORDS.labelled("section"));

/// What a line says, where it has a day or a month of a year; none where a clock stands in it, as in the line of a printer.
pub(super) fn read(line: &str) -> Option<Imprint> {
    if line.chars().count() > LONGEST || !has_year(line) || has_clock(line) {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    if line.ends_with('.') && words.len() > SENTENCE {
        return None;
    }
    let (first, end) = date(&words)?;
    let outlet = name(&words[..first].join(" "), true).or_else(|| name(&words[end..].join(" "), false));
    let date = words[first..end].join(" ");
    let date = date.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let page = line.split([',', '|', '·', '•', ';', '–', '—']).find_map(labelled_page).map(str::to_owned);
    Some(Imprint { outlet, date: Some(date), page })
}

/// Whether a line may be the name of an outlet, and nothing else.
pub(super) fn is_name(line: &str) -> bool {
    name(line, false).is_some_and(|name| name == line.trim())
}

/// Whether figures stand around a colon.
pub(super) fn has_clock(line: &str) -> bool {
    let bytes = line.as_bytes();
    memchr::memchr_iter(b':', bytes).any(|at| {
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        at > 0 && is_digit(at - 1) && is_digit(at + 1) && is_digit(at + 2)
    })
}

/// First and last word (half-open) of a date.
fn date(words: &[&str]) -> Option<(usize, usize)> {
    if let Some(at) = words.iter().position(|word| is_whole_date(word)) {
        let first = if at > 0 && is_weekday(words[at - 1]) { at - 1 } else { at };
        return Some((first, at + 1));
    }
    let is_year = |word: &str| {
        let word = plain(word);
        word.len() == 4
            && (word.starts_with("19") || word.starts_with("20") || word.starts_with("18"))
            && has_year(word)
    };
    let year = words.iter().position(|word| is_year(word))?;
    let is_part = |word: &str| is_number(word) || is_month(word) || is_weekday(word);
    let mut first = year;
    while first > 0 {
        let word = words[first - 1];
        let inside = word.chars().count() <= INSIDE && word.chars().all(char::is_lowercase);
        // a word between counts where a part of the date stands before it
        // a date has one month
        if is_month(word) && words[first..=year].iter().any(|word| is_month(word)) {
            break;
        }
        match (is_part(word), inside && first > 1 && is_part(words[first - 2])) {
            (true, _) => first -= 1,
            (_, true) => first -= 2,
            _ => break,
        }
    }
    let mut end = year + 1;
    if !words[first..end].iter().any(|word| is_month(word)) {
        end += words[end..].iter().take_while(|word| is_part(word)).count();
    }
    let has_month = words[first..end].iter().any(|word| is_month(word));
    has_month.then_some((first, end))
}

fn plain(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// `12.03.2019`, `2019-03-12`, `12/3/2019`, `2019年3月12日`.
fn is_whole_date(word: &str) -> bool {
    let word = plain(word);
    let parts = word.split(['.', '-', '/', '年', '月', '日']).filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    parts.len() == 3 && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())) && has_year(word)
}

/// `12`, `12.`, `12th`, `1er`.
fn is_number(word: &str) -> bool {
    let word = plain(word);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && word.chars().count() <= digits + 2 && word[digits..].chars().all(char::is_lowercase)
}

fn is_month(word: &str) -> bool {
    word.contains(char::is_alphabetic)
        && lexicon::month(plain(word), Locale::of_archive("en")).is_some_and(|name| name.sure)
}

fn is_weekday(word: &str) -> bool {
    lexicon::weekday(plain(word), Locale::of_archive("en")).is_some_and(|name| name.sure)
}

/// The name of an outlet before a date, or behind it: its first part, which has no figures; what numbers the page goes.
fn name(text: &str, is_before: bool) -> Option<String> {
    let parts = text.split([',', '|', '·', '•', ';', '/', '–', '—', '\t']).flat_map(|part| part.split(" - "));
    let named = parts.filter_map(|part| {
        let words: Vec<&str> = part
            .split_whitespace()
            .skip_while(|word| word.chars().all(|c| c.is_ascii_digit() || c.is_ascii_punctuation()))
            .collect();
        let letters: String = words.join(" ");
        let letters = letters.trim_matches(|c: char| matches!(c, ':' | '(' | '"' | '„' | '“' | '”' | '«' | '»')).trim();
        // what stands before a date may end in the word that leads to it: `vom`, `du`
        let letters = match letters.rsplit_once(' ') {
            Some((name, last))
                if is_before && last.chars().count() <= INSIDE && last.chars().all(char::is_lowercase) =>
            {
                name
            }
            _ => letters,
        };
        let first = letters.chars().next()?;
        let is_name = (first.is_uppercase() || (first.is_alphabetic() && !first.is_lowercase()))
            && !letters.contains(|c: char| c.is_ascii_digit())
            && letters.split_whitespace().count() <= NAME
            && !letters.ends_with(['.', '!', '?'])
            && !letters.split_whitespace().any(is_weekday);
        let name = letters.trim_matches(|c: char| matches!(c, '"' | '„' | '“' | '”' | '«' | '»' | ',' | ':')).trim();
        // `Quelle: Hafenbote`
        let name = match labelled_field(name) {
            Some((DatabaseField::Outlet, value)) => &name[value..],
            _ => name,
        };
        let is_name = is_name && !name.contains(": ") && !SECTIONS.contains(&name.to_lowercase().as_str());
        is_name.then(|| name.to_owned()).filter(|name| name.chars().count() > 1)
    });
    named.into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_say_where_and_when() {
        for (line, said) in [
            ("The Guardian, 12 March 2019, page 4", Some((Some("The Guardian"), "12 March 2019"))),
            ("Tuesday, March 12, 2019", Some((None, "Tuesday, March 12, 2019"))),
            ("March 12, 2019 | The Courier", Some((Some("The Courier"), "March 12, 2019"))),
            (
                "47698 Federal Record / Vol. 85, No. 152 / Thursday, August 6, 2020 / Rules",
                Some((Some("Federal Record"), "Thursday, August 6, 2020")),
            ),
            ("Le Phare – 3 avril 2018 – p. 7", Some((Some("Le Phare"), "3 avril 2018"))),
            ("El Faro, 3 de abril de 2018", Some((Some("El Faro"), "3 de abril de 2018"))),
            ("Hafenbote vom 03.04.2018, Seite 2", Some((Some("Hafenbote"), "03.04.2018"))),
            ("2019年3月12日 港报", Some((Some("港报"), "2019年3月12日"))),
            ("Quelle: Hafenbote, 3. April 2018", Some((Some("Hafenbote"), "3. April 2018"))),
            ("Report on: ships, 3 April 2018", Some((None, "3 April 2018"))),
            ("Printed 2 April 2019 06:12", None),
            ("Inland Mail, 13 May 2018, page 11", Some((Some("Inland Mail"), "13 May 2018"))),
            ("In 1931 the club won", None),
            ("It was built in 1931", None),
            ("This is the third list of ships, last changed on 2 October 2018.", None),
        ] {
            let read = read(line).map(|read| (read.outlet, read.date.unwrap_or_default()));
            assert_eq!(read, said.map(|(outlet, date)| (outlet.map(str::to_owned), date.to_owned())), "{line}");
        }
    }
}
