//! The pointer's place in Lambert 72. PROJ takes tens of milliseconds to get ready, so a thread of
//! its own does it and the window never waits.

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::Wake;
use crate::crs::{Crs, Transformer, has_lambert72};

type Place = [f64; 2];

/// Answers places in longitude and latitude with places in Lambert 72, a moment later.
pub(super) struct Lambert {
    wake: Wake,
    questions: Option<(Sender<Place>, JoinHandle<()>)>,
    /// The last question answered, and its answer: none outside the system's area.
    answer: Answer,
    asked: Option<Place>,
}

impl Lambert {
    pub fn new(wake: Wake) -> Lambert {
        Lambert { wake, questions: None, answer: Arc::default(), asked: None }
    }

    /// The place in Lambert 72, metres; none while it is not known, and outside Belgium.
    pub fn of(&mut self, lon_lat: Place) -> Option<Place> {
        if self.asked != Some(lon_lat) {
            self.asked = Some(lon_lat);
            if self.questions.is_none() {
                self.questions = start(&self.answer, &self.wake);
            }
            let asked = self.questions.as_ref().map(|(questions, _)| questions.send(lon_lat));
            if !matches!(asked, Some(Ok(()))) {
                log::error!("no transformation to Lambert 72");
            }
        }
        let answer = self.answer.lock().unwrap_or_else(PoisonError::into_inner);
        // Slightly late is better than flickering.
        answer.and_then(|(_, answer)| answer)
    }
}

/// The thread must not be inside PROJ when the program ends.
impl Drop for Lambert {
    fn drop(&mut self) {
        if let Some((questions, thread)) = self.questions.take() {
            drop(questions);
            let _ = thread.join();
        }
    }
}

type Answer = Arc<Mutex<Option<(Place, Option<Place>)>>>;

fn start(answer: &Answer, wake: &Wake) -> Option<(Sender<Place>, JoinHandle<()>)> {
    let (sender, receiver) = channel::<Place>();
    let (answer, wake) = (answer.clone(), wake.clone());
    let started = std::thread::Builder::new().name("lambert".to_owned()).spawn(move || {
        let transformer = match Transformer::new(&Crs::wgs84(), &Crs::lambert72()) {
            Ok(transformer) => transformer,
            Err(error) => {
                log::error!("{error}");
                return;
            }
        };
        while let Ok(mut question) = receiver.recv() {
            // Only the newest question is worth an answer.
            while let Ok(newer) = receiver.try_recv() {
                question = newer;
            }
            let mut xy = [question];
            let is_known = has_lambert72(question) && transformer.transform(&mut xy) == 0;
            let place = Some((question, is_known.then_some(xy[0])));
            *answer.lock().unwrap_or_else(PoisonError::into_inner) = place;
            wake();
        }
    });
    match started {
        Ok(thread) => Some((sender, thread)),
        Err(error) => {
            log::error!("no thread: {error}");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_belgium_are_answered_and_others_not() {
        let mut lambert = Lambert::new(Arc::new(|| {}));
        let mut ask = |place: Place| {
            let _ = lambert.of(place);
            for _ in 0..2000 {
                let answer = *lambert.answer.lock().unwrap_or_else(PoisonError::into_inner);
                let is_new = |asked: Place| (asked[0] - place[0]).abs() < 1e-12;
                if answer.is_some_and(|(asked, _)| is_new(asked)) {
                    return lambert.of(place);
                }
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
            panic!("no answer");
        };
        // PROJ 9.6: EPSG:31370 (104700, 193800) is 3.722687541, 51.052587503.
        let found = ask([3.722_687_541, 51.052_587_503]).unwrap_or_default();
        assert!(
            (found[0] - 104_700.0).abs() < 1.0 && (found[1] - 193_800.0).abs() < 1.0,
            "{found:?}"
        );
        assert_eq!(ask([0.0, 0.0]), None);
    }
}
