//! Flags that take one of several names, or a number within bounds.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use dateline::eval::trec::TopicFormat;
use dateline::query::{Sort, Unit};
use dateline::render::Format;

/// A parser of the formats that a command has, each with what it is there.
pub(crate) fn format(formats: &'static [(Format, &'static str)]) -> impl TypedValueParser<Value = Format> + use<> {
    one_of(formats.iter().map(|(format, help)| (format.name(), *format, *help)).collect())
}

/// Text for people, one object for scripts.
pub(crate) fn text_or_json() -> impl TypedValueParser<Value = Format> {
    format(&[(Format::Text, "For people"), (Format::Json, "One object")])
}

/// What is ranked.
pub(crate) fn unit() -> impl TypedValueParser<Value = Unit> {
    named(Unit::NAMED)
}

/// How topics are written.
pub(crate) fn topic_format() -> impl TypedValueParser<Value = TopicFormat> {
    named(TopicFormat::NAMED)
}

/// In which order hits come.
pub(crate) fn sort() -> impl TypedValueParser<Value = Sort> {
    one_of(Sort::NAMED.iter().map(|(name, sort)| (*name, *sort, help_of(name))).collect())
}

fn help_of(order: &str) -> &'static str {
    match order {
        "relevance" => "The best first",
        "newest" => "The newest first",
        "date" => "The same as newest",
        _ => "The oldest first",
    }
}

fn named<T: Copy + Send + Sync + 'static>(values: &'static [(&'static str, T)]) -> impl TypedValueParser<Value = T> {
    one_of(values.iter().map(|(name, value)| (*name, *value, "")).collect())
}

/// A parser of values by name; one without help is listed by its name alone.
fn one_of<T: Copy + Send + Sync + 'static>(
    values: Vec<(&'static str, T, &'static str)>,
) -> impl TypedValueParser<Value = T> {
    let shown = values.iter().map(|(name, _, help)| {
        let value = PossibleValue::new(*name);
        if help.is_empty() { value } else { value.help(*help) }
    });
    PossibleValuesParser::new(shown.collect::<Vec<_>>()).try_map(move |name| {
        let found = values.iter().find(|(other, ..)| *other == name).map(|(_, value, _)| *value);
        found.ok_or("no such value")
    })
}

/// A number of days above 0.
pub(crate) fn half_life(text: &str) -> Result<f32, String> {
    let days = text.parse().ok().filter(|days: &f32| days.is_finite() && *days > 0.0);
    days.ok_or_else(|| "must be a number of days above 0".to_owned())
}
