//! What services say of a recap's addresses: apart from what its pages say.

use recap_model::{Lookup, LookupKind, LookupStatus};

use super::event::{Dossier, outside};
use super::parts::{Item, LookupView};
use super::source::called;
use super::{Cut, Fact};

/// All of them, in the order of the recap.
pub fn items(dossier: &Dossier<'_>) -> Vec<Item> {
    let lookups = dossier.recap.lookups.iter().enumerate();
    lookups.map(|(at, lookup)| Item::Lookup(Box::new(view(dossier, &format!("/lookups/{at}"), lookup)))).collect()
}

fn view(dossier: &Dossier<'_>, own: &str, lookup: &Lookup) -> LookupView {
    let fact = |field: &str, value: &Option<String>| value.as_deref().map(|value| dossier.fact(&format!("{own}/{field}"), value));
    let author = fact("author", &lookup.author).or_else(|| fact("author_url", &lookup.author_url));
    LookupView {
        kind: match lookup.kind {
            LookupKind::Post => "post",
            LookupKind::Slides => "slides",
            LookupKind::Video => "video",
            LookupKind::Link => "link",
        },
        address: Fact { why: None, ..dossier.address(own, &lookup.url) },
        gone: lookup.status == LookupStatus::Gone,
        title: fact("title", &lookup.title),
        author: author.map(|author| Fact { url: lookup.author_url.as_deref().and_then(outside), ..author }),
        leads_to: lookup.leads_to.as_deref().map(|url| dossier.address(&format!("{own}/leads_to"), url)),
        service: service(dossier, own),
    }
}

/// The answer that the values quote.
fn service(dossier: &Dossier<'_>, own: &str) -> Option<Fact> {
    let fields = ["title", "author", "author_url", "leads_to"];
    let proof = fields.iter().find_map(|field| dossier.recap.evidence.get(&format!("{own}/{field}"))?.first())?;
    let source = dossier.recap.sources.iter().find(|source| source.id == proof.source)?;
    Some(Fact { text: Cut::at(&called(source), 80), url: source.url.as_deref().and_then(outside), ..Fact::default() })
}
