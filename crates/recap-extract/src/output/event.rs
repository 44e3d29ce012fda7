//! The event and its id.

use recap_model::{Event, Venue};

use super::evidence::Ledger;
use super::people::Roster;
use crate::drafts::EventDraft;

/// Writes the event.
pub fn write(draft: &EventDraft, roster: &Roster, ledger: &mut Ledger<'_>) -> Event {
    let organizers: Vec<_> = draft.organizers.iter().filter_map(|m| Some((roster.id(m)?, crate::people::proof_of(m)))).collect();
    for (i, (_, proof)) in organizers.iter().enumerate() {
        ledger.proofs(format!("/event/organizers/{i}"), std::slice::from_ref(proof));
    }
    let event = Event {
        name: ledger.optional("/event/name", draft.name.as_ref()),
        series: ledger.optional("/event/series", draft.series.as_ref()),
        edition: ledger.optional("/event/edition", draft.edition.as_ref()),
        theme: ledger.optional("/event/theme", draft.theme.as_ref()),
        start: ledger.optional("/event/start", draft.start.as_ref()),
        end: ledger.optional("/event/end", draft.end.as_ref()),
        timezone: ledger.optional("/event/timezone", draft.timezone.as_ref()),
        date_precision: draft.start.as_ref().and(draft.precision),
        attendance_mode: ledger.optional("/event/attendance_mode", draft.mode.as_ref()),
        venue: Venue {
            name: ledger.optional("/event/venue/name", draft.venue.as_ref()),
            address: ledger.optional("/event/venue/address", draft.address.as_ref()),
        },
        organizers: organizers.into_iter().map(|(id, _)| id).collect(),
        sponsors: ledger.list("/event/sponsors", &draft.sponsors),
        hashtags: ledger.list("/event/hashtags", &draft.hashtags),
        urls: ledger.list("/event/urls", &draft.urls),
        videos: ledger.list("/event/videos", &draft.videos),
        participants: ledger.optional("/event/participants", draft.participants.as_ref()),
    };
    if event.date_precision.is_some() {
        ledger.derived("/event/date_precision", "/event/start", "event/precision");
    }
    event
}

/// The recap's id: series and edition, else name, else title, and the day; letters and digits of any script, joined by `-`.
pub fn id(event: &Event, title: Option<&str>) -> String {
    let by_series = event.series.as_ref().zip(event.edition.as_ref()).map(|(s, e)| format!("{s} {e}"));
    let name = by_series.or_else(|| event.name.clone()).or_else(|| title.map(str::to_owned)).unwrap_or_else(|| "event".to_owned());
    let day = event.start.as_deref().and_then(|d| d.get(..10).or(Some(d)));
    recap_text::slug::slug(&format!("{name} {}", day.unwrap_or_default()))
}
