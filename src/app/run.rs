//! The window on the screen, by eframe.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

use crate::i18n::{Language, Message};

use super::settings::cache_folder;
use super::window_place::is_in_sight;
use super::{BelfortApp, Settings, icons};

/// Why the window could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is no display, or no way to draw on it.
    #[error("the window cannot be opened: {0}")]
    Window(#[from] eframe::Error),
}

impl RunError {
    /// What is missing, in words.
    pub fn message(&self) -> Message {
        let RunError::Window(error) = self;
        let id = match error {
            eframe::Error::Wgpu(_) => "app-error-no-gpu",
            _ => "app-error-no-window",
        };
        Message::new(id).text("error", error.to_string())
    }
}

/// How often a window is opened again after its GPU was lost.
const REOPENED_AT_MOST: u32 = 5;

/// The program between two windows.
type Kept = Rc<RefCell<Option<BelfortApp>>>;

/// Opens the window on a project or on data files; without any, on the sample project. Speaks the
/// language given, else the one chosen before, else the system's. Returns when it is closed. When
/// the GPU is lost meanwhile, the window is opened again with all that was in it, on whatever GPU
/// or software there is to draw with.
///
/// # Errors
/// When there is no display or nothing to draw with.
pub fn run(paths: Vec<PathBuf>, language: Option<Language>) -> Result<(), RunError> {
    let mut settings = Settings::of_user();
    settings.language = language.or(settings.language);
    let kept = Kept::default();
    let mut first = Some((settings, paths));
    for _ in 0..=REOPENED_AT_MOST {
        let look = match (&first, &*kept.borrow()) {
            (Some((settings, _)), _) => viewport(settings),
            (None, Some(app)) => viewport(app.settings()),
            (None, None) => return Ok(()),
        };
        open(look, &kept, first.take())?;
    }
    Ok(())
}

/// The window as it was the last time.
fn viewport(settings: &Settings) -> egui::ViewportBuilder {
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("belfort")
        .with_title("Belfort")
        .with_inner_size(settings.window.unwrap_or([1280.0, 820.0]))
        .with_min_inner_size([720.0, 480.0])
        .with_maximized(settings.maximized)
        .with_drag_and_drop(true)
        .with_icon(icons::window_icon());
    match settings.window_place {
        Some(place) => viewport.with_position(place),
        None => viewport,
    }
}

/// Opens one window; when its GPU is lost, the program is in `kept` afterwards.
fn open(
    viewport: egui::ViewportBuilder,
    kept: &Kept,
    first: Option<(Settings, Vec<PathBuf>)>,
) -> Result<(), eframe::Error> {
    let is_placed = viewport.position.is_some();
    let options = eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Wgpu,
        persist_window: false,
        centered: !is_placed,
        run_and_return: true,
        ..eframe::NativeOptions::default()
    };
    let theirs = Rc::clone(kept);
    let create: eframe::AppCreator<'_> = Box::new(move |created| {
        bring_in_sight(created);
        let state = created.wgpu_render_state.clone();
        let before = theirs.borrow_mut().take();
        let app = match (before, first) {
            (Some(mut app), _) => {
                app.move_to(&created.egui_ctx, state);
                app
            }
            (None, Some((settings, paths))) => {
                let cache = cache_folder();
                let unsaved = settings.unsaved_folder(&cache);
                let ctx = &created.egui_ctx;
                let mut app = BelfortApp::new(ctx, state, settings, cache, &paths);
                app.keep_unsaved_work(unsaved);
                app
            }
            (None, None) => return Err("there is no program to show".into()),
        };
        Ok(Box::new(Windowed { app: Some(app), kept: theirs }))
    });
    eframe::run_native("belfort", options, create)
}

/// Moves a window that opened where no screen is any more to the main one.
#[expect(clippy::cast_precision_loss, reason = "pixels of a desktop")]
fn bring_in_sight(created: &eframe::CreationContext<'_>) {
    let Some(window) = created.winit_window() else { return };
    let rect = |[x, y]: [i32; 2], [width, height]: [u32; 2]| {
        let size = egui::vec2(width as f32, height as f32);
        egui::Rect::from_min_size(egui::pos2(x as f32, y as f32), size)
    };
    let screens: Vec<_> = window
        .available_monitors()
        .map(|screen| rect(screen.position().into(), screen.size().into()))
        .collect();
    let main = window.primary_monitor().or_else(|| window.available_monitors().next());
    let (Ok(at), Some(main)) = (window.outer_position(), main) else { return };
    if !is_in_sight(rect(at.into(), window.outer_size().into()), &screens) {
        window.set_outer_position(main.position());
    }
}

/// The program in a window.
struct Windowed {
    app: Option<BelfortApp>,
    kept: Kept,
}

impl eframe::App for Windowed {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        if let Some(app) = &mut self.app {
            app.follow_system(ui.ctx());
            app.ui(ui);
        }
    }

    fn on_exit(&mut self) {
        let Some(mut app) = self.app.take() else { return };
        app.keep_settings();
        if app.has_lost_gpu() {
            *self.kept.borrow_mut() = Some(app);
        } else {
            app.end();
        }
    }
}
