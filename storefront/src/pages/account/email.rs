//! The e-mail address of an account: proving it once more, and changing it.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::customers::ChangeEmail;
use domain::problem::Kind;
use domain::text::Password;
use services::Shop;
use services::customers::links;

use super::{again, expired, opened};
use crate::failure::Failure;
use crate::layout::Layout;
use crate::session::{Member, Posted, Sent};

/// Sends the letter once more that proves the address.
pub(crate) async fn verify(State(shop): State<Shop>, member: Member<Posted>) -> Result<Response, Failure> {
    match links::ask_to_verify(&shop, &member.customer).await {
        // A letter of a moment ago is as good.
        Err(error) if error.kind() != Kind::TooMany => Err(error.into()),
        _ => Ok(Redirect::to("/account?done=sent").into_response()),
    }
}

/// Asks for another address, which has to be confirmed from there.
pub(crate) async fn change(State(shop): State<Shop>, member: Member<Sent>) -> Result<Response, Failure> {
    let (is_ours, member) = opened(member);
    if !is_ours {
        let known = member.customer.address.clone();
        return expired(&shop, member, known).await;
    }
    let wish = ChangeEmail {
        email: member.brought.text("new_email").to_owned(),
        password: Password::typed(member.brought.text("email_password")),
    };
    match links::ask_for_new_email(&shop, &member.customer, wish).await {
        Ok(()) => Ok(Redirect::to("/account?done=email").into_response()),
        Err(error) => {
            let layout = Layout::load(&shop, member.brought.visit.clone().at("/account")).await?;
            let known = member.customer.address.clone();
            again(&shop, layout, member, known, error).await
        }
    }
}
