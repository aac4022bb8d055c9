//! What the window does with a portal: showing it, and bringing its layers onto the map.

use super::BelfortApp;
use super::actions::Panel;
use super::opening::Opening;
use super::portal_panel::Wish;

impl BelfortApp {
    /// Shows the city's portal in the left panel, or the layers.
    pub(super) fn show_portal(&mut self, on_portal: bool) {
        let mut settings = self.session.settings.clone();
        settings.on_portal = on_portal;
        settings.show_layers = true;
        self.sides.bring(Panel::Layers, &settings);
        if on_portal && self.session.settings.on_portal {
            self.portal_panel.search();
        }
        self.change_settings(settings);
    }

    /// Fetches layers; each comes onto the map when it is there.
    pub(super) fn add_from_portal(&mut self, wishes: Vec<Wish>) {
        for Wish { address, dressing } in wishes {
            let path = std::path::PathBuf::from(address.to_string());
            // Clicked twice while it is still coming.
            if self.session.opening.iter().any(|opening| opening.path == path) {
                continue;
            }
            let (portals, wake) = (&self.session.portals, &self.session.wake);
            let opening = Opening::of_portal(&address, dressing, portals, wake);
            self.session.opening.push(opening);
        }
    }
}
