//! W3C Web Annotations (<https://www.w3.org/TR/annotation-model/>): one for each piece of evidence, which says of a
//! place in a source what value it gave. Positions count Unicode code points of the document text.

use recap_model::{Evidence, Recap};
use serde_json::{Value, json};

use crate::json::to_string;
use crate::{Error, Export, Settings, view};

/// A page of annotations per event.
pub fn write(recaps: &[Recap], _: &Settings) -> Result<Export, Error> {
    let mut export = Export::default();
    for recap in recaps {
        let values = serde_json::to_value(recap).map_err(|e| Error::of("annotations")(&e))?;
        let all = recap.evidence.iter().flat_map(|(pointer, places)| places.iter().map(move |place| (pointer, place)));
        let items: Vec<Value> = all.enumerate().map(|(n, (pointer, place))| annotation(recap, &values, n, pointer, place)).collect();
        let page = json!({
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": format!("urn:recap:{}:evidence", view::slug(&recap.id)),
            "type": "AnnotationPage",
            "items": items,
        });
        export.file(&recap.id, "jsonld", to_string(&page)?);
    }
    Ok(export)
}

fn annotation(recap: &Recap, values: &Value, number: usize, pointer: &str, place: &Evidence) -> Value {
    let value = values.pointer(pointer).map_or_else(String::new, |v| v.as_str().map_or_else(|| v.to_string(), str::to_owned));
    let source = recap.sources.iter().find(|s| s.id == place.source);
    // A file of somebody's machine has no address: it is named within the recap, whose `sources` tells its path.
    let own = || format!("urn:recap:{}:source:{}", view::slug(&recap.id), view::slug(&place.source));
    let address = source.and_then(|s| s.url.as_deref().and_then(view::safe).map(str::to_owned)).unwrap_or_else(own);
    let mut selectors = vec![json!({"type": "TextPositionSelector", "start": place.start, "end": place.end})];
    let mut bodies = vec![
        json!({"type": "TextualBody", "purpose": "tagging", "value": pointer}),
        json!({"type": "TextualBody", "purpose": "identifying", "value": value}),
        json!({"type": "TextualBody", "purpose": "classifying", "value": place.rule}),
    ];
    match &place.attribute {
        // The quote of an attribute does not stand in the text.
        Some(attribute) => {
            bodies.push(json!({"type": "TextualBody", "purpose": "describing", "value": format!("{attribute}={}", place.quote)}))
        }
        None => selectors.insert(0, json!({"type": "TextQuoteSelector", "exact": place.quote})),
    }
    json!({
        "id": format!("urn:recap:{}:evidence:{number}", view::slug(&recap.id)),
        "type": "Annotation",
        "motivation": "identifying",
        "body": bodies,
        "target": {"source": address, "selector": selectors},
    })
}
