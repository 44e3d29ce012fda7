//! Verdicts on small invented documents.

use std::collections::HashSet;

use recap_document::{Hints, read};
use recap_rules::Rules;

use super::{Told, judge, reason};
use crate::context::Context;
use crate::drafts::{EventDraft, Verdict};
use crate::records::Records;

fn verdict(name: &str, text: &str) -> Verdict {
    let doc = read(text.as_bytes(), &Hints { name: Some(name), ..Hints::default() }).unwrap_or_default();
    let context = Context::new(&doc, Rules::builtin(), &HashSet::new());
    let event = EventDraft::default();
    judge(&context, &Records::default(), &Told { event: &event, talks: &[], posts: &[], next: &[] })
}

#[test]
fn write_ups() {
    for text in [
        "# 箱庭勉強会 #3 に参加してきました\n\n2021年6月3日に開催された箱庭勉強会に参加してきました。\n\n## 箱の話\n\n森さんの発表でした。\n",
        "# 箱庭の夜 開催レポート\n\n6月3日、箱庭の夜を開催しました。\n\n## 懇親会\n\nお疲れ様でした。\n",
        "# BoxConf 2021: a trip report\n\nI attended BoxConf in Leeds last week.\n\n## Keynote\n\nHer talk was about lids.\n",
        "# Box Leeds 2024\n\nSat 16th March 2024 - Box Hall\n\n## Boxes for all\n\nAnn Bo - @annbo\n\n- lids\n\n## Lids\n\nCy Lid - @cylid\n\n- more lids\n",
    ] {
        let verdict = verdict("a.md", text);
        assert!(verdict.is_recap, "{text}: {}", reason(&verdict));
    }
}

#[test]
fn others() {
    for text in [
        "# 箱庭ツールを使ってみた\n\n本記事では箱庭ツールを紹介します。\n\n## 使い方\n\n以下のコマンドを実行します。\n",
        "# 箱庭会議 2021 発表者募集のお知らせ\n\n発表者を募集します。応募フォームからどうぞ。\n\n- 締め切り: 4月20日\n",
        "# 2021年の振り返り\n\n今年は勉強会で三回話しました。\n",
        "# How I prepare a talk\n\nI write the abstract again.\n\n[A deck](https://speakerdeck.com/annbo/lids)\n",
        "# Boxes 2.4 released\n\nWe are happy to announce Boxes 2.4. Several changes grew out of talks at BoxConf.\n",
    ] {
        let verdict = verdict("a.md", text);
        assert!(!verdict.is_recap, "{text}: {}", reason(&verdict));
    }
}

#[test]
fn data_without_an_event() {
    let verdict = verdict("a.json", r#"{"title": "BoxConf 2021 trip report", "talks": "keynote, lightning talks"}"#);
    assert!(!verdict.is_recap);
}

#[test]
fn reasons_name_the_rules() {
    assert!(reason(&verdict("a.md", "# Box\n\nA box.\n")).starts_with("no sign of an event that took place"));
    assert!(reason(&verdict("a.md", "# 箱庭勉強会に参加しました\n\n箱庭勉強会に参加しました。\n")).contains("ja/cue-title-took-part"));
}
