//! Stage 1, load: the YAML files of a spec folder as serde types, and where each thing stands in them.

mod api;
mod drift;
mod entries;
mod load;
mod method;
mod positions;
mod releases;
mod types;

use std::path::PathBuf;

use schemars::JsonSchema;

pub use api::{ApiFile, ChangeKind, ChangelogEntry, ChangelogFile, ErrorCode, GroupSource, Limits, NamesFile, Retry};
pub use drift::{DriftException, DriftFile, DriftKind, DriftSide};
pub use entries::Entries;
pub use load::load;
pub use method::{Access, Advance, Batch, Example, MethodSource, MethodsFile, Paging};
pub use positions::{Position, Positions};
pub use releases::{PackageRelease, ReleaseSource, ReleasesFile};
pub use types::{EnumValue, Field, Scalar, TypeSource, TypesFile};

/// A whole spec folder, as it was written.
#[derive(Debug)]
pub struct Source {
    /// The text of every file, for problems that show it.
    pub texts: Texts,
    /// `api.yaml`.
    pub api: File<ApiFile>,
    /// `names.yaml`.
    pub names: File<NamesFile>,
    /// `changelog.yaml`.
    pub changelog: File<ChangelogFile>,
    /// `drift.yaml`; where there is none, nothing differs on purpose.
    pub drift: File<DriftFile>,
    /// `releases.yaml`; where there is none, nothing was released.
    pub releases: File<ReleasesFile>,
    /// `methods/*.yaml`, by file name.
    pub methods: Vec<File<MethodsFile>>,
    /// `types/*.yaml`, by file name.
    pub types: Vec<File<TypesFile>>,
}

/// One file: where it is and what it says.
#[derive(Debug)]
pub struct File<T> {
    /// Its path in the spec folder, with forward slashes.
    pub path: String,
    /// What it says.
    pub data: T,
}

/// The text of every file of a spec folder, by its path in the folder.
#[derive(Debug, Default, Clone)]
pub struct Texts {
    /// The folder, as it was named by the caller; problems show it before the path.
    pub root: PathBuf,
    /// Path and text.
    pub files: std::collections::BTreeMap<String, String>,
}

/// A YAML text as JSON, for tools that check a spec file by its schema.
///
/// # Errors
///
/// What is wrong with the YAML.
pub fn to_json(text: &str) -> Result<serde_json::Value, serde_yaml::Error> {
    serde_yaml::from_str(text).map(|yaml| crate::json::to_json(&yaml))
}

/// Any file of a spec folder, for the JSON Schema that helps in editors.
#[derive(JsonSchema)]
#[serde(untagged)]
#[schemars(title = "BaseLinker API spec", extend("description" = "Any file of the spec folder."))]
pub enum AnyFile {
    /// `api.yaml`.
    Api(ApiFile),
    /// A file of `methods/`.
    Methods(MethodsFile),
    /// A file of `types/`.
    Types(TypesFile),
    /// `changelog.yaml`.
    Changelog(ChangelogFile),
    /// `names.yaml`.
    Names(NamesFile),
    /// `drift.yaml`.
    Drift(DriftFile),
    /// `releases.yaml`.
    Releases(ReleasesFile),
}
