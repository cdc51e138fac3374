//! METS: an issue whose articles are divisions of its logical structure; without any, its pages are the articles.

use rustc_hash::{FxHashMap, FxHashSet};

use super::issue::{Issue, IssueArticle, IssuePart, PartUse};
use super::neighbours::below;
use super::tree::ScanTree;
use crate::source::Given;

/// Kinds of files that hold no words.
const NO_WORDS: &[&str] = &["image/", "application/pdf", "audio/", "video/"];

/// The type of a division that is an article.
const ARTICLE: &str = "article";

/// Divisions of an article that are none of its text.
const LEFT_OUT: &[&str] = &["advertisement", "illustration", "picture", "photograph"];

/// What a file states of its issue.
pub(super) fn issue(tree: &ScanTree<'_>) -> Issue {
    let mut mets = Mets {
        tree,
        files: FxHashMap::default(),
        about: FxHashMap::default(),
        common: Vec::new(),
        numbers: FxHashMap::default(),
        issue: Issue::default(),
    };
    mets.note_files();
    mets.about = tree.all("dmdsec").filter_map(|at| Some((tree.value(at, "id")?, Described::of(tree, at)))).collect();
    mets.common = mets.common();
    mets.numbers = mets.numbers();
    let mut articles = mets.divisions(ARTICLE);
    if articles.is_empty() {
        articles = mets.divisions("page");
    }
    for at in articles {
        let article = mets.article(at);
        mets.issue.articles.push(article);
    }
    mets.issue
}

struct Mets<'t, 'x> {
    tree: &'t ScanTree<'x>,
    /// Place of each file among those of the issue, by its id.
    files: FxHashMap<String, usize>,
    /// The descriptions, by their ids.
    about: FxHashMap<String, Described>,
    /// Ids of those of the whole.
    common: Vec<String>,
    /// What the pages with the words of the files are called, by the place of the file.
    numbers: FxHashMap<usize, String>,
    issue: Issue,
}

/// What a description says.
#[derive(Debug)]
struct Described {
    titles: Vec<String>,
    /// The title of what it is about, else of what that is part of.
    outlet: Option<String>,
    date: Option<String>,
    byline: Option<String>,
}

impl Described {
    fn of(tree: &ScanTree<'_>, about: usize) -> Self {
        let titles = titles(tree, about);
        let outlet = titles.first().cloned().or_else(|| tree.within(about, "titleinfo").find_map(|at| title(tree, at)));
        Self { outlet, date: date(tree, about), byline: byline(tree, about), titles }
    }
}

impl Mets<'_, '_> {
    fn note_files(&mut self) {
        let tree = self.tree;
        for file in tree.all("file") {
            let kind = tree.value(file, "mimetype").unwrap_or_default().to_ascii_lowercase();
            let href = tree.within(file, "flocat").find_map(|at| tree.value(at, "href"));
            if let (Some(id), Some(href), false) =
                (tree.value(file, "id"), href, NO_WORDS.iter().any(|name| kind.starts_with(name)))
            {
                self.files.insert(id, self.issue.files.len());
                self.issue.files.push(below(&href).ok_or(href));
            }
        }
    }

    /// The outermost divisions of a type.
    fn divisions(&self, name: &str) -> Vec<usize> {
        let is = |at: usize| self.kind(at) == name;
        self.tree.all("div").filter(|at| is(*at) && !self.tree.around(*at).any(is)).collect()
    }

    fn kind(&self, at: usize) -> String {
        self.tree.value(at, "type").unwrap_or_default().to_ascii_lowercase()
    }

    fn article(&self, at: usize) -> IssueArticle {
        let tree = self.tree;
        let own: Vec<&Described> = self.ids(at).iter().filter_map(|id| self.about.get(id)).collect();
        let titles: Vec<String> = own.iter().flat_map(|about| about.titles.iter().cloned()).collect();
        let is_article = self.kind(at) == ARTICLE;
        let is_section = |around: &usize| matches!(self.kind(*around).as_str(), "section" | "content");
        let around = tree.around(at).filter(|around| !is_section(around)).flat_map(|around| self.ids(around));
        let ids: Vec<String> = around.chain(self.common.iter().cloned()).collect();
        let parts = self.parts(at, is_article);
        let page = parts.iter().find_map(|part| self.numbers.get(&part.file).cloned());
        let of_issue = || ids.iter().filter_map(|id| self.about.get(id));
        let given = Given {
            headline: tree.value(at, "label").filter(|_| is_article && titles.is_empty()),
            byline: own.iter().find_map(|about| about.byline.clone()),
            outlet: of_issue().find_map(|about| about.outlet.clone()),
            date: of_issue().find_map(|about| about.date.clone()),
            section: tree.around(at).find(|around| self.kind(*around) == "section").and_then(|at| self.section(at)),
            page,
            ..Given::default()
        };
        IssueArticle { span: tree.span(at), given, titles, parts }
    }

    /// What a division of articles is called: by its description, else by its label.
    fn section(&self, at: usize) -> Option<String> {
        let ids = self.ids(at);
        let titles: Vec<&str> = ids
            .iter()
            .filter_map(|id| self.about.get(id))
            .flat_map(|about| &about.titles)
            .map(String::as_str)
            .collect();
        Some(titles.join(" ")).filter(|titles| !titles.is_empty()).or_else(|| self.tree.value(at, "label"))
    }

