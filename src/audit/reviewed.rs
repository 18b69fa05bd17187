//! What people said of a sample: precision by rule, with an interval.

use std::collections::BTreeMap;

/// Verdicts on findings of one rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// The finding is what the rule says.
    pub right: u64,
    /// It is not.
    pub wrong: u64,
    /// Nobody could tell, or nothing was written.
    pub unsure: u64,
}

impl Verdicts {
    /// How many were judged.
    #[must_use]
    pub const fn judged(&self) -> u64 {
        self.right + self.wrong
    }
}

/// The verdicts of a review sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reviewed {
    /// By rule.
    pub rules: BTreeMap<String, Verdicts>,
}

impl Reviewed {
    /// Reads a review sheet, as the program or a spreadsheet saved it.
    ///
    /// # Errors
    /// It has no column of rules or verdicts, or a verdict is none: the line is named, in Swedish and English.
    pub fn parse(text: &str) -> Result<Self, (String, String)> {
        let text = text.trim_start_matches('\u{feff}');
        let head = text.lines().next().unwrap_or("");
        let delimiter = [b';', b'\t', b','].into_iter().max_by_key(|d| head.bytes().filter(|b| b == d).count()).unwrap_or(b',');
        let mut sheet = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
        let broken = |e: &csv::Error| (format!("granskningsbladet kan inte läsas: {e}"), format!("the review sheet cannot be read: {e}"));
        let heads = sheet.headers().map_err(|e| broken(&e))?.clone();
        let column = |names: [&str; 2]| heads.iter().position(|h| names.contains(&h.trim().to_lowercase().as_str()));
        let (Some(rule), Some(verdict)) = (column(["regel", "rule"]), column(["bedömning", "verdict"])) else {
            let what = ("granskningsbladet saknar kolumnen regel eller bedömning", "the review sheet lacks the column rule or verdict");
            return Err((what.0.to_owned(), what.1.to_owned()));
        };
        let mut rules: BTreeMap<String, Verdicts> = BTreeMap::new();
        for row in sheet.records() {
            let row = row.map_err(|e| broken(&e))?;
            let Some(rule) = row.get(rule).map(str::trim).filter(|r| is_rule(r)) else { continue };
            let verdicts = rules.entry(rule.to_owned()).or_default();
            match row.get(verdict).unwrap_or("").trim().to_lowercase().as_str() {
                "rätt" | "r" | "ja" | "right" | "correct" | "yes" | "1" => verdicts.right += 1,
                "fel" | "f" | "nej" | "wrong" | "no" | "0" => verdicts.wrong += 1,
                "" | "oklart" | "?" | "unsure" => verdicts.unsure += 1,
                _ => {
                    let line = row.position().map_or(0, csv::Position::line);
                    return Err((
                        format!("granskningsbladet, rad {line}: bedömningen ska vara rätt, fel eller oklart"),
                        format!("the review sheet, line {line}: a verdict is right, wrong or unsure"),
                    ));
                }
            }
        }
        Ok(Self { rules })
    }

    /// All rules together.
    #[must_use]
    pub fn all(&self) -> Verdicts {
        self.rules.values().fold(Verdicts::default(), |a, b| Verdicts {
            right: a.right + b.right,
            wrong: a.wrong + b.wrong,
            unsure: a.unsure + b.unsure,
        })
    }
}

fn is_rule(name: &str) -> bool {
    name.len() <= 40 && !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Wilson's interval at 95 per cent for `right` of `judged`, in per cent; none where nothing was judged.
///
/// E. B. Wilson, Probable inference, JASA 22 (1927): it holds for few verdicts and near 100 per cent too.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of a review stay far below 2^52")]
pub fn interval(right: u64, judged: u64) -> Option<(f64, f64, f64)> {
    const Z: f64 = 1.959_964;
    if judged == 0 {
        return None;
    }
    let (n, p) = (judged as f64, right as f64 / judged as f64);
    let middle = p + Z * Z / (2.0 * n);
    let reach = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    Some((100.0 * p, (100.0 * (middle - reach) / whole).max(0.0), (100.0 * (middle + reach) / whole).min(100.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_wilsons() {
        for ((right, judged), (low, high)) in
            [((9, 10), (59.6, 98.2)), ((10, 10), (72.2, 100.0)), ((0, 10), (0.0, 27.8)), ((81, 100), (72.2, 87.5))]
        {
            let (_, l, h) = interval(right, judged).expect("judged");
            assert!((l - low).abs() < 0.06 && (h - high).abs() < 0.06, "{right}/{judged}: {l} {h}");
        }
        assert_eq!(interval(0, 0), None);
    }

    #[test]
    fn sheets_are_read_as_spreadsheets_save_them() {
        let want = Reviewed::parse("\u{feff}nr;regel;bedömning\n1;OMB101;rätt\n2;OMB101;Fel\n3;OMB101;\n").expect("a sheet");
        assert_eq!(want.rules["OMB101"], Verdicts { right: 1, wrong: 1, unsure: 1 });
        assert_eq!(Reviewed::parse("rule,verdict\r\nOMB101,right\r\nOMB101,no\r\nOMB101,?\r\n").expect("a sheet"), want);
        assert_eq!(
            Reviewed::parse("rule;verdict\nOMB101;maybe\n").unwrap_err().1,
            "the review sheet, line 2: a verdict is right, wrong or unsure"
        );
        assert!(Reviewed::parse("a;b\n1;2\n").is_err());
    }
}
