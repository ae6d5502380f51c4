//! A courier's form: its defaults, the answers that were set, and the sizes of parcels under the names that it gives them.

use anyhow::{Context, Result, bail};
use baselinker_client::Decimal;
use baselinker_client::methods::GetCourierFieldsReply;
use baselinker_client::types::{CourierFieldInput, CourierParcelInput};

/// A parcel as the warehouse measured it, in kg and cm, as texts.
#[derive(Debug)]
pub(crate) struct Parcel {
    pub(crate) weight: String,
    pub(crate) length: Option<String>,
    pub(crate) width: Option<String>,
    pub(crate) height: Option<String>,
}

/// Reads `FIELD=VALUE`.
pub(crate) fn answer(text: &str) -> Result<(String, String), String> {
    let (field, value) = text.split_once('=').ok_or("write the field and its value: service=standard")?;
    Ok((field.to_owned(), value.to_owned()))
}

/// The answers for a shipment: what was set, and defaults for the rest.
pub(crate) fn fields(form: &GetCourierFieldsReply, set: &[(String, String)]) -> Result<Vec<CourierFieldInput>> {
    let known: Vec<&str> = form.fields.iter().map(|field| field.id.as_str()).collect();
    if let Some((field, _)) = set.iter().find(|(field, _)| !known.contains(&field.as_str())) {
        bail!("the courier has no field `{field}`; it has: {}", known.join(", "));
    }
    let is_set = |id: &str| set.iter().any(|(field, _)| field == id);
    let defaults = form.fields.iter().filter(|field| !is_set(&field.id));
    let defaults = defaults.filter_map(|field| Some((&field.id, field.value.as_ref()?)));
    let set = set.iter().map(|(field, value)| (field, value));
    let answers = defaults.chain(set).filter(|(_, value)| !value.is_empty());
    Ok(answers.map(|(id, value)| CourierFieldInput::new(id, value)).collect())
}

/// A parcel as the courier wants it: some ask for `size_length` where others ask for `length`.
pub(crate) fn parcel(form: &GetCourierFieldsReply, parcel: &Parcel) -> Result<CourierParcelInput> {
    let mut input = CourierParcelInput { weight: Some(number(&parcel.weight)?), ..CourierParcelInput::default() };
    let sizes = [
        ("size_length", &parcel.length, &mut input.length),
        ("size_width", &parcel.width, &mut input.width),
        ("size_height", &parcel.height, &mut input.height),
    ];
    for (long, size, short) in sizes {
        let Some(size) = size else { continue };
        if form.package_fields.iter().any(|field| field.id == long) {
            input.extra.insert(long, size.as_str());
        } else {
            *short = Some(number(size)?);
        }
    }
    Ok(input)
}

fn number(text: &str) -> Result<Decimal> {
    text.parse().with_context(|| format!("`{text}` is no weight or size of a parcel"))
}
