//! Every format over invented recaps: what it must contain, that its form is right, and that nothing hostile gets through.

mod support;

use recap_export::{Export, FORMATS, Settings, format};
use support::{hostile, meetup};

fn write(name: &str, recap: recap_model::Recap) -> Export {
    format(name).expect("the format is known").write(&[recap], &Settings::default()).expect("it is written")
}

fn text(name: &str) -> String {
    write(name, meetup()).files.remove(0).text()
}

#[test]
fn every_format_writes_a_file_and_the_same_bytes_twice() {
    for format in FORMATS {
        let one = write(format.name, meetup());
        assert!(!one.files.is_empty() && one.files.iter().all(|f| !f.bytes.is_empty()), "{}", format.name);
        assert!(one.files.iter().all(|f| f.path.ends_with(format.extension)), "{}", format.name);
        assert_eq!(one, write(format.name, meetup()), "{}", format.name);
    }
}

#[test]
fn paths_stay_in_their_folder() {
    for format in FORMATS {
        for file in write(format.name, hostile()).files {
            let parts: Vec<&str> = file.path.split('/').collect();
            let plain = |part: &&str| !part.is_empty() && *part != "." && *part != ".." && !part.contains(['\\', '\0', ':']);
            assert!(parts.iter().all(plain), "{}: {}", format.name, file.path);
        }
    }
}

#[test]
fn calendar_has_zone_uid_and_lines_of_75_octets() {
    let ics = text("ical");
    assert!(ics.ends_with("END:VCALENDAR\r\n"));
    assert!(ics.contains("UID:tanuki-night-7-2024-05-17@recap\r\n"), "{ics}");
    assert!(ics.contains("DTSTART;TZID=Asia/Tokyo:20240517T190000\r\n"), "{ics}");
    assert!(ics.contains("DTEND;TZID=Asia/Tokyo:20240517T213000\r\n"), "{ics}");
    assert!(ics.contains("BEGIN:VTIMEZONE\r\nTZID:Asia/Tokyo\r\n") && ics.contains("TZOFFSETTO:+0900"), "{ics}");
    assert!(ics.contains("DTSTAMP:20240517T100000Z\r\n"), "{ics}");
    assert!(ics.split("\r\n").all(|line| line.len() <= 75), "{ics}");
    let unfolded = ics.replace("\r\n ", "");
    assert!(unfolded.contains("SUMMARY:たぬきナイト #7\\, 夏のはじまり\r\n"), "{unfolded}");
    assert!(unfolded.contains("DESCRIPTION:静かなログの育てかた – 沢木 なぎ"), "{unfolded}");
}

#[test]
fn calendar_knows_summer_time() {
    let mut recap = meetup();
    recap.event.timezone = Some("Europe/Berlin".to_owned());
    let ics = write("ical", recap).files.remove(0).text();
    assert!(ics.contains("BEGIN:DAYLIGHT\r\nDTSTART:20240331T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"), "{ics}");
    assert!(ics.contains("BEGIN:STANDARD\r\nDTSTART:20241027T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"), "{ics}");
}

#[test]
fn an_event_without_a_day_is_reported_and_not_dated() {
    let mut recap = meetup();
    recap.event.start = Some("2024".to_owned());
    recap.event.date_precision = Some(recap_model::Precision::Year);
    let export = write("ical", recap);
    assert!(!export.files[0].text().contains("BEGIN:VEVENT"));
    assert!(export.missing[0].what.contains("DTSTART"), "{:?}", export.missing);
}

#[test]
fn table_has_a_row_per_talk_and_speaker() {
    let csv = text("csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a record")).collect();
    let speakers: Vec<(&str, &str)> = rows.iter().map(|r| (&r[11], &r[12])).collect();
    assert_eq!(
        speakers,
        [("静かなログの育てかた", "沢木 なぎ"), ("Small, boring servers", "Ilse Brandt"), ("Small, boring servers", "'@kaede_ops")]
    );
}

