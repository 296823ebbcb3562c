//! The page of delivery prices.

use domain::locale::Locale;
use domain::money::Money;
use yew::prelude::*;

use super::SettingsText;
use super::draft::{Draft, TariffDraft, ZoneDraft};
use super::editor::Editor;
use super::tariff::{Of, tariff};
use super::trial::Trial;
use crate::kit::{Button, Card, Glyph, lens};

/// Zones, the rest, free delivery, pickup, and a place to try it all out.
pub(super) fn page(editor: &Editor<'_>) -> Html {
    let locale = editor.locale;
    let draft = editor.draft();
    let add = editor.change(move |draft, _: MouseEvent| draft.zones.push(new_zone(locale)));
    html! {
        <div class="settings-columns">
            <div class="settings-main">
                <Card id="delivery-zones" class="setting" title={editor.say(SettingsText::Zones)}>
                    <p class="field-hint">{ editor.say(SettingsText::ZonesHint) }</p>
                    if draft.zones.is_empty() { <p class="quiet">{ editor.say(SettingsText::NoZones) }</p> }
                    for place in 0..draft.zones.len() { { zone(editor, place) } }
                    { editor.error_line("delivery.zones") }
                    <div class="buttons">
                        <Button id="add-zone" icon={Glyph::Plus} text={editor.say(SettingsText::AddZone)} onclick={add} />
                    </div>
                </Card>
                <section class="card setting" id="delivery-elsewhere-card" aria-labelledby="delivery-elsewhere-title">
                    <h2 id="delivery-elsewhere-title" class="section-title">{ editor.say(SettingsText::Elsewhere) }</h2>
                    <p class="field-hint">{ editor.say(SettingsText::ElsewhereHint) }</p>
                    { tariff(editor, Of::Elsewhere) }
                </section>
            </div>
            <div class="settings-side">
                <Card id="delivery-free" class="setting" title={editor.say(SettingsText::FreeTitle)}>
                    { editor.input("delivery.free_from", SettingsText::FreeFrom, lens!(free_from))
                        .money(editor.currency())
                        .hint(editor.say(SettingsText::FreeFromHint)) }
                </Card>
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
                { editor.line(&format!("{path}.name"), SettingsText::ZoneName, &zone.name,
                    move |draft, text| set(draft, &|zone| zone.name.clone_from(&text))) }
                <div class="field-pair">
                    { editor.line(&format!("{path}.provinces"), SettingsText::Provinces, &zone.provinces,
                        move |draft, text| set(draft, &|zone| zone.provinces.clone_from(&text)))
                        .long()
                        .hint(editor.say(SettingsText::PlacesHint)) }
                    { editor.line(&format!("{path}.places"), SettingsText::Cities, &zone.cities,
                        move |draft, text| set(draft, &|zone| zone.cities.clone_from(&text)))
                        .long()
                        .hint(editor.say(SettingsText::PlacesHint)) }
                </div>
                { tariff(editor, Of::Zone(place)) }
                <div class="buttons is-end">
                    <Button look="is-quiet is-danger" icon={Glyph::Remove} text={SettingsText::RemoveZone.text(locale)}
                        onclick={remove} />
                </div>
            </div>
        </details>
    }
}

fn pickup(editor: &Editor<'_>) -> Html {
    let draft = editor.draft();
    html! {
        <Card id="delivery-pickup" class="setting" title={editor.say(SettingsText::Pickup)}>
            { editor.check("pickup-enabled", editor.say(SettingsText::PickupOffer), None, draft.is_pickup,
                |draft| draft.is_pickup = !draft.is_pickup) }
            if draft.is_pickup {
                { editor.input("delivery.pickup.address", SettingsText::PickupId, lens!(pickup_id))
                    .long()
                    .hint(editor.say(SettingsText::PickupHint)) }
                { editor.input("delivery.pickup.address.en", SettingsText::PickupEn, lens!(pickup_en)).long() }
            }
        </Card>
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
