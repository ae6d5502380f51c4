//! The rules: what a kind of change means for those who use each package. The table in `docs/change-rules.md` is made of this one.

use std::fmt::Write;

use serde::Serialize;

/// The packages, in the order in which rules speak of them.
pub const PACKAGES: [&str; 4] = ["rust", "typescript", "python", "schemas"];

/// How much a change asks of those who use a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// The package is as it was.
    None,
    /// Nothing that was written for it needs to change, and nothing new can be written.
    Fix,
    /// There is more than before.
    Feature,
    /// Something that worked may not compile, not be accepted, or mean something else.
    Breaking,
}

use Step::{Breaking as B, Feature as F, Fix as x, None as o};

/// A kind of change, and what it means.
#[derive(Debug)]
pub struct Rule {
    /// Its name, which never changes.
    pub id: &'static str,
    /// The step for each of [`PACKAGES`].
    pub steps: [Step; 4],
    /// What happened, and why it means that.
    pub why: &'static str,
}

impl Rule {
    /// The greatest of its steps.
    #[must_use]
    pub fn worst(&self) -> Step {
        self.steps.into_iter().fold(Step::None, Ord::max)
    }
}

impl Step {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Fix => "fix",
            Self::Feature => "feature",
            Self::Breaking => "breaking",
        }
    }
}

const fn rule(id: &'static str, steps: [Step; 4], why: &'static str) -> Rule {
    Rule { id, steps, why }
}

