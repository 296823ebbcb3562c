//! The editor: everything of a product on one screen, saved as a whole.
//!
//! What is typed is kept as text in a draft; the rules that read it are those of `domain`, here as in the service.

use domain::catalog::{
    DeletedProduct, DuplicateProduct, GetProduct, ListCategories, ProductId, ProductStatus, SavedProduct, StoredProduct,
};
use domain::locale::Translated;
use domain::settings::GetSettings;
use domain::text::TaxClassKey;
use yew::prelude::*;

use crate::catalog::words::status_pill;
use crate::desk::{Desk, use_desk};
use crate::ipc::{use_command, use_command_at};
use crate::kit::leaving::Way;
use crate::kit::shortcuts::{is_save, use_shortcut};
use crate::kit::{
    Back, Button, Form, Glyph, KitText, LeaveDialog, ProblemBox, Request, Screen, go, leaving, settle, use_dialog,
    use_dragging, use_hold, use_judged_form, use_sender,
};
use crate::screens::{NewProduct, Product, Products};

mod basics;
mod cells;
mod colours;
mod conflict;
mod conflict_dialog;
mod dialogs;
mod draft;
mod guide;
mod markdown;
mod options;
mod pictures;
mod related;
mod removing;
mod save_bar;
mod search_engines;
mod sheet;
mod side;
mod texts;
mod values;
mod variants;
mod view;

use cells::Manner;
use conflict_dialog::ConflictDialog;
use dialogs::DeleteDialog;
use related::RelatedCard;
use removing::{Removing, RemovingDialog, remover};
use sheet::Sheet;
pub(crate) use texts::EditorText;
use variants::Shown;
use view::View;
pub(super) use view::language;

/// The screen of a product that is there.
#[component]
pub(crate) fn ProductScreen(props: &Product) -> Html {
    let locale = use_desk().locale;
    let asked = use_command(GetProduct { product_id: props.id });
    let content = match asked.answer.as_deref() {
        None => html! {
            <Screen id="product" title={KitText::Loading.text(locale)}>
                <div class="card is-bones" aria-busy="true">for _ in 0..8 { <span class="bone" /> }</div>
            </Screen>
        },
        Some(Err(problem)) => html! {
            <Screen id="product"><ProblemBox problem={problem.clone()} retry={asked.again} /></Screen>
        },
        Some(Ok(stored)) => html! { <Editor stored={Some(stored.clone())} /> },
    };
    html! { <><WayBack />{ content }</> }
}

/// The screen of a product that is new.
#[component]
pub(crate) fn NewProductScreen(_: &NewProduct) -> Html {
    html! { <><WayBack /><Editor stored={None::<StoredProduct>} /></> }
}

#[component]
fn WayBack() -> Html {
    let locale = use_desk().locale;
    html! { <Back id="back-to-products" href={Products::default().href()} text={EditorText::BackToList.text(locale)} /> }
}

#[derive(Clone, PartialEq, Properties)]
struct EditorProps {
    stored: Option<StoredProduct>,
}

/// What one asks for beside the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    Remove(Removing),
    Delete,
    Conflict,
}

