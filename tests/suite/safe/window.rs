//! What a person sees of it: unsaved work offered, other hands noticed, files that moved.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use belfort::app::Settings;
use belfort::i18n::Language;
use belfort::project::{backup_of, left_over, open_project, read_project};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::window::harness::{Window, app, click, fill, names, parks, settle, window_with, write};

fn open(language: Language, folder: &Path, paths: Vec<PathBuf>) -> Window {
    let settings = Settings { language: Some(language), work_offline: true, ..Settings::default() };
    let mut harness = window_with(settings, folder.join("cache"), paths);
    harness.state_mut().as_mut().unwrap().keep_unsaved_work(folder.join("unsaved"));
    settle(&mut harness);
    harness
}

/// A project with the car parks.
fn project(folder: &Path) -> PathBuf {
    parks(folder);
    let text = r#"{"belfort":8,"title":"Kaart","layers":[{"id":1,"name":"parkings",
        "source":{"path":"parkings.geojson"}}],"nextLayer":2}"#;
    write(folder, "kaart.belfort.json", text)
}

fn hide(harness: &mut Window, language: Language) {
    let label = match language {
        Language::Dutch => "Laag ‘parkings’ verbergen",
        Language::English => "Hide layer “parkings”",
    };
    click(harness, label);
}

fn is_shown(harness: &Window) -> bool {
    app(harness).document().layers[0].visible
}

fn until_kept(harness: &mut Window) {
    let begin = Instant::now();
    harness.step();
    while !app(harness).is_work_kept() {
        harness.step();
        assert!(begin.elapsed() < Duration::from_secs(10), "the work is never kept");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn save(harness: &mut Window) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    settle(harness);
}

#[test]
fn work_of_a_crash_is_offered_taken_up_and_saved_on_its_project() {
    let folder = tempfile::tempdir().unwrap();
    let path = project(folder.path());
    let mut first = open(Language::Dutch, folder.path(), vec![path.clone()]);
    hide(&mut first, Language::Dutch);
    until_kept(&mut first);
    // A second window beside it is offered nothing.
    let second = open(Language::Dutch, folder.path(), vec![path.clone()]);
    assert!(second.query_by_label("Niet-opgeslagen werk gevonden").is_none());
    drop(second);
    // As in a crash: nobody ends the window.
    drop(first);
    assert!(open_project(&path).unwrap().layers[0].visible);

    let mut third = open(Language::Dutch, folder.path(), Vec::new());
    third.get_by_label("Niet-opgeslagen werk gevonden");
    assert!(third.query_by_label_contains("1 wijziging, op").is_some());
    click(&mut third, "Later beslissen");
    assert!(names(&third).is_empty());
    drop(third);

    let mut fourth = open(Language::Dutch, folder.path(), Vec::new());
    click(&mut fourth, "Hernemen");
    assert_eq!(names(&fourth), ["parkings"]);
    assert!(!is_shown(&fourth));
    // One step back is the project as it was saved.
    fourth.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut fourth);
    assert!(is_shown(&fourth));
    fourth.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    settle(&mut fourth);
    save(&mut fourth);
    assert!(!open_project(&path).unwrap().layers[0].visible);
    until_kept(&mut fourth);
    drop(fourth);
    assert!(left_over(&folder.path().join("unsaved")).0.is_empty());
}

#[test]
fn work_is_thrown_away_only_after_a_second_thought() {
    let folder = tempfile::tempdir().unwrap();
    let path = project(folder.path());
    for _ in 0..2 {
        let mut window = open(Language::English, folder.path(), vec![path.clone()]);
        if window.query_by_label("Decide later").is_some() {
            click(&mut window, "Decide later");
        }
        hide(&mut window, Language::English);
        until_kept(&mut window);
    }
    let unsaved = folder.path().join("unsaved");
    assert_eq!(left_over(&unsaved).0.len(), 2);
    let mut window = open(Language::English, folder.path(), Vec::new());
    let throw = |window: &mut Window, label: &str| {
        window.query_all_by_label(label).next().unwrap().click();
        settle(window);
    };
    throw(&mut window, "Throw away…");
    throw(&mut window, "Keep");
    throw(&mut window, "Throw away…");
    throw(&mut window, "Throw away");
    click(&mut window, "Recover");
    assert!(!is_shown(&window));
    // Not saving is a decision too.
    until_kept(&mut window);
    window.state_mut().as_mut().unwrap().end();
    drop(window);
    assert_eq!(left_over(&unsaved).0.len(), 1, "it ended without an answer");
}

#[test]
fn a_window_that_is_closed_properly_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = project(folder.path());
    let mut window = open(Language::Dutch, folder.path(), vec![path]);
    hide(&mut window, Language::Dutch);
    until_kept(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Q);
    settle(&mut window);
    click(&mut window, "Niet opslaan");
    window.state_mut().as_mut().unwrap().end();
    drop(window);
    let unsaved = folder.path().join("unsaved");
    assert!(left_over(&unsaved).0.is_empty());
    assert_eq!(std::fs::read_dir(&unsaved).unwrap().count(), 0);
}

