//! Names of months and weekdays in all languages.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{LexiconTable, Locale, MONTHS, Row, WEEKDAYS, fold};

/// A name in a language.
#[derive(Clone, Copy, Debug)]
struct Name {
    number: i8,
    language: &'static str,
    long: bool,
}

/// What a name says, and whether it does so by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// The month or the day of the week, from 1 on; weeks begin on Monday.
    pub(crate) number: i8,
    /// It is a name of the text's own language, or a whole one; else it may be a word that only looks like a short name.
    pub(crate) sure: bool,
}

/// Names by their folded form.
type Names = FxHashMap<String, Vec<Name>>;

static BY_MONTH: LazyLock<Names> = LazyLock::new(|| names::<14>(&MONTHS));
static BY_WEEKDAY: LazyLock<Names> = LazyLock::new(|| names::<9>(&WEEKDAYS));

/// Longest name that is looked up, in bytes.
const LONGEST: usize = 48;

fn names<const COLUMNS: usize>(table: &LexiconTable) -> Names {
    let mut names = Names::default();
    table.read(|row: &Row| {
        let [language, form, cells @ ..] = &row.exactly::<COLUMNS>()?[..] else { return Err("no cells".to_owned()) };
        if !super::table::LANGUAGES.contains(language) {
            return Err(format!("no language \"{language}\""));
        }
        let long = match *form {
            "long" => true,
            "short" => false,
            other => return Err(format!("no form \"{other}\"")),
        };
        for (number, cell) in (1..).zip(cells) {
            for name in cell.split('/').filter(|name| *name != "-") {
                let known = names.entry(fold(name)).or_default();
                if known.iter().any(|other| other.language == *language) {
                    return Err(format!("\"{name}\" stands twice"));
                }
                known.push(Name { number, language, long });
            }
        }
        Ok(())
    });
    names
}

/// The month that a word names.
pub(crate) fn month(word: &str, locale: Locale) -> Option<Named> {
    find(&BY_MONTH, word, locale)
}

/// The day of the week that a word names.
pub(crate) fn weekday(word: &str, locale: Locale) -> Option<Named> {
    find(&BY_WEEKDAY, word, locale)
}

/// The month whose English name begins so, by three letters or more.
pub(crate) fn month_beginning(start: &str) -> Option<i8> {
    beginning(&MONTHS, start)
}

/// The day of the week whose English name begins so, by three letters or more.
pub(crate) fn weekday_beginning(start: &str) -> Option<i8> {
    beginning(&WEEKDAYS, start)
}

fn beginning(table: &LexiconTable, start: &str) -> Option<i8> {
    let english = table.rows().find(|row| row.cells().take(2).eq(["en", "long"]))?;
    let found = (1..).zip(english.cells().skip(2)).find(|(_, name)| start.len() >= 3 && name.starts_with(start));
    found.map(|(number, _)| number)
}

/// A name of the text's own language goes first, then English, then those of others where they say one thing; short names
/// of others do not count in a text that states its language.
fn find(names: &Names, word: &str, locale: Locale) -> Option<Named> {
    if word.len() > LONGEST {
        return None;
    }
    let known = names.get(&fold(word))?;
    let own = |language: &str| known.iter().find(|name| name.language == language);
    if let Some(name) = own(locale.language).or_else(|| own("en")) {
        return Some(Named { number: name.number, sure: true });
    }
    let whole = known.iter().any(|name| name.long);
    let mut others = known.iter().filter(|name| name.long == whole).map(|name| name.number);
    let number = others.next()?;
    let one = others.all(|other| other == number);
    (one && (whole || !locale.stated)).then_some(Named { number, sure: whole })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_mean_one_thing_in_all_languages() {
        for names in [&BY_MONTH, &BY_WEEKDAY] {
            for (name, known) in names.iter() {
                let mut whole = known.iter().filter(|name| name.long).map(|name| name.number);
                let first = whole.next();
                assert!(whole.all(|number| Some(number) == first), "{name}: {known:?}");
            }
        }
    }
}
