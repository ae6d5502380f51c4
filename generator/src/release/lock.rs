//! The version of a crate in `Cargo.lock`, which names the crates of the repository with their versions.

/// The text with another version for a crate of the repository; crates of the same name that came from elsewhere have a `source`.
pub(super) fn with_version(text: &str, name: &str, version: &str) -> String {
    let head = format!("[[package]]\nname = \"{name}\"\nversion = \"");
    let is_ours = |at: &usize| !text[*at..].split("\n\n").next().unwrap_or_default().contains("\nsource = ");
    let Some(at) = text.match_indices(&head).map(|(at, _)| at).find(is_ours) else { return text.to_owned() };
    let (before, old) = text.split_at(at + head.len());
    let (_, after) = old.split_once('"').unwrap_or_default();
    format!("{before}{version}\"{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_crate_of_the_repository_moves() {
        let package = |name: &str, version: &str, more: &str| {
            format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n{more}")
        };
        let foreign = package("client", "0.1.0", "source = \"registry\"\n");
        let other = package("client-extra", "0.1.0", "dependencies = [\n \"client 0.1.0\",\n]\n");
        let text = |version| format!("version = 4\n\n{foreign}\n{}\n{other}", package("client", version, ""));
        assert_eq!(with_version(&text("0.1.0"), "client", "0.2.0"), text("0.2.0"));
        assert_eq!(with_version(&foreign, "client", "0.2.0"), foreign);
        assert_eq!(with_version("", "client", "0.2.0"), "");
    }
}
