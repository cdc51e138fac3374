//! Names of fields that other systems have.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lexicon;
use crate::query::tree::QueryField;

/// What a name of a field is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::query) enum FieldMeaning {
    /// A field; and whether that is all that the name means.
    Field(QueryField, bool),
    /// The article's date.
    Date,
    /// Headline and body, which are searched anyway.
    Text,
    /// Nothing; and whether that may change.
    Nothing { later: bool },
}

static FIELDS: LazyLock<HashMap<&'static str, FieldMeaning>> = LazyLock::new(|| {
    let read = |row: &lexicon::Row| {
        let [name, meant, near] = row.exactly()?;
        let meant = match meant {
            "date" => FieldMeaning::Date,
            "text" => FieldMeaning::Text,
            "none" => FieldMeaning::Nothing { later: false },
            "later" => FieldMeaning::Nothing { later: true },
            field => {
                let field = QueryField::named(field).ok_or_else(|| format!("no field \"{field}\""))?;
                FieldMeaning::Field(field, near == "exact")
            }
        };
        Ok((name, meant))
    };
    lexicon::SEARCH_FIELDS.read(read).into_iter().collect()
});

/// A name at the beginning of a text, and the sign behind it: `:`, `=`, `(`, `<` or `>`.
pub(in crate::query) struct NamedField<'a> {
    pub name: &'a str,
    pub sign: char,
    /// What it is; none where no system that we know has it, or where its case is mixed.
    pub meant: Option<FieldMeaning>,
}

impl NamedField<'_> {
    /// Whether it is in small letters, or all in capitals, as names of fields are.
    pub fn is_in_one_case(&self) -> bool {
        self.is_in_capitals() || self.name == self.name.to_ascii_lowercase()
    }

    /// Whether it is all in capitals.
    pub fn is_in_capitals(&self) -> bool {
        self.name == self.name.to_ascii_uppercase()
    }
}

/// The name at the beginning of a text, where a sign stands directly behind it.
pub(in crate::query) fn named_field(text: &str) -> Option<NamedField<'_>> {
    let end = text.find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '_' | '-' | '.' | ',')))?;
    let (name, sign) = (&text[..end], text[end..].chars().next()?);
    // `SU.EXACT(`, `AB,TI(`; `example.org:80` is an address
    let is_several = name.contains(['.', ',']);
    let is_edge = |c: char| matches!(c, '-' | '.' | ',');
    let is_name =
        name.contains(|c: char| c.is_ascii_alphabetic()) && !name.starts_with(is_edge) && !name.ends_with(is_edge);
    if !is_name || (is_several && sign != '(') || !matches!(sign, ':' | '=' | '(' | '<' | '>') {
        return None;
    }
    let named = NamedField { name, sign, meant: None };
    let meant = named.is_in_one_case().then(|| FIELDS.get(name.to_ascii_lowercase().as_str()).copied()).flatten();
    Some(NamedField { meant, ..named })
}

/// Whether a name is that of a field, but for its case.
pub(in crate::query) fn is_field_but_for_case(name: &str) -> bool {
    let meant = FIELDS.get(name.to_ascii_lowercase().as_str());
    matches!(meant, Some(FieldMeaning::Field(..) | FieldMeaning::Date))
}