#[component]
fn Editor(props: &EditorProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let manner = Manner { currency: desk.currency(), calendar: desk.calendar() };
    let form = use_judged_form(|| Sheet::new(props.stored.clone(), manner), Sheet::judge);
    let (categories, settings) = (use_command(ListCategories {}), use_command_at(GetSettings {}, 0));
    let shown = use_state(|| Shown::of(&form.draft().draft));
    let (chosen, left_out, dragging) = (use_state(|| 0), use_state(|| 0), use_dragging());
    let asking = use_dialog::<Asking>();
    let sender = use_sender();
    let leaving = use_hold(form.draft().is_changed());
    // Where to go once it is saved.
    let goes_on = use_mut_ref(|| None::<Way>);
    let wishes = use_state(|| 0_u32);

    {
        let form = form.clone();
        use_effect_with(props.stored.clone(), move |stored| {
            if let Some(stored) = stored.clone() {
                form.edit(move |sheet| sheet.hear(stored));
            }
        });
    }
    let save = {
        let (form, goes_on, open) = (form.clone(), goes_on.clone(), asking.open());
        Callback::from(move |()| save(&form, locale, goes_on.take(), &open))
    };
    {
        // What is being typed into the table is in the draft only once the screen was drawn again.
        let save = save.clone();
        use_effect_with(*wishes, move |wishes| {
            if *wishes > 0 {
                save.emit(());
            }
        });
    }
    let wish = {
        let wishes = wishes.clone();
        Callback::from(move |()| {
            settle();
            wishes.set(*wishes + 1);
        })
    };
    use_shortcut(is_save, {
        let wish = wish.clone();
        Callback::from(move |event: KeyboardEvent| {
            event.prevent_default();
            wish.emit(());
        })
    });

    let tax_classes: Vec<(TaxClassKey, String)> = settings.reply().map_or_else(Vec::new, |saved| {
        saved.settings.tax.classes.iter().map(|class| (class.key.clone(), class.name.clone())).collect()
    });
    let view = View { form: &form, desk: &desk, categories: categories.reply(), tax_classes: &tax_classes };
    let remove = remover(&form, locale, asking.open().reform(Asking::Remove));
    let stored = form.draft().stored.as_deref();
    let title = match view.draft().document.name.get(locale) {
        "" if stored.is_none() => EditorText::NewTitle.text(locale),
        "" => EditorText::Unnamed.text(locale),
        name => name.to_owned(),
    };
    let onsubmit = wish.reform(|event: SubmitEvent| event.prevent_default());
    let related = view.change(|draft: &mut draft::Draft, related| draft.document.related = related);
    html! {
        <Screen id="product" {title} aside={aside(&desk, stored)} tools={tools(&view, &sender, &asking.open())}>
            <form id="product-form" class="settings editor" {onsubmit} novalidate={true}>
                if stored.is_none() { { guide::bar(&view) } }
                <div class="settings-columns">
                    <div class="settings-main">
                        { basics::card(&view) }
                        { pictures::card(&view, &chosen, &dragging) }
                    </div>
                    <div class="settings-side">
                        { side::visibility(&view) }
                        { side::sorting(&view) }
                    </div>
                </div>
                { options::card(&view, &remove) }
                { variants::card(&view, &shown, &left_out, &remove) }
                <div class="settings-columns">
                    <div class="settings-main">{ search_engines::card(&view) }</div>
                    <div class="settings-side">
                        <RelatedCard own={form.draft().product_id()} related={view.draft().document.related.clone()}
                            names={names_of(stored)} on_change={related}
                            error={view.error("related").map(|error| error.text(locale))} />
                        { side::note(&view) }
                    </div>
                </div>
                { save_bar::bar(&view, &asking.opens(Asking::Conflict)) }
            </form>
            { dialogs(&form, &asking, &wish, &desk) }
            if leaving.wanted.is_some() {
                <LeaveDialog hint={EditorText::LeaveHint.text(locale)} on_stay={leaving.stay.clone()} on_leave={leaving.leave} on_save={
                    let (wanted, goes_on, wish, stay) = (leaving.wanted, goes_on, wish, leaving.stay);
                    Callback::from(move |()| {
                        goes_on.borrow_mut().clone_from(&wanted);
                        stay.emit(());
                        wish.emit(());
                    })
                } />
            }
        </Screen>
    }
}

/// Sends what is typed, unless it is wrong or on its way already.
fn save(form: &Form<Sheet>, locale: domain::locale::Locale, then: Option<Way>, open: &Callback<Asking>) {
    let sheet = form.draft();
    if form.is_working() || (sheet.stored.is_some() && !sheet.is_changed()) {
        return;
    }
    let meant = match sheet.read() {
        Ok(meant) => meant,
        Err(fields) => return form.refuse(fields),
    };
    let (is_new, request) = (sheet.stored.is_none(), sheet.request(meant));
    let said = move |reply: &SavedProduct| {
        match reply {
            SavedProduct::Saved(_) => EditorText::Saved,
            SavedProduct::ChangedMeanwhile(_) => EditorText::NotSavedYet,
        }
        .text(locale)
    };
    let (sheet, open) = (form.clone(), open.clone());
    form.forgive();
    form.send(Request::telling(request, said), move |reply| match reply {
        SavedProduct::Saved(stored) => {
            leaving::let_go();
            let then = then.or_else(|| is_new.then(|| Way::To(Product::of(stored.product_id).href())));
            sheet.edit(move |sheet| sheet.store(*stored));
            if let Some(then) = then {
                then.take();
            }
        }
        SavedProduct::ChangedMeanwhile(theirs) => {
            sheet.edit(move |sheet| sheet.hear(*theirs));
            open.emit(Asking::Conflict);
        }
    });
}

