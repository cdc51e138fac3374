//! Flags that narrow what is looked at.

use dateline::query::Typed;

/// Flags that narrow what is looked at.
#[derive(clap::Args)]
pub(crate) struct FilterArgs {
    /// Only articles of this outlet (its name, or words of it); of one of several where given more than once
    #[arg(long, value_name = "NAME")]
    pub outlet: Vec<String>,
    /// Only articles of this day, month or year, or later
    #[arg(long, value_name = "DATE")]
    pub after: Option<String>,
    /// Only articles of this day, month or year, or earlier
    #[arg(long, value_name = "DATE")]
    pub before: Option<String>,
}

impl FilterArgs {
    /// These words, narrowed.
    pub fn typed<'a>(&'a self, words: &'a str, strict: bool) -> Typed<'a> {
        let Self { outlet, after, before } = self;
        let (after, before) = (after.as_deref(), before.as_deref());
        Typed { words, plain: false, outlets: outlet, after, before, around: None, strict }
    }
}
