//! The dialog that takes goods back: which units, whether they go on the shelf again, and whether money goes back.

use domain::orders::{LineUnits, OrderDetail, ReturnOrder, ReturnedUnits};
use domain::staff::Permission;
use yew::prelude::*;

use super::OrderText;
use super::units::{Choice, UnitPicker, chosen, of_lines, put};
use crate::desk::use_desk;
use crate::kit::{Choose, FormDialog, Request, choices, fresh_key, lens, use_form, wrong};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ReturnDialogProps {
    pub(super) order: OrderDetail,
    pub(super) on_moved: Callback<OrderDetail>,
    pub(super) on_close: Callback<()>,
}

#[derive(Clone)]
struct Draft {
    units: Vec<String>,
    /// `yes` or `no`, both.
    restock: String,
    refund: String,
    note: String,
    key: String,
}

/// Asks what came back.
#[component]
pub(super) fn ReturnDialog(props: &ReturnDialogProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let order = &props.order;
    let rows: Vec<Choice> = of_lines(order, |line| line.whereabouts().away());
    let may_refund = desk.may(Permission::RefundOrders) && order.balance.left().get() > 0;
    let form = use_form(|| Draft {
        units: vec![String::new(); rows.len()],
        restock: "yes".to_owned(),
        refund: "no".to_owned(),
        note: String::new(),
        key: fresh_key(),
    });

    let read = {
        let (order, rows) = (order.clone(), rows.clone());
        move |draft: &Draft| {
            let units = chosen(&rows, &draft.units).map_err(|message| wrong("lines", message))?;
            let restock = draft.restock == "yes";
            let returned =
                |units: LineUnits| ReturnedUnits { line_id: units.line_id, quantity: units.quantity, restock };
            let request = ReturnOrder {
                order_id: order.id,
                lines: units.into_iter().map(returned).collect(),
                note: draft.note.clone(),
                refund: may_refund && draft.refund == "yes",
                key: draft.key.clone(),
            };
            Ok(Request::new(request, OrderText::DoneReturned { number: order.number.clone() }.text(locale)))
        }
    };
    let answers = |yes: OrderText, no: OrderText| choices([("yes", yes.text(locale)), ("no", no.text(locale))]);
    let draft = form.draft();
    html! {
        <FormDialog title={OrderText::ReturnAsk { number: order.number.clone() }.text(locale)}
            explanation={OrderText::ReturnExplain.text(locale)} confirm={OrderText::ReturnConfirm.text(locale)}
            state={form.state()} on_submit={form.submit(read, &props.on_moved, &props.on_close)}
            on_close={props.on_close.clone()}>
            <UnitPicker {rows} typed={draft.units.clone()} error={form.error("lines")}
                on_change={form.change(|draft, typed| put(&mut draft.units, typed))} />
            <Choose id="return-shelf" label={OrderText::ToShelf.text(locale)} chosen={draft.restock.clone()}
                on_choose={form.set(lens!(restock))} choices={answers(OrderText::ShelfYes, OrderText::ShelfNo)} />
            if may_refund {
                <Choose id="return-money" label={OrderText::MoneyToo.text(locale)} chosen={draft.refund.clone()}
                    on_choose={form.set(lens!(refund))} choices={answers(OrderText::MoneyYes, OrderText::MoneyNo)} />
            }
            { form.input("step-line", "note", OrderText::ReturnNote.text(locale), lens!(note)).long() }
        </FormDialog>
    }
}
