//! What a check found: a line each, and a summary that adds up.

use super::numbers::grouped;
use super::stats::rows;
use super::terminal::{FAINT, HEADING, Screen, escape};
use crate::checkup::{Checkup, FindingKind};

/// Columns of the longest kind of finding.
const KIND: usize = "unreadable".len();

/// The findings, a line each (`kind  path: what; way out`), then the numbers.
pub fn text(checkup: &Checkup, screen: Screen) -> String {
    let mut out = String::new();
    for finding in &checkup.findings {
        let kind = screen.paint(HEADING, &format!("{:KIND$}", finding.kind.name()));
        let way_out = screen.paint(FAINT, &escape(&finding.way_out));
        out.push_str(&format!("{kind}  {}: {}; {way_out}\n", escape(&finding.path), escape(&finding.what)));
    }
    if !checkup.findings.is_empty() {
        out.push('\n');
    }
    let damaged = |kind: FindingKind| checkup.findings.iter().filter(|finding| finding.kind == kind).count() as u64;
    let mut numbers = vec![
        ("index files", Some(checkup.index_files)),
        ("  damaged", Some(damaged(FindingKind::Damaged))),
        ("articles", checkup.articles),
        ("  at odds with the manifest", checkup.articles.map(|_| damaged(FindingKind::Manifest))),
    ];
    numbers.extend(checkup.failed.map(|failed| ("files that failed", Some(failed))));
    if let Some(sources) = &checkup.sources {
        let sources = [
            ("source files", sources.files),
            ("  same", sources.same),
            ("  changed", sources.changed),
            ("  gone", sources.gone),
            ("  unreadable", sources.unreadable),
            ("  from standard input", sources.streams),
            ("citations checked, articles", sources.articles),
            ("  drifted", sources.drifted),
        ];
        numbers.extend(sources.map(|(name, number)| (name, Some(number))));
    }
    let shown = |number: Option<u64>| number.map_or("not counted".to_owned(), grouped);
    out.push_str(&rows(numbers.into_iter().map(|(name, number)| (name, shown(number)))));
    if checkup.unused > 0 {
        let bytes = super::hits::count(checkup.unused, "byte");
        let what = "at the end of the list of files do not count, as a run that was killed leaves them; they are harmless, and the \
                    next update removes them";
        out.push_str(&format!("\n{bytes} {what}\n"));
    }
    out.push_str(&format!("\n{}\n", screen.paint(HEADING, verdict(checkup))));
    out
}

fn verdict(checkup: &Checkup) -> &'static str {
    let damaged = |kind| matches!(kind, FindingKind::Damaged | FindingKind::Manifest);
    match (checkup.well, checkup.findings.iter().any(|finding| damaged(finding.kind))) {
        (true, _) => "all is well",
        (_, true) => "the index is damaged",
        _ if !checkup.is_complete() => "not all could be read",
        _ if checkup.sources.as_ref().is_some_and(|sources| sources.drifted > 0) => {
            "the index is well; sources have drifted away from it"
        }
        _ => "the index is well; not all sources are as they were indexed",
    }
}
