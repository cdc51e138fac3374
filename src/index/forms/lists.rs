//! What is written of a form, as bytes: its documents, and where they have it with a capital. Numbers are distances from
//! one to the next, seven bits a byte.

use crate::analysis::CapitalAt;

/// The documents that have a form with a capital, ascending, in memory that is used again.
#[derive(Debug, Default)]
pub(super) struct Capitalized {
    /// Each document, whether it has the form without a capital too, and where its places end.
    docs: Vec<(u32, bool, usize)>,
    /// Where they have the form with a capital, end to end.
    places: Vec<CapitalAt>,
}

impl Capitalized {
    pub fn clear(&mut self) {
        self.docs.clear();
        self.places.clear();
    }

    /// How many documents have the form with a capital of its own alone, and of how many nothing can be told.
    fn count(&self) -> (u32, u32) {
        let (mut capital_only, mut unclear, mut start) = (0, 0, 0);
        for &(_, small_too, end) in &self.docs {
            let tells = self.places[start..end].iter().any(|place| place.is_inside());
            capital_only += u32::from(!small_too && tells);
            unclear += u32::from(!small_too && !tells);
            start = end;
        }
        (capital_only, unclear)
    }

    /// Adds a document that comes behind those that are there, and its places, ascending.
    pub fn push(&mut self, doc: u32, small_too: bool, places: impl Iterator<Item = CapitalAt>) {
        self.places.extend(places);
        self.docs.push((doc, small_too, self.places.len()));
    }
}

/// Appends a number.
fn put(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes a number off the front; none where there is none, or where it is cut off.
fn take(bytes: &mut &[u8]) -> Option<u32> {
    let (mut number, mut shift) = (0_u32, 0);
    loop {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f).wrapping_shl(shift);
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

/// Takes a number off the front, and as many bytes.
fn take_bytes<'a>(bytes: &mut &'a [u8]) -> &'a [u8] {
    let length = take(bytes).map_or(0, |length| length as usize).min(bytes.len());
    let (taken, rest) = bytes.split_at(length);
    *bytes = rest;
    taken
}

/// Appends ascending numbers.
pub(super) fn encode(numbers: impl IntoIterator<Item = u32>, out: &mut Vec<u8>) {
    let mut last = 0;
    for number in numbers {
        put(number.wrapping_sub(last), out);
        last = number;
    }
}

/// The numbers that [`encode`] wrote; what is cut off in the middle of one is passed over.
pub(super) fn decode(mut bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut last: u32 = 0;
    std::iter::from_fn(move || {
        last = last.wrapping_add(take(&mut bytes)?);
        Some(last)
    })
}

/// Writes lists of forms, in memory that is used again.
#[derive(Default)]
pub(super) struct ListWriter {
    docs: Vec<u8>,
    places: Vec<u8>,
    bytes: Vec<u8>,
}

impl ListWriter {
    /// The bytes of a form's documents, ascending and once each, and of those of them that have it with a capital.
    pub fn list(&mut self, docs: &[u32], capitalized: &Capitalized) -> &[u8] {
        let Self { docs: documents, places, bytes } = self;
        documents.clear();
        encode(docs.iter().copied(), documents);
        bytes.clear();
        put(documents.len() as u32, bytes);
        bytes.extend_from_slice(documents);
        if capitalized.docs.is_empty() {
            return bytes;
        }
        let (capital_only, unclear) = capitalized.count();
        put(capital_only, bytes);
        put(unclear, bytes);
        let (mut last, mut start) = (0, 0);
        for &(doc, small_too, end) in &capitalized.docs {
            put(doc - last, bytes);
            places.clear();
            encode(capitalized.places[start..end].iter().map(|place| place.code()), places);
            // the lowest bit of the length says whether there are small ones too
            put((places.len() as u32) << 1 | u32::from(small_too), bytes);
            bytes.extend_from_slice(places);
            (last, start) = (doc, end);
        }
        bytes
    }
}

/// What [`ListWriter`] wrote of a form.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FormList<'a> {
    docs: &'a [u8],
    /// How many documents have the form with a capital of its own alone, deleted ones too.
    pub capital_only: u32,
    /// How many have it with a capital that may be that of a sentence or of a headline alone, deleted ones too.
    pub unclear: u32,
    capitalized: &'a [u8],
}

impl<'a> FormList<'a> {
    /// Of the bytes of a list.
    pub fn of(mut bytes: &'a [u8]) -> Self {
        let docs = take_bytes(&mut bytes);
        let [capital_only, unclear] = [0, 0].map(|_| take(&mut bytes).unwrap_or(0));
        Self { docs, capital_only, unclear, capitalized: bytes }
    }

    /// The documents that have the form, deleted ones too, ascending.
    pub fn docs(self) -> impl Iterator<Item = u32> + 'a {
        decode(self.docs)
    }

    /// Those of them that have it with a capital, ascending.
    pub fn capitalized(self) -> CapitalizedDocs<'a> {
        CapitalizedDocs { bytes: self.capitalized, last: 0 }
    }
}