#[test]
fn table_has_no_formulas() {
    let csv = write("csv", hostile()).files.remove(0).text();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    for record in reader.records() {
        assert!(record.expect("a record").iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{csv}");
    }
}

#[test]
fn json_ld_names_what_search_engines_want() {
    let value: serde_json::Value = serde_json::from_str(&text("json-ld")).expect("JSON");
    assert_eq!(value["@type"], "Event");
    assert_eq!(value["startDate"], "2024-05-17T19:00:00+09:00");
    assert_eq!(value["location"]["name"], "ほたる会館");
    assert_eq!(value["subEvent"][0]["performer"][0]["name"], "沢木 なぎ");
    assert_eq!(value["subEvent"][0]["performer"][0]["sameAs"][0], "https://x.com/nagi_logs");
    assert_eq!(value["subEvent"][1]["recordedIn"][0]["@type"], "VideoObject");
    let missing = write("json-ld", meetup()).missing;
    assert!(missing.iter().any(|m| m.what.contains("location.address")), "{missing:?}");
}

#[test]
fn schedules_hold_timed_talks_and_report_the_others() {
    let export = write("frab-json", meetup());
    let value: serde_json::Value = serde_json::from_str(&export.files[0].text()).expect("JSON");
    let day = &value["schedule"]["conference"]["days"][0];
    assert_eq!(day["date"], "2024-05-17");
    let talks = &day["rooms"]["ほたる会館"];
    assert_eq!(talks[0]["start"], "19:10");
    assert_eq!(talks[0]["duration"], "00:20");
    assert_eq!(talks[0]["date"], "2024-05-17T19:10:00+09:00");
    assert_eq!(talks.as_array().map(Vec::len), Some(1));
    assert!(export.missing.iter().any(|m| m.what.contains("no start")), "{:?}", export.missing);
    let xml = write("frab-xml", meetup()).files.remove(0).text();
    assert!(xml.contains("<duration>00:20</duration>") && xml.contains("<person id=\"1\">沢木 なぎ</person>"), "{xml}");
}

#[test]
fn records_of_archives_have_what_these_require() {
    let pyvideo = write("pyvideo", meetup());
    assert_eq!(pyvideo.files.len(), 1);
    let value: serde_json::Value = serde_json::from_str(&pyvideo.files[0].text()).expect("JSON");
    assert_eq!(value["videos"][0], serde_json::json!({"type": "youtube", "url": "https://www.youtube.com/watch?v=aB3dE5gH7jK"}));
    assert_eq!(value["language"], "jpn");
    assert_eq!(value["recorded"], "2024-05-17");
    let ruby = write("rubyevents", meetup());
    let videos: serde_json::Value = serde_saphyr::from_str(&ruby.files[1].text()).expect("YAML");
    assert_eq!(videos[1]["video_provider"], "youtube");
    assert_eq!(videos[1]["video_id"], "aB3dE5gH7jK");
    assert_eq!(videos[0]["video_provider"], "not_published");
}

#[test]
fn xml_is_well_formed_whatever_a_source_said() {
    for name in ["atom", "opml", "frab-xml"] {
        for file in write(name, hostile()).files {
            let text = file.text();
            let mut reader = quick_xml::Reader::from_str(&text);
            loop {
                match reader.read_event().unwrap_or_else(|e| panic!("{name}: {e}\n{text}")) {
                    quick_xml::events::Event::Eof => break,
                    quick_xml::events::Event::Start(start) => assert!(!start.name().as_ref().eq_ignore_ascii_case("script"), "{name}"),
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn pages_and_posts_show_hostile_text_as_text() {
    let html = write("html", hostile()).files.remove(0).text();
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script") && !html.contains("href=\"javascript:"), "{html}");
    let markdown = write("markdown", hostile()).files.remove(0).text();
    let mut options = comrak::Options::default();
    options.render.r#unsafe = true;
    options.extension.autolink = true;
    let rendered = comrak::markdown_to_html(&markdown, &options);
    assert!(!rendered.contains("<script") && !rendered.contains("href=\"javascript:"), "{rendered}");
    assert_eq!(rendered.matches("<h1").count(), 1, "{rendered}");
    assert!(markdown.contains("\\<script\\>"), "{markdown}");
}

#[test]
fn a_post_speaks_the_language_that_is_asked_for() {
    let of = |language: Option<&str>| {
        let settings = Settings { language: language.map(str::to_owned), ..Settings::default() };
        format("markdown").expect("known").write(&[meetup()], &settings).expect("written").files.remove(0).text()
    };
    assert!(of(None).contains("## 発表") && of(Some("en")).contains("## Talks"));
    assert!(of(None).contains("- 資料: <https://speakerdeck.com/nagi_logs/quiet-logs>"), "{}", of(None));
    assert!(of(None).contains("**Q.** ログはいつ捨てますか?") && of(None).contains("> — なぎ @nagi\\_logs 2024-05-17"), "{}", of(None));
}

#[test]
fn annotations_point_into_the_source() {
    let value: serde_json::Value = serde_json::from_str(&text("annotations")).expect("JSON");
    let item = &value["items"][0];
    assert_eq!(item["target"]["source"], "https://blog.example.org/tanuki-7");
    assert_eq!(item["target"]["selector"][0]["exact"], "たぬきナイト #7, 夏のはじまり");
    assert_eq!(item["target"]["selector"][1]["start"], 2);
}

#[test]
fn a_timetable_without_zone_is_reported_and_not_written() {
    let mut recap = meetup();
    recap.event.timezone = None;
    for name in ["frab-xml", "frab-json"] {
        let export = write(name, recap.clone());
        assert!(export.files.is_empty(), "{name}");
        assert!(export.missing.iter().any(|m| m.what.contains("time zone")), "{:?}", export.missing);
    }
}

#[test]
fn a_script_has_a_row_for_everything_and_text_stays_text() {
    let sql = text("sql");
    assert!(sql.starts_with("BEGIN;\n") && sql.ends_with("COMMIT;\n"), "{sql}");
    assert!(sql.contains("INSERT INTO speakers VALUES ('tanuki-night-7-2024-05-17','t2',2,'p3');\n"), "{sql}");
    assert!(sql.contains("INSERT INTO people VALUES ('tanuki-night-7-2024-05-17','p3',NULL,NULL);\n"), "{sql}");
    let mut quoting = meetup();
    quoting.talks[0].title = Some("'); DROP TABLE talks; --\0".to_owned());
    let sql = write("sql", quoting.clone()).files.remove(0).text();
    assert!(sql.contains(",'''); DROP TABLE talks; --',"), "{sql}");
    let twice = format("sql").expect("known").write(&[quoting.clone(), quoting], &Settings::default()).expect("written");
    assert_eq!((twice.files[0].text(), twice.missing.len()), (sql, 1));
}
