//! Print that was scanned: pages that belong to an issue, and pages alone.

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
