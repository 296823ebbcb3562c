-- Not every entry is a step: units come back and money goes back while the order stays where it is.
alter table order_history
    add column kind varchar(16) character set ascii collate ascii_bin not null default 'step',
    add constraint order_history_kind check (kind in ('step', 'came_back', 'money_back'));
