//! Sizes on the command line, and how files are read: the flags that `dateline index` and `dateline inspect` share.

use dateline::source::{FieldName, FieldNames, Limits, ReadOptions};
use indicatif::HumanBytes;

/// Flags of what reads articles.
#[derive(clap::Args)]
pub(crate) struct ReadArgs {
    /// The longest record: bytes, or with k, M or G
    #[arg(long, default_value = "64M", value_parser = parse_bytes, value_name = "BYTES")]
    max_record: u64,
    /// What the records call a field: JSON keys, columns of a CSV file; repeatable. FIELD is one of id, url, outlet, date,
    /// headline, byline, body
    #[arg(long, value_name = "FIELD=NAME")]
    field: Vec<FieldName>,
}

impl ReadArgs {
    /// What the reader keeps to.
    pub(crate) fn options(&self) -> ReadOptions {
        ReadOptions {
            limits: Limits { max_record: self.max_record },
            fields: FieldNames::new(self.field.iter().cloned()),
        }
    }
}

/// Reads a size: bytes, or a number with k, M or G.
pub(crate) fn parse_bytes(text: &str) -> Result<u64, String> {
    let (digits, unit) = match text.find(|c: char| !c.is_ascii_digit()) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let scale: u64 = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        _ => return Err(format!("unknown unit {unit:?}; write bytes, or a number with k, M or G")),
    };
    let number: u64 = digits.parse().map_err(|_| "write bytes, or a number with k, M or G".to_owned())?;
    let bytes = number.checked_mul(scale).filter(|&b| b > 0);
    bytes.ok_or_else(|| format!("{} is out of range", HumanBytes(number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_bytes_or_carry_a_unit() {
        assert_eq!(parse_bytes("64M"), Ok(64_000_000));
        assert_eq!(parse_bytes("1000"), Ok(1000));
        assert_eq!(parse_bytes("2gb"), Ok(2_000_000_000));
        for bad in ["", "0", "M", "1x", "-1", "99999999999G"] {
            assert!(parse_bytes(bad).is_err(), "{bad}");
        }
        assert_eq!(parse_bytes("64M"), Ok(Limits::default().max_record), "the default that the flag shows");
    }
}
