//! What people type for a measure.

use super::table::{Cutoff, MEASURES, MeasureEntry};
use super::{Measure, Parameters};
use crate::error::{Error, Result, nearest};

/// The measures that are shown where none are named.
pub const DEFAULT: &[&str] = &["nDCG@10", "AP", "RR", "P@10", "R@100", "Rprec", "Bpref", "Success@1", "Judged@10"];

/// Reads a measure's name: `nDCG@10`, `RBP(p=0.8)`, `RBP(0.8)`, `map`, `ndcg_cut_10`, `ndcg_cut.10`, `MRR`, `Recall@100`.
///
/// # Errors
/// Where there is no such measure, and where a parameter is missing or not one of it.
pub fn parse(name: &str) -> Result<Measure> {
    let name = name.trim();
    let (rest, cutoff) = match name.rsplit_once('@') {
        Some((rest, k)) => (rest, Some(k)),
        None => (name, None),
    };
    let (rest, given) = match rest.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
        Some((rest, given)) => (rest, given),
        None => (rest, ""),
    };
    let (entry, cutoff) =
        MEASURES.iter().find_map(|entry| named(entry, rest, cutoff)).ok_or_else(|| no_measure(name))?;
    let mut parameters = Parameters::default();
    for part in given.split(',').filter(|part| !part.trim().is_empty()) {
        set(&mut parameters, entry, part).ok_or_else(|| no_parameter(entry, part))?;
    }
    parameters.cutoff = cutoff.map(|k| whole(k).ok_or_else(|| wrong_cutoff(entry, k))).transpose()?;
    match (entry.cutoff, parameters.cutoff) {
        (Cutoff::Required, None) | (Cutoff::Never, Some(_)) => Err(wrong_cutoff(entry, cutoff.unwrap_or("nothing"))),
        _ => Ok(Measure { entry, parameters }),
    }
}

/// Reads names that may stand several in one argument, with blanks, commas or semicolons between them; each measure
/// once, in the order named.
///
/// # Errors
/// As [`parse`], and where none is named: what has no measure cannot get worse.
pub fn parse_all<S: AsRef<str>>(names: &[S]) -> Result<Vec<Measure>> {
    let mut measures: Vec<Measure> = Vec::new();
    for name in names.iter().flat_map(|names| apart(names.as_ref())) {
        let measure = parse(name)?;
        if !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    if measures.is_empty() {
        return Err(Error::request("no measure is named", "name one, such as nDCG@10; see `dateline eval --list`"));
    }
    Ok(measures)
}

/// Cuts at blanks, commas and semicolons, but not inside parentheses.
fn apart(names: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    let cut = move |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth <= 0 && (c.is_whitespace() || c == ',' || c == ';')
    };
    names.split(cut).filter(|name| !name.is_empty())
}

/// The entry and the cutoff, if `name` is one of its names.
fn named<'n>(
    entry: &'static MeasureEntry,
    name: &'n str,
    cutoff: Option<&'n str>,
) -> Option<(&'static MeasureEntry, Option<&'n str>)> {
    let is = |other: Option<&str>| other.is_some_and(|other| name.eq_ignore_ascii_case(other));
    let is_named = is(Some(entry.name)) || entry.other_names.iter().any(|other| is(Some(other)));
    if is_named || (cutoff.is_none() && is(entry.trec_eval.0)) {
        return Some((entry, cutoff));
    }
    let prefix = entry.trec_eval.1?;
    let (start, rest) = name.split_at_checked(prefix.len())?;
    let k = rest.strip_prefix(['_', '.'])?;
    (start.eq_ignore_ascii_case(prefix) && cutoff.is_none()).then_some((entry, Some(k)))
}

fn set(parameters: &mut Parameters, entry: &MeasureEntry, part: &str) -> Option<()> {
    let (name, value) = part.split_once('=').unwrap_or((entry.takes.first()?, part));
    let (name, value) = (name.trim(), value.trim());
    entry.takes.contains(&name).then_some(())?;
    match name {
        "rel" => parameters.rel = value.parse().ok().filter(|&rel| rel >= 1)?,
        "max" => parameters.max = value.parse().ok().filter(|max| (1..=1000).contains(max))?,
        "p" => parameters.p = value.parse().ok().filter(|p| (0.0..1.0).contains(p))?,
        _ => return None,
    }
    Some(())
}

fn whole(number: &str) -> Option<usize> {
    number.parse().ok().filter(|&k| k > 0)
}

/// The error for a name that no measure has, with the measure that may have been meant.
fn no_measure(name: &str) -> Error {
    let cut = name.find(|c: char| c == '@' || c == '(' || c.is_ascii_digit()).unwrap_or(name.len());
    let (typed, rest) = (name[..cut].trim_end_matches(['_', '.', '-']), &name[cut..]);
    let spellings = MEASURES.iter().flat_map(|entry| {
        let (plain, cut) = entry.trec_eval;
        let others = entry.other_names.iter().copied().chain(plain).chain(cut);
        std::iter::once(entry.name).chain(others).map(move |spelling| (spelling, entry))
    });
    let (names, entries): (Vec<&str>, Vec<&MeasureEntry>) = spellings.unzip();
    // of one or two letters any other is near
    let near = nearest(typed, names.iter().copied()).filter(|_| typed.len() > 2);
    let meant = near.and_then(|near| names.iter().position(|name| *name == near)).map(|place| entries[place]);
    let way_out = match meant {
        Some(entry) => {
            let ranks = rest.trim_start_matches('@');
            let (cutoff, is_cut) = (entry.cutoff, whole(ranks).is_some());
            let meant = match cutoff {
                Cutoff::Required | Cutoff::Optional if is_cut => format!("{}@{ranks}", entry.name),
                Cutoff::Required => format!("{}@10", entry.name),
                _ => entry.name.to_owned(),
            };
            format!("did you mean {meant}? `dateline eval --list` has all")
        }
        None => "see `dateline eval --list`".to_owned(),
    };
    Error::request(format!("no measure \"{name}\""), way_out)
}

fn no_parameter(entry: &MeasureEntry, part: &str) -> Error {
    let what = format!("{} takes no \"{}\"", entry.name, part.trim());
    Error::request(what, format!("write {}; see `dateline eval --list`", entry.spelled()))
}

fn wrong_cutoff(entry: &MeasureEntry, given: &str) -> Error {
    let what = match entry.cutoff {
        Cutoff::Never => format!("{} takes no cutoff", entry.name),
        Cutoff::Optional => format!("{} takes a number of ranks after the @, not \"{given}\"", entry.name),
        Cutoff::Required => format!("{} needs a number of ranks after an @, not {given}", entry.name),
    };
    let example = if entry.cutoff == Cutoff::Never { entry.name.to_owned() } else { format!("{}@10", entry.name) };
    Error::request(what, format!("write {example}"))
}
