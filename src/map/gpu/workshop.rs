//! Threads that make chunks ready to draw and send them to the GPU: what is in view, the nearest
//! to its middle first. Each frame says anew what it wants; what no frame wants any more is not
//! begun.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use arrow_array::BooleanArray;

use super::buffers::{Buffers, Gpu};
use super::looks::Looks;
use super::stock::{Goods, Ground, Key, Kind};
use crate::jobs::cores;
use crate::map::LayerScene;
use crate::map::classes::{Classes, DrawOrder};
use crate::map::detail::dots::{self, Dots, Hiding};
use crate::map::detail::shapes::{self, Shapes, Tools, Wanted};
use crate::table::RowSet;

/// Something to make.
#[derive(Clone, Debug)]
pub(super) enum Task {
    /// Something of a chunk; of a number beyond the last chunk, what is of none.
    Chunk { scene: Arc<LayerScene>, chunk: usize, key: Key, work: Work },
    /// The looks of a layer's rows.
    Looks {
        layer: u64,
        rows: usize,
        mask: Option<Arc<BooleanArray>>,
        classes: Option<Arc<Classes>>,
    },
}

/// What is to be made of a chunk.
#[derive(Clone, Debug)]
pub(super) enum Work {
    Shapes,
    Dots { mask: Option<Arc<BooleanArray>>, order: Option<DrawOrder>, hiding: Hiding },
    Selected { rows: RowSet },
}

/// What was made.
pub(super) enum Made {
    Chunk {
        scene: Arc<LayerScene>,
        chunk: usize,
        key: Key,
        goods: Goods,
    },
    Looks {
        layer: u64,
        looks: Option<Looks>,
        mask: Option<Arc<BooleanArray>>,
        classes: Option<Arc<Classes>>,
    },
}

/// What tells tasks apart.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Name {
    Chunk(usize, usize, Key),
    Looks(u64, Option<usize>, Option<usize>),
}

impl Task {
    fn name(&self) -> Name {
        match self {
            Task::Chunk { scene, chunk, key, .. } => {
                Name::Chunk(Arc::as_ptr(scene).addr(), *chunk, *key)
            }
            Task::Looks { layer, mask, classes, .. } => Name::Looks(
                *layer,
                mask.as_ref().map(|mask| Arc::as_ptr(mask).addr()),
                classes.as_ref().map(|classes| Arc::as_ptr(classes).addr()),
            ),
        }
    }
}

#[derive(Default)]
struct Board {
    /// What each map wants, the most urgent last.
    wanted: HashMap<u64, Vec<Task>>,
    doing: Vec<Name>,
    /// What could not be made for a defect (which is in the log): not tried in every frame again.
    given_up: Vec<Name>,
    done: Vec<Made>,
    /// To ask for a frame when something was made.
    context: Option<egui::Context>,
    is_closed: bool,
}

#[derive(Default)]
struct Shared {
    board: Mutex<Board>,
    changed: Condvar,
}

impl Shared {
    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The threads, and the board they take their tasks from.
pub(super) struct Workshop {
    shared: Arc<Shared>,
    threads: Vec<std::thread::JoinHandle<()>>,
}

impl Workshop {
    /// Starts a thread for each core but the window's.
    pub fn new(gpu: &Gpu) -> Workshop {
        let shared = Arc::new(Shared::default());
        let mut threads = Vec::new();
        for _ in 0..cores().saturating_sub(1).clamp(1, 8) {
            let (shared, gpu) = (Arc::clone(&shared), gpu.clone());
            let thread = std::thread::Builder::new().name("map".to_owned());
            match thread.spawn(move || work(&shared, &gpu)) {
                Ok(thread) => threads.push(thread),
                Err(error) => log::error!("no thread for the map: {error}"),
            }
        }
        Workshop { shared, threads }
    }

    /// What a map wants now, the most urgent first, instead of what it wanted before.
    pub fn want(&self, map: u64, mut tasks: Vec<Task>, context: &egui::Context) {
        tasks.reverse();
        let has_any = !tasks.is_empty();
        let mut board = self.shared.board();
        let before = if has_any {
            board.context = Some(context.clone());
            board.wanted.insert(map, tasks)
        } else {
            board.wanted.remove(&map)
        };
        drop(board);
        drop(before);
        if has_any {
            self.shared.changed.notify_all();
        }
    }

