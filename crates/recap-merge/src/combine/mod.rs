//! One recap from the parts of one event.

mod event;
mod ledger;
mod people;
mod rest;
mod talks;

use recap_model::{Recap, SCHEMA_VERSION, SourceKind};

use crate::decisions::PeopleDecisions;
pub use ledger::ANOTHER_VALUE;
use ledger::Ledger;
pub use people::name_key;

/// How far a kind of source is trusted, the most first: pages and records of the event itself before reports.
pub fn rank(kind: SourceKind) -> u8 {
    match kind {
        SourceKind::EventPage => 0,
        SourceKind::Api => 1,
        SourceKind::WriteUp => 2,
        SourceKind::Notes => 3,
        SourceKind::Post => 4,
    }
}

/// Builds the recap of an event from its parts, which are in their fixed order. A lone part is the recap.
pub fn combine(members: &[&Recap], decided: &PeopleDecisions) -> Recap {
    if let [lone] = members {
        return (*lone).clone();
    }
    let mut ledger = Ledger::new(members);
    let sources = rest::sources(members, &mut ledger);
    let sections = rest::sections(members, &mut ledger);
    let talk_groups = talks::align(members);
    let people_groups = people::join(members, &talk_groups, decided);
    let people = people::write(members, &people_groups, &mut ledger);
    let talks = talks::write(members, &talk_groups, &people_groups, &mut ledger);
    let event = event::write(members, &people_groups, &mut ledger);
    let questions = rest::questions(members, &talk_groups, &people_groups, &mut ledger);
    let posts = rest::posts(members, &mut ledger);
    let links = rest::links(members, &mut ledger);
    let next_events = rest::next_events(members, &mut ledger);
    let issues = rest::issues(members, &ledger);
    let (evidence, conflicts) = ledger.finish();
    let mut recap = Recap {
        schema_version: SCHEMA_VERSION.to_owned(),
        event,
        talks,
        people,
        questions,
        posts,
        links,
        sections,
        next_events,
        sources,
        evidence,
        conflicts,
        issues,
        ..Recap::default()
    };
    crate::parts::remember(&mut recap, members);
    recap
}
