//! `spec/releases.yaml`: what was released of each package, written by `cargo xtask release`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Entries;

/// `spec/releases.yaml`: what was released.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleasesFile {
    /// The releases, newest first.
    pub releases: Vec<ReleaseSource>,
}

/// One release.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseSource {
    /// The snapshot of the surface that it was made from, such as `2026-04-20`.
    pub snapshot: String,
    /// The packages that it has a version of.
    pub packages: Entries<PackageRelease>,
}

/// The version of one package.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageRelease {
    /// Its version.
    pub version: String,
    /// What those who use it must look at.
    #[serde(default)]
    pub breaking: Vec<String>,
    /// What there is more than before.
    #[serde(default)]
    pub features: Vec<String>,
    /// What works or is documented better.
    #[serde(default)]
    pub fixes: Vec<String>,
}
