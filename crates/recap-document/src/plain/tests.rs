use super::*;

fn outline(text: &str) -> Vec<(u8, String)> {
    let document = read(text);
    let heading = |(i, b): (usize, &crate::Block)| match b.kind {
        BlockKind::Heading(level) => Some((level, document.text_of(i).to_owned())),
        _ => None,
    };
    document.blocks.iter().enumerate().filter_map(heading).collect()
}

fn levels(text: &str) -> Vec<String> {
    outline(text).into_iter().map(|(level, text)| format!("{level} {text}")).collect()
}

#[test]
fn pasted_post_without_empty_lines() {
    let text = "2031年5月4日の箱庭ナイト #7「箱のこれまで」に参加しました。今回も大勢の人が集まっていてすごい熱気でした。\n\
        テーマ\n第7回「箱のこれまで」 森 葵氏(@aoim)\n動画\nhttps://video.example/watch?v=1\n\
        基調講演\n森 葵氏による基調講演です。\n箱は体系化が進み、これからは庭ごとの実装が出てくるとのこと。\n\
        質疑応答\n気になった質疑応答をまとめました。\n箱でやめたこと\n大きな箱を作ることはやめた。優先度は庭の広さで決めている。\n\
        箱と庭を明確に分ける?\n分ける必要はない。\n庭師の日々の仕事は?\n水をやることを考えている。\n\
        LT1「Boxes in Gardens」\nbo氏(@bo_box)による庭のお話です。\nSponsor LT「庭の運用支援システムにおける小さな箱の開発」\n椿 類氏による運用の話です。\n\
        まとめ\n楽しい会でした。\n次回は6月8日となります。\n箱庭ナイト #8「面白い箱とこれから」\nまた、姉妹会も企画されたので、こちらにも参加しようと思います。\n庭の会 #1「土のこれまで」";
    assert_eq!(
        levels(text),
        [
            "2 テーマ",
            "2 動画",
            "2 基調講演",
            "2 質疑応答",
            "3 箱でやめたこと",
            "3 箱と庭を明確に分ける?",
            "3 庭師の日々の仕事は?",
            "2 LT1「Boxes in Gardens」",
            "2 Sponsor LT「庭の運用支援システムにおける小さな箱の開発」",
            "2 まとめ",
        ]
    );
}

#[test]
fn english_post_with_empty_lines() {
    let text = "Box Night #7 recap\n\nJune 3, 2031\n\nLast week we met again at the Box Hall. Sixty people came, which\nis a new record for us.\n\n\
        Growing Small Gardens - Ann Moss\n\nAnn started the evening with a story about moss. She showed how a\ngarden fits into a box.\n\n\
        Lightning talks\n\nBo talked about soil.\n\nCy talked about stones.\n\nQ&A\n\nHow big may a box be?\n\nAs big as your table, said Ann. There is no other limit.\n\n\
        Thanks to all who came!\n\nSee you next time";
    assert_eq!(
        levels(text),
        ["1 Box Night #7 recap", "2 Growing Small Gardens - Ann Moss", "2 Lightning talks", "2 Q&A", "3 How big may a box be?"]
    );
}

#[test]
fn decorated_headings_and_lists() {
    let text = "箱庭ナイトに行ってきた\n======================\n\n■日時・会場\n・日時：6月3日\n・会場：箱ホール\n\n■ 発表\n● 箱の話（森さん）\n箱についての話でした。とても良かったです。\n\
        ● 庭の話（椿さん）\n庭についての話でした。\n\n【感想】\n楽しかった\n\n●水\n●土\n●石\n";
    assert_eq!(levels(text), ["1 箱庭ナイトに行ってきた", "2 日時・会場", "2 発表", "3 箱の話（森さん）", "3 庭の話（椿さん）", "4 感想"]);
    let document = read(text);
    let items = document.blocks.iter().filter(|b| b.kind == BlockKind::Item).count();
    assert_eq!(items, 5);
}

#[test]
fn numbers_are_headings_above_prose_and_items_in_a_row() {
    let prose = "Our evening\n\n1. Small boxes\nAnn spoke about small boxes. It was fun to watch.\n\n2. Large boxes\nBo spoke about large boxes, which are harder.\n";
    assert_eq!(levels(prose), ["1 Our evening", "2 Small boxes", "2 Large boxes"]);
    let list = "We did these things on that evening, in this order:\n\n1. Small boxes\n2. Large boxes\n3. Pizza\n";
    assert_eq!(levels(list), [""; 0]);
    assert!(read(list).blocks.iter().any(|b| b.kind == BlockKind::List { ordered: true }));
}

