//! Notes are as safe as all else in a project, and go along wherever it goes.
#![allow(clippy::cast_possible_truncation, reason = "small numbers")]

use std::path::{Path, PathBuf};

use belfort::i18n::Language;
use belfort::project::{
    Command, Document, History, Journal, LayerSource, Note, NoteField, NoteFieldKind, NoteKind,
    NoteSet, NoteValue, NotesChange, Reshaped, Unsaved, left_over, open_project, read_project,
    save_project,
};

use super::edits::Chance;
use crate::cli::{document as told, run, stderr, stdout};
use crate::support::has_gdal;

fn place(chance: &mut Chance) -> [f64; 2] {
    let part = |chance: &mut Chance| chance.below(1 << 52) as f64 / (1_u64 << 52) as f64;
    [3.6 + part(chance) * 0.3, 50.9 + part(chance) * 0.3]
}

/// A note by chance, as those that are drawn.
fn note(chance: &mut Chance) -> Note {
    let kind = NoteKind::ALL[chance.below(5) as usize];
    let count = if kind.is_shape() { 3 + chance.below(5) } else { 1 };
    let corners = (0..count).map(|_| place(chance)).collect();
    let mut note = Note::new(kind, corners);
    note.text = format!("‘{}’ \"\\ 🐑", chance.below(100));
    note
}

/// A change of notes by chance.
fn change(document: &Document, chance: &mut Chance) -> Command {
    let sets = &document.notes;
    if sets.is_empty() || chance.below(15) == 0 {
        let layer = Box::new(belfort::project::Layer::new("n", LayerSource::default()));
        let notes = NoteSet::new(Language::Dutch).with(note(chance));
        return Command::AddNotes { layer, notes, at: chance.below(3) as usize };
    }
    let set = &sets[chance.below(sets.len() as u64) as usize];
    let all: Vec<&Note> = set.notes.iter().collect();
    let kind = chance.below(12);
    if all.is_empty() || kind < 3 {
        return Command::ChangeNotes(set.id, NotesChange::Add(vec![note(chance)]));
    }
    let one = all[chance.below(all.len() as u64) as usize];
    let mut corners = one.corners.clone();
    let at = chance.below(corners.len() as u64) as usize;
    let reshape = |corners, how| NotesChange::Reshape(one.id, corners, how);
    let change = match kind {
        3 if one.kind.is_shape() => {
            corners.insert(at, place(chance));
            reshape(corners, Reshaped::Added)
        }
        4 if corners.len() > one.kind.least() => {
            corners.remove(at);
            reshape(corners, Reshaped::Removed)
        }
        5 => {
            corners.iter_mut().for_each(|corner| corner[0] += 0.000_123);
            reshape(corners, Reshaped::Shifted)
        }
        6 => NotesChange::Remove(vec![one.id]),
        7 => NotesChange::SetText(one.id, format!("t{}", chance.below(999))),
        8 => NotesChange::SetDescription(one.id, format!("d{}", chance.below(999))),
        9 => {
            let name = format!("veld {}", chance.below(100_000));
            let kind = NoteFieldKind::ALL[chance.below(3) as usize];
            NotesChange::AddField(NoteField { name, kind })
        }
        10 if !set.fields.is_empty() => {
            let field = &set.fields[chance.below(set.fields.len() as u64) as usize];
            let value = match field.kind {
                NoteFieldKind::Text => NoteValue::Text("x".to_owned()),
                NoteFieldKind::Number => NoteValue::Number(chance.below(1000) as f64 / 7.0),
                NoteFieldKind::YesNo => NoteValue::YesNo(chance.below(2) == 0),
            };
            let value = (chance.below(5) > 0).then_some(value);
            NotesChange::SetValue(one.id, field.name.clone(), value)
        }
        11 if set.fields.len() > 3 => NotesChange::RemoveField(set.fields[0].name.clone()),
        _ => {
            corners[at] = place(chance);
            reshape(corners, Reshaped::Moved)
        }
    };
    Command::ChangeNotes(set.id, change)
}

fn bytes(document: &Document) -> Vec<u8> {
    serde_json::to_vec(document).unwrap()
}

