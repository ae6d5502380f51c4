//! Reads the type of a field: `list(Order)`, `map(PriceGroupId, money)`.

use crate::model::Type;

/// The types that are not named in `spec/types`, sorted.
pub const BUILT_IN: &[&str] =
    &["bool", "date", "decimal", "file", "int", "json", "list", "map", "money", "text", "text_or", "timestamp"];

/// Reads a type. Names are taken as they are; whether they exist is for a check to say.
///
/// # Errors
///
/// What is wrong with the text.
pub fn parse(text: &str) -> Result<Type, String> {
    let mut rest = text;
    let ty = parse_one(&mut rest)?;
    if rest.trim().is_empty() { Ok(ty) } else { Err(format!("`{}` is left over behind the type", rest.trim())) }
}

fn parse_one(rest: &mut &str) -> Result<Type, String> {
    *rest = rest.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    let (name, behind) = rest.split_at(end);
    *rest = behind;
    let ty = match name {
        "" => return Err("a type is missing".to_owned()),
        "bool" => Type::Bool,
        "date" => Type::Date,
        "decimal" => Type::Decimal,
        "file" => Type::File,
        "int" => Type::Int,
        "json" => Type::Json,
        "money" => Type::Money,
        "text" => Type::Text,
        "timestamp" => Type::Timestamp,
        "list" => {
            let [item] = arguments(name, rest)?;
            Type::List(Box::new(item))
        }
        "map" => {
            let [key, item] = arguments(name, rest)?;
            Type::Map(Box::new(key), Box::new(item))
        }
        "text_or" => {
            let [item] = arguments(name, rest)?;
            Type::TextOr(Box::new(item))
        }
        other => Type::Named(other.to_owned()),
    };
    Ok(ty)
}

/// Reads `(A, B)` with a given number of types.
fn arguments<const N: usize>(name: &str, rest: &mut &str) -> Result<[Type; N], String> {
    let form = || match name {
        "map" => "a map is written `map(K, T)`".to_owned(),
        _ => format!("`{name}` is written `{name}(T)`"),
    };
    let mut types = Vec::new();
    for position in 0..N {
        let opener = if position == 0 { '(' } else { ',' };
        *rest = rest.trim_start().strip_prefix(opener).ok_or_else(form)?;
        types.push(parse_one(rest)?);
    }
    *rest = rest.trim_start().strip_prefix(')').ok_or_else(form)?;
    types.try_into().map_err(|_| form())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read() {
        let cases = [
            ("int", "Int"),
            ("list(text)", "List(Text)"),
            (" map( PriceGroupId , list(money) ) ", r#"Map(Named("PriceGroupId"), List(Money))"#),
            ("text_or(ExtraFieldFile)", r#"TextOr(Named("ExtraFieldFile"))"#),
        ];
        for (text, expected) in cases {
            assert_eq!(format!("{:?}", parse(text).unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn wrong_types_say_why() {
        let cases = [
            ("", "a type is missing"),
            ("list", "`list` is written `list(T)`"),
            ("list(", "a type is missing"),
            ("list(int", "`list` is written `list(T)`"),
            ("map(text)", "a map is written `map(K, T)`"),
            ("int?", "`?` is left over behind the type"),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text).unwrap_err(), expected, "{text}");
        }
    }
}
