-- How many decimals a currency has; 2 where it is not named. The list is that of price.CurrencyDigits (a test compares both).
create function currency_decimals(currency text) returns integer language sql immutable parallel safe return
  case
    when currency in ('ADP', 'BEF', 'BIF', 'BYB', 'BYR', 'CLP', 'DJF', 'ESP', 'GNF', 'GRD', 'ISK', 'ITL', 'JPY', 'KMF', 'KRW', 'LUF',
                      'MGF', 'PTE', 'PYG', 'ROL', 'RWF', 'TPE', 'TRL', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') then 0
    when currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 3
    when currency = 'CLF' then 4
    else 2
  end;

-- What Tillbridge knows of an item's price at the till: what it sent last, and what came of it.
create table till_price (
  channel_id uuid not null references channel on delete cascade,
  item_id text collate "C" not null,
  -- Minor units.
  sent bigint not null,
  sent_at timestamptz not null,
  outcome text not null check (outcome in ('CONFIRMED', 'UNKNOWN', 'REFUSED')),
  -- How often in a row this same price was sent, and when it may be again: who else sets the item's price must not be
  -- answered for ever. Another price may be sent at once.
  times integer not null,
  retry_at timestamptz not null,
  problem_code text,
  problem text,
  primary key (channel_id, item_id)
);

-- A channel's price rule (price.PriceRule) in minor units of its currency, made once when settings or currency change, because
-- the view below applies it to each of its links: what a price is multiplied by, what is added, from one amount of the wanted
-- form to the next, and the first amount of the form.
create function minor_units(amount numeric, currency text) returns numeric language sql immutable parallel safe return
  amount * power(10::numeric, currency_decimals(currency));
create function price_step(rounding text, currency text) returns numeric language sql immutable parallel safe return
  case when rounding is null or rounding = 'NONE' then 1
    when rounding = 'TO_05' and currency_decimals(currency) >= 2 then trunc(minor_units(0.05, currency))
    else trunc(minor_units(1, currency)) end;
create function price_start(rounding text, currency text) returns numeric language sql immutable parallel safe return
  case when currency_decimals(currency) < 2 then 0
    when rounding = 'TO_99' then trunc(minor_units(0.99, currency))
    when rounding = 'TO_95' then trunc(minor_units(0.95, currency)) else 0 end;
alter table channel
  add column price_factor numeric not null generated always as
    (trim_scale(minor_units((100 + coalesce((settings #>> '{priceSync,rule,percent}')::numeric, 0)) * 0.01, currency))) stored,
  add column price_amount numeric not null generated always as
    (trim_scale(minor_units(coalesce((settings #>> '{priceSync,rule,amount}')::numeric, 0), currency))) stored,
  add column price_step numeric not null generated always as (price_step(settings #>> '{priceSync,rule,rounding}', currency)) stored,
  add column price_start numeric not null generated always as (price_start(settings #>> '{priceSync,rule,rounding}', currency)) stored;

-- What a linked item should cost at the till, by the settings as they stand; the rules are those of price.PriceRule and
-- price.PriceTerms, the codes those of price.LeftAlone. "target" is null where the price is left alone.
create view link_price as
select l.channel_id, l.store_id, l.variant_id, l.item_id, v.price as store_price, i.price as channel_price, w.left_alone,
  case when w.left_alone is null then p.charged::bigint end as target
from link l
join channel c on c.id = l.channel_id
join store s on s.id = c.store_id
join variant v on v.store_id = l.store_id and v.id = l.variant_id
left join item i on i.channel_id = l.channel_id and i.id = l.item_id
-- "offset 0" has each computed once for a row, instead of once for each place where it is used.
cross join lateral (select v.price * c.price_factor + c.price_amount as exact offset 0) m
cross join lateral (
  select case when v.price = 0 then 0 when m.exact > 0 then greatest(
    greatest(div(2 * (m.exact - c.price_start) + c.price_step, 2 * c.price_step), 0) * c.price_step + c.price_start,
    case when c.price_start = 0 then c.price_step end) end as charged offset 0
) p
cross join lateral (
  select case
    when c.currency <> s.currency then 'currency-differs'
    when c.vat <> s.taxes_included then 'tax-basis-differs'
    when v.gone then 'variant-gone'
    when i.id is null or i.gone then 'item-deleted'
    when i.hidden then 'item-hidden'
    when i.price_type = 'VARIABLE' then 'price-variable'
    when i.price_type = 'PER_UNIT' then 'price-per-unit'
    when v.price is null or v.price < 0 then 'no-store-price'
    when p.charged is null then 'nothing-left'
    when p.charged > 999999999999 then 'too-high'
    end as left_alone offset 0
) w;
