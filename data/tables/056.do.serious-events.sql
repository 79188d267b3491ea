-- What a centre has to prevent (安全底线) happens seldom: figures find the few cases of a street in which it did without
-- reading its whole log.
create index incident_step_serious_event on incident_step (street_code, number)
  where action in ('record_serious_event', 'withdraw_serious_event');
