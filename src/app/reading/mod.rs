//! How a layer's source is read, where the person may know better: the encoding of its texts, the
//! system of its coordinates and the kinds of its fields. What speaks for which is shown, and the choice is remembered for
//! the file.

mod card;
mod encoding_dialog;
mod kind_dialog;
mod kinds;
mod landing_cards;
mod little_map;
mod place;
mod remembered;
mod retyped;
mod texts;

pub(super) use card::show as show_card;
pub(super) use encoding_dialog::EncodingDialog;
pub(super) use kind_dialog::KindDialog;
pub(super) use kinds::{FieldOffers, can_choose_kinds, kind_sign, kinds_link};
pub(super) use landing_cards::LandingCards;
pub(super) use little_map::Picture;
pub(super) use place::{PlaceSeen, take_offer, taken_as};
pub use remembered::Remembered;
pub(super) use remembered::{chosen_words, follow, is_confirmed};
pub(super) use retyped::{differ_in_fields, is_made_of, retyped};
pub(super) use texts::{can_choose_encoding, encoding_link};
