-- Who works at the desk, and what they changed.
create table staff (
    id bigint unsigned not null auto_increment primary key,
    email varchar(254) not null,
    name varchar(120) not null,
    password_hash varchar(255) character set ascii collate ascii_bin not null,
    role varchar(16) character set ascii collate ascii_bin not null,
    locale varchar(8) character set ascii collate ascii_bin not null,
    is_active boolean not null default true,
    created_at datetime(6) not null,
    unique key staff_email (email),
    constraint staff_role check (role in ('owner', 'staff')),
    constraint staff_locale check (locale in ('id', 'en'))
) character set utf8mb4 collate utf8mb4_unicode_ci;

-- Written in the transaction of what it records.
create table audit (
    id bigint unsigned not null auto_increment primary key,
    staff_id bigint unsigned not null,
    action varchar(64) character set ascii collate ascii_bin not null,
    subject varchar(128) not null,
    detail text not null,
    created_at datetime(6) not null,
    key audit_newest (created_at),
    constraint audit_staff foreign key (staff_id) references staff (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;
