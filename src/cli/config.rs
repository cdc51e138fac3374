//! `dateline.toml`: flags that need not be typed. The project's file goes before the home's; flags and the environment go
//! before both.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Command;
use dateline::analysis::Language;
use dateline::durable::{at_line, line_of, parse_toml, read_text};
use dateline::error::{Error, Result};
use dateline::query::Weights;
use dateline::render::Format;
use serde::Deserialize;
use toml::Spanned;

/// Names the file in place of the search for it; empty for none.
pub(crate) const VARIABLE: &str = "DATELINE_CONFIG";
const NAME: &str = dateline::source::SETTINGS;

/// What can be set, in the order in which it is shown: the same as the flags' names.
pub(crate) const SETTINGS: [&str; 6] = ["index", "engine", "format", "language", "outlets", "weights"];

/// The values that files set.
#[derive(Debug, Default)]
pub(crate) struct Config {
    values: BTreeMap<&'static str, SetValue>,
    /// The files that were looked for, nearest first.
    pub files: Vec<(PathBuf, FileFate)>,
}

/// What became of a file of settings.
#[derive(Debug)]
pub(crate) enum FileFate {
    Read,
    NotThere,
    /// Nothing of it counts.
    Bad(Error),
}

/// A value as its flag takes it, and where it was set.
#[derive(Clone, Debug)]
pub(crate) struct SetValue {
    pub text: String,
    pub file: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsFile {
    index: Option<Spanned<PathBuf>>,
    engine: Option<Spanned<String>>,
    format: Option<Spanned<String>>,
    language: Option<Spanned<String>>,
    outlets: Option<Spanned<PathBuf>>,
    weights: Option<Spanned<BTreeMap<String, f64>>>,
}

impl Config {
    /// Reads the file that the environment names, or the nearest one from the current folder upwards and the home's. What is
    /// wrong with one is kept, as not every command needs it.
    pub fn find() -> Self {
        let mut config = Self::default();
        if let Some(named) = std::env::var_os(VARIABLE) {
            if !named.is_empty() {
                config.take(Path::new(&named).to_path_buf());
            }
            return config;
        }
        let here = std::env::current_dir().unwrap_or_default();
        let project = here.ancestors().map(|folder| folder.join(NAME)).find(|file| is_there(file));
        for file in [Some(project.unwrap_or_else(|| here.join(NAME))), of_home()].into_iter().flatten() {
            match is_there(&file) {
                true => config.take(file),
                false => config.files.push((file, FileFate::NotThere)),
            }
        }
        config
    }

    /// Fails where a file that was found could not be read.
    pub fn refuse_troubles(&self) -> anyhow::Result<()> {
        let bad =
            self.files.iter().find_map(|(_, fate)| if let FileFate::Bad(error) = fate { Some(error) } else { None });
        bad.map_or(Ok(()), |error| Err(anyhow::anyhow!("{error}")))
    }

    fn take(&mut self, file: PathBuf) {
        let fate = self.add(&file).map_or_else(FileFate::Bad, |()| FileFate::Read);
        self.files.push((file, fate));
    }

    /// What is set of one of [`SETTINGS`].
    pub fn value(&self, setting: &str) -> Option<&SetValue> {
        self.values.get(setting)
    }

    /// Adds what a file sets that a nearer one does not. A folder and a cluster are one choice: where the archive is.
    fn add(&mut self, file: &Path) -> Result<()> {
        let read = read(file)?;
        let names_archive = |setting: &str| matches!(setting, "index" | "engine");
        if read.iter().filter(|(setting, _)| names_archive(setting)).count() > 1 {
            let what = "index and engine each name an archive";
            return Err(Error::input(file.display().to_string(), what, "leave one of them out"));
        }
        let is_placed = self.values.keys().any(|setting| names_archive(setting));
        for (setting, text) in read {
            if !(is_placed && names_archive(setting)) {
                self.values.entry(setting).or_insert_with(|| SetValue { text, file: file.to_owned() });
            }
        }
        Ok(())
    }

