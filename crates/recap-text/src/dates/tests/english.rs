use super::*;

#[test]
fn month_names() {
    check(&[
        ("on June 16, 2020 we", "2020-06-16", "June 16, 2020"),
        ("June 16th 2020", "2020-06-16", "June 16th 2020"),
        ("the 16th of June, 2020", "2020-06-16", "16th of June, 2020"),
        ("16 June 2020.", "2020-06-16", "16 June 2020"),
        ("Tuesday, June 16, 2020", "2020-06-16", "Tuesday, June 16, 2020"),
        ("Wednesday, June 16, 2020", "2020-06-16", "Wednesday, June 16, 2020 !"),
        ("Tue Jun 16 2020", "2020-06-16", "Tue Jun 16 2020"),
        ("16-Jun-2020", "2020-06-16", "16-Jun-2020"),
        ("in June 2020", "2020-06", "June 2020"),
        ("Jun. 16", "2020-06-16", "Jun. 16"),
        ("may 5 of them, marching, June", "", ""),
        ("March 10,000 people, June 16:30", "", ""),
        ("June 31, 2020", "", ""),
    ]);
}

#[test]
fn other_languages() {
    check(&[
        ("le 16 juin 2020 à 19h30", "2020-06-16T19:30", "16 juin 2020 à 19h30"),
        ("am 16. Juni 2020 um 19:00 Uhr", "2020-06-16T19:00", "16. Juni 2020 um 19:00 Uhr"),
        ("16 de junio de 2020", "2020-06-16", "16 de junio de 2020"),
        ("16 de junho de 2020", "2020-06-16", "16 de junho de 2020"),
        ("2020년 6월 16일(화) 오후 7시", "2020-06-16T19:00", "2020년 6월 16일(화) 오후 7시"),
        ("2020年6月16日 星期二 19:00", "2020-06-16T19:00", "2020年6月16日 星期二 19:00"),
    ]);
}

#[test]
fn ranges_of_days() {
    check(&[
        ("June 16-18, 2020", "2020-06-16..2020-06-18", "June 16-18, 2020"),
        ("16–18 June 2020", "2020-06-16..2020-06-18", "16–18 June 2020"),
        ("June 30 – July 2, 2020", "2020-06-30..2020-07-02", "June 30 – July 2, 2020"),
        ("Sept 29-Oct 1, 2020", "2020-09-29..2020-10-01", "Sept 29-Oct 1, 2020"),
        ("November 30th, December 1st 2019", "2019-11-30..2019-12-01", "November 30th, December 1st 2019"),
        ("Fri 19 - Sat 20 June 2020", "2020-06-19..2020-06-20", "Fri 19 - Sat 20 June 2020"),
        ("16 June 2020, 18.30–21.00", "2020-06-16T18:30..2020-06-16T21:00", "16 June 2020, 18.30–21.00"),
        ("2.–4. Juni 2020", "2020-06-02..2020-06-04", "2.–4. Juni 2020"),
        ("du 16 au 18 juin 2020", "2020-06-16..2020-06-18", "16 au 18 juin 2020"),
    ]);
}

#[test]
fn times_beside_dates() {
    check(&[
        ("June 16, 2020 at 7pm", "2020-06-16T19:00", "June 16, 2020 at 7pm"),
        ("Tuesday, 16 June 2020 at 18.30", "2020-06-16T18:30", "Tuesday, 16 June 2020 at 18.30"),
        ("16 June 2020, version 18.30", "2020-06-16", "16 June 2020"),
        ("16 June 2020, 18.30.1", "2020-06-16", "16 June 2020"),
        ("June 16, 2020, 7:30 p.m.", "2020-06-16T19:30", "June 16, 2020, 7:30 p.m."),
        ("June 16, 2020 6:30pm - 9pm", "2020-06-16T18:30..2020-06-16T21:00", "June 16, 2020 6:30pm - 9pm"),
        ("June 16, 2020 from 7 to 9pm", "2020-06-16T19:00..2020-06-16T21:00", "June 16, 2020 from 7 to 9pm"),
        ("7:30 PM · Jun 16, 2020", "2020-06-16T19:30", "7:30 PM · Jun 16, 2020"),
        ("4:00 PM - 16 Jun 2020", "2020-06-16T16:00", "4:00 PM - 16 Jun 2020"),
        ("Tue Jun 16 09:30:00 +0000 2020", "2020-06-16T09:30", "Tue Jun 16 09:30:00 +0000 2020"),
        ("at 7pm", "", ""),
    ]);
}

#[test]
fn words_for_days() {
    check(&[
        ("yesterday at 7pm", "2020-06-19T19:00", "yesterday at 7pm"),
        ("Last Saturday", "2020-06-13", "Last Saturday"),
        ("next Wednesday", "2020-06-24", "next Wednesday"),
        ("two days ago", "2020-06-18", "two days ago"),
        ("this past Tuesday.", "2020-06-16", "this past Tuesday"),
        ("last week, on Tuesday, a few days ago", "", ""),
    ]);
}
