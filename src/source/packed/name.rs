//! What an entry is called. Names open nothing on the disk; still, none leads out of its folder.

/// Bytes of the longest name of an entry.
pub(super) const LONGEST_NAME: usize = 4096;

/// A name, and whether it is another than the folder has it, since that would lead out of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SafeName {
    pub name: String,
    pub led_out: bool,
}

/// The name of an entry as a path below its folder: without what leads out of that, and with marks for what is no UTF-8 or no
/// character that is seen. None where nothing is left of it.
pub(super) fn safe(bytes: &[u8], by_backslash: bool) -> Option<SafeName> {
    let text = String::from_utf8_lossy(bytes);
    let text = if by_backslash && !text.contains('/') { text.replace('\\', "/") } else { text.into_owned() };
    let drive = text.get(..2).filter(|two| two.as_bytes()[0].is_ascii_alphabetic() && two.ends_with(':'));
    let behind = drive.map_or(&*text, |drive| &text[drive.len()..]);
    let mut led_out = drive.is_some() || behind.starts_with(['/', '\\']);
    let mut parts: Vec<String> = Vec::new();
    for part in behind.trim_start_matches('\\').split('/').filter(|part| !part.is_empty() && *part != ".") {
        let leads_up = part == ".." || part.split('\\').any(|part| part == "..");
        led_out |= leads_up;
        if !leads_up {
            parts.push(part.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect());
        }
    }
    (!parts.is_empty()).then(|| SafeName { name: parts.join("/"), led_out })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out() {
        for (bytes, by_backslash, name, led_out) in [
            (&b"a/b.txt"[..], false, Some("a/b.txt"), false),
            (b"./a//b.txt", false, Some("a/b.txt"), false),
            (b"../../b.txt", false, Some("b.txt"), true),
            (b"a/../b.txt", false, Some("a/b.txt"), true),
            (b"/etc/b.txt", false, Some("etc/b.txt"), true),
            (b"C:\\x\\b.txt", true, Some("x/b.txt"), true),
            (b"C:/b.txt", false, Some("b.txt"), true),
            (b"x\\b.txt", true, Some("x/b.txt"), false),
            (b"x\\b.txt", false, Some("x\\b.txt"), false),
            (b"..\\..\\b.txt", true, Some("b.txt"), true),
            (b"a\\..\\/b.txt", true, Some("b.txt"), true),
            (b"a\0b.txt", false, Some("a\u{fffd}b.txt"), false),
            (b"caf\xe9.txt", false, Some("caf\u{fffd}.txt"), false),
            (b"..", false, None, true),
            (b"", false, None, false),
        ] {
            let found = safe(bytes, by_backslash);
            let expected = name.map(|name| SafeName { name: name.to_owned(), led_out });
            assert_eq!(found, expected, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
