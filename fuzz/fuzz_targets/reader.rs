//! Any bytes as a file of the format that `BELFORT_FUZZ` names by its extension: one program for
//! all readers, so that it is built once.
#![no_main]
#![allow(missing_docs, clippy::unwrap_used, reason = "a program for those who build Belfort")]

use std::path::PathBuf;
use std::sync::LazyLock;

use belfort::formats::{ReadOptions, layers_in, open};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::map::LayerScene;
use libfuzzer_sys::fuzz_target;

/// In memory where the system has such a folder; each process its own.
static PATH: LazyLock<PathBuf> = LazyLock::new(|| {
    let extension = std::env::var("BELFORT_FUZZ").expect("BELFORT_FUZZ: an extension");
    let shared = PathBuf::from("/dev/shm");
    let folder = if shared.is_dir() { shared } else { std::env::temp_dir() };
    folder.join(format!("belfort-fuzz-{}.{extension}", std::process::id()))
});

fuzz_target!(|bytes: &[u8]| {
    std::fs::write(&*PATH, bytes).unwrap();
    let watch = Watch::unwatched();
    let _ = layers_in(&PATH, &watch);
    match open(&PATH, &ReadOptions::default(), &watch) {
        Ok(tables) => {
            for table in &tables {
                let _ = table.extent();
                let _ = table.index();
                let _ = LayerScene::build(table, &watch);
            }
        }
        Err(error) => assert!(!error.text(Language::Dutch).is_empty()),
    }
});
