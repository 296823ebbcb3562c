-- What came from the shop that this one replaces, by its number there: whatever stands here is not brought again. `here`
-- is its number in this shop, where it has one.
create table reference_items (
    kind varchar(16) character set ascii collate ascii_bin not null,
    former_number bigint unsigned not null,
    here bigint unsigned not null,
    brought_at datetime(6) not null,
    primary key (kind, former_number)
);
