//! A query with words in doubt -> the query as an archive understands it.

use std::borrow::Cow;

use super::parsed::Query;
use super::{grammar, notes};
use crate::error::Result;

impl Query {
    /// The query as an archive understands it: `N5` between two words is `NEAR/6` where the archive has no such word. `has`
    /// says of each word whether the archive has it.
    ///
    /// # Errors
    /// Those of `has`; and where a strict query is read otherwise than it was typed.
    pub fn settled(&self, has: impl FnOnce(&[String]) -> Result<Vec<bool>>) -> Result<Cow<'_, Self>> {
        let Some(doubt) = &self.doubt else { return Ok(Cow::Borrowed(self)) };
        let known = has(&doubt.words)?;
        let unknown: Vec<&str> =
            doubt.words.iter().zip(known).filter(|(_, known)| !known).map(|(word, _)| word.as_str()).collect();
        if unknown.is_empty() {
            return Ok(Cow::Borrowed(self));
        }
        let mut query = grammar::read_with(&doubt.typed, doubt.context, &unknown);
        if let Some(note) = query.notes.first().filter(|_| doubt.strict) {
            return Err(notes::refusal(&doubt.typed, note));
        }
        query.dates.within = query.dates.within.narrow(doubt.dates);
        query.around = self.around.clone();
        if let Some(outlets) = &doubt.outlets {
            query.keep_outlets(outlets.clone());
        }
        query.doubt = None;
        Ok(Cow::Owned(query))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Typed;
    use super::*;

    const TODAY: jiff::civil::Date = jiff::civil::date(2018, 6, 28);

    fn settled(typed: Typed<'_>, archive: &[&str]) -> Result<String> {
        let query = typed.query(TODAY)?;
        let has = |words: &[String]| Ok(words.iter().map(|word| archive.contains(&word.as_str())).collect());
        let settled = query.settled(has)?;
        let notes: Vec<&str> = settled.notes.iter().map(|note| note.text.as_str()).collect();
        Ok([&[settled.to_string().as_str()], notes.as_slice()].concat().join(" // "))
    }

    #[test]
    fn an_operator_is_no_word_of_the_archive() {
        let outlets = ["Kell Bay".to_owned()];
        let told = |typed: &str, near: &str| {
            format!("{typed} is no word of this archive: read as {near}; \\{typed} is the word")
        };
        for (words, archive, expected) in [
            ("trump N5 putin", &[][..], format!("trump NEAR/6 putin // {}", told("N5", "NEAR/6"))),
            ("trump N5 putin", &["N5"], "trump \\N5 putin".to_owned()),
            ("trump w3 putin", &[], format!("trump PRE/4 putin // {}", told("w3", "PRE/4"))),
            ("\"a b\" W0 (c OR d)", &[], format!("\"a b\" PRE/1 (c OR d) // {}", told("W0", "PRE/1"))),
            ("trump \\N5 putin", &[], "trump \\N5 putin".to_owned()),
            ("N5 masks N95 N5", &[], "\\N5 masks N95 \\N5".to_owned()),
            ("a N5 b W2 c", &["W2"], format!("(a NEAR/6 b) \\W2 c // {}", told("N5", "NEAR/6"))),
        ] {
            let typed = Typed { words, ..Typed::default() };
            assert_eq!(settled(typed, archive).expect("a query"), expected, "{words}");
            let narrowed = Typed { words, outlets: &outlets, after: Some("2018"), ..Typed::default() };
            let found = settled(narrowed, archive).expect("a query");
            assert!(found.contains("outlet:\"Kell Bay\" after:2018"), "{words}: {found}");
        }
        let strict = Typed { words: "trump N5 putin", strict: true, ..Typed::default() };
        assert_eq!(settled(strict, &["N5"]).expect("a query"), "trump \\N5 putin");
        assert!(settled(strict, &[]).is_err_and(|error| error.to_string().contains("N5 is no word of this archive")));
    }
}
