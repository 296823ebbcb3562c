-- Pictures in the store; the files stand beside the database.
create table pictures (
    id bigint unsigned not null auto_increment primary key,
    picture_key varchar(96) character set ascii collate ascii_bin not null,
    created_at datetime(6) not null,
    unique key pictures_key (picture_key)
);
