//! What a page states for machines: meta elements, JSON-LD, times, items.

use super::attributes;
use super::entity;
use crate::source::markup::{Claim, ClaimKind, Element};

/// Most claims that are kept of one page, and longest value of one.
const MOST: usize = 512;
const LONGEST: usize = 4096;

/// The claims gathered so far.
#[derive(Default)]
pub(super) struct ClaimCollector {
    all: Vec<Claim>,
}

impl ClaimCollector {
    /// Notes what an element states by its attributes.
    pub(super) fn element(&mut self, name: &str, attributes: &str, element: &Element, place: u32, line: u32) {
        let get = |wanted: &str| attributes::value(attributes, wanted);
        match name {
            "meta" => {
                let Some(content) = get("content").or_else(|| get("value")) else { return };
                for key in ["property", "name", "itemprop", "http-equiv"].iter().filter_map(|key| get(key)) {
                    self.add(ClaimKind::Meta, &key, content.clone(), place, line);
                }
            }
            "link" => {
                if let (Some(relation), Some(address)) = (get("rel"), get("href")) {
                    self.add(ClaimKind::Link, &relation, address, place, line);
                }
            }
            "time" => {
                let value = get("datetime").or_else(|| get("content")).or_else(|| get("title")).unwrap_or_default();
                let published = if get("pubdate").is_some() { " pubdate" } else { "" };
                let signs = format!("{} {}{published}", element.roles, element.signs);
                self.add(ClaimKind::Time, signs.trim(), value, place, line);
            }
            _ => {
                let signs = element.signs.to_ascii_lowercase();
                let dated = signs.contains("publi") || signs.contains("date");
                let value = if element.roles.is_empty() { None } else { get("content").or_else(|| get("datetime")) };
                let value = value.or_else(|| if dated { get("title").or_else(|| get("datetime")) } else { None });
                if let Some(value) = value {
                    let signs = format!("{} {}", element.roles, element.signs);
                    self.add(ClaimKind::Item, signs.trim(), value, place, line);
                }
            }
        }
    }

    /// Notes the inside of an element without tags.
    pub(super) fn raw(&mut self, name: &str, text: &str, json_ld: bool, place: u32, line: u32) {
        if name.eq_ignore_ascii_case("title") {
            let title: Vec<String> = entity::decode(text).split_whitespace().map(str::to_owned).collect();
            self.add(ClaimKind::Title, "title", title.join(" "), place, line);
        } else if name.eq_ignore_ascii_case("script") && json_ld && self.all.len() < MOST {
            let (name, value) = (String::new(), text.to_owned());
            self.all.push(Claim { kind: ClaimKind::JsonLd, name, value, element: place, line });
        }
    }

    fn add(&mut self, kind: ClaimKind, name: &str, value: String, element: u32, line: u32) {
        if self.all.len() < MOST && value.len() <= LONGEST {
            self.all.push(Claim {
                kind,
                name: name.trim().to_lowercase(),
                value: value.trim().to_owned(),
                element,
                line,
            });
        }
    }

    pub(super) fn finish(self) -> Vec<Claim> {
        self.all
    }
}
