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

-- What a linked item should cost at the till, by the settings as they stand; the rules are those of price.PriceRule and
-- price.PriceTerms, the codes those of price.LeftAlone. "target" is null where the price is left alone.
create view link_price as
select l.channel_id, l.store_id, l.variant_id, l.item_id, v.price as store_price, i.price as channel_price, w.left_alone,
  case when w.left_alone is null then w.charged::bigint end as target
from link l
join channel c on c.id = l.channel_id
join store s on s.id = c.store_id
join variant v on v.store_id = l.store_id and v.id = l.variant_id
left join item i on i.channel_id = l.channel_id and i.id = l.item_id
cross join lateral (
  select currency_decimals(c.currency) as decimals,
    coalesce((c.settings #>> '{priceSync,rule,percent}')::numeric, 0) as percent,
    coalesce((c.settings #>> '{priceSync,rule,amount}')::numeric, 0) as amount,
    coalesce(c.settings #>> '{priceSync,rule,rounding}', 'NONE') as rounding
) r
-- Minor units: from one amount of the wanted form to the next, the first amount of the form, and the price before rounding.
cross join lateral (
  select
    case when r.rounding = 'NONE' then 1 when r.rounding = 'TO_05' and r.decimals >= 2 then 5 * (10 ^ (r.decimals - 2))::numeric
      else (10 ^ r.decimals)::numeric end as step,
    case when r.decimals < 2 then 0 when r.rounding = 'TO_99' then 99 * (10 ^ (r.decimals - 2))::numeric
      when r.rounding = 'TO_95' then 95 * (10 ^ (r.decimals - 2))::numeric else 0 end as start,
    (v.price * (100 + r.percent) * 0.01 + r.amount) * (10 ^ r.decimals)::numeric as exact
) m
cross join lateral (
  select case when v.price = 0 then 0 when m.exact > 0
    then greatest(greatest(div(2 * (m.exact - m.start) + m.step, 2 * m.step), 0) * m.step + m.start, case when m.start = 0 then m.step end)
    end as charged
) p
cross join lateral (
  select p.charged, case
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
    end as left_alone
) w;
