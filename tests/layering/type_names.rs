//! No two types of one name where one could be taken for the other: within a module, and in a module and one it imports.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::circles::module_of;
use super::names::Crate;

#[test]
fn no_two_types_of_one_name_within_reach_of_each_other() {
    let of = Crate::ours();
    assert!(of.files.iter().map(|file| file.types.len()).sum::<usize>() > 300, "the types were found");
    let told: Vec<String> = pairs(&of).iter().map(Pair::to_string).collect();
    assert!(told.is_empty(), "{} pairs, give one of the two another name:\n{}", told.len(), told.join("\n"));
}

/// Two files that declare a type of one name, or one that declares two.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    name: String,
    one: String,
    other: String,
}

impl std::fmt::Display for Pair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} and {}", self.name, self.one, self.other)
    }
}

/// The pairs in one module, and in two modules of which one imports the other.
fn pairs(of: &Crate) -> BTreeSet<Pair> {
    let path = |number: usize| of.files[number].path.to_string_lossy().into_owned();
    let mut imports: BTreeSet<(String, String)> = BTreeSet::new();
    let mut declared: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, file) in of.files.iter().enumerate() {
        let named = of.named_by(number).into_iter();
        imports.extend(named.map(|other| (module_of(&path(number)), module_of(&path(other)))));
        file.types.iter().for_each(|name| declared.entry(name).or_default().push(number));
    }
    let mut pairs = BTreeSet::new();
    for (name, files) in declared {
        for (at, &one) in files.iter().enumerate() {
            for &other in &files[at + 1..] {
                let (one, other) = (path(one), path(other));
                let (a, b) = (module_of(&one), module_of(&other));
                if a == b || imports.contains(&(a.clone(), b.clone())) || imports.contains(&(b, a)) {
                    pairs.insert(Pair { name: name.to_owned(), one, other });
                }
            }
        }
    }
    pairs
}

#[test]
fn types_are_found_and_compared() {
    let files = [
        ("lib.rs", "pub mod a; pub mod b; pub mod c; pub use b::Row;"),
        ("main.rs", "mod cli; use dateline::c;"),
        ("a/mod.rs", "mod one; mod two; struct Row; enum Key { Row, Word } trait Word { type Item; }"),
        ("a/one.rs", "struct Word<'a>(&'a str); impl Iterator for Word { type Item = (); type Key = u8; }"),
        ("a/two.rs", "fn f() { enum Place {} } fn g() { enum Place {} } #[cfg(test)] mod tests { struct Word; }"),
        ("b.rs", "pub struct Row; type Key = crate::c::C;"),
        ("c.rs", "pub struct C; pub struct Row; struct Place; pub struct Args;"),
        ("cli.rs", "use dateline::Row; struct Args; struct C; struct Key;"),
    ];
    let root = Path::new("src");
    let of = Crate::read(root, &files.map(|(path, text)| (root.join(path), text.to_owned())));
    let found: Vec<String> = pairs(&of).iter().map(Pair::to_string).collect();
    assert_eq!(found, ["Key: b and cli", "Place: a/two and a/two", "Row: b and c", "Word: a/mod and a/one"]);
}
