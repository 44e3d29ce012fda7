//! The score sheet of one document: how a value, a set or a list is counted.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::scores::{Field, Miss, MissKind, Scores};
use crate::value::{optional, spellings};

/// Counts for one document.
pub(crate) struct Sheet {
    doc: String,
    scores: Scores,
}

impl Sheet {
    pub(crate) fn new(doc: &str, predicted: bool) -> Self {
        Self { doc: doc.to_owned(), scores: Scores::of_one(predicted) }
    }

    pub(crate) fn finish(self) -> Scores {
        self.scores
    }

    pub(crate) fn hits(&mut self, field: Field, count: usize) {
        self.scores.entry(field).tp += count;
    }

    /// Counts without naming the values.
    pub(crate) fn count(&mut self, field: Field, tp: usize, fp: usize, missed: usize) {
        let tally = self.scores.entry(field);
        tally.tp += tp;
        tally.fp += fp;
        tally.r#fn += missed;
    }

    pub(crate) fn missed(&mut self, field: Field, text: &str) {
        self.scores.entry(field).r#fn += 1;
        self.note(field, MissKind::Missed, text);
    }

    pub(crate) fn wrong(&mut self, field: Field, text: &str) {
        self.scores.entry(field).fp += 1;
        self.note(field, MissKind::Wrong, text);
    }

    pub(crate) fn note(&mut self, field: Field, kind: MissKind, text: &str) {
        let miss = Miss { doc: self.doc.clone(), kind, text: text.to_owned() };
        self.scores.entry(field).misses.push(miss);
    }

    /// One value against its accepted spellings.
    pub(crate) fn single(&mut self, field: Field, gold: &Value, pred: &Value, same: impl Fn(&[String], &[String]) -> bool) {
        let (want, got) = (spellings(gold), spellings(pred));
        match (want.first(), got.first()) {
            (None, None) => {}
            (Some(_), None) if optional(gold) => {}
            (Some(_), Some(_)) if same(&want, &got) => self.hits(field, 1),
            (w, g) => {
                w.into_iter().for_each(|w| self.missed(field, w));
                g.into_iter().for_each(|g| self.wrong(field, g));
            }
        }
    }

    /// Two sets of keys.
    pub(crate) fn set(&mut self, field: Field, gold: &BTreeSet<String>, pred: &BTreeSet<String>) {
        self.hits(field, gold.intersection(pred).count());
        gold.difference(pred).for_each(|g| self.missed(field, g));
        pred.difference(gold).for_each(|p| self.wrong(field, p));
    }

    /// Two lists, joined best likeness first; gives the joined pairs.
    pub(crate) fn list<T>(&mut self, field: Field, gold: &[T], pred: &[T], by: &Matching<T>) -> Vec<(usize, usize)> {
        let pairs = pair_up(gold, pred, by.alike, by.least);
        self.hits(field, pairs.len());
        let lost = (0..gold.len()).filter(|i| !pairs.iter().any(|(g, _)| g == i));
        lost.for_each(|i| self.missed(field, &(by.show)(&gold[i])));
        let extra = (0..pred.len()).filter(|j| !pairs.iter().any(|(_, p)| p == j));
        extra.for_each(|j| self.wrong(field, &(by.show)(&pred[j])));
        pairs
    }
}

/// How the values of a list are joined and shown.
pub(crate) struct Matching<'a, T> {
    /// Likeness of a gold and a predicted value.
    pub alike: &'a dyn Fn(&T, &T) -> f64,
    /// The likeness from which two values are the same.
    pub least: f64,
    /// The value in words.
    pub show: &'a dyn Fn(&T) -> String,
}

/// Joins two lists one to one, highest likeness first, the earlier value first where likeness is equal.
pub(crate) fn pair_up<T>(gold: &[T], pred: &[T], alike: &dyn Fn(&T, &T) -> f64, least: f64) -> Vec<(usize, usize)> {
    let mut cells: Vec<(f64, usize, usize)> = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        cells.extend(pred.iter().enumerate().map(|(j, p)| (alike(g, p), i, j)).filter(|(s, ..)| *s >= least));
    }
    cells.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_gold, mut used_pred, mut out) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (_, i, j) in cells {
        if !used_gold.contains(&i) && !used_pred.contains(&j) {
            used_gold.insert(i);
            used_pred.insert(j);
            out.push((i, j));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn counts(sheet: Sheet, field: Field) -> (usize, usize, usize) {
        let scores = sheet.finish();
        scores.tally(field).map_or((0, 0, 0), |t| (t.tp, t.fp, t.r#fn))
    }

    #[test]
    fn an_optional_value_may_be_left_out_but_not_be_wrong() {
        let equal = |g: &[String], p: &[String]| g.contains(&p[0]);
        let gold = json!(["2024-05-07", null]);
        for (pred, want) in [(Value::Null, (0, 0, 0)), (json!("2024-05-07"), (1, 0, 0)), (json!("2024-05-08"), (0, 1, 1))] {
            let mut sheet = Sheet::new("d", true);
            sheet.single(Field::EventStart, &gold, &pred, equal);
            assert_eq!(counts(sheet, Field::EventStart), want);
        }
    }

    #[test]
    fn a_value_where_gold_has_none_is_wrong_and_named() {
        let mut sheet = Sheet::new("d", true);
        sheet.single(Field::EventVenue, &Value::Null, &json!("Hall"), |_, _| true);
        let scores = sheet.finish();
        let tally = scores.tally(Field::EventVenue).expect("the field came up");
        assert_eq!(tally.misses, [Miss { doc: "d".into(), kind: MissKind::Wrong, text: "Hall".into() }]);
    }

    #[test]
    fn pairs_are_joined_best_first_and_once() {
        let alike = |a: &i32, b: &i32| 1.0 - f64::from((a - b).abs()) / 10.0;
        assert_eq!(pair_up(&[1, 5], &[4, 5, 9], &alike, 0.8), [(1, 1)]);
        assert_eq!(pair_up(&[5, 5], &[5, 5], &alike, 0.8), [(0, 0), (1, 1)]);
    }
}