#[test]
fn changes_of_notes_undone_and_done_again_are_the_same_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kaart.belfort.json");
    for seed in 1..=30 {
        let mut chance = Chance::of(seed);
        let mut history = History::new(Document::default());
        let mut states = vec![bytes(history.document())];
        while states.len() <= 100 {
            let before = history.document().clone();
            history.run(change(&before, &mut chance)).unwrap();
            history.close_step();
            if *before != **history.document() {
                states.push(bytes(history.document()));
            }
        }
        save_project(history.document(), &path).unwrap();
        let opened = read_project(&path).unwrap();
        assert!(opened.problems.is_empty(), "{:?}", opened.problems);
        assert_eq!(opened.document, **history.document(), "seed {seed}");
        assert_eq!(bytes(&opened.document), states[100]);
        for state in states.iter().rev().skip(1) {
            assert!(history.undo());
            assert_eq!(bytes(history.document()), *state, "seed {seed}");
        }
        assert!(!history.undo() && !history.is_changed());
        for state in &states[1..] {
            assert!(history.redo());
            assert_eq!(bytes(history.document()), *state, "seed {seed}");
        }
    }
}

#[test]
fn a_change_that_does_not_fit_leaves_the_notes_as_they_were() {
    let mut document = many(3);
    let before = document.clone();
    let set = document.notes[0].id;
    let id = document.notes[0].notes.at(1).unwrap().id;
    let far = belfort::project::NoteId(99);
    for change in [
        NotesChange::Remove(vec![id, far]),
        NotesChange::Reshape(id, Vec::new(), Reshaped::Moved),
        NotesChange::Reshape(far, vec![[3.7, 51.0]], Reshaped::Moved),
        NotesChange::SetValue(id, "hoogte".to_owned(), Some(NoteValue::YesNo(true))),
        NotesChange::SetValue(id, "diepte".to_owned(), None),
        NotesChange::AddField(NoteField { name: " Soort ".to_owned(), kind: NoteFieldKind::Text }),
        NotesChange::RemoveField("soort".to_owned()),
        NotesChange::Add(vec![Note::new(NoteKind::Line, vec![[3.7, 51.0]])]),
    ] {
        let command = Command::ChangeNotes(set, change);
        assert!(belfort::project::apply(&mut document, &command).is_err(), "{command:?}");
        assert_eq!(document, before, "{command:?}");
    }
}

/// A project with so many notes of each kind, with a number.
fn many(count: usize) -> Document {
    let mut document = Document::default();
    let notes = NoteSet::new(Language::Dutch);
    let mut layer = belfort::project::Layer::new("Notities", LayerSource::default());
    layer.style = Some(belfort::project::notes_style(Language::Dutch));
    let add = Command::AddNotes { layer: Box::new(layer), notes, at: 0 };
    belfort::project::apply(&mut document, &add).unwrap();
    let set = document.notes[0].id;
    let field = NoteField { name: "hoogte".to_owned(), kind: NoteFieldKind::Number };
    let mut run = |change| {
        belfort::project::apply(&mut document, &Command::ChangeNotes(set, change)).unwrap();
    };
    run(NotesChange::AddField(field));
    let drawn = (0..count).map(|number| {
        let kind = NoteKind::ALL[number % 5];
        let [x, y] = [3.7 + number as f64 * 0.03, 51.05];
        let step = 0.01 + number as f64 * 1e-4;
        let corners = [[x - step, y], [x + step, y + step / 2.0], [x, y + step]];
        let corners = corners.into_iter().take(kind.most()).collect();
        let mut note = Note::new(kind, corners);
        note.text = format!("Notitie {number}");
        note.values.insert("hoogte".to_owned(), NoteValue::Number(number as f64 + 0.5));
        note
    });
    run(NotesChange::Add(drawn.collect()));
    document
}

#[test]
fn the_journal_gives_notes_back() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::start(folder.path().to_path_buf(), || {});
    let work = std::sync::Arc::new(many(12));
    journal.keep(Unsaved {
        document: work.clone(),
        saved: std::sync::Arc::default(),
        path: None,
        stamp: None,
        name: "kaart".to_owned(),
        changes: 3,
    });
    let begin = std::time::Instant::now();
    while !journal.is_settled() {
        assert!(begin.elapsed().as_secs() < 20, "it never settled");
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    journal.end(false);
    let (found, failed) = left_over(folder.path());
    assert!(failed.is_empty());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].document, *work);
}

