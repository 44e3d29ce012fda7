//! YAML data: the same tree and the same shapes as JSON.

use super::node::{Bounded, Node};
use crate::builder::Builder;
use crate::document::{BlockKind, Format};
use crate::{Document, ReadError};

/// Reads YAML; several documents become a list. Aliases are bounded by the parser's budget.
///
/// # Errors
/// [`ReadError::Malformed`] with line and column.
pub fn read(text: &str) -> Result<Document, ReadError> {
    let parsed = serde_saphyr::from_multiple::<Bounded>(text);
    let mut documents = parsed.map_err(|error| ReadError::Malformed { format: "YAML", message: first_line(&error.to_string()) })?;
    let node = match documents.len() {
        1 => documents.remove(0).node,
        _ => Node::List(documents.into_iter().map(|d| d.node).collect()),
    };
    let mut builder = Builder::new();
    for line in text.lines().map(str::trim).take_while(|l| l.is_empty() || l.starts_with('#')) {
        builder.leaf(BlockKind::Paragraph, line.trim_start_matches('#'));
    }
    Ok(crate::json::document(node, builder, Format::Yaml))
}

/// The parser adds a picture of the place; its first line says it all.
fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or("").trim().to_owned()
}
