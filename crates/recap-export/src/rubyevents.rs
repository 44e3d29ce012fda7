//! RubyEvents (<https://github.com/rubyevents/rubyevents>): `event.yml` and `videos.yml` per event.

use recap_model::{AttendanceMode, Recap, Talk};
use serde::Serialize;

use crate::{Error, Export, File, Settings, view, when};

#[derive(Serialize)]
struct EventFile {
    id: String,
    title: String,
    kind: &'static str,
    location: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timezone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    website: Option<String>,
    /// `false`: not known; the format's own way to say so.
    coordinates: bool,
}

#[derive(Serialize)]
struct Video {
    id: String,
    title: String,
    event_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    speakers: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    slides_url: Option<String>,
    video_provider: &'static str,
    video_id: String,
    description: String,
}

/// Two files per event.
pub fn write(recaps: &[Recap], _: &Settings) -> Result<Export, Error> {
    let mut export = Export::default();
    for recap in recaps {
        let folder = view::slug(&recap.id);
        let location = location(recap);
        if location.is_empty() {
            export.miss(recap, "`location` is required; no source gives a place");
        }
        let videos: Vec<Video> = recap.talks.iter().map(|t| video(recap, &folder, t)).collect();
        if videos.iter().any(|v| v.video_provider == "youtube") {
            export.miss(recap, "`published_at` is required of recordings on YouTube; no source gives it");
        }
        let event = EventFile {
            id: folder.clone(),
            title: view::name(recap),
            kind: "event",
            location,
            start_date: when::start(recap).map(|w| w.date().to_string()),
            end_date: when::end(recap).or(when::start(recap)).map(|w| w.date().to_string()),
            timezone: recap.event.timezone.clone(),
            website: recap.event.urls.first().and_then(|u| view::safe(u)).map(str::to_owned),
            coordinates: false,
        };
        export.files.push(File::of(format!("{folder}/event.yml"), yaml(&event)?));
        export.files.push(File::of(format!("{folder}/videos.yml"), yaml(&videos)?));
    }
    Ok(export)
}

fn video(recap: &Recap, folder: &str, talk: &Talk) -> Video {
    let speakers = view::speaker_names(recap, talk);
    let (video_provider, video_id) =
        talk.videos.iter().find_map(|v| provider(v)).unwrap_or(("not_published", format!("{folder}-{}", talk.id)));
    Video {
        id: format!("{folder}-{}", talk.id),
        title: talk.title.clone().unwrap_or_else(|| speakers.join(", ")),
        event_name: view::name(recap),
        date: talk.start.as_deref().and_then(when::When::read).or_else(|| when::start(recap)).map(|w| w.date().to_string()),
        slides_url: talk.slides.first().and_then(|u| view::safe(u)).map(str::to_owned),
        speakers,
        video_provider,
        video_id,
        description: talk.summary.clone().unwrap_or_default(),
    }
}

/// Provider and id of a recording in recap's canonical form.
fn provider(url: &str) -> Option<(&'static str, String)> {
    let id = |prefix: &str| url.strip_prefix(prefix).map(|rest| rest.split(['&', '?', '#', '/']).next().unwrap_or(rest).to_owned());
    id("https://www.youtube.com/watch?v=").map(|id| ("youtube", id)).or_else(|| id("https://vimeo.com/").map(|id| ("vimeo", id)))
}

fn location(recap: &Recap) -> String {
    let event = &recap.event;
    match (&event.venue.address, &event.venue.name, event.attendance_mode) {
        (Some(place), ..) | (None, Some(place), _) => place.clone(),
        (None, None, Some(AttendanceMode::Online)) => "online".to_owned(),
        _ => String::new(),
    }
}

fn yaml(value: &impl Serialize) -> Result<String, Error> {
    serde_saphyr::to_string(value).map(|text| format!("---\n{text}")).map_err(|e| Error::of("YAML")(&e))
}
