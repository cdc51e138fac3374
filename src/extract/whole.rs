//! A whole page as text, as crawls and text browsers give it: the run of prose that is the article, told from the menus, lists
//! and teasers around it. A text that is an article alone is left as it stands.

use std::collections::HashSet;
use std::ops::Range;

use super::page::{Page, Unit};
use super::words::Ending;
use super::{Label, byline, date, names};

/// Short lines that a whole page has outside its article at least, and of them above it.
const FEWEST_MENU_LINES: usize = 10;
const FEWEST_ABOVE: usize = 4;

/// Words that a line of a menu has at most.
const MENU_WORDS: u8 = 5;

/// Units above the text, and below it, that byline and date are looked for in.
const ABOVE: usize = 14;
const BELOW: usize = 3;

/// Lines at the very top of which one may say the title of the page.
const TOP: usize = 6;

/// What the run gains by a paragraph beyond this many words, and loses by each line that is none, by the heading of a
/// list, and by what stands at a page's foot.
const TEASER: i64 = 9;
const LINE: i64 = 9;
const HEADING: i64 = 80;
const FOOT: i64 = 60;

/// Most that a single paragraph counts.
const MOST: i64 = 60;

/// Keeps the article of a whole page and labels what stands around it.
pub(super) fn label_around(page: &mut Page<'_>) {
    let Some(run) = densest(page, 0..page.units.len()) else { return };
    if !is_whole(page, run) {
        return;
    }
    page.whole = true;
    let (title, run) = titled(page, run);
    let above = title.map_or(run.0.saturating_sub(ABOVE), |title| title.saturating_sub(2));
    let (first, last) = (above, run.1 + BELOW);
    for at in 0..page.units.len() {
        let keeps = Some(at) == title || (run.0..=run.1).contains(&at);
        let unit = &mut page.units[at];
        let label = unit.label();
        let near = (first..=last).contains(&at);
        let beside = near && matches!(label, Some(Label::DateLine | Label::Byline | Label::Credit | Label::Caption));
        let told = matches!(label, Some(Label::Copyright | Label::Url | Label::Promo | Label::AppPrompt));
        let above_text = near && at < run.0 && unit.is_open();
        if !(keeps || beside || told || above_text) {
            unit.drop_as(Label::Nav);
        }
    }
    page.title = title;
}

/// What a unit adds to the run that it stands in.
fn weight(unit: &Unit<'_>) -> i64 {
    match unit.label() {
        Some(Label::Copyright) => -FOOT,
        Some(Label::Related) => -LINE,
        Some(Label::Caption | Label::InlineLink | Label::Promo | Label::DateLine | Label::Byline) => -LINE / 2,
        Some(_) => -LINE,
        None if unit.heads_list => -HEADING,
        None if is_prose(unit) => (i64::from(unit.shape.words.max(words(unit))) - TEASER).clamp(-LINE, MOST),
        None => -LINE,
    }
}

/// Words of a paragraph, by its length where it is long.
fn words(unit: &Unit<'_>) -> u8 {
    (unit.shape.chars / 6).min(u32::from(u8::MAX)) as u8
}

/// Running text, and not an item of a list.
fn is_prose(unit: &Unit<'_>) -> bool {
    unit.is_paragraph() && !(is_item(&unit.text) && unit.shape.ending == Ending::Open)
}

fn is_item(text: &str) -> bool {
    text.starts_with(['*', '•', '+', '▪', '●', '◦'])
}

/// The run among units whose weights sum to the most; its ends are paragraphs.
fn densest(page: &Page<'_>, among: Range<usize>) -> Option<(usize, usize)> {
    let (mut best, mut sum, mut start) = (None, 0, among.start);
    let mut most = 0;
    for at in among {
        if sum <= 0 {
            (sum, start) = (0, at);
        }
        sum += weight(&page.units[at]);
        if sum > most {
            (most, best) = (sum, Some((start, at)));
        }
    }
    best
}

/// Whether so many short lines stand outside the run that the text is a page and no article alone.
fn is_whole(page: &Page<'_>, run: (usize, usize)) -> bool {
    let menu = |unit: &Unit<'_>| {
        let short = unit.shape.words <= MENU_WORDS && unit.shape.ending == Ending::Open && unit.lines.len() == 1;
        let plain = !unit.text.contains(|c: char| c == ',' || c.is_ascii_digit());
        short && plain && !matches!(unit.label(), Some(Label::DateLine | Label::Byline))
    };
    let outside = |at: &usize| !(run.0..=run.1).contains(at);
    let lines: Vec<usize> = (0..page.units.len()).filter(outside).filter(|at| menu(&page.units[*at])).collect();
    let above = lines.iter().filter(|at| **at < run.0).count();
    lines.len() >= FEWEST_MENU_LINES && above >= FEWEST_ABOVE && lines.len() * 4 >= page.units.len()
}

