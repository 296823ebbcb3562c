-- Raised by whoever locks the row: the nodes of a cluster agree only about what is written.
alter table customers add column locks bigint unsigned not null default 0;
