//! Front matter: lines of `key: value` between `---` and `---` above a text, as Markdown files have it.

use super::Label;
use super::lines::Line;

/// Most lines of front matter, and bytes of one; what is longer is text.
const MOST_LINES: usize = 200;
const LONGEST: usize = 2000;

/// What a key of front matter stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrontKey {
    Id,
    Url,
    Headline,
    Outlet,
    Date,
    Byline,
}

/// Keys as people write them; of several that stand for one field the first of this list counts.
const KEYS: &[(&str, FrontKey)] = &[
    ("id", FrontKey::Id),
    ("url", FrontKey::Url),
    ("link", FrontKey::Url),
    ("headline", FrontKey::Headline),
    ("title", FrontKey::Headline),
    ("outlet", FrontKey::Outlet),
    ("publisher", FrontKey::Outlet),
    ("source", FrontKey::Outlet),
    ("date", FrontKey::Date),
    ("byline", FrontKey::Byline),
    ("author", FrontKey::Byline),
    ("authors", FrontKey::Byline),
];

/// The front matter of a text.
#[derive(Debug)]
pub(super) struct FrontMatter {
    /// Place among [`KEYS`], value, and line of the file.
    values: Vec<(usize, String, u32)>,
    /// What each of its lines is, the two rules included.
    pub labels: Vec<Label>,
}

impl FrontMatter {
    /// Reads the front matter that a text begins with: a rule, lines of `key: value`, another rule. Without a key that
    /// is known here it is no front matter.
    pub(super) fn read(text: &str, lines: &[Line]) -> Option<Self> {
        let of = |line: &Line| &text[line.start..line.end];
        let inner = lines.split_first().filter(|(first, _)| of(first) == "---" && !first.indented)?.1;
        let end = inner.iter().take(MOST_LINES).position(|line| matches!(of(line), "---" | "...") && !line.indented)?;
        let mut front = Self { values: Vec::new(), labels: vec![Label::Label] };
        let mut open: Option<(Option<usize>, String, u32)> = None;
        for line in &inner[..end] {
            let content = of(line);
            if content.len() > LONGEST {
                return None;
            }
            let goes_on = content.starts_with("- ") || content == "-" || line.indented;
            if let Some((_, value, _)) = open.as_mut().filter(|_| goes_on) {
                push(value, content);
            } else if !content.is_empty() && !content.starts_with('#') {
                let (key, value) = pair(content).filter(|_| !line.indented)?;
                front.close(open.replace((known(key), scalar(value), line.number)));
            }
            let key = open.as_ref().and_then(|(key, ..)| *key);
            front.labels.push(key.map_or(Label::Label, |key| label(KEYS[key].1)));
        }
        front.close(open);
        front.labels.push(Label::Label);
        front.values.sort_by_key(|(key, ..)| *key);
        (!front.values.is_empty()).then_some(front)
    }

    fn close(&mut self, open: Option<(Option<usize>, String, u32)>) {
        if let Some((Some(key), value, line)) = open
            && !value.is_empty()
        {
            self.values.push((key, value, line));
        }
    }

    /// The value of a key and its line of the file.
    pub(super) fn value(&self, wanted: FrontKey) -> Option<(&str, u32)> {
        let address = |value: &str| value.contains("://");
        // `source: https://…` is where a text was found, and no name
        let fits = |key: FrontKey, value: &str| key == wanted && (key != FrontKey::Outlet || !address(value));
        let value = self.values.iter().find(|(key, value, _)| fits(KEYS[*key].1, value));
        let linked = || self.values.iter().find(|(key, value, _)| KEYS[*key].1 == FrontKey::Outlet && address(value));
        let value = value.or_else(|| linked().filter(|_| wanted == FrontKey::Url));
        value.map(|(_, value, line)| (value.as_str(), *line))
    }
}

fn known(key: &str) -> Option<usize> {
    KEYS.iter().position(|(name, _)| name.eq_ignore_ascii_case(key))
}

/// What a line of a key is.
fn label(key: FrontKey) -> Label {
    match key {
        FrontKey::Date => Label::DateLine,
        FrontKey::Byline => Label::Byline,
        FrontKey::Url => Label::Url,
        FrontKey::Id | FrontKey::Headline | FrontKey::Outlet => Label::Label,
    }
}

/// A line `key: value`; the key is one word.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let word = key.starts_with(|c: char| c.is_alphabetic())
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    (word && (value.is_empty() || value.starts_with([' ', '\t']))).then_some((key, value.trim()))
}

