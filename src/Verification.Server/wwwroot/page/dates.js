// Civil dates of Beijing as the contract has them: { year, month, day }.
import { language, tag } from './words.js';

const dayInMilliseconds = 24 * 60 * 60 * 1000;
const beijing = 'Asia/Shanghai';

/** A date as a number of days, to reckon with. */
export function dayOf(date) {
  const instant = new Date(0);
  instant.setUTCFullYear(date.year, date.month - 1, date.day);
  return Math.round(instant.getTime() / dayInMilliseconds);
}

/** The date of a number of days. */
export function dateOf(day) {
  const instant = new Date(day * dayInMilliseconds);
  return { year: instant.getUTCFullYear(), month: instant.getUTCMonth() + 1, day: instant.getUTCDate() };
}

/** The last day before a date: the contract names the first day that no longer counts, people the last one that does. */
export function lastBefore(date) {
  return dateOf(dayOf(date) - 1);
}

/** Today in Beijing. */
export function today() {
  const [year, month, day] = new Intl.DateTimeFormat('en-CA', { timeZone: beijing, year: 'numeric', month: '2-digit', day: '2-digit' })
    .format(new Date()).split('-').map(Number);
  return { year, month, day };
}

/** Whether two dates are the same day. */
export function same(one, other) {
  return Boolean(one && other) && dayOf(one) === dayOf(other);
}

/** As in 2026-11-30. */
export function iso(date) {
  return date ? `${String(date.year).padStart(4, '0')}-${String(date.month).padStart(2, '0')}-${String(date.day).padStart(2, '0')}` : '';
}

/** A date of an input element; null where it is empty. */
export function fromInput(text) {
  const [year, month, day] = text.split('-').map(Number);
  return text ? { year, month, day } : null;
}

/** For people: 2026年11月30日, 30 November 2026. */
export function long(date) {
  return new Intl.DateTimeFormat(locale(), { timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric' })
    .format(new Date(dayOf(date) * dayInMilliseconds));
}

/** An instant for people, on Beijing's clock, to the second. */
export function instant(text) {
  return new Intl.DateTimeFormat(locale(), {
    timeZone: beijing, year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
  }).format(new Date(text));
}

function locale() {
  return language() === 'zh' ? tag() : 'en-GB';
}
