//! Attributes of elements: what they say of the text, and single values.

use super::entity;
use super::token::Attributes;
use crate::source::markup::Element;

/// Attributes whose words tell what an element is for.
const ROLES: &[&str] = &[
    "itemprop",
    "itemtype",
    "rel",
    "role",
    "property",
    "aria-label",
    "aria-hidden",
    "data-testid",
    "data-component",
    "data-type",
    "data-module",
    "data-qa",
    "data-test",
    "name",
];

/// Notes what the attributes of a start tag say of its element.
pub(super) fn read(attributes: &str, element: &mut Element) {
    for (name, value) in Attributes(attributes) {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "class" | "id" => add_word(&mut element.signs, value),
            "hidden" => element.hidden = true,
            "style" => {
                let style: String = value.to_ascii_lowercase().split_whitespace().collect();
                element.hidden |= style.contains("display:none") || style.contains("visibility:hidden");
            }
            name if ROLES.contains(&name) => add_word(&mut element.roles, &value.to_lowercase()),
            _ => {}
        }
    }
    element.hidden &= !element.is_streamed();
}

/// Longest value of an attribute that is looked at.
const LONGEST: usize = 200;

fn add_word(words: &mut String, value: &str) {
    if !words.is_empty() {
        words.push(' ');
    }
    let value = &value[..value.floor_char_boundary(LONGEST)];
    words.push_str(value);
}

/// The value of an attribute, references decoded; none where it is not there.
pub(super) fn value(attributes: &str, wanted: &str) -> Option<String> {
    let found = Attributes(attributes).find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
    Some(entity::decode(found.1))
}
