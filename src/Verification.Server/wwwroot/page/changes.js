// What would change a standing: what the calendar brings by itself, and what somebody can do about it.
import { lastBefore, long } from './dates.js';
import { el } from './dom.js';
import { remedies } from './rulebooks.js';
import { has, language, official, short, t } from './words.js';

/** Who may ask what can be filed for a permit. */
const registrar = 'CONSUMER_ROLE_REGISTER';

/**
 * Draws it.
 * @param {object} session who asked.
 * @param {object} verdict the verdict.
 * @param {string} version the rulebook that it was decided under.
 */
export function changes(session, verdict, version) {
  const reasons = verdict.reasons ?? [];
  const box = el('section.card', null, el('h2', null, t('changes.title')));
  const byDate = el('p', { hidden: !verdict.statusUntil }, verdict.statusUntil && t('changes.byDate', { date: long(verdict.statusUntil) }));
  box.append(byDate);
  if (reasons.length === 0) {
    box.append(el('p', null, t(`changes.${short('PERMIT_STATUS', verdict.status)}`)));
  } else {
    const list = el('ul.remedies', { 'aria-busy': 'true' });
    box.append(list);
    void fill(list);
  }
  if ((session.caller.roles ?? []).includes(registrar)) {
    box.append(procedures(session, verdict));
  }
  return box;

  async function fill(list) {
    try {
      const rulebook = await session.rulebooks.get(version);
      list.replaceChildren(...reasons.flatMap(reason => remedies(rulebook, reason, verdict.kind).map(remedy => el('li', null,
        el('p.reason', null, t(`reason.${short('STATUS_REASON', reason)}`)),
        el('p', null, el('strong', null, t('changes.who', { who: remedy.actor })), ' ', remedy.action, ' ', el('span.source', null, remedy.source))))));
      if (list.childElementCount === 0) {
        list.replaceWith(el('p', null, t('changes.nothing')));
      }
    } catch {
      list.replaceChildren(el('li', null, t('changes.unread')));
    } finally {
      list.removeAttribute('aria-busy');
    }
  }
}

/** For the issuing authority: what may be filed, asked for when somebody looks. */
function procedures(session, verdict) {
  const body = el('div');
  let asked = false;
  return el('details.more', { toggle: event => {
    if (event.target.open && !asked) {
      asked = true;
      void fill();
    }
  } }, el('summary', null, t('procedures.title')), body);

  async function fill() {
    body.replaceChildren(el('p.asking', null, t('check.asking')));
    try {
      const answer = await session.api.procedures({ permitNumber: verdict.permitNumber, asOf: verdict.asOf });
      const openings = answer.procedures ?? [];
      body.replaceChildren(openings.length === 0 ? el('p', null, t('procedures.none')) : el('ul.procedures', null, openings.map(opening)));
    } catch {
      asked = false;
      body.replaceChildren(el('p', null, t('procedures.unread')));
    }
  }
}

function opening({ procedure, open, opensOn, closesOn, whyNot, whyNotZh }) {
  const zh = language() === 'zh';
  const materials = (procedure.materials ?? []).map(it => zh ? it.textZh : it.text);
  const when = open
    ? closesOn ? t('procedures.openThrough', { date: long(lastBefore(closesOn)) }) : t('procedures.open')
    : opensOn ? t('procedures.opensOn', { date: long(opensOn) }) : t('procedures.closed');
  return el(open ? 'li.open' : 'li.closed', null,
    el('p.reason', null, has(`procedure.${procedure.code}`) ? official(`procedure.${procedure.code}`) : procedure.nameZh, ' ', el('span.when', null, when)),
    el('p', null, el('strong', null, t('changes.who', { who: zh ? procedure.filedByZh : procedure.filedBy })), ' ', zh ? procedure.placeZh : procedure.place),
    materials.length > 0 && el('p.materials', null, t('procedures.materials', { list: materials.join(zh ? '、' : '; ') })),
    !open && el('p.materials', null, zh ? whyNotZh || whyNot : whyNot));
}
