//! Why a file or a record is passed over, though nothing is wrong with it.

use serde::{Deserialize, Serialize};

/// Why a file or a record is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Its name begins with a dot.
    Hidden,
    /// A folder that holds an index.
    Index,
    /// A device, a pipe or a socket.
    Special,
    /// A file that flags name, such as that of `--fields`.
    NamedByFlags,
    /// A file of settings of Dateline's own.
    Settings,
    /// The user left it out.
    Excluded,
    /// A picture.
    Picture,
    /// Sound.
    Sound,
    /// A film.
    Video,
    /// A font.
    Font,
    /// A program.
    Program,
    /// A page of an issue whose own file has its articles.
    PageOfIssue,
    /// A packed folder: the files in it are counted one by one.
    PackedFolder,
    /// A link in a packed folder: it is never followed.
    PackedLink,
    /// A part of a packed crawl that holds no pages, such as its index.
    PartOfCrawl,
    /// A note on a packed folder, called `readme`.
    Readme,
    /// A file without content, or of blanks.
    EmptyFile,
    /// A file of records of which none is an article, or that has none.
    WithoutArticles,
    /// A record without headline and text.
    EmptyRecord,
    /// An item of a feed that a newer snapshot has.
    Superseded,
    /// A record of something else, such as a picture in a WARC file.
    OtherRecord,
}

impl Reason {
    /// Whether it is said of records; else of files and folders.
    pub fn is_of_records(self) -> bool {
        matches!(self, Self::EmptyRecord | Self::Superseded | Self::OtherRecord)
    }

    /// What is passed over: one of them, and several.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Hidden => ("hidden path", "hidden paths"),
            Self::Index => ("index", "indexes"),
            Self::Special => ("device, pipe or socket", "devices, pipes or sockets"),
            Self::NamedByFlags => ("file that flags name", "files that flags name"),
            Self::Settings => ("settings file", "settings files"),
            Self::Excluded => ("excluded path", "excluded paths"),
            Self::Picture => ("picture", "pictures"),
            Self::Sound => ("sound file", "sound files"),
            Self::Video => ("video", "videos"),
            Self::Font => ("font", "fonts"),
            Self::Program => ("program", "programs"),
            Self::PageOfIssue => ("page of an issue", "pages of issues"),
            Self::PackedFolder => ("packed folder", "packed folders"),
            Self::PackedLink => ("link in a packed folder", "links in packed folders"),
            Self::PartOfCrawl => ("part of a crawl that holds no pages", "parts of crawls that hold no pages"),
            Self::Readme => ("readme of a packed folder", "readmes of packed folders"),
            Self::EmptyFile => ("empty file", "empty files"),
            Self::WithoutArticles => ("file without articles", "files without articles"),
            Self::EmptyRecord => ("empty record", "empty records"),
            Self::Superseded => ("item of an older snapshot", "items of older snapshots"),
            Self::OtherRecord => ("record of something else", "records of something else"),
        }
    }
}