/// All rules, in the order in which the docs tell them.
pub const RULES: &[Rule] = &[
    rule("method-added", [F, F, F, F], "A new method."),
    rule("method-removed", [B, B, B, B], "A method is gone."),
    rule(
        "method-not-read",
        [B, B, B, x],
        "A method counts as one that changes the account: read-only clients refuse it, and it is not sent again.",
    ),
    rule(
        "access-changed",
        [x, x, x, x],
        "Whether a method changes the account, or may be sent twice, is known better: clients retry more or less.",
    ),
    rule("group-changed", [B, x, x, x], "A method is in another group, which is a cargo feature."),
    rule("deprecated", [F, F, F, F], "Something should not be used any more; it still works, with a warning."),
    rule("not-deprecated", [x, x, x, x], "Something is not deprecated any more."),
    rule("batch-added", [F, F, F, x], "A method can be called in batches."),
    rule("batch-removed", [B, B, B, x], "A method cannot be called in batches any more."),
    rule("batch-changed", [x, x, x, x], "Batches have another size, or are cut from another parameter."),
    rule("paging-added", [F, F, F, x], "A method can be read page by page."),
    rule("paging-removed", [B, B, B, x], "A method cannot be read page by page any more."),
    rule("paging-items-changed", [B, B, B, x], "Pages hold other items, which have another type."),
    rule(
        "paging-changed",
        [x, x, x, x],
        "Pages follow each other by another rule; programs that read them stay as they are.",
    ),
    rule(
        "alternatives-tightened",
        [x, x, x, B],
        "One of several parameters must be sent, and fewer calls do; only schemas check it before the API does.",
    ),
    rule("alternatives-loosened", [x, x, x, F], "One of several parameters must be sent, and more calls do."),
    rule(
        "arguments-reordered",
        [B, x, x, o],
        "What must be given has another order, which is that of a constructor's arguments in Rust; elsewhere arguments have names.",
    ),
    rule("request-field-added", [F, F, F, F], "More can be sent."),
    rule("request-required-field-added", [B, B, B, B], "Something new must be sent."),
    rule("request-field-removed", [B, B, B, B], "Something cannot be sent any more."),
    rule("request-became-required", [B, B, B, B], "What could be sent must be."),
    rule(
        "request-became-optional",
        [B, F, F, F],
        "What had to be sent need not be; in Rust it leaves the constructor and becomes an `Option`.",
    ),
    rule("request-type-changed", [B, B, B, B], "Another kind of value is sent."),
    rule(
        "request-type-renamed",
        [B, B, B, x],
        "The same JSON is sent, under another type, such as `OrderId` for `int`.",
    ),
    rule(
        "request-type-widened",
        [B, F, F, F],
        "An object may be sent where only a text could; in Rust it is another type.",
    ),
    rule(
        "request-limit-tightened",
        [x, x, x, B],
        "Fewer values are accepted. Clients leave that to the API; schemas check it.",
    ),
    rule("request-limit-loosened", [x, x, x, F], "More values are accepted."),
    rule("request-pattern-changed", [x, x, x, B], "An identifier that is sent matches another pattern."),
    rule(
        "default-changed",
        [x, x, x, x],
        "The API takes another value for what is not sent. It does so for every version of a package, and none sends it.",
    ),
    rule("unit-changed", [B, B, B, B], "A number means something else."),
    rule("reply-field-added", [F, F, F, F], "A reply tells more."),
    rule(
        "reply-identity-added",
        [B, B, B, B],
        "A reply without the new field fails to decode, where it did not before.",
    ),
    rule("reply-field-removed", [B, B, B, B], "A reply tells less."),
    rule("reply-field-renamed", [B, B, B, F], "A field has another name, and is read under both."),
    rule(
        "reply-became-required",
        [B, B, B, B],
        "A reply without the field fails to decode, where it did not before; its type is not optional any more.",
    ),
    rule("reply-became-optional", [B, B, B, B], "A field that was always there may be missing; its type is optional."),
    rule("reply-type-changed", [B, B, B, B], "Another kind of value is read."),
    rule("reply-type-renamed", [B, B, B, x], "The same JSON is read as another type, such as `OrderId` for `int`."),
    rule("type-alike", [x, x, x, x], "A type that every package has as the same, such as `money` for `decimal`."),
    rule("reply-limit-changed", [x, x, x, x], "What a reply may hold is documented otherwise; nothing checks it."),
    rule("only-with-changed", [x, x, x, x], "Another parameter asks for a field of a reply."),
    rule("alias-added", [x, x, x, x], "A field is also read under another key."),
    rule("alias-removed", [B, B, B, B], "A field is not read any more under a key that some replies had it."),
    rule("type-added", [F, F, F, o], "A new type; schemas have no names."),
    rule("type-removed", [B, B, B, o], "A type is gone; schemas have no names."),
    rule(
        "type-kind-changed",
        [B, B, B, B],
        "A type is of another kind: an identifier, an enum or an object, a number or a text.",
    ),
    rule("type-use-added", [F, F, F, o], "A type that was only sent is also received, or the other way round."),
    rule(
        "type-use-removed",
        [B, x, x, o],
        "A type is not sent, or not received any more; in Rust it loses what only that needs.",
    ),
    rule("enum-opened", [x, x, x, F], "An enum takes other values than the known ones. Clients always do."),
    rule("enum-closed", [x, x, x, B], "An enum takes the known values only. Clients still take others."),
    rule("object-opened", [F, F, F, F], "Keys of one's own can be sent with an object."),
    rule("object-closed", [B, B, B, B], "Keys of one's own cannot be sent with an object any more."),
    rule("value-added", [F, F, F, F], "An enum has one more value. Who does not know it reads it as unknown."),
    rule("value-removed", [B, B, B, x], "A value of an enum has no name any more; it can still be read."),
    rule("request-value-removed", [B, B, B, B], "A value of an enum cannot be sent any more."),
    rule("error-added", [F, F, F, x], "One more error code has a name."),
    rule("error-removed", [B, B, B, x], "An error code has no name any more."),
    rule("error-retry-changed", [x, x, x, x], "Clients send a call again after another set of errors."),
    rule("group-added", [F, x, x, x], "One more group, which is a cargo feature."),
    rule("group-removed", [B, x, x, x], "A group is gone, which is a cargo feature."),
    rule("limit-changed", [x, x, x, x], "The API takes more or fewer calls; clients keep to it."),
    rule("api-changed", [x, x, x, x], "Calls are sent elsewhere, or carry the token otherwise."),
    rule("rust-name-changed", [B, o, o, o], "Something has another name in Rust."),
    rule("typescript-name-changed", [o, B, o, o], "Something has another name in TypeScript."),
    rule("python-name-changed", [o, o, B, o], "Something has another name in Python."),
    rule("unknown", [B, B, B, B], "A snapshot of another version of this program knows a fact that this one does not."),
];

/// The rule of a name.
///
/// # Panics
///
/// When there is none, which is a bug.
pub(super) fn named(id: &str) -> &'static Rule {
    RULES.iter().find(|rule| rule.id == id).unwrap_or_else(|| panic!("no rule is called {id}"))
}

/// The rules as a Markdown table.
#[must_use]
pub fn table() -> String {
    let mut text = format!("| rule | {} | |\n| --- | --- | --- | --- | --- | --- |\n", PACKAGES.join(" | "));
    for rule in RULES {
        let steps = rule.steps.map(|step| if step == Step::None { "-" } else { step.word() });
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| `{}` | {} | {} |", rule.id, steps.join(" | "), rule.why);
    }
    text
}
