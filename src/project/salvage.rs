//! Reading what can be read of a project that is damaged, or was made by a newer program.
//!
//! A text that ends too early is closed where its last whole value ended; of each layer, image and
//! sheet the parts that are understood are taken; what is left out is counted and named.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::document::Document;
use super::notes::{Note, NoteSet};
use crate::i18n::Arg;
use crate::problem::{Place, Problems};

/// A text as JSON; where it breaks off or goes wrong, all before that. None where there is nothing
/// to begin with.
pub(super) fn parse(text: &str, problems: &mut Problems) -> Option<Value> {
    let text = text.trim_start_matches('\u{feff}');
    let error = match serde_json::from_str(text) {
        Ok(value) => return Some(value),
        Err(error) => error,
    };
    // What follows a whole value is no reason to doubt it, but it is said.
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let whole = values.next().and_then(Result::ok);
    let before = || text.get(..offset_of(text, &error)).unwrap_or(text);
    let value = whole.or_else(|| serde_json::from_str(&closed(before())).ok())?;
    let place = Place::Line { line: error.line() as u64, column: error.column() as u64 };
    problems.at("problem-project-cut", place);
    Some(value)
}

/// Where the reader stopped: a byte offset on the border of a character.
fn offset_of(text: &str, error: &serde_json::Error) -> usize {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let begin: usize = lines.map(str::len).sum();
    let mut offset = (begin + error.column()).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A text of JSON up to its last whole value, with everything closed that is open there.
fn closed(text: &str) -> String {
    // The brackets open now, and those open where the last whole value ended.
    let mut open: Vec<u8> = Vec::new();
    let mut best: (usize, Vec<u8>) = (0, Vec::new());
    let bytes = text.as_bytes();
    let mut at = 0;
    // Whether a string that ends here would be the name of a member.
    let mut wants_name = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => {
                open.push(*byte);
                wants_name = *byte == b'{';
                at += 1;
                best = (at, open.clone());
                continue;
            }
            b'}' | b']' => {
                let fits = if *byte == b'}' { b'{' } else { b'[' };
                if open.pop() != Some(fits) {
                    break;
                }
                at += 1;
                best = (at, open.clone());
                continue;
            }
            b',' => wants_name = open.last() == Some(&b'{'),
            b':' => wants_name = false,
            b'"' => {
                let Some(end) = end_of_string(bytes, at) else { break };
                at = end;
                if !wants_name {
                    best = (at, open.clone());
                }
                continue;
            }
            byte if byte.is_ascii_whitespace() => {}
            _ => {
                // A number or a word: whole only where something follows it.
                let begin = at;
                while bytes.get(at).is_some_and(|byte| {
                    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')
                }) {
                    at += 1;
                }
                let word = text.get(begin..at).unwrap_or_default();
                if at == begin || serde_json::from_str::<Value>(word).is_err() || at == bytes.len()
                {
                    break;
                }
                best = (at, open.clone());
                continue;
            }
        }
        at += 1;
    }
    let (end, open) = best;
    let mut kept = text.get(..end).unwrap_or_default().to_owned();
    for bracket in open.iter().rev() {
        kept.push(if *bracket == b'{' { '}' } else { ']' });
    }
    kept
}

