//! Days as the API, its changelog and file names write them: `2026-04-20`.

/// Whether a text is a day that there is.
#[must_use]
pub fn is_date(text: &str) -> bool {
    let number = |part: &str, digits: usize| -> Option<u32> {
        let is_number = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse().ok())?
    };
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_there_are() {
        for date in ["2026-04-20", "2024-02-29", "2000-02-29", "0000-01-01"] {
            assert!(is_date(date), "{date}");
        }
        for text in
            ["", "2026-04-31", "2026-02-29", "1900-02-29", "2026-13-01", "2026-4-20", "+026-04-20", "../../2026-04-20"]
        {
            assert!(!is_date(text), "{text}");
        }
    }
}
