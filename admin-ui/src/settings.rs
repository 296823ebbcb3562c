//! The settings: one form over all its pages, saved as a whole, so that nobody's change is lost between them.
//!
//! What is typed is kept as text in a draft; the rules that read it are those of `domain`, here as in the service.

use domain::message::Message;
use domain::problem::Problem;
use domain::settings::{GetSettings, SaveSettings, SavedSettings};
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::desk::use_desk;
use crate::frame::Screen;
use crate::icon::{Glyph, Icon};
use crate::ipc::{self, use_command};
use crate::problem_box::{ProblemBox, ProblemLine};
use crate::route::{Route, Topic};
use crate::texts::{SettingsText, ShellText};
use crate::toasts::{ToastMove, use_toaster};

mod checkout;
mod delivery;
mod draft;
mod editor;
mod form;
mod shop;
mod tariff;
mod taxes;
mod trial;

use editor::Editor;
use form::{Form, Step};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SettingsScreenProps {
    pub(crate) topic: Topic,
}

/// The screen of the settings.
#[component]
pub(crate) fn SettingsScreen(props: &SettingsScreenProps) -> Html {
    let desk = use_desk();
    let asked = use_command(GetSettings {}, 0);
    let title = SettingsText::Title.text(desk.locale);
    let content = match asked.answer.as_deref() {
        None => html! {
            <div class="card is-bones" aria-busy="true" aria-label={ShellText::Loading.text(desk.locale)}>
                for _ in 0..6 { <span class="bone" /> }
            </div>
        },
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again} /> },
        Some(Ok(saved)) => html! {
            <SettingsForm key={saved.version.to_string()} saved={saved.clone()} topic={props.topic} reload={asked.again} />
        },
    };
    let tab = |topic: Topic, id: &'static str| {
        html! {
            <a {id} class="tab" href={Route::Settings(topic).href()}
                aria-current={(topic == props.topic).then_some("page")}>{ name_of(topic).text(desk.locale) }</a>
        }
    };
    html! {
        <Screen id="settings" {title}>
            <nav class="tabs" aria-label={SettingsText::Topics.text(desk.locale)}>
                { tab(Topic::Shop, "settings-shop") }
                { tab(Topic::Checkout, "settings-checkout") }
                { tab(Topic::Delivery, "settings-delivery") }
                { tab(Topic::Taxes, "settings-taxes") }
            </nav>
            { content }
        </Screen>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct SettingsFormProps {
    saved: SavedSettings,
    topic: Topic,
    reload: Callback<()>,
}

#[component]
fn SettingsForm(props: &SettingsFormProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let toaster = use_toaster();
    let form = {
        let saved = props.saved.clone();
        use_reducer(move || Form::new(saved, locale))
    };

    let send = {
        let (form, toaster) = (form.dispatcher(), toaster.clone());
        Callback::from(move |(request, said): (SaveSettings, SettingsText)| {
            let (form, toaster) = (form.clone(), toaster.clone());
            form.dispatch(Step::Sent);
            spawn_local(async move {
                match ipc::call(&request).await {
                    Ok(saved) => {
                        toaster.dispatch(ToastMove::Done(said.text(locale)));
                        form.dispatch(Step::Saved(Box::new(saved), locale));
                    }
                    Err(problem) => form.dispatch(Step::Refused(problem)),
                }
            });
        })
    };
    let save = {
        let (form, send) = (form.clone(), send.clone());
        Callback::from(move |()| {
            if form.is_working || !form.is_changed(locale) {
                return;
            }
            match form.read() {
                Ok(settings) => {
                    send.emit((SaveSettings { version: form.saved.version, settings }, SettingsText::Saved));
                }
                Err(fields) => form.dispatch(Step::Refused(Problem::invalid(fields))),
            }
        })
    };
    let undo = {
        let (form, send) = (form.clone(), send.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(settings) = form.before.clone().filter(|_| !form.is_working) {
                send.emit((SaveSettings { version: form.saved.version, settings }, SettingsText::Undone));
            }
        })
    };
    use_save_keys(save.clone());

    let editor = Editor { form: &form, locale };
    let page = match props.topic {
        Topic::Shop => shop::page(&editor),
        Topic::Checkout => checkout::page(&editor),
        Topic::Delivery => delivery::page(&editor),
        Topic::Taxes => taxes::page(&editor),
    };
    let onsubmit = save.reform(|event: SubmitEvent| event.prevent_default());
    let revert = {
        let form = form.dispatcher();
        Callback::from(move |_: MouseEvent| form.dispatch(Step::Reverted(locale)))
    };
    html! {
        <form id="settings-form" class="settings" {onsubmit} novalidate={true}>
            { page }
            { save_bar(&form, props, &desk.locale, revert, undo) }
        </form>
    }
}

