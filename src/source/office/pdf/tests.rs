//! PDF files written here, and what is read of them.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::super::layout::OfficeLayout;

/// A line that a page draws: left edge and baseline from the top in points, size, bold, text.
type DrawnLine<'t> = (i64, i64, i64, bool, &'t str);

/// A file of these pages, of 600 to 800 points; `mode` is how text is drawn, 3 is hidden.
fn pdf(pages: &[Vec<DrawnLine<'_>>], mode: i64) -> Document {
    let mut file = Document::with_version("1.5");
    let tree = file.new_object_id();
    let mut font = |name: &str| {
        file.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => name, "Encoding" => "WinAnsiEncoding",
        })
    };
    let (plain, bold) = (font("Helvetica"), font("Helvetica-Bold"));
    let resources = dictionary! { "Font" => dictionary! { "P" => plain, "B" => bold } };
    let mut kids: Vec<Object> = Vec::new();
    for lines in pages {
        let mut operations = Vec::new();
        let mut push = |operator: &str, operands: Vec<Object>| operations.push(Operation::new(operator, operands));
        for (left, top, size, is_bold, text) in lines {
            let font = if *is_bold { "B" } else { "P" };
            push("BT", vec![]);
            push("Tr", vec![mode.into()]);
            push("Tf", vec![font.into(), (*size).into()]);
            push("Td", vec![(*left).into(), (800 - top).into()]);
            push("Tj", vec![Object::string_literal(encoding_rs::WINDOWS_1252.encode(text).0.into_owned())]);
            push("ET", vec![]);
        }
        let content = Content { operations }.encode().expect("content");
        let content = file.add_object(Stream::new(Dictionary::new(), content));
        let page = dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => resources.clone(),
            "MediaBox" => vec![0.into(), 0.into(), 600.into(), 800.into()],
        };
        kids.push(file.add_object(page).into());
    }
    let count = kids.len() as i64;
    file.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    file.trailer.set("Root", catalog);
    file
}

fn bytes(mut file: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("written");
    bytes
}

/// Each article: first page, headline, outlet, date, and its blocks, parted by `/`; what stands around the text in brackets, headings
/// behind a `#`.
fn told(bytes: &[u8]) -> String {
    let unpacked = match super::read(bytes, 1 << 20) {
        Ok(unpacked) => unpacked,
        Err(why) => return why.to_string(),
    };
    let OfficeLayout::Print(pages) = unpacked.layout else { panic!("no pages") };
    let mut all = Vec::new();
    for article in &pages.articles {
        let mut at = article.text.start;
        let mut blocks = Vec::new();
        for line in unpacked.text[article.text.clone()].split('\n') {
            let is_in = |ranges: &[std::ops::Range<usize>]| ranges.iter().any(|range| range.contains(&at));
            match line {
                "" => {}
                _ if is_in(&pages.beside) => blocks.push(format!("[{line}]")),
                _ if is_in(&pages.headings) => blocks.push(format!("#{line}")),
                _ => blocks.push(line.to_owned()),
            }
            at += line.len() + 1;
        }
        let or = |field: &Option<String>| field.clone().unwrap_or_else(|| "-".to_owned());
        let [headline, outlet, date] = [&article.given.headline, &article.given.outlet, &article.given.date].map(or);
        all.push(format!("p{} {headline} | {outlet} | {date} | {}", article.line + 1, blocks.join("/")));
    }
    all.join("\n")
}

/// Lines of ten points, twelve apart.
fn lines<'t>(left: i64, top: i64, texts: &[&'t str]) -> Vec<DrawnLine<'t>> {
    texts.iter().zip(0..).map(|(text, nth)| (left, top + 12 * nth, 10, false, *text)).collect()
}

const LEFT: [&str; 6] = [
    "The ferry stays in port until the ice in",
    "the strait breaks, said the harbour of-",
    "fice on Friday; nobody had asked when",
    "that would be, and nobody was told it.",
    "The pilots went home at noon, and the",
    "cook of the ferry went to see his sister.",
];
const RIGHT: [&str; 6] = [
    "The quay fell at noon, as it had been",
    "known to do for years, and nobody was",
    "hurt but a gull that had sat upon it since",
    "the morning, as they will do. It had stood",
    "for ninety years, and was closed to cars",
    "and lorries since a stone came loose.",
];

#[test]
fn a_page_of_a_paper_is_its_articles_column_by_column() {
    // drawn row by row across the columns
    let mut page = vec![
        (150, 60, 24, true, "THE TARNSIDE POST"),
        (220, 76, 9, false, "Thursday, 2 May 2019"),
        (40, 110, 14, true, "Ferry stays in port"),
        (320, 110, 14, true, "Quay falls at noon"),
        (40, 128, 10, false, "By Anna Kowal"),
        (320, 128, 10, false, "By Tom Reid"),
    ];
    for ((left, right), nth) in LEFT.iter().zip(&RIGHT).zip(0..) {
        page.push((40, 146 + 12 * nth, 10, false, left));
        page.push((320, 146 + 12 * nth, 10, false, right));
    }
    page.push((290, 770, 9, false, "7"));
    page.push((40, 782, 7, false, "Printed 9 May 2019 06:12"));
    let wanted = "p1 Ferry stays in port | The Tarnside Post | Thursday, 2 May 2019 | [7]/[Printed 9 May 2019 06:12]/[THE TARNSIDE POST]/[Thursday, 2 May 2019]/#Ferry stays in port/By Anna Kowal/The ferry stays in port until the ice in the strait breaks, said the harbour office on Friday; nobody had asked when that would be, and nobody was told it. The pilots went home at noon, and the cook of the ferry went to see his sister.\n\
        p1 Quay falls at noon | The Tarnside Post | Thursday, 2 May 2019 | #Quay falls at noon/By Tom Reid/The quay fell at noon, as it had been known to do for years, and nobody was hurt but a gull that had sat upon it since the morning, as they will do. It had stood for ninety years, and was closed to cars and lorries since a stone came loose.";
    assert_eq!(told(&bytes(pdf(&[page.clone()], 0))), wanted);
    assert_eq!(told(&bytes(pdf(&[page], 3))), wanted, "a hidden layer is text");
}

