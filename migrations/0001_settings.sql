-- What the owner decides, and the secrets that the shop makes for itself.
create table settings (
    id tinyint unsigned not null primary key,
    content text not null,
    version bigint unsigned not null,
    updated_at datetime(6) not null,
    constraint settings_one_row check (id = 1)
) character set utf8mb4 collate utf8mb4_unicode_ci;

create table secrets (
    name varchar(64) character set ascii collate ascii_bin not null primary key,
    content varbinary(64) not null
) character set utf8mb4 collate utf8mb4_unicode_ci;
