-- The first picture of one of its values, else the first of all.
update variants v set v.shown_picture =
    (select pp.position from product_pictures pp
     where pp.product_id = v.product_id
       and (pp.shows_value_id is null
            or pp.shows_value_id in (select vv.value_id from variant_values vv where vv.variant_id = v.id))
     order by (pp.shows_value_id is null), pp.position limit 1);
