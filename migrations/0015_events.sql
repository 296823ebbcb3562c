-- What happened, for the desktop windows that are open. Written in the transaction of what it tells.
create table events (
    id bigint unsigned not null auto_increment primary key,
    kind varchar(32) character set ascii collate ascii_bin not null,
    content text not null,
    created_at datetime(6) not null,
    key events_age (created_at)
);
