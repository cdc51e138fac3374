//! Signs that are part of a word: `$100`, `.com`, `C++`, `F#`.

/// Signs before a word.
const BEFORE: [char; 5] = ['$', '€', '£', '¥', '.'];

/// Puts a folded word with the signs beside it, `$100` or `c++`, into `signed`; false where it has none. The word stands in
/// `text` from `start` to `end`: bytes, half-open, 0-based.
pub(crate) fn with_signs(text: &str, (start, end): (usize, usize), folded: &str, signed: &mut String) -> bool {
    let bytes = text.as_bytes();
    // nearly all words stand between blanks
    let is_sign = |byte: &u8| matches!(byte, b'$' | b'.' | 0xac | 0xa3 | 0xa5);
    let before = start.checked_sub(1).and_then(|at| bytes.get(at)).filter(|byte| is_sign(byte));
    let after = bytes.get(end).filter(|byte| matches!(byte, b'+' | b'#'));
    if before.is_none() && after.is_none() {
        return false;
    }
    signed.clear();
    if let Some(sign) = before.and_then(|_| sign_before(&text[..start])) {
        signed.push(sign);
        signed.push_str(folded);
        return true;
    }
    let signs = signs_behind(&text[end..]);
    signed.push_str(folded);
    signed.push_str(signs);
    !signs.is_empty()
}

/// Whether a form is a word with signs.
pub(crate) fn is_signed(form: &str) -> bool {
    form.starts_with(BEFORE) || form.ends_with(['+', '#'])
}

/// The word of a form with signs.
pub(crate) fn without_signs(form: &str) -> &str {
    form.trim_start_matches(BEFORE).trim_end_matches(['+', '#'])
}

fn sign_before(text: &str) -> Option<char> {
    let mut chars = text.chars().rev();
    let sign = chars.next().filter(|sign| BEFORE.contains(sign))?;
    // a dot between words, or of three, is none of the word's
    let is_own = sign != '.' || !chars.next().is_some_and(|c| c.is_alphanumeric() || c == '.');
    is_own.then_some(sign)
}

fn signs_behind(text: &str) -> &str {
    let signs = match text.as_bytes() {
        [b'+', b'+', ..] => 2,
        [b'+' | b'#', ..] => 1,
        _ => 0,
    };
    let ends = !text[signs..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '+' | '#'));
    if ends { &text[..signs] } else { "" }
}

#[cfg(test)]
mod tests {
    use super::super::Analyzer;
    use super::*;

    #[test]
    fn signs_beside_a_word_are_part_of_it() {
        for (text, expected) in [
            ("C++ and F#, C", "c++ f#"),
            ("$100, US$5.2bn and €7", "$100 $5.2bn €7"),
            ("the .com boom of .NET. Then example.com", ".com .net"),
            ("wait...and see", ""),
            ("Disney+ has 18+ shows", "disney+ 18+"),
            ("1+1 a+++ #metoo C# D#x", "c#"),
            ("£10m+", "£10m"),
            ("¥ 500", ""),
        ] {
            let mut signed = String::new();
            let words = Analyzer::default().forms(text);
            let mut found: Vec<String> = Vec::new();
            for word in &words {
                if with_signs(text, (word.start, word.end), &word.term, &mut signed) {
                    found.push(signed.clone());
                }
            }
            assert_eq!(found.join(" "), expected, "{text}");
            assert!(found.iter().all(|form| is_signed(form) && !is_signed(without_signs(form))), "{text}");
        }
    }
}
