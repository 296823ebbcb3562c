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
    -- When its owner proved to read what is sent to the address.
    verified_at datetime(6) null,
    -- Whether letters come that are about nothing that its owner did.
    wants_news boolean not null default true,
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

-- What links in letters are good for, each once. Only a hash of a link's token is kept; it is made when its letter leaves.
create table account_links (
    id bigint unsigned not null auto_increment primary key,
    token_hash binary(32) not null,
    kind varchar(16) character set ascii collate ascii_bin not null,
    customer_id bigint unsigned not null,
    -- Where the letter went.
    email varchar(254) collate utf8mb4_bin not null,
    made_at datetime(6) not null,
    ends_at datetime(6) not null,
    unique key account_links_token (token_hash),
    key account_links_account (customer_id, kind),
    key account_links_end (ends_at),
    constraint account_links_kind check (kind in ('reset', 'sign_in', 'confirm')),
    constraint account_links_customer foreign key (customer_id) references accounts (customer_id)
);

-- What strangers want to be sent to an address. Whether anybody is known there is looked up by a job, so that nobody learns
-- it from the answer or from how long it takes.
create table link_wishes (
    id bigint unsigned not null auto_increment primary key,
    kind varchar(16) character set ascii collate ascii_bin not null,
    email varchar(254) collate utf8mb4_bin not null,
    -- Of the order that is looked for; empty for what is no order's.
    number varchar(32) collate utf8mb4_bin not null,
    asked_at datetime(6) not null,
    unique key link_wishes_once (kind, email, number),
    constraint link_wishes_kind check (kind in ('reset', 'sign_in', 'order', 'staff_reset'))
);
