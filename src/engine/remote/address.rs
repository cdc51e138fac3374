//! Where an archive on a cluster is: `opensearch:http://127.0.0.1:9201/news`.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// What stands before the address of an OpenSearch cluster.
const SCHEME: &str = "opensearch:";
/// The form of an address, for messages.
const FORM: &str = "write opensearch:http://HOST:PORT/INDEX, several hosts parted by commas";

/// A cluster and an index on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Its nodes, one at least: scheme, host and port, without a slash behind.
    pub nodes: Vec<String>,
    /// The index.
    pub index: String,
}

impl Address {
    /// The index beside it that holds the list of files.
    pub fn files_index(&self) -> String {
        format!("{}-files", self.index)
    }
}

impl Address {
    /// The first node that is reached over a network, and without encryption.
    pub fn plain_node(&self) -> Option<&str> {
        let is_here = |host: &str| {
            let name = match host.strip_prefix('[') {
                Some(rest) => rest.split(']').next().unwrap_or_default(),
                None => host.split([':', '/']).next().unwrap_or_default(),
            };
            name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
        };
        let is_plain = |node: &&str| node.strip_prefix("http://").is_some_and(|host| !is_here(host));
        self.nodes.iter().map(String::as_str).find(is_plain)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{SCHEME}{}/{}", self.nodes.join(","), self.index)
    }
}

impl FromStr for Address {
    type Err = String;

    /// Reads `opensearch:` and a URL of the index; further nodes may stand behind the first, parted by commas, with or
    /// without `http://`.
    fn from_str(text: &str) -> Result<Self, String> {
        let url = text.strip_prefix(SCHEME).ok_or_else(|| format!("\"{text}\" names no engine; {FORM}"))?;
        let (scheme, rest) = url.split_once("://").ok_or_else(|| format!("\"{text}\" names no scheme; {FORM}"))?;
        if !matches!(scheme, "http" | "https") {
            return Err(format!("{scheme}: is neither http nor https; {FORM}"));
        }
        if rest.contains('@') {
            return Err("a password does not belong in an address; put user and password into \
                        DATELINE_OPENSEARCH_USER and DATELINE_OPENSEARCH_PASSWORD"
                .into());
        }
        let (hosts, index) =
            rest.trim_end_matches('/').rsplit_once('/').ok_or_else(|| format!("\"{text}\" names no index; {FORM}"))?;
        check_index(index)?;
        let node = |host: &str| {
            let host = host.trim().trim_end_matches('/');
            if host.contains("://") { host.to_owned() } else { format!("{scheme}://{host}") }
        };
        let nodes: Vec<String> = hosts.split(',').filter(|host| !host.trim().is_empty()).map(node).collect();
        if nodes.is_empty() {
            return Err(format!("\"{text}\" names no host; {FORM}"));
        }
        Ok(Self { nodes, index: index.to_owned() })
    }
}

/// What OpenSearch takes for the name of an index.
fn check_index(index: &str) -> Result<(), String> {
    let is_fit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
    let starts_well = index.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    if index.is_empty() || index.len() > 200 || !starts_well || !index.chars().all(is_fit) {
        return Err(format!("\"{index}\" is no name of an index; take small letters, digits, - and _"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_nodes_and_an_index() {
        for (text, nodes, index) in [
            ("opensearch:http://127.0.0.1:9201/news", "http://127.0.0.1:9201", "news"),
            ("opensearch:https://a:9200,b:9200/news-2018/", "https://a:9200 https://b:9200", "news-2018"),
            ("opensearch:http://a:1,http://b:2/n", "http://a:1 http://b:2", "n"),
            ("opensearch:https://host/path/n", "https://host/path", "n"),
        ] {
            let address: Address = text.parse().expect(text);
            assert_eq!((address.nodes.join(" ").as_str(), address.index.as_str()), (nodes, index), "{text}");
        }
    }

    #[test]
    fn a_node_beyond_this_machine_without_encryption_is_seen() {
        for (nodes, plain) in [
            ("http://127.0.0.1:9201,http://localhost:2,http://[::1]:3,http://127.8.0.1/path", None),
            ("https://a:9200,https://10.0.0.1", None),
            ("https://a,http://news.example:9200", Some("http://news.example:9200")),
            ("http://10.0.0.1:9200", Some("http://10.0.0.1:9200")),
            ("http://localhost.example:9200", Some("http://localhost.example:9200")),
            ("http://[2001:db8::1]:9200", Some("http://[2001:db8::1]:9200")),
        ] {
            let address: Address = format!("opensearch:{nodes}/news").parse().expect(nodes);
            assert_eq!(address.plain_node(), plain, "{nodes}");
        }
    }

    #[test]
    fn what_is_no_address_is_told_with_the_way_out() {
        for (text, told) in [
            ("http://127.0.0.1:9201/news", "names no engine"),
            ("opensearch:127.0.0.1:9201/news", "names no scheme"),
            ("opensearch:ftp://a/news", "neither http nor https"),
            ("opensearch:http://a:9201", "names no index"),
            ("opensearch:http://me:secret@a/news", "DATELINE_OPENSEARCH_PASSWORD"),
            ("opensearch:http://a/News", "no name of an index"),
            ("opensearch:http:///news", "names no host"),
        ] {
            let error = text.parse::<Address>().expect_err(text);
            assert!(error.contains(told), "{text}: {error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
