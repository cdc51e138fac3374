//! The languages whose words the analyzer can stem, and what it must know of each.

use std::fmt;
use std::str::FromStr;

use frostem::Algorithm;

/// The language of an archive: it decides how words are stemmed and where an apostrophe parts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // each is the language of its name
pub enum Language {
    Arabic,
    Catalan,
    Czech,
    Danish,
    Dutch,
    #[default]
    English,
    Estonian,
    Finnish,
    French,
    German,
    Greek,
    Hindi,
    Hungarian,
    Indonesian,
    Italian,
    Lithuanian,
    Norwegian,
    Persian,
    Polish,
    Portuguese,
    Romanian,
    Russian,
    Spanish,
    Swedish,
    Turkish,
    /// Any other: words as they are, folded but not stemmed.
    None,
}

/// Name, ISO 639-1 code, stemmer (all of Snowball).
const TABLE: [(Language, &str, &str, Option<Algorithm>); 26] = [
    (Language::Arabic, "arabic", "ar", Some(Algorithm::Arabic)),
    (Language::Catalan, "catalan", "ca", Some(Algorithm::Catalan)),
    (Language::Czech, "czech", "cs", Some(Algorithm::Czech)),
    (Language::Danish, "danish", "da", Some(Algorithm::Danish)),
    (Language::Dutch, "dutch", "nl", Some(Algorithm::Dutch)),
    (Language::English, "english", "en", Some(Algorithm::English)),
    (Language::Estonian, "estonian", "et", Some(Algorithm::Estonian)),
    (Language::Finnish, "finnish", "fi", Some(Algorithm::Finnish)),
    (Language::French, "french", "fr", Some(Algorithm::French)),
    (Language::German, "german", "de", Some(Algorithm::German)),
    (Language::Greek, "greek", "el", Some(Algorithm::Greek)),
    (Language::Hindi, "hindi", "hi", Some(Algorithm::Hindi)),
    (Language::Hungarian, "hungarian", "hu", Some(Algorithm::Hungarian)),
    (Language::Indonesian, "indonesian", "id", Some(Algorithm::Indonesian)),
    (Language::Italian, "italian", "it", Some(Algorithm::Italian)),
    (Language::Lithuanian, "lithuanian", "lt", Some(Algorithm::Lithuanian)),
    (Language::Norwegian, "norwegian", "no", Some(Algorithm::Norwegian)),
    (Language::Persian, "persian", "fa", Some(Algorithm::Persian)),
    (Language::Polish, "polish", "pl", Some(Algorithm::Polish)),
    (Language::Portuguese, "portuguese", "pt", Some(Algorithm::Portuguese)),
    (Language::Romanian, "romanian", "ro", Some(Algorithm::Romanian)),
    (Language::Russian, "russian", "ru", Some(Algorithm::Russian)),
    (Language::Spanish, "spanish", "es", Some(Algorithm::Spanish)),
    (Language::Swedish, "swedish", "sv", Some(Algorithm::Swedish)),
    (Language::Turkish, "turkish", "tr", Some(Algorithm::Turkish)),
    (Language::None, "none", "und", None),
];

impl Language {
    /// How many there are.
    pub const COUNT: usize = TABLE.len();

    /// All languages.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    /// The name, in small letters.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The ISO 639-1 code, `und` for none.
    pub fn code(self) -> &'static str {
        self.row().2
    }

    pub(super) fn stemmer(self) -> Option<frostem::Stemmer> {
        self.row().3.map(frostem::Stemmer::new)
    }

    /// Whether a capital inside a sentence marks a name; German writes all its nouns with one.
    pub(crate) fn capitals_mark_names(self) -> bool {
        self != Self::German
    }

    /// Whether a word and its term always begin with the same letter; where a stemmer strips prefixes (`ge-`, `meng-`,
    /// the Arabic article) or it is not known, they need not.
    pub(super) fn keeps_first_letter(self) -> bool {
        use Language::*;
        matches!(
            self,
            Danish | Finnish | French | German | Italian | Norwegian | Portuguese | Russian | Spanish | Swedish
        )
    }

    /// Whether an apostrophe stands between two words (`l'Europe`, `dell'Unione`) and not inside one (`O'Brien`).
    pub(super) fn elides(self) -> bool {
        matches!(self, Self::Catalan | Self::French | Self::Italian)
    }

    fn row(self) -> &'static (Self, &'static str, &'static str, Option<Algorithm>) {
        // every language has its row, in the order of the enum
        &TABLE[self as usize]
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Language {
    type Err = String;

    /// A name or an ISO 639-1 code, in any case.
    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = match text.trim().to_lowercase().as_str() {
            "nb" | "nn" => "no".to_owned(),
            other => other.to_owned(),
        };
        let row = TABLE.iter().find(|(_, name, code, _)| wanted == *name || wanted == *code);
        row.map(|row| row.0).ok_or_else(|| {
            let known: Vec<String> = TABLE.iter().map(|(_, name, code, _)| format!("{name} ({code})")).collect();
            format!("no language \"{text}\"; there are {}", known.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_known_by_name_and_code() {
        for (row, language) in TABLE.iter().zip(Language::all()) {
            assert_eq!((row.0 as usize, row.0), (language as usize, language));
            assert_eq!((row.1.parse(), row.2.to_uppercase().parse()), (Ok(language), Ok(language)));
            assert_eq!(TABLE[language as usize].0, language, "the table is in the order of the enum");
        }
        assert_eq!(("Deutsch".parse::<Language>().is_err(), "nb".parse()), (true, Ok(Language::Norwegian)));
        assert!("tlh".parse::<Language>().unwrap_err().contains("german (de)"));
    }
}
