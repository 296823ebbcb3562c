//! Payments: proofs of transfers that wait for somebody, the attempts to pay, and what the payment services told.

use domain::locale::Locale;
use domain::payments::GatewayName;
use yew::prelude::*;

use crate::desk::use_desk;
use crate::kit::{Screen, Tab, Tabs};
use crate::screens::{Payments, PaymentsPart};

mod attempts;
mod notices;
mod proof;
mod proofs;
mod texts;

pub(crate) use proof::ProofScreen;
pub(crate) use texts::PaymentText;

/// The screen, whose parts are lists.
#[component]
pub(crate) fn PaymentsScreen(props: &Payments) -> Html {
    let locale = use_desk().locale;
    let tab = |part: PaymentsPart| {
        let here = Payments::of(part);
        Tab::new(format!("payments-{}", id_of(part)), here.href(), name_of(part, locale), part == props.part)
    };
    let parts = [PaymentsPart::Proofs, PaymentsPart::Decided, PaymentsPart::Attempts, PaymentsPart::Notices];
    html! {
        <Screen id="payments">
            <Tabs label={PaymentText::Parts.text(locale)} tabs={parts.map(tab).to_vec()} current="page" />
            { match props.part {
                PaymentsPart::Proofs | PaymentsPart::Decided => html! { <proofs::Proofs here={props.clone()} /> },
                PaymentsPart::Attempts => html! { <attempts::Attempts here={props.clone()} /> },
                PaymentsPart::Notices => html! { <notices::Notices here={props.clone()} /> },
            } }
        </Screen>
    }
}

fn name_of(part: PaymentsPart, locale: Locale) -> String {
    match part {
        PaymentsPart::Proofs => PaymentText::Proofs,
        PaymentsPart::Decided => PaymentText::Decided,
        PaymentsPart::Attempts => PaymentText::Attempts,
        PaymentsPart::Notices => PaymentText::Notices,
    }
    .text(locale)
}

/// What a ledger's name of who took money is called.
fn service(gateway: &str, locale: Locale) -> String {
    match gateway {
        "transfer" => PaymentText::Transfer.text(locale),
        "cash" => PaymentText::AtTheDoor.text(locale),
        other => other.parse::<GatewayName>().map_or_else(|_| other.to_owned(), |name| name.label(locale).to_owned()),
    }
}

/// The first part has no word in its address.
fn id_of(part: PaymentsPart) -> &'static str {
    match part {
        PaymentsPart::Proofs => "proofs",
        PaymentsPart::Decided => "decided",
        PaymentsPart::Attempts => "attempts",
        PaymentsPart::Notices => "notices",
    }
}
