// How the page says that there is no answer, or not yet.
import { el } from './dom.js';
import { icon } from './icons.js';
import { has, t } from './words.js';

/** What a reason means; the service's own words where it is newer than this page. */
export function meaning(problem) {
  return has(`error.${problem.reason}`) ? t(`error.${problem.reason}`) : problem.detail || t('error.UNKNOWN');
}

/** Says why a question has no answer. */
export function notice(problem) {
  return el('div.notice', null, icon('WARNING'), el('div', null,
    el('p.strong', null, t(problem.couldNotTell ? 'notice.couldNotTell' : 'notice.refused')),
    el('p', null, `${meaning(problem)}${t('stop')}`),
    el('p.code', null, problem.reason)));
}

/** Says that a question waits, until when, and that nothing stands answered meanwhile. */
export function waiting({ problem, until, now }, onGiveUp) {
  const seconds = el('span');
  const tick = () => {
    seconds.textContent = t('notice.again', { seconds: Math.max(0, Math.ceil((until - Date.now()) / 1000)) });
    if (box.isConnected || !started) {
      started = true;
      setTimeout(tick, 250);
    }
  };
  let started = false;
  const box = el('div.notice', null, icon('WARNING'), el('div', null,
    el('p.strong', null, t(problem.tooFast ? 'notice.tooFast' : 'notice.couldNotTell')),
    el('p', null, `${meaning(problem)}${t('stop')} ${t('notice.noVerdict')}`),
    el('p', { 'aria-live': 'off' }, seconds),
    el('p.choices', null,
      el('button', { type: 'button', click: now }, t('notice.now')),
      el('button', { type: 'button', click: onGiveUp }, t('notice.giveUp'))),
    el('p.code', null, problem.reason)));
  tick();
  return box;
}
