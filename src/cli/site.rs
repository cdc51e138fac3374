//! Where the archive is: a folder of this machine, or an index on a cluster.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::builder::Resettable;
use clap::parser::ValueSource;
use clap::{ArgMatches, Command};
use dateline::engine::{Engine, LocalEngine};
use dateline::error::quoted;

use super::limits;

/// The longest time that a flag may ask to be waited for: a year. A clock counts no further than some years ahead.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Flags that name the archive, of every command.
#[derive(clap::Args)]
pub(crate) struct Site {
    /// Folder of the index
    #[arg(long, global = true, env = "DATELINE_INDEX", default_value = "index", value_name = "DIR")]
    pub index: PathBuf,
    /// An archive on an OpenSearch cluster, in place of a folder: opensearch:http://HOST:PORT/INDEX
    ///
    /// Several nodes are parted by commas. Who asks stands in DATELINE_OPENSEARCH_USER and DATELINE_OPENSEARCH_PASSWORD, or
    /// in DATELINE_OPENSEARCH_API_KEY; DATELINE_OPENSEARCH_CA names a file (PEM) of the authorities that sign the cluster's
    /// certificate. Over http a password goes to this machine only, unless DATELINE_OPENSEARCH_PLAIN_HTTP=1.
    #[arg(long, global = true, env = "DATELINE_ENGINE", value_name = "ADDRESS")]
    engine: Option<String>,
    /// Seconds after which a request to a cluster is given up
    #[arg(long, global = true, default_value_t = 60, value_name = "SECONDS", hide_short_help = true)]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=LONGEST_WAIT.as_secs()))]
    timeout: u64,
    /// Take what there is where some shards of a cluster do not answer
    #[arg(long, global = true, hide_short_help = true)]
    allow_partial: bool,
    /// What named the archive, where it is a flag or the environment: the setting, and which.
    #[arg(skip)]
    named: Option<(&'static str, &'static str)>,
}

/// The matches of the innermost command: what all commands have as a flag stands there too.
pub(crate) fn innermost(matches: &ArgMatches) -> &ArgMatches {
    matches.subcommand().map_or(matches, |(_, inner)| innermost(inner))
}

/// The command line without DATELINE_INDEX where that is empty, which is to say nothing.
pub(crate) fn heed_environment(command: Command) -> Command {
    let is_empty = |name: &str| std::env::var_os(name).is_some_and(|value| value.is_empty());
    if !is_empty("DATELINE_INDEX") {
        return command;
    }
    command.mut_arg("index", |arg| arg.env(Resettable::Reset))
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.engine() {
            Some(engine) => f.write_str(engine),
            None => self.index.display().fmt(f),
        }
    }
}

impl Site {
    /// What was typed goes before what the environment says, that before a file of settings; one archive at a time.
    pub fn settle(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        let source = |name| innermost(matches).value_source(name).unwrap_or(ValueSource::DefaultValue);
        let (index, engine) = (source("index"), source("engine"));
        if index > ValueSource::DefaultValue && engine == index && self.engine().is_some() {
            let (one, other) = match index {
                ValueSource::CommandLine => ("--index", "--engine"),
                _ => ("DATELINE_INDEX", "DATELINE_ENGINE"),
            };
            let what = format!("{one} and {other} each name an archive; leave one of them out\n");
            return Err(clap::Error::raw(clap::error::ErrorKind::ArgumentConflict, what));
        }
        if index > engine {
            self.engine = None;
        }
        self.named = match (self.engine().is_some(), index, engine) {
            (true, _, ValueSource::CommandLine) => Some(("engine", "--engine")),
            (true, _, ValueSource::EnvVariable) => Some(("engine", "DATELINE_ENGINE")),
            (false, ValueSource::CommandLine, _) => Some(("index", "--index")),
            (false, ValueSource::EnvVariable, _) => Some(("index", "DATELINE_INDEX")),
            _ => None,
        };
        Ok(())
    }

    /// The flag that names the archive as it was typed, for a command that is to work on the same; none where the
    /// environment or a file of settings names it.
    pub fn typed(&self) -> Option<String> {
        let (_, flag) = self.named.filter(|(_, from)| from.starts_with("--"))?;
        Some(format!("{flag} {}", quoted(&self.to_string())))
    }

    /// Where the archive is, by one name however it was named.
    pub fn place(&self) -> String {
        match self.engine() {
            Some(engine) => engine.to_owned(),
            None => self.index.canonicalize().unwrap_or_else(|_| self.index.clone()).to_string_lossy().into_owned(),
        }
    }

    /// The value of a setting that a flag or the environment gave, and which of them.
    pub fn named_by(&self, setting: &str) -> Option<(String, &'static str)> {
        let (_, from) = self.named.filter(|(named, _)| *named == setting)?;
        Some((self.to_string(), from))
    }

    /// Whether the setting counts beside what names the archive: a folder and a cluster are one choice.
    pub fn takes(&self, setting: &str) -> bool {
        match setting {
            "index" => self.engine().is_none(),
            "engine" => self.engine().is_some(),
            _ => true,
        }
    }

    /// Opens the archive for reading.
    pub fn open(&self) -> anyhow::Result<Box<dyn Engine>> {
        #[cfg(feature = "opensearch")]
        if let Some((address, access)) = self.remote()? {
            return Ok(Box::new(dateline::engine::remote::RemoteEngine::open(address, access)?));
        }
        let dir = self.folder("this")?;
        limits::enough_to_read(dir)?;
        Ok(Box::new(LocalEngine::open(dir)?))
    }

    /// The folder of the index, for what only an archive on this machine can do.
    pub fn folder(&self, what: &str) -> anyhow::Result<&Path> {
        match self.engine() {
            None => Ok(&self.index),
            Some(engine) if cfg!(feature = "opensearch") => {
                anyhow::bail!(
                    "{engine}: {what} works on the files of an index on this machine; leave --engine out, or name the folder with --index"
                )
            }
            Some(engine) => {
                anyhow::bail!(
                    "{engine}: this dateline was built without OpenSearch; build it with `--features opensearch`"
                )
            }
        }
    }

    /// What was said, an empty DATELINE_ENGINE being nothing.
    fn engine(&self) -> Option<&str> {
        self.engine.as_deref().filter(|engine| !engine.is_empty())
    }
}

#[cfg(feature = "opensearch")]
mod remote {
    use std::time::Duration;

    use dateline::engine::remote::{Access, Address};

    use super::Site;

    impl Site {
        /// The cluster and who asks it, where one is named.
        pub fn remote(&self) -> anyhow::Result<Option<(Address, Access)>> {
            let Some(engine) = self.engine() else { return Ok(None) };
            let address: Address = engine.parse().map_err(|what| anyhow::anyhow!("--engine: {what}"))?;
            let authorities = match variable("CA") {
                Some(path) => Some(
                    std::fs::read(&path).map_err(|e| anyhow::anyhow!("{path}: {e}; check DATELINE_OPENSEARCH_CA"))?,
                ),
                None => None,
            };
            let timeout = Duration::from_secs(self.timeout);
            let access = Access {
                authorization: Access::authorization(variable("USER"), variable("PASSWORD"), variable("API_KEY")),
                authorities,
                timeout,
                patience: timeout,
                allow_partial: self.allow_partial,
                allow_plain: variable("PLAIN_HTTP").is_some_and(|value| value != "0"),
            };
            Ok(Some((address, access)))
        }
    }

    fn variable(name: &str) -> Option<String> {
        std::env::var(format!("DATELINE_OPENSEARCH_{name}")).ok().filter(|value| !value.is_empty())
    }
}
