//! OPML 2.0: the sources of all events, an outline per event.

use recap_model::Recap;

use crate::xml::Xml;
use crate::{Error, Export, Settings, view};

/// One outline.
pub fn write(recaps: &[Recap], settings: &Settings) -> Result<Export, Error> {
    let mut xml = Xml::new("OPML")?;
    xml.within("opml", &[("version", "2.0")], |xml| {
        xml.within("head", &[], |xml| xml.text("title", &[], settings.title.as_deref().unwrap_or("Sources")))?;
        xml.within("body", &[], |xml| recaps.iter().try_for_each(|recap| event(xml, recap)))
    })?;
    Ok(Export::one("sources", "opml", xml.finish()))
}

fn event(xml: &mut Xml, recap: &Recap) -> Result<(), Error> {
    xml.within("outline", &[("text", &view::name(recap))], |xml| {
        for source in &recap.sources {
            let text = source.title.as_deref().or(source.url.as_deref()).or(source.path.as_deref()).unwrap_or(&source.id);
            match source.url.as_deref().and_then(view::safe) {
                Some(url) => xml.empty("outline", &[("text", text), ("type", "link"), ("url", url)])?,
                None => xml.empty("outline", &[("text", text)])?,
            }
        }
        Ok(())
    })
}
