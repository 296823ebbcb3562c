-- Who works at the desk. Two addresses that differ are two people: `ayu` is not `áyu`.
create table staff (
    id bigint unsigned not null auto_increment primary key,
    email varchar(254) collate utf8mb4_bin not null,
    name varchar(120) not null,
    password_hash varchar(255) character set ascii collate ascii_bin not null,
    role varchar(16) character set ascii collate ascii_bin not null,
    locale varchar(8) character set ascii collate ascii_bin not null,
    is_active boolean not null default true,
    created_at datetime(6) not null,
    unique key staff_email (email),
    constraint staff_role check (role in ('owner', 'staff')),
    constraint staff_locale check (locale in ('id', 'en'))
);
