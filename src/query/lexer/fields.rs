//! Names of fields of other systems, and names that no system has.

use super::Lexer;
use crate::query::foreign::{FieldMeaning, NamedField, is_field_but_for_case, named_field};
use crate::query::token::{Kind, is_quote, operator};
use crate::query::tree::QueryField;
use crate::query::word::word_end;

/// Names before a colon that speak of dates, and are read elsewhere.
pub(super) const DATES: [&str; 4] = ["date", "after", "before", "around"];
/// Letters that a name has at least which no system is known to have: `C:` is a drive.
const A_NAME: usize = 2;
/// Words before a parenthesis that are no names, beside the operators.
const BEFORE_GROUPS: [&str; 3] = ["AROUND", "ANDNOT", "BUT"];

impl Lexer<'_, '_> {
    /// The name of a field that another system has; of one that none has, tells so.
    pub(super) fn foreign_field(&mut self) -> bool {
        let Some(named) = named_field(self.rest()) else { return false };
        let NamedField { name, sign, meant } = named;
        let value = &self.rest()[name.len() + 1..];
        if sign == ':' && DATES.contains(&name) {
            return false;
        }
        match meant {
            _ if !has_value(sign, value) => self.tell_lone(&named, value),
            Some(FieldMeaning::Date) => false,
            Some(FieldMeaning::Nothing { later }) => self.tell_no_field(name, sign, later),
            Some(_) if matches!(sign, '<' | '>') => self.tell_no_field(name, sign, false),
            Some(FieldMeaning::Field(field, exact)) => self.push_field(name, sign, field, exact),
            Some(FieldMeaning::Text) => self.pass_text(name, sign),
            None => self.tell_unknown(&named, value),
        }
    }

    fn push_field(&mut self, name: &str, sign: char, field: QueryField, exact: bool) -> bool {
        let at = self.at;
        if !exact {
            self.tell(
                at,
                format!("{name}{sign} is read as {}:, which is not all that it means elsewhere", field.name()),
            );
        }
        self.push(name.len() + usize::from(sign != '('), Kind::Field(field));
        true
    }

    /// Headline and body are searched where no field is named.
    fn pass_text(&mut self, name: &str, sign: char) -> bool {
        let at = self.at;
        self.tell(at, format!("{name}{sign} is passed over: headline and body are searched where no field is named"));
        self.at += name.len() + usize::from(sign != '(');
        true
    }

    /// Tells of a name without a value; behind a colon a blank makes a name in capitals text.
    fn tell_lone(&mut self, named: &NamedField<'_>, value: &str) -> bool {
        let NamedField { name, sign, meant } = *named;
        let is_known = matches!(meant, Some(FieldMeaning::Field(..) | FieldMeaning::Date | FieldMeaning::Text));
        let is_empty = value.trim_start().is_empty() || value.starts_with(|c: char| c.is_whitespace() || c == ')');
        let told = match sign {
            ':' if is_known && !named.is_in_capitals() => "has nothing directly behind it",
            '=' if is_known && is_empty => "has nothing directly behind it",
            '(' if value.trim_start().starts_with(')') && (is_known || is_name_of_group(named)) => "has nothing in it",
            _ => return false,
        };
        let at = self.at;
        self.tell(at, format!("{name}{sign} {told}: read as a word"));
        false
    }

    fn tell_unknown(&mut self, named: &NamedField<'_>, value: &str) -> bool {
        let NamedField { name, sign, .. } = *named;
        let small = name.to_ascii_lowercase();
        let at = self.at;
        if sign == '(' {
            return is_name_of_group(named) && self.tell_no_field(name, sign, false);
        }
        let is_cased = name != small && (is_field_but_for_case(name) || DATES.contains(&small.as_str()));
        if is_cased && matches!(sign, ':' | '=') {
            self.tell(at, format!("{name}{sign} is read as words; fields stand in small letters: {small}:"));
        } else if named.is_in_one_case() && name.len() >= A_NAME && !is_mail(value) && !DATES.contains(&name) {
            return self.tell_no_field(name, sign, false);
        }
        false
    }

    fn tell_no_field(&mut self, name: &str, sign: char, later: bool) -> bool {
        let at = self.at;
        let fields: Vec<&str> = QueryField::NAMES.iter().map(|(name, _)| *name).collect();
        self.tell(
            at,
            match later {
                true => format!("{name}{sign} is not there yet: read as words"),
                false => format!(
                    "\"{name}{sign}\" is no field: read as words; there are {}, date, after and before",
                    fields.join(", ")
                ),
            },
        );
        false
    }

    /// Tells of a name directly behind another one: a field takes words, and no further field.
    pub(super) fn tell_second_name(&mut self) {
        let Some(named) = named_field(self.rest()) else { return };
        let NamedField { name, sign, meant } = named;
        let is_date = DATES.contains(&name) && matches!(sign, ':' | '=');
        let is_known = is_date || (sign != '(' && meant.is_some());
        let value = &self.rest()[name.len() + 1..];
        if !is_known {
            let is_site = self.tokens.last().is_some_and(|token| token.kind == Kind::Field(QueryField::Site));
            if !is_site && sign != '(' && has_value(sign, value) {
                self.tell_unknown(&named, value);
            }
        } else if has_value(sign, value) {
            let at = self.at;
            let way_out = if meant == Some(FieldMeaning::Date) || is_date {
                "dates stand by themselves"
            } else {
                "one is enough"
            };
            self.tell(
                at,
                format!("{name}{sign} stands directly behind the name of a field: read as a word; {way_out}"),
            );
        }
    }
}

/// Whether a value stands behind the sign of a name: no address, no `12:30`, no `book(s)`, no face.
fn has_value(sign: char, value: &str) -> bool {
    match sign {
        '(' => !value.trim_start().is_empty() && !value.trim_start().starts_with(')') && !value.starts_with("s)"),
        '<' | '>' => value.strip_prefix('=').unwrap_or(value).starts_with(|c: char| c.is_ascii_digit() || is_quote(c)),
        _ => {
            let begins = |c: char| c.is_alphanumeric() || is_quote(c) || "(-+=*?/.'#$<>[{%!&|_".contains(c);
            let is_face = ["-)", "-(", "'("].iter().any(|face| value.starts_with(face));
            value.starts_with(begins) && !value.starts_with("//") && !is_face
        }
    }
}

/// Whether a name that no system is known to have is one before a parenthesis: in capitals, and no operator.
fn is_name_of_group(named: &NamedField<'_>) -> bool {
    let name = named.name;
    (named.is_in_capitals() || name.ends_with(".exact"))
        && name.len() >= A_NAME
        && operator(name).is_none()
        && !BEFORE_GROUPS.contains(&name)
        && !name.eq_ignore_ascii_case("atleast")
}

/// Whether a word begins that has an `@` in it.
fn is_mail(text: &str) -> bool {
    text[..word_end(text)].contains('@')
}
