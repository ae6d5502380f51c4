//! "Did you mean": the nearest of the names that would have been right.

/// A help text with the nearest of the candidates, if one is near enough to be meant.
pub fn did_you_mean<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(wrong, candidates).map(|name| format!("did you mean `{name}`?"))
}

fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = wrong.to_lowercase();
    let far = |name: &str| strsim::damerau_levenshtein(&lower, &name.to_lowercase());
    let (distance, name) = candidates.into_iter().map(|name| (far(name), name)).min()?;
    (distance <= (wrong.len() / 3).max(1)).then_some(name)
}
