//! Print that was scanned: pages and issues in, articles with citations out.

use std::fs;
use std::path::Path;

use dateline::extract::extract;
use dateline::source::{ReadOptions, open};

use super::support::{Told, read};

/// ALTO of these blocks: their attributes, and their lines.
fn alto(prefix: &str, blocks: &[(&str, &[&str])]) -> String {
    let p = prefix;
    let word = |word: &str| match word.strip_suffix('~') {
        Some(cut) => format!("<{p}String HPOS='1' CONTENT='{cut}'/><{p}HYP CONTENT='-'/>\n"),
        None => format!("<{p}String HPOS='1' CONTENT='{word}'/><{p}SP/>\n"),
    };
    let line = |line: &&str| {
        let words: String = line.split(' ').map(word).collect();
        format!("<{p}TextLine>{words}</{p}TextLine>\n")
    };
    let block = |(said, lines): &(&str, &[&str])| {
        format!("<{p}TextBlock {said}>{}</{p}TextBlock>\n", lines.iter().map(line).collect::<String>())
    };
    let blocks: String = blocks.iter().map(block).collect();
    let (name, space) = (p.trim_end_matches(':'), "http://www.loc.gov/standards/alto/ns-v4#");
    let space = if name.is_empty() { String::new() } else { format!(" xmlns:{name}='{space}'") };
    let top = format!(
        "<{p}TopMargin><{p}TextBlock><{p}TextLine><{p}String CONTENT='12'/></{p}TextLine></{p}TextBlock></{p}TopMargin>"
    );
    format!(
        "<{p}alto{space}><{p}Description><{p}processingDateTime>2011-02-03</{p}processingDateTime></{p}Description>\
        <{p}Layout><{p}Page ID='P1'>{top}<{p}PrintSpace>{blocks}</{p}PrintSpace></{p}Page></{p}Layout></{p}alto>\n"
    )
}

const MILL: &[(&str, &[&str])] = &[
    ("ID='B1'", &["Mill wheel turns again"]),
    ("ID='B2' IDNEXT='B4'", &["The wheel at Tarn &amp; Co. was set turn~", "ing on Monday by the miller."]),
    ("ID='B3'", &["A note", "below."]),
    ("ID='B4'", &["He had waited a year."]),
];

const PAGE: &str = "<?xml version='1.0'?>\n<PcGts xmlns='http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15'>\
    <Metadata><Created>2020-02-02T00:00:00</Created></Metadata><Page><ReadingOrder><OrderedGroup id='g'>\
    <RegionRefIndexed index='1' regionRef='b'/><RegionRefIndexed index='0' regionRef='h'/>\
    <RegionRefIndexed index='2' regionRef='a'/></OrderedGroup></ReadingOrder>\n\
    <TextRegion id='a' type='paragraph'><TextLine><TextEquiv index='1'><Unicode>wrong</Unicode></TextEquiv>\
    <TextEquiv index='0'><Unicode>He had waited a year.</Unicode></TextEquiv></TextLine></TextRegion>\n\
    <TextRegion id='h' type='heading'><TextLine><TextEquiv><Unicode>Mill wheel turns again</Unicode></TextEquiv></TextLine></TextRegion>\n\
    <TextRegion id='b' type='paragraph'><TextLine><Word><TextEquiv><Unicode>The</Unicode></TextEquiv></Word>\
    <Word><TextEquiv><Unicode>wheel was set turn¬</Unicode></TextEquiv></Word></TextLine>\n\
    <TextLine><TextEquiv><Unicode>ing on Monday.</Unicode></TextEquiv></TextLine></TextRegion>\n\
    <TextRegion id='n' type='page-number'><TextLine><TextEquiv><Unicode>17</Unicode></TextEquiv></TextLine></TextRegion>\n\
    </Page></PcGts>";

