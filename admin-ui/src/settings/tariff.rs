//! A price by weight: one line for each step, and what a further kilogram costs.

use yew::prelude::*;

use super::SettingsText;
use super::draft::{Draft, TariffDraft};
use super::editor::Editor;
use crate::kit::{Button, Glyph, Icon};

/// Where in the draft a tariff is.
#[derive(Clone, Copy)]
pub(super) enum Of {
    Zone(usize),
    Elsewhere,
}

impl Of {
    fn path(self) -> String {
        match self {
            Self::Zone(place) => format!("delivery.zones.{place}.tariff"),
            Self::Elsewhere => "delivery.elsewhere".to_owned(),
        }
    }

    fn get(self, draft: &Draft) -> Option<&TariffDraft> {
        match self {
            Self::Zone(place) => draft.zones.get(place).map(|zone| &zone.tariff),
            Self::Elsewhere => Some(&draft.elsewhere),
        }
    }

    /// A line may be gone by the time an event of its field arrives.
    fn change(self, draft: &mut Draft, change: impl FnOnce(&mut TariffDraft)) {
        let found = match self {
            Self::Zone(place) => draft.zones.get_mut(place).map(|zone| &mut zone.tariff),
            Self::Elsewhere => Some(&mut draft.elsewhere),
        };
        if let Some(tariff) = found {
            change(tariff);
        }
    }
}

/// The lines of a tariff.
pub(super) fn tariff(editor: &Editor<'_>, of: Of) -> Html {
    let Some(tariff) = of.get(editor.draft()) else { return Html::default() };
    let locale = editor.locale;
    let path = of.path();
    let add = editor.change(move |draft, _: MouseEvent| {
        of.change(draft, |tariff| tariff.steps.push((String::new(), String::new())));
    });
    let extra = editor
        .line(&format!("{path}.per_extra_kilogram"), SettingsText::ExtraKilogram, &tariff.extra, move |draft, text| {
            of.change(draft, |tariff| tariff.extra = text);
        })
        .money(editor.currency())
        .hint(editor.say(SettingsText::ExtraHint));
    html! {
        <>
            <table class="steps">
                <thead><tr>
                    <th scope="col">{ SettingsText::UpTo.text(locale) }</th>
                    <th scope="col">{ SettingsText::Price.text(locale) }</th>
                    <td />
                </tr></thead>
                <tbody>
                    for line in 0..tariff.steps.len() { { step(editor, of, tariff, line) } }
                </tbody>
            </table>
            { editor.error_line(&format!("{path}.steps")) }
            <div class="tariff-foot">
                <Button is_small={true} icon={Glyph::Plus} text={SettingsText::AddStep.text(locale)} onclick={add} />
                { extra }
            </div>
        </>
    }
}

fn step(editor: &Editor<'_>, of: Of, tariff: &TariffDraft, line: usize) -> Html {
    let Some((weight, price)) = tariff.steps.get(line) else { return Html::default() };
    let path = format!("{}.steps.{line}", of.path());
    let place = line + 1;
    let remove = editor.change(move |draft, _: MouseEvent| {
        of.change(draft, |tariff| {
            if line < tariff.steps.len() {
                tariff.steps.remove(line);
            }
        });
    });
    let set = move |draft: &mut Draft, set: &dyn Fn(&mut (String, String))| {
        of.change(draft, |tariff| {
            if let Some(step) = tariff.steps.get_mut(line) {
                set(step);
            }
        });
    };
    let weight = editor
        .line(&format!("{path}.up_to_grams"), SettingsText::UpToOf { place }, weight, move |draft, text| {
            set(draft, &|step| step.0.clone_from(&text));
        })
        .decimal()
        .in_table();
    let price = editor
        .line(&format!("{path}.price"), SettingsText::PriceOf { place }, price, move |draft, text| {
            set(draft, &|step| step.1.clone_from(&text));
        })
        .money(editor.currency())
        .in_table();
    let label = SettingsText::RemoveStep { place }.text(editor.locale);
    html! {
        <tr key={line}>
            <td>{ weight }</td>
            <td>{ price }</td>
            <td>
                if tariff.steps.len() > 1 {
                    <button type="button" class="icon-button" aria-label={label.clone()} title={label} onclick={remove}>
                        <Icon of={Glyph::Close} />
                    </button>
                }
            </td>
        </tr>
    }
}
