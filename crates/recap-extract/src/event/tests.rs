//! The event of small documents.

use std::collections::HashSet;

use recap_document::Hints;
use recap_model::{AttendanceMode, Precision};
use recap_rules::Rules;

use super::find;
use crate::context::Context;
use crate::drafts::EventDraft;
use crate::finding::Found;
use crate::records::Records;

fn event(markdown: &str) -> EventDraft {
    let hints = Hints { name: Some("note.md"), ..Hints::default() };
    let doc = recap_document::read(markdown.as_bytes(), &hints).expect("a small document");
    let context = Context::new(&doc, Rules::builtin(), &HashSet::new());
    find(&context, &Records::default(), &[])
}

fn value(found: &Option<Found<String>>) -> Option<&str> {
    found.as_ref().map(|f| f.value.as_str())
}

fn values(found: &[Found<String>]) -> Vec<&str> {
    found.iter().map(|f| f.value.as_str()).collect()
}

#[test]
fn a_table_of_labels_gives_everything() {
    let event = event(
        "# みほん.go #4 参加メモ #mihongo\n\n|項目|内容|\n|---|---|\n|URL|https://mihongo.connpass.com/event/100001/|\n\
         |会場|株式会社ミホン 東京都見本区見本6-10-1(見本タワー18F)|\n|日時|2018/07/03(火) 19:30 〜 22:00|\n|ハッシュタグ|#mihongo|\n\n# 所感\n\n楽しかった。\n",
    );
    assert_eq!(value(&event.name), Some("みほん.go #4"));
    assert_eq!((value(&event.series), value(&event.edition)), (Some("みほん.go"), Some("4")));
    assert_eq!((value(&event.start), value(&event.end)), (Some("2018-07-03T19:30"), Some("2018-07-03T22:00")));
    assert_eq!(event.precision, Some(Precision::Minute));
    assert_eq!(value(&event.venue), Some("株式会社ミホン"));
    assert_eq!(value(&event.address), Some("東京都見本区見本6-10-1(見本タワー18F)"));
    assert_eq!(values(&event.urls), ["https://mihongo.connpass.com/event/100001/"]);
    assert_eq!(values(&event.hashtags), ["mihongo"]);
    assert_eq!(event.mode.map(|m| m.value), Some(AttendanceMode::Offline));
    assert_eq!(value(&event.timezone), Some("Asia/Tokyo"));
}

#[test]
fn labels_come_as_headings_terms_and_bold_words() {
    for text in [
        "# 見本会 #1\n\n## 開催日時\n\n- 2014/05/24(土)\n\n## 会場\n\n見本市民会館\n\n## 感想\n\nよかった\n",
        "# 見本会 #1\n\n**日時:** 2014/05/24\n\n**会場** ： 見本市民会館\n",
        "# 見本会 #1\n\n- 日時\n    - 2014年5月24日\n- 場所\n    - 見本市民会館\n",
        "# 見本会 #1\n\n<dl><dt>開催日</dt><dd>2014年5月24日</dd><dt>会場</dt><dd>見本市民会館</dd></dl>\n",
        "# 見本会 #1\n\n    開催日 : 2014年05月24日(土曜日)\n    場所   : 見本市民会館さま\n",
        "# 見本会 #1\n\n【日時】2014/5/24\n【会場】見本市民会館\n",
    ] {
        let event = event(&format!("{text}\n\n# おわりに\n\nとても楽しかったです。\n"));
        assert_eq!((value(&event.start), value(&event.venue)), (Some("2014-05-24"), Some("見本市民会館")), "{text}");
    }
}

#[test]
fn the_report_is_cut_off_the_title() {
    for (title, name) in [
        ("見本勉強会 #3 に参加してきました！", "見本勉強会 #3"),
        ("【参加レポート】第5回 見本テスト勉強会に行ってきた", "第5回 見本テスト勉強会"),
        ("Sample Night vol.5 の登壇・イベントレポート", "Sample Night vol.5"),
        ("見本発のコミュニティ「見本 Meetup #1 東京」参加レポート！", "見本 Meetup #1 東京"),
        ("見本祭2013　無事終わりました！", "見本祭2013"),
        ("見本会 #3「題のある回」を開催しました", "見本会 #3「題のある回」"),
        ("新卒エンジニアが見本フォーラム2018に参加してみた", "見本フォーラム2018"),
    ] {
        let event = event(&format!("---\ntitle: \"{title}\"\n---\n\n本文は楽しかったという話です。\n"));
        assert_eq!(value(&event.name), Some(name), "{title}");
    }
    for (title, name) in [
        ("Recap: Sample Night, Spring 2023", "Sample Night, Spring 2023"),
        ("What I learned at Sample Conf 2019", "Sample Conf 2019"),
        ("Sample Committee Meeting: A Trip Report", "Sample Committee Meeting"),
        ("SampleConf 2018: the good, the bad and the ugly", "SampleConf 2018"),
        ("SampleFest 2019 talks and slides", "SampleFest 2019"),
        ("SampleConf 2022 Day 2 Notes", "SampleConf 2022"),
    ] {
        let event = event(&format!("---\ntitle: \"{title}\"\n---\n\nThese are my words about the talks that I heard there.\n"));
        assert_eq!(value(&event.name), Some(name), "{title}");
    }
}

