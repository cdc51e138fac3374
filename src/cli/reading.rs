//! Sizes on the command line, and how files are read: the flags that `dateline index` and `dateline inspect` share.

use dateline::source::{FieldName, FieldNames, Limits, ReadOptions};
use indicatif::HumanBytes;

/// The longest record where nothing is said.
const MAX_RECORD: &str = "64M";
/// What indexing may take where nothing is said.
pub(crate) const MEMORY: &str = "512M";

/// Flags of what reads articles.
#[derive(clap::Args)]
pub(crate) struct ReadArgs {
    /// The longest record: bytes, or with k, M or G (64M is 64 MiB)
    #[arg(long, default_value = MAX_RECORD, value_parser = parse_bytes, value_name = "BYTES")]
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
            limits: Limits { max_record: self.max_record, ..Limits::default() },
            fields: FieldNames::new(self.field.iter().cloned()),
        }
    }
}

/// Reads a size: bytes, or a number with k, M or G, which are powers of 1024 however they are spelled.
pub(crate) fn parse_bytes(text: &str) -> Result<u64, String> {
    let (digits, unit) = match text.find(|c: char| !c.is_ascii_digit()) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let scale: u64 = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        _ => return Err(format!("unknown unit \"{unit}\"; write bytes, or a number with k, M or G")),
    };
    let number: u64 = digits.parse().map_err(|_| "write bytes, or a number with k, M or G".to_owned())?;
    let bytes = number.checked_mul(scale).filter(|&b| b > 0);
    bytes.ok_or_else(|| format!("{} is out of range", HumanBytes(number)))
}

#[cfg(test)]
mod tests {
    use dateline::budget::Budget;

    use super::*;

    #[test]
    fn sizes_are_bytes_or_carry_a_unit() {
        for (text, bytes) in [
            ("1000", 1000),
            ("7b", 7),
            ("2k", 2048),
            ("2KB", 2048),
            ("2KiB", 2048),
            ("64M", 64 << 20),
            ("64mb", 64 << 20),
            ("64MiB", 64 << 20),
            ("2g", 2 << 30),
            ("2GB", 2 << 30),
            ("2gib", 2 << 30),
        ] {
            assert_eq!(parse_bytes(text), Ok(bytes), "{text}");
        }
        for bad in ["", "0", "M", "1x", "-1", "1.5G", "99999999999G"] {
            assert!(parse_bytes(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_defaults_that_flags_show_are_those_of_the_library() {
        assert_eq!(parse_bytes(MAX_RECORD), Ok(Limits::default().max_record));
        assert_eq!(parse_bytes(MEMORY), Ok(Budget::default().bytes()));
    }
}
