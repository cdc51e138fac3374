//! Which files are wanted: `--include` and `--exclude`, globs on the paths below the named root.

use std::cell::RefCell;

use super::glob::Glob;
use super::{PATHS_COUNT, TOLD};
use crate::error::{Error, Result};

/// Which files are wanted: those that match one of the first, where there are any, and none of the others.
#[derive(Clone, Debug, Default)]
pub struct FileChoice {
    include: Vec<Pattern>,
    exclude: Vec<Pattern>,
}

#[derive(Clone, Debug)]
struct Pattern {
    /// As it was typed, with its flag.
    typed: String,
    glob: Glob,
}

impl Pattern {
    /// Reads a glob; one that ends in `/` means all that is in the folder.
    fn new(flag: &str, text: &str) -> Result<Self> {
        let typed = format!("{flag} {text}");
        let path = text.strip_prefix("./").unwrap_or(text);
        if path.is_empty() {
            return Err(Error::request(format!("{flag}: no pattern"), "write such as 'drafts/**' or '*.txt'"));
        }
        let glob = if path.ends_with('/') { Glob::new(&format!("{path}**")) } else { Glob::new(path) };
        Ok(Self { typed, glob })
    }
}

impl FileChoice {
    /// Reads the globs.
    ///
    /// # Errors
    /// Where one is empty.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Self> {
        let read = |flag: &str, texts: &[String]| -> Result<Vec<Pattern>> {
            texts.iter().map(|text| Pattern::new(flag, text)).collect()
        };
        Ok(Self { include: read("--include", include)?, exclude: read("--exclude", exclude)? })
    }

    /// A short hash of the globs; empty where there are none. Of another choice, other files of a folder may be wanted.
    pub fn key(&self) -> String {
        let typed: Vec<&str> = self.include.iter().chain(&self.exclude).map(|pattern| pattern.typed.as_str()).collect();
        if typed.is_empty() {
            String::new()
        } else {
            blake3::hash(typed.join("\n").as_bytes()).to_hex()[..16].to_owned()
        }
    }
}

/// Chooses, and remembers which patterns were met.
#[derive(Debug)]
pub struct Chooser<'a> {
    choice: &'a FileChoice,
    included: RefCell<Vec<bool>>,
    excluded: RefCell<Vec<bool>>,
}

impl<'a> Chooser<'a> {
    /// One that has met nothing yet.
    pub fn new(choice: &'a FileChoice) -> Self {
        let none = |patterns: &[Pattern]| RefCell::new(vec![false; patterns.len()]);
        Self { choice, included: none(&choice.include), excluded: none(&choice.exclude) }
    }

    /// Whether a file is wanted, by its path below the root.
    pub fn takes(&self, file: &str) -> bool {
        let FileChoice { include, exclude } = self.choice;
        let matches = |glob: &Glob| glob.read(file).is_some();
        let excluded = any(exclude, &self.excluded, matches);
        let included = any(include, &self.included, matches);
        !excluded && (included || include.is_empty())
    }

    /// Whether a file is excluded, by its path below the root.
    pub fn excludes(&self, file: &str) -> bool {
        any(&self.choice.exclude, &self.excluded, |glob| glob.read(file).is_some())
    }

    /// Whether all that can be in a folder is excluded, by its path below the root.
    pub fn leaves_out(&self, folder: &str) -> bool {
        any(&self.choice.exclude, &self.excluded, |glob| glob.covers(folder))
    }

    /// Whether a path lies in a folder that is left out.
    pub fn is_left_out(&self, path: &str) -> bool {
        path.match_indices('/').any(|(slash, _)| self.leaves_out(&path[..slash]))
    }

    /// The patterns that no path has met, each with the way out; of many the first.
    pub fn unmet(&self) -> Vec<String> {
        let FileChoice { include, exclude } = self.choice;
        let (included, excluded) = (self.included.borrow(), self.excluded.borrow());
        let met = included.iter().chain(excluded.iter());
        let unmet = include.iter().chain(exclude).zip(met).filter(|(_, met)| !**met);
        unmet
            .map(|(pattern, _)| format!("{}: no file has such a path{PATHS_COUNT}", pattern.typed))
            .take(TOLD)
            .collect()
    }
}

