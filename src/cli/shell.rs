//! `dateline completions` and `dateline man`: what shells and `man` know of the command.

use std::path::{Path, PathBuf};

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;
use dateline::Error;

use super::{Outcome, Output};

/// Flags of `dateline completions`.
#[derive(clap::Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

/// Flags of `dateline man`.
#[derive(clap::Args)]
pub(crate) struct ManArgs {
    /// The subcommand; without it the page of dateline itself
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
    /// Write all pages into this folder, as dateline.1, dateline-query.1, …
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    into: Option<PathBuf>,
}

/// Prints a script for the shell to read.
pub(crate) fn completions(args: &CompletionsArgs, mut command: Command, out: &mut Output) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "dateline", &mut script);
    out.print(&String::from_utf8(script)?)?;
    Ok(Outcome::Done)
}

/// Prints a man page, or writes them all.
pub(crate) fn man(args: &ManArgs, mut command: Command, out: &mut Output) -> anyhow::Result<Outcome> {
    command = command.disable_help_subcommand(true);
    command.build();
    command = whole(command);
    if let Some(folder) = &args.into {
        std::fs::create_dir_all(folder).map_err(|error| Error::write(folder, error))?;
        write(&command, folder, "dateline.1")?;
        for inner in command.get_subcommands() {
            write(inner, folder, &format!("dateline-{}.1", inner.get_name()))?;
        }
        return Ok(Outcome::Done);
    }
    let page = match &args.command {
        None => page(&command)?,
        Some(name) => page(command.find_subcommand(name).ok_or_else(|| {
            let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
            Error::request(format!("no command \"{name}\""), format!("name one of these: {}", names.join(", ")))
        })?)?,
    };
    out.print(&page)?;
    Ok(Outcome::Done)
}

/// Pages have all of a flag's help, also where the short help leaves it out.
fn whole(command: Command) -> Command {
    let command = command.mut_args(|arg| match (arg.get_long_help(), arg.get_help().cloned()) {
        (None, Some(help)) => arg.long_help(help),
        _ => arg,
    });
    command.mut_subcommands(whole)
}

fn write(command: &Command, folder: &Path, name: &str) -> anyhow::Result<()> {
    Ok(dateline::durable::write(&folder.join(name), page(command)?.as_bytes())?)
}

fn page(command: &Command) -> anyhow::Result<String> {
    let mut page = Vec::new();
    // `dateline query` is typed with a blank, and its page is called with a dash
    let title = command.get_display_name().unwrap_or(command.get_name()).to_owned();
    Man::new(command.clone().after_help(None::<&str>).after_long_help(None::<&str>))
        .title(title.to_uppercase())
        .source(format!("dateline {}", env!("CARGO_PKG_VERSION")))
        .render(&mut page)?;
    let mut page = String::from_utf8(page)?;
    let aliases: Vec<String> = command.get_visible_aliases().map(|alias| format!("dateline {alias}")).collect();
    if !aliases.is_empty() {
        page += &section("also called", &aliases.join(", "));
    }
    if let Some(help) = command.get_after_long_help().or(command.get_after_help()) {
        page += &section("more", &help.to_string());
    }
    Ok(page)
}

/// A section of a man page whose lines stay as they are.
fn section(title: &str, text: &str) -> String {
    let line = |line: &str| {
        let line = line.replace('\\', "\\e").replace('-', "\\-");
        if line.starts_with(['.', '\'']) { format!("\\&{line}\n") } else { line + "\n" }
    };
    let lines: String = text.lines().map(line).collect();
    format!(".SH {}\n.nf\n{lines}.fi\n", title.to_uppercase())
}
