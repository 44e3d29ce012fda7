use crate::document::{BlockKind, Document, LinkForm, Place, Region};

fn read(text: &str) -> Document {
    super::read(text, None)
}

fn kinds(document: &Document) -> Vec<BlockKind> {
    document.blocks.iter().map(|b| b.kind).collect()
}

fn links(document: &Document) -> Vec<(&str, &str)> {
    document.blocks.iter().flat_map(|b| &b.links).map(|l| (document.slice(l.span), l.url.as_str())).collect()
}

const LIST: BlockKind = BlockKind::List { ordered: false };

#[test]
fn titles_by_order_of_adornment() {
    let document = read("======\n箱の会\n======\n\n発表\n====\n\n森さん\n------\n\n話です。\n\n感想\n====\n");
    let levels: Vec<_> = document
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(i, b)| if let BlockKind::Heading(l) = b.kind { Some((l, document.text_of(i))) } else { None })
        .collect();
    assert_eq!(levels, [(1, "箱の会"), (2, "発表"), (3, "森さん"), (2, "感想")]);
}

#[test]
fn docinfo_before_the_title_is_meta() {
    let document = read(":date: 2031-06-03 11:00\n:tags: Boxes, 庭\n\n=====\nTitle\n=====\n\n:会場: 箱ホール\n:日時: 6月3日\n\nText.\n");
    assert_eq!(document.blocks[0].kind, BlockKind::Meta);
    let published = document
        .meta
        .published
        .as_ref()
        .map(|f| (f.value.as_str(), matches!(f.place, Place::Text(span) if document.slice(span) == "2031-06-03 11:00")));
    assert_eq!(published, Some(("2031-06-03 11:00", true)));
    assert_eq!(document.meta.tags.iter().map(|f| f.value.as_str()).collect::<Vec<_>>(), ["Boxes", "庭"]);
    assert!(document.text.contains("会場\n箱ホール\n"));
}

#[test]
fn other_engines_meta() {
    let nikola = read(".. title: Box Night\n.. date: 2031-06-03\n.. slug: box\n\nText.\n");
    assert_eq!(nikola.meta.title.map(|f| f.value).as_deref(), Some("Box Night"));
    let ablog = read("Box Night\n=========\n\n.. post:: Jun 3, 2031\n   :tags: boxes\n   :author: Ann\n\nText.\n");
    assert_eq!(ablog.meta.published.map(|f| f.value).as_deref(), Some("Jun 3, 2031"));
    assert_eq!(ablog.meta.author.map(|f| f.value).as_deref(), Some("Ann"));
    assert_eq!(ablog.text.lines().last(), Some("Text."));
}

#[test]
fn references() {
    let document = read(
        "`Box Night`_ と `資料 <https://slides.example/1>`_ 、 boxes_ 、 `ここ`__ 、連絡はann_まで。 :doc:`page <other>` :pep:`8` foo_bar\n\n\
         .. _Box Night: https://night.example/\n.. _boxes: ann_\n.. _ann: https://ann.example/\n   a/b\n__ https://anon.example/\n",
    );
    assert_eq!(
        links(&document),
        [
            ("Box Night", "https://night.example/"),
            ("資料", "https://slides.example/1"),
            ("boxes", "https://ann.example/a/b"),
            ("ここ", "https://anon.example/"),
            ("ann", "https://ann.example/a/b"),
            ("PEP 8", "https://peps.python.org/pep-0008/"),
        ]
    );
    assert_eq!(document.text, "Box Night と 資料 、 boxes 、 ここ 、連絡はannまで。 page PEP 8 foo_bar\n");
}

#[test]
fn labels_show_the_titles_they_stand_above() {
    let document = read("=====\nNight\n=====\n\n:ref:`talk-1` :ref:`see <talk-1>` :ref:`none`\n\n.. _talk-1:\n\n箱の話\n======\n\nText.\n");
    assert_eq!(document.text_of(1), "箱の話 see none");
}

#[test]
fn inline_markup() {
    let document = read(
        "**太字**と *斜体* と ``code *x*`` 、2*3*4、\\*star\\* 、``` 、a\\ **b**\\ c [1]_ |logo| |who|\n\n.. |logo| image:: logo.png\n   :alt: Logo\n.. |who| replace:: *森* さん\n\n.. [1] note\n",
    );
    assert_eq!(document.text_of(0), "太字と 斜体 と code *x* 、2*3*4、*star* 、``` 、abc [1] 森 さん");
    assert_eq!(document.blocks[0].marks.len(), 5);
    assert_eq!(document.blocks[0].links[0].form, LinkForm::Image);
    assert_eq!(document.blocks[0].links[0].title.as_deref(), Some("Logo"));
}

#[test]
fn lists() {
    let document = read("* one\n  more\n\n  * inner\n\n* two\n\n1. first\n2. second\n\nterm\n    its definition\n");
    let (item, p) = (BlockKind::Item, BlockKind::Paragraph);
    assert_eq!(
        kinds(&document),
        [LIST, item, p, LIST, item, p, item, p, BlockKind::List { ordered: true }, item, p, item, p, LIST, item, p, item, p]
    );
    assert_eq!(document.text, "one\nmore\ninner\ntwo\nfirst\nsecond\nterm\nits definition\n");
}

