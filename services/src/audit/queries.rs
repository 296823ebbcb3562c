//! The SQL of the history. Private to the slice.

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, AuditId, SubjectKind};
use domain::staff::StaffId;
use sqlx::MySqlConnection;

use crate::database;

/// Which lines.
pub(super) struct Filter {
    pub(super) staff: Option<StaffId>,
    pub(super) subject: Option<SubjectKind>,
    /// A `like` pattern for the names of things, and of the products of a change; or empty for all.
    pub(super) search: String,
    pub(super) from: Option<DateTime<Utc>>,
    pub(super) before: Option<DateTime<Utc>>,
    pub(super) limit: u32,
    pub(super) offset: u64,
}

pub(super) struct Row {
    pub(super) id: AuditId,
    pub(super) at: DateTime<Utc>,
    pub(super) actor_kind: String,
    pub(super) actor_name: Option<String>,
    pub(super) action: AuditAction,
    pub(super) subject_kind: SubjectKind,
    pub(super) subject_id: String,
    pub(super) subject_name: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

pub(super) struct Person {
    pub(super) id: StaffId,
    pub(super) name: String,
}

pub(super) async fn count(conn: &mut MySqlConnection, filter: &Filter) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        "select cast(count(*) as unsigned) as `count!: _` from audit
         where (? is null or staff_id = ?) and (? is null or subject_kind = ?)
           and (? = '' or subject_name like ?
                or (subject_kind = 'change'
                    and exists(select 1 from change_products c
                               where c.change_id = cast(audit.subject_id as unsigned) and c.name like ?)))
           and (? is null or created_at >= ?) and (? is null or created_at < ?)",
        filter.staff,
        filter.staff,
        filter.subject,
        filter.subject,
        filter.search,
        filter.search,
        filter.search,
        filter.from.map(database::any_time),
        filter.from.map(database::any_time),
        filter.before.map(database::any_time),
        filter.before.map(database::any_time),
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn rows(conn: &mut MySqlConnection, filter: &Filter) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as!(
        Row,
        "select id as `id: _`, created_at as `at: _`, actor_kind as `actor_kind: _`, actor_name as `actor_name: _`,
                action as `action: _`, subject_kind as `subject_kind: _`, subject_id as `subject_id: _`,
                subject_name as `subject_name: _`, before_content as `before: _`, after_content as `after: _`
         from audit
         where (? is null or staff_id = ?) and (? is null or subject_kind = ?)
           and (? = '' or subject_name like ?
                or (subject_kind = 'change'
                    and exists(select 1 from change_products c
                               where c.change_id = cast(audit.subject_id as unsigned) and c.name like ?)))
           and (? is null or created_at >= ?) and (? is null or created_at < ?)
         order by id desc limit ? offset ?",
        filter.staff,
        filter.staff,
        filter.subject,
        filter.subject,
        filter.search,
        filter.search,
        filter.search,
        filter.from.map(database::any_time),
        filter.from.map(database::any_time),
        filter.before.map(database::any_time),
        filter.before.map(database::any_time),
        filter.limit,
        filter.offset,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn people(conn: &mut MySqlConnection) -> sqlx::Result<Vec<Person>> {
    sqlx::query_as!(Person, "select id as `id: _`, name as `name: _` from staff order by name, id")
        .fetch_all(conn)
        .await
}
