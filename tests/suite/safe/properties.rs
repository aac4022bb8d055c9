//! What holds for whatever a person does.

use belfort::project::{Document, History, open_project, save_project};

use super::edits::{Chance, change, document};

fn bytes(document: &Document) -> Vec<u8> {
    serde_json::to_vec(document).unwrap()
}

#[test]
fn a_hundred_changes_undone_and_done_again_are_the_same_byte_for_byte() {
    for seed in 1..=20 {
        let mut chance = Chance::of(seed);
        let start = document(seed + 1000, 12);
        let mut history = History::new(start.clone());
        let mut states = vec![bytes(history.document())];
        let mut made = 0;
        while made < 100 {
            let command = change(history.document(), &mut chance);
            let before = history.document().clone();
            history.run(command).unwrap();
            history.close_step();
            if *before != **history.document() {
                states.push(bytes(history.document()));
                made += 1;
            }
        }
        assert!(history.is_changed());
        assert_eq!(history.steps().1, 100);
        for state in states.iter().rev().skip(1) {
            assert!(history.undo());
            assert_eq!(bytes(history.document()), *state, "seed {seed}");
        }
        assert!(!history.undo() && !history.is_changed());
        assert_eq!(**history.document(), start);
        for state in &states[1..] {
            assert!(history.redo());
            assert_eq!(bytes(history.document()), *state, "seed {seed}");
        }
        assert!(!history.redo());
        // By way of the list, to anywhere.
        for _ in 0..10 {
            let done = usize::try_from(chance.below(101)).unwrap();
            history.go_to(done);
            assert_eq!(bytes(history.document()), states[done], "seed {seed}, {done}");
        }
    }
}

#[test]
fn what_is_saved_is_what_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kaart.belfort.json");
    for seed in 1..=60 {
        let before = document(seed, 60);
        save_project(&before, &path).unwrap();
        let text = std::fs::read(&path).unwrap();
        let after = open_project(&path).unwrap();
        assert_eq!(after, before, "seed {seed}");
        save_project(&after, &path).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), text, "seed {seed}");
    }
}
