//! A guide's Markdown -> the same bytes, with headings and commands in bold where styles are shown.

use super::terminal::{HEADING, Screen};

/// The page; no line is added, dropped or wrapped.
pub fn text(markdown: &str, screen: Screen) -> String {
    let mut in_block = false;
    let mut out = String::with_capacity(markdown.len());
    for line in markdown.lines() {
        let is_fence = line.starts_with("```");
        in_block ^= is_fence;
        let is_bold = if in_block { line.starts_with("$ ") } else { line.starts_with('#') };
        out.push_str(&if is_bold { screen.paint(HEADING, line) } else { line.to_owned() });
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_commands_are_bold_only_where_styles_are_shown() {
        let page = "# Title\n\nText.\n\n```console\n$ dateline query x\n# not a heading\n```\n";
        assert_eq!(text(page, Screen { colour: false, width: 40 }), page);
        let styled = text(page, Screen { colour: true, width: 40 });
        for (line, is_bold) in
            [("# Title", true), ("Text.", false), ("$ dateline query x", true), ("# not a heading", false)]
        {
            assert_eq!(styled.contains(&format!("{HEADING}{line}{HEADING:#}\n")), is_bold, "{line}: {styled}");
        }
    }
}
