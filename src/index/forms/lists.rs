//! Lists of documents as bytes: distances from one to the next, seven bits a byte.

/// Appends ascending numbers.
pub(super) fn encode(docs: &[u32], out: &mut Vec<u8>) {
    let mut last = 0;
    for &doc in docs {
        let mut distance = doc - last;
        last = doc;
        while distance >= 0x80 {
            out.push(distance as u8 | 0x80);
            distance >>= 7;
        }
        out.push(distance as u8);
    }
}

/// The numbers that [`encode`] wrote; what is cut off in the middle of one is passed over.
pub(super) fn decode(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut bytes = bytes.iter();
    let mut last: u32 = 0;
    std::iter::from_fn(move || {
        let (mut distance, mut shift) = (0_u32, 0);
        loop {
            let byte = *bytes.next()?;
            distance |= u32::from(byte & 0x7f).wrapping_shl(shift);
            if byte < 0x80 {
                break;
            }
            shift += 7;
        }
        last = last.wrapping_add(distance);
        Some(last)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_comes_back() {
        for docs in [vec![], vec![0], vec![0, 1, 2, 130, 20_000, 3_000_000, u32::MAX], vec![u32::MAX - 1]] {
            let mut bytes = Vec::new();
            encode(&docs, &mut bytes);
            assert_eq!(decode(&bytes).collect::<Vec<_>>(), docs);
        }
    }
}
