-- What is made on a till follows the store's names: "subject" is what a part is to be called, "name" what the till calls it as
-- far as anybody knows, "renaming" that a new name was sent, with whatever outcome.
alter table till_creation add column renaming boolean not null default false;

-- What the store said of a variant's options when its item last had them.
alter table till_creation add column options jsonb;

-- The options an item is known to have, where "option_ids" is what it is to have.
alter table till_creation add column given_options text[] collate "C" not null default '{}';
update till_creation set given_options = option_ids where options_joined;

-- A group's name was kept beside it.
update till_creation t set subject = p.group_name, name = p.group_name
from product_publication p
where t.kind = 'GROUP' and p.channel_id = t.channel_id and p.product_id = t.product_id and p.group_name is not null;
