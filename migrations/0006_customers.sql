-- People who bought, or whom the owner knows. The program writes an e-mail address in small letters; what decides who
-- somebody is must tell `ayu` from `áyu`. Who fetches an order tells a phone number and no address.
create table customers (
    id bigint unsigned not null auto_increment primary key,
    email varchar(254) collate utf8mb4_bin not null,
    name varchar(120) not null,
    phone varchar(30) null,
    line_1 varchar(200) null,
    line_2 varchar(200) null,
    city varchar(200) null,
    province varchar(200) null,
    postal_code varchar(12) null,
    created_at datetime(6) not null,
    -- Raised by whoever locks the row: the nodes of a cluster agree only about what is written.
    locks bigint unsigned not null default 0,
    unique key customers_email (email),
    constraint customers_place check ((line_1 is null) = (city is null) and (line_1 is null) = (province is null)
        and (line_1 is null) = (postal_code is null) and (line_1 is null or phone is not null))
);

-- People who can sign in. An account is a password of a customer; orders placed as a guest are not the account's.
create table accounts (
    customer_id bigint unsigned not null primary key,
    password_hash varchar(255) character set ascii collate ascii_bin not null,
    locale varchar(8) character set ascii collate ascii_bin not null,
    created_at datetime(6) not null,
    password_changed_at datetime(6) not null,
    constraint accounts_locale check (locale in ('id', 'en')),
    constraint accounts_customer foreign key (customer_id) references customers (id)
);

-- Browsers that are signed in. Only a hash of the session's token is kept.
create table account_sessions (
    id bigint unsigned not null auto_increment primary key,
    customer_id bigint unsigned not null,
    token_hash binary(32) not null,
    created_at datetime(6) not null,
    seen_at datetime(6) not null,
    unique key account_sessions_token (token_hash),
    key account_sessions_account (customer_id),
    key account_sessions_seen (seen_at),
    constraint account_sessions_customer foreign key (customer_id) references accounts (customer_id)
);