    /// What the pages are called, by the files with their words: by their labels, else by their places.
    fn numbers(&self) -> FxHashMap<usize, String> {
        let tree = self.tree;
        let pages = tree.all("div").filter(|at| self.kind(*at) == "page");
        let called =
            pages.filter_map(|at| Some((at, tree.value(at, "orderlabel").or_else(|| tree.value(at, "order"))?)));
        let mut numbers = FxHashMap::default();
        for (page, number) in called {
            let areas = (page + 1..tree.nodes[page].end).filter_map(|at| tree.value(at, "fileid"));
            for file in areas.filter_map(|id| self.files.get(&id).copied()) {
                numbers.entry(file).or_insert_with(|| number.clone());
            }
        }
        numbers
    }

    /// Ids of the descriptions of a division.
    fn ids(&self, at: usize) -> Vec<String> {
        let ids = self.tree.value(at, "dmdid").unwrap_or_default();
        ids.split_whitespace().map(str::to_owned).collect()
    }

    /// Descriptions of the whole: those of the outermost divisions, else those that no division refers to.
    fn common(&self) -> Vec<String> {
        let tree = self.tree;
        let outermost = tree.all("structmap").flat_map(|map| tree.children(map));
        let stated: Vec<String> = outermost.flat_map(|top| self.ids(top)).collect();
        if !stated.is_empty() {
            return stated;
        }
        let named: FxHashSet<String> = tree.all("div").flat_map(|div| self.ids(div)).collect();
        tree.all("dmdsec").filter_map(|at| tree.value(at, "id")).filter(|id| !named.contains(id)).collect()
    }

    fn parts(&self, article: usize, is_article: bool) -> Vec<IssuePart> {
        let tree = self.tree;
        let mut parts = Vec::new();
        let mut last = None;
        for area in article + 1..tree.nodes[article].end {
            if !matches!(tree.name(area), "area" | "fptr") {
                continue;
            }
            let Some(file) = tree.value(area, "fileid").and_then(|id| self.files.get(&id).copied()) else { continue };
            let kinds: Vec<String> = tree.around(area).take_while(|at| *at > article).map(|at| self.kind(at)).collect();
            let has = |names: &[&str]| kinds.iter().any(|kind| names.contains(&kind.as_str()));
            let said = match () {
                () if has(LEFT_OUT) => continue,
                () if has(&["image"]) && !has(&["table"]) => continue,
                () if has(&["overline", "kicker"]) => PartUse::Overline,
                () if has(&["heading", "title", "headline", "subheadline", "subtitle"]) => PartUse::Heading,
                () if is_article => PartUse::Text,
                () => PartUse::Own,
            };
            let pointer = std::iter::once(area).chain(tree.around(area)).find(|at| tree.name(*at) == "fptr");
            let goes_on = std::mem::replace(&mut last, pointer) == pointer && said == PartUse::Text;
            let (block, tag) = (tree.value(area, "begin"), tree.nodes[area].tag.clone());
            parts.push(IssuePart { file, block, said, tag, goes_on });
        }
        parts
    }
}

/// The text of the first element of a name in another.
fn first(tree: &ScanTree<'_>, of: usize, name: &str) -> Option<String> {
    tree.within(of, name).find_map(|at| tree.plain(at))
}

/// Whether an element describes something else than what its description is about.
fn is_of_another(tree: &ScanTree<'_>, at: usize) -> bool {
    tree.around(at).any(|around| tree.name(around) == "relateditem")
}

/// The titles of a description by MODS, each with the article before it and the subtitle behind it; else by Dublin Core.
fn titles(tree: &ScanTree<'_>, about: usize) -> Vec<String> {
    let own = |at: &usize| !is_of_another(tree, *at) && tree.value(*at, "type").is_none();
    let mods: Vec<String> = tree.within(about, "titleinfo").filter(own).filter_map(|at| title(tree, at)).collect();
    if !mods.is_empty() || tree.within(about, "mods").next().is_some() {
        return mods;
    }
    first(tree, about, "title").into_iter().collect()
}

fn title(tree: &ScanTree<'_>, info: usize) -> Option<String> {
    let title = first(tree, info, "title")?;
    let parts = [first(tree, info, "nonsort"), Some(title), first(tree, info, "subtitle")];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// The day of the issue, never one of its digitisation.
fn date(tree: &ScanTree<'_>, about: usize) -> Option<String> {
    let issued = ["dateissued", "issued"].iter().find_map(|name| first(tree, about, name));
    issued.or_else(|| {
        let is_own = |at: &usize| tree.around(*at).all(|around| tree.name(around) != "recordinfo");
        tree.within(about, "date").filter(is_own).find_map(|at| tree.plain(at))
    })
}

/// The authors by MODS, given names first; else by Dublin Core.
fn byline(tree: &ScanTree<'_>, about: usize) -> Option<String> {
    let is_author = |at: &usize| {
        let role = first(tree, *at, "roleterm");
        !is_of_another(tree, *at)
            && role
                .is_none_or(|role| matches!(role.to_ascii_lowercase().as_str(), "aut" | "author" | "cre" | "creator"))
    };
    let name = |at: usize| {
        let parts: Vec<usize> = tree.within(at, "namepart").collect();
        let is = |at: &usize, kind: &str| tree.value(*at, "type").is_some_and(|own| own == kind);
        let of = |kind: &'static str| parts.iter().copied().filter(move |at| is(at, kind));
        let others = parts.iter().copied().filter(|at| !["given", "family", "date"].iter().any(|kind| is(at, kind)));
        let all: Vec<String> = of("given").chain(others).chain(of("family")).filter_map(|at| tree.plain(at)).collect();
        Some(all.join(" ")).filter(|name| !name.is_empty())
    };
    let names: Vec<String> = tree.within(about, "name").filter(is_author).filter_map(name).collect();
    if names.is_empty() { first(tree, about, "creator") } else { Some(names.join(", ")) }
}
