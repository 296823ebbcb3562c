-- People who bought, or whom the owner knows.
create table customers (
    id bigint unsigned not null auto_increment primary key,
    email varchar(254) not null,
    name varchar(120) not null,
    phone varchar(30) not null,
    line_1 varchar(200) not null,
    line_2 varchar(200) null,
    city varchar(200) not null,
    province varchar(200) not null,
    postal_code varchar(12) not null,
    created_at datetime(6) not null,
    unique key customers_email (email)
) character set utf8mb4 collate utf8mb4_unicode_ci;