/// Whether any pattern matches; those that were not met before are asked in any case.
fn any(patterns: &[Pattern], met: &RefCell<Vec<bool>>, matches: impl Fn(&Glob) -> bool) -> bool {
    let mut found = false;
    for (pattern, met) in patterns.iter().zip(met.borrow_mut().iter_mut()) {
        if (!found || !*met) && matches(&pattern.glob) {
            (found, *met) = (true, true);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(include: &[&str], exclude: &[&str]) -> FileChoice {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        FileChoice::new(&owned(include), &owned(exclude)).expect("patterns")
    }

    #[test]
    fn exclude_goes_before_include_and_nothing_said_is_all() {
        for (include, exclude, taken, others) in [
            (&[][..], &[][..], &["a.txt", "x/y.txt"][..], &[][..]),
            (&["*.txt"], &[], &["a.txt"], &["a.html", "x/a.txt"]),
            (&["**/*.txt", "x/*.html"], &[], &["a.txt", "x/y/a.txt", "x/a.html"], &["a.html"]),
            (&[], &["drafts/**"], &["a.txt", "drafts", "old/drafts/a.txt"], &["drafts/a.txt", "drafts/x/a.txt"]),
            (&[], &["drafts/"], &["drafts"], &["drafts/a.txt", "drafts/x/a.txt"]),
            (&[], &["./a.txt"], &["b.txt"], &["a.txt"]),
            (&["**/*.txt"], &["**/drafts/*"], &["a.txt"], &["drafts/a.txt", "x/drafts/a.txt", "a.html"]),
        ] {
            let choice = choice(include, exclude);
            let chooser = Chooser::new(&choice);
            assert!(taken.iter().all(|file| chooser.takes(file)), "{include:?} {exclude:?}");
            assert!(!others.iter().any(|file| chooser.takes(file)), "{include:?} {exclude:?}");
        }
    }

    #[test]
    fn a_folder_is_left_out_where_nothing_in_it_can_be_wanted() {
        for (exclude, left_out, entered) in [
            ("drafts/**", &["drafts", "drafts/x"][..], &["", "x", "x/drafts", "drafts2"][..]),
            ("drafts/", &["drafts"], &["x/drafts"]),
            ("**/drafts/**", &["drafts", "x/drafts", "drafts/y"], &["x"]),
            ("**", &["x"], &[]),
            ("drafts/*", &[], &["drafts", "drafts/x"]),
            ("drafts/**/*.txt", &[], &["drafts"]),
            ("dra**", &["drafts", "drax/y"], &["x"]),
        ] {
            let choice = choice(&[], &[exclude]);
            let chooser = Chooser::new(&choice);
            assert!(left_out.iter().all(|folder| chooser.leaves_out(folder)), "{exclude}");
            assert!(!entered.iter().any(|folder| chooser.leaves_out(folder)), "{exclude}");
            assert!(left_out.iter().all(|folder| chooser.is_left_out(&format!("{folder}/a.txt"))), "{exclude}");
        }
    }

    #[test]
    fn patterns_that_no_path_met_are_told() {
        let choice = choice(&["*.txt", "*.html"], &["a.*", "*.txt", "x/**", "y/**"]);
        let chooser = Chooser::new(&choice);
        assert!(!chooser.takes("a.txt") && chooser.leaves_out("x"));
        let unmet = chooser.unmet();
        assert_eq!(unmet.len(), 2, "{unmet:?}");
        assert!(unmet[0].starts_with("--include *.html: no file has such a path; paths count from"), "{unmet:?}");
        assert!(unmet[1].starts_with("--exclude y/**: no file has such a path"), "{unmet:?}");
        assert!(
            FileChoice::new(&[String::new()], &[]).is_err_and(|e| e.to_string().starts_with("--include: no pattern; "))
        );
    }
}
