//! `dateline config`: what is set, and where it came from.

use std::borrow::Cow;

use dateline::analysis::Language;
use dateline::render::Format;
use dateline::render::terminal::escape;
use serde_json::json;

use super::choices::text_or_json;
use super::config::{Config, FileFate, SETTINGS, VARIABLE};
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

/// Prints every setting with its source, and the files that were looked for; fails where one of them could not be read.
pub(crate) fn run(args: &ConfigArgs, site: &Site, config: &Config, out: &mut Output) -> anyhow::Result<Outcome> {
    let rows = SETTINGS.map(|setting| row(setting, site, config));
    match args.format {
        Format::Json => {
            let rows = rows.iter().map(|row| json!({ "setting": row.setting, "value": row.value, "from": row.from }));
            let files = config.files.iter().map(|(file, fate)| {
                let found = !matches!(fate, FileFate::NotThere);
                let error = if let FileFate::Bad(error) = fate { Some(error.to_string()) } else { None };
                json!({ "file": file.display().to_string(), "found": found, "error": error })
            });
            let all = json!({ "settings": rows.collect::<Vec<_>>(), "files": files.collect::<Vec<_>>() });
            out.print(&format!("{all:#}\n"))?;
        }
        _ => out.print(&table(&rows, config))?,
    }
    let is_bad = config.files.iter().any(|(_, fate)| matches!(fate, FileFate::Bad(_)));
    Ok(if is_bad { Outcome::Failed } else { Outcome::Done })
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
    for (file, fate) in &config.files {
        let (state, said) = match fate {
            FileFate::Read => ("read", file.display().to_string()),
            FileFate::NotThere => ("not there", file.display().to_string()),
            FileFate::Bad(error) => ("refused", error.to_string()),
        };
        text.push_str(&format!("{state:<9} {}\n", escape(&said)));
    }
    if config.files.is_empty() {
        text.push_str(&format!("no file is looked for: {VARIABLE} is empty\n"));
    }
    text
}
