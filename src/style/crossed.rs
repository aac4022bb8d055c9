//! Two numbers of a row, each in a few classes, and a colour for each class of the one with each
//! class of the other.

use serde::{Deserialize, Serialize};

use super::breaks::Method;
use super::{Change, NumberOf, RampChoice};

/// The most classes of each number: sixteen colours are more than most people tell apart.
pub const MOST_STEPS: usize = 4;

/// The classes of one of the two numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Steps {
    /// The number.
    #[serde(flatten)]
    pub of: NumberOf,
    /// How classes are made: one of [`Steps::METHODS`], else the first of these.
    pub method: Method,
    /// How many classes are wished: 2 to [`MOST_STEPS`].
    pub count: usize,
    /// The upper ends of classes set by hand, as in [`super::Graduated::breaks`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breaks: Option<Vec<f64>>,
}

impl Default for Steps {
    fn default() -> Self {
        let [method, ..] = Steps::METHODS;
        Steps { of: NumberOf::default(), method, count: 3, breaks: None }
    }
}

impl Steps {
    /// The methods that never make more classes than are wished.
    pub const METHODS: [Method; 3] =
        [Method::Quantile, Method::NaturalBreaks, Method::EqualInterval];

    /// As it was chosen, within what there is room for.
    #[must_use]
    pub fn sound(&self) -> Steps {
        let [usual, ..] = Steps::METHODS;
        let breaks = self.breaks.as_ref().map(|breaks| {
            let mut breaks: Vec<f64> = breaks.iter().copied().filter(|at| at.is_finite()).collect();
            breaks.sort_by(f64::total_cmp);
            breaks.dedup();
            breaks.truncate(MOST_STEPS);
            breaks
        });
        Steps {
            of: self.of.clone(),
            method: if Steps::METHODS.contains(&self.method) { self.method } else { usual },
            count: self.count.clamp(2, MOST_STEPS),
            breaks,
        }
    }
}

/// Two numbers crossed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Crossed {
    /// The number that grows from left to right in the legend.
    pub across: Steps,
    /// The number that grows from below to above.
    pub up: Steps,
    /// The colours: [`super::ramp::CrossedRamp::id`]. Reversed, the two numbers exchange theirs.
    pub ramp: RampChoice,
    /// What was changed about classes, by [`Crossed::place`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// The class of rows that lack one of the numbers.
    pub missing: Change,
}

impl Default for Crossed {
    fn default() -> Self {
        Crossed {
            across: Steps::default(),
            up: Steps::default(),
            ramp: RampChoice::new("DkViolet"),
            changes: Vec::new(),
            missing: Change::default(),
        }
    }
}

impl Crossed {
    /// Where the change of a class is kept. The same however many classes there are, so that a
    /// filter that leaves fewer of them does not give what was changed to others.
    pub fn place(across: usize, up: usize) -> usize {
        up.saturating_mul(MOST_STEPS).saturating_add(across)
    }

    /// What was changed about a class.
    pub fn change(&self, across: usize, up: usize) -> Option<&Change> {
        self.changes.get(Crossed::place(across, up))
    }

    /// Changes a class.
    pub fn set_change(&mut self, across: usize, up: usize, change: Change) {
        let place = Crossed::place(across, up);
        if place < MOST_STEPS * MOST_STEPS {
            self.changes.resize(self.changes.len().max(place + 1), Change::default());
        }
        if let Some(slot) = self.changes.get_mut(place) {
            *slot = change;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_asks_for_is_brought_within_bounds() {
        let absurd = Steps {
            method: Method::HeadTail,
            count: 99,
            breaks: Some(vec![9.0, f64::NAN, 1.0, 1.0, 5.0, 7.0, 8.0]),
            ..Steps::default()
        };
        let sound = absurd.sound();
        assert_eq!((sound.method, sound.count), (Method::Quantile, MOST_STEPS));
        assert_eq!(sound.breaks, Some(vec![1.0, 5.0, 7.0, 8.0]));
        assert_eq!(Steps { count: 0, ..Steps::default() }.sound().count, 2);
    }

    #[test]
    fn a_change_stays_with_its_class() {
        let mut crossed = Crossed::default();
        let named = Change { label: Some("rijk en groen".to_owned()), ..Change::default() };
        crossed.set_change(2, 1, named.clone());
        assert_eq!(crossed.change(2, 1), Some(&named));
        assert_eq!(crossed.change(1, 2), None);
        crossed.set_change(9, 9, named);
        assert!(crossed.changes.len() <= MOST_STEPS * MOST_STEPS);
    }
}
