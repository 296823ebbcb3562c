//! Money that waits for a person: what is wrong with it, and the two things that can be decided about each.

use domain::locale::Locale;
use domain::money::{Currency, Money};
use domain::payments::{
    PaymentDecision, PaymentToCheck, Refund, RefundDecision, RefundStatus, SettlePayment, SettleRefund,
};
use domain::staff::Permission;
use yew::prelude::*;

use super::texts::CheckText;
use super::use_desk;
use crate::kit::{Button, FormDialog, Glyph, Icon, Request, lens, use_dialog, use_form, use_locale};

/// What is to be decided.
#[derive(Clone, PartialEq)]
enum Wish {
    Payment(PaymentToCheck, PaymentDecision),
    Refund(Refund, RefundDecision),
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct MoneyToCheckProps {
    pub(crate) payments: Vec<PaymentToCheck>,
    /// Only those that failed are shown.
    pub(crate) refunds: Vec<Refund>,
    pub(crate) currency: Currency,
}

/// Each sum that waits, with what can be decided. The lists around it hear of a decision as of every event.
#[component]
pub(crate) fn MoneyToCheck(props: &MoneyToCheckProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let dialog = use_dialog::<Wish>();
    let failed: Vec<&Refund> = props.refunds.iter().filter(|refund| refund.status == RefundStatus::Failed).collect();
    if props.payments.is_empty() && failed.is_empty() {
        return Html::default();
    }
    let may_decide = desk.may(Permission::RefundOrders);
    let button = |id: &'static str, text: CheckText, is_first: bool, wanted: Wish| {
        let look = if is_first { "is-primary" } else { "is-quiet" };
        html! { <Button is_small={true} {look} test={id} text={text.text(locale)} onclick={dialog.opens(wanted)} /> }
    };
    html! {
        <section class="card to-check" data-test="to-check" aria-label={CheckText::Title.text(locale)}>
            <h2 class="section-title"><Icon of={Glyph::Warning} />{ CheckText::Title.text(locale) }</h2>
            for payment in props.payments.iter() {
                <div class="to-check-row" data-test="payment-to-check">
                    <p>{ came(payment).text(locale) }</p>
                    <p class="quiet mono">{ format!("{} · {}", payment.gateway, payment.reference) }</p>
                    if may_decide {
                        <div class="buttons">
                            if payment.can_count() {
                                { button("count-payment", CheckText::Count, true, Wish::Payment(payment.clone(), PaymentDecision::Count)) }
                            }
                            { button("dismiss-payment", CheckText::Dismiss, false, Wish::Payment(payment.clone(), PaymentDecision::Dismiss)) }
                        </div>
                    }
                </div>
            }
            for refund in failed {
                <div class="to-check-row" data-test="refund-to-check">
                    <p>{ CheckText::Refused { amount: refund.amount.display(props.currency) }.text(locale) }</p>
                    <p class="quiet">{ &refund.reason }</p>
                    if may_decide {
                        <div class="buttons">
                            { button("refund-by-hand", CheckText::ByHand, true, Wish::Refund(refund.clone(), RefundDecision::ByHand)) }
                            { button("refund-again", CheckText::Again, false, Wish::Refund(refund.clone(), RefundDecision::Again)) }
                        </div>
                    }
                </div>
            }
            if let Some(wish) = dialog.what() {
                <Decide wish={wish.clone()} currency={props.currency} on_close={dialog.close()} />
            }
        </section>
    }
}

fn came(payment: &PaymentToCheck) -> CheckText {
    let asked = payment.asked.display(payment.currency);
    match payment.came {
        Some((amount, currency)) => CheckText::Came { came: amount.display(currency), asked },
        None => CheckText::CameOtherwise { asked },
    }
}

#[derive(Clone, PartialEq, Properties)]
struct DecideProps {
    wish: Wish,
    currency: Currency,
    on_close: Callback<()>,
}

/// Says what the decision brings, and asks why.
#[component]
fn Decide(props: &DecideProps) -> Html {
    let locale = use_locale();
    let form = use_form(String::new);
    let (title, text, confirm, done) = words(&props.wish, props.currency);
    let read = {
        let (wish, said) = (props.wish.clone(), done.text(locale));
        move |reason: &String| {
            let (reason, said) = (reason.clone(), said.clone());
            Ok(match &wish {
                Wish::Payment(payment, decision) => {
                    Request::new(SettlePayment { payment_id: payment.id, decision: *decision, reason }, said)
                }
                Wish::Refund(refund, decision) => {
                    Request::new(SettleRefund { refund_id: refund.id, decision: *decision, reason }, said)
                }
            })
        }
    };
    html! {
        <FormDialog title={title.text(locale)} explanation={text.text(locale)} confirm={confirm.text(locale)}
            state={form.state()} on_submit={form.submit(read, &Callback::noop(), &props.on_close)}
            on_close={props.on_close.clone()}>
            { form.input("step-line", "reason", CheckText::Reason.text(locale), lens!())
                .first()
                .long()
                .hint(hint(&props.wish, locale)) }
        </FormDialog>
    }
}

fn hint(wish: &Wish, locale: Locale) -> String {
    match wish {
        Wish::Payment(..) => CheckText::PaymentHint.text(locale),
        Wish::Refund(..) => CheckText::RefundHint.text(locale),
    }
}

/// Title, what it brings, the button, and what is said when it is done.
fn words(wish: &Wish, currency: Currency) -> (CheckText, CheckText, CheckText, CheckText) {
    match wish {
        Wish::Payment(payment, PaymentDecision::Count) => {
            let came = payment.came.map(|(amount, _)| amount).unwrap_or_default();
            let excess = came.minus(payment.asked).filter(|excess| *excess > Money::ZERO);
            let text = match excess {
                Some(excess) => CheckText::CountMoreText { excess: excess.display(currency) },
                None => CheckText::CountText { came: came.display(currency) },
            };
            (CheckText::CountTitle { came: came.display(currency) }, text, CheckText::Count, CheckText::Counted)
        }
        Wish::Payment(_, PaymentDecision::Dismiss) => {
            (CheckText::DismissTitle, CheckText::DismissText, CheckText::Dismiss, CheckText::Dismissed)
        }
        Wish::Refund(refund, RefundDecision::ByHand) => {
            let amount = refund.amount.display(currency);
            (CheckText::ByHandTitle { amount }, CheckText::ByHandText, CheckText::ByHand, CheckText::PaidByHand)
        }
        Wish::Refund(refund, RefundDecision::Again) => {
            let amount = refund.amount.display(currency);
            (CheckText::AgainTitle { amount }, CheckText::AgainText, CheckText::Again, CheckText::AskedAgain)
        }
    }
}
