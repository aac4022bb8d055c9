//! `belfort portal info`: what a portal tells about a dataset.

use serde::Serialize;

use super::arguments::Info as Arguments;
use super::{all, asked, failed};
use crate::cli::report::{Rows, padded, width};
use crate::cli::{Failure, json};
use crate::i18n::{Language, format_date_time, format_integer, tr};
use crate::jobs::Watch;
use crate::portal::{Dataset, PortalAddress, plain_text};

#[derive(Serialize)]
struct Document<'a> {
    portal: &'a str,
    address: String,
    #[serde(flatten)]
    dataset: &'a Dataset,
    has_place: bool,
    page: String,
}

pub(super) fn run(arguments: &Arguments, language: Language) -> Result<String, Failure> {
    let portals = all(language, false);
    let info = asked(&arguments.common, &portals, language)?;
    let dataset = portals.ask(&info).dataset(&arguments.dataset, &Watch::unwatched());
    let dataset = dataset.map_err(|error| failed(&error, language))?;
    let address = PortalAddress::whole(info.clone(), &*dataset.id).to_string();
    let page = info.page_of(&dataset.id);
    Ok(if arguments.common.json {
        json::text(&Document {
            portal: &info.base,
            address,
            has_place: dataset.has_place(),
            page,
            dataset: &dataset,
        })
    } else {
        text(&dataset, &address, &page, language)
    })
}

fn text(dataset: &Dataset, address: &str, page: &str, language: Language) -> String {
    let tr = |id| tr(language, id);
    let day = |at: chrono::DateTime<chrono::FixedOffset>| {
        format_date_time(language, at.with_timezone(&chrono::Local).naive_local())
    };
    let mut rows = Rows::default();
    rows.add(tr("cli-portal-address"), address);
    rows.add(tr("cli-portal-page"), page);
    let records = dataset.records.and_then(|count| i64::try_from(count).ok());
    let records = records.map(|count| format_integer(language, count));
    rows.add(tr("cli-portal-records"), records.unwrap_or_default());
    let place = dataset.place_field().map(|field| {
        let kinds = dataset.geometry_types.join(", ");
        if kinds.is_empty() { field.name.clone() } else { format!("{kinds} ({})", field.name) }
    });
    rows.add(tr("cli-geometry"), place.unwrap_or_else(|| tr("cli-geometry-none")));
    rows.add(tr("cli-portal-publisher"), dataset.credits());
    rows.add(tr("cli-portal-licence"), dataset.licence.as_str());
    rows.add(tr("cli-portal-modified"), dataset.modified.map(day).unwrap_or_default());
    rows.add(tr("cli-portal-processed"), dataset.data_processed.map(day).unwrap_or_default());
    rows.add(tr("cli-portal-frequency"), dataset.update_frequency.as_str());
    rows.add(tr("cli-portal-themes"), dataset.themes.join(", "));
    rows.add(tr("cli-portal-keywords"), dataset.keywords.join(", "));
    let wide = dataset.fields.iter().map(|field| width(&field.name)).max().unwrap_or(0).min(40);
    let field = |field: &crate::portal::DatasetField| {
        let label = Some(&field.label).filter(|label| **label != field.name);
        format!("{}  {}", padded(&field.name, wide), label.map_or("", |label| label.as_str()))
    };
    let fields = dataset.fields.iter().map(|it| field(it).trim_end().to_owned()).collect();
    rows.add_lines(tr("cli-fields"), fields);
    let description = plain_text(&dataset.description);
    format!("{}\n{}\n{description}\n", dataset.title, rows.text(2))
}
