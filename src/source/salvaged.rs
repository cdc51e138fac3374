//! What an archive knew of an article, beside the usual keys of a record: by it a salvaged article is read as it stands.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::{BodyDoubt, Field, NewsDate};

/// An article as an archive had it, but for its id, its address and its text, which stand under the usual keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Salvaged {
    /// The headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<Field<String>>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<Field<String>>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Field<NewsDate>>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byline: Option<Field<String>>,
    /// Where it was filed from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Field<String>>,
    /// The part of the paper that it stood in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Field<String>>,
    /// The printed page on which it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Field<String>>,
    /// Who supplied the copy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credit: Vec<String>,
    /// How many lines of its text, from the first, are the standfirst.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standfirst: Option<Field<u32>>,
    /// Why its body was in doubt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<BodyDoubt>,
    /// How its text was parted.
    pub passages: Vec<SalvagedPassage>,
}

/// A passage of a salvaged article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalvagedPassage {
    /// Bytes of each of its paragraphs and subheads; none of a passage that was lost.
    pub paragraphs: Vec<usize>,
    /// Whether it was lost.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lost: bool,
    /// Whether it begins in the middle of a paragraph.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub continues: bool,
    /// Which of its lines are subheads, 0-based.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subheads: Vec<u32>,
}

/// A paragraph or subhead of a salvaged article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SalvagedLine {
    /// Its bytes in the record's text: half-open, 0-based.
    pub range: Range<usize>,
    /// Where it begins a passage: whether that begins in the middle of a paragraph.
    pub opens: Option<bool>,
    /// Whether it is a subhead.
    pub is_subhead: bool,
}

/// Stands between two paragraphs, and between the parts of one that two passages share.
const JOINTS: (&str, &str) = ("\n\n", " ");

impl Salvaged {
    /// The text of passages that have these lines, and how it is parted. What stands on both sides of a passage that was
    /// lost is no sentence.
    pub fn joined<'p>(passages: impl Iterator<Item = (&'p str, bool, &'p [u32])>) -> (String, Vec<SalvagedPassage>) {
        let (mut text, mut parts) = (String::new(), Vec::<SalvagedPassage>::new());
        for (passage, continues, subheads) in passages {
            let lines = passage.split('\n').filter(|line| !line.is_empty());
            let mut part = SalvagedPassage { continues, subheads: subheads.to_vec(), ..SalvagedPassage::default() };
            for line in lines {
                text.push_str(joint(&text, &parts, &part));
                text.push_str(line);
                part.paragraphs.push(line.len());
            }
            parts.push(part);
        }
        (text, parts)
    }

    /// The lines of a text that is parted so; none where it is another text.
    pub fn lines(&self, text: &str) -> Option<Vec<SalvagedLine>> {
        let (mut lines, mut at) = (Vec::new(), 0);
        for (number, passage) in self.passages.iter().enumerate() {
            let mut so_far = SalvagedPassage { continues: passage.continues, ..SalvagedPassage::default() };
            for (line, length) in (0..).zip(&passage.paragraphs) {
                let joint = joint(&text[..at], &self.passages[..number], &so_far);
                let start = at + joint.len();
                let range = start..start.checked_add(*length)?;
                if !text[at..].starts_with(joint) || text.get(range.clone())?.is_empty() {
                    return None;
                }
                at = range.end;
                let opens = so_far.paragraphs.is_empty().then_some(passage.continues);
                lines.push(SalvagedLine { range, opens, is_subhead: passage.subheads.contains(&line) });
                so_far.paragraphs.push(*length);
            }
        }
        (at == text.len()).then_some(lines)
    }
}

/// What stands before the next line of a passage, behind a text and the passages before.
fn joint(text: &str, before: &[SalvagedPassage], passage: &SalvagedPassage) -> &'static str {
    let follows = before.last().is_some_and(|before| !before.paragraphs.is_empty());
    match passage.paragraphs.is_empty() && passage.continues && follows {
        _ if text.is_empty() => "",
        true => JOINTS.1,
        false => JOINTS.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_parted_as_it_was_joined_and_another_one_is_not() {
        for (passages, joined) in [
            (&[("One.\nTwo", false), ("goes on.\nThree.", true)][..], "One.\n\nTwo goes on.\n\nThree."),
            (&[("", false), ("goes on.", true), ("Äh.", false)], "goes on.\n\nÄh."),
            (&[("One.", false), ("", false), ("after it", true)], "One.\n\nafter it"),
            (&[("", false)], ""),
        ] {
            let (text, parts) =
                Salvaged::joined(passages.iter().map(|(text, continues)| (*text, *continues, &[1][..])));
            assert_eq!(text, joined);
            let salvaged = Salvaged { passages: parts, ..Salvaged::default() };
            let mut again: Vec<String> = Vec::new();
            for line in salvaged.lines(&text).expect("lines") {
                match (line.opens, again.last_mut()) {
                    (None, Some(last)) => last.push_str(&format!("\n{}", &text[line.range])),
                    _ => again.push(text[line.range].to_owned()),
                }
            }
            let whole: Vec<&str> = passages.iter().map(|(text, _)| *text).filter(|text| !text.is_empty()).collect();
            assert_eq!(again, whole);
            for other in [format!("{text}!"), text.replacen('\n', "", 1), text.replace("One", "Öne")] {
                assert!(other == text || salvaged.lines(&other).is_none(), "{other}");
            }
        }
        let much = SalvagedPassage { paragraphs: vec![usize::MAX, 2], ..SalvagedPassage::default() };
        assert_eq!(Salvaged { passages: vec![much], ..Salvaged::default() }.lines("ab"), None);
    }
}
