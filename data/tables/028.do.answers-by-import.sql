-- An answer is a row for each import that brought one, and the newest counts: undoing an import takes its own away, and
-- the one before it counts again. Which import an answer came with that a later one had replaced is not known: its
-- number is 0, and it stays.
alter table address_answer drop constraint address_answer_pkey;
alter table address_answer add primary key (street_code, address, import_batch);
insert into address_answer (street_code, address, target, import_batch)
select street_code, address, former, 0 from address_answer where former is not null and import_batch <> 0;
alter table address_answer drop column former;
