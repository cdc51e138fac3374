//! One JSON object -> a record: its fields, and where its body stands in the file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserializer;
use serde::de::{DeserializeSeed, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::map::Literal;
use super::names::{FieldNames, Known, SLOTS, is_address, printed_page};
use super::{Given, Salvaged, literal};

/// The key by which a salvaged article is told.
const SALVAGED: &str = "salvaged";

/// What joins the strings of a body that is an array.
const JOINT: &str = "\n\n";

/// The values of an object's known keys, undecoded; of duplicate keys the last.
pub(super) struct ObjectFields<'a> {
    /// Behind the known ones [`SALVAGED`].
    values: [Option<&'a RawValue>; SLOTS + 1],
}

/// Reads an object with these names of fields.
#[derive(Clone, Copy)]
pub(super) struct Object<'n>(pub &'n FieldNames);

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = ObjectFields<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<ObjectFields<'de>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ObjectFields<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ObjectFields<'de>, A::Error> {
        let mut fields = ObjectFields { values: [None; SLOTS + 1] };
        while let Some(slot) = map.next_key_seed(KeySeed(self.0))? {
            let value = map.next_value::<&'de RawValue>()?;
            if let Some(place) = slot.and_then(|slot| fields.values.get_mut(slot)) {
                *place = Some(value);
            }
        }
        Ok(fields)
    }
}

/// A key of an object: the slot of its value.
struct KeySeed<'n>(&'n FieldNames);

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, name: &str) -> Result<Option<usize>, E> {
        Ok(if name == SALVAGED { Some(SLOTS) } else { self.0.slot(name) })
    }
}

/// A record's text, its way back, and its given fields.
pub(super) struct Parsed<'a> {
    pub text: Cow<'a, str>,
    pub literals: Vec<Literal<'a>>,
    pub given: Given,
    pub warnings: Vec<String>,
    /// Line ends between the start of the object and its body.
    pub lines_before: u32,
}

