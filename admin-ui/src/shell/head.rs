//! The head of the desk: the shop's name and state, the way to the storefront, language, theme, sign-out.

use domain::locale::Locale;
use domain::setup::OpenStorefront;
use domain::staff::{ChooseLocale, Role, SignOut, Staff};
use yew::prelude::*;

use super::{LanguageSwitch, ShellText, ThemeSwitch};
use crate::desk::use_desk;
use crate::kit::leaving::{Way, may_go};
use crate::kit::{Glyph, Icon, Request, use_sender};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct HeadProps {
    /// Nothing while it is not known.
    pub(crate) is_reachable: Option<bool>,
    pub(crate) on_staff: Callback<Staff>,
    pub(crate) on_leave: Callback<()>,
}

/// The line above every screen.
#[component]
pub(crate) fn Head(props: &HeadProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let sender = use_sender();
    let speak = {
        let (sender, on_staff) = (sender.clone(), props.on_staff.clone());
        Callback::from(move |locale: Locale| {
            let on_staff = on_staff.clone();
            // A refusal leaves the language as it is, which is its own message.
            sender.send(Request::quiet(ChooseLocale { locale }), move |staff| on_staff.emit(staff));
        })
    };
    let sign_out = {
        let (sender, on_leave) = (sender.clone(), props.on_leave.clone());
        let leave = Callback::from(move |()| {
            let on_leave = on_leave.clone();
            sender.send_and(Request::quiet(SignOut {}), move |_| on_leave.emit(()));
        });
        Callback::from(move |_: MouseEvent| {
            if may_go(Way::Out(leave.clone())) {
                leave.emit(());
            }
        })
    };
    let open = Callback::from(move |_: MouseEvent| sender.send(Request::quiet(OpenStorefront {}), |()| ()));

    let url = desk.status.as_ref().map(|status| status.storefront_url.clone()).unwrap_or_default();
    let shop_name = desk.status.as_ref().map(|status| status.shop_name.clone()).unwrap_or_default();
    let (tone, state, hint) = match props.is_reachable {
        None => ("is-unknown", ShellText::Checking, String::new()),
        Some(true) => ("is-good", ShellText::Serving, ShellText::ServingHint { url: url.clone() }.text(locale)),
        Some(false) => ("is-bad", ShellText::Troubled, String::new()),
    };
    let role = match desk.staff.role {
        Role::Owner => ShellText::Owner,
        Role::Staff => ShellText::Staff,
    };
    html! {
        <header class="head">
            <strong class="shop-name" id="shop-name" title={shop_name.clone()}>{ shop_name }</strong>
            <span class={classes!("live", tone)} id="live-status" role="status" title={hint}>
                <span class="dot" aria-hidden="true" />{ state.text(locale) }
            </span>
            <div class="head-tools">
                <button type="button" class="button is-quiet" id="open-storefront" onclick={open}
                    title={ShellText::OpenStorefrontHint { url }.text(locale)}>
                    <Icon of={Glyph::External} />{ ShellText::OpenStorefront.text(locale) }
                </button>
                <LanguageSwitch {speak} />
                <ThemeSwitch />
                <span class="who" id="who" title={desk.staff.email.clone()}>
                    <span class="who-name">{ &desk.staff.name }</span><span class="quiet">{ role.text(locale) }</span>
                </span>
                <button type="button" class="icon-button" id="sign-out" onclick={sign_out}
                    aria-label={ShellText::SignOut.text(locale)} title={ShellText::SignOut.text(locale)}>
                    <Icon of={Glyph::SignOut} />
                </button>
            </div>
        </header>
    }
}
