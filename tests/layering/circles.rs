//! No circles between the files of a module: what a file names stands, directly and through others, below it.

use std::collections::BTreeSet;
use std::path::Path;

use super::names::Crate;

#[test]
fn no_circles_between_the_files_of_a_module() {
    let of = Crate::ours();
    let circles = circles(&of);
    let told = circles.iter().map(|circle| told(&of, circle)).collect::<String>();
    assert!(circles.is_empty(), "files that name each other:\n{told}");
}

/// The circles: files of one top module of which each names, directly or through others, every other one.
fn circles(of: &Crate) -> Vec<Vec<String>> {
    let name = |number: usize| of.files[number].path.to_string_lossy().into_owned();
    let named: Vec<BTreeSet<usize>> = (0..of.files.len())
        .map(|file| {
            of.named_by(file).into_iter().filter(|&other| module_of(&name(other)) == module_of(&name(file))).collect()
        })
        .collect();
    let reached: Vec<BTreeSet<usize>> = (0..named.len()).map(|file| reached(&named, file)).collect();
    let mut circles = BTreeSet::new();
    for file in 0..named.len() {
        let circle: Vec<String> =
            reached[file].iter().filter(|&&other| reached[other].contains(&file)).map(|&other| name(other)).collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

/// A circle, file by file.
fn told(of: &Crate, circle: &[String]) -> String {
    let name = |number: usize| of.files[number].path.to_string_lossy().into_owned();
    let names = |number: usize| of.named_by(number).into_iter().map(name).filter(|other| circle.contains(other));
    let files = (0..of.files.len()).filter(|&number| circle.contains(&name(number)));
    files
        .map(|number| format!("{} names {}\n", name(number), names(number).collect::<Vec<_>>().join(", ")))
        .collect::<String>()
        + "\n"
}

/// All that a file names, directly or through others.
fn reached(named: &[BTreeSet<usize>], file: usize) -> BTreeSet<usize> {
    let (mut found, mut open) = (BTreeSet::new(), vec![file]);
    while let Some(next) = open.pop() {
        let new = named[next].iter().filter(|&&other| found.insert(other));
        open.extend(new);
    }
    found
}

/// The top module of a file.
pub fn module_of(file: &str) -> String {
    file.split('/').next().unwrap_or_default().to_owned()
}

#[test]
fn names_are_followed_to_the_files_that_define_them() {
    let files = [
        ("lib.rs", "pub mod a; pub mod b;"),
        (
            "a/mod.rs",
            "mod one; mod two; mod three; mod four; pub use one::First; pub use two::{Second as Other, help}; pub fn top() {}
             pub use four::four;",
        ),
        ("a/one.rs", "use super::Other; pub struct First; impl First { fn f(&self) -> Other { super::three::x() } }"),
        ("a/two.rs", "use crate::b::B; pub struct Second; pub fn help() { let _: B; }"),
        (
            "a/three.rs",
            "use super::{one, two}; pub fn x() { one::First; two::help() }\n#[cfg(test)] mod tests { use super::super::top; }",
        ),
        // a module and its function of one name
        ("a/four.rs", "pub fn four() {}"),
        ("b.rs", "pub struct B; pub fn b() { crate::a::help(); crate::a::top(); crate::a::four() }"),
    ];
    let root = Path::new("src");
    let files = files.map(|(path, text)| (root.join(path), text.to_owned()));
    let of = Crate::read(root, &files);
    let named = |file: &str| -> Vec<String> {
        let number = of.files.iter().position(|known| known.path == Path::new(file)).expect("a file");
        of.named_by(number).into_iter().map(|other| of.files[other].path.to_string_lossy().into_owned()).collect()
    };
    for (file, expected) in [
        ("a/mod", ""),
        ("a/one", "a/two a/three"),
        ("a/two", "b"),
        ("a/three", "a/one a/two"),
        ("a/four", ""),
        ("b", "a/mod a/two a/four"),
    ] {
        assert_eq!(named(file).join(" "), expected, "{file}");
    }
    assert_eq!(circles(&of), [["a/one", "a/three"]]);
}
