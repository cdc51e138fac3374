//! The forms in which files hold articles.

/// How a file holds its articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The file is one article in plain text.
    Text,
    /// The file is one page.
    Html,
    /// Every line is a JSON object.
    JsonLines,
    /// The file is one JSON object over several lines, or an array of objects.
    Json,
    /// A header with the names of the columns, then an article a row.
    Csv,
    /// What a crawler fetched: answers of web servers.
    Warc,
    /// A feed, or another file of XML: an element an article.
    Xml,
    /// A message, or a mailbox of several.
    Mail,
    /// Articles that a news database gave out as text.
    Export,
    /// Print that was scanned and read by a program: pages of ALTO, PAGE XML or hOCR, or an issue by METS or DIDL.
    Scan,
    /// An office document: one article or several.
    Document,
    /// A PDF file: one article or several.
    Print,
    /// A workbook: an article a row.
    Workbook,
    /// A book: an article a chapter.
    Book,
}
