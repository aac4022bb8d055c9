//! `belfort portal search`: the catalogue.

use serde::Serialize;

use super::arguments::Search as Arguments;
use super::{all, asked, failed};
use crate::cli::report::{padded, width};
use crate::cli::{Failure, json};
use crate::i18n::{Language, Message, format_integer};
use crate::jobs::Watch;
use crate::portal::{Dataset, PortalAddress, PortalInfo, Search};

#[derive(Serialize)]
struct Document {
    portal: String,
    total: u64,
    unreadable: u64,
    datasets: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    title: String,
    address: String,
    records: Option<u64>,
    geometry_types: Vec<String>,
    has_place: bool,
    publisher: String,
    licence: String,
    modified: Option<String>,
}

pub(super) fn run(arguments: &Arguments, language: Language) -> Result<String, Failure> {
    let portals = all(language, false);
    let info = asked(&arguments.common, &portals, language)?;
    let portal = portals.ask(&info);
    let mut search = Search {
        text: arguments.words.join(" "),
        with_geometry: arguments.geo,
        updated_since: arguments.since,
        offset: 0,
        limit: 0,
    };
    let wanted = usize::try_from(arguments.limit.max(1)).unwrap_or(usize::MAX);
    let mut datasets: Vec<Dataset> = Vec::new();
    let (mut total, mut unreadable) = (0, 0);
    while datasets.len() < wanted {
        search.limit = u32::try_from(wanted - datasets.len()).unwrap_or(u32::MAX);
        let page = portal.search(&search, &Watch::unwatched());
        let page = page.map_err(|error| failed(&error, language))?;
        total = page.total;
        unreadable += page.unreadable;
        let came = u32::try_from(page.datasets.len()).unwrap_or(u32::MAX);
        search.offset += came + u32::try_from(page.unreadable).unwrap_or(0);
        datasets.extend(page.datasets);
        if came == 0 || u64::from(search.offset) >= total {
            break;
        }
    }
    Ok(if arguments.common.json {
        let entries = datasets.iter().map(|dataset| entry(dataset, &info)).collect();
        json::text(&Document { portal: info.base.clone(), total, unreadable, datasets: entries })
    } else {
        text(&datasets, total, language)
    })
}

fn entry(dataset: &Dataset, info: &PortalInfo) -> Entry {
    Entry {
        id: dataset.id.clone(),
        title: dataset.title.clone(),
        address: PortalAddress::whole(info.clone(), &*dataset.id).to_string(),
        records: dataset.records,
        geometry_types: dataset.geometry_types.clone(),
        has_place: dataset.has_place(),
        publisher: dataset.publisher.clone(),
        licence: dataset.licence.clone(),
        modified: dataset.modified.map(|at| at.to_rfc3339()),
    }
}

fn text(datasets: &[Dataset], total: u64, language: Language) -> String {
    let wide = datasets.iter().map(|dataset| width(&dataset.id)).max().unwrap_or(0).min(60);
    let mut text = String::new();
    for dataset in datasets {
        let records = dataset.records.and_then(|count| i64::try_from(count).ok());
        let records = records.map(|count| format_integer(language, count)).unwrap_or_default();
        let id = padded(&dataset.id, wide);
        text.push_str(&format!("{id}  {records:>9}  {}\n", dataset.title));
    }
    let shown = u64::try_from(datasets.len()).unwrap_or(u64::MAX);
    let count = Message::new("cli-portal-found").count("shown", shown).count("total", total);
    text.push_str(&count.in_language(language));
    text.push('\n');
    text
}
