//! An article's names -> their words, as the index has them.

use crate::analysis::Analyzer;
use crate::article::sites;
use crate::hit::StoredArticle;
use crate::matching::Name;

/// The words of an article's names of a kind, a list for each name; hosts are words whole.
pub(crate) fn words_of_names(article: &StoredArticle, name: Name, analyzer: &Analyzer) -> Vec<Vec<String>> {
    let outlet = article.outlet.as_ref().map(|field| field.value.as_str());
    let words = |name: &str| analyzer.folded(name);
    match name {
        Name::Outlet => outlet.into_iter().map(words).collect(),
        Name::Credit => article.credit.iter().map(|name| words(name)).collect(),
        Name::Byline => article.byline.iter().map(|field| words(&field.value)).collect(),
        Name::Section => article.section.iter().map(|field| words(&field.value)).collect(),
        Name::Page => article.page.iter().map(|field| words(&field.value)).collect(),
        Name::Site => vec![sites(article.url.as_deref(), outlet)],
    }
}
