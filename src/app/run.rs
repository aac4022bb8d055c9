//! The window on the screen, by eframe.

use std::path::PathBuf;

use crate::i18n::Language;

use super::settings::tile_cache;
use super::{BelfortApp, Settings, icons};

/// Why the window could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is no display, or no way to draw on it.
    #[error("the window cannot be opened: {0}")]
    Window(#[from] eframe::Error),
}

/// Opens the window on a project or on data files; without any, on the sample project. Speaks the
/// language given, else the one chosen before, else the system's. Returns when it is closed.
///
/// # Errors
/// When there is no display or nothing to draw with.
pub fn run(paths: Vec<PathBuf>, language: Option<Language>) -> Result<(), RunError> {
    let mut settings = Settings::of_user();
    settings.language = language.or(settings.language);
    let size = settings.window.unwrap_or([1280.0, 820.0]);
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("belfort")
        .with_title("Belfort")
        .with_inner_size(size)
        .with_min_inner_size([720.0, 480.0])
        .with_drag_and_drop(true)
        .with_icon(icons::window_icon());
    let options = eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Wgpu,
        persist_window: false,
        centered: true,
        ..eframe::NativeOptions::default()
    };
    let create: eframe::AppCreator<'_> = Box::new(move |created| {
        let state = created.wgpu_render_state.clone();
        let app = BelfortApp::new(&created.egui_ctx, state, settings, tile_cache(), paths);
        Ok(Box::new(app))
    });
    Ok(eframe::run_native("belfort", options, create)?)
}

impl eframe::App for BelfortApp {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        BelfortApp::ui(self, ui);
    }

    fn on_exit(&mut self) {
        self.keep_settings();
    }
}