/// Documents that have a form with a capital, ascending.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CapitalizedDocs<'a> {
    bytes: &'a [u8],
    last: u32,
}

impl<'a> CapitalizedDocs<'a> {
    /// Those that come behind `last`, of which the list's last `left` bytes tell.
    pub fn behind(self, last: u32, left: usize) -> Self {
        Self { bytes: &self.bytes[self.bytes.len().saturating_sub(left)..], last }
    }

    /// How many bytes tell of those that are still to come.
    pub fn left(&self) -> usize {
        self.bytes.len()
    }
}

/// A document that has a form with a capital, its places not read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CapitalizedDoc<'a> {
    /// The document.
    pub doc: u32,
    /// Whether it has the form without a capital too.
    pub small_too: bool,
    places: &'a [u8],
}

impl<'a> CapitalizedDoc<'a> {
    /// Whether it has the form with a capital of its own somewhere.
    pub fn tells(self) -> bool {
        self.places().any(CapitalAt::is_inside)
    }

    /// Where it has the form with a capital, ascending.
    pub fn places(self) -> impl Iterator<Item = CapitalAt> + 'a {
        decode(self.places).map(CapitalAt::of_code)
    }
}

impl<'a> Iterator for CapitalizedDocs<'a> {
    type Item = CapitalizedDoc<'a>;

    fn next(&mut self) -> Option<CapitalizedDoc<'a>> {
        self.last = self.last.wrapping_add(take(&mut self.bytes)?);
        let length = take(&mut self.bytes)?;
        let (places, rest) = self.bytes.split_at_checked(length as usize >> 1)?;
        self.bytes = rest;
        Some(CapitalizedDoc { doc: self.last, small_too: length & 1 == 1, places })
    }
}

/// Appends words of one stem, ascending: each as the bytes that it shares with the stem, and the rest of it.
pub(super) fn encode_family<'w>(stem: &str, forms: impl Iterator<Item = &'w str>, out: &mut Vec<u8>) {
    for form in forms {
        let mut shared = stem.bytes().zip(form.bytes()).take_while(|(a, b)| a == b).count();
        while !form.is_char_boundary(shared) {
            shared -= 1;
        }
        put(shared as u32, out);
        put((form.len() - shared) as u32, out);
        out.extend_from_slice(&form.as_bytes()[shared..]);
    }
}

/// The words that [`encode_family`] wrote; what is damaged is passed over.
pub(super) fn decode_family(stem: &str, mut bytes: &[u8]) -> Vec<String> {
    let mut forms = Vec::new();
    while let Some(shared) = take(&mut bytes) {
        let rest = std::str::from_utf8(take_bytes(&mut bytes));
        if let (Some(shared), Ok(rest)) = (stem.get(..shared as usize), rest) {
            forms.push(format!("{shared}{rest}"));
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Capital;

    #[test]
    fn what_is_encoded_comes_back() {
        for docs in [vec![], vec![0], vec![0, 1, 2, 130, 20_000, 3_000_000, u32::MAX], vec![u32::MAX - 1]] {
            let mut bytes = Vec::new();
            encode(docs.iter().copied(), &mut bytes);
            assert_eq!(decode(&bytes).collect::<Vec<_>>(), docs);
        }
    }

    #[test]
    fn capitals_come_back() {
        type Doc = (u32, bool, Vec<CapitalAt>);
        let at = |position, capital| CapitalAt::new(position, capital, position > 0);
        let wide: Vec<CapitalAt> = (0..300).map(|n| at(n * 700, Capital::First)).collect();
        let cases: [Vec<Doc>; 3] = [
            vec![],
            vec![(0, false, vec![at(0, Capital::All)])],
            vec![(3, true, vec![at(300, Capital::First), at(301, Capital::All)]), (1_000, false, wide)],
        ];
        for documents in cases {
            let mut capitalized = Capitalized::default();
            documents.iter().for_each(|(doc, small, places)| capitalized.push(*doc, *small, places.iter().copied()));
            let docs = [0, 3, 77, 1_000];
            let mut writer = ListWriter::default();
            let list = FormList::of(writer.list(&docs, &capitalized));
            assert_eq!(list.docs().collect::<Vec<_>>(), docs);
            let tells = |(_, small, places): &&Doc| !small && places.iter().any(|place| place.is_inside());
            assert_eq!(list.capital_only as usize, documents.iter().filter(tells).count());
            assert_eq!(list.unclear as usize, documents.iter().filter(|one| !one.1 && !tells(one)).count());
            let read = list.capitalized().map(|found| (found.doc, found.small_too, found.places().collect()));
            assert_eq!(read.collect::<Vec<Doc>>(), documents);
        }
    }

    #[test]
    fn a_family_comes_back() {
        for (stem, forms) in
            [("lock", vec!["lock", "locke", "locked"]), ("happi", vec!["happy"]), ("ё", vec!["е", "ёж"])]
        {
            let mut bytes = Vec::new();
            encode_family(stem, forms.iter().copied(), &mut bytes);
            assert_eq!(decode_family(stem, &bytes), forms);
        }
    }
}
