-- Orders that were shipped before parcels were kept: everything went in one.
insert into parcels (order_id, tracking_number, actor_kind, actor_name, created_at)
select o.id, o.tracking_number, h.actor_kind, h.actor_name, h.created_at
from orders o
join order_history h on h.id = (select min(s.id) from order_history s where s.order_id = o.id and s.status = 'shipped')
where o.status in ('shipped', 'completed');
