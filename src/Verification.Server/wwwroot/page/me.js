// Who one is here, what one may see, and what is left of one's budgets.
import { instant } from './dates.js';
import { el } from './dom.js';
import { notice } from './notices.js';
import { count, short, t } from './words.js';

/**
 * The view of the caller.
 * @param {object} session who has signed in.
 */
export function meView(session) {
  const place = el('div', { 'aria-busy': 'true' });
  const view = el('main', { id: 'main' }, el('h1', null, t('me.title')), place,
    el('p.choices', null, el('button', { type: 'button', click: () => session.signOut() }, t('me.signOut'))));
  void fill();
  return view;

  async function fill() {
    try {
      session.caller = await session.api.caller();
      place.replaceChildren(who(session.caller), budgets(session.caller));
    } catch (problem) {
      if (problem.unknownCaller) {
        session.signOut(problem);
        return;
      }
      place.replaceChildren(who(session.caller), notice(problem));
    } finally {
      place.removeAttribute('aria-busy');
    }
  }
}

// What takes a line of its own.
const wide = new Set(['me.roles', 'me.sees', 'me.identity']);

function who(caller) {
  const roles = (caller.roles ?? []).map(it => t(`permission.${short('CONSUMER_ROLE', it)}`));
  const entitlements = (caller.entitlements ?? []).map(it => t(`entitlement.${short('ENTITLEMENT', it)}`));
  return el('section.card', null, el('h2', null, t('me.who')), el('dl.facts', null, [
    ['me.consumer', caller.consumer],
    ['me.class', t(`class.${short('CONSUMER_CLASS', caller.consumerClass)}`)],
    ['me.roles', roles.join(t('comma')) || t('me.none')],
    ['me.sees', entitlements.join(t('comma')) || t('me.none')],
    caller.mustIdentify && ['me.identity', t('error.IDENTITY_REQUIRED')],
    ['me.keyUntil', caller.credentialExpiresAt ? instant(caller.credentialExpiresAt) : t('me.noEnd')],
  ].filter(Boolean).map(([key, words]) => el(wide.has(key) ? 'div.across' : 'div', null, el('dt', null, t(key)), el('dd', null, words)))));
}

function budgets({ limits }) {
  return el('section.card', null, el('h2', null, t('me.budgets')), el('p', null, t('me.budgetsLead')),
    el('ul.budgets', null,
      budget('me.checks', limits.checks),
      budget('me.unknown', limits.unknownNumbers),
      limits.batchesAllowed ? budget('me.batchUnknown', limits.batchUnknownNumbers) : el('li', null, el('span', null, t('me.noLists'))),
      el('li', null, el('span', null, t('me.guesses', { most: count(limits.wrongGuessesPerDay) })))));
}

function budget(key, { capacity = 0, left = 0, addedPerMinute = 0 }) {
  return el('li', null,
    el('span', null, t(key)),
    el('meter', { min: 0, max: capacity, value: left, low: capacity / 5, 'aria-label': t(key) }),
    el('span', null, t('me.left', { left: count(left), capacity: count(capacity), minute: count(addedPerMinute) })));
}
