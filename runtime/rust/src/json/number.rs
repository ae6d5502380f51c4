//! Numbers from their digits, so that nothing is rounded on the way: `12.50` keeps its scale, ids keep 64 bits.

use super::Decimal;

/// The most digits that a decimal holds exactly, whatever they are.
const DECIMAL_DIGITS: usize = 28;

/// The parts of `-12.50e3`; signs and white space are taken off, and all parts are digits only.
struct Parts<'t> {
    negative: bool,
    whole: &'t str,
    fraction: &'t str,
    exponent: i32,
}

/// Takes off the white space that JSON knows, and no other.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r'])
}

/// A whole number: `5`, `5.0`, `5e2`. `None` if the text is not one, or not of 64 bits.
pub(super) fn int(text: &str) -> Option<i64> {
    short_int(text).or_else(|| long_int(&split(text)?))
}

/// The common case: at most 18 digits, which cannot overflow.
fn short_int(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let mut number = 0;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        number = number * 10 + i64::from(digit - b'0');
    }
    Some(if negative { -number } else { number })
}

fn long_int(parts: &Parts<'_>) -> Option<i64> {
    let digits: String = [parts.whole, parts.fraction].concat();
    let significant = digits.trim_end_matches('0');
    let dropped = digits.len() - significant.len();
    let significant = significant.trim_start_matches('0');
    if significant.is_empty() {
        return Some(0);
    }
    let zeros = i64::from(parts.exponent) + i64::try_from(dropped).ok()? - i64::try_from(parts.fraction.len()).ok()?;
    // A negative count means that digits remain behind the point.
    let zeros = usize::try_from(zeros).ok()?;
    if zeros + significant.len() > 19 {
        return None;
    }
    let sign = if parts.negative { "-" } else { "" };
    [sign, significant, &"0".repeat(zeros)].concat().parse().ok()
}

/// A decimal with all its digits: `12.50` has scale 2. `None` if the text is not a number, or has over 28 digits.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    if let Some(number) = short_int(text) {
        return Some(Decimal::from(number));
    }
    let parts = split(text)?;
    let zeros = i64::from(parts.exponent) - i64::try_from(parts.fraction.len()).ok()?;
    let significant = parts.whole.len() + parts.fraction.len();
    // Leading zeros count for nothing, but are too rare to be looked at before it matters.
    let digits: String = match significant {
        0..=DECIMAL_DIGITS => [parts.whole, parts.fraction].concat(),
        _ => [parts.whole, parts.fraction].concat().trim_start_matches('0').to_owned(),
    };
    if digits.len() > DECIMAL_DIGITS {
        return None;
    }
    let mut mantissa = digits.bytes().fold(0_i128, |number, digit| number * 10 + i128::from(digit - b'0'));
    let mut scale = 0;
    if let Ok(zeros) = u32::try_from(zeros) {
        if mantissa != 0 {
            mantissa = mantissa.checked_mul(10_i128.checked_pow(zeros)?)?;
        }
    } else {
        scale = u32::try_from(-zeros).ok()?;
    }
    if mantissa >= 10_i128.pow(28) {
        return None;
    }
    let signed = if parts.negative { -mantissa } else { mantissa };
    Decimal::try_from_i128_with_scale(signed, scale).ok()
}

/// Splits `[+-]?digits[.digits][(e|E)[+-]?digits]`.
fn split(text: &str) -> Option<Parts<'_>> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (number, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], exponent(&unsigned[at + 1..])?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) if is_digits(fraction) => (whole, fraction),
        Some(_) => return None,
        None => (number, ""),
    };
    is_digits(whole).then_some(Parts { negative, whole, fraction, exponent })
}

/// An exponent too large for `i32` is as good as the largest: the number is out of range unless it is zero.
fn exponent(text: &str) -> Option<i32> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if !is_digits(digits) {
        return None;
    }
    let size = digits.parse().unwrap_or(i32::MAX);
    Some(if negative { -size } else { size })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