impl<'a> ObjectFields<'a> {
    /// The values of a field that are not empty, best first.
    fn present(&self, field: Known) -> impl Iterator<Item = &'a RawValue> {
        let absent = |value: &&RawValue| matches!(value.get(), "null" | "\"\"" | "[]");
        field.slots().filter_map(|slot| self.values.get(slot).copied().flatten()).filter(move |v| !absent(v))
    }

    fn strings(&self, field: Known) -> impl Iterator<Item = String> {
        self.present(field).filter_map(one_string).map(|s| s.trim().to_owned()).filter(|s| !s.is_empty())
    }

    fn string(&self, field: Known) -> Option<String> {
        self.strings(field).next()
    }

    /// The body: the first value that can be one, else whatever stands in its place.
    fn body(&self) -> Option<&'a RawValue> {
        let is_text = |value: &&RawValue| value.get().starts_with(['"', '[']);
        self.present(Known::Body).find(is_text).or_else(|| self.present(Known::Body).next())
    }

    fn salvaged(&self) -> Option<Salvaged> {
        serde_json::from_str(self.values[SLOTS]?.get()).ok()
    }

    /// The record that the fields make; `whole` is the decoded text they were parsed from. Says why where it is none.
    pub(super) fn into_record(self, whole: &'a str) -> Result<Parsed<'a>, Lack> {
        let given = Given {
            id: self.string(Known::Id),
            url: self.string(Known::Url).or_else(|| self.strings(Known::Outlet).find(|name| is_address(name))),
            outlet: self.strings(Known::Outlet).find(|name| !is_address(name)),
            date: self.string(Known::Date),
            headline: self.string(Known::Headline),
            byline: self.string(Known::Byline),
            section: self.string(Known::Section),
            page: self.string(Known::Page).and_then(printed_page),
            salvaged: self.salvaged().map(Box::new),
            ..Given::default()
        };
        let mut parsed =
            Parsed { text: Cow::Borrowed(""), literals: Vec::new(), given, warnings: Vec::new(), lines_before: 0 };
        let Some(body) = self.body() else {
            return if parsed.given.headline.is_some() { Ok(parsed) } else { Err(self.lack(whole)) };
        };
        let before = &whole.as_bytes()[..offset_in(whole, body.get())];
        parsed.lines_before = memchr::memchr_iter(b'\n', before).count() as u32;
        let mut lone = false;
        for part in strings(body).map_err(Lack::NoText)? {
            let inside = &part[1..part.len() - 1];
            let (text, had_lone) = literal::unescape(inside);
            lone |= had_lone;
            let at = if parsed.literals.is_empty() {
                parsed.text = text;
                0
            } else {
                parsed.text.to_mut().push_str(JOINT);
                parsed.text.to_mut().push_str(&text);
                parsed.text.len() - text.len()
            };
            let start = offset_in(whole, inside) as u64;
            parsed.literals.push(Literal { at, start, raw: Cow::Borrowed(inside) });
        }
        if let Some((end, more)) = cut_off(&parsed.text) {
            match &mut parsed.text {
                Cow::Borrowed(text) => *text = &text[..end],
                Cow::Owned(text) => text.truncate(end),
            }
            parsed.warnings.push(format!("cut off where it comes from: {more} characters more are not in the file"));
        }
        let is_marked = self.values[SLOTS].is_some_and(|value| value.get().starts_with('{'));
        if is_marked && parsed.given.salvaged.as_ref().is_none_or(|s| s.lines(&parsed.text).is_none()) {
            parsed.given.salvaged = None;
            parsed.warnings.push("not as it was salvaged: it is read as any other record".to_owned());
        }
        if lone {
            parsed.warnings.push("half of a surrogate pair in the body; shown as U+FFFD".to_owned());
        }
        let is_empty = parsed.given.headline.is_none() && parsed.text.trim().is_empty();
        if is_empty { Err(Lack::Empty) } else { Ok(parsed) }
    }

    /// What an object without headline and text lacks: its fields are empty, or go by names that nobody knows.
    fn lack(&self, whole: &'a str) -> Lack {
        let mut fields = [Known::Headline, Known::Body].into_iter().flat_map(Known::slots);
        if fields.any(|slot| self.values.get(slot).copied().flatten().is_some()) {
            return Lack::Empty;
        }
        let all: BTreeMap<String, &RawValue> = serde_json::from_str(whole.trim_end()).unwrap_or_default();
        let known: Vec<&str> = self.values.iter().flatten().map(|value| value.get()).collect();
        let others = all.into_iter().filter(|(_, value)| !known.contains(&value.get()));
        let longest = others.filter(|(_, value)| may_be_text(value.get())).max_by_key(|(_, value)| value.get().len());
        longest.map_or(Lack::Empty, |(key, _)| Lack::Unknown(key))
    }
}

impl<'a> Parsed<'a> {
    /// The same with its literals moved by `base` bytes.
    pub(super) fn moved(mut self, base: u64) -> Self {
        self.literals.iter_mut().for_each(|literal| literal.start += base);
        self
    }

    /// The same without borrows.
    pub(super) fn into_owned<'o>(self) -> Parsed<'o> {
        let owned = |l: Literal<'_>| Literal { at: l.at, start: l.start, raw: Cow::Owned(l.raw.into_owned()) };
        Parsed {
            text: Cow::Owned(self.text.into_owned()),
            literals: self.literals.into_iter().map(owned).collect(),
            given: self.given,
            warnings: self.warnings,
            lines_before: self.lines_before,
        }
    }
}

/// Where a text ends that an API cut off, and how many characters it says that are missing: `… [+239 chars]`.
fn cut_off(text: &str) -> Option<(usize, u64)> {
    let inside = text.trim_end().strip_suffix(" chars]")?;
    let mark = inside.rfind("[+")?;
    Some((inside[..mark].trim_end().len(), inside[mark + 2..].parse().ok()?))
}

