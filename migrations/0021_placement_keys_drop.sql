drop table placement_keys;
