//! Sources, sections, links, posts, questions, next events, issues.

use std::collections::BTreeMap;

use recap_model::{Answer, Issue, Link, NextEvent, Post, Recap, Section, Source};
use recap_text::names::fold;
use recap_text::urls::resource_key;

use super::ledger::{Claim, Ledger};
use super::people::Groups as People;
use super::talks::Groups as Talks;

/// The sources of all parts, numbered anew.
pub fn sources(members: &[&Recap], ledger: &mut Ledger<'_>) -> Vec<Source> {
    let mut out: Vec<Source> = Vec::new();
    for (part, member) in members.iter().enumerate() {
        for (i, source) in member.sources.iter().enumerate() {
            let id = format!("src{}", out.len() + 1);
            ledger.name(part, &source.id, &id);
            ledger.place(part, &format!("/sources/{i}"), &format!("/sources/{}", out.len()));
            out.push(Source { id, ..source.clone() });
        }
    }
    out
}

/// The sections of all parts in their order, numbered anew.
pub fn sections(members: &[&Recap], ledger: &mut Ledger<'_>) -> Vec<Section> {
    let mut out: Vec<Section> = Vec::new();
    for (part, member) in members.iter().enumerate() {
        for (i, section) in member.sections.iter().enumerate() {
            let id = format!("s{}", out.len() + 1);
            ledger.name(part, &section.id, &id);
            ledger.place(part, &format!("/sections/{i}"), &format!("/sections/{}", out.len()));
            out.push(Section { id, ..section.clone() });
        }
    }
    out
}

/// The links of all parts: where they stand is theirs.
pub fn links(members: &[&Recap], ledger: &mut Ledger<'_>) -> Vec<Link> {
    let mut out: Vec<Link> = Vec::new();
    for (part, member) in members.iter().enumerate() {
        for (i, link) in member.links.iter().enumerate() {
            ledger.place(part, &format!("/links/{i}"), &format!("/links/{}", out.len()));
            out.push(Link { section: ledger.named(part, link.section.as_deref()), ..link.clone() });
        }
    }
    out
}

/// What is wrong with the sources.
pub fn issues(members: &[&Recap], ledger: &Ledger<'_>) -> Vec<Issue> {
    let of = |(part, member): (usize, &&Recap)| {
        let renamed = |issue: &Issue| Issue { source: ledger.named(part, issue.source.as_deref()), ..issue.clone() };
        member.issues.iter().map(renamed).collect::<Vec<_>>()
    };
    members.iter().enumerate().flat_map(of).collect()
}

