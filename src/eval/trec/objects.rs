//! Topics that are objects of JSON, one a line.

use serde_json::{Map, Value};

use super::keys::{Draft, Key, key};
use super::once::Once;
use super::topic::{Line, ReadTopic, Topic, Wrong, wrong};

/// The way out of a line that is no topic.
const OBJECT: &str = "write {\"id\": …, \"query\": …}, one object a line";

/// The topic of a line; none of a blank one.
pub(super) fn jsonl(number: usize, line: Line, description: bool) -> Option<ReadTopic> {
    let line = match line {
        Ok(line) if line.trim().is_empty() => return None,
        Ok(line) => line,
        Err(error) => return Some((number, Err(error))),
    };
    let object = serde_json::from_str::<Once>(&line).map_err(|e| wrong(without_place(&e), OBJECT));
    let topic = object.and_then(|Once(value)| match value {
        Value::Object(object) => json_topic(&object, description),
        other => Err(wrong(format!("no object: {other:.40}"), OBJECT)),
    });
    Some((number, topic))
}

fn json_topic(object: &Map<String, Value>, description: bool) -> std::result::Result<Topic, Wrong> {
    let mut draft = Draft::default();
    for (name, value) in object {
        match (key(name)?, value) {
            (Key::Filters, Value::Object(filters)) => {
                for (name, value) in filters {
                    match key(name)? {
                        key @ (Key::Outlet | Key::After | Key::Before) => put(&mut draft, key, name, value)?,
                        _ => return Err(wrong(format!("\"{name}\" is no filter"), "filter by outlet, after, before")),
                    }
                }
            }
            (key, value) => put(&mut draft, key, name, value)?,
        }
    }
    let topic = draft.topic(description);
    if topic.text.is_empty() && !object.keys().any(|name| key(name).is_ok_and(|key| key == Key::Question)) {
        return Err(wrong("no key asks the question", OBJECT));
    }
    Ok(topic)
}

/// Takes a value as the flag of its name takes it.
fn put(draft: &mut Draft, key: Key, name: &str, value: &Value) -> std::result::Result<(), Wrong> {
    match (key, value) {
        (_, Value::Null) => Ok(()),
        // that it is there is all that is told
        (Key::Aside, _) => draft.put(key, name, name),
        (_, Value::String(text)) => draft.put(key, name, text),
        (Key::Id | Key::N | Key::After | Key::Before | Key::Around, Value::Number(number)) => {
            draft.put(key, name, &number.to_string())
        }
        (Key::Outlet, Value::Array(several)) => several.iter().try_for_each(|one| match one {
            Value::String(one) => draft.put(key, name, one),
            other => Err(unlike(name, other)),
        }),
        (Key::Weights, Value::Object(weights)) => {
            let set: Vec<String> = weights.iter().map(|(name, value)| format!("{name}={value}")).collect();
            draft.put(key, name, &set.join(","))
        }
        (_, value) => Err(unlike(name, value)),
    }
}

fn unlike(name: &str, value: &Value) -> Wrong {
    wrong(format!("\"{name}\" cannot be {value}"), OBJECT)
}

/// What serde_json says, but for the line, which is always the first.
fn without_place(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}
