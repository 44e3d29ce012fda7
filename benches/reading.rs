//! Reading at size: 50,000 recaps searched, 10,000 events as pages.
//!
//! `just bench-reading` prints what it takes; `--check` fails where a target is missed; `--write DIR` leaves a workspace of
//! 50,000 recaps there for measuring `recap serve` and `recap site` themselves (`--count N` for another number).

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use recap_merge::PeopleDecisions;
use recap_model::{Author, Event, Evidence, Handle, Method, Person, Post, PostStatus, Precision, Recap, Role, Source, SourceKind, Talk};
use recap_site::{Builder, Dossier, Language, Library, Pages, Settings};

/// Recaps that are searched, and events that become pages.
const SEARCHED: usize = 50_000;
const PAGES: usize = 10_000;

/// Targets: reading the index, median and 99th percentile of an answer, all pages.
const START: Duration = Duration::from_secs(1);
const MEDIAN: Duration = Duration::from_millis(50);
const SLOWEST: Duration = Duration::from_millis(150);
const SITE: Duration = Duration::from_secs(60);
/// Most memory while pages are made, in MB.
const MEMORY: usize = 500;

const WORDS: [&str; 48] = [
    "所有権",
    "非同期",
    "設計",
    "監視",
    "型推論",
    "移行",
    "障害",
    "検索",
    "地図",
    "可視化",
    "分散",
    "自動化",
    "負債",
    "運用",
    "計測",
    "学習",
    "言語処理",
    "テスト",
    "コンパイラ",
    "データベース",
    "キャッシュ",
    "フロントエンド",
    "セキュリティ",
    "アクセシビリティ",
    "ownership",
    "async",
    "design",
    "metrics",
    "types",
    "migration",
    "outage",
    "search",
    "maps",
    "charts",
    "consensus",
    "automation",
    "debt",
    "operations",
    "latency",
    "learning",
    "parsers",
    "testing",
    "compilers",
    "databases",
    "caching",
    "frontend",
    "security",
    "accessibility",
];
const PLACES: [&str; 12] = ["東京", "大阪", "札幌", "福岡", "名古屋", "仙台", "京都", "那覇", "Berlin", "Lyon", "Leeds", "Tampere"];
const FAMILY: [&str; 24] = [
    "狸山", "狐川", "猫田", "犬飼", "鶴見", "亀井", "熊谷", "鹿野", "鷲尾", "鳩山", "鯨井", "鮎川", "Badger", "Fox", "Heron", "Otter",
    "Marten", "Lynx", "Plover", "Wren", "Stoat", "Vole", "Newt", "Perch",
];
const GIVEN: [&str; 24] = [
    "太郎",
    "花子",
    "一郎",
    "優",
    "葵",
    "蓮",
    "凛",
    "樹",
    "結衣",
    "陸",
    "さくら",
    "大和",
    "Alba",
    "Bram",
    "Cleo",
    "Dora",
    "Emil",
    "Frida",
    "Gus",
    "Hedy",
    "Ivo",
    "Juno",
    "Kit",
    "Lale",
];

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.roll(words.len())]
    }

    fn sentence(&mut self, words: usize) -> String {
        (0..words).map(|_| self.of(&WORDS)).collect::<Vec<_>>().join("の")
    }
}

fn recap(n: usize) -> Recap {
    let mut dice = Dice(n as u64 * 77 + 5);
    let series = format!("{} {} Night", dice.of(&PLACES), WORDS[n % WORDS.len()]);
    let (year, month, day) = (2008 + n % 18, 1 + dice.roll(12), 1 + dice.roll(28));
    let start = format!("{year}-{month:02}-{day:02}");
    let people: Vec<Person> = (0..7).map(|i| person(i, &mut dice)).collect();
    let talks: Vec<Talk> = (0..6).map(|i| talk(i, &mut dice)).collect();
    let posts = (0..8).map(|_| post(&start, &mut dice)).collect();
    let event = Event {
        name: Some(format!("{series} #{n}")),
        series: Some(series),
        edition: Some(n.to_string()),
        start: Some(start.clone()),
        date_precision: Some(Precision::Day),
        hashtags: vec![WORDS[n % WORDS.len()].to_owned()],
        urls: vec![format!("https://events.example.org/{n}")],
        ..Event::default()
    };
    let mut recap =
        Recap { schema_version: "1".to_owned(), id: format!("night-{n}-{start}"), event, talks, people, posts, ..Recap::default() };
    recap.sources.push(source(n));
    for pointer in pointers(&recap) {
        recap.evidence.insert(pointer, vec![evidence(&mut dice)]);
    }
    recap
}

