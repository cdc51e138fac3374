//! What topics may say of themselves, by the names that their formats use.

use super::topic::{Topic, Wrong, wrong};
use crate::error::nearest;

/// What a key of a topic, or a column of a table of topics, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Id,
    Question,
    Outlet,
    After,
    Before,
    Around,
    N,
    Weights,
    Description,
    /// Keys of their own within it.
    Filters,
    /// What is no part of the question.
    Aside,
}

/// All keys that are known, those that are advised first.
const KEYS: &[(&str, Key)] = &[
    ("id", Key::Id),
    ("query", Key::Question),
    ("n", Key::N),
    ("outlet", Key::Outlet),
    ("after", Key::After),
    ("before", Key::Before),
    ("around", Key::Around),
    ("weights", Key::Weights),
    ("filters", Key::Filters),
    ("description", Key::Description),
    ("date", Key::Around),
    ("qid", Key::Id),
    ("query_id", Key::Id),
    ("_id", Key::Id),
    ("topic", Key::Id),
    ("topic_id", Key::Id),
    ("number", Key::Id),
    ("num", Key::Id),
    ("text", Key::Question),
    ("title", Key::Question),
    ("question", Key::Question),
    ("outlets", Key::Outlet),
    ("desc", Key::Description),
    ("metadata", Key::Aside),
    ("narrative", Key::Aside),
    ("narr", Key::Aside),
    ("notes", Key::Aside),
    ("comment", Key::Aside),
];

/// How many of them are advised.
const ADVISED: usize = 11;

/// The way out of a key that is none.
const WAY_OUT: &str = "write id, query, n, outlet, after, before, around, weights";

/// What a key is, whatever its case.
///
/// # Errors
/// Where it is none: with the one that may have been meant.
pub(super) fn key(name: &str) -> Result<Key, Wrong> {
    let known = name.trim().to_lowercase();
    let found = KEYS.iter().find(|(name, _)| *name == known).map(|(_, key)| *key);
    found.ok_or_else(|| {
        let meant = nearest(&known, KEYS[..ADVISED].iter().map(|(name, _)| *name));
        let meant = meant.map_or(String::new(), |meant| format!(", perhaps {meant}"));
        wrong(format!("\"{}\" is no key of a topic{meant}", name.trim().escape_debug()), WAY_OUT)
    })
}

/// A topic as its keys come.
#[derive(Default)]
pub(super) struct Draft {
    topic: Topic,
    description: Option<String>,
}

impl Draft {
    /// Takes a value; an empty one says nothing.
    pub fn put(&mut self, key: Key, name: &str, value: &str) -> Result<(), Wrong> {
        let (topic, value) = (&mut self.topic, value.trim());
        if value.is_empty() {
            return Ok(());
        }
        let once = |slot: &mut Option<String>| match slot.replace(value.to_owned()) {
            None => Ok(()),
            Some(_) => Err(twice(name)),
        };
        match key {
            Key::Id if topic.id.is_empty() => topic.id = value.to_owned(),
            Key::Question if topic.text.is_empty() => topic.text = value.to_owned(),
            Key::Id | Key::Question => return Err(twice(name)),
            Key::Outlet => topic.filters.outlets.push(value.to_owned()),
            Key::After => once(&mut topic.filters.after)?,
            Key::Before => once(&mut topic.filters.before)?,
            Key::Around => once(&mut topic.around)?,
            Key::Weights => once(&mut topic.weights)?,
            Key::Description => self.description = Some(value.to_owned()),
            Key::N => {
                let number =
                    value.parse().map_err(|_| wrong(format!("n is \"{value}\", no number"), "write a number"))?;
                topic.n = Some(number);
            }
            Key::Filters | Key::Aside => {}
        }
        if key == Key::Aside {
            self.topic.aside.push(name.to_owned());
        }
        Ok(())
    }

    /// The topic; where asked for, its description is asked with its question.
    pub fn topic(self, with_description: bool) -> Topic {
        let Self { mut topic, description } = self;
        match description {
            Some(description) if with_description => topic.text = format!("{} {description}", topic.text),
            Some(_) => topic.aside.push("description".to_owned()),
            None => {}
        }
        topic
    }
}

fn twice(name: &str) -> Wrong {
    wrong(format!("\"{name}\" says again what another key says"), "keep one of the two")
}
