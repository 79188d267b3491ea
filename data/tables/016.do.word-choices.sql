-- Choices of earlier imports are offered again for files with the same columns. What words of the type column mean is now
-- said as for every other closed set: `type=word=code` under "words" instead of `word=code` under "type".
update import_batch
set choices = (choices - 'type') || jsonb_build_object('words',
  (select jsonb_agg('type=' || word) from jsonb_array_elements_text(choices -> 'type') word))
where jsonb_typeof(choices -> 'type') = 'array' and jsonb_array_length(choices -> 'type') > 0;
