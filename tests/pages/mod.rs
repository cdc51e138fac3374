//! HTML pages as articles: what each rule does on small pages of our own, citations, any input; and, on pages that are no
//! part of the project, how well bodies and dates are found, held to floors that never fall silently.
//! `make extraction PAGES=folder` prints the tables; `UPDATE=1` raises the floors.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod any_input;
mod bodies;
mod boxes;
mod citations;
mod dated;
mod dates;
mod exports;
mod fields;
mod floors;
mod more;
mod names;
mod rules;
mod shingles;
mod standfirst;
mod support;
mod texts;

use std::path::Path;

use floors::Floors;

/// What a value may fall below its floor before it fails: two compilers' rounding, not a change of the rules.
const MARGIN: f64 = 0.0005;

#[test]
#[ignore = "runs by make extraction"]
fn extraction_keeps_its_floors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::var("PAGES").unwrap_or_else(|_| "../shared/pages".to_owned());
    let pages = root.join(&folder);
    if !pages.join("articles.json").exists() || !pages.join("dates.json").exists() {
        eprintln!(
            "extraction: no articles.json and dates.json in {folder}, nothing is measured; name a folder with PAGES=folder"
        );
        return;
    }
    let (bodies, dates) = (bodies::measure(&pages), dates::measure(&pages));
    println!("{bodies}\n\n{dates}");
    let more = more::measure(&pages);
    match &more {
        Some(more) => println!("\n{more}"),
        None => eprintln!("extraction: no more.json in {folder}, the further pages are passed over"),
    }
    let texts = texts::measure(&pages);
    texts.iter().for_each(|texts| println!("\n{texts}"));
    let exports = exports::measure(&root.join("../shared/exports"));
    match &exports {
        Some(exports) => println!("\n{exports}"),
        None => eprintln!("extraction: no ../shared/exports, the exports of databases are passed over"),
    }
    let file = root.join("tests/pages-floors.json");
    let mut floors = Floors::read(&file);
    let own = [bodies.values(), dates.values()].concat().into_iter().map(|(name, value)| (name.to_owned(), value));
    let measured: Vec<(String, f64)> = own
        .chain(more.iter().flat_map(more::MorePages::values))
        .chain(texts.iter().flat_map(texts::PageTexts::values))
        .chain(exports.iter().flat_map(exports::Exports::values))
        .collect();
    floors.check(&measured, MARGIN).hold("extraction", &file, || {
        floors.raise(&measured);
        floors.write(&file);
    });
}
