//! What the boxes of a page are beside the article: by their signs, unless they hold what must be the article.

use super::classes::Sign;
use super::signs::{self, Signed};
use super::weight::Weights;
use crate::extract::Label;
use crate::source::Element;

/// How far signs are believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Belief {
    /// As far as they go.
    Full,
    /// Where the element's name, or comments and consent, say so: words of classes tell nothing of running text.
    Names,
}

/// An element with more of the page's running text, in percent, is no furniture whatever its class.
const TOO_MUCH: usize = 45;

/// Share of the page's running text, in percent, of what is believed to be the body because it says so.
const GOOD_PART: usize = 25;

/// What each element, or one that it stands in, is beside the article. `heading` is the element of the article's heading.
pub(super) fn find(markup: &Signed<'_>, weights: &Weights, heading: Option<u32>, belief: Belief) -> Vec<Option<Label>> {
    let all = unnamed(markup, weights);
    let vital = vital(markup, weights, all, heading);
    let mut labels: Vec<Option<Label>> = vec![None; markup.elements.len()];
    for (at, element) in markup.elements.iter().enumerate().skip(1) {
        let above = labels[element.parent as usize];
        let weighty = weights.elements[at] * 100 > weights.elements[0] * TOO_MUCH;
        let spared = vital[at] || weighty;
        let doubted = belief == Belief::Names && weights.elements[at] > 0 && signs::by_name(element).is_none();
        // What the page states is the article, whatever box it stands in.
        let stated = weights.stated && weighty;
        labels[at] = match signs::of(markup, at as u32) {
            // In a header above the text stand menus as well.
            _ if above.is_some_and(|label| label != Label::Label) => above,
            _ if stated => above,
            // What is said to machines alone is no text until nothing else is.
            _ if element.is_stated_alone() => Some(Label::Nav),
            // A paragraph of running text is no tag, whatever a style is called, and no prompt.
            Sign::Furniture(Label::Label) | Sign::Paywall if element.name == "p" && weights.elements[at] > 0 => above,
            // An anchor of the table of contents is no table of contents.
            Sign::Furniture(Label::Nav) if signs::is_called_body(element) && weights.elements[at] > 0 => above,
            Sign::Consent if !vital[at] => Some(Label::AppPrompt),
            Sign::Furniture(_) | Sign::Paywall if doubted => above,
            Sign::Paywall if !spared => Some(Label::Promo),
            // However long it is, a foot is no article.
            Sign::Furniture(label) if element.name == "footer" && !vital[at] => Some(label),
            Sign::Furniture(label) if !spared || (element.name == "header" && !weighty) => Some(label),
            Sign::Comments if !vital[at] => Some(Label::Promo),
            _ if markup.is_hidden(at as u32) && !markup.is_hidden(element.parent) && !spared => Some(Label::Nav),
            _ => above,
        };
    }
    labels
}

/// The page's running text in bytes, beside what is furniture by the names of its elements, comments and consent.
fn unnamed(markup: &Signed<'_>, weights: &Weights) -> usize {
    let mut named = vec![false; markup.elements.len()];
    for (at, element) in markup.elements.iter().enumerate().skip(1) {
        let told = matches!(markup.by_class(at as u32), Sign::Comments | Sign::Consent);
        named[at] = named[element.parent as usize] || told || signs::by_name(element).is_some();
    }
    let lines = markup.lines.iter().zip(&weights.lines);
    lines.filter(|(line, _)| !named[line.element as usize]).map(|(_, weight)| weight).sum()
}

/// Elements that hold the article's heading, or what says that it is the body and holds a good part of the text: no
/// furniture, whatever their class.
fn vital(markup: &Signed<'_>, weights: &Weights, all: usize, heading: Option<u32>) -> Vec<bool> {
    let mut vital = vec![false; markup.elements.len()];
    if let Some(heading) = heading {
        vital[heading as usize] = true;
    }
    for (at, element) in markup.elements.iter().enumerate().skip(1) {
        let body = weights.elements[at] * 100 > all * GOOD_PART;
        vital[at] |= body && signs::is_called_body(element);
        vital[at] |= element.name == "blockquote" && !element.signs.is_empty();
    }
    for at in (1..vital.len()).rev() {
        if vital[at] {
            vital[markup.elements[at].parent as usize] = true;
        }
    }
    vital
}

/// Labels an element and all that stands in it.
pub(super) fn shut(elements: &[Element], labels: &mut [Option<Label>], element: usize, label: Label) {
    for at in element..elements.len() {
        let within = at == element
            || (at > element && labels[elements[at].parent as usize] == Some(label) && is_in(elements, at, element));
        if within {
            labels[at] = Some(label);
        }
    }
}

/// Whether an element stands in another, or is it.
pub(super) fn is_in(elements: &[Element], element: usize, holder: usize) -> bool {
    let mut at = element;
    while at > holder {
        at = elements[at].parent as usize;
    }
    at == holder
}
