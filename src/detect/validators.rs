//! Check digits and other arithmetic: plain functions over a candidate's digits.

/// What a validator says of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It cannot be one.
    No,
    /// It may be one.
    Plausible,
    /// A checksum or a table proves it, as far as numbers can.
    Proven,
}

/// A validator that rule files can name.
pub type Validator = fn(&str) -> Verdict;

/// Whether the last of `digits` is the right check digit by the Luhn rule (ISO/IEC 7812-1, weights 1 and 2 from the right).
///
/// ```
/// assert!(ombud::detect::validators::luhn(&[8, 0, 0, 1, 0, 2, 2, 3, 8, 6]));
/// ```
#[must_use]
pub fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, &d)| {
            let product = u32::from(d) * (1 + i as u32 % 2);
            product / 10 + product % 10
        })
        .sum();
    !digits.is_empty() && sum.is_multiple_of(10)
}

static NAMED: [(&str, Validator); 2] = [("luhn", luhn_digits), ("organisation_in_hsaid", organisation_in_hsaid)];

/// The validator of this name, for rule files.
#[must_use]
pub fn by_name(name: &str) -> Option<Validator> {
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, validator)| *validator)
}

/// The names that rule files can use.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMED.iter().map(|(name, _)| *name)
}

fn digits_of(text: &str) -> Vec<u8> {
    text.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect()
}

fn luhn_digits(text: &str) -> Verdict {
    if luhn(&digits_of(text)) { Verdict::Proven } else { Verdict::No }
}

/// The ten digits after `SE` are an organisation number with a right check digit.
fn organisation_in_hsaid(text: &str) -> Verdict {
    let digits = digits_of(text.split('-').next().unwrap_or(""));
    if super::organisationsnummer::is_organisation(&digits) { Verdict::Proven } else { Verdict::No }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn luhn_takes_any_length() {
        for (digits, right) in [(&[0_u8][..], true), (&[], false), (&[9, 9, 1, 2, 3, 4, 6], true), (&[5], false)] {
            assert_eq!(luhn(digits), right, "{digits:?}");
        }
    }
}
