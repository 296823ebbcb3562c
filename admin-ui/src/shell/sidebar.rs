//! The sidebar: where one can go, and at its foot whether the shop is open.

use domain::locale::Locale;
use yew::prelude::*;

use super::ShellText;
use crate::desk::use_desk;
use crate::kit::{Glyph, Icon};
use crate::preferences;
use crate::screens::{Entry, Route, menu};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SidebarProps {
    pub(crate) route: Route,
    /// Nothing while it is not known.
    pub(crate) is_reachable: Option<bool>,
}

/// The main menu.
#[component]
pub(crate) fn Sidebar(props: &SidebarProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let is_folded = use_state(preferences::is_sidebar_folded);
    let fold = {
        let is_folded = is_folded.clone();
        Callback::from(move |_: MouseEvent| {
            preferences::remember_sidebar(!*is_folded);
            is_folded.set(!*is_folded);
        })
    };
    let here = props.route.entry();
    let fold_label = if *is_folded { ShellText::UnfoldSidebar } else { ShellText::FoldSidebar }.text(locale);
    let shop_name = desk.status.as_ref().map(|status| status.shop_name.clone()).unwrap_or_default();
    html! {
        <aside class={classes!("sidebar", is_folded.then_some("is-folded"))} id="sidebar">
            <div class="brand">
                <span class="brand-mark"><Icon of={Glyph::Shop} /></span>
                <span class="brand-name">{ ShellText::Product.text(locale) }</span>
            </div>
            <nav aria-label={ShellText::Navigation.text(locale)}>
                for shown in menu().filter(|entry| entry.is_for(desk.staff.role)) {
                    { draw(&shown, locale, shown.name == here) }
                }
            </nav>
            <div class="sidebar-foot">
                if let Some(status) = &desk.status {
                    if status.is_demo {
                        <p class="sidebar-note" title={shop_name}>
                            <Icon of={Glyph::Demo} />
                            <span>{ ShellText::Demo.text(locale) }</span>
                        </p>
                    }
                    <p class="sidebar-note is-version">
                        <span>{ ShellText::Version { version: status.version.clone() }.text(locale) }</span>
                    </p>
                }
                <button type="button" class="nav-entry" id="fold-sidebar" aria-expanded={(!*is_folded).to_string()}
                    title={fold_label.clone()} onclick={fold}>
                    <Icon of={Glyph::Sidebar} /><span class="nav-label">{ fold_label }</span>
                </button>
            </div>
        </aside>
    }
}

fn draw(entry: &Entry, locale: Locale, is_here: bool) -> Html {
    let id = format!("nav-{}", entry.name.to_lowercase());
    let label = (entry.title)(locale);
    html! {
        <a {id} class="nav-entry" href={entry.route().href()} title={label.clone()}
            aria-current={is_here.then_some("page")}>
            <Icon of={entry.icon} /><span class="nav-label">{ label }</span>
        </a>
    }
}
