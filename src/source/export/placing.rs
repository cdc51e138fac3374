//! Where in a paper an article stands: its section and its page, of which exports write both in one line.

use super::exported::Exported;
use super::labels;
use super::line::some;

/// Notes a field such as `FEATURES; Pg. 6`: the page is the part that is labelled so, the section is the others.
pub(super) fn note_section(value: &str, found: &mut Exported) {
    let mut section = Vec::new();
    for part in value.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        match labels::labelled_page(part) {
            Some(page) => found.page = found.page.take().or_else(|| some(page)),
            None if labels::is_part(part) => {}
            None => section.push(part),
        }
    }
    found.section = found.section.take().or_else(|| some(&section.join("; ")));
}

/// Notes a field that is a page alone, labelled or not.
pub(super) fn note_page(value: &str, found: &mut Exported) {
    let page = labels::labelled_page(value).unwrap_or(value);
    found.page = found.page.take().or_else(|| some(page));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_parted_from_its_page() {
        for (line, section, page) in [
            ("FEATURES; Pg. 6", "FEATURES", "6"),
            ("Section 5; Part 2; National Desk; Pg. 16", "Section 5; Part 2; National Desk", "16"),
            ("LOKALES; S. 3", "LOKALES", "3"),
            ("REGIO; Blz. 9", "REGIO", "9"),
            ("LOCAL; Pág. 12", "LOCAL", "12"),
            ("Politik; Seite: 2", "Politik", "2"),
            ("Business; p. C1", "Business", "C1"),
            ("Pg. A 12", "", "A 12"),
            ("Section B; National Desk; Pg. 22, Column 2", "Section B; National Desk", "22"),
            ("POLITICS; Version:28", "POLITICS", ""),
            ("Edition 1; SPORT; Col. 3", "SPORT", ""),
            ("Page turners", "Page turners", ""),
            ("Sport", "Sport", ""),
            (" ; ", "", ""),
        ] {
            let mut found = Exported::default();
            note_section(line, &mut found);
            let said = [found.section, found.page].map(Option::unwrap_or_default);
            assert_eq!(said, [section, page], "{line}");
        }
    }
}
