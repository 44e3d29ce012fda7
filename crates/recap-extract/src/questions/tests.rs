//! Questions in every form, in invented documents.

use std::collections::HashSet;

use recap_document::{Hints, read};
use recap_rules::Rules;

use super::find;
use crate::context::Context;

fn questions(name: &str, text: &str) -> Vec<(String, Option<String>)> {
    let doc = read(text.as_bytes(), &Hints { name: Some(name), ..Hints::default() }).unwrap_or_default();
    let context = Context::new(&doc, Rules::builtin(), &HashSet::new());
    find(&context, &[]).into_iter().map(|q| (q.question.value, q.answer.map(|a| a.value))).collect()
}

fn only(name: &str, text: &str) -> Vec<String> {
    questions(name, text).into_iter().map(|(q, _)| q).collect()
}

#[test]
fn marks_with_answers() {
    let found = questions("a.md", "## 質疑応答\n\n- Q. 箱は何色ですか？\n- A. 青です。\n- Q. 庭は広いですか？\n- A. 狭いです。\n");
    assert_eq!(
        found,
        [("箱は何色ですか？".to_owned(), Some("青です。".to_owned())), ("庭は広いですか？".to_owned(), Some("狭いです。".to_owned()))]
    );
    let found = questions("a.md", "## Box talk\n\n**Q: Is it blue?**\nA: It is.\n\nMore text.\n");
    assert_eq!(found.first().map(|(q, _)| q.as_str()), Some("Is it blue?"));
}

#[test]
fn headings_of_a_question_time_need_no_mark() {
    let found = questions(
        "a.md",
        "## 事前に寄せられた質問への回答\n\n### 窓口の人数\n\n二名です。箱を見ています。\n\n### 英語の場合の対応\n\n訳します。\n\n## まとめ\n\n良い会でした。\n",
    );
    assert_eq!(
        found,
        [
            ("窓口の人数".to_owned(), Some("二名です。箱を見ています。".to_owned())),
            ("英語の場合の対応".to_owned(), Some("訳します。".to_owned()))
        ]
    );
}

#[test]
fn question_and_answer_headings() {
    let found = questions(
        "a.md",
        "# Notes after my talk\n\n## Is the order of boxes specified?\n\n### Question\n\nI wonder. Does it depend?\n\n### Answer\n\nIt is not.\n",
    );
    assert_eq!(found, [("Is the order of boxes specified?".to_owned(), Some("It is not.".to_owned()))]);
}

#[test]
fn dialogues() {
    assert_eq!(
        only("a.md", "## 座談会\n\n（司会）売れるとは、どういう状態ですか？\n\n（岩）箱が減ることです。\n"),
        ["売れるとは、どういう状態ですか？"]
    );
    let turns = "## その1\n\n沢「箱は開けますか？」\n\n森「開けません」\n\n沢「なぜ？」\n\n森「こわいから」\n";
    assert_eq!(only("a.md", turns), ["箱は開けますか？", "なぜ？"]);
}

#[test]
fn told_questions() {
    assert_eq!(only("a.md", "Someone asked Ann: \"What do you do with lids?\" She keeps them.\n"), ["What do you do with lids?"]);
    assert_eq!(
        only("a.md", "最後の質問コーナーで「箱と庭では作りも変わりますか？」と聞いてみました。今日の会は楽しかったです。\n"),
        ["箱と庭では作りも変わりますか？"]
    );
    assert_eq!(
        only("a.md", "We heard a lot. Then somebody asked:\n\n> Should we drop the boxes?\n\nAnn said yes.\n"),
        ["Should we drop the boxes?"]
    );
}

#[test]
fn no_questions() {
    for text in [
        "# Boxes\n\n## Why boxes?\n\nBecause. Is that not enough?\n\n## How\n\nSlowly.\n",
        "# 箱庭の会\n\nそもそも箱とは何でしょうか？ それは器です。\n\n## 感想\n\n次も行こうかな？\n",
        "- Qiita\n- QA\n- Q&A\n",
    ] {
        assert!(only("a.md", text).is_empty(), "{text}: {:?}", only("a.md", text));
    }
}
