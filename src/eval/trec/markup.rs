//! TREC's own topics: `<top>` with tags that are never closed, and the XML that later tracks wrote.

use super::topic::{LONGEST, ReadTopic, Topic, Wrong, too_long, wrong};

/// The topics among some lines.
pub(super) struct Blocks<L> {
    lines: L,
    /// Whether the description is asked together with the title.
    description: bool,
    /// The first line of a topic whose predecessor was never closed.
    held: Option<(usize, String)>,
}

impl<L> Blocks<L> {
    pub(super) fn new(lines: L, description: bool) -> Self {
        Self { lines, description, held: None }
    }
}

impl<L> Iterator for Blocks<L>
where
    L: Iterator<Item = (usize, std::result::Result<String, Wrong>)>,
{
    type Item = ReadTopic;

    fn next(&mut self) -> Option<ReadTopic> {
        let (mut start, mut block) = self.held.take().unwrap_or_default();
        let mut is_long = false;
        while block.is_empty() || !is_closed(&block) {
            let (number, line) = match self.lines.next() {
                Some((number, Ok(line))) => (number, line),
                Some((number, Err(error))) => return Some((number, Err(error))),
                None if block.is_empty() => return None,
                None => break,
            };
            let opens = opens(&line);
            if opens && !block.is_empty() {
                self.held = Some((number, line));
                break;
            }
            if opens {
                start = number;
            }
            if opens || !block.is_empty() {
                is_long |= (block.len() + line.len()) as u64 > LONGEST;
                // its end tells where the next one begins, and is all that is kept of it then
                if is_long {
                    block.clear();
                }
                block.push_str(&line);
            }
        }
        Some((start, if is_long { Err(too_long()) } else { topic(&block, self.description) }))
    }
}

fn opens(line: &str) -> bool {
    let line = line.trim_start().to_ascii_lowercase();
    ["<top", "<topic"]
        .iter()
        .any(|tag| line.strip_prefix(tag).is_some_and(|rest| rest.starts_with(|c: char| c == '>' || c.is_whitespace())))
}

fn is_closed(block: &str) -> bool {
    let last = block.trim_end().rsplit('\n').next().unwrap_or_default().to_ascii_lowercase();
    last.contains("</top>") || last.contains("</topic>")
}

fn topic(block: &str, description: bool) -> std::result::Result<Topic, Wrong> {
    let sections = sections(block);
    let of = |names: &[&str], label: &str| {
        let section = names.iter().find_map(|name| sections.iter().find(|s| s.name == *name))?;
        Some(plain(&section.content, label))
    };
    let attribute = sections.iter().find_map(|s| number_attribute(&s.attributes));
    let id = of(&["num"], "Number:").or(attribute).unwrap_or_default();
    let Some(mut text) = of(&["title", "query"], "Topic:") else {
        return Err(wrong(format!("topic {id} has no <title>"), "give it one"));
    };
    if description && let Some(more) = of(&["desc", "description", "question"], "Description:") {
        text = format!("{text} {more}").trim().to_owned();
    }
    Ok(Topic { id, text, ..Topic::default() })
}

/// A tag with what follows it, up to the next tag.
struct Section {
    name: String,
    attributes: String,
    content: String,
}

fn sections(block: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for part in block.split('<').skip(1) {
        let is_tag = part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match part.split_once('>') {
            Some((tag, content)) if is_tag => {
                let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
                let (name, attributes) = (name.to_ascii_lowercase(), attributes.to_owned());
                sections.push(Section { name, attributes, content: content.to_owned() });
            }
            // a bare < is text
            _ => {
                if let Some(section) = sections.last_mut() {
                    section.content.push('<');
                    section.content.push_str(part);
                }
            }
        }
    }
    sections
}

/// One line without the label that TREC puts before it, and without entities.
fn plain(content: &str, label: &str) -> String {
    let line = content.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = match line.get(..label.len()) {
        Some(start) if start.eq_ignore_ascii_case(label) => line[label.len()..].trim_start(),
        _ => &line,
    };
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        .iter()
        .fold(line.to_owned(), |text, (entity, c)| text.replace(entity, c))
}

fn number_attribute(attributes: &str) -> Option<String> {
    let value = attributes.split_once("number=")?.1;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next().map(|id| id.trim().to_owned())
}
