//! CSV (RFC 4180): the table of talks and speakers.

use csv::{Terminator, WriterBuilder};
use recap_model::Recap;

use crate::table::{COLUMNS, rows};
use crate::{Error, Export, Settings};

/// Writes all recaps.
pub fn write(recaps: &[Recap], _: &Settings) -> Result<Export, Error> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let fail = Error::of("CSV");
    writer.write_record(COLUMNS).map_err(|e| fail(&e))?;
    for row in recaps.iter().flat_map(rows) {
        writer.write_record(row.map(|value| cell(&value.unwrap_or_default()))).map_err(|e| fail(&e))?;
    }
    let bytes = writer.into_inner().map_err(|e| fail(&e))?;
    Ok(Export::one("talks", "csv", bytes))
}

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before `=`, `+`, `-`, `@`, tab and return.
/// A handle (`@name`) gets one, too: spreadsheets read `@` as a formula's start.
fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
