//! What a change did, field by field: from what to what, in words.

use domain::audit::FieldChange;
use domain::locale::Locale;
use domain::money::Money;
use yew::prelude::*;

use super::texts::{AuditText, field_label, word};
use crate::desk::{Desk, use_desk};

/// More stay folded.
const SHOWN: usize = 5;
/// Fields that hold amounts of money.
const AMOUNTS: [&str; 9] = [
    "price",
    "compare_at_price",
    "per_extra_kilogram",
    "free_from",
    "total",
    "refunded",
    "amount",
    "cap",
    "minimum_purchase",
];

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ChangesProps {
    pub(crate) changes: Vec<FieldChange>,
}

/// The fields that changed.
#[component]
pub(crate) fn Changes(props: &ChangesProps) -> Html {
    let desk = use_desk();
    let (first, more) = props.changes.split_at(props.changes.len().min(SHOWN));
    html! {
        <>
            <ul class="changes">for change in first.iter() { { line(&desk, change) } }</ul>
            if !more.is_empty() {
                <details class="changes-more">
                    <summary>{ AuditText::More { count: more.len() }.text(desk.locale) }</summary>
                    <ul class="changes">for change in more.iter() { { line(&desk, change) } }</ul>
                </details>
            }
        </>
    }
}

fn line(desk: &Desk, change: &FieldChange) -> Html {
    let side = |value: &Option<String>| value.as_ref().map(|value| value_label(desk, &change.path, value));
    let (before, after) = (side(&change.before), side(&change.after));
    let nothing = || AuditText::Nothing.text(desk.locale);
    // An arrow says nothing to who listens.
    let spoken = AuditText::BecameOf {
        before: before.clone().unwrap_or_else(nothing),
        after: after.clone().unwrap_or_else(nothing),
    };
    html! {
        <li>
            <span class="change-field">{ path_label(&change.path, desk.locale) }</span>
            <span class="unseen">{ spoken.text(desk.locale) }</span>
            <span class="change-values" aria-hidden="true">
                if let Some(before) = before { <del>{ before }</del> }
                if let Some(after) = after { <ins>{ after }</ins> }
            </span>
        </li>
    }
}

/// Where a value stands, from the outside in.
fn path_label(path: &[String], locale: Locale) -> String {
    let labels: Vec<String> = path.iter().map(|name| field_label(name, locale)).collect();
    labels.join(" › ")
}

/// A value as people read it: amounts, times and words; anything else as it is.
fn value_label(desk: &Desk, path: &[String], value: &str) -> String {
    let locale = desk.locale;
    // Items of a list are told by their place in it; the list says what they are.
    let is_word = |name: &&String| name.parse::<usize>().is_err();
    let field = path.iter().rev().find(is_word).map(String::as_str).unwrap_or_default();
    let amount =
        || value.parse().ok().filter(|_| AMOUNTS.contains(&field)).map(|minor| desk.money(Money::minor(minor)));
    let instant = || value.parse().ok().filter(|_| field.ends_with("_at")).map(|at| desk.calendar().brief(at));
    let truth = || match value {
        "true" => Some(AuditText::Yes.text(locale)),
        "false" => Some(AuditText::No.text(locale)),
        _ => None,
    };
    // A list of words is told as one value.
    let words = || {
        let each = value.split(", ").map(|each| word(field, each, locale));
        each.collect::<Option<Vec<_>>>().map(|words| words.join(", "))
    };
    amount().or_else(instant).or_else(truth).or_else(words).unwrap_or_else(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use domain::locale::Locale;

    use super::path_label;

    #[test]
    fn a_place_is_told_in_words_and_a_field_without_one_by_its_name() {
        let path = ["delivery", "zones", "2", "price"].map(str::to_owned);
        assert_eq!(path_label(&path, Locale::English), "Delivery › Zone › 2 › Price");
        assert_eq!(path_label(&["made_up".to_owned()], Locale::Indonesian), "made up");
    }
}
