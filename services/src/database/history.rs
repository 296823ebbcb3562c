//! What a member of staff changed, written in the unit of work of the change, with the values before and after.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::staff::Staff;
use serde::Serialize;

use super::{StaffWork, Work};
use crate::error::Result;

/// What became of a thing, about to be noted.
#[derive(Serialize)]
struct Line {
    kind: SubjectKind,
    id: String,
    name: String,
    /// As JSON.
    was: String,
    is_now: String,
}

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

    /// The same for several things at once that were not there before.
    pub(crate) async fn record_new<'a, T: Serialize + 'a>(
        &mut self,
        action: AuditAction,
        things: impl Iterator<Item = (Subject, &'a T)>,
    ) -> Result<()> {
        self.record_many(action, things.map(|(subject, after)| (subject, &(), after))).await
    }

    /// The same for several things at once.
    pub(crate) async fn record_many<'a, Before: Serialize + 'a, After: Serialize + 'a>(
        &mut self,
        action: AuditAction,
        things: impl Iterator<Item = (Subject, &'a Before, &'a After)>,
    ) -> Result<()> {
        let mut rows = Vec::new();
        for (Subject { kind, id, name }, before, after) in things {
            let (was, is_now) = (serde_json::to_string(before)?, serde_json::to_string(after)?);
            rows.push(Line { kind, id, name, was, is_now });
        }
        let (staff, now, rows) = (self.staff().clone(), self.now(), serde_json::to_string(&rows)?);
        sqlx::query!(
            "insert into audit
                 (staff_id, actor_kind, actor_name, action, subject_kind, subject_id, subject_name,
                  before_content, after_content, created_at)
             select ?, 'staff', ?, ?, t.kind, t.id, t.name, t.was, t.is_now, ?
             from json_table(?, '$[*]' columns (
                 kind varchar(32) character set ascii collate ascii_bin path '$.kind', id varchar(128) path '$.id',
                 name varchar(254) path '$.name', was mediumtext path '$.was',
                 is_now mediumtext path '$.is_now')) t",
            staff.id,
            staff.name,
            action,
            now,
            rows,
        )
        .execute(&mut ***self)
        .await?;
        Ok(())
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
