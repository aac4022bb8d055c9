//! Values inside values (lists, records, maps) as JSON text.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, StructArray};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::DataType;

use crate::formats::digits::{push_number, push_whole};

/// How deep values may be nested.
const DEPTH: usize = 64;

/// Adds the value of a row as JSON.
pub(super) fn push(out: &mut Vec<u8>, array: &ArrayRef, row: usize) {
    push_at(out, array, row, 0);
}

fn push_at(out: &mut Vec<u8>, array: &ArrayRef, row: usize, depth: usize) {
    if depth > DEPTH || row >= array.len() || array.is_null(row) {
        return out.extend_from_slice(b"null");
    }
    match array.data_type() {
        DataType::Struct(_) => push_struct(out, array.as_struct(), row, depth),
        DataType::List(_) => push_list(out, &array.as_list::<i32>().value(row), depth),
        DataType::LargeList(_) => push_list(out, &array.as_list::<i64>().value(row), depth),
        DataType::FixedSizeList(..) => {
            push_list(out, &array.as_fixed_size_list().value(row), depth);
        }
        DataType::Map(..) => push_map(out, &array.as_map().value(row), depth),
        DataType::Boolean => {
            let text = if array.as_boolean().value(row) { "true" } else { "false" };
            out.extend_from_slice(text.as_bytes());
        }
        DataType::Utf8 => push_text(out, array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => push_text(out, array.as_string::<i64>().value(row)),
        DataType::Utf8View => push_text(out, array.as_string_view().value(row)),
        kind if kind.is_integer() || kind.is_floating() => push_numeric(out, array, row),
        _ => push_text(out, &shown(array, row)),
    }
}

/// A value as Arrow writes it: dates and moments in ISO 8601, bytes in hexadecimal.
pub(super) fn shown(array: &dyn Array, row: usize) -> String {
    let options = FormatOptions::default();
    let made = ArrayFormatter::try_new(array, &options);
    made.and_then(|made| made.value(row).try_to_string()).unwrap_or_default()
}

fn push_numeric(out: &mut Vec<u8>, array: &ArrayRef, row: usize) {
    let one = array.slice(row, 1);
    if array.data_type() == &DataType::UInt64 {
        return out.extend_from_slice(shown(&one, 0).as_bytes());
    }
    let whole = array.data_type().is_integer();
    let target = if whole { DataType::Int64 } else { DataType::Float64 };
    let Ok(number) = arrow_cast::cast(&one, &target) else {
        return out.extend_from_slice(b"null");
    };
    if whole {
        push_whole(out, number.as_primitive::<Int64Type>().value(0));
    } else {
        // JSON has no number that is none; the library writes null for it.
        push_number(out, number.as_primitive::<Float64Type>().value(0));
    }
}

fn push_text(out: &mut Vec<u8>, text: &str) {
    // Memory takes everything.
    let _ = serde_json::to_writer(out, text);
}

fn push_list(out: &mut Vec<u8>, values: &ArrayRef, depth: usize) {
    out.push(b'[');
    for row in 0..values.len() {
        if row > 0 {
            out.push(b',');
        }
        push_at(out, values, row, depth + 1);
    }
    out.push(b']');
}

fn push_struct(out: &mut Vec<u8>, record: &StructArray, row: usize, depth: usize) {
    out.push(b'{');
    for (at, (name, column)) in record.column_names().into_iter().zip(record.columns()).enumerate()
    {
        if at > 0 {
            out.push(b',');
        }
        push_text(out, name);
        out.push(b':');
        push_at(out, column, row, depth + 1);
    }
    out.push(b'}');
}

/// A map of texts is an object; one of anything else a list of pairs.
fn push_map(out: &mut Vec<u8>, entries: &StructArray, depth: usize) {
    let [keys, values] = entries.columns() else { return out.extend_from_slice(b"null") };
    let is_text =
        |kind: &DataType| matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
    let of_texts = is_text(keys.data_type());
    let (open, middle, close) = if of_texts { (b'{', b':', b'}') } else { (b'[', b',', b']') };
    out.push(open);
    for row in 0..entries.len() {
        if row > 0 {
            out.push(b',');
        }
        if !of_texts {
            out.push(b'[');
        }
        push_at(out, keys, row, depth + 1);
        out.push(middle);
        push_at(out, values, row, depth + 1);
        if !of_texts {
            out.push(b']');
        }
    }
    out.push(close);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::builder::{Int32Builder, ListBuilder, MapBuilder, StringBuilder};
    use arrow_array::{BinaryArray, Date32Array, Float64Array, Int8Array, UInt64Array};
    use arrow_schema::Field;

    use super::*;

    fn json(array: &ArrayRef) -> Vec<String> {
        let text = |row| {
            let mut out = Vec::new();
            push(&mut out, array, row);
            let text = String::from_utf8(out).unwrap();
            assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
            text
        };
        (0..array.len()).map(text).collect()
    }

    #[test]
    fn values_of_every_sort_are_json() {
        let mut list = ListBuilder::new(Int32Builder::new());
        list.append_value([Some(1), None]);
        list.append_value([]);
        list.append_null();
        let list: ArrayRef = Arc::new(list.finish());
        assert_eq!(json(&list), ["[1,null]", "[]", "null"]);

        let mut map = MapBuilder::new(None, StringBuilder::new(), Int32Builder::new());
        map.keys().append_value("a\"");
        map.values().append_value(5);
        map.append(true).unwrap();
        map.append(true).unwrap();
        map.append(false).unwrap();
        assert_eq!(json(&(Arc::new(map.finish()) as ArrayRef)), ["{\"a\\\"\":5}", "{}", "null"]);

        let columns: Vec<(&str, ArrayRef)> = vec![
            ("tiny", Arc::new(Int8Array::from(vec![-1, 2, 3]))),
            ("big", Arc::new(UInt64Array::from(vec![u64::MAX, 0, 1]))),
            ("number", Arc::new(Float64Array::from(vec![0.5, f64::NAN, 2.0]))),
            ("day", Arc::new(Date32Array::from(vec![0, 1, -1]))),
            ("bytes", Arc::new(BinaryArray::from(vec![&b"\x01\xff"[..], b"", b"a"]))),
            ("list", list),
        ];
        let fields = columns
            .iter()
            .map(|(name, array)| Arc::new(Field::new(*name, array.data_type().clone(), true)));
        let record = StructArray::new(
            fields.collect::<Vec<_>>().into(),
            columns.iter().map(|(_, array)| Arc::clone(array)).collect(),
            None,
        );
        let texts = json(&(Arc::new(record) as ArrayRef));
        assert_eq!(
            texts[0],
            r#"{"tiny":-1,"big":18446744073709551615,"number":0.5,"day":"1970-01-01","bytes":"01ff","list":[1,null]}"#
        );
        assert!(texts[1].contains(r#""number":null"#));
        assert!(texts[2].contains(r#""number":2.0,"day":"1969-12-31""#));
    }
}
