-- What each street has in some months is added up from the index alone: the rows beside it are kilobytes long.
create index incident_month_sums on incident_month (month, street_code) include (total, open);
