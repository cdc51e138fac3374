use std::io::Write;

use super::*;

fn member(text: &str) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).expect("written");
    gzip.finish().expect("written")
}

fn read(bytes: &[u8]) -> (String, Vec<u64>, bool) {
    let gaps = Gaps::default();
    let mut text = Vec::new();
    let fine = Members::new(bytes, gaps.clone()).read_to_end(&mut text).is_ok();
    let found: Vec<u64> = std::iter::successors(gaps.next(0), |gap| gaps.next(gap + 1)).collect();
    (String::from_utf8_lossy(&text).into_owned(), found, fine)
}

#[test]
fn a_damaged_member_loses_itself() {
    let records = ["WARC/1.0 one", "WARC/1.0 two", "WARC/1.0 three"];
    let members = records.map(member);
    let sizes = members.clone().map(|member| member.len());
    let whole = members.concat();
    assert_eq!(read(&whole), (records.concat(), vec![], true));
    // any byte of the middle one, and its checksum
    for at in 0..sizes[1] {
        let mut damaged = whole.clone();
        damaged[sizes[0] + at] ^= 0x55;
        let (text, gaps, fine) = read(&damaged);
        let is_told = text == format!("{}{}", records[0], records[2]) && gaps == [records[0].len() as u64];
        // time and system of the header are in no checksum
        assert!(fine && (is_told || text == records.concat()), "{at}: {text} {gaps:?}");
    }
    let cut = &whole[..whole.len() - 3];
    assert_eq!(read(cut), (records[..2].concat(), vec![], false));
    // the first one: nothing but damage tells that it is no other file
    for at in 0..sizes[0] {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        let (text, gaps, fine) = read(&damaged);
        let is_told = text.ends_with(&records[1..].concat()) && gaps.len() == 1;
        assert!(fine && (is_told || text == records.concat()), "{at}: {text} {gaps:?}");
    }
    // other files are one stream
    let lines = [member("{}\n"), member("{}\n")].concat();
    assert_eq!(read(&lines), ("{}\n{}\n".to_owned(), vec![], true));
    let mut damaged = lines.clone();
    damaged[14] ^= 0x55;
    assert!(!read(&damaged).2);
}
