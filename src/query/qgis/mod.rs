//! Conditions and expressions of labels, in QGIS' language and back.
//!
//! The two languages look alike and mean different things in places (`BETWEEN`, casts, text with
//! backslashes), so that nothing is handed over as it stands: ours is written from its syntax
//! tree, QGIS' is read word by word. What has no counterpart is said, with the part it is about.
//! QGIS' side is that of QGIS 3.22: <https://docs.qgis.org/3.22/en/docs/user_manual/expressions/>.

mod read;
mod write;

pub use read::from_qgis;
pub use write::{field_to_qgis, text_to_qgis, to_qgis};

/// A part of a condition or expression that has no counterpart in the other language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} has no counterpart")]
pub struct NoCounterpart(pub String);

/// Functions that mean the same, by our name and QGIS' name.
const SAME: &[(&str, &str)] = &[
    ("lower", "lower"),
    ("upper", "upper"),
    ("length", "length"),
    ("trim", "trim"),
    ("substr", "substr"),
    ("left", "left"),
    ("right", "right"),
    ("replace", "replace"),
    ("concat", "concat"),
    ("strpos", "strpos"),
    ("abs", "abs"),
    ("round", "round"),
    ("floor", "floor"),
    ("ceil", "ceil"),
    ("sqrt", "sqrt"),
    ("exp", "exp"),
    ("ln", "ln"),
    ("log10", "log10"),
    ("year", "year"),
    ("month", "month"),
    ("week", "week"),
    ("day", "day"),
    ("hour", "hour"),
    ("minute", "minute"),
    ("second", "second"),
    ("date", "to_date"),
    ("now", "now"),
    ("coalesce", "coalesce"),
    ("nullif", "nullif"),
    ("greatest", "max"),
    ("least", "min"),
];

/// Casts, by our type and QGIS' function.
const CASTS: &[(&str, &str)] = &[
    ("TEXT", "to_string"),
    ("INTEGER", "to_int"),
    ("DOUBLE PRECISION", "to_real"),
    ("TIMESTAMP", "to_datetime"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Condition, TextExpression};

    #[test]
    fn conditions_keep_their_meaning_there_and_back() {
        for (ours, theirs) in [
            ("soort = 'Linde'", r#""soort" = 'Linde'"#),
            ("hoogte BETWEEN 5 AND 10", r#"("hoogte" >= 5) AND ("hoogte" <= 10)"#),
            ("naam LIKE 'K%' AND NOT actief", r#"("naam" LIKE 'K%') AND (NOT "actief")"#),
            ("naam ILIKE '%laan'", r#""naam" ILIKE '%laan'"#),
            ("n IN (1, 2.5, -3)", r#""n" IN (1, 2.5, -3)"#),
            ("n NOT IN (1)", r#""n" NOT IN (1)"#),
            ("naam IS NULL OR naam = ''", r#"("naam" IS NULL) OR ("naam" = '')"#),
            ("upper(naam) = 'A'", r#"upper("naam") = 'A'"#),
            ("greatest(a, b) / 2 > 3", r#"(max("a", "b") / 2) > 3"#),
            (
                "CASE WHEN a > 1 THEN 2 ELSE 3 END = 2",
                r#"(CASE WHEN "a" > 1 THEN 2 ELSE 3 END) = 2"#,
            ),
            ("datum >= DATE '2026-01-02'", r#""datum" >= to_date('2026-01-02')"#),
            ("CAST(n AS TEXT) = '3'", r#"to_string("n") = '3'"#),
            ("a IS DISTINCT FROM b", r#""a" IS NOT "b""#),
            ("open IS NOT TRUE", r#"NOT coalesce("open", FALSE)"#),
            (r#""a ""b""" = 'it''s'"#, r#""a ""b""" = 'it''s'"#),
        ] {
            assert_eq!(to_qgis(ours).as_deref(), Ok(theirs), "{ours}");
            let back = from_qgis(theirs).unwrap_or_else(|error| panic!("{theirs}: {error}"));
            Condition::parse(&back).unwrap_or_else(|error| panic!("{back}: {error}"));
            // Once there, nothing changes any more.
            let again = to_qgis(&back).unwrap_or_default();
            let once_more = from_qgis(&again).and_then(|sql| to_qgis(&sql));
            assert_eq!(once_more.as_deref(), Ok(again.as_str()), "{ours}");
        }
    }

    #[test]
    fn labels_break_lines_in_both_languages() {
        let theirs = text_to_qgis(r"wijk || '\n' || aantal");
        assert_eq!(theirs.as_deref(), Ok(r#"("wijk" || '\n') || "aantal""#));
        let back = from_qgis(&theirs.unwrap_or_default()).unwrap_or_default();
        assert!(TextExpression::parse(&back).is_ok(), "{back}");
        assert!(back.contains(r"'\n'"), "{back}");
    }

    #[test]
    fn what_has_no_counterpart_is_named() {
        for (theirs, part) in [
            ("$area > 3", "$area"),
            ("@map_scale < 1000", "@map_scale"),
            ("aggregate('x', 'sum', \"n\") > 1", "aggregate"),
            ("2 ^ 3 > 1", "^"),
            ("\"a\" IS 'x'", "IS"),
            ("'open", "'open"),
            ("[x] = 1", "["),
        ] {
            assert_eq!(from_qgis(theirs), Err(NoCounterpart(part.to_owned())), "{theirs}");
        }
        assert_eq!(to_qgis("weekday(d) = 1"), Err(NoCounterpart("weekday".to_owned())));
        assert_eq!(to_qgis(r"a LIKE 'x\_'"), Err(NoCounterpart(r"x\_".to_owned())));
    }
}