#[test]
fn raw_html_holds_posts() {
    let document = read(
        "Intro.\n\n.. raw:: html\n\n   <blockquote class=\"twitter-tweet\"><p>Hi <a href=\"https://t.example/1\">x</a></p>&mdash; Ann (@ann) <a href=\"https://twitter.com/ann/status/1\">June 3, 2031</a></blockquote><div><p>open\n\nNext\n====\n\nAfter.\n",
    );
    let quote = document.blocks.iter().position(|b| b.has_class("twitter-tweet")).unwrap_or(usize::MAX);
    assert_eq!(document.leaves(quote).count(), 2);
    let heading = document.blocks.iter().find(|b| b.kind == BlockKind::Heading(1));
    assert_eq!(heading.map(|b| b.parent), Some(None), "what raw HTML leaves open ends with it");
}

#[test]
fn literal_and_code_blocks() {
    let document = read("See::\n\n    a  b\n\n    * c\n\n::\n\n  d\n\n.. code-block:: python\n   :linenos:\n\n   x = '`a`_'\n\nEnd.\n");
    let code: Vec<_> =
        (0..document.blocks.len()).filter(|&i| document.blocks[i].kind == BlockKind::Code).map(|i| document.text_of(i)).collect();
    assert_eq!(code, ["a  b\n\n* c", "d", "x = '`a`_'"]);
    assert!(document.text.starts_with("See:\n"));
}

#[test]
fn directives() {
    let document = read(
        ".. note:: 注意\n\n   本文です。\n\n.. figure:: a.png\n   :alt: 写真\n\n   会場の様子\n\n.. youtube:: abc123\n\n.. tweet:: https://twitter.com/ann/status/1\n\n.. contents::\n   :local:\n\n.. toctree::\n\n   a\n\n.. A comment\n   of two lines\n\n.. unknown:: x\n\n   kept\n\nEnd.\n",
    );
    assert_eq!(document.text, "注意\n本文です。\n会場の様子\nkept\nEnd.\n");
    assert_eq!(document.blocks[0].kind, BlockKind::Section(Region::Group));
    assert!(document.blocks[0].has_class("note"));
    let embeds: Vec<_> = document.blocks.iter().filter(|b| b.kind == BlockKind::Embed).map(|b| b.links[0].url.as_str()).collect();
    assert_eq!(embeds, ["https://www.youtube.com/watch?v=abc123", "https://twitter.com/ann/status/1"]);
}

fn cells(document: &Document) -> Vec<(String, bool, u16, u16, u16)> {
    let cell = |(i, b): (usize, &crate::Block)| match b.kind {
        BlockKind::Cell { header, column, columns, rows } => Some((document.text_of(i).to_owned(), header, column, columns, rows)),
        _ => None,
    };
    document.blocks.iter().enumerate().filter_map(cell).collect()
}

fn cell(text: &str, header: bool, column: u16) -> (String, bool, u16, u16, u16) {
    (text.to_owned(), header, column, 1, 1)
}

#[test]
fn list_and_csv_tables() {
    let list = read(".. list-table:: 発表\n   :header-rows: 1\n\n   - - 時刻\n     - 題\n   - - 15:15\n     - 箱の話\n\n       森\n");
    assert_eq!(cells(&list), [cell("時刻", true, 0), cell("題", true, 1), cell("15:15", false, 0), cell("箱の話\n森", false, 1)]);
    let csv = read(".. csv-table::\n   :header: \"Who\", \"What\"\n\n   Ann, \"Boxes, large\"\n   Bo, `x <https://x.example/>`_\n");
    assert_eq!(
        cells(&csv),
        [
            cell("Who", true, 0),
            cell("What", true, 1),
            cell("Ann", false, 0),
            cell("Boxes, large", false, 1),
            cell("Bo", false, 0),
            cell("x", false, 1)
        ]
    );
}

#[test]
fn drawn_tables() {
    let grid = read(
        "+------+--------+\n| 時刻 | 題     |\n+======+========+\n| 19:00| 箱の話 |\n|      +--------+\n|      | 庭     |\n+------+--------+\n| all together  |\n+------+--------+\n\nEnd.\n",
    );
    assert_eq!(
        cells(&grid),
        [
            cell("時刻", true, 0),
            cell("題", true, 1),
            ("19:00".into(), false, 0, 1, 2),
            cell("箱の話", false, 1),
            cell("庭", false, 1),
            ("all together".into(), false, 0, 2, 1)
        ]
    );
    assert!(grid.text.ends_with("End.\n"));
    let simple = read("===== ======\nWho   What\n===== ======\nAnn   Boxes\n      more\nBo    Soil\n===== ======\n\nEnd.\n");
    assert_eq!(
        cells(&simple),
        [
            cell("Who", true, 0),
            cell("What", true, 1),
            cell("Ann", false, 0),
            cell("Boxes\nmore", false, 1),
            cell("Bo", false, 0),
            cell("Soil", false, 1)
        ]
    );
    assert!(simple.text.ends_with("End.\n"));
}

#[test]
fn substitutions_do_not_explode() {
    let mut text = String::from("|a0|\n\n");
    for i in 0..20 {
        text.push_str(&format!(".. |a{i}| replace:: {}\n", format!("|a{}| ", i + 1).repeat(50)));
    }
    assert!(read(&text).text.len() < 1 << 21);
}
