//! The numbers that an export gives its articles, held against what stands in it.

use std::ops::Range;

use super::labels;
use super::line::ExportLine;
use crate::error::Result;
use crate::source::RawRecord;
use crate::source::chunk::Chunk;

/// Lines at the top of an article within which its number stands.
const TOP: usize = 6;

/// The records of the articles of a chunk, told of what is missing among them; an export begins and ends with it, or does not.
pub(super) fn records<'c>(
    chunk: &Chunk,
    lines: &[ExportLine<'_>],
    articles: Vec<Range<usize>>,
    (begins, ends): (bool, bool),
    read: impl Fn(&[ExportLine<'_>], u32) -> Result<RawRecord<'c>>,
) -> Vec<Result<RawRecord<'c>>> {
    let said = missing(articles.iter().map(|article| &lines[article.clone()]), begins, ends);
    let record = |((article, number), said): ((Range<usize>, u32), Option<String>)| {
        let mut record = read(&lines[article], number)?;
        record.warnings.extend(said);
        Ok(record)
    };
    articles.into_iter().zip(chunk.first_record..).zip(said).map(record).collect()
}

/// What is to be said of each article by its number: where some are missing before it, and, of the last of the file, behind it.
fn missing<'l, 't: 'l>(
    articles: impl Iterator<Item = &'l [ExportLine<'t>]>,
    begins: bool,
    ends: bool,
) -> Vec<Option<String>> {
    let number = |lines: &[ExportLine<'_>]| lines.iter().take(TOP).find_map(|line| labels::number_of(line.text));
    let numbers: Vec<Option<(u32, u32)>> = articles.map(number).collect();
    let last = numbers.len().saturating_sub(1);
    let mut before = begins.then_some(0);
    let mut said = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.into_iter().enumerate() {
        let Some((number, all)) = number else {
            said.push(None);
            continue;
        };
        let gap = before.is_some_and(|before| number > before + 1);
        let mut told = Vec::new();
        if gap {
            told.push(format!("the export numbers it {number} of {all}, and those before it are not all there"));
        }
        if ends && at == last && number < all {
            told.push(format!("the export tells of {all} documents, and ends with number {number}; fetch it again"));
        }
        said.push(Some(told.join("; ")).filter(|told| !told.is_empty()));
        before = Some(number);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    #[test]
    fn a_gap_and_an_early_end_are_told() {
        for (numbers, begins, ends, told) in [
            (&["1 of 3", "2 of 3", "3 of 3"][..], true, true, "||"),
            (&["1 of 3", "3 of 3"], true, true, "|the export numbers it 3 of 3, and those before it are not all there"),
            (&["2 of 3"], true, false, "the export numbers it 2 of 3, and those before it are not all there"),
            (&["2 of 3"], false, false, ""),
            (
                &["1 of 3", "2 of 3"],
                true,
                true,
                "|the export tells of 3 documents, and ends with number 2; fetch it again",
            ),
            (&["none", "1 of 1"], true, true, "|"),
        ] {
            let texts: Vec<String> = numbers.iter().map(|number| format!("{number} DOCUMENTS\n\nFerry\n")).collect();
            let all: Vec<Vec<ExportLine<'_>>> = texts.iter().map(|text| lines(text, 1)).collect();
            let said = missing(all.iter().map(Vec::as_slice), begins, ends);
            assert_eq!(said.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>().join("|"), told);
        }
    }
}
