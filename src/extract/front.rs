//! Front matter: lines of `key: value` between `---` and `---` above a text, as Markdown files have it; of `key = value` between
//! `+++` and `+++`; or of labels without a rule, as `Title: …` and `Source: …` above a blank line.

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
    Section,
    Page,
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
    ("publication", FrontKey::Outlet),
    ("newspaper", FrontKey::Outlet),
    ("sitename", FrontKey::Outlet),
    ("site", FrontKey::Outlet),
    ("source", FrontKey::Outlet),
    ("hostname", FrontKey::Outlet),
    ("date", FrontKey::Date),
    ("published", FrontKey::Date),
    ("pubdate", FrontKey::Date),
    ("byline", FrontKey::Byline),
    ("author", FrontKey::Byline),
    ("authors", FrontKey::Byline),
    ("by", FrontKey::Byline),
    ("section", FrontKey::Section),
    ("page", FrontKey::Page),
];

/// Labels that must be known where no rule says that they are some.
const FEWEST_LABELS: usize = 2;

/// The front matter of a text.
#[derive(Debug)]
pub(super) struct FrontMatter {
    /// Place among [`KEYS`], value, and line of the file.
    values: Vec<(usize, String, u32)>,
    /// What each of its lines is, the two rules included.
    pub labels: Vec<Label>,
}

impl FrontMatter {
    /// Reads the front matter that a text begins with. Without a key that is known here it is none.
    pub(super) fn read(text: &str, lines: &[Line]) -> Option<Self> {
        Self::yaml(text, lines).or_else(|| Self::toml(text, lines)).or_else(|| Self::labels(text, lines))
    }

    /// A rule, lines of `key = value`, another rule. What stands under a `[table]` is not the article's.
    fn toml(text: &str, lines: &[Line]) -> Option<Self> {
        let of = |line: &Line| &text[line.start..line.end];
        let inner = lines.split_first().filter(|(first, _)| of(first) == "+++" && !first.indented)?.1;
        let end = inner.iter().take(MOST_LINES).position(|line| of(line) == "+++")?;
        let mut front = Self { values: Vec::new(), labels: vec![Label::Label] };
        let mut open: Option<(Option<usize>, String, u32)> = None;
        let mut table = false;
        for line in &inner[..end] {
            let content = of(line);
            let listed = open.as_ref().is_some_and(|(_, value, _)| value.starts_with('[') && !value.ends_with(']'));
            table |= content.starts_with('[') && !listed;
            if listed {
                open.iter_mut().for_each(|(_, value, _)| value.push_str(content));
            } else if let Some((key, value)) = content.split_once('=').filter(|_| !table) {
                front.close(open.take().map(|(key, value, at)| (key, scalar(&value), at)));
                open = Some((known(key.trim().trim_matches('"')), value.trim().to_owned(), line.number));
            } else if !content.is_empty() && !content.starts_with('#') && !table {
                return None;
            }
            let key = open.as_ref().and_then(|(key, ..)| *key).filter(|_| !table);
            front.labels.push(key.map_or(Label::Label, |key| label(KEYS[key].1)));
        }
        front.close(open.map(|(key, value, at)| (key, scalar(value.trim_end_matches(",]")), at)));
        front.labels.push(Label::Label);
        front.values.sort_by_key(|(key, ..)| *key);
        (!front.values.is_empty()).then_some(front)
    }

    /// Lines of `Label: value` up to a blank line, one of them the title's; no rule stands around them.
    fn labels(text: &str, lines: &[Line]) -> Option<Self> {
        let mut front = Self { values: Vec::new(), labels: Vec::new() };
        let start = lines.iter().position(|line| !line.is_blank())?;
        front.labels.resize(start, Label::Label);
        for line in lines[start..].iter().take(MOST_LINES).take_while(|line| !line.is_blank()) {
            let (name, value) =
                pair(&text[line.start..line.end]).filter(|(name, _)| name.starts_with(char::is_uppercase))?;
            let key = known(name);
            front.close(Some((key, scalar(value), line.number)));
            front.labels.push(key.map_or(Label::Label, |key| label(KEYS[key].1)));
        }
        front.values.sort_by_key(|(key, ..)| *key);
        let titled = front.value(FrontKey::Headline).is_some();
        (titled && front.values.len() >= FEWEST_LABELS && front.labels.len() < lines.len()).then_some(front)
    }

    /// A rule, lines of `key: value`, another rule.
    fn yaml(text: &str, lines: &[Line]) -> Option<Self> {
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
        FrontKey::Id | FrontKey::Headline | FrontKey::Outlet | FrontKey::Section | FrontKey::Page => Label::Label,
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
            ("sitename: A\nhostname: a.example", FrontKey::Outlet, Some("A")),
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
    fn rules_of_pluses_and_labels_without_a_rule_are_read_too() {
        let toml = "+++\ntitle = \"Ice closes the strait\"\ndate = 2018-06-27T09:30:00Z\nauthors = [\"Anna Kowal\",\n\"Tom Reid\"]\n\n\
                    [extra]\nsource = \"none\"\n+++\nThe text.\n";
        let labels = "\nTitle: Ice closes the strait\nAuthor: Anna Kowal, Tom Reid\nDate: 2018-06-27T09:30:00Z\nSection: Sea\n\nThe text.\n";
        for text in [toml, labels] {
            let front = read(text).unwrap_or_else(|| panic!("{text}"));
            let values = [FrontKey::Headline, FrontKey::Byline, FrontKey::Date, FrontKey::Outlet]
                .map(|key| front.value(key).map(|(value, _)| value));
            let wanted =
                [Some("Ice closes the strait"), Some("Anna Kowal, Tom Reid"), Some("2018-06-27T09:30:00Z"), None];
            assert_eq!(values, wanted, "{text}");
        }
        for text in ["Title: a book\n\nThe text.\n", "Moscow: x\nTitle: y\n\nThe text.\n", "Title: x\nDate: 2018\n"] {
            assert!(read(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn every_line_has_its_label() {
        let front = read("---\ntitle: x\n\n# a note\nauthors:\n  - A\ndate: 2018\n---\nText\n").expect("front matter");
        let labels: Vec<&str> = front.labels.iter().map(|label| label.name()).collect();
        assert_eq!(labels, ["label", "label", "label", "label", "byline", "byline", "date_line", "label"]);
        assert_eq!(front.value(FrontKey::Date), Some(("2018", 7)));
    }
}
