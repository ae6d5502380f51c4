//! What an address says of where it leads: the host, and whether that is this machine.

use std::net::IpAddr;

/// The host of an address, without a port.
pub(crate) fn host(address: &str) -> &str {
    let behind = address.split_once("://").map_or(address, |(_, behind)| behind);
    let authority = behind.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    match host.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    }
}

/// Whether an address leads to this machine.
#[must_use]
pub fn is_here(address: &str) -> bool {
    let host = host(address);
    host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_here() {
        for here in ["http://127.0.0.1:8080/a", "http://localhost", "https://[::1]:1/?a=b", "http://127.1.2.3#a"] {
            assert!(is_here(here), "{here}");
        }
        for elsewhere in
            ["https://api.example.com/", "http://127.0.0.1@example.com/", "http://localhost.example.com", ""]
        {
            assert!(!is_here(elsewhere), "{elsewhere}");
        }
    }
}