fn save_bar(
    form: &Form,
    props: &SettingsFormProps,
    locale: &domain::locale::Locale,
    revert: Callback<MouseEvent>,
    undo: Callback<MouseEvent>,
) -> Html {
    let locale = *locale;
    let is_changed = form.is_changed(locale);
    let is_stale = form.problem.as_ref().is_some_and(|problem| problem.message == Message::ChangedMeanwhile);
    let fields = form.problem.as_ref().map(|problem| problem.fields.as_slice()).unwrap_or_default();
    let is_here = fields.iter().any(|field| topic_of(&field.field) == props.topic);
    let elsewhere = fields.first().map(|field| topic_of(&field.field)).filter(|_| !is_here);
    let wrong = elsewhere
        .map_or(SettingsText::Wrong, |topic| SettingsText::WrongElsewhere { part: name_of(topic).text(locale) });
    let reload = props.reload.reform(|_: MouseEvent| ());
    html! {
        <div class="save-bar" id="save-bar" data-changed={is_changed.to_string()}>
            if let Some(problem) = form.problem.as_ref().filter(|_| fields.is_empty()) {
                <ProblemLine problem={problem.clone()} />
            } else if !fields.is_empty() {
                <p class="problem-line" role="alert" data-test="problem">
                    <Icon of={Glyph::Alert} />
                    { wrong.text(locale) }
                </p>
            } else if is_changed {
                <p class="quiet" role="status">{ SettingsText::Unsaved.text(locale) }</p>
            } else {
                <p class="quiet">{ SettingsText::SaveKeys.text(locale) }</p>
            }
            <div class="buttons is-end">
                if is_stale {
                    <button type="button" class="button" id="settings-reload" onclick={reload}>
                        <Icon of={Glyph::Retry} />{ SettingsText::Reload.text(locale) }
                    </button>
                }
                if form.before.is_some() && !is_changed {
                    <button type="button" class="button" id="settings-undo" onclick={undo}>
                        <Icon of={Glyph::Undo} />{ SettingsText::Undo.text(locale) }
                    </button>
                }
                if is_changed {
                    <button type="button" class="button" id="settings-revert" onclick={revert}>
                        { SettingsText::Revert.text(locale) }
                    </button>
                }
                <button type="submit" class="button is-primary" id="settings-save"
                    aria-disabled={(form.is_working || !is_changed).to_string()}>
                    { if form.is_working { SettingsText::Saving } else { SettingsText::Save }.text(locale) }
                </button>
            </div>
        </div>
    }
}

/// What people call a part.
const fn name_of(topic: Topic) -> SettingsText {
    match topic {
        Topic::Shop => SettingsText::Shop,
        Topic::Checkout => SettingsText::Checkout,
        Topic::Delivery => SettingsText::Delivery,
        Topic::Taxes => SettingsText::Taxes,
    }
}

/// The part that a field of the settings stands in.
fn topic_of(path: &str) -> Topic {
    match path.split('.').next() {
        Some("delivery") => Topic::Delivery,
        Some("tax") => Topic::Taxes,
        Some("hold_minutes" | "most_hold_minutes" | "unpaid_hours" | "one_unpaid_order" | "payment_methods") => {
            Topic::Checkout
        }
        _ => Topic::Shop,
    }
}

/// Ctrl+S, and Command+S, save.
#[hook]
fn use_save_keys(save: Callback<()>) {
    use_effect_with(save, |save| {
        let save = save.clone();
        let listener = web_sys::window().map(|window| {
            // The browser's own meaning of the keys must be taken from them.
            let active = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, "keydown", active, move |event| {
                let Some(key) = event.dyn_ref::<web_sys::KeyboardEvent>() else { return };
                if (key.ctrl_key() || key.meta_key()) && key.key().eq_ignore_ascii_case("s") {
                    event.prevent_default();
                    save.emit(());
                }
            })
        });
        move || drop(listener)
    });
}