/// The headline of the page, and the run under it.
fn titled(page: &Page<'_>, run: (usize, usize)) -> (Option<usize>, (usize, usize)) {
    if let Some(at) = said_again(page, run) {
        let end = first_list(page, at, run).unwrap_or(page.units.len());
        let below = if at >= run.0 || end < run.0 { densest(page, at + 1..end).unwrap_or(run) } else { run };
        return (Some(at), below);
    }
    (nearest(page, run.0), run)
}

/// The heading of a list between a text under the title and a run further down that is no more than twice as much: that
/// run is made of teasers. An article goes on for longer behind a list.
fn first_list(page: &Page<'_>, title: usize, run: (usize, usize)) -> Option<usize> {
    let list = (title + 1..=run.0).find(|&at| page.units.get(at).is_some_and(|unit| unit.heads_list))?;
    let prose = |units: &[Unit<'_>]| units.iter().filter(|unit| is_prose(unit)).map(weight).sum::<i64>();
    let (above, below) = (prose(&page.units[title + 1..list]), prose(&page.units[run.0..=run.1]));
    (above > 0 && below <= 2 * above).then_some(list)
}

/// The line above the text that says the title of the page again, which stands at its very top.
fn said_again(page: &Page<'_>, run: (usize, usize)) -> Option<usize> {
    let end = run.1;
    let may_be = |unit: &Unit<'_>| {
        (4..=40).contains(&unit.shape.words)
            && unit.shape.chars >= 15
            && !is_item(&unit.text)
            && !unit.text.starts_with('(')
    };
    for top in 0..TOP.min(page.units.len()) {
        let title = &page.units[top];
        if !may_be(title) {
            continue;
        }
        let whole = names::squash(&title.text);
        let same = |at: &usize| {
            let unit = &page.units[*at];
            if !may_be(unit) || unit.shape.chars > title.shape.chars + 4 {
                return false;
            }
            let said = names::squash(&unit.text);
            said.len() >= 12 && said.len() * 2 >= whole.len() && (whole.starts_with(&said) || whole.ends_with(&said))
        };
        let above = |at: &usize| *at <= end;
        let found: Vec<usize> = (top + 1..page.units.len()).take_while(above).filter(same).collect();
        // The heading stands nearest above the text; below it the title comes again in teasers.
        let before = found.iter().rev().find(|at| **at < run.0 + 2).or(found.first());
        if let Some(at) = before {
            return Some(*at);
        }
    }
    None
}

/// The title above a text whose page says none at its top: a heading by its mark or place before others, then the nearest.
fn nearest(page: &Page<'_>, first: usize) -> Option<usize> {
    let indented = |at: usize| page.lines[page.units[at].lines.start].indented;
    let score = |at: usize| {
        let unit = &page.units[at];
        let set_out = indented(first) && !indented(at);
        let marked = i64::from(unit.text.starts_with('#')) + i64::from(unit.text.starts_with("# "));
        let words = i64::from(unit.shape.words.min(8));
        let like = i64::from(is_like(page, at));
        (marked + i64::from(set_out) + like) * HEADED + words * WORD - (first - at) as i64
    };
    let reach = |at: &usize| first - at <= ABOVE || !indented(*at) || page.units[*at].text.starts_with("# ");
    (first.saturating_sub(FAR_ABOVE)..first).filter(|at| may_head(page, *at)).filter(reach).max_by_key(|at| score(*at))
}

/// Units above the text in which a heading is looked for that is marked as one.
const FAR_ABOVE: usize = 40;

/// What a heading's mark and each of its first words are worth in units of distance from the text.
const HEADED: i64 = 40;
const WORD: i64 = 4;

/// Whether most words of a unit stand in one of the page's first lines, which may say its title in other words.
fn is_like(page: &Page<'_>, at: usize) -> bool {
    let words = |text: &str| -> HashSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 4);
        words.map(str::to_lowercase).collect()
    };
    let own = words(&page.units[at].text);
    let shared = |top: &Unit<'_>| words(&top.text).intersection(&own).count();
    own.len() >= 3 && page.units[..TOP.min(at)].iter().any(|top| shared(top) * 5 >= own.len() * 3)
}

/// Whether a unit may be the headline of a page.
fn may_head(page: &Page<'_>, at: usize) -> bool {
    let unit = &page.units[at];
    let sized = (4..=30).contains(&unit.shape.words) && (unit.shape.is_title() || unit.shape.may_open());
    let signed = || byline::is_signed(&unit.text, page.locale, page.outlets);
    let dated = || date::is_date_line(&unit.text, unit.shape, false, page.locale);
    let listed = is_item(&unit.text) || unit.heads_list || unit.text.starts_with(['(', '[', '!']);
    unit.is_open() && sized && !listed && !signed() && !dated()
}
