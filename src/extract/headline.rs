//! The headline: the first title before the first paragraph that is neither the site's nor a section's.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::evidence::{Candidate, Findings};
use super::names::{self, Outlets};
use super::page::{Page, Role, Unit};
use super::trust::{Asked, Source};
use super::words::{Ending, strip_prefix_ci};
use super::{Cut, Label, byline, date, outlet};
use crate::article::{Confidence, Lines, Span};
use crate::lexicon;
use crate::source::RawRecord;

/// Marks before a headline: `UPDATE 2-`, `BREAKING:`, `Exclusive | `; in lower case.
static MARKS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::NEWS_WORDS.labelled("mark"));

/// Words before whose dot a sentence goes on, in small letters, of any language.
static ABBREVIATIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| lexicon::ABBREVIATIONS.labelled("abbreviation"));

/// Finds the headline, gives its lines their role, and cuts what is printed on its line beside it.
pub(super) fn find(page: &mut Page<'_>, record: &RawRecord<'_>, found: &mut Findings) {
    let stated = found.texts(Asked::Headline).filter(|c| c.source.is_stated()).min_by_key(|c| c.source.trust);
    if let Some(stated) = stated {
        mark_repeats(page, &stated.value);
    }
    if let Some(given) = &record.given.headline {
        mark_repeats(page, given);
        return;
    }
    if page.units.iter().any(|unit| unit.role == Role::Headline) {
        return;
    }
    let Some(at) = title(page, found) else { return };
    label_above(page, at);
    cut_heading_mark(page, at, found);
    date::cut_prefix(page, at, found);
    cut_mark(page, at, found);
    cut_outlet(page, at, found);
    cut_outlet_before(page, at, found);
    let value = page.units[at].kept().trim().to_owned();
    let first = page.units[..at].iter().all(|unit| !unit.is_open());
    let apart = page.units.get(at + 1).is_none_or(|next| next.gap);
    let long = page.units[at].shape.words >= 4;
    let source = Source::of(Asked::Headline, "line", "title-above-text");
    let confidence = if first && apart && long { Confidence::High } else { source.confidence };
    page.units[at].role = Role::Headline;
    mark_repeats(page, &value);
    found.text(Candidate::new(value, source, Some(page.file_lines(at))).sure(confidence));
}

/// Titles above the text that are weighed; a bound that keeps the work linear.
const MOST_TITLES: usize = 16;

/// The unit that is the headline: among the titles above the text the first of five words or more, else the longest.
fn title(page: &mut Page<'_>, found: &mut Findings) -> Option<usize> {
    if page.title.is_some() || page.whole {
        return page.title;
    }
    page.prose?;
    let first = page.units.iter().position(Unit::is_open);
    let mut titles: Vec<usize> =
        page.head().filter(|at| is_headline(page, *at, first == Some(*at))).take(MOST_TITLES).collect();
    drop_page_titles(page, &mut titles, found);
    let words = |at: &usize| page.units[*at].shape.words;
    let longest = titles.iter().rev().max_by_key(|at| words(at)).copied()?;
    let first = titles.iter().find(|at| words(at) >= 5 || (words(at) == 4 && words(&longest) < 8)).copied();
    first.or(Some(longest)).filter(|at| words(at) >= 2)
}

/// The title of the browser's window above the headline itself: the same with the outlet's name behind it.
fn drop_page_titles(page: &mut Page<'_>, titles: &mut Vec<usize>, found: &mut Findings) {
    let texts: Vec<String> = titles.iter().map(|at| page.units[*at].text.to_string()).collect();
    let is_window = |nth: usize| {
        let (start, length) = suffix(&texts[nth])?;
        let wanted = names::squash(&texts[nth][..start]);
        let same = texts.iter().enumerate().any(|(other, text)| other != nth && names::squash(text) == wanted);
        same.then(|| texts[nth][start + length..].trim().to_owned())
    };
    let windows: Vec<(usize, String)> =
        (0..titles.len()).filter_map(|nth| Some((titles[nth], is_window(nth)?))).collect();
    for (at, name) in windows {
        let lines = page.file_lines(at);
        page.units[at].drop_as(Label::Nav);
        outlet::note_suffix(&name, lines, found);
        titles.retain(|title| *title != at);
    }
}

/// Where the last part of a title begins that a bar or dash parts off, and the length of the mark.
fn suffix(text: &str) -> Option<(usize, usize)> {
    [" - ", " | ", " – ", " — ", " :: ", " » "].iter().filter_map(|m| text.rfind(m).map(|at| (at, m.len()))).max()
}

/// What a headline looks like: a title that no sentence ends, or one question, exclamation or quotation. `top`: nothing that
/// may be text stands above it.
fn is_headline(page: &Page<'_>, at: usize, top: bool) -> bool {
    let unit = &page.units[at];
    let shape = unit.shape;
    if !unit.is_open()
        || !(shape.is_title() || shape.may_open())
        || unit.heads_list
        || shape.chars < 8
        || unit.lines.len() > 3
    {
        return false;
    }
    // At the very top, apart from what follows, a title may begin and go on as it likes.
    let alone = top && unit.gap && page.units.get(at + 1).is_some_and(|next| next.gap) && shape.words >= 3;
    let begins = alone
        || date::has_prefix(&unit.text, page.locale)
        || unit.text.chars().next().is_some_and(|c| !c.is_lowercase() && !matches!(c, '•' | '-' | '*' | '#' | '@'));
    let one_sentence = shape.ending == Ending::Open || shape.words <= 24;
    let highlight = strip_prefix_ci(&unit.text, "story highlights").is_some();
    let whole = (alone && shape.ending == Ending::Open) || !has_inner_stop(&unit.text);
    begins && one_sentence && !highlight && whole && !is_name(&unit.text, page.outlets)
}

