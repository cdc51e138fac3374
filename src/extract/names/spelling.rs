//! Spellings of a name: what they share, and how one that was run together reads.

use crate::extract::words::strip_prefix_ci;

/// A name's letters and figures in lower case, `the` before them left out: what spellings of one name share.
pub(crate) fn squash(name: &str) -> String {
    let name = strip_prefix_ci(name, "the ").unwrap_or(name);
    if name.is_ascii() {
        return name.bytes().filter(u8::is_ascii_alphanumeric).map(|b| char::from(b.to_ascii_lowercase())).collect();
    }
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A name of one piece taken apart where capitals begin: `CBSMiami` is `CBS Miami`, `HarbourGazette` is `Harbour Gazette`.
pub(in crate::extract) fn split_camel(name: &str) -> String {
    if name.contains([' ', '.', '-', '/']) {
        return name.to_owned();
    }
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len() + 2);
    let capitals = chars.iter().take_while(|c| c.is_uppercase()).count();
    for (at, c) in chars.iter().enumerate() {
        let after_lower = at > 2 && c.is_uppercase() && chars[at - 1].is_lowercase();
        let ends_acronym = capitals > 2 && at + 1 == capitals && chars.len() > capitals + 2;
        if after_lower || ends_acronym {
            out.push(' ');
        }
        out.push(*c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glued_names_are_taken_apart() {
        for (glued, name) in [
            ("CBSMiami", "CBS Miami"),
            ("HarbourGazette", "Harbour Gazette"),
            ("CNN", "CNN"),
            ("Azernews", "Azernews"),
            ("McNeil", "McNeil"),
        ] {
            assert_eq!(split_camel(glued), name);
        }
    }
}