#[test]
fn a_press_review_is_its_clippings() {
    let clipping = |top: i64, source: &'static str, title: &'static str, text: &'static [&'static str]| {
        [vec![(40, top, 9, false, source), (40, top + 20, 15, true, title)], lines(40, top + 44, text)].concat()
    };
    let page = [
        vec![(40, 60, 20, true, "Press review of the harbour")],
        clipping(110, "Le Phare, 2 mai 2019, p. 7", "Le bac reste au port", &LEFT),
        clipping(240, "Hafenbote vom 03.05.2019, Seite 2", "Kai bricht ein", &RIGHT),
        vec![(40, 400, 9, false, "El Faro"), (40, 414, 9, false, "4 de mayo de 2019")],
        vec![(40, 440, 15, true, "El barco sigue en puerto")],
        lines(40, 464, &LEFT),
    ]
    .concat();
    let seen = told(&bytes(pdf(&[page], 0)));
    assert_eq!(seen.lines().count(), 3, "{seen}");
    assert!(seen.starts_with("p1 Le bac reste au port | Le Phare | 2 mai 2019 | "), "{seen}");
    let last = "\np1 El barco sigue en puerto | El Faro | 4 de mayo de 2019 | [El Faro]/[4 de mayo de 2019]/#El barco";
    assert!(seen.contains(last), "{seen}");
    assert!(
        seen.contains("\np1 Kai bricht ein | Hafenbote | 03.05.2019 | [Hafenbote vom 03.05.2019, Seite 2]/#Kai"),
        "{seen}"
    );
}

#[test]
fn one_article_goes_on_over_pages_without_what_stands_around() {
    let first = [
        vec![(40, 30, 9, false, "Report of the harbour 1"), (40, 100, 20, true, "A year in port")],
        lines(40, 130, &LEFT[..3]),
    ];
    let second = [
        vec![(40, 30, 9, false, "Report of the harbour 2")],
        lines(40, 100, &LEFT[3..]),
        vec![(40, 200, 13, true, "Money"), (40, 400, 13, true, "Ships")],
        lines(40, 220, &RIGHT),
        lines(40, 420, &RIGHT),
    ];
    let seen = told(&bytes(pdf(&[first.concat(), second.concat()], 0)));
    assert!(
        seen.starts_with("p1 A year in port | - | - | [Report of the harbour 1]/#A year in port/The ferry stays"),
        "{seen}"
    );
    assert!(seen.contains("nobody had asked when that would be"), "{seen}");
    assert!(seen.contains("/[Report of the harbour 2]/Money/The quay fell") && seen.lines().count() == 1, "{seen}");
}

#[test]
fn what_cannot_be_read_is_told() {
    let whole = bytes(pdf(&[lines(40, 100, &LEFT)], 0));
    let picture = bytes(pdf(&[vec![]], 0));
    assert_eq!(
        told(&picture),
        "no text layer: its page is a picture; have a program read the print first, for example `ocrmypdf`"
    );
    assert!(told(b"%PDF-1.7").starts_with("the PDF file is damaged: "), "{}", told(b"%PDF-1.7"));
    let mut file = pdf(&[lines(40, 100, &LEFT)], 0);
    let content = file.objects.values_mut().filter_map(|object| object.as_stream_mut().ok()).next().expect("content");
    content.set_plain_content(vec![b' '; 3 << 20]);
    content.compress().expect("compressed");
    let bomb = bytes(file);
    assert!(bomb.len() < 20_000);
    assert!(told(&bomb).starts_with("the document unpacks to more than 1 MiB; "), "{}", told(&bomb));
    // cut off and changed: read or told, and no panic
    for cut in (0..whole.len()).step_by(97) {
        told(&whole[..cut]);
        let mut changed = whole.clone();
        changed[cut] ^= 0x15;
        told(&changed);
    }
}

#[test]
fn a_file_with_a_password_is_told() {
    let mut file = pdf(&[lines(40, 100, &LEFT)], 0);
    let id = || Object::string_literal("0123456789abcdef");
    file.trailer.set("ID", vec![id(), id()]);
    for (password, wanted) in
        [("secret", "the document opens with a password alone; "), ("", "p1 - | - | - | The ferry")]
    {
        let mut file = file.clone();
        let version = lopdf::EncryptionVersion::V2 {
            document: &file,
            owner_password: "owner",
            user_password: password,
            key_length: 128,
            permissions: lopdf::Permissions::all(),
        };
        let state = lopdf::EncryptionState::try_from(version).expect("a state");
        file.encrypt(&state).expect("encrypted");
        let seen = told(&bytes(file));
        assert!(seen.starts_with(wanted), "{password}: {seen}");
    }
}
