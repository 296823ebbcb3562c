//! Staff: who works at the desk, and what each may do.

use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::text::Password;
use crate::text_enum::text_enum;

pub use crate::id::StaffId;

text_enum! {
    /// A member of staff's part in the shop.
    pub enum Role {
        Owner = "owner",
        Staff = "staff",
    }
}

text_enum! {
    /// Something that not everybody may do.
    pub enum Permission {
        ViewDashboard = "view_dashboard",
        ViewOrders = "view_orders",
        MoveOrders = "move_orders",
        /// Giving money back beyond what calling an order off gives back by itself.
        RefundOrders = "refund_orders",
        ViewCustomers = "view_customers",
        ViewStock = "view_stock",
        ChangeStock = "change_stock",
        ChangeCatalog = "change_catalog",
        /// See vouchers, add and change them.
        ManageVouchers = "manage_vouchers",
        /// See members and what they buy, add plans and change them.
        ManageMemberships = "manage_memberships",
        ChangeSettings = "change_settings",
        ViewHistory = "view_history",
        RunJobs = "run_jobs",
    }
}

impl Role {
    /// Whether the part includes a permission.
    pub const fn may(self, permission: Permission) -> bool {
        match self {
            Self::Owner => true,
            Self::Staff => match permission {
                Permission::ViewOrders
                | Permission::MoveOrders
                | Permission::ViewCustomers
                | Permission::ViewStock
                | Permission::ChangeStock => true,
                Permission::RefundOrders
                | Permission::ViewDashboard
                | Permission::ChangeCatalog
                | Permission::ManageVouchers
                | Permission::ManageMemberships
                | Permission::ChangeSettings
                | Permission::ViewHistory
                | Permission::RunJobs => false,
            },
        }
    }
}

/// A member of staff who has proved to be one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    pub id: StaffId,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// The language of the desk and of its notifications.
    pub locale: Locale,
}

/// The permission that somebody lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{role} lacks {permission}")]
pub struct NotPermitted {
    pub role: Role,
    pub permission: Permission,
}

impl Staff {
    /// Refuses unless the permission is there.
    pub fn require(&self, permission: Permission) -> Result<(), NotPermitted> {
        if self.role.may(permission) { Ok(()) } else { Err(NotPermitted { role: self.role, permission }) }
    }
}

/// Asks to sign in at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub email: String,
    pub password: Password,
}

/// Asks for a code by mail, by somebody who forgot the password. Nobody learns whether the address works here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForgotStaffPassword {
    pub email: String,
}

/// Chooses a new password by such a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChooseStaffPassword {
    pub email: String,
    pub code: String,
    pub password: Password,
}

/// Asks to sign out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOut {}

/// Asks who is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhoAmI {}

/// Chooses the language of the desk for the signed-in member of staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChooseLocale {
    pub locale: Locale,
}

#[cfg(test)]
mod tests {
    use super::{Permission, Role};

    #[test]
    fn the_owner_may_do_everything_and_staff_may_not() {
        assert!(Permission::ALL.iter().all(|permission| Role::Owner.may(*permission)));
        assert!(Permission::ALL.iter().any(|permission| !Role::Staff.may(*permission)));
    }
}