#[test]
fn theme_series_and_edition_are_parts_of_the_name() {
    let themed = event("見本 Meetup #3「見本のこれから」にオンライン参加しました。\n");
    assert_eq!(value(&themed.theme), Some("見本のこれから"));
    assert_eq!((value(&themed.series), value(&themed.edition)), (Some("見本 Meetup"), Some("3")));
    let second = event("中野で「見本座談会 第二夜」が開かれました。\n");
    assert_eq!((value(&second.series), value(&second.edition)), (Some("見本座談会"), Some("2")));
    let season = event("# Recap: Sample Evening, Spring 2023\n\nWe had a lot of fun at the talks.\n");
    assert_eq!((value(&season.series), value(&season.edition)), (Some("Sample Evening"), Some("2023")));
}

#[test]
fn relative_days_count_from_the_publication() {
    let yesterday = event(
        "---\ntitle: 見本カンファレンス2024に行ってきました\ndate: 2024-10-28\n---\n\n昨日、見本カンファレンス2024に行ってきました。\n",
    );
    assert_eq!(value(&yesterday.start), Some("2024-10-27"));
    let bare = event("---\ntitle: 見本カンファレンス2024に行ってきました\ndate: 2024-10-28\n---\n\n楽しかったです。\n");
    assert_eq!(bare.start, None);
}

#[test]
fn another_events_page_and_date_are_not_taken() {
    let event = event(
        "# 見本の祭典2013 無事終わりました\n\n[見本の祭典](http://matsuri.example.org/)2013、終了しました。\n\n\
         始まりは、2013年5月24日に行われた[別の会 in 見本](https://betsu.connpass.com/event/1/)でした。\n",
    );
    assert_eq!(value(&event.start), None);
    assert_eq!(values(&event.urls), ["http://matsuri.example.org/"]);
}

#[test]
fn modes_are_told_by_words() {
    let online = event("2021年4月17日に行われた「見本会 第3回」にオンライン参加しました。\n");
    assert_eq!(online.mode.map(|m| m.value), Some(AttendanceMode::Online));
    let mixed = event("2022年12月3日に「見本会 第4回」が見本ホールで開催されました。Zoom でも同時配信され、ハイブリッド開催でした。\n");
    assert_eq!(mixed.mode.map(|m| m.value), Some(AttendanceMode::Mixed));
    let unknown = event("「見本会 第5回」が開催されました。\n");
    assert!(unknown.mode.is_none());
}

#[test]
fn an_event_in_english_prose() {
    let event = event(
        "---\ntitle: Notes from Sample Coast Conf 2019\ndate: 2019-10-14\n---\n\nOn Saturday I took the train for \
         [Sample Coast Conf 2019](https://samplecoast.example.org/2019). It was held at the **Old Ropewalk** on 12 October 2019. \
         About 80 people attended. The hashtag was #samplecoast.\n\n## Next time\n\nOur next meetup is on 12 November 2019.\n",
    );
    assert_eq!(value(&event.name), Some("Sample Coast Conf 2019"));
    assert_eq!(value(&event.start), Some("2019-10-12"));
    assert_eq!(value(&event.venue), Some("Old Ropewalk"));
    assert_eq!(values(&event.urls), ["https://samplecoast.example.org/2019"]);
    assert_eq!(values(&event.hashtags), ["samplecoast"]);
    assert_eq!(event.participants.map(|p| p.value), Some(80));
}

#[test]
fn every_value_has_a_proof_in_the_document() {
    let event = event("2019年9月14日、盛岡の見本ビルで開かれた「見本オープン勉強会」へ行ってきました。参加者は40人でした。\n");
    let all = [&event.name, &event.series, &event.start, &event.venue].map(|v| v.as_ref().map(|f| f.proofs.len()));
    assert!(all.iter().all(|n| n.is_some_and(|n| n > 0)), "{all:?}");
    assert_eq!(value(&event.venue), Some("盛岡の見本ビル"));
}

#[test]
fn structured_data_wins_and_the_text_becomes_a_rival() {
    use crate::finding::Proof;
    use recap_model::Method;
    let proof = || Proof::text(recap_document::Span::default(), "test/record", Method::Verbatim, 0.99);
    let record = EventDraft { start: Some(Found::new("2019-01-01".to_owned(), proof())), ..EventDraft::default() };
    let text = EventDraft {
        start: Some(Found::new("2019-02-02".to_owned(), proof())),
        venue: Some(Found::new("見本ホール".to_owned(), proof())),
        ..EventDraft::default()
    };
    let joined = super::records::merge(&record, text);
    assert_eq!(value(&joined.start), Some("2019-01-01"));
    assert_eq!(value(&joined.venue), Some("見本ホール"));
    assert_eq!(joined.rivals.len(), 1);
    assert_eq!(joined.rivals[0].pointer, "/event/start");
}

#[test]
fn odd_input_gives_less_and_no_panic() {
    for text in [
        "#",
        "「",
        "会場は",
        "日時：",
        "|会場|\n|---|\n",
        "第回",
        "「「「「」",
        "# 「\u{3000}」に参加",
        "2020/99/99に開催",
        "[](http://)に参加",
    ] {
        let _ = event(text);
    }
}
