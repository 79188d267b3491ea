-- Robustness is known later than the result, and not part of its bytes: it becomes a column of its own.
alter table analysis add column robustness jsonb;
update analysis set robustness = record -> 'robustness', record = record - 'robustness'
  where record -> 'robustness' <> 'null';
