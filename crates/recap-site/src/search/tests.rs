use super::*;

fn entry(kind: Kind, title: &str, body: &str, date: &str, filters: Vec<Filter>) -> Entry {
    let hit = Hit { kind, title: title.to_owned(), detail: String::new(), path: format!("{}/{title}", kind.name()) };
    Entry { hit, body: body.to_owned(), date: Some(date.to_owned()), filters }
}

fn index() -> Index {
    let year = |y: &str| Filter::Year(y.to_owned());
    Index::new(vec![
        entry(Kind::Event, "Tanuki Rust Night #3", "東京、大阪 たぬき堂", "2021-05-08", vec![year("2021")]),
        entry(Kind::Event, "Tanuki Rust Night #4", "京都", "2022-05-08", vec![year("2022")]),
        entry(Kind::Talk, "所有権を絵で理解する", "狸山 太郎 Rust", "2021-05-08", vec![year("2021")]),
        entry(Kind::Person, "狸山 太郎", "tanuyama_t", "2021-05-08", vec![]),
        entry(Kind::Post, "rust", "サーバーの話", "2020-01-01", vec![]),
    ])
}

fn titles(index: &Index, words: &str, filters: Vec<Filter>) -> Vec<String> {
    let found = index.search(&Query { words: words.to_owned(), filters, skip: 0, limit: 10 });
    assert_eq!(found.total, found.hits.len());
    found.hits.into_iter().map(|hit| hit.title).collect()
}

#[test]
fn two_characters_of_japanese_are_found_and_what_stands_apart_is_not() {
    let index = index();
    assert_eq!(titles(&index, "所有", vec![]), ["所有権を絵で理解する"]);
    assert_eq!(titles(&index, "太郎", vec![]), ["狸山 太郎", "所有権を絵で理解する"]);
    assert_eq!(titles(&index, "京大", vec![]), Vec::<String>::new());
    assert_eq!(titles(&index, "さーば", vec![]), ["rust"]);
    assert_eq!(titles(&index, "狸", vec![]), ["狸山 太郎", "所有権を絵で理解する"]);
}

#[test]
fn the_best_title_is_first_then_the_newest() {
    let index = index();
    assert_eq!(titles(&index, "ｒｕｓｔ", vec![]), ["rust", "Tanuki Rust Night #4", "Tanuki Rust Night #3", "所有権を絵で理解する"]);
    assert_eq!(titles(&index, "night tanu", vec![]), ["Tanuki Rust Night #4", "Tanuki Rust Night #3"]);
}

#[test]
fn filters_narrow_and_stand_alone() {
    let index = index();
    let year = Filter::Year("2021".to_owned());
    assert_eq!(titles(&index, "rust", vec![year.clone(), Filter::Kind(Kind::Talk)]), ["所有権を絵で理解する"]);
    assert_eq!(titles(&index, "", vec![year]), ["Tanuki Rust Night #3", "所有権を絵で理解する"]);
    assert_eq!(titles(&index, "", vec![]), Vec::<String>::new());
    assert_eq!(titles(&index, "…！", vec![Filter::Kind(Kind::Event)]), Vec::<String>::new());
}

#[test]
fn results_come_in_pages() {
    let found = index().search(&Query { words: "rust".to_owned(), filters: vec![], skip: 1, limit: 2 });
    let titles: Vec<&str> = found.hits.iter().map(|hit| hit.title.as_str()).collect();
    assert_eq!((found.total, titles), (4, vec!["Tanuki Rust Night #4", "Tanuki Rust Night #3"]));
}

#[test]
fn an_index_is_read_as_it_was_written_and_damage_is_noticed() {
    let index = index();
    let mut bytes = Vec::new();
    index.write(&mut bytes).expect("written");
    assert_eq!(Index::read(&mut Reader::new(bytes[..bytes.len() - 1].to_vec(), 0)), None);
    assert_eq!(Index::read(&mut Reader::new(bytes, 0)), Some(index));
}

#[test]
fn the_order_of_entries_does_not_matter_and_shards_hold_every_pair() {
    let one = entry(Kind::Talk, "b", "x", "2020", vec![]);
    let two = entry(Kind::Talk, "a", "yz", "2020", vec![]);
    let (forwards, backwards) = (Index::new(vec![one.clone(), two.clone()]), Index::new(vec![two, one]));
    assert_eq!(forwards, backwards);
    let files: Vec<_> = shards(&forwards).collect();
    let pairs = files.iter().find(|(path, _)| path == "search/pairs-0.json").map(|(_, text)| text.as_str());
    assert_eq!(pairs, Some(r#"{"a ":[0],"b ":[1],"x ":[1],"yz":[0],"z ":[0]}"#));
}

#[test]
fn hostile_questions_are_answered() {
    let index = index();
    for words in ["\u{0}", "\u{202e}", &"あ".repeat(100_000), &"a ".repeat(1000), "\u{1}", " "] {
        titles(&index, words, vec![]);
    }
}
