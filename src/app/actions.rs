//! What panels ask for. Changes of the document are [`Command`]s; the rest concerns the window.

use std::path::PathBuf;

use super::areas_dialog::Asked;
use super::chart_panel::ChartForm;
use super::commands::Menu;
use super::copying::Copied;
use super::layers_panel::ChooseLayer;
use super::linked::LinkedPart;
use super::portal_panel::Wish;
use super::selection::Choose;
use super::session::Notice;
use super::settings::{KeptQuestion, Settings};
use super::tools::Tool;
use crate::find::Place;
use crate::portal::{QuestionAreas, Service};
use crate::project::{BackdropId, Command, GroupId, Layer, LayerId, LayerSource, Rectangle, View};
use crate::style::ramp::Vision;
use crate::table::{Extent, RowSet};

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
    /// The small map of everything.
    Overview,
    /// Whether that is folded.
    OverviewFold,
    /// Lines of longitude and latitude where there is no basemap.
    Graticule,
}

/// What the right panel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum DetailsTab {
    #[default]
    Feature,
    Filter,
    Style,
    /// Charts and numbers of a field.
    Chart,
    /// What a check of the geometry found.
    Check,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Action {
    /// Changes the document.
    Run(Command),
    /// Reads a layer's source otherwise, and shows where it lies then.
    ReadAs(LayerId, LayerSource),
    /// Takes steps back, or does them again, until so many are done.
    GoToStep(usize),
    /// The slider was let go: the next change is a new step of undo.
    CloseStep,
    Undo,
    Redo,

    New,
    /// The map that is open as a new one, without its file.
    NewFromThis,
    ShowOpen,
    /// Shows the city's portal, or the layers, in the left panel.
    ShowPortal(bool),
    /// Fetches layers from a portal and adds them.
    AddFromPortal(Vec<Wish>),
    /// Asks for the address of a service.
    ShowService,
    /// Asks an endpoint of linked data a question, or follows a stream.
    ShowLinked(LinkedPart),
    /// Asks a question, and counts its answers in the areas that they name: its address, the city's portal.
    AskPerArea(String, String, Box<QuestionAreas>),
    KeepQuestion(KeptQuestion),
    ForgetQuestion(String),
    /// Lets the person choose layers of a service.
    ServiceFound(Box<Service>),
    /// Shows where a layer's data come from.
    ShowReceipt(LayerId),
    Open(Vec<PathBuf>),
    /// Asks the system for what is on the clipboard; it comes as an event.
    RequestPaste,
    /// Adds a pasted text as a layer.
    Paste(String),
    /// Opens these layers of a file.
    OpenLayers(PathBuf, Vec<String>, Option<Rectangle>),
    OpenSample,
    Save,
    ShowSaveAs,
    SaveTo(PathBuf),
    /// Looks for unsaved work of programs that ended too early.
    SearchWork,
    /// Looks for the files of the project that are missing, and shows them.
    FindFiles,
    CancelFiles,
    ShowPack,
    /// Writes the project with all that it needs into one file.
    Pack(PathBuf),
    CancelPack,
    ShowMissing,
    ShowHistory,
    ShowProperties,
    ShowBookmarks,
    GoToView(View),
    /// Puts the unsaved work that was chosen in place of the project.
    TakeUpWork,
    Quit,
    /// Does something that the question "save changes?" was answered for.
    Regardless(Box<Action>),

    Activate(LayerId),
    /// A layer is clicked in the list: alone, or with others.
    ChooseLayer(LayerId, ChooseLayer),
    ChooseAllLayers,
    StartRename(LayerId),
    StartRenameGroup(GroupId),
    StartRenameBackdrop(BackdropId),
    /// Makes a backdrop the one that commands are about.
    ChooseBackdrop(BackdropId),
    ShowBackdropCrs(BackdropId),
    ShowBackdropProblems(BackdropId),
    ReloadBackdrop(BackdropId),
    CancelBackdrop(BackdropId),
    ZoomToBackdrop(BackdropId),
    /// Selects one row alone, or none.
    Select(Option<RowRef>),
    /// Selects rows of a layer.
    Choose {
        layer: LayerId,
        rows: RowSet,
        how: Choose,
    },
    /// Selects rows of a layer and lists them in the table.
    ListRows(LayerId, RowSet),
    /// Lets the labels of a layer be dragged on the map, or those of none.
    ArrangeLabels(Option<LayerId>),
    /// Gives the label of a row free that was put in its place by hand.
    UnpinLabel(RowRef),
    /// Shows the attributes of a row, which is selected with the others.
    LookAt(RowRef),
    /// Selects all rows of the active layer that its filter shows.
    SelectAll,
    /// Selects of the active layer the rows shown that were not selected.
    InvertSelection,
    /// Selects the rows that a layer's filter shows, and ends the filter.
    SelectInstead(LayerId),
    ZoomToSelection,
    /// Hands over the rows selected of the active layer.
    ExportSelection,
    /// Takes another tool for the map.
    SetTool(Tool),
    /// Takes away the corner of a note that is chosen, else the notes that are selected.
    RemoveNotes,
    /// Keeps the text that is being written on the map.
    KeepNoteText,
    /// Escape: takes back the shape being drawn, else puts away the tool, else ends the selection.
    StepBack,
    CancelSelecting,
    Copy(Copied),
    /// Shows one of the features found at a click.
    ShowHit(usize),
    ShowTab(DetailsTab),
    /// Shows how a layer looks, to be changed.
    ShowStyle(LayerId),
    /// Shows charts and numbers of a layer.
    ShowChart(LayerId),
    /// The chart shown on the clipboard.
    CopyChart(ChartForm),
    ShowSaveChart(ChartForm),
    SaveChart(PathBuf, ChartForm),
    /// Asks for a style file of QGIS for a layer.
    ShowReadStyle(LayerId),
    /// Gives a layer the style of a file of QGIS.
    ReadStyle(LayerId, PathBuf),
    /// Asks where the style of a layer goes as a file of QGIS.
    ShowSaveStyle(LayerId),
    /// Writes the style of the active layer for QGIS.
    SaveStyle(PathBuf),
    /// Asks for a name under which the style of a layer is kept.
    ShowNameStyle(LayerId),
    CancelStyle,
    /// Lists what a style lost on its way from or to QGIS.
    ShowStyleTold,
    ShowCrs(LayerId),
    /// Shows what speaks for which encoding of a layer's texts.
    ShowEncoding(LayerId),
    /// Shows what a field of a layer could be read as: one by name, or the first that could.
    ShowKinds(LayerId, Option<String>),
    ShowScales(LayerId),
    /// Asks which area of a basemap is taken along.
    ShowTake,
    /// The area of a basemap that is taken along is drawn on the map.
    DrawTakeArea,
    /// Asks for the address of a basemap, or shows one of the project by its word.
    ShowWebMap(Option<String>),
    /// Shows what is kept of basemaps on disk.
    ShowCache,
    ViewBack,
    ViewForward,
    ToggleFullScreen,
    ShowProblems(LayerId),
    /// Looks whether the geometry of a layer is valid.
    ShowCheck(LayerId),
    StopCheck,
    CloseCheck,
    /// Selects rows of a layer (numbers of rows) and shows the place that was found.
    GoToFinding {
        layer: LayerId,
        rows: Vec<u32>,
        place: Option<Place>,
    },
    /// Offers a copy of a layer with its geometry put right.
    ShowRepair(LayerId),
    ShowExport(LayerId),
    /// Joins a table to a layer: either of them may be named.
    ShowJoin(LayerId),
    /// Makes numbers per area, or looks up the area of each row: of either layer.
    ShowAreas(LayerId, Asked),
    /// Puts the rows of a layer where their names are.
    ShowNames(LayerId),
    /// Changes such columns that a layer has.
    ChangeAreas(LayerId),
    /// Tells that a layer has such a column.
    PlaceColumnsMade(LayerId, String, bool),
    ShowHelp,
    ShowAbout,
    ShowSettings,
    /// Shows the card with first steps, over the sample city.
    ShowFirstMinute,
    /// Moves the focus to the next part of the window, or to the one before.
    FocusPart {
        forward: bool,
    },
    /// Opens a menu of the menu bar by keyboard.
    OpenMenu(Menu),
    ShowFigure,
    ShowPrint,
    ShowTitle,
    ShowFind,
    /// Selects rows of a layer (numbers of rows) and shows them on the map.
    GoToRows(LayerId, Vec<u32>),
    /// Shows a place with a marker.
    GoToPlace(Place),
    ClearMarker,
    Reload(LayerId),
    /// Asks for newer data of all layers of portals.
    UpdateAll,
    UpdateLayer(LayerId),
    CancelUpdate,
    /// Shows a live layer with the values of a moment that was recorded, or of now.
    LookBack(LayerId, Option<chrono::DateTime<chrono::Utc>>),
    /// Shows what the last update changed.
    ShowUpdates,

    ZoomToLayer(LayerId),
    ZoomToAll,
    /// Shows a rectangle, longitude and latitude.
    ZoomToExtent(Extent),
    /// Moves the map to a place (degrees, WGS 84) at the same zoom.
    CentreOn([f64; 2]),
    ZoomToRow(RowRef),
    ZoomBy(f64),
    CopySources,
    /// Shows the map as someone sees it.
    SetVision(Vision),
    /// Opens an archive again that could not be opened, by the word of its basemap.
    OpenBasemapAgain(String),
    /// Asks again for tiles of the basemap that could not be had.
    RetryTiles,
    CopyFigure,
    SaveFigure(PathBuf),
    /// The map as seen on the clipboard, at so many pixels per point.
    CopyView(u8),
    ShowSaveView(u8),
    SaveView(PathBuf, u8),
    CancelFigure,
    CancelCopying,
    /// Ends putting the rows of the table in order: they stand as in the file then.
    CancelOrder(LayerId),
    CancelRowAim,
    CancelChoosing,

    Toggle(Panel),
    SetPanel(Panel, bool),
    /// Other settings, in force at once.
    ChangeSettings(Box<Settings>),
    CancelOpening(usize),
    CancelLoading(LayerId),
    CancelFilter(LayerId),
    /// Ends finding the classes of a layer's rows.
    CancelClasses(LayerId),
    /// Shows only the rows of a layer in what is in view.
    FilterByView(LayerId),
    /// Shows only the rows of a layer that share a point with the selected features of another.
    FilterBySelectionOf {
        layer: LayerId,
        of: LayerId,
    },
    /// Shows all that is known about a notice, or only what happened.
    NoticeDetails(usize),
    Tell(Box<Notice>),
    DismissNotice(usize),
    DismissNotices,
}

impl Action {
    /// Reads the part of a layer's file that lies in a rectangle, or all of it.
    pub fn read_part(layer: &Layer, part: Option<Rectangle>) -> Action {
        let source = LayerSource { bbox: part, ..layer.source.clone() };
        Action::Run(Command::SetSource(layer.id, source))
    }
}

/// Where panels put what they ask for.
pub(super) type Actions = Vec<Action>;
