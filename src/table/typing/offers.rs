//! Which text columns of a table a person may want as another kind.

use arrow_array::StringArray;
use arrow_array::cast::AsArray;

use super::numbers::{self, Mark};
use super::{Examples, ReadAs, examples, fits};
use crate::i18n::fold;
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::table::{FieldKind, Table};

/// A text column of which nearly all values are of another kind.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The column's position.
    pub column: usize,
    /// What it could be read as, the best first; never empty.
    pub readings: Vec<Examples>,
}

impl Offer {
    /// The best.
    pub fn best(&self) -> Option<&Examples> {
        self.readings.first()
    }
}

/// One value in so many may be of another kind where the column is offered.
const MISFITS: u64 = 20;
/// Fewer values do not tell what the others will be.
const FEWEST: u64 = 2;
/// Whole numbers of the same length, from so many digits on, are rather codes.
const CODE_DIGITS: usize = 4;

/// Words in the names of fields whose numbers are names: nobody adds them up.
const CODES: &str = "\
    id ids code codes nr no nummer number num postcode zip postal postaal postnr nis nis9 \
    refnis ins tel telefoon phone gsm mobile fax kbo btw tva vat capakey huisnr huisnummer \
    isbn ean iban rrn ref refs zone fips";
/// Ends of such words.
const CODE_ENDS: &[&str] = &["code", "nummer", "number", "telefoon", "phone", "nr", "id", "fp"];

/// The columns of a table that are offered: text of which at least nineteen values in twenty are
/// numbers, days, or yes and no. Numbers that are codes by their look (zeros in front, telephone
/// numbers, all of the same length) or by the name of the field are not.
///
/// # Errors
/// When the person cancelled.
pub fn offers(table: &Table, watch: &Watch) -> Result<Vec<Offer>, Cancelled> {
    let columns = table.fields.iter().zip(&table.columns).enumerate();
    let texts = columns.filter(|(_, (field, _))| field.kind == FieldKind::Text);
    let texts = texts.filter_map(|(at, (field, array))| {
        Some((at, field.title().to_owned(), field.name.clone(), array.as_string_opt::<i32>()?))
    });
    let texts: Vec<_> = texts.collect();
    let looked = in_parallel(texts, |(column, title, name, texts)| {
        let mut fits = fits(texts, watch)?;
        fits.retain(|fit| {
            let is_number = fit.read_as.mark().is_some();
            // Words beside yes and no are kinds of something.
            let misfits = if fit.read_as == ReadAs::Boolean { u64::MAX } else { MISFITS - 1 };
            let is_nearly_all = fit.misfits.saturating_mul(misfits) <= fit.fits;
            let is_offered = is_nearly_all && fit.fits >= FEWEST;
            is_offered && !(is_number && is_code([title.as_str(), name.as_str()], texts))
        });
        let readings = fits.iter().filter_map(|fit| examples(texts, fit.read_as));
        let readings: Vec<Examples> = readings.collect();
        Ok((!readings.is_empty()).then_some(Offer { column, readings }))
    });
    looked.into_iter().filter_map(Result::transpose).collect()
}

/// Whether the numbers of a column are names of things.
fn is_code(names: [&str; 2], texts: &StringArray) -> bool {
    let mut length = None;
    let (mut has_one_length, mut has_fraction) = (true, false);
    for text in texts.iter().flatten().map(str::trim) {
        if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
            has_one_length &= length.is_none_or(|length| length == text.len());
            length = Some(text.len());
        } else if [Mark::Point, Mark::Comma].iter().any(|mark| numbers::read(text, *mark).is_ok()) {
            (has_one_length, has_fraction) = (false, true);
            break;
        }
    }
    let is_long = length.is_some_and(|length| length >= CODE_DIGITS);
    has_one_length && is_long || !has_fraction && names.into_iter().any(names_code)
}

fn names_code(name: &str) -> bool {
    // `objectId` and `OBJECT_ID` are two words each.
    let mut spaced = String::new();
    let mut before = ' ';
    for letter in name.chars() {
        if before.is_lowercase() && letter.is_uppercase() {
            spaced.push(' ');
        }
        spaced.push(if letter.is_alphanumeric() { letter } else { ' ' });
        before = letter;
    }
    let spaced = fold(&spaced);
    spaced.split(' ').any(|word| {
        let is_end = |end: &&str| word.len() > end.len() + 2 && word.ends_with(*end);
        CODES.split(' ').any(|code| code == word) || CODE_ENDS.iter().any(is_end)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::table::Field;

    fn offered(name: &str, values: &[&str]) -> Option<ReadAs> {
        let array = Arc::new(StringArray::from(values.to_vec()));
        let fields = vec![Field::new(name, FieldKind::Text)];
        let table = Table::new("t", values.len(), fields, vec![array], None).unwrap();
        let offers = offers(&table, &Watch::unwatched()).unwrap();
        offers.first().map(|offer| offer.readings[0].fit.read_as)
    }

    #[test]
    fn codes_are_never_offered_as_numbers() {
        for (name, values) in [
            ("postcode", &["9000", "9050", "n.v.t."][..]),
            ("gemeente", &["44021", "44083", "?"]),
            ("NIS_CODE", &["44021", "1"]),
            ("straatId", &["1", "22", "-"]),
            ("Huisnr.", &["1", "22", "-"]),
            ("busnummer", &["1", "22", "-"]),
            ("telefoon", &["092101010", "093101010"]),
            ("telefoon", &["32475123456", "3292101010"]),
            ("waarde", &["007", "12"]),
            ("n", &["0475 12 34 56"]),
        ] {
            assert_eq!(offered(name, values), None, "{name}");
        }
    }

    #[test]
    fn what_is_nearly_all_of_a_kind_is_offered() {
        assert_eq!(offered("inwoners", &["12", "1250", "?"]), Some(ReadAs::NumberPoint));
        assert_eq!(offered("oppervlakte", &["12,5", "1.250,25"]), Some(ReadAs::NumberComma));
        // A number that has a fraction is no code, whatever its field is called.
        assert_eq!(offered("nummer", &["12,5", "13"]), Some(ReadAs::NumberComma));
        assert_eq!(offered("dag", &["20240105", "20240106", "-"]), Some(ReadAs::DateYmd));
        assert_eq!(offered("datum", &["31/12/2024", "1/1/2025"]), Some(ReadAs::DateDmy));
        assert_eq!(offered("actief", &["ja", "nee", "ja"]), Some(ReadAs::Boolean));
        let bridges = [["yes"; 40].as_slice(), &["viaduct"]].concat();
        assert_eq!(offered("bridge", &bridges), None);
        assert_eq!(offered("dag", &["31/12/2024", "-"]), None);
        // Names of words that only end alike.
        assert_eq!(offered("grid", &["1", "22", "-"]), Some(ReadAs::NumberPoint));
        let mut values = vec!["12"; 95];
        values.extend(["a", "b", "c", "d", "e"]);
        values[0] = "7";
        assert_eq!(offered("aantal", &values), Some(ReadAs::NumberPoint));
        values.extend(["f", "g"]);
        assert_eq!(offered("aantal", &values), None);
    }
}
