//! Tables that a person can read and add a row to. Every row is run as a text and as a page.
//!
//! The page of a text: `<h1>` is its first block, `<p>` every other one, and what is markup is escaped. There is nothing else
//! in it: no title, no class, no metadata. A row says once what both forms give. Where a page rightly gives another value,
//! the row says it too: `text's value [page: page's value]`, under a comment that says why. A row that begins with a language,
//! as in `[ar] …`, is run in an archive of it.

use dateline::analysis::Language;
use dateline::extract::{Extraction, Warning};

use super::support::{HEADLINE, LEAD, SECOND, THIRD, Values, fate, in_archive, rows, values};

/// What was read, and what came of it.
type Read = (String, Extraction);

/// The language of a row's archive, and the row without it.
fn language_of(row: &str) -> (Language, &str) {
    let Some((code, rest)) = row.strip_prefix('[').and_then(|row| row.split_once("] ")) else {
        return (Language::default(), row);
    };
    (code.parse().unwrap_or_else(|_| panic!("no language {code:?}")), rest)
}

/// One article of these blocks, as a text and as a page.
fn text_and_page(blocks: &[String], language: Language) -> [(&'static str, Read); 2] {
    let escaped = |block: &String| block.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs: String = blocks[1..].iter().map(|block| format!("<p>{}</p>\n", escaped(block))).collect();
    let page = format!("<!DOCTYPE html><html><body>\n<h1>{}</h1>\n{paragraphs}</body></html>\n", escaped(&blocks[0]));
    let text = blocks.join("\n\n") + "\n";
    [("text", "article.txt", text), ("page", "article.html", page)]
        .map(|(form, name, content)| (form, in_archive(name, content.as_bytes(), language)))
}

/// What a row wants of a text and of a page: `value`, or `value [page: value]`.
fn wanted(told: &str) -> [&str; 2] {
    let Some((text, page)) = told.split_once("[page:") else { return [told, told] };
    let page = page.trim_end().strip_suffix(']').unwrap_or_else(|| panic!("no ] in {told:?}"));
    [text, page]
}

fn split<'r>(row: &'r str, mark: &str) -> (&'r str, &'r str) {
    let (left, right) = row.split_once(mark).unwrap_or_else(|| panic!("no {mark} in {row:?}"));
    (left, right.trim())
}

/// Parts between semicolons, without the blanks around them.
fn parts(told: &str) -> Vec<&str> {
    told.split(';').map(str::trim).collect()
}

/// A table's row: the blocks of its article, what it wants, and how a result is told.
struct Row<'r, F> {
    blocks: Vec<String>,
    wanted: &'r str,
    told: F,
}

fn article<const N: usize>(blocks: [&str; N]) -> Vec<String> {
    blocks.map(str::to_owned).to_vec()
}

/// Runs every row in both forms, and tells all at once which are not as the table says.
fn check<'r, F: Fn(&Read) -> String>(table: &'r str, row_of: impl Fn(&'r str) -> Row<'r, F>) {
    let (mut run, mut wrong) = ([0, 0], Vec::new());
    for line in rows(table) {
        let (language, plain) = language_of(line);
        let row = row_of(plain);
        let forms = text_and_page(&row.blocks, language);
        for (form, ((name, read), wanted)) in forms.iter().zip(wanted(row.wanted)).enumerate() {
            let told = (row.told)(read);
            run[form] += 1;
            if parts(&told) != parts(wanted) {
                wrong.push(format!("  {line}\n    the {name} gives {told}"));
            }
        }
    }
    let rows = rows(table).count();
    assert!(rows > 0 && run == [rows; 2], "{run:?} of {rows} rows run");
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn lines_are_told_from_prose() {
    check(include_str!("../tables/lines.txt"), |row| {
        let (place, rest) = split(row, " | ");
        let (wanted, line) = split(rest, " | ");
        let blocks = match place {
            "head" => article([HEADLINE, line, LEAD, SECOND, THIRD]),
            "short" => article(["Ferry stays", line, LEAD, SECOND, THIRD]),
            "middle" => article([HEADLINE, LEAD, SECOND, line, THIRD]),
            "tail" => article([HEADLINE, LEAD, SECOND, THIRD, line]),
            _ => panic!("no place {place:?}"),
        };
        Row { blocks, wanted, told: move |(text, extraction): &Read| fate(text, extraction, line) }
    });
}

#[test]
fn printed_dates_are_read_as_far_as_they_go() {
    check(include_str!("../tables/dates.txt"), |row| {
        let (line, wanted) = split(row, " => ");
        let told = |(_, extraction): &Read| values(&extraction.article).date.unwrap_or_else(|| "none".to_owned());
        Row { blocks: article([HEADLINE, line, LEAD, SECOND]), wanted, told }
    });
}

#[test]
fn datelines_are_cut_and_tell_place_and_source() {
    check(include_str!("../tables/datelines.txt"), |row| {
        let (start, wanted) = split(row, "=>");
        let lead = format!("{} {LEAD}", start.trim_end());
        let told = |(_, extraction): &Read| dateline(values(&extraction.article));
        Row { blocks: article([HEADLINE, &lead, SECOND]), wanted, told }
    });
}

/// Place, suppliers and outlet, and whether the paragraph was cut where it should.
fn dateline(found: Values) -> String {
    let any = found.place.is_some() || found.outlet.is_some() || !found.credit.is_empty();
    let told = [found.place.unwrap_or_default(), found.credit.join(", "), found.outlet.unwrap_or_default()].join(" ; ");
    if any == (found.body[0] == LEAD) { told } else { format!("{told}, first paragraph {:?}", found.body[0]) }
}

#[test]
fn bylines_give_names_as_printed() {
    check(include_str!("../tables/bylines.txt"), |row| {
        let (line, wanted) = split(row, " => ");
        let told = |(_, extraction): &Read| {
            let found = values(&extraction.article);
            format!("{} ; {}", found.byline.unwrap_or_default(), found.credit.join(", "))
        };
        Row { blocks: article([HEADLINE, line, LEAD, SECOND]), wanted, told }
    });
}

/// When an article was changed last: beside its date, or in place of it.
fn changed(extraction: &Extraction) -> String {
    let date = extraction.article.date.iter();
    let beside = date.flat_map(|date| &date.alternatives).find(|other| other.rule == "updated");
    let alone = extraction.warnings.iter().find_map(|warning| match warning {
        Warning::OnlyUpdated(date) => Some(date.clone()),
        _ => None,
    });
    beside.map(|other| other.value.to_string()).or(alone).unwrap_or_default()
}

#[test]
fn a_line_gives_names_date_and_last_change() {
    check(include_str!("../tables/both.txt"), |row| {
        let (line, wanted) = split(row, " => ");
        let told = |(_, extraction): &Read| {
            let found = values(&extraction.article);
            [found.byline.unwrap_or_default(), found.date.unwrap_or_default(), changed(extraction)].join(" ; ")
        };
        Row { blocks: article([HEADLINE, line, LEAD, SECOND]), wanted, told }
    });
}

#[test]
fn credits_name_organisations_and_no_people() {
    check(include_str!("../tables/credits.txt"), |row| {
        let (line, wanted) = split(row, " =>");
        let told = |(_, extraction): &Read| values(&extraction.article).credit.join(", ");
        Row { blocks: article([HEADLINE, LEAD, SECOND, line]), wanted, told }
    });
}