/// Items of the parts by key, in the order of the parts.
fn grouped<'a, T>(
    members: &[&'a Recap],
    list: impl Fn(&'a Recap) -> &'a [T],
    key: impl Fn(&T) -> Option<String>,
) -> Vec<Vec<(usize, usize, &'a T)>> {
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<(usize, usize, &'a T)>> = Vec::new();
    for (part, member) in members.iter().enumerate() {
        for (i, item) in list(member).iter().enumerate() {
            let next = groups.len();
            let index = key(item).map_or(next, |key| *at.entry(key).or_insert(next));
            if index == next {
                groups.push(Vec::new());
            }
            groups[index].push((part, i, item));
        }
    }
    groups
}

/// Claims for a field of a group's items.
fn claims<T, V>(group: &[(usize, usize, &T)], list: &str, field: &str, get: impl Fn(&T) -> Option<V>) -> Vec<Claim<V>> {
    group.iter().filter_map(|(part, i, item)| Some(Claim::new(get(item)?, *part, format!("/{list}/{i}/{field}")))).collect()
}

/// Claims for the items of a list in a group's items.
fn list_claims<T>(group: &[(usize, usize, &T)], list: &str, field: &str, get: impl Fn(&T) -> Vec<String>) -> Vec<Claim<String>> {
    let of = |(part, i, item): &(usize, usize, &T)| {
        get(item).into_iter().enumerate().map(|(n, v)| Claim::new(v, *part, format!("/{list}/{i}/{field}/{n}"))).collect::<Vec<_>>()
    };
    group.iter().flat_map(of).collect()
}

/// Questions; the same words are one question.
pub fn questions(members: &[&Recap], talks: &Talks, people: &People, ledger: &mut Ledger<'_>) -> Vec<Answer> {
    let mut talk_ids = BTreeMap::new();
    for (n, group) in talks.iter().enumerate() {
        for (part, i) in group {
            talk_ids.insert((*part, members[*part].talks[*i].id.as_str()), format!("t{}", n + 1));
        }
    }
    let groups = grouped(members, |m| &m.questions, |q| Some(fold(&q.question)).filter(|key| !key.is_empty()));
    let mut write = |(n, group): (usize, &Vec<(usize, usize, &Answer)>)| {
        let at = |field: &str| format!("/questions/{n}/{field}");
        group.iter().for_each(|(part, i, _)| ledger.point(*part, &format!("/questions/{i}"), &format!("/questions/{n}")));
        let question = claims(group, "questions", "question", |q| Some(q.question.clone()));
        let answer = claims(group, "questions", "answer", |q| q.answer.clone());
        let talk = group.iter().filter_map(|(part, i, q)| {
            let id = talk_ids.get(&(*part, q.talk.as_deref()?))?;
            Some(Claim::new(id.clone(), *part, format!("/questions/{i}/talk")))
        });
        let talk: Vec<_> = talk.collect();
        let by = list_claims(group, "questions", "answered_by", |q| q.answered_by.clone());
        let by = by.into_iter().map(|c| Claim { value: people.id_or(c.part, &c.value), ..c }).collect();
        Answer {
            question: ledger.choose(&at("question"), &question, |q| fold(q), |_| 1.0).unwrap_or_default(),
            answer: ledger.choose(&at("answer"), &answer, |a| fold(a), |_| 1.0),
            talk: ledger.choose(&at("talk"), &talk, Clone::clone, |_| 1.0),
            answered_by: ledger.union(&at("answered_by"), by, Clone::clone),
        }
    };
    groups.iter().enumerate().map(&mut write).collect()
}

/// Posts; one network's id or address is one post.
pub fn posts(members: &[&Recap], ledger: &mut Ledger<'_>) -> Vec<Post> {
    let groups = grouped(members, |m| &m.posts, post_key);
    groups.iter().enumerate().map(|(n, group)| post(n, group, ledger)).collect()
}

fn post(n: usize, group: &[(usize, usize, &Post)], ledger: &mut Ledger<'_>) -> Post {
    let at = |field: &str| format!("/posts/{n}/{field}");
    group.iter().for_each(|(part, i, _)| ledger.point(*part, &format!("/posts/{i}"), &format!("/posts/{n}")));
    let section = group.iter().find_map(|(part, _, post)| ledger.named(*part, post.section.as_deref()));
    // A post that was completed from the network, or found to be gone, is known better than one that a page embeds.
    let status = group.iter().map(|(_, _, post)| post.status).max();
    let mut one = |field: &str, get: fn(&Post) -> Option<String>| {
        ledger.choose(&at(field), &claims(group, "posts", field, get), Clone::clone, |_| 1.0)
    };
    let (platform, id, url) = (one("platform", |p| Some(p.platform.clone())), one("id", |p| p.id.clone()), one("url", |p| p.url.clone()));
    let name = one("author/name", |p| p.author.name.clone());
    let handle = one("author/handle", |p| p.author.handle.clone());
    let (posted_at, text) = (one("posted_at", |p| p.posted_at.clone()), one("text", |p| p.text.clone()));
    let mut many =
        |field: &str, get: fn(&Post) -> Vec<String>| ledger.union(&at(field), list_claims(group, "posts", field, get), Clone::clone);
    Post {
        platform: platform.unwrap_or_default(),
        id,
        url,
        author: recap_model::Author { name, handle },
        posted_at,
        text,
        hashtags: many("hashtags", |p| p.hashtags.clone()),
        mentions: many("mentions", |p| p.mentions.clone()),
        links: many("links", |p| p.links.clone()),
        media: many("media", |p| p.media.clone()),
        section,
        status: status.unwrap_or(recap_model::PostStatus::Embedded),
    }
}

fn post_key(post: &Post) -> Option<String> {
    let by_id = || Some(format!("{} {}", post.platform, post.id.as_ref()?));
    let by_url = || resource_key(post.url.as_deref()?);
    let by_text = || Some(format!("{} {}", fold(post.author.handle.as_deref()?), fold(post.text.as_deref()?)));
    by_id().or_else(by_url).or_else(by_text)
}

/// Later events; one address, or one name and date, is one event.
pub fn next_events(members: &[&Recap], ledger: &mut Ledger<'_>) -> Vec<NextEvent> {
    let key = |next: &NextEvent| {
        let by_name = || Some(format!("{} {}", fold(next.name.as_deref()?), next.date.as_deref().unwrap_or_default()));
        next.url.as_deref().and_then(resource_key).or_else(by_name)
    };
    let groups = grouped(members, |m| &m.next_events, key);
    let mut write = |(n, group): (usize, &Vec<(usize, usize, &NextEvent)>)| {
        group.iter().for_each(|(part, i, _)| ledger.point(*part, &format!("/next_events/{i}"), &format!("/next_events/{n}")));
        let mut one = |field: &str, get: fn(&NextEvent) -> Option<String>| {
            ledger.choose(&format!("/next_events/{n}/{field}"), &claims(group, "next_events", field, get), |v| fold(v), |_| 1.0)
        };
        NextEvent { name: one("name", |e| e.name.clone()), date: one("date", |e| e.date.clone()), url: one("url", |e| e.url.clone()) }
    };
    groups.iter().enumerate().map(&mut write).collect()
}
