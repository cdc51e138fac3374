//! Sentence ends by a cheap rule: one pass over the bytes, a short list of abbreviations.

use std::ops::Range;

/// Words before whose dot a capital does not start a sentence, lower case, without their last dot.
const ABBREVIATIONS: &[&str] = &[
    "adm", "apr", "aug", "ave", "brig", "capt", "cf", "cmdr", "co", "col", "corp", "cpl", "dec", "dept", "det", "dr",
    "e.g", "est", "feb", "fig", "fr", "ft", "gen", "gov", "hon", "i.e", "inc", "jan", "jr", "jul", "jun", "lt", "ltd",
    "maj", "mar", "mr", "mrs", "ms", "mt", "no", "nos", "nov", "oct", "op", "ph.d", "pres", "prof", "pvt", "rep",
    "reps", "rev", "sen", "sens", "sep", "sept", "sgt", "sr", "st", "supt", "u.k", "u.n", "u.s", "v", "vol", "vs",
];

/// Bytes with which a sentence's end may begin.
const MAY_END: [bool; 256] = {
    let mut may_end = [false; 256];
    let mut at = 0;
    while at < 6 {
        may_end[b"\n.!?\xE3\xEF"[at] as usize] = true;
        at += 1;
    }
    may_end
};

/// The sentences of `text` as byte ranges, half-open, 0-based, trailing blanks included: they tile the text.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(found) = next_end(text, at) {
        if text[found..].trim_start().is_empty() {
            break;
        }
        let next = found + (text[found..].len() - text[found..].trim_start().len());
        ranges.push(start..next);
        start = next;
        at = next;
    }
    if start < text.len() {
        ranges.push(start..text.len());
    }
    ranges
}

/// Byte offset behind the next sentence end (closing quotes included) from `at` on.
fn next_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = at;
    while let Some(found) = bytes[at..].iter().position(|&byte| MAY_END[usize::from(byte)]) {
        at += found;
        match bytes[at] {
            b'\n' => return Some(at + 1),
            b'.' | b'!' | b'?' => {
                let mark = at;
                while bytes.get(at).is_some_and(|b| matches!(b, b'.' | b'!' | b'?')) {
                    at += 1;
                }
                let closed = skip_closers(text, at);
                if starts_sentence(&text[closed..]) && !is_abbreviation(text, mark, at, closed) {
                    return Some(closed);
                }
                at = closed;
            }
            0xE3 if text[at..].starts_with('。') => return Some(skip_closers(text, at + 3)),
            0xEF if text[at..].starts_with(['！', '？']) => return Some(skip_closers(text, at + 3)),
            _ => at += 1,
        }
    }
    None
}

fn skip_closers(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start_matches(['"', '\'', ')', ']', '”', '’', '»', '」', '』', '）']);
    text.len() - rest.len()
}

/// Whether what follows a full stop opens a sentence: blanks, then a capital, a digit, an opening quote or bracket, or
/// a letter of a script without case.
fn starts_sentence(rest: &str) -> bool {
    let next = rest.trim_start();
    if next.is_empty() {
        return true;
    }
    if next.len() == rest.len() {
        return false;
    }
    let Some(first) =
        next.trim_start_matches(['"', '\'', '(', '[', '“', '‘', '«', '„', '—', '–', '-', ' ']).chars().next()
    else {
        return true;
    };
    !first.is_lowercase()
}

/// Whether the single dot at `mark` ends an abbreviation or an initial.
fn is_abbreviation(text: &str, mark: usize, end: usize, closed: usize) -> bool {
    if end != mark + 1 || text.as_bytes()[mark] != b'.' || closed != end {
        return false;
    }
    let word_start = text[..mark].rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '‘' | '\''));
    let word = &text[word_start.map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8))..mark];
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    if initial {
        return true;
    }
    word.len() <= 5 && ABBREVIATIONS.binary_search(&word.to_ascii_lowercase().as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        // `|` marks the expected bounds
        for row in [
            "He left. |She stayed.",
            "Mr. Brown met Gen. Lee in St. Pauls. |They talked.",
            "The U.S. Senate voted. |It passed.",
            "J. R. Cole said “Stop.” |Then he sat down.",
            "It rose 2.1 percent. |“Good,” he said! |Why? |No one knew.",
            "He said \"no.\" |(She agreed.) |All went home",
            "at 7 p.m. they met",
            "会议结束了。|他们离开。",
            "one. two. three",
            "",
        ] {
            let text = row.replace('|', "");
            let got: Vec<&str> = sentences(&text).into_iter().map(|r| &text[r]).collect();
            assert_eq!(got.join("|"), row);
        }
    }

    #[test]
    fn abbreviations_are_sorted() {
        assert!(ABBREVIATIONS.is_sorted());
    }
}
