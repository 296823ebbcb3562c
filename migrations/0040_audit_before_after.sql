-- Who, what, and the values before and after; the thing by its kind, its key and the name that it had then.
alter table audit
    modify column staff_id bigint unsigned null,
    add column actor_kind varchar(16) character set ascii collate ascii_bin not null default 'staff' after staff_id,
    add column actor_name varchar(120) null after actor_kind,
    add column subject_kind varchar(32) character set ascii collate ascii_bin not null default 'settings' after action,
    change column subject subject_id varchar(128) not null,
    add column subject_name varchar(254) not null default '' after subject_id,
    add column before_content mediumtext null after subject_name,
    change column detail after_content mediumtext null,
    add key audit_subject (subject_kind, subject_id),
    add constraint audit_before_content check (before_content is null or json_valid(before_content)),
    add constraint audit_after_content check (after_content is null or json_valid(after_content));
