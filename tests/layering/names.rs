//! Which file defines what a path of another file means.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::tokens::{Token, code};

/// Segments of a path of modules from the root of the crate; empty is the root.
pub type Module = Vec<String>;

/// A file: what it defines, what it brings in, and the paths that it names.
pub struct File {
    pub path: PathBuf,
    module: Module,
    /// Its own functions, types and the like.
    items: BTreeSet<String>,
    /// Its types and traits, wherever in it; those that a trait asks for are none.
    pub types: Vec<String>,
    /// The modules that it declares.
    modules: BTreeSet<String>,
    /// The names that `use` gives, and what they stand for.
    uses: BTreeMap<String, Vec<String>>,
    /// Paths in its code, re-exports left out that it does not use itself.
    named: BTreeSet<Vec<String>>,
    for_tests: Vec<Module>,
}

impl File {
    fn read(root: &Path, path: &Path, text: &str) -> Self {
        let below = path.strip_prefix(root).expect("a file of src").with_extension("");
        let mut module: Module = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if module.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
            module.pop();
        }
        let (tokens, tests) = code(text);
        let for_tests = tests.into_iter().map(|name| [module.clone(), vec![name]].concat()).collect();
        let mut file = Self {
            path: below,
            module,
            items: BTreeSet::new(),
            types: Vec::new(),
            modules: BTreeSet::new(),
            uses: BTreeMap::new(),
            named: BTreeSet::new(),
            for_tests,
        };
        file.take(&tokens);
        file
    }

    fn take(&mut self, tokens: &[Token]) {
        let (mut depth, mut at, mut reexports) = (0_i32, 0, Vec::new());
        while at < tokens.len() {
            match &tokens[at] {
                Token::Word(word) if word == "use" => {
                    let end = (at..tokens.len()).find(|&at| tokens[at] == Token::Sign(';')).unwrap_or(tokens.len());
                    let names = self.bring_in(&tokens[at + 1..end]);
                    match depth == 0 && is_visibility(&tokens[..at]) {
                        true => reexports.extend(names),
                        false => self.named.extend(names.into_iter().map(|(_, path)| path)),
                    }
                    at = end;
                }
                Token::Word(word) => {
                    self.define(word, tokens.get(at + 1), depth == 0);
                    let (path, end) = path_at(tokens, at);
                    // the name behind `mod` declares a module and names nothing in it
                    if at == 0 || tokens[at - 1].word() != Some("mod") {
                        self.named.insert(path);
                    }
                    at = end - 1;
                }
                Token::Sign('{') => depth += 1,
                Token::Sign('}') => depth -= 1,
                _ => {}
            }
            at += 1;
        }
        // what is handed on is named where the file itself makes use of it
        reexports.retain(|(name, _)| self.named.iter().any(|path| path[0] == *name));
        self.named.extend(reexports.into_iter().map(|(_, path)| path));
    }

    /// Takes the names that a `use` gives, and their paths.
    fn bring_in(&mut self, tree: &[Token]) -> Vec<(String, Vec<String>)> {
        let mut names = Vec::new();
        use_tree(tree, &[], &mut names);
        self.uses.extend(names.clone());
        names
    }

    /// Takes an item, where a word begins one.
    fn define(&mut self, word: &str, next: Option<&Token>, is_outermost: bool) {
        let Some(name) = next.and_then(Token::word) else { return };
        if matches!(word, "struct" | "enum" | "trait") || (word == "type" && is_outermost) {
            self.types.push(name.to_owned());
        }
        match word {
            _ if !is_outermost => {}
            "mod" => self.modules.extend([name.to_owned()]),
            "fn" | "struct" | "enum" | "trait" | "type" | "const" | "static" => self.items.extend([name.to_owned()]),
            _ => {}
        }
    }
}

/// Whether the tokens end with `pub` or `pub(…)`.
fn is_visibility(before: &[Token]) -> bool {
    match before.last() {
        Some(Token::Sign(')')) => {
            let open = before.iter().rposition(|token| *token == Token::Sign('('));
            open.is_some_and(|open| is_visibility(&before[..open]))
        }
        last => last.and_then(Token::word) == Some("pub"),
    }
}

/// The path that begins at a word, and the place behind it.
fn path_at(tokens: &[Token], start: usize) -> (Vec<String>, usize) {
    let mut path = vec![tokens[start].word().expect("a word").to_owned()];
    let mut at = start + 1;
    while let (Some(Token::Of), Some(Token::Word(word))) = (tokens.get(at), tokens.get(at + 1)) {
        path.push(word.clone());
        at += 2;
    }
    (path, at)
}