const HOCR: &str = "<html><head><title></title><meta name='ocr-system' content='reader 1'></head><body>\n\
    <div class='ocr_page' title='bbox 0 0 9 9'><p class='ocr_par'><span class='ocr_line'>\
    <span class='ocrx_word' title='bbox 10 0 20 9; x_wconf 90'>4</span> <span class='ocrx_word' title='bbox 80 0 120 9'>Mill</span> \
    <span class='ocrx_word' title='bbox 125 0 170 9'>wheel</span></span></p>\n\
    <p class='ocr_par'><span class='ocr_line'>The wheel was set <b>turn-</b></span>\n\
    <span class='ocr_line'><span class='ocrx_word'>ing</span> <span class='ocrx_word'><em>on</em></span></span></p>\n\
    <div class='ocr_footer'><span class='ocr_line'>foot</span></div></div></body></html>";

#[test]
fn a_page_is_an_article_of_its_blocks() {
    let whole = "headline  Mill wheel turns again\n";
    let body =
        ["The wheel at Tarn & Co. was set turning on Monday by the miller.", "He had waited a year.", "A note below."];
    let (plain, named) = (alto("", MILL), alto("ns2:", MILL));
    for (name, bytes, headline, body) in [
        ("a.xml", plain.as_str(), whole, &body[..]),
        ("b.xml", &named, whole, &body),
        ("-", PAGE, whole, &["The wheel was set turning on Monday.", "He had waited a year."]),
        ("c.html", HOCR, "headline  Mill wheel\n", &["The wheel was set turning on"]),
    ] {
        let told = read(name, bytes.as_bytes());
        let text = told.text();
        let blocks: Vec<&str> =
            text.lines().filter_map(|line| line.strip_prefix("line ")).map(|line| line[5..].trim_start()).collect();
        assert_eq!(blocks, body, "{name}: {text}");
        assert!(text.contains(headline) && !text.contains("date ") && !text.contains("outlet"), "{name}: {text}");
        assert!(told.pieces > 5, "{name}: {}", told.pieces);
    }
}

#[test]
fn a_file_without_words_is_told() {
    for (bytes, told) in [
        ("<alto></alto>", "no page stands in it"),
        ("<alto><Page></Page></alto>", "neither a headline nor a text"),
        ("<alto><Page><TextBlock>", "the file ends before its first element does"),
        ("<mets></mets>", "it states neither an article nor a page"),
        (ISSUE, "cannot read alto/p1.xml, which has words of it"),
    ] {
        let Told { records, refused, .. } = read("a.xml", bytes.as_bytes());
        let failed: Vec<String> =
            records.into_iter().filter_map(|(_, _, record)| record.err()).chain(refused).collect();
        assert!(failed.iter().all(|failure| failure.contains(told)) && !failed.is_empty(), "{bytes}: {failed:?}");
    }
}

const ISSUE: &str = "<?xml version='1.0'?>\n<mets:mets xmlns:mets='http://www.loc.gov/METS/' xmlns:mods='http://www.loc.gov/mods/v3'>\
    <mets:metsHdr CREATEDATE='2015-07-01'/>\n\
    <mets:dmdSec ID='ISSUE'><mods:mods><mods:titleInfo><mods:title>The Tarnside Mercury</mods:title></mods:titleInfo>\
    <mods:dateIssued>1871-06-02</mods:dateIssued></mods:mods></mets:dmdSec>\n\
    <mets:dmdSec ID='A1'><mods:mods><mods:titleInfo><mods:title>LOCAL.</mods:title></mods:titleInfo><mods:titleInfo>\
    <mods:nonSort>The</mods:nonSort><mods:title>mill wheel</mods:title></mods:titleInfo><mods:name>\
    <mods:namePart type='family'>Orrin</mods:namePart><mods:namePart type='given'>Ada</mods:namePart></mods:name></mods:mods></mets:dmdSec>\n\
    <mets:fileSec><mets:file ID='F1'><mets:FLocat xlink:href='file://./alto/p1.xml'/></mets:file>\
    <mets:file ID='I1' MIMETYPE='image/tiff'><mets:FLocat xlink:href='file://./p1.tif'/></mets:file></mets:fileSec>\n\
    <mets:structMap TYPE='LOGICAL'><mets:div TYPE='ISSUE' DMDID='ISSUE'>\n\
    <mets:div TYPE='ARTICLE' DMDID='A1'><mets:div TYPE='OVERLINE'><mets:area FILEID='F1' BEGIN='B0'/></mets:div>\n\
    <mets:div TYPE='TITLE'><mets:area FILEID='F1' BEGIN='B1'/></mets:div>\n\
    <mets:fptr><mets:seq><mets:area FILEID='F1' BEGIN='B2'/><mets:area FILEID='F1' BEGIN='B4'/></mets:seq></mets:fptr></mets:div>\n\
    <mets:div TYPE='ADVERTISEMENT'><mets:area FILEID='F1' BEGIN='B9'/></mets:div>\n\
    <mets:div TYPE='Article' LABEL='A note'><mets:area FILEID='F1' BEGIN='B3'/></mets:div></mets:div></mets:structMap></mets:mets>";

