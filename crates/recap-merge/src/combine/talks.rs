//! Talks of the parts aligned: one talk per real talk.

mod align;

use recap_model::{Recap, Talk, TalkKind};
use recap_text::names::fold;
use recap_text::urls::resource_key;

use super::ledger::{Claim, Ledger};
use super::people::Groups as People;

pub use align::{Groups, align};

/// Writes the talks.
pub fn write(members: &[&Recap], groups: &Groups, people: &People, ledger: &mut Ledger<'_>) -> Vec<Talk> {
    groups.iter().enumerate().map(|(index, group)| talk(members, index, group, people, ledger)).collect()
}

/// A talk of a part: index of the part, index of the talk in it.
type At = (usize, usize);

fn talk(members: &[&Recap], index: usize, group: &[At], people: &People, ledger: &mut Ledger<'_>) -> Talk {
    let all: Vec<(At, &Talk)> = group.iter().map(|&(part, i)| ((part, i), &members[part].talks[i])).collect();
    group.iter().for_each(|(part, i)| ledger.point(*part, &format!("/talks/{i}"), &format!("/talks/{index}")));
    let at = |field: &str| format!("/talks/{index}/{field}");
    let one = |field: fn(&Talk) -> Option<&String>, name: &str| -> Vec<Claim<String>> {
        let claim = |((part, i), talk): &(At, &Talk)| Some(Claim::new(field(talk)?.clone(), *part, format!("/talks/{i}/{name}")));
        all.iter().filter_map(claim).collect()
    };
    let many = |field: fn(&Talk) -> &Vec<String>, name: &str| -> Vec<Claim<String>> {
        let claims = |((part, i), talk): &(At, &Talk)| {
            field(talk).iter().enumerate().map(|(n, v)| Claim::new(v.clone(), *part, format!("/talks/{i}/{name}/{n}"))).collect::<Vec<_>>()
        };
        all.iter().flat_map(claims).collect()
    };
    let kinds: Vec<Claim<TalkKind>> =
        all.iter().map(|((part, i), talk)| Claim::new(talk.kind, *part, format!("/talks/{i}/kind"))).collect();
    let speakers = many(|t| &t.speakers, "speakers").into_iter().map(|c| Claim { value: people.id_or(c.part, &c.value), ..c }).collect();
    let url = |url: &String| resource_key(url).unwrap_or_else(|| url.clone());
    let section = all.iter().find_map(|((part, _), talk)| ledger.named(*part, talk.section.as_deref()));
    let plain = |value: &String| value.clone();
    Talk {
        id: format!("t{}", index + 1),
        kind: ledger.choose(&at("kind"), &kinds, |kind| format!("{kind:?}"), told).unwrap_or(TalkKind::Talk),
        title: ledger.choose(&at("title"), &one(|t| t.title.as_ref(), "title"), |title| fold(title), |_| 1.0),
        speakers: ledger.union(&at("speakers"), speakers, plain),
        slides: ledger.union(&at("slides"), many(|t| &t.slides, "slides"), url),
        videos: ledger.union(&at("videos"), many(|t| &t.videos, "videos"), url),
        links: ledger.union(&at("links"), many(|t| &t.links, "links"), url),
        start: ledger.choose(&at("start"), &one(|t| t.start.as_ref(), "start"), plain, |_| 1.0),
        end: ledger.choose(&at("end"), &one(|t| t.end.as_ref(), "end"), plain, |_| 1.0),
        language: ledger.choose(&at("language"), &one(|t| t.language.as_ref(), "language"), plain, |_| 1.0),
        section,
        summary: ledger.choose(&at("summary"), &one(|t| t.summary.as_ref(), "summary"), plain, |_| 1.0),
    }
}

/// A plain talk is what a part says that knows no better.
fn told(kind: &TalkKind) -> f64 {
    if *kind == TalkKind::Talk { 0.1 } else { 1.0 }
}
