//! Where in a paper an article stands: its section and its page, of which exports write both in one line.

use super::exported::Exported;
use super::labels;
use super::line::some;

/// Section and page of a field such as `FEATURES; Pg. 6`: the page is the part that is labelled so, the section is the others.
/// Where `is_page`, it is a page alone, labelled or not.
pub(crate) fn placed(value: &str, is_page: bool) -> (Option<String>, Option<String>) {
    if is_page {
        return (None, some(labels::labelled_page(value).unwrap_or(value)));
    }
    let (mut section, mut page) = (Vec::new(), None);
    for part in value.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        match labels::labelled_page(part) {
            Some(labelled) => page = page.or_else(|| some(labelled)),
            None if labels::is_part(part) => {}
            None => section.push(part),
        }
    }
    (some(&section.join("; ")), page)
}

/// Notes a field such as `FEATURES; Pg. 6`.
pub(super) fn note_section(value: &str, found: &mut Exported) {
    note(placed(value, false), found);
}

/// Notes a field that is a page alone.
pub(super) fn note_page(value: &str, found: &mut Exported) {
    note(placed(value, true), found);
}

fn note((section, page): (Option<String>, Option<String>), found: &mut Exported) {
    found.given.section = found.given.section.take().or(section);
    found.given.page = found.given.page.take().or(page);
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
            let (found, on) = placed(line, false);
            assert_eq!([found, on].map(Option::unwrap_or_default), [section, page], "{line}");
        }
    }
}