/// What is made of a file on the disk, a line an article.
fn made(path: &Path) -> Vec<String> {
    let mut made = Vec::new();
    for chunk in open(path, &ReadOptions::default()).expect("opened") {
        for record in chunk.expect("read").records() {
            let record = record.unwrap_or_else(|error| panic!("{error}"));
            let article = extract(&record).article;
            let text = |field: &Option<dateline::article::Field<String>>| {
                field.as_ref().map_or("-".to_owned(), |f| f.value.clone())
            };
            let body: Vec<String> =
                article.body.iter().map(|block| format!("{}: {}", block.lines().first, block.text)).collect();
            let date = article.date.as_ref().map_or("-".to_owned(), |field| field.value.to_string());
            let head = [text(&article.headline), text(&article.outlet), date, text(&article.byline)].join(" | ");
            made.push(format!("{head} | {}", body.join(" / ")));
        }
    }
    made
}

#[test]
fn an_issue_has_its_articles_from_the_pages_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("alto")).expect("made");
    let blocks = [&[("ID='B0'", &["LOCAL."][..])], MILL, &[("ID='B9'", &["Buy soap."][..])]].concat();
    fs::write(folder.path().join("alto/p1.xml"), alto("", &blocks)).expect("written");
    let issue = folder.path().join("issue.xml");
    fs::write(&issue, ISSUE).expect("written");
    let body = "9: The wheel at Tarn & Co. was set turning on Monday by the miller. He had waited a year.";
    assert_eq!(
        made(&issue),
        [
            format!("The mill wheel | The Tarnside Mercury | 1871-06-02 | Ada Orrin | {body}"),
            "A note | The Tarnside Mercury | 1871-06-02 | - | 11: A note below.".to_owned(),
        ]
    );
    let didl = "<d:DIDL><d:Item><dcx><dc:title>De Tarnse Courant</dc:title><dc:date>1750-05-15</dc:date></dcx>\n\
        <d:Item identifier='p1:a1'><dc:subject>artikel</dc:subject><dc:title>MOLEN.</dc:title></d:Item>\n\
        <d:Item identifier='a1'><d:Component identifier='a1:ocr'><d:Resource filename='a1.xml'/></d:Component>\
        <dc:subject>artikel</dc:subject><dc:title>MOLEN.</dc:title></d:Item>\n\
        <d:Item identifier='a2'><d:Component identifier='a2:ocr'><d:Resource filename='a2.xml'/></d:Component>\
        <dc:subject>advertentie</dc:subject></d:Item></d:Item></d:DIDL>";
    fs::write(folder.path().join("didl.xml"), didl).expect("written");
    fs::write(folder.path().join("a1.xml"), "<text>\n<title>MOLEN.</title><p>Het rad draait.</p><p>Weer.</p></text>")
        .expect("written");
    let told = ["MOLEN. | De Tarnse Courant | 1750-05-15 | - | 3: Het rad draait. / 3: Weer."];
    assert_eq!(made(&folder.path().join("didl.xml")), told);
}
