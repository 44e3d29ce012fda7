//! Reading loosely typed JSON: a key that is missing or of another type reads as "nothing".

use serde_json::Value;

/// True where `key` holds `true`.
pub(crate) fn flag(v: &Value, key: &str) -> bool {
    v[key].as_bool().unwrap_or(false)
}

/// The text under `key`, `None` where it is missing or empty.
pub(crate) fn text<'a>(v: &'a Value, key: &str) -> Option<&'a str> {
    v[key].as_str().filter(|s| !s.is_empty())
}

/// The list under `key`, empty where there is none.
pub(crate) fn items<'a>(v: &'a Value, key: &str) -> &'a [Value] {
    v[key].as_array().map_or(&[], Vec::as_slice)
}

/// Every accepted spelling of a gold value, or the one text of a predicted value; numbers are written out.
pub(crate) fn spellings(v: &Value) -> Vec<String> {
    match v {
        Value::String(s) if !s.is_empty() => vec![s.clone()],
        Value::Number(n) => vec![n.to_string()],
        Value::Array(all) => all.iter().flat_map(spellings).collect(),
        _ => Vec::new(),
    }
}

/// True for a list of spellings that holds `null`: leaving the value out is right too.
pub(crate) fn optional(v: &Value) -> bool {
    v.as_array().is_some_and(|all| all.contains(&Value::Null))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn spellings_of_text_list_number_and_nothing() {
        assert_eq!(spellings(&json!("a")), ["a"]);
        assert_eq!(spellings(&json!(["a", null, "", "b"])), ["a", "b"]);
        assert_eq!(spellings(&json!(3)), ["3"]);
        assert!(spellings(&Value::Null).is_empty());
    }

    #[test]
    fn only_a_list_with_null_is_optional() {
        assert!(optional(&json!(["a", null])));
        assert!(!optional(&json!(["a"])));
        assert!(!optional(&Value::Null));
    }

    #[test]
    fn a_value_of_another_type_reads_as_nothing() {
        let v = json!({"name": 7, "talks": "x"});
        assert_eq!(text(&v, "name"), None);
        assert!(items(&v, "talks").is_empty());
        assert!(!flag(&v["nowhere"], "deeper"));
    }
}
