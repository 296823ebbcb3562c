-- Pictures in the store; the files stand beside the database.
create table pictures (
    id bigint unsigned not null auto_increment primary key,
    picture_key varchar(96) character set ascii collate ascii_bin not null,
    -- The size of its widest file; the widths of the others follow from it.
    width int unsigned not null,
    height int unsigned not null,
    -- A blur of it as a `data:` address, or nothing.
    placeholder varchar(480) character set ascii collate ascii_bin not null,
    created_at datetime(6) not null,
    -- Since when nothing names it, as far as somebody looked; it is thrown away some weeks later.
    unused_since datetime(6) null,
    unique key pictures_key (picture_key),
    key pictures_unused (unused_since, id),
    constraint pictures_size check (width between 1 and 1600 and height between 1 and 8000)
);
