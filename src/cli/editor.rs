//! The user's editor on a line of a file: never through a shell.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use dateline::hit::Source;
use dateline::render::citation;
use dateline::source::{packed_above, respelled};

use super::Output;

/// How an editor is told a line: `{}` is the file, `#` the line.
const WAYS: &[(&[&str], &[&str])] = &[
    (&["code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"], &["--goto", "{}:#"]),
    (&["subl", "sublime_text", "hx", "helix", "zed", "zeditor", "lapce", "atom"], &["{}:#"]),
    (&["kate", "kwrite", "idea", "pycharm", "clion", "webstorm"], &["--line", "#", "{}"]),
    (&["mate"], &["-l", "#", "{}"]),
];

/// Of all others: vi and its kin, nano, emacs, joe, micro, gedit, less, …
const USUAL: &[&str] = &["+#", "{}"];

/// Opens a citation at its first line and waits until the editor ends.
pub(crate) fn open(source: &Source, id: &str, out: &mut Output) -> anyhow::Result<()> {
    let path = citation::opened(source);
    anyhow::ensure!(
        path != Path::new("-"),
        "{id}: it came by standard input, and there is no file to open; `dateline show {id}` prints it"
    );
    // whole, so that no name is taken for a flag
    let path = std::path::absolute(respelled(&path.to_string_lossy()))?;
    if let Some(folder) =
        packed_above(&path.to_string_lossy()).filter(|folder| !path.exists() && Path::new(folder).exists())
    {
        anyhow::bail!(
            "{}: it lies in the packed folder {folder}, where no editor opens it; `dateline show {id}` prints it",
            path.display()
        );
    }
    anyhow::ensure!(path.exists(), "{}: gone; `dateline show {id}` prints the article as indexed", path.display());
    let command = command(&named()?, &path, source.lines.map_or(1, |lines| lines.first))?;
    // what was printed stands before what the editor shows
    out.finish()?;
    let [program, args @ ..] = command.as_slice() else { anyhow::bail!("no editor is named; set VISUAL or EDITOR") };
    let shown = program.to_string_lossy();
    let status = Command::new(program).args(args).status();
    let status =
        status.map_err(|e| anyhow::anyhow!("{shown}: cannot be started: {e}; set VISUAL or EDITOR to an editor"))?;
    anyhow::ensure!(status.success(), "{shown}: ended with {status}");
    Ok(())
}

/// What VISUAL says, else EDITOR.
fn named() -> anyhow::Result<String> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    set("VISUAL").or_else(|| set("EDITOR")).ok_or_else(|| anyhow::anyhow!("no editor is named; set VISUAL or EDITOR"))
}

/// The editor's program and arguments for a line of a file.
fn command(editor: &str, path: &Path, line: u32) -> anyhow::Result<Vec<OsString>> {
    let mut command: Vec<OsString> = words(editor)?.into_iter().map(OsString::from).collect();
    let name = command.first().map(Path::new).and_then(Path::file_stem).and_then(|name| name.to_str());
    let known = WAYS.iter().find(|(names, _)| name.is_some_and(|name| names.contains(&name)));
    for part in known.map_or(USUAL, |(_, way)| way) {
        command.push(match part.split_once("{}") {
            Some((_, behind)) => {
                let mut arg = path.as_os_str().to_owned();
                arg.push(behind.replace('#', &line.to_string()));
                arg
            }
            None => part.replace('#', &line.to_string()).into(),
        });
    }
    Ok(command)
}

/// Words as a shell parts them: by blanks outside quotes, a backslash before what stands for itself.
fn words(line: &str) -> anyhow::Result<Vec<String>> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (None | Some('"'), '\\') => word.get_or_insert_default().extend(chars.next()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    anyhow::ensure!(quote.is_none(), "{line}: a quote that is not closed; mend VISUAL or EDITOR");
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_editor_is_told_the_line_in_its_way() {
        for (editor, expected) in [
            ("vi", "vi|+7|/a b.txt"),
            ("/usr/bin/nvim -R", "/usr/bin/nvim|-R|+7|/a b.txt"),
            ("emacsclient -t", "emacsclient|-t|+7|/a b.txt"),
            ("code --wait", "code|--wait|--goto|/a b.txt:7"),
            ("'/opt/my editor/subl' -w", "/opt/my editor/subl|-w|/a b.txt:7"),
            ("kate", "kate|--line|7|/a b.txt"),
            ("mate -w", "mate|-w|-l|7|/a b.txt"),
            (r#"my\ editor "" --title "a;b $(c)""#, "my editor||--title|a;b $(c)|+7|/a b.txt"),
        ] {
            let command = command(editor, Path::new("/a b.txt"), 7).expect("a command");
            let shown: Vec<_> = command.iter().map(|arg| arg.to_string_lossy()).collect();
            assert_eq!(shown.join("|"), expected);
        }
        assert!(command("vi 'x", Path::new("/a"), 1).is_err());
    }
}
