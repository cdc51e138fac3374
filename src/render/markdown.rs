//! Names and texts as Markdown leaves them alone.

use super::terminal::escape;

/// A name as code, in a cell too.
pub(super) fn code(name: &str) -> String {
    format!("`{}`", escape(name).replace('`', "'").replace('|', "\\|"))
}

/// A text of one line, in a cell too: nothing in it is markup.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for c in escape(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' => out.push(' '),
            '|' | '`' | '*' | '_' | '[' | ']' | '~' | '\\' | '#' => out.extend(['\\', c]),
            // a name that is called, and not nDCG@10
            '@' if !before.is_alphanumeric() => out.push_str("\\@"),
            c => out.push(c),
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        for (text, told) in [
            ("Helsinki venue?", "Helsinki venue?"),
            ("nDCG@10", "nDCG@10"),
            ("a | b", "a \\| b"),
            ("<b>*bold*</b> & [x](y)", "&lt;b&gt;\\*bold\\*&lt;/b&gt; &amp; \\[x\\](y)"),
            ("two\nlines #1 @me", "two lines \\#1 \\@me"),
        ] {
            assert_eq!(plain(text), told);
        }
        assert_eq!(code("a`b|c"), "`a'b\\|c`");
    }
}
