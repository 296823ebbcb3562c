//! Taking away what may have stock: an option, a value or a variant. Whoever does it says where the units go.

use domain::catalog::{StoredProduct, VariantDocument};
use domain::locale::Locale;
use yew::prelude::*;

use super::cells::Manner;
use super::draft::Draft;
use super::sheet::Sheet;
use super::texts::EditorText;
use crate::kit::{Choose, Form, FormDialog, FormState, choices, use_locale};

/// What is to be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Removing {
    Option(usize),
    /// An option's value.
    Value(usize, usize),
    /// The variant of a row.
    Variant(usize),
}

impl Removing {
    /// Whether the variant goes with it. Variants that fall together keep their stock by themselves.
    fn takes(self, at: usize, variant: &VariantDocument) -> bool {
        match self {
            Self::Option(_) => false,
            Self::Value(option, value) => variant.values.get(option) == Some(&value),
            Self::Variant(row) => row == at,
        }
    }

    /// How many units would go with it, and the rows that could get them.
    pub(super) fn stakes(self, draft: &Draft, stored: Option<&StoredProduct>, locale: Locale) -> Stakes {
        let mut stakes = Stakes::default();
        for (at, (variant, row)) in draft.document.variants.iter().zip(&draft.rows).enumerate() {
            if self.takes(at, variant) {
                let place =
                    stored.and_then(|stored| stored.document.variants.iter().position(|other| other.id == variant.id));
                let stock = variant.id.and(stored).zip(place).and_then(|(stored, place)| stored.stock.get(place));
                stakes.units += stock.map_or(0, |stock| stock.on_hand);
            } else {
                stakes.rows.push((row.key, draft.name_of(at, locale)));
            }
        }
        stakes
    }

    /// Takes it away.
    pub(super) fn apply(self, draft: &mut Draft, to: Option<u32>, manner: Manner) {
        match self {
            Self::Option(at) => draft.remove_option(at, manner),
            Self::Value(option, value) => draft.remove_value(option, value, to, manner),
            Self::Variant(row) => draft.remove_variant(row, to, manner),
        }
    }
}

/// What is at stake.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stakes {
    pub(super) units: u32,
    rows: Vec<(u32, String)>,
}

#[derive(Clone, PartialEq, Properties)]
pub(super) struct RemovingDialogProps {
    pub(super) stakes: Stakes,
    pub(super) on_choose: Callback<Option<u32>>,
    pub(super) on_close: Callback<()>,
}

/// Asks where the units go.
#[component]
pub(super) fn RemovingDialog(props: &RemovingDialogProps) -> Html {
    let locale = use_locale();
    let chosen = use_state(|| props.stakes.rows.first().map(|(key, _)| key.to_string()).unwrap_or_default());
    let choose = {
        let chosen = chosen.setter();
        Callback::from(move |word| chosen.set(word))
    };
    let submit = {
        let (chosen, on_choose) = (chosen.clone(), props.on_choose.clone());
        Callback::from(move |()| on_choose.emit(chosen.parse().ok()))
    };
    html! {
        <FormDialog id="remove" title={EditorText::WhereStockGoes.text(locale)} confirm={EditorText::RemoveAndMove.text(locale)}
            explanation={EditorText::WhereStockGoesHint { units: props.stakes.units }.text(locale)}
            state={FormState::default()} on_submit={submit} on_close={props.on_close.clone()}>
            <Choose id="stock-to" label={EditorText::StockTo.text(locale)} choices={choices(props.stakes.rows.iter().map(|(key, name)| (key.to_string(), name.clone())))}
                chosen={(*chosen).clone()} on_choose={choose} />
        </FormDialog>
    }
}

/// Takes something away at once, or asks first where its units go.
pub(super) fn remover(form: &Form<Sheet>, locale: Locale, ask: Callback<Removing>) -> Callback<Removing> {
    let form = form.clone();
    Callback::from(move |removing: Removing| {
        let sheet = form.draft();
        let stakes = removing.stakes(&sheet.draft, sheet.stored.as_deref(), locale);
        if stakes.units > 0 {
            return ask.emit(removing);
        }
        form.edit(move |sheet| {
            let manner = sheet.manner;
            sheet.step(None, |draft| removing.apply(draft, None, manner));
        });
    })
}
