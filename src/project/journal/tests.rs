use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use super::lines::{Line, read};
use super::{Journal, News, Unsaved, left_over};
use crate::formats::faults::{Fault, inject};
use crate::project::{Document, Layer, LayerSource};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn document(title: &str) -> Arc<Document> {
    let source = LayerSource { path: "/data/wijken.geojson".into(), ..LayerSource::default() };
    let layers = vec![Layer::new("wijken", source)];
    Arc::new(Document { title: title.to_owned(), layers, ..Document::default() })
}

fn unsaved(title: &str, changes: u64) -> Unsaved {
    Unsaved {
        document: document(title),
        saved: document("saved"),
        path: Some("/data/kaart.belfort.json".into()),
        stamp: None,
        name: "kaart".to_owned(),
        changes,
    }
}

fn settle(journal: &Journal) {
    let begin = Instant::now();
    while !journal.is_settled() {
        assert!(begin.elapsed() < Duration::from_secs(20), "the journal never settled");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

#[test]
fn work_is_found_again_by_the_next_start_alone() -> Outcome {
    let folder = tempfile::tempdir()?;
    let inside = folder.path().join("deep").join("unsaved");
    let journal = Journal::start(inside.clone(), || {});
    journal.nothing();
    settle(&journal);
    assert_eq!(files(&inside), 0);
    for change in 1..=30 {
        journal.keep(unsaved(&format!("change {change}"), change));
    }
    settle(&journal);
    // While the window lives nobody is offered its work.
    let (found, failed) = left_over(&inside);
    assert!(found.is_empty() && failed.is_empty());
    journal.end(false);

    let (mut found, failed) = left_over(&inside);
    assert!(failed.is_empty());
    assert_eq!(found.len(), 1);
    // Held by the one who looks at it.
    assert!(left_over(&inside).0.is_empty());
    let work = found.remove(0);
    assert_eq!((work.document.title.as_str(), work.changes), ("change 30", 30));
    // A number that a layer could get next follows from those there are.
    let saved =
        Document { next_layer: work.saved.next_layer, ..Document::clone(&document("saved")) };
    assert_eq!(work.saved, saved);
    assert_eq!(work.path.as_deref(), Some(Path::new("/data/kaart.belfort.json")));
    assert_eq!(work.name, "kaart");
    // Decided later: it stays.
    drop(work);
    let (mut found, _) = left_over(&inside);

    // Taken over by another window: it goes when that has written it.
    let journal = Journal::start(inside.clone(), || {});
    journal.keep(unsaved("go on", 31));
    journal.takes_over(found.remove(0));
    settle(&journal);
    assert_eq!(files(&inside), 2);
    journal.end(true);
    assert_eq!(files(&inside), 0);
    Ok(())
}

#[test]
fn what_was_saved_leaves_nothing() -> Outcome {
    let folder = tempfile::tempdir()?;
    let journal = Journal::start(folder.path().to_owned(), || {});
    journal.keep(unsaved("a", 1));
    settle(&journal);
    journal.nothing();
    settle(&journal);
    assert!(left_over(folder.path()).0.is_empty());
    journal.keep(unsaved("b", 1));
    settle(&journal);
    drop(journal);
    let (found, _) = left_over(folder.path());
    assert_eq!(found[0].document.title, "b");
    Ok(())
}

#[test]
fn every_cut_of_a_journal_gives_the_last_whole_line() -> Outcome {
    let folder = tempfile::tempdir()?;
    let journal = Journal::start(folder.path().to_owned(), || {});
    for change in 1..=3 {
        journal.keep(unsaved(&format!("change {change}"), change));
        settle(&journal);
    }
    journal.end(false);
    let path = std::fs::read_dir(folder.path())?
        .flatten()
        .map(|file| file.path())
        .find(|path| path.extension().is_some_and(|it| it == "journal"))
        .unwrap();
    let whole = std::fs::read(&path)?;
    let (lines, torn) = read(&whole);
    assert_eq!((lines.len(), torn), (4, 0));
    let changes = |bytes: &[u8]| {
        let mut works = read(bytes).0.into_iter().filter_map(|line| match line {
            Line::Work { changes, .. } => Some(changes),
            Line::Saved { .. } => None,
        });
        works.next_back().unwrap_or(0)
    };
    let ends: Vec<usize> =
        whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at).collect();
    for cut in 0..=whole.len() {
        let lines = ends.iter().filter(|end| **end <= cut).count() as u64;
        assert_eq!(changes(&whole[..cut]), lines.saturating_sub(1), "cut at {cut}");
    }
    // A page of zeros, as some file systems leave it after a power cut; a byte that flipped.
    let zeros = [whole.as_slice(), &[0; 4096]].concat();
    assert_eq!(changes(&zeros), 3);
    let mut flipped = whole.clone();
    let at = ends[2] + 100;
    flipped[at] ^= 1;
    assert_eq!(changes(&flipped), 2);
    // Nothing whole in it: put aside, told once.
    std::fs::write(&path, &whole[..40])?;
    let (found, failed) = left_over(folder.path());
    assert!(found.is_empty());
    assert_eq!(failed.len(), 1);
    assert_eq!(left_over(folder.path()).1.len(), 0);
    assert_eq!(std::fs::read(path.with_extension("unreadable"))?.len(), 40);
    Ok(())
}

#[test]
fn a_failing_disk_is_told_once_and_tried_again() -> Outcome {
    for fault in [Fault::FullAfter(0), Fault::FullAfter(300), Fault::Flush] {
        let folder = tempfile::tempdir()?;
        let (woken, wake) = channel();
        let journal =
            Journal::start(folder.path().to_owned(), move || woken.send(()).unwrap_or_default());
        journal.keep(unsaved("before", 1));
        settle(&journal);
        inject(folder.path(), Some(fault));
        for change in 2..5 {
            journal.keep(unsaved("lost?", change));
            settle(&journal);
        }
        assert!(wake.recv().is_ok());
        let news = journal.news();
        assert!(matches!(news.as_slice(), [News::Failed(_)]), "{news:?}");
        // What was written before is still there to be read.
        let lines = std::fs::read_dir(folder.path())?.flatten().map(|file| file.path());
        let path = lines.into_iter().find(|it| it.extension().is_some_and(|it| it == "journal"));
        let works = read(&std::fs::read(path.unwrap())?).0.into_iter();
        assert!(works.into_iter().any(|line| matches!(line, Line::Work { changes: 1, .. })));
        inject(folder.path(), None);
        journal.keep(unsaved("after", 5));
        settle(&journal);
        assert_eq!(journal.news(), [News::WrittenAgain]);
        journal.end(false);
        let (found, _) = left_over(folder.path());
        assert_eq!((found[0].document.title.as_str(), found[0].changes), ("after", 5));
    }
    Ok(())
}

#[test]
fn a_long_journal_is_written_anew() -> Outcome {
    let folder = tempfile::tempdir()?;
    let long = "x".repeat(1_200_000);
    let journal = Journal::start(folder.path().to_owned(), || {});
    for change in 1..=9 {
        journal.keep(Unsaved {
            document: Arc::new(Document {
                notice: format!("{long}{change}"),
                ..Document::default()
            }),
            ..unsaved("", change)
        });
        settle(&journal);
    }
    journal.end(false);
    let (found, _) = left_over(folder.path());
    assert_eq!(found[0].changes, 9);
    assert!(found[0].document.notice.ends_with("x9"));
    let most: u64 =
        std::fs::read_dir(folder.path())?.flatten().map(|it| it.metadata().unwrap().len()).sum();
    assert!(most < 8 << 20, "{most}");
    Ok(())
}