    /// The command line with what is set as its defaults, wherever a flag takes it.
    pub fn settle(&self, command: Command) -> Command {
        if self.values.is_empty() {
            return command;
        }
        let mut command = self.defaults(command);
        let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
        for name in names {
            command = command.mut_subcommand(name, |inner| self.defaults(inner));
        }
        command
    }

    fn defaults(&self, mut command: Command) -> Command {
        for (setting, value) in &self.values {
            let takes = |arg: &clap::Arg| {
                let possible = arg.get_possible_values();
                arg.get_id() == *setting
                    && (possible.is_empty() || possible.iter().any(|p| p.matches(&value.text, false)))
            };
            if command.get_arguments().any(takes) {
                command = command.mut_arg(setting, |arg| arg.default_value(value.text.clone()));
            }
        }
        command
    }
}

/// Whether there is something of that name, be it a link that leads nowhere; what stands in a folder that is closed to us
/// is no file of ours.
fn is_there(file: &Path) -> bool {
    file.symlink_metadata().is_ok()
}

/// The home's file: in XDG_CONFIG_HOME, else in ~/.config; in APPDATA where that is the system's way.
fn of_home() -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = folder("XDG_CONFIG_HOME").or_else(|| folder("HOME").map(|home| home.join(".config")));
    base.or_else(|| folder("APPDATA")).map(|base| base.join("dateline").join(NAME))
}

/// The settings of a file; paths count from its folder.
fn read(file: &Path) -> Result<Vec<(&'static str, String)>> {
    let is_ours = file.file_name().is_some_and(|name| name == NAME);
    // one that was named may be a pipe; one that was found would be waited for
    if is_ours && std::env::var_os(VARIABLE).is_none() && !file.metadata().map_err(|e| Error::read(file, e))?.is_file()
    {
        let way_out = format!("remove it, or name another file by {VARIABLE}");
        return Err(Error::input(file.display().to_string(), "no file", way_out));
    }
    let text = read_text(file)?;
    let way_out = format!("a settings file has {}", SETTINGS.join(", "));
    let document: SettingsFile = parse_toml(file, &text, &way_out)?;
    let folder = file.parent().unwrap_or(Path::new(""));
    let mut set = Vec::new();
    for (setting, value) in document.settings(folder) {
        let at = || at_line(file, line_of(&text, value.span().start));
        check(setting, value.get_ref()).map_err(|what| Error::input(at(), what, way_out.as_str()))?;
        set.push((setting, value.into_inner()));
    }
    Ok(set)
}

impl SettingsFile {
    /// What is set, each as its flag takes it.
    fn settings(self, folder: &Path) -> Vec<(&'static str, Spanned<String>)> {
        let beside = |path: Spanned<PathBuf>| {
            let (span, path) = (path.span(), path.into_inner());
            // as a shell reads it
            let home = path.strip_prefix("~").ok().and_then(|rest| Some(std::env::home_dir()?.join(rest)));
            Spanned::new(span, home.unwrap_or_else(|| folder.join(path)).to_string_lossy().into_owned())
        };
        let listed = |weights: Spanned<BTreeMap<String, f64>>| {
            let pairs: Vec<String> = weights.get_ref().iter().map(|(name, value)| format!("{name}={value}")).collect();
            Spanned::new(weights.span(), pairs.join(","))
        };
        let all = [
            self.index.map(|index| ("index", beside(index))),
            self.engine.map(|engine| ("engine", engine)),
            self.format.map(|format| ("format", format)),
            self.language.map(|language| ("language", language)),
            self.outlets.map(|outlets| ("outlets", beside(outlets))),
            self.weights.map(|weights| ("weights", listed(weights))),
        ];
        all.into_iter().flatten().collect()
    }
}

/// What is wrong with a value, where its flag would not take it.
fn check(setting: &str, value: &str) -> std::result::Result<(), String> {
    match setting {
        "format" => value.parse::<Format>().map(|_| ()).map_err(|error| error.to_string()),
        "language" => value.parse::<Language>().map(|_| ()),
        "weights" => value.parse::<Weights>().map(|_| ()),
        _ => Ok(()),
    }
}