#[test]
fn two_windows_on_one_file_notice_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = project(folder.path());
    let mut mine = open(Language::Dutch, folder.path(), vec![path.clone()]);
    let mut theirs = open(Language::Dutch, folder.path(), vec![path.clone()]);
    hide(&mut theirs, Language::Dutch);
    save(&mut theirs);
    let text = std::fs::read(&path).unwrap();
    // Mine knows nothing of it, until it saves.
    mine.key_press(Key::F2);
    mine.step();
    mine.step();
    mine.key_press_modifiers(Modifiers::COMMAND, Key::A);
    mine.step();
    mine.get_by_label("Naam van de laag").type_text("garages");
    mine.step();
    mine.key_press(Key::Enter);
    settle(&mut mine);
    save(&mut mine);
    mine.get_by_label("Dit project is intussen gewijzigd");
    assert_eq!(std::fs::read(&path).unwrap(), text);
    click(&mut mine, "Annuleren");
    save(&mut mine);
    click(&mut mine, "Opnieuw inlezen");
    assert_eq!(names(&mine), ["parkings"]);
    assert!(!is_shown(&mine));
    // My version is one step back, and is saved over theirs only when I say so.
    mine.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut mine);
    assert_eq!(names(&mine), ["garages"]);
    save(&mut mine);
    assert_eq!(open_project(&path).unwrap().layers[0].name, "garages");
    assert_eq!(std::fs::read(backup_of(&path)).unwrap(), text);
    // And the other one notices in turn.
    click(&mut theirs, "Laag ‘parkings’ tonen");
    save(&mut theirs);
    click(&mut theirs, "Overschrijven");
    assert_eq!(open_project(&path).unwrap().layers[0].name, "parkings");
    assert_eq!(open_project(&backup_of(&path)).unwrap().layers[0].name, "garages");
    save(&mut theirs);
    assert!(theirs.query_by_label("Dit project is intussen gewijzigd").is_none());
}

#[test]
fn what_cannot_be_written_is_said_and_the_old_file_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = project(folder.path());
    let mut window = open(Language::Dutch, folder.path(), vec![path.clone()]);
    hide(&mut window, Language::Dutch);
    let old = std::fs::read(&path).unwrap();
    let writable = std::fs::metadata(&path).unwrap().permissions();
    let mut protected = writable.clone();
    protected.set_readonly(true);
    std::fs::set_permissions(&path, protected).unwrap();
    save(&mut window);
    assert!(window.query_by_label_contains("tegen schrijven beveiligd").is_some());
    assert_eq!(std::fs::read(&path).unwrap(), old);
    std::fs::set_permissions(&path, writable).unwrap();
    // The whole folder goes.
    let away = folder.path().join("weg");
    std::fs::create_dir(&away).unwrap();
    let there = write(&away, "kaart.belfort.json", &String::from_utf8(old).unwrap());
    let mut other = open(Language::Dutch, folder.path(), vec![there]);
    if other.query_by_label("Later beslissen").is_some() {
        click(&mut other, "Later beslissen");
    }
    hide(&mut other, Language::Dutch);
    std::fs::remove_dir_all(&away).unwrap();
    save(&mut other);
    assert!(other.query_by_label_contains("De map is er niet (meer)").is_some());
}

/// A small disk of its own; none, saying so, where mounting is not allowed.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: &Path) -> Option<SmallDisk> {
        std::fs::create_dir_all(at).unwrap();
        let mounted = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"])
            .arg(at)
            .output();
        if mounted.is_ok_and(|it| it.status.success()) {
            return Some(SmallDisk(at.to_owned()));
        }
        eprintln!("skipped: a small disk cannot be mounted here");
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

#[test]
fn a_full_disk_costs_neither_the_project_nor_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = SmallDisk::mount(&folder.path().join("disk")) else { return };
    let path = project(&disk.0);
    let mut window = open(Language::Dutch, &disk.0, vec![path.clone()]);
    let old = std::fs::read(&path).unwrap();
    // Not a byte is left.
    let ballast = disk.0.join("ballast");
    let mut file = std::fs::File::create(&ballast).unwrap();
    while std::io::Write::write(&mut file, &[0; 512]).is_ok_and(|written| written > 0) {}
    hide(&mut window, Language::Dutch);
    until_kept(&mut window);
    settle(&mut window);
    assert!(window.query_by_label_contains("niet in veiligheid brengen").is_some());
    save(&mut window);
    // Of the journal and of the project.
    assert_eq!(window.query_all_by_label_contains("De schijf is vol").count(), 2);
    assert_eq!(std::fs::read(&path).unwrap(), old);
    // Room again: both go on.
    std::fs::remove_file(&ballast).unwrap();
    drop(file);
    click(&mut window, "Laag ‘parkings’ tonen");
    hide(&mut window, Language::Dutch);
    until_kept(&mut window);
    let unsaved = std::fs::read_dir(disk.0.join("unsaved")).unwrap().flatten();
    let journals = unsaved.filter(|it| it.path().extension().is_some_and(|it| it == "journal"));
    assert_eq!(journals.count(), 1, "it is written again");
    save(&mut window);
    assert!(!open_project(&path).unwrap().layers[0].visible);
    let inside = std::fs::read_dir(&disk.0).unwrap().flatten().map(|it| it.file_name());
    assert!(inside.into_iter().all(|name| !name.to_string_lossy().ends_with(".tmp")));
}

