//! What is selected on the map, as the subject of a sheet.

use crate::app::session::Session;
use crate::jobs::Job;
use crate::project::SheetSubject;

/// More features than that are printed as the rectangle around them.
const MOST_FEATURES: usize = 500;

/// Looks up what is selected, as the subject of a sheet: features of the active layer, or else of
/// the first that has some. None where nothing is selected, or too much.
pub(super) fn find_selected(session: &Session) -> Option<Job<Option<SheetSubject>>> {
    let selection = &session.selection;
    let of_active = session.active.filter(|layer| selection.count(*layer) > 0);
    let layer = of_active.or_else(|| selection.layers().map(|(layer, _)| layer).next())?;
    let rows = selection.of(layer)?.clone();
    if rows.is_empty() || rows.count() > MOST_FEATURES {
        return None;
    }
    let table = session.loaded(session.document().layer(layer)?)?.table.clone();
    let wake = session.wake.clone();
    // What identifies rows follows from all rows of a table.
    Some(Job::start(
        "print selection",
        move || wake(),
        move |_| {
            let identity = table.identity();
            let keys: Vec<_> = rows.iter().filter_map(|row| identity.key(row).cloned()).collect();
            (!keys.is_empty()).then_some(SheetSubject::Features { layer, rows: keys })
        },
    ))
}
