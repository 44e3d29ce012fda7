//! pyvideo records (<https://github.com/pyvideo/data>): a file per talk with a recording.

use recap_model::{Recap, Talk};
use serde_json::{Value, json};

use crate::json::to_string;
use crate::{Error, Export, Settings, view, when};

/// A file per recorded talk, in a folder per event.
pub fn write(recaps: &[Recap], _: &Settings) -> Result<Export, Error> {
    let mut export = Export::default();
    for recap in recaps {
        let recorded: Vec<&Talk> = recap.talks.iter().filter(|t| t.videos.iter().any(|v| view::safe(v).is_some())).collect();
        if recorded.len() < recap.talks.len() {
            export
                .miss(recap, format!("`videos` is required; {} talks without recording were left out", recap.talks.len() - recorded.len()));
        }
        for talk in recorded {
            let Some(record) = record(recap, talk) else {
                export.miss(recap, format!("`title` is required; talk {} has none and was left out", talk.id));
                continue;
            };
            let name = format!("{}-{}", talk.id, talk.title.as_deref().unwrap_or_default());
            let path = format!("{}/videos/{}.json", view::slug(&recap.id), view::slug(&name));
            export.files.push(crate::File::of(path, to_string(&record)?));
        }
    }
    Ok(export)
}

fn record(recap: &Recap, talk: &Talk) -> Option<Value> {
    let title = talk.title.as_ref()?.trim();
    let videos: Vec<Value> = talk.videos.iter().filter_map(|u| view::safe(u)).map(|url| json!({"type": kind(url), "url": url})).collect();
    let slides = talk.slides.iter().filter_map(|u| view::safe(u)).map(|url| json!({"label": "Slides", "url": url}));
    let page = recap.event.urls.first().and_then(|u| view::safe(u)).map(|url| json!({"label": "Event page", "url": url}));
    let mut speakers: Vec<String> = Vec::new();
    for name in view::speaker_names(recap, talk) {
        if !speakers.contains(&name) {
            speakers.push(name.trim().to_owned());
        }
    }
    let day = talk.start.as_deref().and_then(when::When::read).or_else(|| when::start(recap));
    Some(json!({
        "description": talk.summary.as_deref().unwrap_or_default(),
        "language": talk.language.as_deref().or_else(|| view::language(recap)).and_then(three_letters),
        "recorded": day.map(|day| day.date().to_string()),
        "related_urls": slides.chain(page).collect::<Vec<_>>(),
        "speakers": speakers,
        "tags": recap.event.hashtags,
        "thumbnail_url": null,
        "title": title,
        "videos": videos,
    }))
}

fn kind(url: &str) -> &'static str {
    let host = url.split('/').nth(2).unwrap_or_default().trim_start_matches("www.");
    match host {
        "youtube.com" | "youtu.be" | "m.youtube.com" => "youtube",
        "vimeo.com" | "player.vimeo.com" => "vimeo",
        _ => "other",
    }
}

/// ISO 639-2 from the ISO 639-1 tags that recap gives.
fn three_letters(tag: &str) -> Option<&'static str> {
    Some(match tag.split('-').next()? {
        "ja" => "jpn",
        "en" => "eng",
        "de" => "deu",
        "fr" => "fra",
        "es" => "spa",
        "pt" => "por",
        "ko" => "kor",
        "zh" => "zho",
        _ => return None,
    })
}
