//! What stands around the records of a JSON file: news APIs answer with one object, in which an array has the articles.

use super::super::names::{FieldNames, Known};

/// Names of arrays that have the records, and of objects around such an array.
const ARRAYS: &[&str] = &[
    "articles",
    "results",
    "docs",
    "documents",
    "items",
    "stories",
    "news",
    "data",
    "hits",
    "posts",
    "entries",
    "value",
];
const OBJECTS: &[&str] = &["response", "articles", "hits", "data", "result", "results"];

/// Objects around the array, at most.
const DEEPEST: usize = 3;

/// An array of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) struct WrappedArray {
    /// Its first byte, the bracket.
    pub start: usize,
    /// How many objects stand around it.
    pub depth: usize,
}

/// The array of records in a file that begins so; none where the file is no wrapper: what has a headline or a text of its own is a
/// record, whatever arrays it has.
pub(in crate::source) fn array_in(head: &[u8], names: &FieldNames) -> Option<WrappedArray> {
    let mut scan = JsonHead { bytes: head, at: 0 };
    scan.skip_blanks();
    (scan.peek()? == b'{').then_some(())?;
    scan.array(names, 1)
}

/// The way from the end of an array to the end of the objects around it.
#[derive(Debug)]
pub(super) struct WayOut {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl WayOut {
    pub fn of(depth: usize) -> Self {
        Self { depth, in_string: false, escaped: false }
    }

    /// How many of these bytes stand before the end, and whether it was reached.
    pub fn pass(&mut self, bytes: &[u8]) -> (usize, bool) {
        for (at, byte) in bytes.iter().enumerate() {
            let escaped = std::mem::take(&mut self.escaped);
            match byte {
                b'"' if !escaped => self.in_string = !self.in_string,
                b'\\' if self.in_string => self.escaped = !escaped,
                b'{' | b'[' if !self.in_string => self.depth += 1,
                b'}' | b']' if !self.in_string => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return (at + 1, true);
                    }
                }
                _ => {}
            }
        }
        (bytes.len(), false)
    }
}

/// The beginning of a JSON file, as far as it was looked at.
struct JsonHead<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl JsonHead<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Looks through the members of the object that begins here.
    fn array(&mut self, names: &FieldNames, depth: usize) -> Option<WrappedArray> {
        self.at += 1;
        loop {
            self.skip_blanks();
            match self.peek()? {
                b',' => self.at += 1,
                b'"' => {
                    let key = self.string()?;
                    self.skip_blanks();
                    (self.peek()? == b':').then(|| self.at += 1)?;
                    self.skip_blanks();
                    if let Some(found) = self.member(&key, names, depth)? {
                        return Some(found);
                    }
                }
                // its end, or what is no JSON
                _ => return None,
            }
        }
    }

    /// Looks at the value of a key: the array, or nothing of it; none where the object is a record, or its end is not there.
    #[allow(clippy::option_option)]
    fn member(&mut self, key: &str, names: &FieldNames, depth: usize) -> Option<Option<WrappedArray>> {
        let start = self.at;
        match self.peek()? {
            b'[' if ARRAYS.contains(&key) => {
                self.at += 1;
                self.skip_blanks();
                if self.peek()? == b'{' {
                    return Some(Some(WrappedArray { start, depth }));
                }
                self.at = start;
            }
            b'{' if OBJECTS.contains(&key) && depth < DEEPEST => {
                let inner = self.array(names, depth + 1);
                if inner.is_some() {
                    return Some(inner);
                }
                self.at = start;
            }
            b'"' if [Known::Headline, Known::Body].iter().any(|field| names.is_meant(key, *field, false)) => {
                return None;
            }
            _ => {}
        }
        self.skip_value()?;
        Some(None)
    }

    /// The string that begins here, as it is written; the place behind it.
    fn string(&mut self) -> Option<String> {
        let start = self.at + 1;
        self.skip_string()?;
        String::from_utf8(self.bytes[start..self.at - 1].to_vec()).ok()
    }

    fn skip_string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            self.at += memchr::memchr2(b'"', b'\\', self.bytes.get(self.at..)?)? + 1;
            match self.bytes[self.at - 1] {
                b'"' => return Some(()),
                _ => self.at += 1,
            }
        }
    }

    /// Passes over a value of any kind.
    fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.skip_string()?;
                    if depth == 0 {
                        return Some(());
                    }
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth == 0 => return Some(()),
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += 1;
                        return Some(());
                    }
                }
                b',' if depth == 0 => return Some(()),
                _ => {}
            }
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_out_of_an_array_ends_where_its_objects_do() {
        for (rest, depth, behind) in [
            ("}\n{", 1, "\n{"),
            (r#", "next": "}\"}", "more": {"a": [1]}} {"#, 1, " {"),
            ("}}", 2, ""),
            ("} ", 2, "none"),
        ] {
            let (passed, ended) = WayOut::of(depth).pass(rest.as_bytes());
            assert_eq!(if ended { &rest[passed..] } else { "none" }, behind, "{rest}");
        }
    }

    #[test]
    fn the_array_of_records_is_found_and_a_record_is_none() {
        for (json, array) in [
            (r#"{"status":"ok","totalResults":2,"articles":[{"title":"a"}]}"#, Some(r#"[{"title""#)),
            (r#" { "response": { "status": "ok", "tags": [], "results": [ {"id": 1} ] } }"#, Some(r#"[ {"id""#)),
            (r#"{"took":3,"hits":{"total":{"value":2},"hits":[{"_id":"1"}]}}"#, Some(r#"[{"_id""#)),
            (r#"{"articles":{"page":1,"results":[{"uri":"1"}]}}"#, Some(r#"[{"uri""#)),
            (r#"{"note":"\" articles\": [{","data":[{"a":1}]}"#, Some(r#"[{"a""#)),
            (r#"{"title":"Ferry","articles":[{"title":"a"}]}"#, None),
            (r#"{"articles":["a","b"],"title":"Ferry"}"#, None),
            (r#"{"related":[{"title":"a"}],"title":"Ferry"}"#, None),
            (r#"{"a":{"b":{"results":[{}]}}}"#, None),
            (r#"[{"articles":[{}]}]"#, None),
            (r#"{"articles":"#, None),
            (r#"{"status":"ok","results":[],"title":"x"}"#, None),
            ("{", None),
        ] {
            let found = array_in(json.as_bytes(), &FieldNames::default());
            let begins = found.map(|array| &json[array.start..]);
            assert!(array.is_none() == begins.is_none(), "{json}: {begins:?}");
            assert!(
                array.is_none_or(|array| begins.is_some_and(|found| found.starts_with(array))),
                "{json}: {begins:?}"
            );
        }
    }
}
