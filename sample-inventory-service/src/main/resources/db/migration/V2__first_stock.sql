-- Plenty of everything but the samovars: the eleventh one that is ordered cannot be had.
insert into stock_item (sku, available)
values ('espresso-cup', 1000000),
       ('french-press', 1000000),
       ('samovar', 10),
       ('teapot', 1000000);