fn person(i: usize, dice: &mut Dice) -> Person {
    let (family, given) = (dice.of(&FAMILY), dice.of(&GIVEN));
    let number = dice.roll(40);
    let handle = Handle {
        platform: "twitter".to_owned(),
        handle: format!(
            "user_{}_{number}",
            FAMILY.iter().position(|f| *f == family).unwrap_or(0) * 24 + GIVEN.iter().position(|g| *g == given).unwrap_or(0)
        ),
    };
    Person {
        id: format!("p{i}"),
        name: Some(format!("{family} {given}{number}")),
        handles: vec![handle],
        roles: vec![Role::Speaker],
        ..Person::default()
    }
}

fn talk(i: usize, dice: &mut Dice) -> Talk {
    Talk {
        id: format!("t{i}"),
        title: Some(format!("{} – {}", dice.sentence(3), dice.of(&WORDS))),
        speakers: vec![format!("p{i}")],
        slides: vec![format!("https://decks.example.org/{}", dice.roll(1_000_000))],
        language: Some("ja".to_owned()),
        summary: Some(dice.sentence(12)),
        ..Talk::default()
    }
}

fn post(start: &str, dice: &mut Dice) -> Post {
    Post {
        platform: "twitter".to_owned(),
        id: None,
        url: None,
        author: Author { name: Some(dice.of(&FAMILY).to_owned()), handle: Some(format!("user_{}", dice.roll(5000))) },
        posted_at: Some(start.to_owned()),
        text: Some(format!("{} {}", dice.sentence(8), dice.of(&PLACES))),
        hashtags: Vec::new(),
        mentions: Vec::new(),
        links: Vec::new(),
        media: Vec::new(),
        section: None,
        status: PostStatus::Embedded,
    }
}

fn source(n: usize) -> Source {
    Source {
        id: "src1".to_owned(),
        kind: SourceKind::WriteUp,
        path: None,
        url: Some(format!("https://blog.example.org/{n}")),
        title: Some(format!("Report {n}")),
        author: None,
        language: Some("ja".to_owned()),
        published_at: None,
        sha256: format!("{n:064x}"),
    }
}

fn pointers(recap: &Recap) -> Vec<String> {
    let own = ["name", "series", "edition", "start", "hashtags/0", "urls/0"].map(|field| format!("/event/{field}"));
    let talks =
        (0..recap.talks.len()).flat_map(|i| ["title", "speakers/0", "slides/0", "summary"].map(|field| format!("/talks/{i}/{field}")));
    let people = (0..recap.people.len()).flat_map(|i| ["name", "handles/0"].map(|field| format!("/people/{i}/{field}")));
    own.into_iter().chain(talks).chain(people).chain((0..recap.posts.len()).map(|i| format!("/posts/{i}"))).collect()
}

fn evidence(dice: &mut Dice) -> Evidence {
    let start = dice.roll(5000);
    Evidence {
        source: "src1".to_owned(),
        start,
        end: start + 12,
        quote: dice.sentence(3),
        attribute: None,
        rule: "ja/some-rule".to_owned(),
        method: Method::Verbatim,
        from: Vec::new(),
        confidence: 0.9,
    }
}

fn library(count: usize) -> Library {
    let mut builder = Builder::default();
    (0..count).for_each(|n| builder.add(&format!("recaps/{n}.json"), &recap(n)));
    builder.finish(&PeopleDecisions::default())
}

/// What people ask: whole words, beginnings as they are typed, two characters, names, numbers, filters.
fn questions() -> Vec<[&'static str; 5]> {
    let mut all = Vec::new();
    for words in [
        "東京",
        "所有",
        "設計",
        "a",
        "as",
        "asy",
        "async",
        "狸山 太郎",
        "狸",
        "night",
        "の",
        "の設計",
        "user_1",
        "#4242",
        "Night #31",
        "consensus Berlin",
    ] {
        for [year, kind] in [["", ""], ["2021", ""], ["", "talk"], ["2015", "event"], ["", "post"]] {
            all.push([words, year, "", "", kind]);
        }
    }
    all
}

