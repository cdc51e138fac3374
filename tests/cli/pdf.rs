//! PDF files: pages in citations, and what is told of those that cannot be read.

use super::support::{Archive, number, text};

/// A file of pages of lines, each with its baseline from the bottom in points, its size and its text.
fn pdf(pages: &[&[(u32, u32, &str)]]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|nth| format!("{} 0 R ", 4 + 2 * nth)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for lines in pages {
        let draw = |(base, size, text): &(u32, u32, &str)| format!("BT /F {size} Tf 60 {base} Td ({text}) Tj ET\n");
        let content: String = lines.iter().map(draw).collect();
        let own = objects.len() + 2;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {own} 0 R /Resources << /Font << /F 3 0 R >> >> >>"
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (object, id) in objects.iter().zip(1..) {
        table += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{id} 0 obj\n{object}\nendobj\n");
    }
    let start = file.len();
    file += &format!("{table}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}

const FERRY: &str = "The ferry stays in port until the ice in the strait breaks, said the harbour office.";
const QUAY: &str = "The quay fell at noon, as it had been known to do for years, and nobody was hurt at all.";

#[test]
fn a_citation_names_the_page() {
    let report = pdf(&[
        &[(700, 20, "A year in port"), (670, 10, FERRY)],
        &[(700, 10, QUAY)],
        &[(700, 10, "The lamp of the pier was lit again on Sunday, and it will burn until the spring.")],
    ]);
    let archive = Archive::indexed(&[("report.pdf", &report)]);
    for (word, page) in [("strait", 1), ("noon", 2), ("lamp", 3)] {
        let hit = &archive.hits(&[&format!("\"{word}\"")])[0];
        assert_eq!(text(&hit["headline"]["value"]), "A year in port");
        let lines = &hit["source"]["lines"];
        assert!(number(&lines[0]) <= page && page <= number(&lines[1]), "{word}: {hit}");
    }
    let check = archive.run(&["check"]);
    assert_eq!(check.status, 0, "{check:?}");
    let inspected = archive.run(&["inspect", "articles/report.pdf"]);
    assert!(inspected.stdout.contains("headline") && inspected.stdout.contains("A year in port"), "{inspected:?}");
}

#[test]
fn what_has_no_text_has_failed_and_is_named() {
    let good = pdf(&[&[(700, 10, FERRY)]]);
    for (bytes, told) in [
        (pdf(&[&[], &[]]), "no text layer: its 2 pages are pictures"),
        (good[..good.len() / 3].to_vec(), "the PDF file is damaged"),
        (b"%PDF-1.7\n".to_vec(), "the PDF file is damaged"),
    ] {
        let archive = Archive::of(&[("good.pdf", &good), ("bad.pdf", &bytes)]);
        let run = archive.run(&["index", "articles"]);
        let line = run.stderr.lines().find(|line| line.contains(told));
        assert!(run.status == 2 && line.is_some_and(|line| line.contains("bad.pdf") && line.contains("; ")), "{run:?}");
        assert_eq!(archive.found(&["ferry"]), ["good"]);
    }
}
