update orders
set ended_by = case when id in (select h.order_id from order_history h
                                where h.status = 'cancelled' and h.actor_kind = 'job')
                    then 'time_ran_out' else 'called_off' end
where status = 'cancelled';
