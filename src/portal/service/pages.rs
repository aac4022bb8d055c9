//! How large the pages are that a service is asked for.

use super::super::error::{PortalError, Trouble};

/// After so many pages something is wrong.
pub(super) const MOST_PAGES: u64 = 50_000;

/// So many pages are wanted of a large layer: enough to see that it goes on.
const PAGES: u64 = 20;
const SMALLEST: u64 = 1_000;
const LARGEST: u64 = 10_000;

/// How many features are asked for at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PageSize(u64);

impl PageSize {
    /// For so many features, from a server that gives no more than so many at a time.
    pub fn of(expected: Option<u64>, most: Option<u64>) -> PageSize {
        let wanted = expected.unwrap_or(0).div_ceil(PAGES).clamp(SMALLEST, LARGEST);
        PageSize(most.map_or(wanted, |most| wanted.min(most)).max(1))
    }

    pub fn now(self) -> u64 {
        self.0
    }

    /// A page came with so many: a server that gives fewer than were asked for gives no more.
    pub fn came(&mut self, features: u64) {
        self.0 = self.0.min(features).max(1);
    }

    /// Makes pages smaller where one was too large to hold; answers whether that makes sense.
    pub fn shrinks_for(&mut self, error: &PortalError) -> bool {
        let is_heavy =
            matches!(&error.trouble, Trouble::TooLarge(most) if *most == super::gather::HEAVIEST);
        if is_heavy && self.0 > 1 {
            self.0 = (self.0 / 8).max(1);
            return true;
        }
        false
    }
}

/// Whether a server refuses what was asked, rather than being out of reach or out of order.
pub(in crate::portal) fn is_refusal(error: &PortalError) -> bool {
    matches!(
        error.trouble,
        Trouble::BadQuestion(_)
            | Trouble::Unexpected(_)
            | Trouble::NoDataset(_)
            | Trouble::Broken(400..=599, _)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_as_large_as_makes_sense() {
        for (expected, most, size) in [
            (None, None, 1_000),
            (Some(300), None, 1_000),
            (Some(100_000), None, 5_000),
            (Some(9_000_000), None, 10_000),
            (Some(100_000), Some(500), 500),
            (None, Some(0), 1),
        ] {
            assert_eq!(PageSize::of(expected, most).now(), size, "{expected:?} {most:?}");
        }
        let mut size = PageSize::of(None, None);
        size.came(2_000);
        assert_eq!(size.now(), 1_000);
        size.came(250);
        assert_eq!(size.now(), 250);
        let heavy = PortalError::new("x", Trouble::TooLarge(super::super::gather::HEAVIEST));
        assert!(size.shrinks_for(&heavy) && size.now() == 31);
        let small = PortalError::new("x", Trouble::TooLarge(1_000));
        assert!(!size.shrinks_for(&small));
        assert!(!PageSize(1).shrinks_for(&heavy));
    }
}
