//! Markdown: the text without its marks, line by line as it stands, with the way back to each stretch.

use std::ops::Range;
use std::path::Path;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::map::Segment;
use super::stretches::Stretches;

/// Endings of the names of files in Markdown.
const NAMES: &[&str] = &["md", "markdown", "mdown", "mkd"];

/// Fences of front matter, which is no Markdown.
const FENCES: &[&str] = &["---", "+++"];

/// The text without marks of a text in Markdown, and its stretches, which begin at `base`; none where it is plain text. In a
/// file that is called so one mark is enough, elsewhere two of different kinds.
pub(super) fn unmarked(text: &str, base: usize, path: &Path) -> Option<(String, Vec<Segment>)> {
    let front = front_matter(text);
    let ending = path.extension().and_then(|ending| ending.to_str());
    let is_called = ending.is_some_and(|ending| NAMES.iter().any(|name| name.eq_ignore_ascii_case(ending)));
    if kinds_of_marks(&text[front..]) < if is_called { 1 } else { 2 } {
        return None;
    }
    let mut written = Stretches::new(text, base, 0);
    written.keep(0..front);
    for (range, spelled) in stretches(&text[front..]) {
        let range = front + range.start..front + range.end;
        match spelled {
            None => written.keep(range),
            Some(other) => written.respell(range, &other),
        }
    }
    Some(written.whole_lines())
}

/// Bytes of the front matter that a text begins with.
fn front_matter(text: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let Some(fence) = lines.next().map(str::trim_end).filter(|first| FENCES.contains(first)) else { return 0 };
    let mut at = text.find('\n').map_or(text.len(), |end| end + 1);
    for line in lines {
        at += line.len();
        if line.trim_end() == fence {
            return at;
        }
    }
    0
}

/// How many kinds of marks a text has: headings, links, stressed words.
fn kinds_of_marks(text: &str) -> usize {
    let heading = |line: &str| {
        let rest = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
    };
    let mut above = "";
    let has = |mark: &str| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    let may_head = has("# ") || has("===");
    let has_heading = may_head
        && text.lines().any(|line| {
            let rule = line.len() >= 3 && line.trim_end().bytes().all(|b| b == b'=');
            let is_heading = heading(line) || (rule && !above.trim().is_empty());
            above = line;
            is_heading
        });
    let has_link = text.match_indices("](").any(|(at, _)| {
        let to = &text[at + 2..];
        to.starts_with("http://") || to.starts_with("https://") || to.starts_with('/')
    });
    let stressed = |mark: &str| {
        let mut lines = if has(mark) { text.lines() } else { "".lines() };
        lines.any(|line| {
            let opens = |at: usize| line[at + mark.len()..].starts_with(|c: char| c.is_alphanumeric());
            line.find(mark).is_some_and(|at| opens(at) && line[at + mark.len()..].contains(mark))
        })
    };
    usize::from(has_heading) + usize::from(has_link) + usize::from(stressed("**") || stressed("__"))
}

/// The stretches of text in order, each with what it says where it is spelled otherwise. What stands for a picture, and HTML,
/// is none.
fn stretches(text: &str) -> Vec<(Range<usize>, Option<String>)> {
    let mut stretches = Vec::new();
    let mut pictures = 0;
    for (event, range) in Parser::new(text).into_offset_iter() {
        let said = match event {
            Event::Start(Tag::Image { .. }) => {
                pictures += 1;
                continue;
            }
            Event::End(TagEnd::Image) => {
                pictures -= 1;
                continue;
            }
            Event::Text(said) | Event::Code(said) if pictures == 0 => said,
            _ => continue,
        };
        let stands = &text[range.clone()];
        match stands.find(&*said) {
            Some(at) => stretches.push((range.start + at..range.start + at + said.len(), None)),
            None => stretches.push((range, Some(said.to_string()))),
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;
    use crate::source::SourceMap;

    #[test]
    fn marks_are_no_text_and_lines_stay() {
        for (marked, name, plain) in [
            (
                "# Quay falls\n\nThe **old** quay [fell](https://x.example/q \"t\").\n",
                "a.txt",
                "Quay falls\n\nThe old quay fell.\n",
            ),
            ("Quay falls\n==========\n\nIt _fell_ at `noon`.\n", "a.md", "Quay falls\n\n\nIt fell at noon.\n"),
            (
                "## What fell\n\n- the quay\n- a stove\n\n> So it was, &amp; is \\*now\\*.\n",
                "a.md",
                "What fell\n\nthe quay\na stove\n\nSo it was, & is *now*.\n",
            ),
            ("---\ntitle: \"**Quay**\"\n---\n# Quay falls\n", "a.md", "---\ntitle: \"**Quay**\"\n---\nQuay falls\n"),
            (
                "# Quay falls\n\n![The quay](q.png)\n\n<div>Ad</div>\n\n***\n\nIt fell.",
                "a.md",
                "Quay falls\n\n\n\n\n\n\n\nIt fell.",
            ),
            ("**Quay** falls\r\n\r\nIt [fell](/q).\r\n", "a.txt", "Quay falls\r\n\r\nIt fell.\r\n"),
        ] {
            let (text, segments) = unmarked(marked, 0, Path::new(name)).unwrap_or_else(|| panic!("{marked:?}"));
            assert_eq!(text.replace('\r', ""), plain.replace('\r', ""), "{marked:?}");
            assert_eq!(text.lines().count(), marked.lines().count(), "{marked:?}");
            let map = SourceMap::Quoted { segments, under: None };
            for word in text.split_whitespace().filter(|word| word.chars().all(char::is_alphanumeric)) {
                let at = text.find(word).expect("in the text");
                let found = map.spans(&[Span::new(at, at + word.len())]).expect("a way back")[0];
                assert_eq!(&marked[found.range()], word, "{marked:?}");
            }
        }
    }

    #[test]
    fn a_plain_text_is_left_as_it_is() {
        for (text, name) in [
            ("# 5 of the list\n\nThe quay fell.\n", "a.txt"),
            ("The quay fell * and fell.\n\n1. It fell.\n", "a.md"),
            ("The **quay** fell.\n", "a.txt"),
            ("---\ntitle: **Quay**\n---\nThe quay fell.\n", "a.md"),
        ] {
            assert_eq!(unmarked(text, 0, Path::new(name)), None, "{text}");
        }
    }
}
