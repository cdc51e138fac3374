//! Roots that left their place: forgotten, or moved to another.

use std::io::{IsTerminal, stderr, stdin};
use std::path::{Path, PathBuf};

use dateline::engine::Update;
use dateline::error::{Error, quoted};
use dateline::ingest::{self, Moved};
use dateline::report::Report;

use super::Output;

/// Flags of `dateline index` for roots that are no longer where they were.
#[derive(clap::Args)]
pub(super) struct MovingArgs {
    /// Take everything at or below ROOT out of the archive, whether or not it is still there; may be given several times
    ///
    /// Done before any PATH is read, of which none need be named. `-` stands for all that came by standard input. Exit status
    /// 1 says that the archive has nothing of a ROOT.
    #[arg(long, value_name = "ROOT")]
    forget: Vec<PathBuf>,
    /// PATH is what OLD was before it was moved: its articles keep their ids and are cited where they are now
    ///
    /// Where a new PATH looks like a root that is gone, that is a link to elsewhere now, or that has the same articles, this is
    /// asked at a terminal; elsewhere it is an error until it is said by this flag or by --not-moved.
    #[arg(long, value_name = "OLD", requires = "paths")]
    moved_from: Option<PathBuf>,
    /// A PATH that looks like a root of the archive is another one: add it beside the old articles
    #[arg(long, conflicts_with = "moved_from")]
    not_moved: bool,
}

impl MovingArgs {
    /// Does what is to be done before anything is read; tells what was forgotten, where something was to be.
    pub(super) fn settle<U: Update>(
        &self,
        update: &mut U,
        paths: &[PathBuf],
        out: &Output,
    ) -> anyhow::Result<Option<Report>> {
        let forgotten = (!self.forget.is_empty()).then(|| ingest::forget(update, &self.forget)).transpose()?;
        if let Some(from) = &self.moved_from {
            let [to] = paths else {
                let what = "--moved-from says what one PATH was, and there are several";
                return Err(Error::request(what, "name the others in a run of their own").into());
            };
            ingest::take_over(update, from, to)?;
        } else if !self.not_moved {
            for moved in ingest::moved_roots(update, paths)? {
                if is_the_same(&moved, out)? {
                    ingest::take_over(update, &moved.from, &moved.to)?;
                }
            }
        }
        Ok(forgotten)
    }

    /// The same in an archive that is opened for it and let go of.
    pub(super) fn settle_first<U: Update>(
        &self,
        open: &dyn Fn() -> dateline::Result<U>,
        paths: &[PathBuf],
        out: &Output,
    ) -> anyhow::Result<Option<Report>> {
        let mut update = open()?;
        let forgotten = self.settle(&mut update, paths, out)?;
        update.close()?;
        Ok(forgotten)
    }
}

/// A path as a shell reads it.
fn typed(path: &Path) -> String {
    quoted(&path.to_string_lossy())
}

/// Asks whether a folder is a root that was moved; an error where there is nobody to ask.
fn is_the_same(moved: &Moved, out: &Output) -> anyhow::Result<bool> {
    let (from, to) = (moved.from.display(), moved.to.display());
    let looks = match moved.is_there {
        true => format!("{to}: looks like {from}, which is still there: the same articles under the same paths"),
        false => format!("{to}: looks like {from} moved here"),
    };
    let (from, to) = (typed(&moved.from), typed(&moved.to));
    if moved.inside {
        let way_out = format!(
            "name it by itself, `dateline index {to} --moved-from {from}`, or pass --not-moved to add it beside the old \
             articles"
        );
        return Err(Error::request(looks, way_out).into());
    }
    let unasked = || {
        let way_out = format!(
            "pass --moved-from {from} to take it as the same archive, or --not-moved to add it beside the old articles"
        );
        Error::request(&looks, way_out)
    };
    if !stdin().is_terminal() || !stderr().is_terminal() {
        return Err(unasked().into());
    }
    loop {
        out.ask(&format!("{looks}: take it as the same archive (n adds it beside the old articles)? [Y/n] "));
        let mut answer = String::new();
        if stdin().read_line(&mut answer)? == 0 {
            return Err(unasked().into());
        }
        match answer.trim().to_ascii_lowercase().as_str() {
            "" | "y" | "yes" => return Ok(true),
            "n" | "no" => return Ok(false),
            _ => {}
        }
    }
}
