//! The program is killed while it edits, keeps its journal and saves.
//!
//! The child is this very binary, told by its environment to open a window (without a display) and
//! to work in it through the keyboard: the same code as the window on a screen, journal and all.
//! `BELFORT_KILLS` sets how often it is killed; a few times where it is not set.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use belfort::app::Settings;
use belfort::i18n::Language;
use belfort::project::{backup_of, left_over, read_project};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::edits::Chance;
use crate::window::harness::{Window, app, window_with, write};

/// The folder that a child works in.
const CHILD: &str = "BELFORT_KILL_CHILD";

fn now() -> u64 {
    u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

/// Names the layer, through the keyboard.
fn rename(harness: &mut Window, name: &str) {
    harness.key_press(Key::F2);
    harness.step();
    harness.step();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.step();
    harness.get_by_label("Naam van de laag").type_text(name);
    harness.step();
    harness.key_press(Key::Enter);
    harness.step();
    assert_eq!(app(harness).document().layers[0].name, name);
}

#[test]
#[ignore = "the child of the test that kills it"]
fn child() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let folder = Path::new(&folder);
    let settings =
        Settings { language: Some(Language::Dutch), work_offline: true, ..Settings::default() };
    let project = folder.join("kaart.belfort.json");
    let mut harness = window_with(settings, folder.join("cache"), vec![project]);
    harness.state_mut().as_mut().unwrap().keep_unsaved_work(folder.join("unsaved"));
    let first: u64 = std::env::var("BELFORT_KILL_FIRST").unwrap().parse().unwrap();
    let mut chance = Chance::of(first);
    let mut out = std::io::stdout();
    for number in first.. {
        rename(&mut harness, &number.to_string());
        writeln!(out, "edit {number} {}", now()).unwrap();
        out.flush().unwrap();
        if chance.below(4) == 0 {
            // Not waited for: the next change comes while it saves.
            harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
            harness.step();
        }
        std::thread::sleep(Duration::from_millis(chance.below(60)));
        harness.step();
    }
}

fn start(folder: &Path, first: u64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "safe::kill::child", "--ignored", "--nocapture", "--test-threads=1"])
        .env(CHILD, folder)
        .env("BELFORT_KILL_FIRST", first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The number that a layer is named by.
fn number(document: &belfort::project::Document) -> u64 {
    document.layers[0].name.parse().unwrap()
}

#[test]
fn killed_at_any_moment_a_project_is_whole_and_at_most_a_second_of_work_is_missing() {
    let kills: u64 = std::env::var("BELFORT_KILLS").map_or(4, |text| text.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "punten.csv", "naam,lon,lat\na,3.7,51.0\n");
    let text = r#"{"belfort":8,"layers":[{"id":1,"name":"0","source":{"path":"punten.csv"}}]}"#;
    let project = write(folder, "kaart.belfort.json", text);
    let mut chance = Chance::of(now());
    let (mut saved_before, mut first) = (0, 1);
    let mut from_journal = 0;
    for kill in 0..kills {
        let mut child = start(folder, first);
        let (sender, lines) = channel();
        let output = child.stdout.take().unwrap();
        let reader = std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some(edit) = line.split("edit ").nth(1) {
                    let mut parts = edit.split(' ').map(|part| part.parse::<u64>().unwrap());
                    let edit = (parts.next().unwrap(), parts.next().unwrap());
                    if sender.send(edit).is_err() {
                        return;
                    }
                }
            }
        });
        let begin = Instant::now();
        let patience = Duration::from_mins(1);
        let begun = lines.recv_timeout(patience).expect("the child begins to work");
        std::thread::sleep(Duration::from_millis(chance.below(1800)));
        let killed = now();
        child.kill().unwrap();
        child.wait().unwrap();
        reader.join().unwrap();
        assert!(begin.elapsed() < patience);
        let edits: Vec<(u64, u64)> = std::iter::once(begun).chain(lines.iter()).collect();

        let opened = read_project(&project).unwrap();
        assert!(opened.problems.is_empty(), "kill {kill}: {:?}", opened.problems);
        let saved = number(&opened.document);
        assert!(saved >= saved_before, "kill {kill}: {saved} after {saved_before}");
        let backup = backup_of(&project);
        if backup.exists() {
            let kept = read_project(&backup).unwrap();
            assert!(kept.problems.is_empty() && number(&kept.document) <= saved, "kill {kill}");
        }
        let (mut left, failed) = left_over(&folder.join("unsaved"));
        assert!(failed.is_empty(), "kill {kill}: {failed:?}");
        assert!(left.len() <= 1, "kill {kill}: {}", left.len());
        let kept = left.first().map_or(0, |left| number(&left.document));
        from_journal += u64::from(kept > saved);
        let due = edits.iter().filter(|(_, at)| at + 1000 <= killed).map(|(number, _)| *number);
        let due = due.max().unwrap_or(0);
        assert!(kept.max(saved) >= due, "kill {kill}: {kept} and {saved} of {due}");
        if let Some(left) = left.pop() {
            assert_eq!(left.path.as_deref(), Some(project.as_path()));
            assert!(left.changes > 0);
            left.discard().unwrap();
        }
        saved_before = saved;
        first = edits.iter().map(|(number, _)| *number).max().unwrap() + 2;
    }
    assert!(from_journal > 0 || kills < 20, "the journal was of use");
}
