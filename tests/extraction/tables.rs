//! Tables that a person can read and add a row to.

use dateline::extract::{Extraction, Warning};

use super::support::{HEADLINE, LEAD, SECOND, THIRD, fate, of_bytes, of_text, rows, values};

/// Rows that are not as the table says, all at once.
fn check<'r>(table: &'r str, wrong: impl Fn(&'r str) -> Option<String>) {
    let wrong: Vec<String> = rows(table).filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{} rows are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn differ(row: &str, wanted: &str, found: &str) -> Option<String> {
    (wanted != found).then(|| format!("  {row}\n    found {found}"))
}

fn split<'r>(row: &'r str, mark: &str) -> (&'r str, &'r str) {
    let (left, right) = row.split_once(mark).unwrap_or_else(|| panic!("no {mark} in {row:?}"));
    (left, right.trim())
}

#[test]
fn lines_are_told_from_prose() {
    check(include_str!("../tables/lines.txt"), |row| {
        let (place, rest) = split(row, " | ");
        let (label, line) = split(rest, " | ");
        let text = match place {
            "head" => format!("{HEADLINE}\n\n{line}\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n"),
            "middle" => format!("{HEADLINE}\n\n{LEAD}\n\n{SECOND}\n\n{line}\n\n{THIRD}\n"),
            _ => format!("{HEADLINE}\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n\n{line}\n"),
        };
        let (text, extraction) = of_bytes("article.txt", text.as_bytes());
        differ(row, label, &fate(&text, &extraction, line))
    });
}

#[test]
fn printed_dates_are_read_as_far_as_they_go() {
    check(include_str!("../tables/dates.txt"), |row| {
        let (line, wanted) = split(row, " => ");
        let article = of_text(&format!("{HEADLINE}\n\n{line}\n\n{LEAD}\n\n{SECOND}\n")).article;
        differ(row, wanted, values(&article).date.as_deref().unwrap_or("none"))
    });
}

#[test]
fn datelines_are_cut_and_tell_place_and_source() {
    check(include_str!("../tables/datelines.txt"), |row| {
        let (start, wanted) = split(row, "=>");
        let found = values(&of_text(&format!("{HEADLINE}\n\n{} {LEAD}\n\n{SECOND}\n", start.trim_end())).article);
        let any = found.place.is_some() || found.outlet.is_some() || !found.credit.is_empty();
        let told = format!(
            "{} ; {} ; {}",
            found.place.unwrap_or_default(),
            found.credit.join(", "),
            found.outlet.unwrap_or_default()
        );
        let cut = found.body[0] == LEAD;
        let same = |text: &str| text.split(';').map(|part| part.trim().to_owned()).collect::<Vec<_>>();
        let right = same(&told) == same(wanted) && cut == any;
        (!right).then(|| format!("  {row}\n    found {told}, first paragraph {:?}", found.body[0]))
    });
}

#[test]
fn bylines_give_names_as_printed() {
    check(include_str!("../tables/bylines.txt"), |row| {
        let (line, wanted) = split(row, " => ");
        let found = values(&of_text(&format!("{HEADLINE}\n\n{line}\n\n{LEAD}\n\n{SECOND}\n")).article);
        let told = format!("{} ; {}", found.byline.unwrap_or_default(), found.credit.join(", "));
        let same = |text: &str| text.split(';').map(|part| part.trim().to_owned()).collect::<Vec<_>>();
        if same(&told) == same(wanted) { None } else { differ(row, wanted, &told) }
    });
}

/// A text, and a page of the same lines.
fn text_and_page(line: &str) -> [Extraction; 2] {
    let text = of_text(&format!("{HEADLINE}\n\n{line}\n\n{LEAD}\n\n{SECOND}\n"));
    let paragraphs = [line, LEAD, SECOND].map(|line| format!("<p>{line}</p>\n")).concat();
    let page = format!("<!DOCTYPE html><html><body><h1>{HEADLINE}</h1>\n{paragraphs}</body></html>");
    [text, of_bytes("article.html", page.as_bytes()).1]
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
fn a_line_means_the_same_in_a_text_and_on_a_page() {
    check(include_str!("../tables/both.txt"), |row| {
        let (line, wanted) = split(row, " => ");
        let told = text_and_page(line).map(|extraction| {
            let found = values(&extraction.article);
            let all = [found.byline.unwrap_or_default(), found.date.unwrap_or_default(), changed(&extraction)];
            all.join(" ; ")
        });
        let same = |text: &str| text.split(';').map(|part| part.trim().to_owned()).collect::<Vec<_>>();
        let right = told.iter().all(|told| same(told) == same(wanted));
        (!right).then(|| format!("  {row}\n    a text: {}\n    a page: {}", told[0], told[1]))
    });
}

#[test]
fn credits_name_organisations_and_no_people() {
    check(include_str!("../tables/credits.txt"), |row| {
        let (line, wanted) = split(row, " =>");
        let found = values(&of_text(&format!("{HEADLINE}\n\n{LEAD}\n\n{SECOND}\n\n{line}\n")).article);
        differ(row, wanted, &found.credit.join(", "))
    });
}
