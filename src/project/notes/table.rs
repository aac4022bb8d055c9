//! The table that a layer of notes shows.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, StringArray, TimestampMillisecondArray,
};

use super::note::{Note, NoteFieldKind, NoteKind, NoteValue};
use super::set::{NoteSet, OwnField};
use crate::crs::{Crs, HowFound, LayerCrs};
use crate::i18n::{Message, tr};
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::{
    DateTimeForm, Field, FieldKind, GeometryBuilder, GeometryKind, Offset, PartKind, Table,
};

/// How many notes are worked on between two looks at the watch.
const NOTES_PER_LOOK: usize = 4096;

/// How moments are written: `2026-11-26T22:14:00Z`.
const MOMENT: DateTimeForm =
    DateTimeForm { separator: 'T', fraction: Some(0), offset: Offset::Zulu };

impl NoteSet {
    /// Its notes as a table in WGS 84, a row each in their order: what a layer of notes shows.
    /// Fields have the names of the set's language. Work for a job.
    ///
    /// # Errors
    /// When the person cancelled, or there is more of it than a table takes.
    pub fn table(&self, watch: &Watch) -> Result<Table, FileError> {
        let mut geometry = GeometryBuilder::with_capacity(self.notes.len(), self.notes.len());
        for (number, note) in self.notes.iter().enumerate() {
            if number % NOTES_PER_LOOK == 0 {
                watch.check().map_err(|_| FileError::cancelled(""))?;
            }
            push(&mut geometry, note);
        }
        let too_much = |_| FileError::new("", Message::new("error-too-many-coordinates"));
        let geometry = geometry.finish().map_err(too_much)?;
        let kind_of = |field| match field {
            OwnField::Created => FieldKind::DateTime(MOMENT),
            OwnField::Text | OwnField::Kind | OwnField::Description => FieldKind::Text,
        };
        let mut fields: Vec<Field> =
            OwnField::ALL.map(|field| Field::new(field.name(self.language), kind_of(field))).into();
        let mut columns: Vec<ArrayRef> = vec![
            self.texts(|note| some(&note.text)),
            self.kinds(),
            self.texts(|note| some(&note.description)),
            self.moments(),
        ];
        for field in &self.fields {
            let kind = match field.kind {
                NoteFieldKind::Text => FieldKind::Text,
                NoteFieldKind::Number => FieldKind::Number,
                NoteFieldKind::YesNo => FieldKind::Boolean,
            };
            fields.push(Field::new(&field.name, kind));
            columns.push(self.values(&field.name, field.kind));
        }
        let name = tr(self.language, "notes-layer");
        let table = Table::new(name, self.notes.len(), fields, columns, Some(geometry));
        let mut table = table.map_err(|error| {
            FileError::new("", Message::new("error-io").text("detail", error.to_string()))
        })?;
        let ids = self.notes.iter().map(|note| i64::try_from(note.id.0).unwrap_or(i64::MAX));
        table.ids = Some(Arc::new(Int64Array::from_iter_values(ids)));
        table.crs = Some(LayerCrs { crs: Crs::wgs84(), how: HowFound::Format, swapped: false });
        table.origin.format = "notes";
        Ok(table)
    }

    fn texts<'a>(&'a self, text: impl Fn(&'a Note) -> Option<&'a str>) -> ArrayRef {
        Arc::new(self.notes.iter().map(text).collect::<StringArray>())
    }

    fn kinds(&self) -> ArrayRef {
        let words = NoteKind::ALL.map(|kind| (kind, kind.word(self.language)));
        let word = |note: &Note| {
            let found = words.iter().find(|(kind, _)| *kind == note.kind);
            found.map(|(_, word)| word.as_str())
        };
        Arc::new(self.notes.iter().map(word).collect::<StringArray>())
    }

    fn moments(&self) -> ArrayRef {
        // The table writes whole seconds.
        let moment = |note: &Note| note.created.map(|at| at.timestamp().saturating_mul(1000));
        Arc::new(self.notes.iter().map(moment).collect::<TimestampMillisecondArray>())
    }

    fn values(&self, name: &str, kind: NoteFieldKind) -> ArrayRef {
        let values = self.notes.iter().map(|note| note.values.get(name));
        let text = |value: Option<&NoteValue>| match value {
            Some(NoteValue::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let number = |value: Option<&NoteValue>| match value {
            Some(NoteValue::Number(number)) => Some(*number),
            _ => None,
        };
        let yes = |value: Option<&NoteValue>| match value {
            Some(NoteValue::YesNo(yes)) => Some(*yes),
            _ => None,
        };
        match kind {
            NoteFieldKind::Text => Arc::new(values.map(text).collect::<StringArray>()),
            NoteFieldKind::Number => Arc::new(values.map(number).collect::<Float64Array>()),
            NoteFieldKind::YesNo => Arc::new(values.map(yes).collect::<BooleanArray>()),
        }
    }
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn push(geometry: &mut GeometryBuilder, note: &Note) {
    let (kind, part) = match note.kind {
        NoteKind::Point | NoteKind::Text => {
            geometry.push_point(note.corners.first().copied().unwrap_or_default());
            return;
        }
        NoteKind::Line | NoteKind::Arrow => (GeometryKind::LineString, PartKind::Line),
        NoteKind::Polygon => (GeometryKind::Polygon, PartKind::Polygon),
    };
    geometry.begin_row(kind);
    geometry.begin_part(part);
    geometry.begin_ring();
    let closing = note.corners.first().filter(|_| note.kind == NoteKind::Polygon);
    for corner in note.corners.iter().chain(closing) {
        geometry.coord(*corner, None, None);
    }
    geometry.end_row();
}

#[cfg(test)]
mod tests {
    use super::super::NoteField;
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn notes_are_rows_in_the_words_of_their_set() {
        let mut set = NoteSet::new(Language::Dutch);
        set.fields.push(NoteField { name: "hoogte".to_owned(), kind: NoteFieldKind::Number });
        let corners = [[3.7, 51.0], [3.8, 51.0], [3.8, 51.1]];
        let mut first = Note::new(NoteKind::Polygon, corners.to_vec());
        first.text = "Stort".to_owned();
        first.values.insert("hoogte".to_owned(), NoteValue::Number(2.5));
        set.push(first);
        set.push(Note::new(NoteKind::Text, vec![[3.7, 51.0]]));
        let table = set.table(&Watch::unwatched()).unwrap_or_else(|error| panic!("{error}"));
        let names: Vec<&str> = table.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["tekst", "soort", "beschrijving", "gemaakt", "hoogte"]);
        let told = |row, at| table.value(row, at).to_data_text();
        assert_eq!([told(0, 0), told(0, 1), told(0, 4)], ["Stort", "vlak", "2.5"]);
        assert_eq!([told(1, 0), told(1, 1), told(1, 4)], ["", "tekst", ""]);
        assert!(told(0, 3).ends_with('Z'), "{}", told(0, 3));
        let geometry = table.geometry.as_ref().map(|geometry| geometry.row(0).xy().len());
        assert_eq!(geometry, Some(4));
        let second = crate::table::RowKey::Id("2".to_owned());
        assert_eq!(table.identity().key(1), Some(&second));
    }
}
