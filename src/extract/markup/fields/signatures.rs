//! Names that stand where authors do: in elements that say so, by `rel`, `itemprop` or class.

use std::borrow::Cow;
use std::ops::Range;

use super::view::{BELOW_TITLE, View};
use crate::article::Lines;
use crate::extract::claims::{self, Naming};
use crate::extract::markup::authors::{Authorship, authorship, ends_entry};
use crate::extract::{Label, names};

/// Longest text of an element that is taken for a byline.
const LONGEST: usize = 160;

/// Elements before the title, after the first paragraph begins and after the last in which authors are looked for.
const BEFORE_TITLE: u32 = 60;
const AFTER_LEAD: u32 = 8;
const BELOW: u32 = 200;

/// Elements between the names of two authors of one article.
const BESIDE: u32 = 16;

/// Elements above a name that may hold the names of all.
const ABOVE: usize = 5;

/// What an element that stands where authors do names.
pub(super) struct Signature {
    /// Names, joined by commas.
    pub(super) names: String,
    pub(super) lines: Lines,
    /// A word such as `By` stands before them.
    pub(super) led: bool,
    /// They stand between the headline and the text.
    pub(super) near: bool,
    /// The markup says so, and not a class alone.
    pub(super) stated: bool,
}

/// A name and where it stands; the least is the best.
struct FoundNames {
    place: u8,
    sign: u8,
    element: u32,
    names: String,
    led: bool,
}

/// The best signature of a page, and agencies that stand where authors do.
pub(super) fn find(view: &View<'_, '_>, naming: Naming<'_>) -> (Option<Signature>, Vec<&'static str>) {
    let Some((first, last)) = view.page.prose.map(|(first, last)| (view.element(first), view.element(last))) else {
        return (None, Vec::new());
    };
    let after = view.title.max(1)..first.saturating_add(AFTER_LEAD);
    let above = view.title.saturating_sub(BEFORE_TITLE)..view.title;
    let below = first..last.saturating_add(BELOW).min(view.markup.elements.len() as u32);
    let mut found: Vec<FoundNames> = Vec::new();
    let mut agencies = Vec::new();
    for (place, range) in (0..).zip([after, above, below]) {
        for element in range.clone().filter(|at| (*at as usize) < view.markup.elements.len()) {
            let Some((sign, text)) = signed(view, element) else { continue };
            let text = text.as_ref();
            let led = claims::is_led(text, view.page.locale);
            if place == 2 && sign > 0 && !led {
                continue;
            }
            if let Some(names) = names_in(text, sign == 0 || led, naming) {
                found.push(FoundNames { place, sign, element, names, led });
            } else if place < 2 {
                agencies.extend(names::agency(text.trim_start_matches("By ")));
            }
        }
    }
    let best = found.iter().min_by_key(|found| (found.place, found.sign, found.element));
    let best = best.map(|best| without_house(view, best, naming));
    (best.map(|best| whole(view, &best, &found, naming)), agencies)
}

/// The names in the text of an element: the first line that has some.
fn names_in(text: &str, single: bool, naming: Naming<'_>) -> Option<String> {
    let row = text.lines().find_map(|line| naming.row_of_people(line));
    row.or_else(|| naming.people(text, single && !text.contains('\n')))
}

/// How an element says that its text names the author, and that text.
fn signed<'v>(view: &View<'v, '_>, at: u32) -> Option<(u8, Cow<'v, str>)> {
    let sign = match authorship(view.markup, at) {
        Authorship::None => return None,
        Authorship::Stated => 0,
        Authorship::Called => 1,
    };
    let element = &view.markup.elements[at as usize];
    let text = text(view, element.text)?;
    let shown = !element.hidden || sign == 0;
    let label = view.chosen.label(at);
    let caption = label == Some(Label::Caption);
    let beside = view.chosen.is_beside(at) || matches!(label, Some(Label::Related | Label::Promo));
    let right_below = view.title > 0 && (view.title..view.title + BELOW_TITLE).contains(&at);
    // Blogs sign in the footer of the article, which is furniture else.
    let signs_off = sign == 0 && label == Some(Label::Nav) && ends_entry(view.markup, at);
    let spared = signs_off || (right_below && claims::is_led(&text, view.page.locale));
    (shown && !caption && (!beside || spared)).then_some((sign, text))
}

/// The text of an element, where it is short enough for names.
fn text<'v>(view: &View<'v, '_>, (start, end): (u32, u32)) -> Option<Cow<'v, str>> {
    let range: Range<usize> = start as usize..end as usize;
    let text = view.page.text.get(range)?;
    let start = start as usize + text.len() - text.trim_start().len();
    let text = text.trim();
    (2..=LONGEST).contains(&text.len()).then(|| view.page.seams.part(Cow::Borrowed(text), start))
}

/// A name without the house that stands beside it without a mark, where an element of its own bounds the name.
fn without_house(view: &View<'_, '_>, best: &FoundNames, naming: Naming<'_>) -> FoundNames {
    let until = view.markup.elements[best.element as usize].text.1;
    let within = (best.element + 1..)
        .take_while(|at| view.markup.elements.get(*at as usize).is_some_and(|element| element.text.0 < until));
    let mut bare = within.filter_map(|at| {
        let names = names_in(&text(view, view.markup.elements[at as usize].text)?, false, naming)?;
        let rest = best.names.strip_prefix(names.as_str())?.strip_prefix(' ')?;
        let house = rest.contains(' ') || names::has_outlet_word(rest);
        (house && !rest.contains(',')).then_some((at, names))
    });
    let one = || !best.names.contains(',') && best.names.matches(' ').count() >= 2;
    let (element, names) = bare.find(|_| one()).unwrap_or((best.element, best.names.clone()));
    FoundNames { place: best.place, sign: best.sign, element, names, led: best.led }
}

/// The names of all authors: those of the element around the best that holds more, or those beside it.
fn whole(view: &View<'_, '_>, best: &FoundNames, found: &[FoundNames], naming: Naming<'_>) -> Signature {
    let mut names = best.names.clone();
    let mut led = best.led;
    let mut at = best.element;
    for _ in 0..ABOVE {
        at = view.markup.elements[at as usize].parent;
        let Some(text) = text(view, view.markup.elements[at as usize].text) else { break };
        if !claims::is_led(&text, view.page.locale) {
            continue;
        }
        led = true;
        // Behind a name that the markup bounds, a comma parts it from a house as often as from another name.
        if best.sign == 0 && !claims::joins(&text) {
            continue;
        }
        if let Some(more) = naming.row_of_people(&text).filter(|more| holds(more, &names)) {
            names = more;
        }
    }
    let mut last = best.element;
    for next in
        found.iter().filter(|f| f.place == best.place && best.sign == 0 && f.sign == 0 && f.element > best.element)
    {
        if next.element - last > BESIDE {
            break;
        }
        last = next.element;
        let fresh = next.names.split(", ").filter(|name| !holds(&names, name) && name.contains(' '));
        let fresh: Vec<&str> = fresh.collect();
        for name in fresh {
            names = format!("{names}, {name}");
        }
    }
    let line = view.markup.elements[best.element as usize].line;
    Signature { names, lines: Lines::one(line), led, near: best.place == 0, stated: best.sign == 0 }
}

/// Whether every name of `some` is one of `all`.
pub(super) fn holds(all: &str, some: &str) -> bool {
    let keys: Vec<String> = all.split(", ").map(names::squash).collect();
    some.split(", ").all(|name| keys.contains(&names::squash(name)))
}
