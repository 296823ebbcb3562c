//! The claims about what staff change of products, and take back.

use super::claims::Claim;

/// True whenever nobody is at it.
pub(super) const OF_GOODS: [Claim; 3] = [
    Claim {
        says: "the list knows the lowest price of a product",
        broken_by: "select concat('product ', p.id, ' from ', p.from_amount, ', lowest ', min(v.price_amount))
                    from products p join variants v on v.product_id = p.id and v.retired_at is null
                    group by p.id, p.from_amount having p.from_amount <> min(v.price_amount)",
    },
    Claim {
        says: "a change that is taken back knows what became of each product",
        broken_by:
            "select concat('change ', c.id, ' of ', c.products, ': ', c.given_back, ', ', c.partly, ', ', c.kept)
                    from changes c
                    where c.undone_at is not null
                      and (c.given_back + c.partly + c.kept <> c.products
                           or exists(select 1
                                     from (select change_id, sum(coalesce(outcome, 'given_back') = 'given_back') as back,
                                                  sum(coalesce(outcome, '') = 'partly') as partly,
                                                  sum(coalesce(outcome, '') = 'kept') as kept
                                           from change_products group by change_id) p
                                     where p.change_id = c.id
                                       and (p.back <> c.given_back or p.partly <> c.partly or p.kept <> c.kept)))",
    },
    Claim {
        says: "every change of many, and every undo, is in the history once",
        broken_by: "select concat('change ', c.id, ' has ', a.changes, ' and ', a.undone, ' lines')
                    from changes c
                    join (select k.id, (select count(*) from audit a where a.subject_kind = 'change'
                                        and a.subject_id = k.id and a.action = 'bulk_change') as changes,
                                 (select count(*) from audit a where a.subject_kind = 'change'
                                  and a.subject_id = k.id and a.action = 'undo_change') as undone
                          from changes k) a on a.id = c.id
                    where c.products > 0 and c.what like '%bulk%'
                      and (a.changes <> 1 or a.undone <> (c.undone_at is not null))",
    },
];
