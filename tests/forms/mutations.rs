//! Files that are cut off or changed: nothing panics, and no record is lost unsaid.

use std::sync::OnceLock;

use proptest::prelude::*;

use super::support::{Told, gzip, options, read, read_with, samples};
use super::warc::crawl;

fn all() -> &'static [(String, Vec<u8>, Told)] {
    static ALL: OnceLock<Vec<(String, Vec<u8>, Told)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let made = [("crawl.warc".to_owned(), crawl().concat())];
        let whole = |(name, bytes): (String, Vec<u8>)| (name.clone(), bytes.clone(), read(&name, &bytes));
        samples().into_iter().chain(made).map(whole).collect()
    })
}

/// Records of the whole file that end before `cut`.
fn complete(told: &Told, cut: usize) -> usize {
    told.records.iter().filter(|(_, span, _)| span.is_some_and(|span| span.end as usize <= cut)).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_file_cut_off_anywhere_keeps_the_records_before_the_cut(pick in any::<prop::sample::Index>(), at in 0.0..1.0f64) {
        let (name, bytes, whole) = pick.get(all());
        let cut = (bytes.len() as f64 * at) as usize;
        let told = read(name, &bytes[..cut]);
        // told as a failure, or read
        prop_assert!(told.records.len() >= complete(whole, cut) || told.refused.is_some(), "{name} {cut}: {}", told.text());
        if told.refused.is_none() {
            let before = whole.records.iter().filter(|(_, span, _)| span.is_some_and(|s| s.end as usize <= cut));
            // what follows a letter in a mailbox, up to the next line `From …`, is the letter's
            let last = told.records.last().filter(|_| name.ends_with(".mbox")).map(|(number, _, _)| *number);
            for (number, _, record) in before.filter(|(number, _, _)| Some(*number) != last) {
                let same = told.records.iter().find(|(other, _, _)| other == number).map(|(_, _, record)| record);
                prop_assert_eq!(same, Some(record), "{} {}", name, cut);
            }
        }
        let packed = gzip(bytes);
        let cut = (packed.len() as f64 * at) as usize;
        let told = read_with(name, &packed[..cut], bytes, &options(64_000_000, &[]));
        prop_assert!(!told.failures().is_empty(), "a gzip file that is cut off is never whole: {name} {cut}");
    }

    #[test]
    fn changed_bytes_do_no_harm(
        pick in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        splice in any::<prop::sample::Index>(),
    ) {
        let (name, bytes, _) = pick.get(all());
        let mut bytes = bytes.clone();
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        let told = quiet(name, &bytes);
        let numbers = told;
        prop_assert!(numbers.windows(2).all(|two| two[0] < two[1]), "{name}: {numbers:?}");
        let at = splice.index(bytes.len());
        let again = bytes.split_off(at);
        bytes.extend_from_slice(&again[again.len() / 2..]);
        quiet(name, &bytes);
    }
}

/// Reads without holding citations to the text: what is changed may spell its characters in ways of its own.
fn quiet(name: &str, bytes: &[u8]) -> Vec<u32> {
    let options = options(1_000_000, &[]);
    let reader = Box::new(std::io::Cursor::new(bytes.to_vec()));
    let Ok(chunks) = dateline::source::Chunks::from_reader(std::path::Path::new(name), reader, &options) else {
        return Vec::new();
    };
    let mut numbers = Vec::new();
    for chunk in chunks.map_while(Result::ok) {
        for (record, number) in chunk.records().zip(chunk.numbers()) {
            numbers.push(number);
            let Ok(record) = record else { continue };
            let length = record.text.len();
            if let Some(spans) = record.map.spans(&[dateline::article::Span::new(0, length)]) {
                assert!(spans[0].end as usize <= bytes.len(), "{name}: {spans:?}");
            }
            dateline::extract::extract(&record);
        }
    }
    numbers
}
