//! The settings: one form over all its pages, saved as a whole, so that nobody's change is lost between them.
//!
//! What is typed is kept as text in a draft; the rules that read it are those of `domain`, here as in the service.

use domain::locale::Locale;
use domain::settings::{GetSettings, SaveSettings, SavedSettings, Settings};
use yew::prelude::*;

use crate::desk::use_desk;
use crate::ipc::use_command;
use crate::kit::shortcuts::{is_save, use_shortcut};
use crate::kit::{Form, KitText, ProblemBox, Request, SaveBar, Screen, Tab, Tabs, use_judged_form};
use crate::screens::{self, SettingsPart};

mod checkout;
mod delivery;
mod draft;
mod editor;
mod email;
mod form;
mod gateways;
mod payments;
mod shop;
mod tariff;
mod taxes;
mod texts;
mod transfer;
mod trial;

use editor::Editor;
use form::Sheet;
pub(crate) use texts::SettingsText;

/// The screen of the settings.
#[component]
pub(crate) fn SettingsScreen(props: &screens::Settings) -> Html {
    let locale = use_desk().locale;
    let asked = use_command(GetSettings {});
    let content = match asked.answer.as_deref() {
        None => html! {
            <div class="card is-bones" aria-busy="true" aria-label={KitText::Loading.text(locale)}>
                for _ in 0..6 { <span class="bone" /> }
            </div>
        },
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again} /> },
        Some(Ok(saved)) => html! {
            <SettingsForm key={saved.version.to_string()} saved={saved.clone()} part={props.part} reload={asked.again} />
        },
    };
    let tab = |part: SettingsPart| {
        let here = screens::Settings::of(part);
        Tab::new(format!("settings-{part}"), here.href(), name_of(part).text(locale), part == props.part)
    };
    let parts = [
        SettingsPart::Shop,
        SettingsPart::Checkout,
        SettingsPart::Payments,
        SettingsPart::Delivery,
        SettingsPart::Taxes,
        SettingsPart::Email,
    ];
    html! {
        <Screen id="settings">
            <Tabs label={SettingsText::Topics.text(locale)} tabs={parts.map(tab).to_vec()} current="page" />
            { content }
        </Screen>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct SettingsFormProps {
    saved: SavedSettings,
    part: SettingsPart,
    reload: Callback<()>,
}

#[component]
fn SettingsForm(props: &SettingsFormProps) -> Html {
    let locale = use_desk().locale;
    let form = use_judged_form(|| Sheet::new(props.saved.clone(), locale), Sheet::judge);
    let send = {
        let form = form.clone();
        move |settings: Settings, said: SettingsText| {
            let (request, sheet) = (SaveSettings { version: form.draft().saved.version, settings }, form.clone());
            form.forgive();
            form.send(Request::new(request, said.text(locale)), move |saved| {
                sheet.edit(move |sheet| sheet.store(saved, locale));
            });
        }
    };
    let save = {
        let (form, send) = (form.clone(), send.clone());
        Callback::from(move |()| {
            if form.is_working() || !form.draft().is_changed(locale) {
                return;
            }
            match form.draft().read() {
                Ok(settings) => send(settings, SettingsText::Saved),
                Err(fields) => form.refuse(fields),
            }
        })
    };
    let undo = {
        let form = form.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(settings) = form.draft().before.clone().filter(|_| !form.is_working()) {
                send(settings, SettingsText::Undone);
            }
        })
    };
    use_shortcut(is_save, save.reform(|event: KeyboardEvent| event.prevent_default()));

    let editor = Editor { form: &form, locale };
    let page = match props.part {
        SettingsPart::Shop => shop::page(&editor),
        SettingsPart::Checkout => checkout::page(&editor),
        SettingsPart::Payments => payments::page(&editor),
        SettingsPart::Delivery => delivery::page(&editor),
        SettingsPart::Taxes => taxes::page(&editor),
        SettingsPart::Email => email::page(&editor),
    };
    let onsubmit = save.reform(|event: SubmitEvent| event.prevent_default());
    html! {
        <>
            <form id="settings-form" class="settings" {onsubmit} novalidate={true}>
                { page }
                { save_bar(&form, props, locale, undo) }
            </form>
            if props.part == SettingsPart::Email {
                <email::Account sends={form.draft().saved.settings.mail.sends()} is_changed={form.draft().is_changed(locale)} />
            }
        </>
    }
}

fn save_bar(form: &Form<Sheet>, props: &SettingsFormProps, locale: Locale, undo: Callback<MouseEvent>) -> Html {
    let fields = form.fields();
    let is_here = fields.iter().any(|field| part_of(&field.field) == props.part);
    let elsewhere = fields.first().map(|field| part_of(&field.field)).filter(|_| !is_here);
    let wrong =
        elsewhere.map_or(SettingsText::Wrong, |part| SettingsText::WrongElsewhere { part: name_of(part).text(locale) });
    let revert = {
        let form = form.clone();
        Callback::from(move |_: MouseEvent| {
            form.forgive();
            form.edit(move |sheet| sheet.revert(locale));
        })
    };
    let bar = SaveBar {
        name: "settings",
        is_changed: form.draft().is_changed(locale),
        can_undo: form.draft().before.is_some(),
        wrong: wrong.text(locale),
        reload: props.reload.reform(|_| ()),
        undo,
        revert,
    };
    bar.below(form, locale)
}

/// What people call a part.
const fn name_of(part: SettingsPart) -> SettingsText {
    match part {
        SettingsPart::Shop => SettingsText::Shop,
        SettingsPart::Checkout => SettingsText::Checkout,
        SettingsPart::Payments => SettingsText::Payments,
        SettingsPart::Delivery => SettingsText::Delivery,
        SettingsPart::Taxes => SettingsText::Taxes,
        SettingsPart::Email => SettingsText::Email,
    }
}

/// The part that a field of the settings stands in.
fn part_of(path: &str) -> SettingsPart {
    match path.split('.').next() {
        Some("delivery") => SettingsPart::Delivery,
        Some("tax") => SettingsPart::Taxes,
        Some("mail" | "letters_off") => SettingsPart::Email,
        Some("hold_minutes" | "most_hold_minutes" | "unpaid_hours" | "one_unpaid_order") => SettingsPart::Checkout,
        Some("payment_methods" | "payment_gateways" | "transfer") => SettingsPart::Payments,
        _ => SettingsPart::Shop,
    }
}
