-- An attempt that its gateway cannot close is tried ever more seldom, and keeps no other open.
alter table payments
    add column close_tries int unsigned not null default 0,
    add column close_at datetime(6) null;
