//! The name that may have been meant by one that is none.

/// The nearest of some names to what was typed, whatever the case of either; none where none is near: at most one edit in
/// three characters, at least one. An edit is a character more, less or other, or two neighbours swapped. Of equals the
/// first.
pub fn nearest<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let typed: Vec<char> = typed.to_lowercase().chars().collect();
    let most = (typed.len() / 3).max(1);
    let near = names.into_iter().map(|name| (apart(&typed, &name.to_lowercase().chars().collect::<Vec<_>>()), name));
    near.filter(|(edits, _)| *edits <= most).min_by_key(|(edits, _)| *edits).map(|(_, name)| name)
}

/// Edits between two words: the restricted Damerau-Levenshtein distance (optimal string alignment).
pub(crate) fn edits(one: &str, other: &str) -> usize {
    apart(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>())
}

fn apart(a: &[char], b: &[char]) -> usize {
    let (mut before, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=b.len()).collect());
    for i in 1..=a.len() {
        let mut this = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let other = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            this[j] = other.min(last[j] + 1).min(this[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                this[j] = this[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, this);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_meant_and_none_where_none_is_near() {
        let names = ["after", "before", "query", "weights", "n", "Radio Meridian"];
        for (typed, meant) in [
            ("after", Some("after")),
            ("afer", Some("after")),
            ("befroe", Some("before")),
            ("Qurey", Some("query")),
            ("wieght", Some("weights")),
            ("radio meridan", Some("Radio Meridian")),
            ("m", Some("n")),
            ("outlet", None),
            ("", Some("n")),
        ] {
            assert_eq!(nearest(typed, names), meant, "{typed}");
        }
    }
}
