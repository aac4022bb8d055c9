//! Back and forward between views of the map, as in a browser.

use crate::project::View;

/// How many views are remembered.
const KEPT: usize = 100;

/// The views before the one now, and those gone back from.
#[derive(Default)]
pub(super) struct ViewHistory {
    past: Vec<View>,
    now: Option<View>,
    future: Vec<View>,
}

impl ViewHistory {
    /// The map rests at a view.
    pub fn rests_at(&mut self, view: View) {
        let Some(now) = self.now else {
            self.now = Some(view);
            return;
        };
        if is_same(now, view) {
            return;
        }
        self.past.push(now);
        if self.past.len() > KEPT {
            self.past.remove(0);
        }
        self.future.clear();
        self.now = Some(view);
    }

    /// The view before.
    pub fn back(&mut self) -> Option<View> {
        let view = self.past.pop()?;
        self.future.extend(self.now.replace(view));
        Some(view)
    }

    /// The view gone back from.
    pub fn forward(&mut self) -> Option<View> {
        let view = self.future.pop()?;
        self.past.extend(self.now.replace(view));
        Some(view)
    }

    pub fn has_back(&self) -> bool {
        !self.past.is_empty()
    }

    pub fn has_forward(&self) -> bool {
        !self.future.is_empty()
    }
}

/// Views that nobody can tell apart: less than a thousandth of the screen and of a level.
fn is_same(a: View, b: View) -> bool {
    let degrees = 0.4 / a.zoom.exp2();
    (a.zoom - b.zoom).abs() < 1e-3
        && (a.lon - b.lon).abs() < degrees
        && (a.lat - b.lat).abs() < degrees
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_back_and_forward_and_a_new_view_ends_the_future() {
        let view = |lon: f64| View { lon, lat: 51.0, zoom: 12.0 };
        let mut history = ViewHistory::default();
        [1.0, 2.0, 2.000_000_01, 3.0].into_iter().for_each(|lon| history.rests_at(view(lon)));
        assert_eq!(history.back(), Some(view(2.0)));
        // The map comes to rest where it was sent.
        history.rests_at(view(2.0));
        assert_eq!(history.back(), Some(view(1.0)));
        assert_eq!(history.back(), None);
        assert_eq!(history.forward(), Some(view(2.0)));
        assert!(history.has_forward());
        history.rests_at(view(9.0));
        assert!(!history.has_forward() && history.has_back());
        assert_eq!(history.back(), Some(view(2.0)));
    }
}
