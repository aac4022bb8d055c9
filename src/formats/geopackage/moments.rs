//! Moments as GeoPackage writes them: `2026-03-01T10:00:00.000Z`.
//!
//! Programs leave out what they find needless (the fraction, the seconds, the `Z`) in one row and
//! not in the next; a column of such moments is one column all the same. What it shows is as fine
//! as its finest moment.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, StringArray, TimestampMillisecondArray};

use crate::formats::typed::moments::read;
use crate::table::{ColumnBuilder, DateTimeForm, FieldKind, Offset, TooMuchText};

/// How the standard wants moments, with no more than whole seconds.
const PLAIN: DateTimeForm =
    DateTimeForm { separator: 'T', fraction: Some(0), offset: Offset::Zulu };

/// A text column of moments that are written in several forms, as one of moments.
pub(super) fn settled(
    values: ColumnBuilder,
    rows: usize,
) -> Result<(FieldKind, ArrayRef), TooMuchText> {
    let (kind, array) = values.finish(rows, false)?;
    let moments = array.as_string_opt().and_then(as_moments);
    Ok(moments.unwrap_or((kind, array)))
}

/// A column of moments, where every text is one and all have the same offset; none where not, or
/// where there is no text at all.
fn as_moments(texts: &StringArray) -> Option<(FieldKind, ArrayRef)> {
    let mut common = None;
    let mut finest = 0;
    let mut millis = Vec::with_capacity(texts.len());
    for text in texts {
        let Some(text) = text else {
            millis.push(0);
            continue;
        };
        let moment = read(text.as_bytes())?;
        if *common.get_or_insert(moment.offset) != moment.offset {
            return None;
        }
        finest = finest.max(moment.needed);
        millis.push(moment.millis);
    }
    let form = DateTimeForm { separator: 'T', fraction: Some(finest), offset: common? };
    let column = TimestampMillisecondArray::new(millis.into(), texts.nulls().cloned());
    Some((FieldKind::DateTime(form), Arc::new(column)))
}

/// How moments of a form are shown: as GeoPackage writes them, with no more digits than needed.
pub(super) fn shown(form: Option<DateTimeForm>, finest: u8) -> DateTimeForm {
    let form = form.unwrap_or(PLAIN);
    let is_utc = matches!(form.offset, Offset::Minutes { minutes: 0, .. });
    let offset = if is_utc { Offset::Zulu } else { form.offset };
    DateTimeForm { separator: 'T', fraction: Some(finest), offset }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_as_fine_as_its_finest_moment() {
        let column = |texts: &[&str]| {
            let texts: Vec<Option<&str>> =
                texts.iter().map(|text| (!text.is_empty()).then_some(*text)).collect();
            let (kind, array) = as_moments(&StringArray::from(texts))?;
            Some((kind, array.null_count()))
        };
        let form = |fraction, offset| {
            FieldKind::DateTime(DateTimeForm { separator: 'T', fraction: Some(fraction), offset })
        };
        let mixed = ["2022-03-01T10:00:00Z", "", "2022-03-01T10:00:00.250Z", "2022-03-01T10:00Z"];
        assert_eq!(column(&mixed), Some((form(2, Offset::Zulu), 1)));
        let plain = ["2022-03-01T10:00:00.000000Z", "2022-03-01T10:00:00.000+00:00"];
        assert_eq!(column(&plain), Some((form(0, Offset::Zulu), 0)));
        assert_eq!(column(&["2022-03-01T10:00:00"]), Some((form(0, Offset::None), 0)));
        assert_eq!(column(&["2022-03-01T10:00:00", "2022-03-01T10:00:00Z"]), None);
        assert_eq!(column(&["2022-03-01T10:00:00Z", "soon"]), None);
        assert_eq!(column(&["", ""]), None);
    }
}
