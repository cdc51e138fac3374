//! The version of an analyzer, which an index remembers.

use super::{Analyzer, Language};
use crate::error::{Error, Result};
use crate::lexicon;

/// Changes whenever our own code could give other terms or positions for the same text.
const OWN_VERSION: &str = "3";

/// The stemmers' version, as Cargo.toml pins it.
const STEMMERS_VERSION: &str = "1.20260821.8";

/// Text with whatever has a rule of its own, beside stems.
const SIGNS: &str = "U.S. Putin's O'Brien L'Équipe 1,000 2.1 ferry-boat ＡＢＣ Élan ΑΘΉΝΑ İzmir 東京 กรุง cafe\u{301}";

/// A line a language: its name and its analyzer's version.
const VERSIONS: &str = include_str!("versions.txt");

/// The version of a language's analyzer, which an index remembers: ours, the stemmers', and eight digits of the BLAKE3 hash of
/// what it makes of some hundred words. The same text gives other terms or positions only under another version.
///
/// It is looked up, since every query asks for it; [`prove`] works it out.
pub fn version(language: Language) -> &'static str {
    let row = |line: &'static str| line.strip_prefix(language.name())?.strip_prefix(' ');
    VERSIONS.lines().find_map(row).unwrap_or_default()
}

/// Makes sure that the analyzer makes of words what its version says.
///
/// # Errors
/// Where this program was built with other stemmers.
pub fn prove(language: Language) -> Result<()> {
    if worked_out(language) == version(language) {
        return Ok(());
    }
    let what = format!("this program's stems of {language} are not those of its version");
    Err(Error::request(
        what,
        "install it with `cargo install --locked`, which takes the stemmers that it was tested with",
    ))
}

fn worked_out(language: Language) -> String {
    let analyzer = Analyzer::new(language);
    let mut terms = blake3::Hasher::new();
    for token in analyzer.tokens(SIGNS) {
        terms.update(token.term.as_bytes()).update(&token.position.to_le_bytes());
    }
    // each word is the first of its own text
    for token in analyzer.tokens(&samples(language)) {
        terms.update(token.term.as_bytes()).update(&0_usize.to_le_bytes());
    }
    format!("{OWN_VERSION}-{STEMMERS_VERSION}-{}", &terms.finalize().to_hex()[..8])
}

/// Words of a language that tell its stemmer from another, blanks between them.
fn samples(language: Language) -> String {
    let rows = lexicon::STEMS.rows().filter(|row| row.cells().next() == Some(language.code()));
    let mut text = String::new();
    for [_, beginnings, endings] in rows.filter_map(|row| row.exactly().ok()) {
        for beginning in beginnings.split(' ') {
            endings.split(' ').for_each(|ending| text.extend([beginning, ending, " "]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `UPDATE=1` writes it.
    const KNOWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/analysis/versions.txt");

    #[test]
    fn an_analyzer_that_changes_is_seen() {
        let lines = Language::all().map(|language| format!("{} {}\n", language.name(), worked_out(language)));
        let versions = format!(
            "# The analyzers' versions: indexes of another one have to be built again.\n{}",
            lines.collect::<String>()
        );
        if std::env::var_os("UPDATE").is_some_and(|update| update == "1") {
            std::fs::write(KNOWN, &versions).expect("written");
        }
        assert_eq!(versions, VERSIONS, "say in CHANGELOG.md that archives are built again, and run with UPDATE=1");
    }

    #[test]
    fn the_stemmers_are_those_of_the_version() {
        let manifest = include_str!("../../Cargo.toml");
        assert!(manifest.contains(&format!("frostem = {{ version = \"={STEMMERS_VERSION}\"")));
    }

    #[test]
    fn every_language_with_a_stemmer_has_samples_that_it_changes() {
        for language in Language::all().filter(|language| language.stemmer().is_some()) {
            let rows = lexicon::STEMS.rows().filter(|row| row.cells().next() == Some(language.code()));
            let whole = rows.map(|row| row.exactly::<3>().is_ok()).collect::<Vec<_>>();
            assert_eq!(whole, [true], "{language}: one row of three cells");
            let text = samples(language);
            let words: Vec<&str> = text.split_whitespace().collect();
            let plain = Analyzer::new(Language::None);
            let changed = words.iter().filter(|w| Analyzer::new(language).tokens(w) != plain.tokens(w)).count();
            assert!(words.len() >= 60 && changed * 2 > words.len(), "{language}: {changed} of {}", words.len());
        }
    }
}
