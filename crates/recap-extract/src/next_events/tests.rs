//! Announcements in every form, in invented documents.

use std::collections::HashSet;

use recap_document::{Hints, Span, read};
use recap_model::Method;
use recap_rules::Rules;

use super::find;
use crate::context::Context;
use crate::drafts::EventDraft;
use crate::finding::{Found, Proof};

fn found(value: &str) -> Option<Found<String>> {
    Some(Found::new(value.to_owned(), Proof::text(Span::default(), "test/given", Method::Verbatim, 1.0)))
}

type Seen = (Option<String>, Option<String>, Option<String>);

fn next(text: &str) -> Vec<Seen> {
    let doc = read(text.as_bytes(), &Hints { name: Some("a.md"), ..Hints::default() }).unwrap_or_default();
    let context = Context::new(&doc, Rules::builtin(), &HashSet::new());
    let event = EventDraft { start: found("2021-06-03"), series: found("Hakoniwa Meetup"), edition: found("3"), ..EventDraft::default() };
    let value = |f: Option<Found<String>>| f.map(|f| f.value);
    find(&context, &event).into_iter().map(|d| (value(d.name), value(d.date), value(d.url))).collect()
}

fn seen(name: &str, date: Option<&str>, url: Option<&str>) -> Seen {
    (Some(name.to_owned()), date.map(str::to_owned), url.map(str::to_owned))
}

#[test]
fn name_in_the_line_below() {
    let text = "# 会の記録\n\n良い会でした。箱の話を聞きました。\n\n## まとめ\n\n次回の勉強会は7月29日となります。\nBox Study #4「庭のこれから」\n";
    assert_eq!(next(text), [seen("Box Study #4「庭のこれから」", Some("2021-07-29"), None)]);
}

#[test]
fn a_year_less_date_lies_after_the_event() {
    let text = "# 会の記録\n\n良い会でした。\n\n次は「箱庭もくもく会 #21」を1月15日に開催します。申し込みは[こちら](https://hako.connpass.com/event/261340/)から！\n";
    let found = next(text);
    assert_eq!(found.first().and_then(|f| f.1.as_deref()), Some("2022-01-15"));
    assert!(found.first().and_then(|f| f.2.as_deref()).is_some_and(|url| url.contains("261340")));
}

#[test]
fn section_of_later_events() {
    let text = "# A fine evening\n\nWe heard talks about boxes.\n\n## Up next\n\nPrairie Boxes #32 is on March 25, 2022: [RSVP here](https://www.meetup.com/prairie-boxes/events/276104519/).\n";
    let found = next(text);
    assert_eq!(found.first().map(|f| (f.0.as_deref(), f.1.as_deref())), Some((Some("Prairie Boxes #32"), Some("2022-03-25"))));
}

#[test]
fn later_edition_of_the_series() {
    let text = "# Notes\n\nGood talks about boxes and lids.\n\nAnn spoke first.\n\nBo spoke last, about Hakoniwa Meetup #2 too.\n\nHakoniwa Meetup #4 takes place on 8 July 2021.\n";
    assert_eq!(next(text), [seen("Hakoniwa Meetup #4", Some("2021-07-08"), None)]);
}

#[test]
fn see_you() {
    let text = "# Notes\n\nGood talks about boxes.\n\nThanks to all. See you in Porto for BoxTram Summit 2022!\n";
    assert_eq!(next(text), [seen("BoxTram Summit 2022", None, None)]);
}

#[test]
fn hopes_are_no_events() {
    for text in [
        "# 会の記録\n\n良い会でした。\n\n次回もあります。楽しみです。\n",
        "# 会の記録\n\n良い会でした。\n\n次回も参加したいと思います。\n",
        "# Notes\n\nGood talks about boxes.\n\nI hope there will be a next time. See you soon!\n",
        "# Notes\n\nOn 1 May 2021 the next slide was shown at BoxConf 2019.\n",
    ] {
        assert_eq!(next(text), [], "{text}");
    }
}