    /// What was made since the last call.
    pub fn take(&self) -> Vec<Made> {
        std::mem::take(&mut self.shared.board().done)
    }
}

/// Makes something at once, in the thread that draws: for little things. None for a defect, which is in
/// the log.
pub(super) fn make_now(gpu: &Gpu, task: Task) -> Option<Made> {
    let make = std::panic::AssertUnwindSafe(|| make(gpu, task, &mut Tools::default()));
    std::panic::catch_unwind(make).ok()
}

impl Drop for Workshop {
    /// Waits for the threads, each at most for the task it is at: a driver must not be taken down
    /// (at the end of the program, or with a lost GPU) while a thread is still in it.
    fn drop(&mut self) {
        let mut board = self.shared.board();
        board.is_closed = true;
        board.wanted.clear();
        drop(board);
        self.shared.changed.notify_all();
        for thread in self.threads.drain(..) {
            // A thread that panicked has said so.
            let _ = thread.join();
        }
    }
}

fn work(shared: &Shared, gpu: &Gpu) {
    let mut tools = Tools::default();
    let mut board = shared.board();
    loop {
        if board.is_closed {
            return;
        }
        let Some(task) = next(&mut board) else {
            board = shared.changed.wait(board).unwrap_or_else(PoisonError::into_inner);
            continue;
        };
        let name = task.name();
        board.doing.push(name);
        drop(board);
        // A defect in one chunk must not end the drawing of all others.
        let made =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| make(gpu, task, &mut tools)));
        board = shared.board();
        board.doing.retain(|doing| *doing != name);
        if let Ok(made) = made {
            board.done.push(made);
        } else {
            board.given_up.push(name);
            tools = Tools::default();
        }
        if let Some(context) = &board.context {
            context.request_repaint();
        }
    }
}

/// The most urgent task that nobody is doing, nor has given up.
fn next(board: &mut Board) -> Option<Task> {
    let Board { wanted, doing, given_up, .. } = board;
    for tasks in wanted.values_mut() {
        while let Some(task) = tasks.pop() {
            let name = task.name();
            if !doing.contains(&name) && !given_up.contains(&name) {
                return Some(task);
            }
        }
    }
    None
}

fn make(gpu: &Gpu, task: Task, tools: &mut Tools) -> Made {
    match task {
        Task::Looks { layer, rows, mask, classes } => {
            let looks = Looks::new(gpu, rows, mask.as_deref(), classes.as_deref());
            Made::Looks { layer, looks, mask, classes }
        }
        Task::Chunk { scene, chunk, key, work } => {
            let goods = make_goods(gpu, &scene, chunk, key, work, tools);
            Made::Chunk { scene, chunk, key, goods }
        }
    }
}

fn make_goods(
    gpu: &Gpu,
    scene: &LayerScene,
    chunk: usize,
    key: Key,
    work: Work,
    tools: &mut Tools,
) -> Goods {
    let window = key.window.extent();
    let mut shapes = Shapes { is_exact: true, ..Shapes::default() };
    let mut dots = Dots { is_whole: true, ..Dots::default() };
    let chunk = scene.chunks().get(chunk);
    let mut ground =
        chunk.map_or(Ground { origin: window.center(), step: 1.0, extent: window }, |chunk| {
            Ground { origin: chunk.origin, step: chunk.step, extent: chunk.extent }
        });
    let wanted = Wanted { level: key.level, window, rows: None };
    match (work, chunk) {
        (Work::Shapes, Some(chunk)) => {
            shapes = shapes::make(chunk, wanted, tools);
        }
        (Work::Selected { rows }, Some(chunk)) => {
            let wanted = Wanted { rows: Some(&rows), ..wanted };
            shapes = shapes::make(chunk, wanted, tools);
            dots = dots::of_rows(chunk, &rows);
        }
        (Work::Dots { mask, order, hiding }, _) => {
            dots = dots::make(scene, mask.as_deref(), order.as_ref(), hiding, &window);
            ground = Ground { origin: dots.origin, step: dots.step, extent: window };
        }
        (Work::Shapes | Work::Selected { .. }, None) => {}
    }
    let lengths = match key.kind {
        Kind::Shapes { measured: true } => shapes::lengths(&shapes.records),
        _ => Vec::new(),
    };
    let buffers = Buffers::new(gpu, &shapes, &lengths, &dots);
    let is_whole = shapes.is_exact && dots.is_whole;
    Goods { buffers, ground, unfilled: shapes.unfilled, is_whole }
}
