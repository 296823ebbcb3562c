-- One default for every text of the schema, whatever the server takes: accents and capitals are alike, and one emoji is
-- not another, as it would be by the older `unicode_ci`; nothing newer is known to both servers. What must be compared
-- byte by byte says so at its column.
alter database character set utf8mb4 collate utf8mb4_unicode_520_ci;

-- What the owner decides, and the secrets that the shop makes for itself.
create table settings (
    id tinyint unsigned not null primary key,
    content text not null,
    version bigint unsigned not null,
    updated_at datetime(6) not null,
    -- Raised by whoever locks the row: the nodes of a cluster agree only about what is written.
    locks bigint unsigned not null default 0,
    constraint settings_one_row check (id = 1)
);

create table secrets (
    name varchar(64) character set ascii collate ascii_bin not null primary key,
    content varbinary(64) not null
);

-- What people give the shop to keep, such as the password of its mail account, sealed with a key that is not in here.
create table sealed_secrets (
    name varchar(64) character set ascii collate ascii_bin not null primary key,
    sealed varbinary(4096) not null,
    since datetime(6) not null
);