/// A full stop inside, with a new sentence after it: a caption or a lead with something behind it.
fn has_inner_stop(text: &str) -> bool {
    text.match_indices(". ").any(|(at, _)| text[at + 2..].starts_with(char::is_uppercase) && !abbreviates(&text[..at]))
}

/// People's or an outlet's names alone are no headline.
fn is_name(text: &str, outlets: Outlets<'_>) -> bool {
    outlets.named(text).is_some() || names::agency(text).is_some() || byline::is_names(text)
}

/// Whether a full stop after `before` ends an abbreviation rather than a sentence.
fn abbreviates(before: &str) -> bool {
    let word = before.rsplit([' ', '.']).next().unwrap_or("");
    word.chars().count() <= 3 || (word.len() <= 5 && ABBREVIATIONS.contains(word.to_lowercase().as_str()))
}

/// What stands open above the headline is the site's name or the section's.
fn label_above(page: &mut Page<'_>, headline: usize) {
    for unit in page.units[..headline].iter_mut().filter(|unit| unit.is_open() && !unit.shape.is_prose()) {
        unit.drop_as(Label::Nav);
    }
}

/// Lines that repeat the headline are the headline's.
fn mark_repeats(page: &mut Page<'_>, headline: &str) {
    let wanted = names::squash(headline);
    let end = page.prose.map_or(0, |(first, _)| first + 1);
    let single = page.units.len() == 1;
    for unit in page.units.iter_mut().take(end.min(12)) {
        let near = unit.text.len().abs_diff(headline.len()) <= headline.len() / 2 + 8;
        if !single && unit.is_open() && near && names::squash(unit.kept()) == wanted {
            unit.role = Role::Headline;
        }
    }
}

/// Cuts the mark of a Markdown heading off the front.
fn cut_heading_mark(page: &mut Page<'_>, at: usize, found: &mut Findings) {
    let rest = page.units[at].text.trim_start_matches('#');
    let length = page.units[at].text.len() - rest.trim_start().len();
    if !(1..=6).contains(&(page.units[at].text.len() - rest.len())) || !rest.starts_with(' ') {
        return;
    }
    let start = page.lines[page.units[at].lines.start].start;
    page.units[at].cut.0 = length;
    let lines = Lines::one(page.file_lines(at).first);
    found.cuts.push(Cut { lines, span: Span::new(start, start + length), label: Label::Label });
}

/// Cuts `UPDATE 2-` and the like off the front.
fn cut_mark(page: &mut Page<'_>, at: usize, found: &mut Findings) {
    let text = page.units[at].kept();
    let Some(end) = text.find([':', '-', '–', '—', '|']).filter(|end| *end <= 16) else { return };
    let mark = text[..end].trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ').to_lowercase();
    let clock = text[end..].starts_with(':') && text[..end].ends_with(|c: char| c.is_ascii_digit());
    if clock || !MARKS.contains(&mark.as_str()) {
        return;
    }
    let after = &text[end..];
    let rest = after.trim_start_matches([':', '-', '–', '—', '|', ' ']);
    if rest.split_whitespace().count() < 2 {
        return;
    }
    let length = text.len() - rest.len();
    let start = page.lines[page.units[at].lines.start].start + page.units[at].cut.0;
    page.units[at].cut.0 += length;
    let lines = Lines::one(page.file_lines(at).first);
    found.cuts.push(Cut { lines, span: Span::new(start, start + length), label: Label::Label });
}

/// Cuts ` - The Harbour Gazette` or ` | BBC News` off the end, where the name is an outlet's for other reasons too.
fn cut_outlet(page: &mut Page<'_>, at: usize, found: &mut Findings) {
    let text = page.units[at].kept();
    let Some((start, length)) = suffix(text) else { return };
    let name = text[start + length..].trim().to_owned();
    if text[..start].split_whitespace().count() < 3 || !is_outlet(page, &name) {
        return;
    }
    let cut = text.len() - start;
    let lines = page.file_lines(at);
    let last = page.lines[page.units[at].lines.end - 1];
    page.units[at].cut.1 = cut;
    // A name broken over two lines is shown as far as it stands on the last.
    let span = Span::new(last.end.saturating_sub(cut).max(last.start), last.end);
    found.cuts.push(Cut { lines: Lines::one(lines.last), span, label: Label::Nav });
    outlet::note_suffix(&name, lines, found);
}

/// Cuts `The Harbour Gazette - ` off the front in the same case.
fn cut_outlet_before(page: &mut Page<'_>, at: usize, found: &mut Findings) {
    let text = page.units[at].kept();
    let Some((end, length)) =
        [" - ", " | ", " – ", " — ", " :: ", ": "].iter().filter_map(|m| text.find(m).map(|end| (end, m.len()))).min()
    else {
        return;
    };
    let name = text[..end].trim().to_owned();
    // A colon stands after speakers and subjects as well.
    let colon = text[end..].starts_with(':');
    if colon || text[end + length..].split_whitespace().count() < 3 || !is_outlet(page, &name) {
        return;
    }
    let lines = Lines::one(page.file_lines(at).first);
    let start = page.lines[page.units[at].lines.start].start + page.units[at].cut.0;
    page.units[at].cut.0 += end + length;
    found.cuts.push(Cut { lines, span: Span::new(start, start + end + length), label: Label::Nav });
    outlet::note_suffix(&name, lines, found);
}

/// Whether a name beside the headline is an outlet's: listed, or named by other furniture.
fn is_outlet(page: &Page<'_>, name: &str) -> bool {
    let words = name.split_whitespace().count();
    (1..=5).contains(&words) && (page.outlets.named(name).is_some() || outlet::is_named_elsewhere(page, name))
}
