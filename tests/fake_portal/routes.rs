//! From a request to its answer.

use chrono::{Days, Utc};

use super::answer::Answer;
use super::catalog;
use super::error::ApiError;
use super::exports;
use super::facets::facets;
use super::fault::{Fault, bomb};
use super::records::records;
use super::request::Request;
use super::state::State;
use super::view::{Order, View};

/// Answers by the state as it is now; what streams is made afterwards, from what was seen here.
pub fn answer(state: &mut State, address: &str, request: &Request, fault: Option<&Fault>) -> Job {
    state.used += 1;
    if let Some(Fault::GzipBomb { bytes }) = fault {
        return Job::Ready(bomb(*bytes));
    }
    let target = format!("{address}{}", request.path);
    if let Some(answer) = fault.and_then(|fault| fault.answer(&target, state.quota)) {
        return Job::Ready(answer);
    }
    match permitted(state, request) {
        Ok(()) => route(state, address, request, fault),
        Err(error) => Job::Ready(error.answer()),
    }
}

/// An answer, or the work that makes one: done when the state is free again for other requests.
pub enum Job {
    Ready(Answer),
    Work(Box<dyn FnOnce() -> Result<Answer, ApiError> + Send>),
}

impl Job {
    fn of(work: impl FnOnce() -> Result<Answer, ApiError> + Send + 'static) -> Job {
        Job::Work(Box::new(work))
    }

    pub fn done(self) -> Answer {
        match self {
            Job::Ready(answer) => answer,
            Job::Work(work) => work().unwrap_or_else(|error| error.answer()),
        }
    }
}

fn permitted(state: &State, request: &Request) -> Result<(), ApiError> {
    if request.method != "GET" {
        return Err(ApiError::new(405, "ODSQLError", "Only GET is answered."));
    }
    if state.used > state.quota {
        let midnight = (Utc::now().date_naive() + Days::new(1)).and_hms_opt(0, 0, 0);
        let midnight = midnight.expect("midnight").and_utc();
        return Err(ApiError::too_many(state.quota, midnight));
    }
    let sent = request.headers.get("authorization").map(|text| text.trim_start_matches("Apikey "));
    match sent.or(request.parameter("apikey")) {
        Some(key) if !state.keys.iter().any(|known| known == key) => Err(ApiError::wrong_key()),
        None if state.key_needed => Err(ApiError::wrong_key()),
        _ => Ok(()),
    }
}

fn route(state: &mut State, address: &str, request: &Request, fault: Option<&Fault>) -> Job {
    let Some(path) = request.api_path() else {
        return Job::Ready(Answer::new(404, "text/html", b"<h1>Niets te zien</h1>".to_vec()));
    };
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let request = request.clone();
    let (id, rest) = match parts.as_slice() {
        ["catalog", "datasets"] => {
            let mut views = state.views();
            views.iter_mut().for_each(|view| lay(view, fault));
            return Job::of(move || catalog::search(&views, &request));
        }
        ["catalog", "facets"] => {
            let views = state.views();
            let rows = move || views.into_iter().map(|view| catalog::row(&view));
            return Job::of(move || facets(&catalog::fields(), rows(), &request));
        }
        ["catalog", "datasets", id, rest @ ..] => ((*id).to_owned(), rest),
        _ => return Job::Ready(ApiError::no_route(path).answer()),
    };
    if state.datasets.get(&id).is_some_and(|dataset| dataset.live) {
        state.steps += 1;
    }
    let view = state.view(&id).filter(|_| !matches!(fault, Some(Fault::Gone)));
    let Some(mut view) = view else {
        return Job::Ready(ApiError::no_dataset(&id).answer());
    };
    lay(&mut view, fault);
    match rest {
        [] => Job::of(move || catalog::one(&view, &request)),
        ["records"] => Job::of(move || records(&view, &request)),
        ["facets"] => Job::of(move || {
            let rows = view.rows(Order::Kept).map(|(_, row)| row);
            facets(&view.fields(), rows, &request)
        }),
        ["exports"] => Job::Ready(exports::list(&view, address)),
        ["exports", format] => {
            state.downloads += 1;
            let format = (*format).to_owned();
            Job::of(move || exports::export(view, &request, &format))
        }
        _ => Job::Ready(ApiError::no_route(path).answer()),
    }
}

/// Lays the faults on a view that change what it shows.
fn lay(view: &mut View, fault: Option<&Fault>) {
    match fault {
        Some(Fault::Renamed(names)) => {
            let owned = |(old, new): &(&str, &str)| ((*old).to_owned(), (*new).to_owned());
            view.renamed = names.iter().map(owned).collect();
        }
        Some(Fault::CountOff(off)) => view.count_off = *off,
        _ => {}
    }
}
