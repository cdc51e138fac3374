//! Documents made here, and what is read of them.

use std::io::{Cursor, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::source::{Chunks, Form, Limits, ReadOptions};

/// A ZIP archive of these parts.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in parts {
        archive.start_file(*name, options).expect("a part");
        archive.write_all(text.as_bytes()).expect("its text");
    }
    archive.finish().expect("an archive").into_inner()
}

const TYPES: &str = r#"<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Kopf"><w:name w:val="Kopf"/><w:basedOn w:val="berschrift1"/></w:style><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style></w:styles>"#;

/// A DOCX of these paragraphs, each behind its style and a bar.
fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let paragraph = |line: &&str| {
        let (style, text) = line.split_once('|').unwrap_or(("", line));
        let style =
            if style.is_empty() { String::new() } else { format!(r#"<w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#) };
        let text = text.replace('&', "&amp;").replace('\n', "</w:t><w:br/><w:t>");
        format!("<w:p>{style}<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
    };
    let body: String = paragraphs.iter().map(paragraph).collect();
    let document = format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    let core = "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:title>Ferry stays in port</dc:title><dc:creator>Anna Kowal</dc:creator></cp:coreProperties>";
    packed(&[
        ("[Content_Types].xml", TYPES),
        ("word/document.xml", &document),
        ("word/styles.xml", STYLES),
        ("docProps/core.xml", core),
    ])
}

/// The form of a file, and of each record: number, line, headline, outlet, date, byline, and the text, its lines parted by `/`.
fn told(name: &str, bytes: &[u8]) -> String {
    let chunks = Chunks::from_reader(Path::new(name), Box::new(Cursor::new(bytes.to_vec())), &ReadOptions::default());
    let chunks = match chunks {
        Ok(chunks) => chunks,
        Err(error) => return error.to_string(),
    };
    let mut all = vec![format!("{:?}", chunks.form())];
    for chunk in chunks {
        let chunk = match chunk {
            Ok(chunk) => chunk,
            Err(error) => return error.to_string(),
        };
        for record in chunk.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => return error.to_string(),
            };
            let (given, or) = (&record.given, |field: &Option<String>| field.clone().unwrap_or_else(|| "-".to_owned()));
            let lines: Vec<&str> = record.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            let number = record.place.map_or(0, |place| place.number);
            let [headline, outlet, date, byline] = [&given.headline, &given.outlet, &given.date, &given.byline].map(or);
            let line = record.first_line;
            all.push(format!("{number} @{line} {headline} | {outlet} | {date} | {byline} | {}", lines.join("/")));
            assert!(record.map.spans(&[]).is_none(), "no way back");
        }
    }
    all.join("\n")
}

#[test]
fn one_article_is_one_record() {
    for (paragraphs, record) in [
        (
            &["The quay was empty.", "It was cold & wet."][..],
            "0 @1 - | - | - | - | The quay was empty./It was cold & wet.",
        ),
        (&["Kopf|Quay empty", "By Tom Reid", "Nobody came."], "0 @2 Quay empty | - | - | - | By Tom Reid/Nobody came."),
        (&["", "Titel|Quay empty", "Nobody\ncame."], "0 @3 Quay empty | - | - | - | Nobody/came."),
        // subheads of one article
        (
            &["Titel|Quay empty", "Nobody came.", "Kopf|At night", "It rained.", "Kopf|By day", "It snowed."],
            "0 @2 Quay empty | - | - | - | Nobody came./At night/It rained./By day/It snowed.",
        ),
        // properties count where the text says the same
        (
            &["Ferry stays in port", "By Anna Kowal", "The ferry stays."],
            "0 @1 Ferry stays in port | - | - | Anna Kowal | Ferry stays in port/By Anna Kowal/The ferry stays.",
        ),
    ] {
        assert_eq!(told("a.docx", &docx(paragraphs)), format!("Document\n{record}"), "{paragraphs:?}");
    }
}

