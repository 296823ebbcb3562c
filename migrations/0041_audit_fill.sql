-- What older rows say in the new columns.
update audit a
join staff s on s.id = a.staff_id
left join orders o on o.number = a.subject_id
set a.actor_name = s.name,
    a.subject_kind = case a.action
        when 'receive_stock' then 'variant'
        when 'create_product' then 'product'
        when 'create_category' then 'category'
        when 'create_owner' then 'staff'
        when 'save_voucher' then 'voucher'
        when 'switch_voucher' then 'voucher'
        when 'save_settings' then 'settings'
        else 'order' end,
    a.subject_name = coalesce(o.number, a.subject_id),
    a.subject_id = coalesce(o.id, a.subject_id),
    a.action = case
        when a.action in ('handed_to_courier', 'delivered', 'called_off') then 'move_order'
        else a.action end;
