//! `dateline config`: what is set, and where it came from.

use std::borrow::Cow;

use dateline::analysis::Language;
use dateline::render::Format;
use dateline::render::terminal::escape;
use serde_json::json;

use super::choices::text_or_json;
use super::config::{Config, SETTINGS, VARIABLE};
use super::{Outcome, Output, Site};

/// Flags of `dateline config`.
#[derive(clap::Args)]
pub(crate) struct ConfigArgs {
    /// How to print
    #[arg(long, value_parser = text_or_json(), default_value = "text")]
    format: Format,
}

struct SettingRow<'a> {
    setting: &'static str,
    value: Option<Cow<'a, str>>,
    /// A flag, a variable of the environment, a file, or the default.
    from: Cow<'a, str>,
}

/// Prints every setting with its source, and the files that were looked for.
pub(crate) fn run(args: &ConfigArgs, site: &Site, config: &Config, out: &mut Output) -> anyhow::Result<Outcome> {
    let rows = SETTINGS.map(|setting| row(setting, site, config));
    match args.format {
        Format::Json => {
            let rows = rows.iter().map(|row| json!({ "setting": row.setting, "value": row.value, "from": row.from }));
            let files =
                config.files.iter().map(|(file, found)| json!({ "file": file.display().to_string(), "found": found }));
            let all = json!({ "settings": rows.collect::<Vec<_>>(), "files": files.collect::<Vec<_>>() });
            out.print(&format!("{all:#}\n"))?;
        }
        _ => out.print(&table(&rows, config))?,
    }
    Ok(Outcome::Done)
}

fn row<'a>(setting: &'static str, site: &'a Site, config: &'a Config) -> SettingRow<'a> {
    if let Some((value, from)) = site.named_by(setting) {
        return SettingRow { setting, value: Some(value.into()), from: from.into() };
    }
    if let Some(value) = config.value(setting).filter(|_| site.takes(setting)) {
        return SettingRow {
            setting,
            value: Some(value.text.as_str().into()),
            from: value.file.display().to_string().into(),
        };
    }
    let value = match setting {
        "index" if site.takes(setting) => Some(site.index.display().to_string().into()),
        "format" => Some(Format::Text.name().into()),
        "language" => Some(Language::default().name().into()),
        _ => None,
    };
    SettingRow { setting, value, from: "default".into() }
}

fn table(rows: &[SettingRow<'_>], config: &Config) -> String {
    let value = |row: &SettingRow<'_>| escape(row.value.as_deref().unwrap_or("-")).into_owned();
    let width = rows.iter().map(|row| value(row).chars().count()).max().unwrap_or(0);
    let line = |row: &SettingRow<'_>| format!("{:<8}  {:<width$}  {}\n", row.setting, value(row), escape(&row.from));
    let mut text = format!("setting   {:<width$}  from\n", "value");
    text.extend(rows.iter().map(line));
    text.push('\n');
    for (file, found) in &config.files {
        let state = if *found { "read" } else { "not there" };
        text.push_str(&format!("{:<9} {}\n", state, escape(&file.display().to_string())));
    }
    if config.files.is_empty() {
        text.push_str(&format!("no file is looked for: {VARIABLE} is empty\n"));
    }
    text
}