#[test]
fn a_heading_an_article_is_a_record_a_heading() {
    let records = "Document\n1 @2 Quay empty | - | - | - | Nobody came.\n2 @4 Ferry late | - | - | - | It was stuck.";
    assert_eq!(
        told("a.docx", &docx(&["Kopf|Quay empty", "Nobody came.", "Kopf|Ferry late", "It was stuck."])),
        records
    );
    let review = docx(&[
        "Titel|Press review",
        "Kopf|Quay empty",
        "Post, 2 May 2019",
        "Nobody came.",
        "Kopf|Ferry late",
        "Post, 3 May 2019",
        "Stuck.",
    ]);
    let records = "Document\n1 @4 Quay empty | Post | 2 May 2019 | - | Nobody came.\n2 @7 Ferry late | Post | 3 May 2019 | - | Stuck.";
    assert_eq!(told("a.docx", &review), records);
    let odt = r#"<office:document-content xmlns:office="o" xmlns:text="t"><office:automatic-styles/><office:body><office:text>
<text:h text:outline-level="1">Quay<text:s text:c="2"/>empty</text:h><text:p>Nobody<text:note><text:p>1</text:p></text:note>
came.</text:p><text:h text:outline-level="1">Ferry late</text:h><text:p>It was<text:tab/>stuck.</text:p></office:text></office:body></office:document-content>"#;
    let odt = packed(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", odt)]);
    let records = "Document\n1 @2 Quay empty | - | - | - | Nobody came.\n2 @4 Ferry late | - | - | - | It was\tstuck.";
    assert_eq!(told("a.odt", &odt), records);
    let rtf = br"{\rtf1{\stylesheet{\s1 heading 1;}}\s1 Quay empty\par\pard Nobody came.\par\s1 Ferry late\par\pard Stuck.\par}";
    let records = "Document\n1 @2 Quay empty | - | - | - | Nobody came.\n2 @4 Ferry late | - | - | - | Stuck.";
    assert_eq!(told("a.rtf", rtf), records);
}

#[test]
fn an_export_in_word_is_an_export() {
    let article = |title: &'static str, label: &'static str| {
        [
            "Tamsin Post(London)",
            "May 2, 2019 Thursday",
            "Copyright 2019 Tamsin Media All Rights Reserved",
            "Section:\u{a0}NEWS; Pg. 3",
            "Length:\u{a0}9 words",
            label,
            "Body",
            "",
            "The quay fell at noon.",
            "Notes were taken.",
            "Classification",
            "Language:\u{a0}ENGLISH",
            "Load-Date:\u{a0}May 4, 2019",
            "",
            "\nEnd of Document",
            "",
        ]
        .into_iter()
        .fold(vec![title], |mut all, line| {
            all.push(line);
            all
        })
    };
    let cover = [
        "Date and Time: Monday, 1 June 2019",
        "Job Number: 1",
        "Documents (2)",
        "1. Quay falls",
        "Client/Matter: -None-",
        "Search Terms: quay",
        "",
    ];
    let all = [
        &cover[..],
        &article("Quay falls", "Byline:\u{a0}Anna Kowal in Tamsin, post.example"),
        &article("Ferry late", "Byline:\u{a0}Letters"),
    ]
    .concat();
    let text = "The quay fell at noon./Notes were taken.";
    let records = format!(
        "Document\n1 @17 Quay falls | Tamsin Post (London) | May 2, 2019 Thursday | Anna Kowal | {text}\n2 @35 Ferry late | Tamsin Post (London) | May 2, 2019 Thursday | - | {text}"
    );
    assert_eq!(told("a.docx", &docx(&all)), records);
}

#[test]
fn a_press_review_is_its_articles() {
    let rtf = r#"{\rtf1 "Tamsin Post" vom 23.10.2017 Seite: 2\par Ressort: Politik\par\par Abend\par\par {\b Quay falls}\par\par A short line.\par\par The quay fell at noon, as it had been known to do for years, said those who stood by; nobody was hurt, but the ferry will not leave before the summer comes, and perhaps not then.\par\sect "Kell Courier" Nr. 5 vom 24.10.2017 Seite 3\par Ressort: Kultur\par{\b Ferry...}\par Ferry late\par Stuck.\par}"#;
    let records = "Document\n1 @8 Quay falls | Tamsin Post | 23.10.2017 | - | A short line./The quay fell at noon, as it had been known to do for years, said those who stood by; nobody was hurt, but the ferry will not leave before the summer comes, and perhaps not then.\n2 @16 Ferry late | Kell Courier | 24.10.2017 | - | Stuck.";
    assert_eq!(told("a.rtf", rtf.as_bytes()), records);
}

/// A workbook of one sheet.
fn workbook(rows: &str) -> Vec<u8> {
    let types = r#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
    let list = r#"<workbook xmlns:r="r"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>"#;
    let relations = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>"#;
    let strings = "<sst><si><t>Quay falls</t></si><si><r><t>The quay </t></r><rPh><t>x</t></rPh><r><t>fell &amp; broke.\n\nAt \"noon\".</t></r></si></sst>";
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>"#;
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    packed(&[
        ("[Content_Types].xml", types),
        ("xl/workbook.xml", list),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/sharedStrings.xml", strings),
        ("xl/styles.xml", styles),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

#[test]
fn a_row_is_a_record() {
    let text = |place: &str, text: &str| format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let header: String = [("A", "Заголовок"), ("B", "Date"), ("C", "Анонс"), ("E", "Outlet")]
        .map(|(c, t)| text(&format!("{c}3"), t))
        .concat();
    let rows = format!(
        r#"<row r="1">{}</row><row r="3">{header}</row><row r="4"><c r="A4" t="s"><v>0</v></c><c r="B4" s="1"><v>43587</v></c><c r="C4" t="s"><v>1</v></c><c r="E4" t="str"><v>Tamsin Post</v></c></row><row r="6">{}<c r="B6" s="1"><v>43587.5</v></c></row>"#,
        text("A1", "What was found"),
        text("A6", "Ferry late")
    );
    let records = "Workbook\n1 @4 Quay falls | Tamsin Post | 2019-05-02 | - | The quay fell & broke./At \"noon\".\n2 @6 Ferry late | - | 2019-05-02 12:00:00 | - | ";
    assert_eq!(told("a.xlsx", &workbook(&rows)), records);
    let unknown = format!("<row>{}{}</row>", text("A1", "Foo"), text("B1", "Bar"));
    let refused = "a.xlsx: no column is known as headline or body among Foo, Bar; name it with --field body=NAME";
    assert_eq!(told("a.xlsx", &workbook(&unknown)), refused);
    let nothing = "a.xlsx: no sheet has a row of names of columns; leave it out, or name its columns in the first row";
    assert_eq!(told("a.xlsx", &workbook("<row><c><v>1</v></c></row>")), nothing);
}

#[test]
fn a_chapter_is_a_record() {
    let list = r#"<package xmlns:dc="d"><metadata><dc:title>Tamsin Post [Thu, 2 May 2019]</dc:title><dc:creator>calibre</dc:creator><dc:date>2019-05-02</dc:date></metadata>
<manifest><item id="c" href="cover.xhtml" media-type="application/xhtml+xml"/><item id="n" href="n.xhtml" properties="nav" media-type="application/xhtml+xml"/><item id="a" href="../t/a%20b.xhtml" media-type="application/xhtml+xml"/><item id="l" href="list.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="c"/><itemref idref="n"/><itemref idref="l"/><itemref idref="a"/></spine></package>"#;
    let page = "<html><body><h1>Quay falls</h1><p>The quay fell at noon, and nobody was hurt.</p></body></html>";
    let links = "<html><body><ul><li><a href=\"a\">Quay falls at noon, and nobody was hurt</a></li></ul></body></html>";
    let book = packed(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", r#"<container><rootfiles><rootfile full-path="o/c.opf"/></rootfiles></container>"#),
        ("o/c.opf", list),
        ("o/cover.xhtml", page),
        ("o/n.xhtml", page),
        ("o/list.xhtml", links),
        ("t/a b.xhtml", page),
    ]);
    let records = "Book\n1 @2 - | Tamsin Post | - | - | Quay falls/The quay fell at noon, and nobody was hurt.";
    assert_eq!(told("a.epub", &book), records);
}

#[test]
fn what_cannot_be_read_is_told() {
    let whole = docx(&["Nobody came."]);
    let cut = told("a.docx", &whole[..whole.len() / 2]);
    assert!(cut.contains("a.docx: the document is damaged: its list of parts cannot be read; fetch"), "{cut}");
    let mut wrong = whole.clone();
    let at = memchr::memmem::find(&wrong, b"word/document.xml").expect("the part") + 40;
    wrong[at] ^= 0x55;
    assert!(told("a.docx", &wrong).contains("is damaged"), "{}", told("a.docx", &wrong));
    let part = |xml: &str| told("a.docx", &packed(&[("[Content_Types].xml", TYPES), ("word/document.xml", xml)]));
    assert!(part("<w:document><w:p>").contains("word/document.xml is damaged: it breaks off"));
    assert!(part("<a></b>").contains("invalid XML"));
    assert!(part(&"<a>".repeat(5000)).contains("elements more than 1000 deep"));
    let none = told("a.docx", &packed(&[("[Content_Types].xml", TYPES)]));
    assert!(none.contains("the document is damaged: it has no word/document.xml"), "{none}");
    let locked = "<manifest:encryption-data/>";
    let odt = packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", locked),
        ("content.xml", "x"),
    ]);
    assert_eq!(told("a.odt", &odt), "a.odt: the document opens with a password alone; save it without one");
    let other = packed(&[("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<p/>")]);
    assert_eq!(
        told("a.pptx", &other),
        "a.pptx: no text: it seems to be a ZIP archive; save it as a file whose name ends in .zip, or unpack it first"
    );
    assert!(told("a.docx", &docx(&["", " "])).contains("the file is empty"));
    assert!(told("a.rtf", br"{\rtf1 Nobody came").contains("breaks off"));
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let bomb = docx(&[&"0".repeat(3 << 20)]);
    assert!(bomb.len() < 100_000);
    let limits = Limits { max_record: 1 << 20, ..Limits::default() };
    let open = |bytes: Vec<u8>| Chunks::from_reader(Path::new("a.docx"), Box::new(Cursor::new(bytes)), &limits.into());
    let refused = open(bomb).map(|chunks| chunks.form()).expect_err("too much").to_string();
    let told = "a.docx: the document unpacks to more than 1 MiB; split it, or raise the limit with --max-record (and --memory)";
    assert_eq!(refused, told);
    // one text in many cells
    let cell = r#"<c t="s"><v>1</v></c>"#;
    let rows = format!("<row>{}</row>", cell.repeat(5000)).repeat(8);
    assert!(open(workbook(&rows)).is_err());
    assert_eq!(open(docx(&["Nobody came."])).expect("a document").form(), Form::Document);
}