fn aside(desk: &Desk, stored: Option<&StoredProduct>) -> Html {
    let pill = stored.map(|stored| {
        let document = &stored.document;
        html! { <span data-test="status">{ status_pill(document.status, document.publish_at, desk) }</span> }
    });
    pill.unwrap_or_default()
}

/// Names of related goods that the shop told with the product.
fn names_of(stored: Option<&StoredProduct>) -> Vec<(ProductId, Translated)> {
    let pairs = stored.map(|stored| stored.document.related.iter().copied().zip(stored.related.iter().cloned()));
    pairs.map(Iterator::collect).unwrap_or_default()
}

/// What can be done with a product that is there.
fn tools(view: &View<'_>, sender: &Form<()>, open: &Callback<Asking>) -> Html {
    let Some(stored) = view.sheet().stored.as_deref() else { return Html::default() };
    let locale = view.locale();
    let duplicate = {
        let (sender, product_id) = (sender.clone(), stored.product_id);
        let said = EditorText::Duplicated.text(locale);
        Callback::from(move |_: MouseEvent| {
            if !sender.is_working() {
                sender.send(Request::new(DuplicateProduct { product_id }, said.clone()), |made| {
                    go(&Product::of(made.product_id).href());
                });
            }
        })
    };
    let is_archived = stored.document.status == ProductStatus::Archived;
    let delete = if stored.is_sold { EditorText::Archive } else { EditorText::Delete };
    html! {
        <>
            <Button id="duplicate-product" icon={Glyph::Copy} text={view.say(EditorText::Duplicate)} onclick={duplicate} />
            if !(stored.is_sold && is_archived) {
                <Button id="delete-product" look="is-danger" icon={if stored.is_sold { Glyph::Archive } else { Glyph::Remove }}
                    text={view.say(delete)} onclick={open.reform(|_: MouseEvent| Asking::Delete)} />
            }
        </>
    }
}

fn dialogs(form: &Form<Sheet>, asking: &crate::kit::DialogHandle<Asking>, wish: &Callback<()>, desk: &Desk) -> Html {
    let sheet = form.draft();
    match asking.what() {
        None => Html::default(),
        Some(Asking::Remove(removing)) => {
            let (removing, form, close) = (*removing, form.clone(), asking.close());
            let stakes = removing.stakes(&sheet.draft, sheet.stored.as_deref(), desk.locale);
            let on_choose = Callback::from(move |to: Option<u32>| {
                form.edit(move |sheet| {
                    let manner = sheet.manner;
                    sheet.step(None, |draft| removing.apply(draft, to, manner));
                });
                close.emit(());
            });
            html! { <RemovingDialog {stakes} {on_choose} on_close={asking.close()} /> }
        }
        Some(Asking::Delete) => match sheet.stored.as_deref() {
            None => Html::default(),
            Some(stored) => {
                let on_done = Callback::from(|done: DeletedProduct| {
                    leaving::let_go();
                    if done == DeletedProduct::Deleted {
                        go(&Products::default().href());
                    }
                });
                html! { <DeleteDialog stored={stored.clone()} {on_done} on_close={asking.close()} /> }
            }
        },
        Some(Asking::Conflict) => match &sheet.conflict {
            None => Html::default(),
            Some(conflict) => {
                let (form, close, wish, known) = (form.clone(), asking.close(), wish.clone(), conflict.clone());
                let on_choose = Callback::from(move |chosen: Vec<bool>| {
                    let known = known.clone();
                    form.edit(move |sheet| sheet.resolve(&known, &chosen));
                    close.emit(());
                    wish.emit(());
                });
                html! { <ConflictDialog conflict={conflict.clone()} {on_choose} on_close={asking.close()} /> }
            }
        },
    }
}
