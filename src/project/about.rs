//! What a person says of a project as a whole, and the places in it that have a name.

use serde::{Deserialize, Serialize};

use super::document::{Document, View};

/// Who made a project, what it is, and what may be done with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct About {
    /// Who made it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// What it is.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What may be done with it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub licence: String,
}

impl About {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == About::default()
    }
}

/// A place with a name, to go back to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bookmark {
    /// Its name; no two of a project have the same.
    pub name: String,
    /// What is in view there.
    pub view: View,
}

impl Document {
    /// A bookmark by its name.
    pub fn bookmark(&self, name: &str) -> Option<&Bookmark> {
        self.bookmarks.iter().find(|bookmark| bookmark.name == name)
    }

    /// A name that no bookmark but this one has: with a number behind it where it is taken.
    pub(super) fn free_bookmark_name(&self, name: &str, but: Option<&str>) -> String {
        let is_free = |name: &str| but == Some(name) || self.bookmark(name).is_none();
        let name = name.trim();
        if is_free(name) {
            return name.to_owned();
        }
        let numbered = (2_u64..).map(|number| format!("{name} {number}"));
        numbered.into_iter().find(|name| is_free(name)).unwrap_or_default()
    }
}
