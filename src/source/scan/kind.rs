//! What a file of scanned print is.

/// What a file of scanned print is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) enum ScanKind {
    Alto,
    PageXml,
    Hocr,
    /// The text of an article of a DIDL.
    DidlText,
    /// An issue, with its words in other files.
    Mets,
    Didl,
}

impl ScanKind {
    /// Whether its articles have their words in files beside it.
    pub(in crate::source) fn is_issue(self) -> bool {
        matches!(self, Self::Mets | Self::Didl)
    }
}
