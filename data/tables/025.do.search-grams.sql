-- Searching a part of a name, address or code by an index: without one, every building of a city is read for each search.

-- All pieces of one, two and three characters of the words of a text, in small letters. What contains a word contains
-- all pieces of it; which of those that do contain the word itself is for the query to say (server/search/find-places.ts).
create function search_grams(words text) returns text[]
  language sql immutable strict parallel safe
  as $$
    select array_agg(distinct piece)
    from lower(words) folded, generate_series(1, length(folded)) start, generate_series(1, 3) size,
      substr(folded, start, size) piece
    where length(piece) = size and strpos(piece, ' ') = 0
  $$;

create index area_grams on area using gin (search_grams(name || ' ' || code));
create index building_grams on building
  using gin (search_grams(coalesce(estate, '') || ' ' || name || ' ' || address || ' ' || code));
create index facility_grams on facility using gin (search_grams(name || ' ' || address || ' ' || id));
create index base_feature_grams on base_feature using gin (search_grams(name)) where layer = 'road' and name <> '';
