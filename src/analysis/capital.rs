//! Whether a word is written with a capital, or in capitals.

/// What of a word is written in capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Capital {
    /// Its first letter.
    First,
    /// Two letters at least, and all of them: `WHO`, `U.S.`.
    All,
}

impl Capital {
    /// What of a word is written in capitals; none where its first character is no capital.
    pub fn of(written: &str) -> Option<Self> {
        match written.as_bytes() {
            [b'A'..=b'Z', rest @ ..] if rest.is_ascii() => {
                let is_small = rest.iter().any(u8::is_ascii_lowercase);
                let all = !is_small && rest.iter().any(u8::is_ascii_uppercase);
                Some(if all { Self::All } else { Self::First })
            }
            [0..0x80, ..] if written.is_ascii() => None,
            _ => Self::of_any(written),
        }
    }

    /// Whether a capital says something behind what stands between a word and the one before: inside a sentence, not where
    /// one begins.
    pub fn tells_behind(gap: &str) -> bool {
        // the capital behind an article is that of the name: `L'Équipe`
        if gap.strip_suffix(['\'', '’', 'ʼ']).is_some_and(|before| before.is_empty() || before.ends_with(['l', 'L']))
        {
            return true;
        }
        !gap.is_empty() && gap.chars().all(|c| matches!(c, ' ' | '\u{a0}' | ',' | '-' | '–' | '/' | '&'))
    }

    fn of_any(written: &str) -> Option<Self> {
        let mut letters = written.chars().filter(|c| c.is_alphabetic());
        let starts = written.chars().next().is_some_and(char::is_uppercase);
        if !starts {
            return None;
        }
        letters.next();
        let (mut others, mut small) = (0, 0);
        letters.for_each(|c| {
            others += 1;
            small += u32::from(!c.is_uppercase());
        });
        Some(if others > 0 && small == 0 { Self::All } else { Self::First })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_at_the_start_of_a_sentence_tells_nothing() {
        for (gap, expected) in [
            (" ", true),
            (", ", true),
            ("-", true),
            ("’", true),
            (". L'", true),
            (" '", false),
            ("", false),
            (". ", false),
            (": “", false),
            ("\n", false),
            (" (", false),
        ] {
            assert_eq!(Capital::tells_behind(gap), expected, "{gap:?}");
        }
    }

    #[test]
    fn capitals_are_told() {
        for (written, expected) in [
            ("Locke", Some(Capital::First)),
            ("locke", None),
            ("iPhone", None),
            ("McCain", Some(Capital::First)),
            ("WHO", Some(Capital::All)),
            ("U.S.", Some(Capital::All)),
            ("A", Some(Capital::First)),
            ("G7", Some(Capital::First)),
            ("COVID-19", Some(Capital::All)),
            ("ÉQUIPE", Some(Capital::All)),
            ("Élysée", Some(Capital::First)),
            ("élysée", None),
            ("NATO’s", Some(Capital::First)),
            ("ЦРУ", Some(Capital::All)),
            ("東", None),
            ("1,000", None),
            ("", None),
        ] {
            assert_eq!(Capital::of(written), expected, "{written}");
        }
    }
}
