-- Units that were called off after others of their order had left. Of every line returned <= shipped <= quantity - called_off.
alter table order_lines
    add column called_off int unsigned not null default 0,
    add constraint order_lines_called_off check (called_off <= quantity);
