//! The dialog that ends a membership before its time: why, and how much money goes back.

use domain::memberships::{EndMembership, MemberDetail};
use domain::money::Money;
use domain::staff::Permission;
use yew::prelude::*;

use super::MemberText;
use crate::desk::use_desk;
use crate::kit::{FormDialog, Request, fresh_key, lens, use_form, wrong};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct EndDialogProps {
    pub(super) detail: MemberDetail,
    pub(super) on_close: Callback<()>,
}

#[derive(Clone)]
struct Draft {
    reason: String,
    refund: String,
    key: String,
}

/// Asks why, and how much of what was paid goes back; nothing is proposed.
#[component]
pub(super) fn EndDialog(props: &EndDialogProps) -> Html {
    let desk = use_desk();
    let (locale, currency) = (desk.locale, desk.currency());
    let form = use_form(|| Draft { reason: String::new(), refund: String::new(), key: fresh_key() });
    let row = &props.detail.row;
    let left = props.detail.refundable;
    let may_refund = desk.may(Permission::RefundOrders) && left > Money::ZERO;

    let read = {
        let (membership_id, name) = (row.membership.id, row.name.clone());
        move |draft: &Draft| {
            let refund = match draft.refund.trim() {
                "" => None,
                typed => Some(Money::read(typed, currency).map_err(|message| wrong("refund", message))?),
            };
            let (reason, key) = (draft.reason.clone(), draft.key.clone());
            let said = MemberText::Ended { name: name.clone() }.text(locale);
            Ok(Request::new(EndMembership { membership_id, reason, refund, key }, said))
        }
    };
    let until = desk.calendar().brief(row.membership.ends_at);
    html! {
        <FormDialog id="end-member" title={MemberText::EndAsk { name: row.name.clone() }.text(locale)} look="is-bad"
            explanation={MemberText::EndExplain { until }.text(locale)} confirm={MemberText::EndConfirm.text(locale)}
            state={form.state()} on_submit={form.submit(read, &Callback::noop(), &props.on_close)}
            on_close={props.on_close.clone()}>
            { form.input("end-member-reason", "reason", MemberText::EndReason.text(locale), lens!(reason))
                .first()
                .long()
                .hint(MemberText::EndReasonHint.text(locale)) }
            if may_refund {
                { form.input("end-member-refund", "refund", MemberText::EndRefund.text(locale), lens!(refund))
                    .money(currency)
                    .hint(MemberText::EndRefundHint { left: left.display(currency) }.text(locale)) }
            }
        </FormDialog>
    }
}