#[test]
fn a_moved_file_is_proposed_and_taken_only_when_confirmed() {
    let root = tempfile::tempdir().unwrap();
    // Two folders deep: what lies beside is this test's own.
    let folder = root.path().join("werk").join("kaart");
    std::fs::create_dir_all(&folder).unwrap();
    let path = project(&folder);
    let mut window = open(Language::Dutch, &folder, vec![path.clone()]);
    save(&mut window);
    let seen = read_project(&path).unwrap().files;
    assert_eq!((seen.len(), seen[0].layers[0].rows), (1, 3));
    assert_eq!(seen[0].layers[0].fields, ["naam", "plaatsen", "url"]);
    drop(window);
    let moved = folder.join("data").join("2026");
    std::fs::create_dir_all(&moved).unwrap();
    let now = moved.join("garages.geojson");
    std::fs::rename(folder.join("parkings.geojson"), &now).unwrap();

    let mut window = open(Language::Dutch, &folder, vec![path]);
    assert!(window.query_by_label_contains("er is er één in de buurt gevonden").is_some());
    assert!(app(&window).document().layers[0].source.path.ends_with("parkings.geojson"));
    click(&mut window, "Bekijken…");
    window.get_by_label("Gevonden: dezelfde inhoud");
    click(&mut window, "Annuleren");
    click(&mut window, "Bestand zoeken…");
    click(&mut window, "Dit bestand gebruiken");
    assert_eq!(app(&window).document().layers[0].source.path, now.to_string_lossy());
    window.get_by_label("3 punten");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert!(app(&window).document().layers[0].source.path.ends_with("parkings.geojson"));
}

#[test]
fn a_changed_file_is_noticed_when_the_project_opens() {
    let folder = tempfile::tempdir().unwrap();
    let path = project(folder.path());
    let mut window = open(Language::Dutch, folder.path(), vec![path.clone()]);
    save(&mut window);
    drop(window);
    let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"naam":"Reep","zone":1},"geometry":{"type":"Point","coordinates":[3.73,51.05]}}]}"#;
    write(folder.path(), "parkings.geojson", text);
    let window = open(Language::English, folder.path(), vec![path]);
    let told = "“parkings.geojson” was changed since the project was saved: 2 fields are gone (plaatsen, url); a field is new (zone); 2 rows fewer";
    window.get_by_label(told);
}

#[test]
fn a_newer_project_is_not_saved_over_without_asking() {
    let folder = tempfile::tempdir().unwrap();
    let path = project(folder.path());
    let text = std::fs::read_to_string(&path).unwrap().replace("\"belfort\":8", "\"belfort\":99");
    std::fs::write(&path, &text).unwrap();
    let mut window = open(Language::Dutch, folder.path(), vec![path.clone()]);
    assert_eq!(names(&window), ["parkings"]);
    assert!(window.query_by_label_contains("Gemaakt met een nieuwere Belfort").is_some());
    hide(&mut window, Language::Dutch);
    save(&mut window);
    window.get_by_label("Dit project is van een nieuwere Belfort");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    click(&mut window, "Opslaan als…");
    let other = folder.path().join("mijn.belfort.json");
    fill(&mut window, "Pad van het bestand", &other.to_string_lossy());
    click(&mut window, "Opslaan");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    assert!(!open_project(&other).unwrap().layers[0].visible);
    save(&mut window);
    assert!(window.query_by_label("Dit project is van een nieuwere Belfort").is_none());
}

/// A project that is saved gets a small picture for the list of recent ones.
#[test]
fn a_saved_project_has_a_picture_in_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(Language::Dutch, folder.path(), vec![project(folder.path())]);
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    settle(&mut window);
    let other = folder.path().join("mijn.belfort.json");
    fill(&mut window, "Pad van het bestand", &other.to_string_lossy());
    click(&mut window, "Opslaan");
    let pictures: Vec<PathBuf> = std::fs::read_dir(folder.path().join("cache/portals/thumbnails"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(pictures.len(), 1, "{pictures:?}");
    let picture = image::open(&pictures[0]).unwrap().into_rgba8();
    assert_eq!(picture.dimensions(), (168, 112));
    let first = picture.get_pixel(0, 0);
    assert!(picture.pixels().any(|pixel| pixel != first), "there is something on it");
    // It stands where one chooses what to open.
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    settle(&mut window);
    window.get_by_label_contains("mijn.belfort.json").click();
    settle(&mut window);
    assert_eq!(names(&window), ["parkings"]);
}
