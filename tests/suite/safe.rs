//! Nothing is lost: saving, the journal, crashes, damaged and older projects, files that moved.

mod edits;
mod kill;
mod kill_writing;
mod notes;
mod old_projects;
mod packs;
mod people;
mod properties;
mod schema;
mod window;
