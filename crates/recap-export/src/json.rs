//! Recap JSON itself.

use recap_model::Recap;

use crate::{Error, Export, Settings};

/// A file per event, indented, with a line end: made to be kept in version control.
pub fn pretty(recaps: &[Recap], _: &Settings) -> Result<Export, Error> {
    let mut export = Export::default();
    for recap in recaps {
        export.file(&recap.id, "json", recap.to_json());
    }
    Ok(export)
}

/// One line per event.
pub fn lines(recaps: &[Recap], _: &Settings) -> Result<Export, Error> {
    let mut text = String::new();
    for recap in recaps {
        text.push_str(&serde_json::to_string(recap).map_err(|e| Error::of("ndjson")(&e))?);
        text.push('\n');
    }
    Ok(Export::one("recaps", "ndjson", text))
}

/// Any value as indented JSON with a line end.
pub fn to_string(value: &impl serde::Serialize) -> Result<String, Error> {
    serde_json::to_string_pretty(value).map(|text| text + "\n").map_err(|e| Error::of("JSON")(&e))
}
