//! One stock-take: counting, the differences, and the two ways to close it.

use domain::inventory::stock_takes::{
    AbandonStockTake, ApplyStockTake, GetStockTake, StockTake, StockTakeLine, StockTakeStatus,
};
use domain::message::Message;
use domain::staff::Permission;
use yew::prelude::*;

use super::entry::Entry;
use super::lines::Lines;
use super::status_pill;
use crate::desk::{Desk, use_desk};
use crate::inventory::TakeText;
use crate::ipc::use_command;
use crate::kit::{
    Back, Button, Card, Detail, DialogHandle, Fact, FormDialog, Glyph, Icon, Request, TableBones, detail, use_dialog,
    use_sender,
};
use crate::screens;

/// How it is about to be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Closing {
    Apply,
    Abandon,
}

/// The screen of one stock-take.
#[component]
pub(crate) fn StockTakeScreen(props: &screens::StockTake) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let dialog = use_dialog::<Closing>();
    let sku = use_state(String::new);
    let asked = use_command(GetStockTake { stock_take_id: props.id });
    let on_sku = {
        let sku = sku.setter();
        Callback::from(move |text: String| sku.set(text))
    };
    let bones = html! { <TableBones rows={8} columns={vec![8, 3, 3, 3, 6]} /> };
    let show = |take: &StockTake| {
        let row = &take.row;
        let at = desk.calendar().full(row.started_at);
        let begun = TakeText::BegunByAt { name: row.started_by.clone(), at }.text(locale);
        let may_count = row.status == StockTakeStatus::Open && desk.may(Permission::ChangeStock);
        let content = html! {
            <>
                <div class="order-columns" data-take={row.id.to_string()}>
                    <div class="order-main">
                        if may_count {
                            <Entry take={row.id} sku={(*sku).clone()} on_sku={on_sku.clone()}
                                on_counted={asked.replace.clone()} />
                        }
                        <Lines take={take.clone()} on_again={may_count.then_some(on_sku)} />
                    </div>
                    <div class="order-side">{ summary(&desk, take, may_count, &dialog) }</div>
                </div>
                if let Some(how) = dialog.what() {
                    <CloseDialog key={format!("{how:?}")} how={*how} take={take.clone()} on_close={dialog.close()}
                        on_done={asked.replace.clone()} on_stale={asked.again.clone()} />
                }
            </>
        };
        let aside = html! { <>{ status_pill(row.status, locale) }<span class="quiet numbers">{ begun }</span></> };
        Detail { title: row.name.clone(), aside, content }
    };
    html! {
        <>
            <Back id="back-to-stock-takes" href={screens::StockTakes::default().href()}
                text={TakeText::BackToList.text(locale)} />
            { detail("stock-take", &asked, locale, bones, show) }
        </>
    }
}

fn summary(desk: &Desk, take: &StockTake, may_close: bool, dialog: &DialogHandle<Closing>) -> Html {
    let locale = desk.locale;
    html! {
        <Card id="take-summary" title={TakeText::Summary.text(locale)}>
            <dl class="sums">
                <Fact label={TakeText::Counted.text(locale)} value={take.row.lines.to_string()} test="lines" />
                <Fact label={TakeText::Differences.text(locale)} value={take.row.differences.to_string()} test="differences" />
                <Fact label={TakeText::Value.text(locale)} value={desk.money(take.value)} test="value" />
            </dl>
            if may_close {
                <p class="quiet">{ TakeText::ApplyHint.text(locale) }</p>
                <div class="buttons is-stacked">
                    <Button id="apply-take" look="is-primary" icon={Glyph::Done} text={TakeText::Apply.text(locale)}
                        onclick={dialog.opens(Closing::Apply)} />
                    <Button id="abandon-take" look="is-quiet is-danger" icon={Glyph::Cancelled}
                        text={TakeText::Abandon.text(locale)} onclick={dialog.opens(Closing::Abandon)} />
                </div>
            }
            if let Some(closed_at) = take.row.closed_at {
                <p class="quiet numbers">{ TakeText::ClosedAt { at: desk.calendar().full(closed_at) }.text(locale) }</p>
            }
        </Card>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct CloseDialogProps {
    how: Closing,
    take: StockTake,
    on_close: Callback<()>,
    on_done: Callback<StockTake>,
    /// Somebody else counted meanwhile.
    on_stale: Callback<()>,
}

/// Asks once more before the stock-take is closed.
#[component]
fn CloseDialog(props: &CloseDialogProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let sender = use_sender();
    let row = &props.take.row;
    let is_stale = sender.problem().is_some_and(|problem| problem.message == Message::StockTakeHasChanged);
    {
        let on_stale = props.on_stale.clone();
        use_effect_with(is_stale, move |is_stale| {
            if *is_stale {
                on_stale.emit(());
            }
        });
    }
    let close = {
        let (how, stock_take_id, version, name) = (props.how, row.id, row.version, row.name.clone());
        move |(): &()| {
            let name = name.clone();
            Ok(match how {
                Closing::Apply => {
                    Request::new(ApplyStockTake { stock_take_id, version }, TakeText::Applied { name }.text(locale))
                }
                Closing::Abandon => {
                    Request::new(AbandonStockTake { stock_take_id }, TakeText::Abandoned { name }.text(locale))
                }
            })
        }
    };
    let (title, explanation, confirm, look) = match (props.how, row.differences) {
        (Closing::Apply, 0) => (TakeText::ApplyAsk, TakeText::ApplyNothing, TakeText::Apply, "is-primary"),
        (Closing::Apply, count) => {
            let explanation = TakeText::ApplyExplain { count, value: desk.money(props.take.value) };
            (TakeText::ApplyAsk, explanation, TakeText::Apply, "is-primary")
        }
        (Closing::Abandon, _) => (TakeText::AbandonAsk, TakeText::AbandonExplain, TakeText::Abandon, "is-bad"),
    };
    let promised =
        props.take.lines.iter().filter(|line| line.breaks_promises()).map(|line: &StockTakeLine| line.sku.clone());
    let promised: Vec<String> = promised.collect();
    html! {
        <FormDialog id="close-take" title={title.text(locale)} explanation={explanation.text(locale)}
            confirm={confirm.text(locale)} {look} state={sender.state()}
            on_submit={sender.submit(close, &props.on_done, &props.on_close)} on_close={props.on_close.clone()}>
            if props.how == Closing::Apply && !promised.is_empty() {
                <p class="problem-line">
                    <Icon of={Glyph::Warning} />{ TakeText::Promised { skus: promised.join(", ") }.text(locale) }
                </p>
            }
        </FormDialog>
    }
}
