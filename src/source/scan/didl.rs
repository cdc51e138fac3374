//! DIDL as Delpher has it: an issue, and articles with a file of their text each; and such a file of text.

use rustc_hash::FxHashSet;

use super::issue::{Issue, IssueArticle, IssuePart, PartUse};
use super::neighbours::below;
use super::page::{BlockUse, ScanBlock, ScanLine, ScanPage};
use super::tree::ScanTree;
use crate::source::Given;

/// What an article is called by its subject; others are advertisements, family notices and pictures.
const ARTICLE: &str = "artikel";

/// What a file states of its issue. Articles stand twice in it, under their page and by themselves: there they have their text.
pub(super) fn issue(tree: &ScanTree<'_>) -> Issue {
    let mut issue = Issue::default();
    let about = tree.all("dcx").next();
    let of_issue = |name: &str| about.and_then(|about| tree.within(about, name).find_map(|at| tree.plain(at)));
    let (outlet, date) = (of_issue("title"), of_issue("date"));
    let mut known = FxHashSet::default();
    for item in tree.all("item") {
        let own = |at: &usize| tree.around(*at).find(|around| tree.name(*around) == "item") == Some(item);
        let said = |name: &str| tree.within(item, name).filter(own).find_map(|at| tree.plain(at));
        let Some(subject) = said("subject") else { continue };
        let text = tree.within(item, "resource").filter(own).find(|at| is_text(tree, *at));
        let id = said("recordidentifier").or_else(|| tree.value(item, "identifier"));
        let Some(resource) = text.filter(|_| subject == ARTICLE && known.insert(id.clone())) else { continue };
        let Some(name) = file_name(tree, resource) else { continue };
        let file = issue.files.len();
        issue.files.push(below(&name).ok_or(name));
        let part =
            IssuePart { file, block: None, said: PartUse::Own, tag: tree.nodes[resource].tag.clone(), goes_on: false };
        let part_of = tree.within(item, "article-part").filter(own).find_map(|at| tree.value(at, "pageid"));
        let page = part_of.as_deref().and_then(page_number);
        let (outlet, date) = (outlet.clone(), date.clone());
        let given = Given { id, headline: said("title"), outlet, date, page, ..Given::default() };
        issue.articles.push(IssueArticle { span: tree.span(item), given, titles: Vec::new(), parts: vec![part] });
    }
    issue
}

/// Files that an issue names beside the texts of its articles: its pages, and the texts of what is no article.
pub(super) fn others(tree: &ScanTree<'_>) -> Vec<String> {
    tree.all("resource").filter_map(|at| file_name(tree, at)).collect()
}

/// The number of a page by its identifier: `ddd:010724973:mpeg21:p001`.
fn page_number(id: &str) -> Option<String> {
    let number = id.rsplit(':').next()?.strip_prefix('p')?.trim_start_matches('0');
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then(|| number.to_owned())
}

fn file_name(tree: &ScanTree<'_>, resource: usize) -> Option<String> {
    tree.value(resource, "filename").or_else(|| tree.value(resource, "ref"))
}

/// Whether a resource is the text of an article.
fn is_text(tree: &ScanTree<'_>, resource: usize) -> bool {
    let component = tree.around(resource).find(|at| tree.name(*at) == "component");
    component.and_then(|at| tree.value(at, "identifier")).is_some_and(|id| id.ends_with(":ocr"))
}

/// A file of an article's text as a page: its title, and its paragraphs.
pub(super) fn text(tree: &ScanTree<'_>) -> Vec<ScanPage> {
    let block = |at: usize| {
        let mut line = ScanLine::default();
        let inside = tree.nodes[at].inside.clone();
        line.push(&tree.text[inside.clone()], inside.start, None);
        let kind = if tree.name(at) == "title" { BlockUse::Heading } else { BlockUse::Text };
        ScanBlock { kind, lines: vec![line], ..ScanBlock::default() }
    };
    let parts = tree.children(0).filter(|at| matches!(tree.name(*at), "title" | "p"));
    vec![ScanPage { span: tree.span(0), blocks: parts.map(block).collect(), ..ScanPage::default() }]
}
