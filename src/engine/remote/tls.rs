//! How a cluster is spoken to over TLS; without the feature `tls`, that it is not.

use ureq::config::ConfigBuilder;
use ureq::typestate::AgentScope;

use super::address::Address;
use crate::error::Result;

#[cfg(feature = "tls")]
pub(super) use with_tls::{is_insecure, secured};
#[cfg(not(feature = "tls"))]
pub(super) use without_tls::{is_insecure, secured};

/// What an agent is made of.
type AgentConfig = ConfigBuilder<AgentScope>;

#[cfg(feature = "tls")]
mod with_tls {
    use std::sync::Arc;

    use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

    use super::{Address, AgentConfig, Result};
    use crate::error::Error;

    /// A configuration that trusts the authorities it was given, or else those of the web.
    ///
    /// # Errors
    /// Where the authorities hold no certificate.
    pub fn secured(config: AgentConfig, _: &Address, authorities: Option<&[u8]>) -> Result<AgentConfig> {
        let Some(authorities) = authorities else { return Ok(config) };
        let roots = RootCerts::Specific(Arc::new(certificates(authorities)?));
        Ok(config.tls_config(TlsConfig::builder().root_certs(roots).build()))
    }

    /// Whether it is the certificate, or how the two sides would speak, that is wrong.
    pub fn is_insecure(error: &ureq::Error) -> bool {
        match error {
            ureq::Error::Tls(_) | ureq::Error::Rustls(_) => true,
            ureq::Error::Io(error) => error.kind() == std::io::ErrorKind::InvalidData,
            _ => false,
        }
    }

    fn certificates(pem: &[u8]) -> Result<Vec<Certificate<'static>>> {
        let of_pem = |item: std::result::Result<PemItem<'static>, ureq::Error>| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        };
        let certificates: Vec<Certificate<'static>> = parse_pem(pem).filter_map(of_pem).collect();
        match certificates.is_empty() {
            true => Err(Error::request("DATELINE_OPENSEARCH_CA: no certificate in it", "name a file in PEM")),
            false => Ok(certificates),
        }
    }
}

#[cfg(not(feature = "tls"))]
mod without_tls {
    use super::{Address, AgentConfig, Result};
    use crate::error::Error;

    /// The configuration as it is.
    ///
    /// # Errors
    /// Where a node is to be spoken to over https.
    pub fn secured(config: AgentConfig, address: &Address, _: Option<&[u8]>) -> Result<AgentConfig> {
        match address.nodes.iter().find(|node| node.starts_with("https://")) {
            Some(node) => Err(Error::request(
                format!("{node}: this dateline was built without TLS"),
                "build it with `cargo install --locked --features tls`",
            )),
            None => Ok(config),
        }
    }

    /// Nothing is, without TLS.
    pub fn is_insecure(_: &ureq::Error) -> bool {
        false
    }
}