/// Why an object is no article.
#[derive(Debug)]
pub(super) enum Lack {
    /// It has neither a headline nor a text.
    Empty,
    /// It has neither under a name that is known; this key may hold its text.
    Unknown(String),
    /// Its text is something else.
    NoText(String),
}

/// What is said of an object that lacks both.
pub(super) const NO_TEXT: &str = "neither a headline (`headline`, `title`) nor a text (`body`, `text`)";

/// Words from which on a value that nobody knows may be a text.
const WORDS: usize = 4;

/// Whether what stands somewhere else than a text may be one: it has several words.
pub(super) fn may_be_text(value: &str) -> bool {
    value.split_whitespace().nth(WORDS - 1).is_some()
}

/// Where `part`, a slice of `whole`, begins in it.
fn offset_in(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}

/// The string literals of a body: itself, or those of an array of strings.
fn strings(body: &RawValue) -> Result<Vec<&str>, String> {
    let bad = || format!("its text is {}, not a string or an array of strings", kind(body.get()));
    match body.get().as_bytes().first() {
        Some(b'"') => Ok(vec![body.get()]),
        Some(b'[') => {
            let parts: Vec<&RawValue> = serde_json::from_str(body.get()).map_err(|_| bad())?;
            let parts: Vec<&str> = parts.into_iter().map(RawValue::get).filter(|p| *p != "\"\"").collect();
            if parts.iter().all(|p| p.starts_with('"')) { Ok(parts) } else { Err(bad()) }
        }
        _ => Err(bad()),
    }
}

fn kind(value: &str) -> &'static str {
    match value.as_bytes().first() {
        Some(b'{') => "an object",
        Some(b'[') => "an array of other things",
        Some(b't' | b'f') => "a truth value",
        _ => "a number",
    }
}

/// A string, a number as written, or an array of strings joined by commas; nothing else.
fn one_string(value: &RawValue) -> Option<String> {
    let text = value.get();
    match text.as_bytes().first()? {
        b'"' => Some(literal::unescape(&text[1..text.len() - 1]).0.into_owned()),
        b'[' => {
            let parts: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            let parts: Option<Vec<String>> =
                parts.into_iter().map(|p| p.get().starts_with(['"', '{']).then(|| one_string(p)).flatten()).collect();
            parts.map(|p| p.join(", "))
        }
        b'-' | b'0'..=b'9' => Some(text.to_owned()),
        b'{' => typed(text).or_else(|| named(text)),
        _ => None,
    }
}

/// A value with its type, as databases write JSON out: `{"$date": "2018-06-12T09:30:00Z"}`, `{"$date": {"$numberLong":
/// "1528795800000"}}`, `{"$oid": "5b1f…"}`. Numbers of dates are milliseconds since 1970.
fn typed(text: &str) -> Option<String> {
    let object: BTreeMap<&str, &RawValue> = serde_json::from_str(text).ok()?;
    let (kind, value) = object.into_iter().next().filter(|(kind, _)| kind.starts_with('$'))?;
    let value = one_string(value)?;
    match kind {
        "$date" => Some(value.parse().map_or(value, |number| moment(number).unwrap_or_default())),
        "$oid" | "$uuid" | "$numberLong" | "$numberInt" | "$numberDouble" => Some(value),
        _ => None,
    }
}

/// Keys under which an object that stands for a value has it: `{"id": null, "name": "Tamsin Post"}`, `{"rendered": "Ferry stays"}`.
const VALUE: [&str; 3] = ["name", "rendered", "main"];

/// The value of an object that stands for one.
fn named(text: &str) -> Option<String> {
    let object: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(text).ok()?;
    let value = VALUE.iter().find_map(|key| object.get(*key))?;
    one_string(value).filter(|_| value.get().starts_with('"'))
}

/// A moment in milliseconds since 1970, to the second.
fn moment(milliseconds: i64) -> Option<String> {
    let second = jiff::Timestamp::from_second(milliseconds.div_euclid(1000)).ok()?;
    Some(second.to_string())
}

#[cfg(test)]
mod tests;
