//! Notices: what went wrong stays and can be looked into; what was done goes by itself.

use belfort::i18n::Language;
use egui::OutputCommand;
use egui_kittest::kittest::Queryable;

use super::harness::{Window, click, parks, settle, window, write};

/// Lets so many seconds pass.
fn wait(harness: &mut Window, seconds: u32) {
    // A step of the harness is a quarter of a second.
    for _ in 0..seconds * 4 {
        harness.step();
    }
}

#[test]
fn an_error_stays_until_dismissed_with_all_that_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let broken =
        write(folder.path(), "kapot.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{]}");
    let mut harness = window(Language::English, vec![broken.clone()]);
    wait(&mut harness, 30);
    harness.get_by_label_contains("kapot.geojson (");
    assert!(harness.query_by_label("What went wrong").is_none());
    click(&mut harness, "Details");
    harness.get_by_label("What went wrong");
    let path = broken.to_string_lossy().into_owned();
    harness.get_by_label(&path);
    harness.get_by_label("Copy notice").click();
    let text = (0..5).find_map(|_| {
        harness.step();
        harness.output().platform_output.commands.iter().find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    });
    let text = text.expect("the notice is on the clipboard");
    assert!(text.contains(&path) && text.contains("Belfort 0."), "{text}");
    settle(&mut harness);
    click(&mut harness, "Less");
    assert!(harness.query_by_label("What went wrong").is_none());
    // Only the error has a button to look into it; what was copied has gone by then.
    harness.hover_at(egui::pos2(600.0, 300.0));
    wait(&mut harness, 10);
    click(&mut harness, "Dismiss this message");
    assert!(harness.query_by_label_contains("kapot.geojson (").is_none());
}

#[test]
fn what_was_done_goes_by_itself_unless_the_pointer_is_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    let copy = |harness: &mut Window| {
        click(harness, "Edit");
        click(harness, "Copy sources as text");
    };
    copy(&mut harness);
    harness.get_by_label("The sources are on the clipboard");
    wait(&mut harness, 9);
    assert!(harness.query_by_label("The sources are on the clipboard").is_none());
    copy(&mut harness);
    harness.get_by_label("The sources are on the clipboard").hover();
    wait(&mut harness, 20);
    harness.get_by_label("The sources are on the clipboard");
    harness.hover_at(egui::pos2(600.0, 300.0));
    wait(&mut harness, 9);
    assert!(harness.query_by_label("The sources are on the clipboard").is_none());
}

#[test]
fn notices_do_not_move_the_map() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    let before = harness.get_by_label("Map").rect();
    click(&mut harness, "Edit");
    click(&mut harness, "Copy sources as text");
    let notice = harness.get_by_label("The sources are on the clipboard").rect();
    assert_eq!(harness.get_by_label("Map").rect(), before);
    assert!(before.contains_rect(notice));
}
