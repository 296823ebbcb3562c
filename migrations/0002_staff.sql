-- Who works at the desk. Two addresses that differ are two people: `ayu` is not `áyu`.
create table staff (
    id bigint unsigned not null auto_increment primary key,
    email varchar(254) collate utf8mb4_bin not null,
    name varchar(120) not null,
    password_hash varchar(255) character set ascii collate ascii_bin not null,
    role varchar(16) character set ascii collate ascii_bin not null,
    locale varchar(8) character set ascii collate ascii_bin not null,
    -- Whoever signed in before that is signed out; nothing while it never changed.
    password_changed_at datetime(6) null,
    is_active boolean not null default true,
    created_at datetime(6) not null,
    unique key staff_email (email),
    constraint staff_role check (role in ('owner', 'staff')),
    constraint staff_locale check (locale in ('id', 'en'))
);

-- Codes by which staff choose a new password, each once. Only a hash is kept.
create table staff_codes (
    id bigint unsigned not null auto_increment primary key,
    code_hash binary(32) not null,
    staff_id bigint unsigned not null,
    made_at datetime(6) not null,
    ends_at datetime(6) not null,
    unique key staff_codes_code (code_hash),
    key staff_codes_staff (staff_id),
    constraint staff_codes_staff_id foreign key (staff_id) references staff (id)
);