/// The names that a tree of `use` gives, each with its whole path; `*` for all that a module has.
fn use_tree(tokens: &[Token], before: &[String], names: &mut Vec<(String, Vec<String>)>) {
    let mut path = before.to_vec();
    let mut alias = None;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Word(word) if word == "as" => {
                alias = tokens.get(at + 1).and_then(Token::word);
                break;
            }
            Token::Word(word) => path.push(word.clone()),
            Token::Sign('*') => path.push("*".to_owned()),
            Token::Sign('{') => {
                let inside = &tokens[at + 1..tokens.len() - 1];
                return parts(inside).into_iter().for_each(|part| use_tree(part, &path, names));
            }
            _ => {}
        }
    }
    if path.len() > before.len() && path.last().is_some_and(|last| last == "self") && !before.is_empty() {
        path.pop();
    }
    if let Some(last) = path.last() {
        names.push((alias.unwrap_or(last).to_owned(), path));
    }
}

/// What stands between the commas of a list, braces inside left whole.
fn parts(tokens: &[Token]) -> Vec<&[Token]> {
    let mut depth = 0;
    let mut is_comma = |token: &Token| {
        match token {
            Token::Sign('{') => depth += 1,
            Token::Sign('}') => depth -= 1,
            _ => {}
        }
        depth == 0 && *token == Token::Sign(',')
    };
    tokens.split(|token| is_comma(token)).filter(|part| !part.is_empty()).collect()
}

/// The files of a crate.
pub struct Crate {
    pub files: Vec<File>,
    of_module: BTreeMap<Module, Vec<usize>>,
}

/// What a path means.
enum Meaning {
    /// An item of the file with this number.
    Item(usize),
    Module(Module),
}

impl Crate {
    /// All of `src`, in the order of its paths.
    pub fn ours() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut paths = Vec::new();
        super::collect(&root, &mut paths);
        paths.sort();
        let read = |path: PathBuf| (path.clone(), fs::read_to_string(path).expect("source text"));
        let files: Vec<(PathBuf, String)> = paths.into_iter().map(read).collect();
        Self::read(&root, &files)
    }

    /// Reads files (their paths and texts) below `root`; those that only tests have are left out.
    pub fn read(root: &Path, files: &[(PathBuf, String)]) -> Self {
        let mut files: Vec<File> = files.iter().map(|(path, text)| File::read(root, path, text)).collect();
        let for_tests: Vec<Module> = files.iter().flat_map(|file| file.for_tests.clone()).collect();
        files.retain(|file| !for_tests.iter().any(|tests| file.module.starts_with(tests)));
        let mut of_module: BTreeMap<Module, Vec<usize>> = BTreeMap::new();
        for (number, file) in files.iter().enumerate() {
            of_module.entry(file.module.clone()).or_default().push(number);
        }
        Self { files, of_module }
    }

    /// The files that a file names something of, itself left out.
    pub fn named_by(&self, number: usize) -> BTreeSet<usize> {
        let file = &self.files[number];
        let meanings = file.named.iter().filter_map(|path| self.meaning(&file.module, path, 0));
        let files = meanings.flat_map(|meaning| match meaning {
            Meaning::Item(file) => vec![file],
            // a module is only the way to what it holds
            Meaning::Module(_) => Vec::new(),
        });
        files.filter(|&other| other != number).collect()
    }

    /// What a path means in a module.
    fn meaning(&self, module: &Module, path: &[String], depth: usize) -> Option<Meaning> {
        let (mut here, mut rest) = (module.clone(), path);
        match path.first()?.as_str() {
            // the binary calls the library by its name
            "crate" | "dateline" => (here, rest) = (Vec::new(), &path[1..]),
            "self" => rest = &path[1..],
            _ => {}
        }
        while rest.first().is_some_and(|first| first == "super") {
            here.pop()?;
            rest = &rest[1..];
        }
        while let Some((name, after)) = rest.split_first() {
            match self.name(&here, name, after.is_empty(), depth)? {
                Meaning::Module(module) => (here, rest) = (module, after),
                item => return Some(item),
            }
        }
        Some(Meaning::Module(here))
    }

    /// What a name means in a module. At the end of a path, a function goes before a module of the same name.
    fn name(&self, module: &Module, name: &str, is_last: bool, depth: usize) -> Option<Meaning> {
        /// Names that stand for names in a row.
        const MOST: usize = 12;
        let numbers = self.of_module.get(module)?;
        if let Some(&file) = numbers.iter().find(|&&file| self.files[file].items.contains(name)) {
            return Some(Meaning::Item(file));
        }
        let below = [module.as_slice(), &[name.to_owned()]].concat();
        let is_module = |file: &usize| self.files[*file].modules.contains(name);
        let path = numbers.iter().find_map(|&file| self.files[file].uses.get(name));
        let path = path.filter(|path| depth < MOST && path.as_slice() != [name]);
        let stands_for = || path.and_then(|path| self.meaning(module, path, depth + 1));
        if numbers.iter().any(is_module) && self.of_module.contains_key(&below) {
            let item = if is_last { stands_for() } else { None };
            return item.filter(|item| matches!(item, Meaning::Item(_))).or(Some(Meaning::Module(below)));
        }
        stands_for()
    }
}
