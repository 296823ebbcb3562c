alter table orders
    add constraint orders_ended_by check (ended_by in ('time_ran_out', 'called_off', 'called_off_by_buyer')),
    add constraint orders_ended check (status <> 'cancelled' or ended_by is not null);
