//! How a layer's source is read, where the person may know better: the encoding of its texts and
//! the system of its coordinates. What speaks for which is shown, and the choice is remembered for
//! the file.

mod card;
mod encoding_dialog;
mod landing_cards;
mod little_map;
mod place;
mod remembered;
mod texts;

pub(super) use card::show as show_card;
pub(super) use encoding_dialog::EncodingDialog;
pub(super) use landing_cards::LandingCards;
pub(super) use little_map::Picture;
pub(super) use place::{PlaceSeen, take_offer, taken_as};
pub use remembered::Remembered;
pub(super) use remembered::{chosen_words, follow, is_confirmed};
pub(super) use texts::{can_choose_encoding, encoding_link};
