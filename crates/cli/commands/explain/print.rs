//! The answer for people.

use std::fmt::Write as _;

use recap_model::Method;

use super::answer::{Answer, Proof};

/// The answer as text; a quote is marked ⟦so⟧. Writing to a string cannot fail, so results are dropped.
pub fn text(answer: &Answer) -> String {
    let mut out = String::new();
    let means = answer.means.as_ref().map(|m| format!("  ({m})")).unwrap_or_default();
    let value = serde_json::to_string_pretty(&answer.value).unwrap_or_default();
    let _ = writeln!(out, "{} = {value}{means}", answer.pointer);
    if answer.evidence.is_empty() {
        let _ = writeln!(out, "\nNo evidence: the value is empty, or one that recap itself gives (an id, a place in the outline).");
    }
    for proof in &answer.evidence {
        write_proof(&mut out, proof);
    }
    if !answer.rivals.is_empty() {
        let _ = writeln!(out, "\nRIVALS THAT LOST");
    }
    for rival in &answer.rivals {
        let _ = writeln!(out, "\n{}: {}", rival.value, rival.reason);
        rival.evidence.iter().for_each(|proof| write_proof(&mut out, proof));
    }
    out
}

fn write_proof(out: &mut String, proof: &Proof) {
    let evidence = &proof.evidence;
    let _ = writeln!(out, "\n{}", proof.pointer);
    let path = proof.path.as_deref().unwrap_or("stdin");
    let _ = writeln!(out, "  source      {} ({path}), {}..{}", evidence.source, evidence.start, evidence.end);
    if let Some(attribute) = &evidence.attribute {
        let _ = writeln!(out, "  attribute   {attribute} = {:?}", evidence.quote);
    }
    match &proof.context {
        Some(c) => {
            let _ = writeln!(out, "  quote       {}⟦{}⟧{}", c.before, c.quote, c.after);
        }
        None => {
            let why = proof.missing.as_deref().unwrap_or_default();
            let _ = writeln!(out, "  quote       ⟦{}⟧ (source not shown: {why})", evidence.quote);
        }
    }
    let _ = writeln!(out, "  method      {}", method(evidence.method));
    if !evidence.from.is_empty() {
        let _ = writeln!(out, "  from        {}", evidence.from.join(", "));
    }
    let _ = writeln!(out, "  confidence  {}", evidence.confidence);
    let file = proof.rule_file.as_deref().map_or_else(|| "built into the program".to_owned(), str::to_owned);
    let _ = writeln!(out, "  rule        {} ({file})", evidence.rule);
    for line in proof.rule_text.iter().flat_map(|text| text.lines()) {
        let _ = writeln!(out, "    | {line}");
    }
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Verbatim => "verbatim: as it stands there",
        Method::Normalised => "normalised: the same in another notation",
        Method::Derived => "derived: from other values, or implied",
        Method::Override => "override: a person's correction",
    }
}
