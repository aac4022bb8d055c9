//! The CSV export: `;` and a byte order mark unless told otherwise.

use std::io::{self, Write};

use super::dataset::Field;
use super::error::ApiError;
use super::odsql::Selection;
use super::query::{Query, flag};
use super::request::Request;
use super::value::Value;
use super::zone::Zone;

pub struct Csv {
    delimiter: String,
    quote_all: bool,
    with_bom: bool,
    head: Vec<String>,
    selection: Selection,
    zone: Zone,
}

impl Csv {
    pub fn read(
        request: &Request,
        fields: &[Field],
        query: &Query,
        labels: bool,
    ) -> Result<Csv, ApiError> {
        let delimiter = request.parameter("delimiter").unwrap_or(";");
        if ![";", ",", "\t", "|"].contains(&delimiter) {
            return Err(ApiError::parameter("delimiter", delimiter, "one of ; , tab |"));
        }
        let fields = query.group.as_ref().map_or(fields, |group| &group.fields);
        let named = query.selection.0.iter().map(|(column, name)| {
            if labels { fields[*column].label.clone() } else { name.clone() }
        });
        Ok(Csv {
            delimiter: delimiter.to_owned(),
            quote_all: flag(request, "quote_all", false)?,
            with_bom: flag(request, "with_bom", true)?,
            head: named.collect(),
            selection: query.selection.clone(),
            zone: query.zone,
        })
    }

    pub fn write_head(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.with_bom {
            write!(out, "\u{feff}")?;
        }
        self.write_cells(self.head.iter().cloned(), out)
    }

    pub fn write_row(&self, row: &[Value], out: &mut dyn Write) -> io::Result<()> {
        let cells = self.selection.0.iter().map(|(column, _)| row[*column].csv(self.zone));
        self.write_cells(cells, out)
    }

    /// By RFC 4180.
    fn write_cells(
        &self,
        cells: impl Iterator<Item = String>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        for (at, cell) in cells.enumerate() {
            if at > 0 {
                write!(out, "{}", self.delimiter)?;
            }
            let special = cell.contains(['"', '\n', '\r']) || cell.contains(&self.delimiter);
            if special || self.quote_all {
                write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
            } else {
                write!(out, "{cell}")?;
            }
        }
        write!(out, "\r\n")
    }
}