#[test]
fn prose_without_headings_has_none() {
    for text in [
        "こんにちは\n今日は箱の会に行きました。\nとても楽しかった\nまた行きたいです。",
        "Hi all\n\nI went to the box meetup\n\nIt was fun and I met many people there.\n\nBye",
        "箱の会\n",
        "会場: 箱ホール\n日時: 6月3日 19:00\n参加費: 無料\n楽しい会でした。",
        "どう思いますか？\n私は良いと思いました。箱は良いものです。\n皆さんはいかがでしょうか？\nコメントで教えてください。ありがとうございました。",
    ] {
        assert_eq!(outline(text), [], "{text}");
    }
}

#[test]
fn flattened_post_is_one_quotation() {
    let document =
        read("資料です。\n箱の資料を公開しました\n— 森 (@m0ri) June 3, 2021\n詳しくは本文を\n#箱庭ナイト\nまとめ\n良い会でした。\n");
    let quote = document.blocks.iter().position(|b| b.has_class("twitter-tweet")).unwrap_or(usize::MAX);
    let leaves: Vec<_> = document.leaves(quote).map(|i| document.text_of(i)).collect();
    assert_eq!(leaves, ["箱の資料を公開しました\n— 森 (@m0ri) June 3, 2021", "詳しくは本文を\n#箱庭ナイト"]);
    assert_eq!(document.text.lines().count(), 7);
}

#[test]
fn one_line_post_and_quotation() {
    let document = read("> 前に書いたこと\n> 二行目\n返事です。\n良い箱 #箱 — 森 (@m0ri) 2021年6月3日\n");
    assert_eq!(document.blocks[0].kind, BlockKind::Quote);
    assert_eq!(document.text, "前に書いたこと\n二行目\n返事です。\n良い箱 #箱\n— 森 (@m0ri) 2021年6月3日\n");
}

#[test]
fn nested_lists_and_wrapped_lines() {
    let document = read(
        "The notes of the evening are these, in short form, for all who asked\nfor them.\n\n- one\n  more of one\n  - inner\n- two\n\n  second paragraph\n\nAfter.\n",
    );
    let kinds: Vec<_> = document.blocks.iter().map(|b| b.kind).collect();
    let list = BlockKind::List { ordered: false };
    let (item, p) = (BlockKind::Item, BlockKind::Paragraph);
    assert_eq!(kinds, [p, list, item, p, list, item, p, item, p, p, p]);
    assert_eq!(document.text_of(3), "one\nmore of one");
}

#[test]
fn addresses_become_links() {
    let document = read("資料はこちら https://slides.example/d/1 です。");
    assert_eq!(document.blocks[0].links[0].url, "https://slides.example/d/1");
}

#[test]
fn front_matter_lines() {
    let document = read("Title: Box Night\nDate: 2031-06-03\n\nThe evening was good.\n");
    assert_eq!(document.meta.title.map(|f| f.value).as_deref(), Some("Box Night"));
}

#[test]
fn pasted_lightning_talks() {
    let text = "箱庭LT大会に行ってきた話\nはじめに\n5月4日に開催された会に参加したのでレポートします。\n1. 森さん「箱の色を変える」\n箱の色を変えるだけで気分が変わるという話。\n\
        2. 椿さん「庭師の道具」\n道具は3つでよい。\nおわりに\n楽しかったです。";
    assert_eq!(
        levels(text),
        ["1 箱庭LT大会に行ってきた話", "2 はじめに", "2 森さん「箱の色を変える」", "2 椿さん「庭師の道具」", "2 おわりに"]
    );
}

#[test]
fn pasted_english_post_without_empty_lines() {
    let text = "Recap: Box Night #12\nWe had a great time last Thursday. Thanks to everyone who came!\nSmall Boxes, Big Gardens – Dee Leaf\nDee showed how small boxes make big gardens.\n\
        Panel: The Future of Boxes\nFour panelists discussed where boxes go next.\nWhat about robots?\nEverybody agreed that robots will not replace gardeners.\nWrap-up\nSee you!";
    assert_eq!(
        levels(text),
        [
            "1 Recap: Box Night #12",
            "2 Small Boxes, Big Gardens – Dee Leaf",
            "2 Panel: The Future of Boxes",
            "3 What about robots?",
            "2 Wrap-up"
        ]
    );
}
