//! What is chosen from a list: a recent file, the theme, the basemap, the language.

use super::Menu;
use crate::app::actions::Action;
use crate::app::file_dialogs::shortened;
use crate::app::live::refresh_choices;
use crate::app::safekeeping::bookmark_choices;
use crate::app::session::Session;
use crate::app::settings::{Settings, ThemeChoice};
use crate::app::vision;
use crate::i18n::Language;
use crate::project::{Command, Layer};
use crate::tiles::{BASEMAP_NONE, basemap, basemaps};

/// One thing to choose.
pub(in crate::app) struct Choice {
    /// Its name, in the language of the window.
    pub name: String,
    /// More about it; empty for nothing.
    pub hint: String,
    /// Whether it is the present choice.
    pub is_on: bool,
    pub action: Action,
}

/// A list to choose from.
pub(in crate::app) struct Choices {
    /// The message that names the list.
    pub label: &'static str,
    /// The part of a menu that it ends; none where it has a place of its own.
    pub menu: Option<(Menu, u8)>,
    /// What there is to choose, of a layer where it is about one.
    pub list: fn(&Session, Option<&Layer>) -> Vec<Choice>,
}

/// All lists to choose from.
pub(in crate::app) static CHOICES: &[Choices] = &[
    Choices { label: "app-open-recent", menu: Some((Menu::File, 1)), list: recent },
    Choices { label: "app-bookmarks", menu: Some((Menu::View, 2)), list: bookmark_choices },
    Choices { label: "app-vision", menu: Some((Menu::View, 3)), list: vision::choices },
    Choices { label: "app-theme", menu: Some((Menu::View, 3)), list: themes },
    Choices { label: "app-live-refresh", menu: Some((Menu::Layer, 2)), list: refresh_choices },
    Choices { label: "app-basemap", menu: None, list: grounds },
    Choices { label: "app-language", menu: None, list: languages },
];

/// Other settings than now.
pub(super) fn changed(session: &Session, change: impl FnOnce(&mut Settings)) -> Action {
    let mut settings = session.settings.clone();
    change(&mut settings);
    Action::ChangeSettings(Box::new(settings))
}

fn recent(session: &Session, _: Option<&Layer>) -> Vec<Choice> {
    let open = |path: &std::path::PathBuf| Choice {
        name: shortened(path),
        hint: String::new(),
        is_on: false,
        action: Action::Open(vec![path.clone()]),
    };
    session.settings.recent.iter().map(open).collect()
}

fn themes(session: &Session, _: Option<&Layer>) -> Vec<Choice> {
    let theme = |theme, name| Choice {
        name: session.tr(name),
        hint: String::new(),
        is_on: session.settings.theme == theme,
        action: changed(session, |settings| settings.theme = theme),
    };
    vec![
        theme(ThemeChoice::System, "app-theme-system"),
        theme(ThemeChoice::Light, "app-theme-light"),
        theme(ThemeChoice::Dark, "app-theme-dark"),
    ]
}

fn grounds(session: &Session, _: Option<&Layer>) -> Vec<Choice> {
    let chosen = &session.document().basemap;
    let mut all: Vec<Choice> = basemaps()
        .iter()
        .map(|basemap| Choice {
            name: basemap.name.get(session.language).to_owned(),
            hint: format!("{}\n{}", basemap.attribution, basemap.terms.get(session.language)),
            is_on: *chosen == basemap.id,
            action: Action::Run(Command::SetBasemap(basemap.id.clone())),
        })
        .collect();
    all.extend(session.document().basemaps.iter().map(|own| Choice {
        name: own.name.clone(),
        hint: match own.web() {
            Some(map) => map.attribution.clone(),
            None => own.path().unwrap_or_default().to_owned(),
        },
        is_on: *chosen == own.id,
        action: Action::Run(Command::SetBasemap(own.id.clone())),
    }));
    let is_known = |id: &str| basemap(id).is_some() || session.document().own_basemap(id).is_some();
    all.push(Choice {
        name: session.tr("app-basemap-none"),
        hint: String::new(),
        // A basemap this program does not know shows nothing either.
        is_on: !is_known(chosen),
        action: Action::Run(Command::SetBasemap(BASEMAP_NONE.to_owned())),
    });
    all
}

fn languages(session: &Session, _: Option<&Layer>) -> Vec<Choice> {
    let language = |language: Language| Choice {
        name: language.own_name().to_owned(),
        hint: String::new(),
        is_on: session.language == language,
        action: changed(session, |settings| settings.language = Some(language)),
    };
    Language::ALL.into_iter().map(language).collect()
}
