//! Merging does not depend on order, changes nothing the second time, and loses nothing.

use std::collections::BTreeSet;
use std::convert::Infallible;

use proptest::prelude::*;
use recap_merge::{Decisions, Named, Outlines, Review, known_ids, merge, source_key};
use recap_model::Recap;
use serde_json::Value;

mod support;
use support::{evidence_of, parts, values};

fn recaps(of: Vec<Recap>) -> Vec<Recap> {
    merge(of, &Decisions::default()).recaps
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_sources_does_not_matter((sources, shuffled) in parts().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))) {
        prop_assert_eq!(merge(sources, &Decisions::default()), merge(shuffled, &Decisions::default()));
    }

    #[test]
    fn a_merge_of_merges_is_the_merge_of_all(sources in parts(), cut in 0_usize..12) {
        let (left, right) = sources.split_at(cut.min(sources.len()));
        let halves: Vec<Recap> = recaps(right.to_vec()).into_iter().chain(recaps(left.to_vec())).collect();
        prop_assert_eq!(merge(halves, &Decisions::default()), merge(sources, &Decisions::default()));
    }

    #[test]
    fn merging_twice_changes_nothing(sources in parts()) {
        let once = recaps(sources.clone());
        prop_assert_eq!(recaps(once.clone()), once.clone());
        prop_assert_eq!(recaps(once.iter().cloned().chain(sources).collect()), once);
    }

    #[test]
    fn outlines_find_the_events_that_merging_finds(sources in parts()) {
        let decisions = Decisions::default();
        let merged = merge(sources.clone(), &decisions);
        let mut outlines = Outlines::default();
        sources.iter().for_each(|recap| outlines.add(recap.clone(), &decisions));
        let read = |all: &[usize]| Ok::<_, Infallible>(all.iter().map(|&i| sources[i].clone()).collect());
        let Ok((events, pairs)) = outlines.events(&decisions, read);
        let keys = |recaps: &[Recap]| recaps.iter().flat_map(|r| r.sources.iter().map(source_key)).collect::<BTreeSet<_>>();
        let of = |event: &Named| keys(&event.recaps.iter().map(|&i| sources[i].clone()).collect::<Vec<_>>());
        let found: BTreeSet<_> = events.iter().map(|event| (event.id.clone(), event.redirects.clone(), of(event))).collect();
        let told = |recap: &Recap| (recap.id.clone(), recap.redirects.clone(), keys(std::slice::from_ref(recap)));
        prop_assert_eq!(found, merged.recaps.iter().map(told).collect());
        prop_assert_eq!(pairs, merged.reviews.iter().filter(|review| matches!(review, Review::Pair { .. })).count());
    }

    #[test]
    fn every_value_keeps_its_evidence(sources in parts()) {
        for recap in recaps(sources) {
            let json = serde_json::to_value(&recap).expect("a recap is JSON");
            for (pointer, value) in values(&json) {
                let proved = std::iter::successors(Some(pointer.as_str()), |at| at.rsplit_once('/').map(|(parent, _)| parent))
                    .any(|at| recap.evidence.contains_key(at));
                prop_assert!(proved, "{} = {} has no evidence", pointer, value);
            }
            for pointer in recap.evidence.keys().chain(recap.conflicts.iter().map(|c| &c.pointer)) {
                prop_assert!(json.pointer(pointer).is_some(), "{} leads nowhere", pointer);
            }
        }
    }

    #[test]
    fn nothing_that_a_source_said_is_gone(sources in parts()) {
        let merged = recaps(sources.clone());
        let told: Vec<Value> = merged.iter().map(|r| {
            let mut bare = r.clone();
            bare.parts.clear();
            serde_json::to_value(&bare).expect("a recap is JSON")
        }).collect();
        for source in &sources {
            let home = merged.iter().position(|r| r.sources.iter().any(|s| s.sha256 == source.sources[0].sha256));
            let home = home.expect("every source is in a recap");
            let said = serde_json::to_value(source).expect("a recap is JSON");
            for (pointer, value) in values(&said) {
                let kept = support::holds(&told[home], &value);
                prop_assert!(kept, "{} = {} of {} is gone", pointer, value, source.id);
            }
            for evidence in evidence_of(source) {
                prop_assert!(support::proves(&merged[home], &evidence), "{:?} is gone", evidence);
            }
        }
    }

    #[test]
    fn ids_stay_when_sources_are_added(sources in parts(), cut in 0_usize..12) {
        let before = recaps(sources.iter().take(cut).cloned().collect());
        let decisions = Decisions { ids: known_ids(&before), ..Decisions::default() };
        let after = merge(sources, &decisions);
        for old in &before {
            let now = after.redirects.get(&old.id).unwrap_or(&old.id);
            let home = after.recaps.iter().find(|r| r.id == *now);
            let shares = |r: &Recap| r.sources.iter().any(|s| old.sources.iter().any(|o| o.sha256 == s.sha256));
            prop_assert!(home.is_some_and(shares), "{} leads to no recap of its sources", old.id);
        }
    }
}
