import { nationalHolidays, WorkCalendar } from '@minqing/data/domain/incident-workflow/calendar'

/** By which working time is counted. */
export const calendar = new WorkCalendar(nationalHolidays)
