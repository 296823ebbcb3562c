//! Choosing units of an order's lines, a number for each line.

use domain::message::Message;
use domain::orders::{LineUnits, OrderDetail, OrderLine};
use yew::prelude::*;

use super::OrderText;
use crate::kit::{Field, use_locale};

/// A line, and the most that can be chosen of it.
pub(super) type Choice = (OrderLine, u32);

/// The lines of an order of which something can be chosen.
pub(super) fn of_lines(order: &OrderDetail, most: impl Fn(&OrderLine) -> u32) -> Vec<Choice> {
    order.lines.iter().map(|line| (line.clone(), most(line))).filter(|(_, most)| *most > 0).collect()
}

/// What is chosen; an empty number is none.
pub(super) fn chosen(rows: &[Choice], typed: &[String]) -> Result<Vec<LineUnits>, Message> {
    let mut units = Vec::new();
    for ((line, most), typed) in rows.iter().zip(typed) {
        let quantity = match typed.trim() {
            "" => 0,
            text => text.parse().map_err(|_| Message::NotAQuantity { most: *most })?,
        };
        if quantity > *most {
            return Err(Message::NotAQuantity { most: *most });
        }
        if quantity > 0 {
            units.push(LineUnits { line_id: line.id, quantity });
        }
    }
    if units.is_empty() { Err(Message::NoUnits) } else { Ok(units) }
}

/// Puts a number into its place.
pub(super) fn put(typed: &mut [String], (at, text): (usize, String)) {
    if let Some(cell) = typed.get_mut(at) {
        *cell = text;
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(super) struct UnitPickerProps {
    pub(super) rows: Vec<Choice>,
    pub(super) typed: Vec<String>,
    /// Which line's number was typed, and what.
    pub(super) on_change: Callback<(usize, String)>,
    pub(super) error: Option<Message>,
}

/// A number for each line.
#[component]
pub(super) fn UnitPicker(props: &UnitPickerProps) -> Html {
    let locale = use_locale();
    let field = |(at, (line, most)): (usize, &Choice)| {
        let options = line.options.get(locale);
        let name = line.name.get(locale);
        let product = if options.is_empty() { name.to_owned() } else { format!("{name} · {options}") };
        let label = OrderText::UnitsOf { product, most: *most }.text(locale);
        let on_change = props.on_change.reform(move |text: String| (at, text));
        let value = props.typed.get(at).cloned().unwrap_or_default();
        let error = props.error.clone().filter(|_| at == 0);
        html! {
            <Field id={format!("units-{}", line.id)} {label} {value} {on_change} inputmode="numeric" {error} />
        }
    };
    html! { for pair in props.rows.iter().enumerate() { { field(pair) } } }
}
