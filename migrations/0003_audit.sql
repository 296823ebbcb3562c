-- What people changed at the desk, written in the transaction of the change: who, what, the values before and after,
-- and the thing by its kind, its key and the name that it had then.
create table audit (
    id bigint unsigned not null auto_increment primary key,
    staff_id bigint unsigned null,
    actor_kind varchar(16) character set ascii collate ascii_bin not null,
    actor_name varchar(120) null,
    action varchar(64) character set ascii collate ascii_bin not null,
    subject_kind varchar(32) character set ascii collate ascii_bin not null,
    subject_id varchar(128) not null,
    subject_name varchar(254) not null,
    before_content mediumtext null,
    after_content mediumtext null,
    created_at datetime(6) not null,
    key audit_newest (created_at),
    key audit_subject (subject_kind, subject_id),
    constraint audit_before_content check (before_content is null or json_valid(before_content)),
    constraint audit_after_content check (after_content is null or json_valid(after_content)),
    constraint audit_staff foreign key (staff_id) references staff (id)
);
