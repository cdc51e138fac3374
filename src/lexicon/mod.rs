//! Words of human languages, as tables: one for each concept, in the `*.tsv` beside this file, and one loader for all.
//!
//! What a program or a format fixes (elements of HTML, headers, columns, file extensions) is syntax and stays in code; what
//! people write is words and stands here. A row that cannot be read stops the program with its table, line and reason, and the
//! tests read every row of every table.

mod calendar;
mod fold;
mod locale;
mod order;
mod phrases;
mod table;

pub(crate) use calendar::{Named, month, month_beginning, weekday, weekday_beginning};
pub(crate) use fold::fold;
pub(crate) use locale::Locale;
pub use order::DateOrder;
pub(crate) use phrases::Phrases;
pub(crate) use table::{LexiconTable, Row, WordTable};

/// The tables of this folder, and for the tests the list of them.
macro_rules! tables {
    ($all:ident: $kind:ident { $($(#[$doc:meta])* $constant:ident = $file:literal;)* }) => {
        $($(#[$doc])* pub(crate) static $constant: $kind = $kind::new($file, include_str!($file));)*
        #[cfg(test)]
        static $all: &[&$kind] = &[$(&$constant),*];
    };
}

tables! { ALL_WORDS: WordTable {
    /// Words before whose dot no sentence ends.
    ABBREVIATIONS = "abbreviations.tsv";
    /// Words of captions, links and pleas that stand in a text beside it.
    ASIDES = "asides.tsv";
    /// Words before the name of an author.
    BYLINES = "bylines.tsv";
    /// Names of columns in sheets.
    COLUMN_NAMES = "column_names.tsv";
    /// Names of fields in the exports of news databases.
    DATABASE_FIELDS = "database_fields.tsv";
    /// Words before a date that say what it is.
    DATE_LABELS = "date_labels.tsv";
    /// Words inside a date and its clock time.
    DATE_WORDS = "date_words.tsv";
    /// Words of names of outlets and people.
    NAME_WORDS = "name_words.tsv";
    /// Words around the names of authors.
    PEOPLE = "people.tsv";
    /// Words for people's work.
    ROLES = "roles.tsv";
    /// Words of classes of what holds a text or names its author.
    CLASS_PARTS = "class_parts.tsv";
    /// Words around the holder of a copyright.
    COMPANIES = "companies.tsv";
    /// Words of lines that credit agencies and others.
    CREDITS = "credits.tsv";
    /// Hosts that are no outlet's own.
    HOSTS = "hosts.tsv";
    /// Words of menus, bars and mastheads.
    MENU_WORDS = "menu_words.tsv";
    /// Social networks and other ways to pass an article on.
    NETWORKS = "networks.tsv";
    /// Words of a newsroom before a headline or a text.
    NEWS_WORDS = "news_words.tsv";
    /// Words of captions and of the credits of pictures.
    PICTURES = "pictures.tsv";
    /// Words that carry little evidence in a question.
    STOPWORDS = "stopwords.tsv";
}}

tables! { ALL_TABLES: LexiconTable {
    /// Wire agencies with their spellings.
    AGENCIES = "agencies.tsv";
    /// What words of classes say of an element.
    CLASS_WORDS = "class_words.tsv";
    /// Eras of years in Chinese and Japanese.
    ERAS = "eras.tsv";
    /// Phrases of furniture.
    FURNITURE = "furniture.tsv";
    /// Letters that are taken for each other where print is read by machine.
    MISREAD_LETTERS = "misread_letters.tsv";
    /// Months by language.
    MONTHS = "months.tsv";
    /// Outlets with hosts and spellings.
    OUTLETS = "outlets.tsv";
    /// Cities that news is filed from.
    PLACES = "places.tsv";
    /// Names that other systems have for fields of an article.
    SEARCH_FIELDS = "search_fields.tsv";
    /// Beginnings and endings of words, by language, that tell one stemmer from another.
    STEMS = "stems.tsv";
    /// How far a source of a field is trusted.
    TRUST = "trust.tsv";
    /// Days of the week by language.
    WEEKDAYS = "weekdays.tsv";
    /// Zones of clock times.
    ZONES = "zones.tsv";
}}

#[cfg(test)]
mod tests;
