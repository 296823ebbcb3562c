//! The first run: the owner, and the shop's name.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::events::About;
use domain::message::Message;
use domain::settings::Settings;
use domain::setup::{SetUpShop, SetupState};
use domain::staff::{Role, Staff};
use tracing::instrument;

use crate::database::transact;
use crate::error::{Error, Result};
use crate::{Shop, catalog, events, passwords, settings, staff};

/// How far set-up is.
pub async fn state(shop: &Shop) -> Result<SetupState> {
    let mut conn = shop.db.acquire().await?;
    let settings = settings::read(&mut conn).await?;
    Ok(SetupState {
        has_owner: staff::any(&mut conn).await?,
        shop_name: settings.as_ref().map(|settings| settings.name.clone()),
        locale: settings.as_ref().map(|settings| settings.locale),
        has_products: catalog::any(&mut conn).await?,
        loading: None,
    })
}

/// Makes the owner's account and names the shop; works once, while there is no owner.
#[instrument(skip_all)]
pub async fn create_owner(shop: &Shop, request: SetUpShop) -> Result<Staff> {
    let wanted = request.read().map_err(Error::Invalid)?;
    let password_hash = passwords::hash(wanted.password).await?;

    let named = Settings::new(wanted.shop_name, wanted.currency, wanted.locale);
    let owner = transact!(shop.shopper(), |work| {
        // The one row of settings is the lock: of two set-ups at once the second waits here, then sees the owner.
        settings::write(work, &named).await?;
        if staff::any(work).await? {
            return Err(Error::Refused(Message::AlreadySetUp));
        }

        let owner =
            staff::insert(work, &wanted.owner_name, &wanted.email, &password_hash, Role::Owner, wanted.locale).await?;
        let subject = Subject::new(SubjectKind::Staff, owner.id, &owner.name);
        events::record(work, &About::Settings.into()).await?;
        work.record_as(&owner, AuditAction::CreateOwner, &subject, &(), &owner).await?;
        Ok(owner)
    })?;
    Ok(owner)
}
