//! What furniture hints at and cannot state alone.

use std::cell::OnceCell;
use std::sync::LazyLock;

use super::follow::followed;
use super::holder::holder;
use super::spelling::{is_same, key};
use crate::extract::names::{self, Outlets};
use crate::extract::page::{Page, Role};
use crate::extract::{Label, address};
use crate::lexicon;

/// Hosts that are no news outlet's own.
static OTHER_HOSTS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::HOSTS.labelled("other"));

/// What furniture hints at and cannot state. Collected when it is first asked for: most pages never ask.
pub(super) struct Hints<'p> {
    page: &'p Page<'p>,
    keys: OnceCell<HintKeys>,
}

/// Hints as keys of names.
#[derive(Debug, Default)]
struct HintKeys {
    /// Holders of copyright, hosts of addresses and mail, who is to be followed.
    sites: Vec<String>,
    /// Handles, which people have as well.
    handles: Vec<String>,
}

impl<'p> Hints<'p> {
    pub(super) fn new(page: &'p Page<'p>) -> Self {
        Self { page, keys: OnceCell::new() }
    }

    /// The outlets that the page's names are held against.
    pub(super) fn outlets(&self) -> Outlets<'p> {
        self.page.outlets
    }

    fn keys(&self) -> &HintKeys {
        self.keys.get_or_init(|| collect_hints(self.page))
    }

    /// Whether a key is the site's by other furniture.
    pub(super) fn is_site(&self, key: &str) -> bool {
        self.keys().sites.iter().any(|site| site == key)
    }

    /// Whether a name that would not do alone is hinted at.
    pub(super) fn confirm(&self, name: &str) -> bool {
        let wanted = key(name, self.page.outlets);
        let among = |keys: &[String]| keys.iter().any(|hint| is_same(hint, &wanted));
        let keys = self.keys();
        wanted.len() >= 4 && (among(&keys.sites) || (among(&keys.handles) && !names::is_person_like(name)))
    }
}

fn collect_hints(page: &Page<'_>) -> HintKeys {
    let key = |name: &str| key(name, page.outlets);
    let mut hints = HintKeys::default();
    for unit in &page.units {
        let Role::Drop(kind) = unit.role else { continue };
        if matches!(kind, Label::Related | Label::InlineLink | Label::Caption | Label::Spam) {
            continue;
        }
        if kind == Label::Copyright {
            hints.sites.extend(holder(&unit.text, page.outlets).map(key));
        }
        if kind == Label::Promo {
            hints.sites.extend(followed(&unit.text, page.outlets, &|_| false).into_iter().map(key));
        }
        if memchr::memchr2(b'@', b'.', unit.text.as_bytes()).is_none() {
            continue;
        }
        let words = unit.text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')'));
        for word in words.filter(|w| w.contains(['@', '.'])) {
            let word = word.trim_end_matches(['.', ':', ';']);
            if let Some(handle) = word.strip_prefix('@') {
                hints.handles.push(names::squash(handle));
            }
            let host = word.rsplit('@').next().and_then(address::host);
            hints.sites.extend(host.filter(|h| !is_other(h)).map(|h| key(&h)));
        }
    }
    hints
}

pub(in crate::extract) fn is_other(host: &str) -> bool {
    OTHER_HOSTS.iter().any(|o| host == *o || host.strip_suffix(o).is_some_and(|h| h.ends_with('.')))
}