#[test]
fn a_damaged_note_is_told_and_the_others_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kaart.belfort.json");
    save_project(&many(5), &path).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("\"kind\": \"arrow\"", "\"kind\": \"hologram\"", 1))
        .unwrap();
    let opened = read_project(&path).unwrap();
    assert_eq!(opened.document.notes[0].notes.len(), 4);
    assert_eq!(opened.problems.count("problem-project-note-lost"), 1);
    assert!(opened.is_guarded());
    // Without its layer a set gets one.
    let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
    value["layers"] = serde_json::json!([]);
    std::fs::write(&path, value.to_string()).unwrap();
    let opened = read_project(&path).unwrap();
    assert_eq!(opened.document.layers.len(), 1);
    assert_eq!(opened.document.layers[0].source.notes(), Some(opened.document.notes[0].id));
    assert_eq!(opened.problems.count("problem-project-notes-loose"), 1);
}

fn project(folder: &Path) -> PathBuf {
    let path = folder.join("kaart.belfort.json");
    save_project(&many(10), &path).unwrap();
    path
}

#[test]
fn a_pack_has_the_notes_and_prints_the_same_page() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let path = project(root);
    let output = run(root, &["pack", "kaart.belfort.json", "--out", "kaart.zip", "--lang", "nl"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let by_hand = root.join("elders");
    let mut zip =
        zip::ZipArchive::new(std::fs::File::open(root.join("kaart.zip")).unwrap()).unwrap();
    zip.extract(&by_hand).unwrap();
    let inside = open_project(&by_hand.join("kaart.belfort.json")).unwrap();
    assert_eq!(inside.notes, open_project(&path).unwrap().notes);
    let print = |from: &str, to: &str| {
        let how = ["print", from, "--out", to, "--offline", "--basemap", "none", "--lang", "nl"];
        let output = run(root, &how);
        assert!(output.status.success(), "{}", stderr(&output));
        std::fs::read_to_string(root.join(to)).unwrap()
    };
    let svg = print("kaart.belfort.json", "1.svg");
    assert!(svg == print("kaart.zip", "2.svg"), "from the pack");
    // Text notes as text.
    for number in [4, 9] {
        assert!(svg.contains(&format!("Notitie {number}")), "{number}");
    }
    // Two arrows and one in the legend have a head: a triangle, which they lose with it.
    let text = std::fs::read_to_string(&path).unwrap();
    let without = text.replacen("\"heads\": \"end\",", "", 1);
    assert_ne!(without, text);
    std::fs::write(&path, without).unwrap();
    let plain = print("kaart.belfort.json", "3.svg");
    let triangle = regex::Regex::new("M[^A-Za-z]+l[^A-Za-z]+l[^A-Za-z]+Z").unwrap();
    let heads = triangle.find_iter(&svg).count() - triangle.find_iter(&plain).count();
    assert_eq!(heads, 3);
}

#[test]
fn info_and_convert_know_a_project_of_notes() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    project(root);
    let info = told(root, &["info", "kaart.belfort.json", "--json"]);
    assert_eq!(info["layers"][0]["name"], "Notities", "{info}");
    assert_eq!(info["layers"][0]["features"], 10);
    for (name, format) in [("uit.geojson", "geojson"), ("uit.gpkg", "gpkg")] {
        let where_ = ["--where", "soort <> 'punt' AND hoogte > 3"];
        let arguments = [&["convert", "kaart.belfort.json", name], where_.as_slice()].concat();
        let output = run(root, &arguments);
        assert!(output.status.success(), "{format}: {}", stderr(&output));
    }
    let again = told(root, &["info", "uit.gpkg", "--json"]);
    // Rows 3 to 9 without the point at 5.
    assert_eq!(again["layers"][0]["features"], 6, "{again}");
    let text = std::fs::read_to_string(root.join("uit.geojson")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let first = &json["features"][0]["properties"];
    assert_eq!((&first["tekst"], &first["soort"]), (&"Notitie 3".into(), &"pijl".into()));
    assert_eq!(first["hoogte"], 3.5);
    assert!(first["gemaakt"].as_str().unwrap().ends_with('Z'));
    if has_gdal() {
        let output = std::process::Command::new("ogrinfo")
            .args(["-al", "-so"])
            .arg(root.join("uit.gpkg"))
            .output()
            .unwrap();
        let said = stdout(&output);
        for part in ["Feature Count: 6", "hoogte: Real", "gemaakt: DateTime", "tekst: String"] {
            assert!(said.contains(part), "{part} in {said}");
        }
    }
    let output = run(root, &["convert", "kaart.belfort.json", "x.gpkg", "--layer", "Bomen"]);
    assert!(!output.status.success());
    assert!(stderr(&output).contains("belfort info"), "{}", stderr(&output));
}
