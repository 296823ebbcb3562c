-- What a gateway reported instead of what was asked, for a person to judge.
alter table payments
    add column reported_amount bigint null,
    add column reported_currency char(3) character set ascii collate ascii_bin null;
