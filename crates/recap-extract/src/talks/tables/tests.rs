//! Timetables of small invented pages.

use std::collections::HashSet;

use recap_document::Hints;
use recap_model::TalkKind;
use recap_rules::Rules;

use super::find;
use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::person::Known;

/// Titles, kinds, speakers' names and handles of the talks in a page's tables.
fn talks(body: &str) -> Vec<(Option<String>, Option<TalkKind>, Vec<String>)> {
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>Programme</title></head><body><main><h2>Programme</h2>{body}</main></body></html>"
    );
    let doc = recap_document::read(html.as_bytes(), &Hints { name: Some("a.html"), ..Hints::default() }).unwrap_or_default();
    let context = Context::new(&doc, Rules::builtin(), &HashSet::new());
    let who = |t: &TalkDraft| {
        let names = t.speakers.iter().filter_map(|s| s.name.as_ref().map(|n| n.value.clone()));
        names.chain(t.speakers.iter().flat_map(|s| s.handles.iter().map(|h| format!("@{}", h.value.handle)))).collect()
    };
    let known = Known::scan(&context);
    find(&context, &known).iter().map(|t| (t.title.as_ref().map(|f| f.value.clone()), t.kind.as_ref().map(|k| k.value), who(t))).collect()
}

fn talk(title: &str, kind: Option<TalkKind>, who: &[&str]) -> (Option<String>, Option<TalkKind>, Vec<String>) {
    (Some(title.to_owned()), kind, who.iter().map(|w| (*w).to_owned()).collect())
}

#[test]
fn a_grid_of_rooms_with_spans() {
    let found = talks(
        "<table><tr><th>Time</th><th>Red Room</th><th>Blue Room</th></tr>\
         <tr><td>09:00</td><td colspan=2>Tea and chat by the pond</td></tr>\
         <tr><td>09:30</td><td colspan=2><b>Keynote: Moss for Everyone</b><br>Mara Lindqvist</td></tr>\
         <tr><td>10:30</td><td>Reading Ferns<br>Jonas Wilder (@jwilder)</td><td rowspan=2>Workshop: Drying Peat<br>Tess Warden and Ned Fuller</td></tr>\
         <tr><td>11:00</td><td>Stones in Practice<br>Ottilie Marsh</td></tr>\
         <tr><td>12:00</td><td colspan=2>Panel: Do We Need Rain?<br>Jonas Wilder, Tess Warden. Chair: Mungo Thwaite</td></tr></table>",
    );
    assert_eq!(
        found,
        [
            talk("Moss for Everyone", Some(TalkKind::Keynote), &["Mara Lindqvist"]),
            talk("Reading Ferns", None, &["Jonas Wilder", "@jwilder"]),
            talk("Drying Peat", Some(TalkKind::Workshop), &["Tess Warden", "Ned Fuller"]),
            talk("Stones in Practice", None, &["Ottilie Marsh"]),
            talk("Do We Need Rain?", Some(TalkKind::Panel), &["Jonas Wilder", "Tess Warden"]),
        ]
    );
}

#[test]
fn small_print_in_cells() {
    let cell = |small: &str, title: &str, who: &str| format!("<td><p>{small}</p><div>{title}</div><ul><li>{who}</li></ul></td>");
    let found = talks(&format!(
        "<table><tr><th></th><th>Hall</th><th>Studio</th></tr><tr><th>10:00</th>{}<td></td></tr><tr><th>11:00</th>{}{}</tr></table>",
        cell("EN Keynote", "Long Roots", "Mara Lindqvist @maral"),
        cell("JA", "Small Leaves", "Ned Fuller @nedf"),
        cell("EN", "Wet Stones", "Ottilie Marsh @otti"),
    ));
    assert_eq!(
        found,
        [
            talk("Long Roots", Some(TalkKind::Keynote), &["Mara Lindqvist", "@maral"]),
            talk("Small Leaves", None, &["Ned Fuller", "@nedf"]),
            talk("Wet Stones", None, &["Ottilie Marsh", "@otti"]),
        ]
    );
}

#[test]
fn dates_of_other_events_are_no_speakers() {
    let found = talks(
        "<table><tr><td>Sat, Jan 17</td><td>Moss Fair</td></tr><tr><td>Tue, Jan 20</td><td>Fern Walk</td></tr><tr><td>Wed, Feb 11</td><td>Peat Night</td></tr></table>",
    );
    assert_eq!(found, []);
}
