//! Prints the fields of every article in a file, of whatever form it is, each with its evidence. No index is made.
//!
//! `cargo run --release --example extract -- seeds/articles/*`
#![allow(clippy::print_stdout)]

use std::path::Path;

use dateline::article::Field;
use dateline::{ReadOptions, extract, source};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for file in std::env::args().skip(1) {
        for chunk in source::open(Path::new(&file), &ReadOptions::default())? {
            for record in chunk?.records() {
                let article = extract::extract(&record?).article;
                println!("{file}");
                print("outlet", article.outlet.as_ref());
                print("date", article.date.as_ref());
                print("headline", article.headline.as_ref());
                print("byline", article.byline.as_ref());
            }
        }
    }
    Ok(())
}

fn print<T: std::fmt::Display>(name: &str, field: Option<&Field<T>>) {
    match field {
        Some(field) => println!("  {name:<9} {}  ({})", field.value, field.rule),
        None => println!("  {name:<9} unknown"),
    }
}
