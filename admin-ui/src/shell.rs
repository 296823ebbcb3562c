//! The frame around every screen of a signed-in member of staff: sidebar, head, toasts.

use std::rc::Rc;

use domain::locale::Locale;
use domain::setup::GetShopStatus;
use domain::staff::Staff;
use yew::prelude::*;

use crate::desk::Desk;
use crate::ipc::use_command_at;
use crate::kit::{ScreenTitle, focus, to_top, use_ticks};
use crate::screens::use_route;
use crate::toasts::ToastCorner;

mod head;
mod sidebar;
mod switches;
mod texts;

use head::Head;
use sidebar::Sidebar;
pub(crate) use switches::{LanguageSwitch, ThemeSwitch};
pub(crate) use texts::ShellText;

/// How often the state of the shop is looked at.
const LOOK_MILLISECONDS: u32 = 10_000;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ShellProps {
    pub(crate) staff: Staff,
    /// Staff who changed, such as their language.
    pub(crate) on_staff: Callback<Staff>,
    /// Signed out.
    pub(crate) on_leave: Callback<()>,
}

/// The desk.
#[component]
pub(crate) fn Shell(props: &ShellProps) -> Html {
    let looks = use_ticks(LOOK_MILLISECONDS);
    let status = use_command_at(GetShopStatus {}, looks);
    let route = use_route().for_role(props.staff.role);

    let locale = props.staff.locale;
    let newest = status.answer.as_deref().and_then(|answer| answer.as_ref().ok()).cloned();
    let known = use_mut_ref(|| None);
    if newest.is_some() {
        known.borrow_mut().clone_from(&newest);
    }
    let is_reachable = status.answer.as_deref().map(|answer| answer.as_ref().is_ok_and(|status| status.is_database_up));
    let desk = Rc::new(Desk { staff: props.staff.clone(), status: known.borrow().clone(), locale });

    // Another screen begins at its top; the same one, searched or turned to another page, stays where it is.
    let shown = route.href().split('?').next().map(str::to_owned);
    use_effect_with(shown, |_| to_top("content"));

    let screen = route.draw();
    let title = ScreenTitle(route.title(locale).into());
    html! {
        <ContextProvider<Rc<Desk>> context={desk}>
            <ContextProvider<Locale> context={locale}>
                <a class="skip" href="#content" onclick={skip}>{ ShellText::SkipToContent.text(locale) }</a>
                <div class="shell">
                    <Sidebar {route} {is_reachable} />
                    <div class="desk">
                        <Head {is_reachable} on_staff={props.on_staff.clone()} on_leave={props.on_leave.clone()} />
                        <main class="content" id="content" tabindex="-1">
                            <ContextProvider<ScreenTitle> context={title}>{ screen }</ContextProvider<ScreenTitle>>
                        </main>
                    </div>
                </div>
                <ToastCorner />
            </ContextProvider<Locale>>
        </ContextProvider<Rc<Desk>>>
    }
}

/// The address belongs to the screens, so the focus moves by hand.
fn skip(event: MouseEvent) {
    event.prevent_default();
    focus("content");
}