/// The place behind a string that begins at a quotation mark.
fn end_of_string(bytes: &[u8], begin: usize) -> Option<usize> {
    let mut at = begin + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// The document of a project's members, as far as they are understood.
pub(super) fn document(mut members: Map<String, Value>, problems: &mut Problems) -> Document {
    members.remove("belfort");
    // All at once where nothing is wrong, which is nearly always.
    if let Ok(document) = serde_json::from_value(Value::Object(members.clone())) {
        return document;
    }
    let layers = items(&mut members, "layers", "problem-project-layer-lost", problems);
    let groups = items(&mut members, "groups", "problem-project-group-lost", problems);
    let backdrops = items(&mut members, "backdrops", "problem-project-backdrop-lost", problems);
    let basemaps = items(&mut members, "basemaps", "problem-project-basemap-lost", problems);
    let sheets = items(&mut members, "sheets", "problem-project-sheet-lost", problems);
    let notes = note_sets(&mut members, problems);
    let rest: Option<Document> = greedily(members, &mut |field| {
        problems.report("problem-project-part-lost", 1, vec![("part", text(field))], None);
    });
    Document { layers, groups, notes, backdrops, basemaps, sheets, ..rest.unwrap_or_default() }
}

/// Sets of notes, each with those of its notes that are understood.
fn note_sets(members: &mut Map<String, Value>, problems: &mut Problems) -> Vec<NoteSet> {
    if let Some(Value::Array(sets)) = members.get_mut("notes") {
        for set in sets.iter_mut().filter_map(Value::as_object_mut) {
            let notes: Vec<Note> = items(set, "features", "problem-project-note-lost", problems);
            if let Ok(notes) = serde_json::to_value(notes) {
                set.insert("features".to_owned(), notes);
            }
        }
    }
    items(members, "notes", "problem-project-notes-lost", problems)
}

fn text(text: &str) -> Arg {
    Arg::Text(text.to_owned())
}

/// The members of a list that are understood.
fn items<T: DeserializeOwned>(
    members: &mut Map<String, Value>,
    list: &str,
    lost: &'static str,
    problems: &mut Problems,
) -> Vec<T> {
    let values = match members.remove(list) {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(values)) => values,
        Some(_) => {
            problems.report("problem-project-part-lost", 1, vec![("part", text(list))], None);
            return Vec::new();
        }
    };
    let mut kept = Vec::with_capacity(values.len());
    for (number, value) in values.into_iter().enumerate() {
        if let Ok(item) = serde_json::from_value(value.clone()) {
            kept.push(item);
            continue;
        }
        let named = value.get("name").and_then(Value::as_str).map(str::to_owned);
        let name = named.unwrap_or_else(|| (number + 1).to_string());
        let mut gone = Vec::new();
        let members = if let Value::Object(members) = value { members } else { Map::new() };
        match greedily(members, &mut |field| gone.push(field.to_owned())) {
            Some(item) => {
                kept.push(item);
                let args = vec![("name", text(&name)), ("parts", text(&gone.join(", ")))];
                problems.report("problem-project-fields-lost", 1, args, None);
            }
            None => problems.report(lost, 1, vec![("name", text(&name))], None),
        }
    }
    kept
}

/// A thing of as many of its members as can be understood together: those without which there is
/// none, then each of the others that fits.
fn greedily<T: DeserializeOwned>(
    members: Map<String, Value>,
    gone: &mut dyn FnMut(&str),
) -> Option<T> {
    const NEEDED: [&str; 6] = ["id", "name", "source", "path", "archive", "web"];
    let (mut taken, others): (Map<String, Value>, Map<String, Value>) =
        members.into_iter().partition(|(name, _)| NEEDED.contains(&name.as_str()));
    let read =
        |members: &Map<String, Value>| serde_json::from_value(Value::Object(members.clone()));
    let mut best: Option<T> = read(&taken).ok();
    best.as_ref()?;
    for (name, value) in others {
        taken.insert(name.clone(), value);
        if let Ok(better) = read(&taken) {
            best = Some(better);
        } else {
            taken.remove(&name);
            gone(&name);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_breaks_off_anywhere_is_closed() {
        let text = r#"{"a": "x\"}", "b": [1, {"c": true, "d": null}, "é"], "e": -1.5e3}"#;
        let whole: Value = serde_json::from_str(text).unwrap();
        let mut problems = Problems::new();
        assert_eq!(parse(text, &mut problems), Some(whole.clone()));
        assert!(problems.is_empty());
        for end in (1..text.len()).filter(|end| text.is_char_boundary(*end)) {
            let mut problems = Problems::new();
            let cut = parse(&text[..end], &mut problems);
            assert!(cut.is_some(), "{}", &text[..end]);
            assert_eq!(problems.count("problem-project-cut"), 1, "{}", &text[..end]);
        }
        let cut = parse(&text[..text.len() - 9], &mut problems).unwrap();
        assert_eq!((&cut["a"], &cut["b"]), (&whole["a"], &whole["b"]));
        let odd = parse("{\"a\": [1, 2 3], \"b\": 4}", &mut problems).unwrap();
        assert_eq!(odd["a"][0], 1);
        assert_eq!(parse("", &mut problems), None);
    }
}