/// Adds an item of the list under a key, or a line that goes on with its value. What has keys of its own is no value.
fn push(value: &mut String, line: &str) {
    let item = line.strip_prefix('-').map(str::trim_start);
    let more = scalar(item.unwrap_or(line));
    if more.is_empty() || (value.is_empty() && pair(&more).is_some()) {
        return;
    }
    if !value.is_empty() {
        value.push_str(if item.is_some() { ", " } else { " " });
    }
    value.push_str(&more);
}

/// A value without its quotes, its comment and the brackets of a list; empty where it says nothing.
fn scalar(value: &str) -> String {
    if let Some(list) = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let items: Vec<String> = list.split(',').map(|item| scalar(item.trim())).filter(|i| !i.is_empty()).collect();
        return items.join(", ");
    }
    if let Some(quoted) = quoted(value, '"') {
        return quoted.replace("\\\"", "\"").replace("\\\\", "\\");
    }
    if let Some(quoted) = quoted(value, '\'') {
        return quoted.replace("''", "'");
    }
    let value = value.split(" #").next().unwrap_or(value).trim();
    let nothing = value.starts_with('#') || matches!(value, "~" | "null" | "Null" | "NULL" | "|" | ">" | "|-" | ">-");
    if nothing { String::new() } else { value.to_owned() }
}

fn quoted(value: &str, mark: char) -> Option<&str> {
    value.strip_prefix(mark)?.strip_suffix(mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lines::split;

    fn read(text: &str) -> Option<FrontMatter> {
        FrontMatter::read(text, &split(text, 1, true))
    }

    #[test]
    fn values_are_what_yaml_says_of_simple_lines() {
        for (line, key, value) in [
            ("title: Ice closes the strait", FrontKey::Headline, Some("Ice closes the strait")),
            ("Title: \"Ice: \\\"closed\\\"\"", FrontKey::Headline, Some("Ice: \"closed\"")),
            ("title: 'The pilots'' guild'", FrontKey::Headline, Some("The pilots' guild")),
            ("title: Ice # a draft", FrontKey::Headline, Some("Ice")),
            ("date: 2018-06-27", FrontKey::Date, Some("2018-06-27")),
            ("author: [Anna Kowal, 'Tom Reid']", FrontKey::Byline, Some("Anna Kowal, Tom Reid")),
            ("authors:\n  - Anna Kowal\n  - Tom Reid", FrontKey::Byline, Some("Anna Kowal, Tom Reid")),
            ("authors:\n- Anna Kowal", FrontKey::Byline, Some("Anna Kowal")),
            ("author:\n  name: Anna Kowal\nid: 7", FrontKey::Byline, None),
            ("title: >\n  Ice closes\n  the strait", FrontKey::Headline, Some("Ice closes the strait")),
            ("source: A\npublisher: B\noutlet: C", FrontKey::Outlet, Some("C")),
            ("source: https://kell.example/a\nid: 7", FrontKey::Outlet, None),
            ("source: https://kell.example/a", FrontKey::Url, Some("https://kell.example/a")),
            ("title: x\ndate: ~", FrontKey::Date, None),
            ("tags: [a, b]\nlink: https://kell.example/b", FrontKey::Url, Some("https://kell.example/b")),
        ] {
            let text = format!("---\n{line}\n---\nThe text.\n");
            let front = read(&text).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(front.value(key).map(|(value, _)| value), value, "{line}");
        }
    }

    #[test]
    fn what_is_no_front_matter_is_text() {
        for text in [
            "The strait is closed.\n---\ntitle: x\n---\n",
            "---\ntitle: x\nThe text, and no second rule.\n",
            "---\ntitle: x\nThe strait is closed\n---\n",
            "---\nMoscow: the envoys met again\n---\nThe text.\n",
            "---\n---\nThe text.\n",
            "---\n- title: x\n---\n",
            "---\nhttps://kell.example/a\n---\n",
            "----\ntitle: x\n----\n",
            "",
        ] {
            assert!(read(text).is_none(), "{text:?}");
        }
        assert!(read(&format!("---\ntitle: x\n{}---\n", "note: y\n".repeat(MOST_LINES))).is_none(), "no end in sight");
    }

    #[test]
    fn every_line_has_its_label() {
        let front = read("---\ntitle: x\n\n# a note\nauthors:\n  - A\ndate: 2018\n---\nText\n").expect("front matter");
        let labels: Vec<&str> = front.labels.iter().map(|label| label.name()).collect();
        assert_eq!(labels, ["label", "label", "label", "label", "byline", "byline", "date_line", "label"]);
        assert_eq!(front.value(FrontKey::Date), Some(("2018", 7)));
    }
}
