//! Which key goes with which.

use super::Confirmed;
use super::keys::{Form, Keys};
use super::near::propose;
use crate::jobs::{Cancelled, Watch};
use crate::table::Value;

/// Why two values that are not equal may mean the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// Only capitals, accents or spaces differ.
    Case,
    /// Hyphens, spaces or other signs differ.
    Signs,
    /// A number has zeros in front.
    Zeros,
    /// A word is written short.
    Short,
    /// The same words in another order.
    Order,
    /// One is the name of a place that stands in the other, or is one of its names.
    Inside,
    /// So many typing errors: letters changed, added, left out or exchanged.
    Typing(u8),
}

/// How a value of the layer found its partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum How {
    /// They are equal by value.
    Exact,
    /// The person said so.
    Confirmed,
    /// They may mean the same; they do not count as a match.
    Proposed(Reason),
    /// It has none.
    Unmatched,
}

/// For every key of the layer, its partner and how it was found.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Matching {
    pub(super) partners: Vec<(Option<usize>, How)>,
    /// The values that proposals could not be sought for, because there are too many.
    pub(super) not_sought: usize,
}

impl Matching {
    /// Equal values and those that the person confirmed; what is confirmed comes first.
    pub(super) fn exact(
        ours: &Keys<'_>,
        theirs: &Keys<'_>,
        form: Form,
        confirmed: &[Confirmed],
    ) -> Matching {
        let mut partners = vec![(None, How::Unmatched); ours.len()];
        for (key, number) in ours.iter() {
            if let (Some(found), Some(partner)) = (theirs.find(key), partners.get_mut(number)) {
                *partner = (Some(found), How::Exact);
            }
        }
        for pair in confirmed {
            let ours = form.key(Value::Text(&pair.ours)).and_then(|key| ours.find(&key));
            let theirs = form.key(Value::Text(&pair.theirs)).and_then(|key| theirs.find(&key));
            let Some((ours, theirs)) = ours.zip(theirs) else { continue };
            if let Some(partner) = partners.get_mut(ours)
                && *partner != (Some(theirs), How::Exact)
            {
                *partner = (Some(theirs), How::Confirmed);
            }
        }
        Matching { partners, not_sought: 0 }
    }

    /// Adds proposals for values that have no partner.
    pub(super) fn propose(
        &mut self,
        ours: &Keys<'_>,
        theirs: &Keys<'_>,
        watch: &Watch,
    ) -> Result<(), Cancelled> {
        let unmatched = self.partners.iter().enumerate();
        let unmatched = unmatched.filter(|(_, (partner, _))| partner.is_none());
        let unmatched: Vec<usize> = unmatched.map(|(key, _)| key).collect();
        let used = self.used(theirs.len());
        let found = propose(ours, &unmatched, theirs, &used, watch)?;
        self.not_sought = found.not_sought;
        for (ours, theirs, reason) in found.pairs {
            if let Some(partner) = self.partners.get_mut(ours) {
                *partner = (Some(theirs), How::Proposed(reason));
            }
        }
        Ok(())
    }

    /// Which keys of the other table have a partner, a proposed one too.
    pub(super) fn used(&self, theirs: usize) -> Vec<bool> {
        let mut used = vec![false; theirs];
        for (partner, _) in &self.partners {
            if let Some(used) = partner.and_then(|partner| used.get_mut(partner)) {
                *used = true;
            }
        }
        used
    }
}
