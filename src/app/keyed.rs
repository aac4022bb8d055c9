//! Something computed from something else: kept with what it came from, made again by a job when
//! that changes, shown until then.

use crate::jobs::{Job, Poll};

/// A derived value of type `V` and the key it was made from.
pub(super) struct Keyed<K, V> {
    made: Option<(K, V)>,
    making: Option<(K, Job<V>)>,
    /// What could not be made (a defect, in the log): not tried again until the key changes.
    lost: Option<K>,
}

impl<K, V> Default for Keyed<K, V> {
    fn default() -> Self {
        Keyed { made: None, making: None, lost: None }
    }
}

impl<K: PartialEq, V: Send + 'static> Keyed<K, V> {
    /// Takes the job's result when it is there, and starts a new job when what is there or being
    /// made has another key.
    pub fn want(&mut self, key: K, start: impl FnOnce(&K) -> Job<V>) {
        self.poll();
        if self.making.as_ref().is_some_and(|(making, _)| *making == key)
            || (self.making.is_none() && self.made.as_ref().is_some_and(|(made, _)| *made == key))
        {
            return;
        }
        if let Some((_, old)) = self.making.take() {
            old.cancel();
        }
        if self.made.as_ref().is_some_and(|(made, _)| *made == key)
            || self.lost.as_ref() == Some(&key)
        {
            return;
        }
        let job = start(&key);
        self.making = Some((key, job));
    }

    fn poll(&mut self) {
        let Some((_, job)) = &self.making else { return };
        match job.poll() {
            Poll::Running => {}
            Poll::Done(value) => {
                if let Some((key, _)) = self.making.take() {
                    self.made = Some((key, value));
                }
            }
            Poll::Lost => {
                log::error!("a computation was lost");
                self.lost = self.making.take().map(|(key, _)| key);
            }
        }
    }

    /// Puts in a value that is already known.
    pub fn put(&mut self, key: K, value: V) {
        self.forget();
        self.made = Some((key, value));
    }

    /// Ends the job under way: what it makes is not wanted. What was made stays.
    pub fn stop(&mut self) {
        if let Some((_, job)) = self.making.take() {
            job.cancel();
        }
    }

    /// Nothing is wanted any more.
    pub fn forget(&mut self) {
        self.stop();
        self.made = None;
        self.lost = None;
    }

    /// The last value made, perhaps of an older key.
    pub fn latest(&self) -> Option<&V> {
        self.made.as_ref().map(|(_, value)| value)
    }

    /// What the last value was made from.
    pub fn key(&self) -> Option<&K> {
        self.made.as_ref().map(|(key, _)| key)
    }

    /// The job under way.
    pub fn job(&self) -> Option<&Job<V>> {
        self.making.as_ref().map(|(_, job)| job)
    }

    /// The value, if it is of this key.
    pub fn of(&self, key: &K) -> Option<&V> {
        self.made.as_ref().filter(|(made, _)| made == key).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settle(keyed: &mut Keyed<u32, u32>, key: u32) -> u32 {
        for _ in 0..1000 {
            keyed.want(key, |key| {
                let key = *key;
                Job::start("double", || {}, move |_| key * 2)
            });
            if let Some(value) = keyed.of(&key) {
                return *value;
            }
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        panic!("the job never ended");
    }

    #[test]
    fn a_value_is_made_once_per_key_and_the_old_one_stays_meanwhile() {
        let mut keyed = Keyed::default();
        assert_eq!(settle(&mut keyed, 4), 8);
        keyed.want(4, |_| panic!("it is there already"));
        let (hold, held) = std::sync::mpsc::channel::<()>();
        keyed.want(5, move |_| {
            Job::start(
                "wait",
                || {},
                move |_| {
                    let _ = held.recv();
                    10
                },
            )
        });
        assert_eq!(keyed.latest(), Some(&8));
        assert_eq!(keyed.of(&5), None);
        keyed.want(4, |_| panic!("it is still there"));
        assert!(keyed.job().is_none());
        drop(hold);
        assert_eq!(settle(&mut keyed, 6), 12);
    }
}
