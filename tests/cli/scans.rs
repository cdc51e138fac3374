//! Print that was scanned: pages that belong to an issue, and pages alone.

use serde_json::{Value, json};

use super::support::{Archive, number, text};

fn alto(words: &str) -> String {
    let strings: String = words.split(' ').map(|word| format!("<String CONTENT='{word}'/>\n")).collect();
    format!(
        "<alto><Layout><Page ID='P1'><TextBlock ID='B1'><TextLine>{strings}</TextLine></TextBlock></Page></Layout></alto>"
    )
}

const METS: &str = "<mets><dmdSec ID='I'><mods><titleInfo><title>The Tarnside Mercury</title></titleInfo>\
    <dateIssued>1871-06-02</dateIssued></mods></dmdSec>\n<fileSec><file ID='F1'><FLocat href='alto/p1.xml'/></file></fileSec>\n\
    <structMap><div TYPE='ISSUE' DMDID='I'>\n<div TYPE='ARTICLE' LABEL='Mill wheel'><area FILEID='F1' BEGIN='B1'/></div>\
    </div></structMap></mets>";

/// Its regions are read in another order than that of the file.
const PAGE: &str = "<PcGts><Page><ReadingOrder><OrderedGroup><RegionRefIndexed index='0' regionRef='b'/>\
    <RegionRefIndexed index='1' regionRef='a'/></OrderedGroup></ReadingOrder>\n\
    <TextRegion id='a'><TextLine><TextEquiv><Unicode>The lantern came second.</Unicode></TextEquiv></TextLine></TextRegion>\n\
    <TextRegion id='b'><TextLine><TextEquiv><Unicode>The beacon came first.</Unicode></TextEquiv></TextLine></TextRegion>\n\
    </Page></PcGts>";

/// A page whose words have places, and a confidence that is poor below the first line.
const HOCR: &str = "<html><body><div class='ocr_page' title='image \"/scans/mill 7.tif\"; bbox 0 0 900 900'><p class='ocr_par' id='par_1'>\
    <span class='ocr_line'><span class='ocrx_word' title='bbox 10 20 60 40; x_wconf 95'>The</span> \
    <span class='ocrx_word' title='bbox 70 20 160 40; x_wconf 91'>water-</span></span>\n\
    <span class='ocr_line'><span class='ocrx_word' title='bbox 10 50 80 70; x_wconf 20'>wheel</span> \
    <span class='ocrx_word' title='bbox 90 50 150 70; x_wconf 10'>turns.</span></span></p></div></body></html>";

#[test]
fn matches_have_boxes_and_doubtful_words_are_told() {
    let archive = Archive::indexed(&[("p7.hocr", HOCR)]);
    let hit = &archive.hits(&["waterwheel"])[0];
    let boxed = |span: [u32; 2], area: [u32; 4]| {
        let fragment = format!("xywh={},{},{},{}", area[0], area[1], area[2], area[3]);
        json!({ "span": span, "image": "/scans/mill 7.tif", "block": "par_1", "box": area, "fragment": fragment })
    };
    let boxes = json!([boxed([4, 9], [70, 20, 90, 20]), boxed([9, 14], [10, 50, 70, 20])]);
    assert_eq!(hit["highlight_boxes"], boxes);
    let block = json!({ "image": "/scans/mill 7.tif", "unit": "pixel", "block": "par_1" });
    assert_eq!(hit["source"]["printed"], json!({ "confidence": 54, "blocks": [block] }));
    let schema = super::schemas::schema("hit.schema.json");
    super::schemas::assert_valid(&schema, hit);
    let shown = archive.run(&["query", "waterwheel"]).stdout;
    assert!(shown.contains("par_1 on mill 7.tif; read with confidence 0.54: words may be wrong\n"), "{shown}");
    let article: Value = serde_json::from_str(&archive.run(&["show", "p7", "--format", "json"]).stdout).expect("JSON");
    let passage = &article["passages"][0];
    assert_eq!(passage["boxes"].as_array().map(Vec::len), Some(4), "{passage}");
    assert_eq!(archive.run(&["check"]).status, 0);
}

#[test]
fn an_issue_is_told_by_its_content_and_may_lack_a_page() {
    let second = "<area FILEID='F1' BEGIN='B1'/><area FILEID='F2' BEGIN='B1'/></div>";
    let mets = METS.replace("<area FILEID='F1' BEGIN='B1'/></div>", second);
    let mets = mets.replace("</fileSec>", "<file ID='F2'><FLocat href='alto/p2.xml'/></file></fileSec>");
    let archive =
        Archive::of(&[("a/issue.xml", mets.as_bytes()), ("a/alto/p1.xml", alto("The wheel turns.").as_bytes())]);
    let report = archive.index();
    assert_eq!((number(&report["records"]["indexed"]), number(&report["files"]["skipped"])), (1, 1), "{report}");
    let inspected = archive.run(&["inspect", "articles/a/issue.xml"]).stdout;
    assert!(inspected.contains("cannot read alto/p2.xml, which has words of it"), "{inspected}");
    archive.write("a/alto/p2.xml", alto("It stands still.").as_bytes());
    assert_eq!(number(&archive.index()["records"]["indexed"]) + number(&archive.index()["records"]["replaced"]), 1);
    assert_eq!(archive.found(&["stands"]), ["a/issue#1"]);
}

#[test]
fn a_page_of_an_issue_counts_with_its_issue() {
    let archive = Archive::of(&[
        ("mercury/alto/p1.xml", alto("The wheel turns again.").as_bytes()),
        ("mercury/mets.xml", METS.as_bytes()),
        ("alone.xml", alto("The kiln is cold.").as_bytes()),
        ("page.xml", PAGE.as_bytes()),
    ]);
    let report = archive.index();
    let counts = |what: &str| ["read", "indexed", "skipped", "failed"].map(|key| number(&report[what][key]));
    assert_eq!((counts("files"), counts("records")), ([4, 3, 1, 0], [3, 3, 0, 0]), "{report}");
    assert_eq!(text(&report["skipped"][0]["reason"]), "page-of-issue");
    assert_eq!(archive.found(&["wheel"]), ["mercury/mets#1"]);
    assert_eq!(archive.found(&["kiln"]), ["alone"]);
    let hit = &archive.hits(&["wheel"])[0];
    assert_eq!(
        (text(&hit["outlet"]["value"]), text(&hit["headline"]["value"])),
        ("The Tarnside Mercury".into(), "Mill wheel".into())
    );
    let check = archive.run(&["check"]);
    assert_eq!(check.status, 0, "{check:?}");
    // the page says something else, and the issue's own file does not
    archive.write("mercury/alto/p1.xml", alto("The waterwheel stands still.").as_bytes());
    archive.index();
    assert_eq!(archive.found(&["waterwheel"]), ["mercury/mets#1"]);
    assert_eq!(archive.found(&["turns"]), [""; 0]);
    // a page that is named itself is an article
    let run = archive.run(&["inspect", "articles/mercury/alto/p1.xml"]);
    assert!(run.status == 0 && run.stdout.contains("The waterwheel stands still."), "{run:?}");
}
