// A permit's course, drawn from its issue through what the calendar will bring, and told in a list.
import { dayOf, iso, lastBefore, long } from './dates.js';
import { el } from './dom.js';
import { icon } from './icons.js';
import { meaning } from './notices.js';
import { short, t } from './words.js';

const dayBeforeAndAfter = 45;

/**
 * Draws a permit's course.
 * @param {object} session who asks.
 * @param {object} request the check that was asked: a caller that must say whose permit it is says it again.
 * @param {object} verdict the verdict, whose day is marked.
 */
export function timeline(session, request, verdict) {
  const body = el('div.course', { 'aria-busy': 'true' });
  void fill();
  return el('section.card', null, el('h2', null, t('timeline.title')), body);

  async function fill() {
    try {
      const told = await session.api.timeline({ permitNumber: request.permitNumber, ...(request.subject && { subject: request.subject }) });
      const segments = (told.segments ?? []).filter(it => it.from);
      body.replaceChildren(drawing(segments, verdict.asOf), list(segments, verdict.asOf));
    } catch (problem) {
      body.replaceChildren(
        el('p', null, t('timeline.unread'), ' ', problem.reason ? `${meaning(problem)}${t('stop')}` : ''),
        el('p.choices', null, el('button', { type: 'button', click: () => void fill() }, t('notice.now'))));
    } finally {
      body.removeAttribute('aria-busy');
    }
  }
}

/** The run of days on a line; the list below says the same in words. */
function drawing(segments, asOf) {
  const marked = dayOf(asOf);
  const first = Math.min(...segments.map(it => dayOf(it.from)), marked);
  const ends = segments.map(it => dayOf(it.until ?? it.from));
  const last = Math.max(...ends, marked) + dayBeforeAndAfter;
  const span = last - first;
  const percent = day => `${((day - first) / span * 100).toFixed(3)}%`;
  const bars = segments.map(it => {
    const from = dayOf(it.from);
    const until = it.until ? dayOf(it.until) : last;
    const status = short('PERMIT_STATUS', it.status);
    const bar = el(`div.bar-of.${status}`, { title: `${t(`status.${status}`)} ${iso(it.from)} –` }, icon(status));
    bar.classList.toggle('noticed', status === 'VALID' && (it.reasons ?? []).length > 0);
    bar.style.left = percent(from);
    bar.style.width = `${((until - from) / span * 100).toFixed(3)}%`;
    return bar;
  });
  const future = el('div.future');
  future.style.left = percent(marked);
  const needle = el('div.needle', null, el('span', null, iso(asOf)));
  needle.style.left = percent(marked);
  needle.classList.toggle('to-the-left', marked - first > span / 2);
  const years = [];
  for (let year = segments[0]?.from.year + 1; dayOf({ year, month: 1, day: 1 }) < last - span / 16 && years.length < 60; year += 1) {
    years.push(year);
  }
  const step = Math.ceil(years.length / 8);
  const scale = years.filter((_, i) => i % step === 0).map(year => {
    const mark = el('span.year', null, String(year));
    mark.style.left = percent(dayOf({ year, month: 1, day: 1 }));
    return mark;
  });
  return el('div.drawing', { 'aria-hidden': 'true' }, el('div.bars', null, bars, future, needle), el('div.scale', null, scale));
}

function list(segments, asOf) {
  const marked = dayOf(asOf);
  return el('ol.segments', null, segments.map(it => {
    const status = short('PERMIT_STATUS', it.status);
    const isNow = dayOf(it.from) <= marked && (!it.until || marked < dayOf(it.until));
    const isComing = dayOf(it.from) > marked;
    const item = el(`li.${status}`, isNow ? { 'aria-current': 'date' } : null,
      el('span.decision', null, icon(status), t(`status.${status}`)),
      el('span.days', null, it.until
        ? t('timeline.fromTo', { from: long(it.from), to: long(lastBefore(it.until)) })
        : t('timeline.from', { from: long(it.from) })),
      el('span.why', null,
        (it.reasons ?? []).map(reason => t(`reason.${short('STATUS_REASON', reason)}`)).join(t('semicolon')),
        isNow && el('em', null, t('timeline.now')),
        isComing && el('em', null, t('timeline.coming'))));
    item.classList.toggle('coming', isComing);
    return item;
  }));
}
