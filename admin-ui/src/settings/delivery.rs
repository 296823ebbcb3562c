//! The page of delivery prices.

use domain::locale::Locale;
use domain::money::Money;
use yew::prelude::*;

use crate::icon::{Glyph, Icon};
use crate::settings::draft::{Draft, TariffDraft, ZoneDraft};
use crate::settings::editor::{Editor, Look};
use crate::settings::tariff::{Of, tariff};
use crate::settings::trial::Trial;
use crate::texts::SettingsText;

/// Zones, the rest, free delivery, pickup, and a place to try it all out.
pub(super) fn page(editor: &Editor<'_>) -> Html {
    let locale = editor.locale;
    let draft = editor.draft();
    let add = editor.change(move |draft, _: MouseEvent| draft.zones.push(new_zone(locale)));
    html! {
        <div class="settings-columns">
            <div class="settings-main">
                <section class="card setting" id="delivery-zones" aria-labelledby="delivery-zones-title">
                    <h2 id="delivery-zones-title" class="section-title">{ SettingsText::Zones.text(locale) }</h2>
                    <p class="field-hint">{ SettingsText::ZonesHint.text(locale) }</p>
                    if draft.zones.is_empty() { <p class="quiet">{ SettingsText::NoZones.text(locale) }</p> }
                    for place in 0..draft.zones.len() { { zone(editor, place) } }
                    if let Some(error) = editor.error("delivery.zones") {
                        <p class="field-error">{ error.text(locale) }</p>
                    }
                    <div class="buttons">
                        <button type="button" class="button" id="add-zone" onclick={add}>
                            <Icon of={Glyph::Plus} />{ SettingsText::AddZone.text(locale) }
                        </button>
                    </div>
                </section>
                <section class="card setting" id="delivery-elsewhere-card" aria-labelledby="delivery-elsewhere-title">
                    <h2 id="delivery-elsewhere-title" class="section-title">{ SettingsText::Elsewhere.text(locale) }</h2>
                    <p class="field-hint">{ SettingsText::ElsewhereHint.text(locale) }</p>
                    { tariff(editor, Of::Elsewhere) }
                </section>
            </div>
            <div class="settings-side">
                <section class="card setting" id="delivery-free" aria-labelledby="delivery-free-title">
                    <h2 id="delivery-free-title" class="section-title">{ SettingsText::FreeTitle.text(locale) }</h2>
                    { editor.money(
                        "delivery.free_from",
                        (&SettingsText::FreeFrom, Look::Line, Some(SettingsText::FreeFromHint)),
                        &draft.free_from,
                        |draft, text| draft.free_from = text,
                    ) }
                </section>
                { pickup(editor) }
                <Trial draft={draft.clone()} currency={editor.currency()} />
            </div>
        </div>
    }
}

fn zone(editor: &Editor<'_>, place: usize) -> Html {
    let Some(zone) = editor.draft().zones.get(place) else { return Html::default() };
    let locale = editor.locale;
    let path = format!("delivery.zones.{place}");
    let remove = editor.change(move |draft, _: MouseEvent| {
        if place < draft.zones.len() {
            draft.zones.remove(place);
        }
    });
    let count = |list: &str| list.split(',').filter(|name| !name.trim().is_empty()).count();
    let (provinces, cities) = (count(&zone.provinces), count(&zone.cities));
    let places = [
        (provinces > 0).then_some(SettingsText::ZoneProvinces { count: provinces }),
        (cities > 0).then_some(SettingsText::ZoneCities { count: cities }),
    ];
    let places: Vec<_> = places.iter().flatten().map(|text| text.text(locale)).collect();
    let from = zone.tariff.steps.first().and_then(|(_, price)| Money::read(price, editor.currency()).ok());
    let set = move |draft: &mut Draft, set: &dyn Fn(&mut ZoneDraft)| {
        if let Some(zone) = draft.zones.get_mut(place) {
            set(zone);
        }
    };
    let is_new = zone.provinces.is_empty() && zone.cities.is_empty();
    html! {
        <details class="zone" key={place} open={is_new || editor.is_wrong_within(&path)} data-test="zone">
            <summary>
                <span class="zone-name">{ &zone.name }</span>
                <span class="quiet">{ places.join(", ") }</span>
                if let Some(price) = from {
                    <span class="zone-price numbers">
                        { SettingsText::ZoneFrom { price: price.display(editor.currency()) }.text(locale) }
                    </span>
                }
            </summary>
            <div class="zone-body">
                { editor.text(&format!("{path}.name"), (&SettingsText::ZoneName, Look::Line, None), &zone.name,
                    move |draft, text| set(draft, &|zone| zone.name.clone_from(&text))) }
                <div class="field-pair">
                    { editor.text(&format!("{path}.provinces"),
                        (&SettingsText::Provinces, Look::Area, Some(SettingsText::PlacesHint)), &zone.provinces,
                        move |draft, text| set(draft, &|zone| zone.provinces.clone_from(&text))) }
                    { editor.text(&format!("{path}.places"),
                        (&SettingsText::Cities, Look::Area, Some(SettingsText::PlacesHint)), &zone.cities,
                        move |draft, text| set(draft, &|zone| zone.cities.clone_from(&text))) }
                </div>
                { tariff(editor, Of::Zone(place)) }
                <div class="buttons is-end">
                    <button type="button" class="button is-quiet is-danger" onclick={remove}>
                        <Icon of={Glyph::Remove} />{ SettingsText::RemoveZone.text(locale) }
                    </button>
                </div>
            </div>
        </details>
    }
}

fn pickup(editor: &Editor<'_>) -> Html {
    let locale = editor.locale;
    let draft = editor.draft();
    html! {
        <section class="card setting" id="delivery-pickup" aria-labelledby="delivery-pickup-title">
            <h2 id="delivery-pickup-title" class="section-title">{ SettingsText::Pickup.text(locale) }</h2>
            { editor.check("pickup-enabled", SettingsText::PickupOffer.text(locale), None, draft.is_pickup,
                |draft| draft.is_pickup = !draft.is_pickup) }
            if draft.is_pickup {
                { editor.text("delivery.pickup.address",
                    (&SettingsText::PickupId, Look::Area, Some(SettingsText::PickupHint)), &draft.pickup_id,
                    |draft, text| draft.pickup_id = text) }
                { editor.text("delivery.pickup.address.en", (&SettingsText::PickupEn, Look::Area, None),
                    &draft.pickup_en, |draft, text| draft.pickup_en = text) }
            }
        </section>
    }
}

fn new_zone(locale: Locale) -> ZoneDraft {
    ZoneDraft {
        name: SettingsText::NewZone.text(locale),
        provinces: String::new(),
        cities: String::new(),
        tariff: TariffDraft::blank(),
    }
}
