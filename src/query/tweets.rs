//! What stands in tweets and is no word: addresses, and names written as one word.

/// How the addresses begin that people paste, or that their tools append, to the end of a word if need be.
const ADDRESSES: &[&str] = &["http://", "https://", "pic.twitter.com/"];

/// A word up to the address in it, which names a page and says nothing of what it is about.
pub(crate) fn without_addresses(word: &str) -> &str {
    let start = ADDRESSES.iter().filter_map(|address| word.find(address)).min();
    &word[..start.unwrap_or(word.len())]
}

/// The words in a `#HashTag` or `@someName`, parted by blanks: an article spells them apart. None where there is nothing
/// to part.
pub(crate) fn names_in(word: &str) -> Option<String> {
    if !word.contains(['#', '@']) {
        return None;
    }
    let letters: Vec<char> = word.chars().collect();
    let mut parted = String::with_capacity(word.len() + 8);
    for (at, &letter) in letters.iter().enumerate() {
        if at > 0 && begins_word(letters[at - 1], letter, letters.get(at + 1).copied()) {
            parted.push(' ');
        }
        parted.push(letter);
    }
    (parted != word).then_some(parted)
}

/// Whether a capital begins a word: behind a small letter (`freeIran`), or before one (`USArmy`).
fn begins_word(before: char, letter: char, after: Option<char>) -> bool {
    letter.is_uppercase() && (before.is_lowercase() || (before.is_uppercase() && after.is_some_and(char::is_lowercase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_cut_off() {
        for (word, kept) in [
            ("https://t.co/zwLPPXniQh", ""),
            ("#Minecrafthttps://t.co/V4Lzv97qOc", "#Minecraft"),
            ("#IranUsapic.twitter.com/TvRkHvlgby", "#IranUsa"),
            ("www.un.org", "www.un.org"),
            ("plain", "plain"),
        ] {
            assert_eq!(without_addresses(word), kept);
        }
    }

    #[test]
    fn names_are_parted_at_capitals() {
        for (word, names) in [
            ("@realDonaldTrump", Some("@real Donald Trump")),
            ("(@USArmyCGSC)", Some("(@US Army CGSC)")),
            ("#FreeIran2020", Some("#Free Iran2020")),
            ("#Soleimani", None),
            ("McDonald", None),
        ] {
            assert_eq!(names_in(word).as_deref(), names, "{word}");
        }
    }
}
