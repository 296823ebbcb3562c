//! What a member of staff changed, written in the unit of work of the change, with the values before and after.

use domain::audit::{AuditAction, Subject};
use domain::staff::Staff;
use serde::Serialize;

use super::{StaffWork, Work};
use crate::error::Result;

impl StaffWork {
    /// Notes who did what to which thing; `&()` stands for a thing that was not there before, or is not there afterwards.
    ///
    /// The two values should have the same shape: the history shows in what they differ. No secret belongs in them.
    pub(crate) async fn record(
        &mut self,
        action: AuditAction,
        subject: &Subject,
        before: &(impl Serialize + Sync),
        after: &(impl Serialize + Sync),
    ) -> Result<()> {
        let staff = self.staff().clone();
        self.record_as(&staff, action, subject, before, after).await
    }
}

impl Work {
    /// The same for the first of the staff, who is made by the unit of work that tells of it.
    pub(crate) async fn record_as(
        &mut self,
        staff: &Staff,
        action: AuditAction,
        subject: &Subject,
        before: &(impl Serialize + Sync),
        after: &(impl Serialize + Sync),
    ) -> Result<()> {
        let (before, after) = (serde_json::to_string(before)?, serde_json::to_string(after)?);
        let now = self.now();
        sqlx::query!(
            "insert into audit
             (staff_id, actor_kind, actor_name, action, subject_kind, subject_id, subject_name,
              before_content, after_content, created_at)
         values (?, 'staff', ?, ?, ?, ?, ?, ?, ?, ?)",
            staff.id,
            staff.name,
            action,
            subject.kind,
            subject.id,
            subject.name,
            before,
            after,
            now,
        )
        .execute(&mut **self)
        .await?;
        Ok(())
    }
}