fn searched(check: bool) -> bool {
    let begun = Instant::now();
    let made = library(SEARCHED);
    say(&format!(
        "library of {SEARCHED} recaps made in {:.1?}: {} entries, {} people",
        begun.elapsed(),
        made.search.len(),
        made.people.len()
    ));
    let mut bytes = Vec::new();
    made.write(&mut bytes).expect("written");
    drop(made);
    let size = bytes.len() >> 20;
    let begun = Instant::now();
    let library = Library::read(bytes, 0).expect("it is whole");
    let start = begun.elapsed();
    say(&format!("its {size} MB made a library again in {start:.1?}"));
    let mut times: Vec<(Duration, String)> = Vec::new();
    for _ in 0..3 {
        for [words, year, series, person, kind] in questions() {
            let query = recap_site::query(words, year, series, person, kind);
            let begun = Instant::now();
            let found = library.search.search(&query);
            times.push((begun.elapsed(), format!("{words:?} {year} {kind}: {}", found.total)));
        }
    }
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100].clone();
    let (median, slow) = (at(50), at(99));
    say(&format!("memory {:?} MB at most", peak().unwrap_or(0)));
    say(&format!("answers: median {:.1?}, 99th percentile {:.1?} ({}), slowest {:.1?}", median.0, slow.0, slow.1, at(100).0));
    !check || (start < START && median.0 < MEDIAN && slow.0 < SLOWEST)
}

fn pages(check: bool) -> bool {
    let begun = Instant::now();
    let library = library(PAGES);
    let pages = Pages::new(Settings { title: "Nights".to_owned(), ..Settings::default() });
    let (mut count, mut bytes, mut largest) = (0_usize, 0_usize, 0_usize);
    let mut took = |html: String| {
        count += 1;
        bytes += html.len();
        largest = largest.max(html.len());
    };
    for path in Pages::lists(&library) {
        took(pages.list(&library, Language::En, &path).expect("renders").expect("is listed"));
    }
    for n in 0..PAGES {
        let recap = recap(n);
        let (card, around) = library.event(&recap.id).expect("is there");
        let dossier = Dossier::new(&library, card, around, &recap);
        for path in Pages::event_paths(&dossier) {
            took(pages.event(&dossier, Language::En, &path, &|_| None).expect("renders").expect("is listed"));
        }
    }
    let (site, memory) = (begun.elapsed(), peak().unwrap_or(0));
    say(&format!(
        "{PAGES} events in {site:.1?} on one core, {memory} MB of memory: {count} pages, {} MB, the largest {} KB",
        bytes >> 20,
        largest >> 10
    ));
    !check || (site < SITE && largest < 100_000 && memory < MEMORY)
}

/// The most memory that this process has had since the last call, in MB; none where the system does not tell.
fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: usize = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    // 5 begins the count anew: proc_pid_clear_refs(5).
    fs::write("/proc/self/clear_refs", "5").ok()?;
    Some(kilobytes >> 10)
}

fn write(folder: &Path, count: usize) {
    for n in 0..count {
        let recap = recap(n);
        let year = folder.join("recaps").join(recap.event.start.as_deref().and_then(|s| s.get(..4)).unwrap_or("undated"));
        fs::create_dir_all(&year).expect("a folder");
        fs::write(year.join(format!("{}.json", recap.id)), recap.to_json()).expect("written");
    }
}

#[expect(clippy::print_stdout, reason = "what is measured is the output")]
fn say(line: &str) {
    println!("{line}");
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let after = |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1));
    if let Some(folder) = after("--write") {
        return write(Path::new(folder), after("--count").and_then(|n| n.parse().ok()).unwrap_or(SEARCHED));
    }
    let check = arguments.iter().any(|a| a == "--check");
    let good = [pages(check), searched(check)];
    assert!(good.into_iter().all(|good| good), "a target is missed");
}
