//! What panels ask for. Changes of the document are [`Command`]s; the rest concerns the window.

use std::path::PathBuf;

use super::settings::ThemeChoice;
use crate::i18n::Language;
use crate::project::{Command, LayerId};

/// A row of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct RowRef {
    pub layer: LayerId,
    pub row: usize,
}

/// A panel that can be shown or hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Panel {
    Layers,
    Details,
    Table,
}

/// What the right panel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum DetailsTab {
    #[default]
    Feature,
    Filter,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Action {
    /// Changes the document.
    Run(Command),
    /// The slider was let go: the next change is a new step of undo.
    CloseStep,
    Undo,
    Redo,

    New,
    ShowOpen,
    Open(Vec<PathBuf>),
    OpenSample,
    Save,
    ShowSaveAs,
    SaveTo(PathBuf),
    Quit,
    /// Does something that the question "save changes?" was answered for.
    Regardless(Box<Action>),

    Activate(LayerId),
    StartRename(LayerId),
    Select(Option<RowRef>),
    /// Shows one of the features found at a click.
    ShowHit(usize),
    ShowTab(DetailsTab),
    ShowCrs(LayerId),
    ShowProblems(LayerId),
    ShowExport(LayerId),
    ShowHelp,
    ShowAbout,
    ShowFigure,
    Reload(LayerId),

    ZoomToLayer(LayerId),
    ZoomToAll,
    ZoomToRow(RowRef),
    ZoomBy(f64),
    CopySources,
    CopyFigure,
    SaveFigure(PathBuf),
    CancelFigure,

    Toggle(Panel),
    SetPanel(Panel, bool),
    SetLanguage(Language),
    SetTheme(ThemeChoice),
    CancelOpening(usize),
    CancelLoading(LayerId),
    CancelFilter(LayerId),
    /// Shows only the rows of a layer in what is in view.
    FilterByView(LayerId),
    /// Draws an area on the map that the rows of a layer must lie in.
    #[expect(dead_code, reason = "the drawing tools of the map will send it")]
    DrawFilterArea(LayerId),
    /// Shows only the rows of a layer that share a point with the selected features of another.
    FilterBySelectionOf {
        layer: LayerId,
        of: LayerId,
    },
    DismissNotice(usize),
    DismissNotices,
}

/// Where panels put what they ask for.
pub(super) type Actions = Vec<Action>;
