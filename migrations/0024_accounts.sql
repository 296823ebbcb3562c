-- People who can sign in. An account is a password of a customer; orders placed as a guest are not the account's.
create table accounts (
    customer_id bigint unsigned not null primary key,
    password_hash varchar(255) character set ascii collate ascii_bin not null,
    locale varchar(8) character set ascii collate ascii_bin not null,
    created_at datetime(6) not null,
    password_changed_at datetime(6) not null,
    constraint accounts_locale check (locale in ('id', 'en')),
    constraint accounts_customer foreign key (customer_id) references customers (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;

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
) character set utf8mb4 collate utf8mb4_unicode_ci;
