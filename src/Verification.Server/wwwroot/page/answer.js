// The answer to one check: the standing first, unmistakably, then what it brings, its course, and what would change it.
import { changes } from './changes.js';
import { instant, lastBefore, long, same, today } from './dates.js';
import { el } from './dom.js';
import { icon } from './icons.js';
import { timeline } from './timeline.js';
import { count, official, short, t } from './words.js';

const order = ['CONFERRED', 'CONDITIONAL', 'NOT_CONFERRED'];

/** The answer in one sentence, for who hears the page. */
export function summary(verdict) {
  const kind = short('PERMIT_KIND', verdict.kind);
  return [t(`status.${short('PERMIT_STATUS', verdict.status)}`), kind && t(`kind.${kind}`), verdict.permitNumber, long(verdict.asOf)]
    .filter(Boolean).join(t('comma'));
}

/**
 * Draws an answer.
 * @param {object} session who asked; its calls fetch the course and the remedies.
 * @param {{request: object, response: object, askedOn: object}} answered what was asked and answered, and on which day by this machine's clock.
 */
export function answer(session, { request, response, askedOn }) {
  const { verdict, provenance } = response;
  const known = Boolean(short('PERMIT_KIND', verdict.kind));
  const isOld = !request.asOf && !same(askedOn, today());
  return el('div', null,
    isOld && el('p.banner', { role: 'alert' }, t('answer.old', { date: long(verdict.asOf) })),
    standing(verdict, !request.asOf && !isOld),
    known && entitlements(verdict),
    known && timeline(session, request, verdict),
    changes(session, verdict, provenance.rulebookVersion),
    restsOn(provenance, verdict));
}

/** The band that says the status, by word, shape and colour. */
function standing(verdict, isToday) {
  const status = short('PERMIT_STATUS', verdict.status);
  const kind = short('PERMIT_KIND', verdict.kind);
  return el(`section.verdict.${status}`, { 'aria-labelledby': 'standing' },
    el('div.mark', null, icon(status)),
    el('div.telling', null,
      el('h2.status', { id: 'standing' }, t(`status.${status}`)),
      el('p.when', null, t(isToday ? 'answer.today' : 'answer.on', { date: long(verdict.asOf) })),
      el('p.what', null, el('span.number', null, verdict.permitNumber), kind && [' ', el('strong', null, official(`kind.${kind}`))]),
      kind ? el('p.apart', null, `${t(`apart.${kind}`)}${t('stop')}`) : el('p.apart', null, t('answer.notFound')),
      reasons(verdict),
      matches(verdict)),
    facts(verdict, status));
}

function reasons(verdict) {
  const known = (verdict.reasons ?? []).map(reason => short('STATUS_REASON', reason));
  return known.length > 0 && el('ul.reasons', null, known.map(reason => el('li', null, t(`reason.${reason}`))));
}

/** What was compared: who it is, the card, and the days to the last one asked about. */
function matches(verdict) {
  const subject = short('SUBJECT_MATCH', verdict.subjectMatch);
  const card = short('CARD_MATCH', verdict.cardMatch);
  const { throughout } = verdict;
  const items = [
    subject && subject !== 'NOT_CHECKED' && [subject === 'MATCHED', t(`subject.${subject}`)],
    card && card !== 'NOT_CHECKED' && [card === 'CURRENT', t(`card.${card}`)],
    throughout && [throughout.valid, throughout.valid
      ? t('answer.throughout', { date: long(throughout.through) })
      : t('answer.notThroughout', {
        date: long(throughout.through), first: long(throughout.firstNotValidOn), status: t(`status.${short('PERMIT_STATUS', throughout.status)}`),
      })],
  ].filter(Boolean);
  return items.length > 0 && el('ul.matches', null,
    items.map(([good, words]) => el(good ? 'li.good' : 'li.bad', null, icon(good ? 'CONFERRED' : 'CANCELLED'), words)));
}

function facts(verdict, status) {
  const until = verdict.validUntil ?? (status === 'VALID' ? null : verdict.statusUntil);
  const rows = [
    verdict.statusSince && ['answer.since', long(verdict.statusSince)],
    status === 'VALID' && ['answer.validThrough', verdict.validUntil ? long(lastBefore(verdict.validUntil)) : t('answer.noEnd')],
    status === 'NOT_YET_VALID' && until && ['answer.begins', long(until)],
    status === 'FROZEN' && ['answer.staysThrough', until ? long(lastBefore(until)) : t('answer.noEnd')],
    verdict.issuedOn && ['answer.issued', long(verdict.issuedOn)],
    verdict.expiresOn && ['answer.termThrough', long(lastBefore(verdict.expiresOn))],
  ].filter(Boolean);
  return rows.length > 0 && el('dl.facts', null, rows.map(([key, words]) => el('div', null, el('dt', null, t(key)), el('dd', null, words))));
}

/** What it entitles to, each with its basis in plain words: first what it brings. Where it brings nothing for one reason, that is said once. */
function entitlements(verdict) {
  const decisions = order.flatMap(decision => (verdict.entitlements ?? []).filter(it => short('DECISION', it.decision) === decision));
  if (decisions.length === 0) {
    return null;
  }
  const tally = Object.fromEntries(order.map(decision => [decision, decisions.filter(it => short('DECISION', it.decision) === decision).length]));
  const forOneReason = tally.NOT_CONFERRED === decisions.length && new Set(decisions.map(it => it.basis)).size === 1;
  return el('section.card', null,
    el('h2', null, t('answer.entitlements')),
    forOneReason
      ? [
        el('p.nothing.NOT_CONFERRED', null, el('span.decision', null, icon('NOT_CONFERRED'), t('answer.nothing')), ' ', basis(decisions[0], verdict), t('stop')),
        el('ul.names', null, decisions.map(it => el('li', null, t(`entitlement.${short('ENTITLEMENT', it.entitlement)}`)))),
      ]
      : [
        el('p.lead', null, t('answer.tally', tally)),
        el('ul.entitlements', null, decisions.map(it => entitlement(it, verdict))),
      ]);
}

function entitlement(decided, verdict) {
  const decision = short('DECISION', decided.decision);
  return el(`li.${decision}`, null,
    el('span.decision', null, icon(decision), t(`decision.${decision}`)),
    el('span.name', null, t(`entitlement.${short('ENTITLEMENT', decided.entitlement)}`)),
    el('span.basis', null, basis(decided, verdict)));
}

/** The basis in words. A permit that is valid today and not throughout is not told to be invalid. */
export function basis(decided, verdict) {
  const code = short('BASIS', decided.basis);
  const brief = code === 'PERMIT_STATUS' && short('PERMIT_STATUS', verdict.status) === 'VALID' ? 'basis.NOT_THROUGHOUT' : `basis.${code}`;
  return t(brief);
}

function restsOn(provenance, verdict) {
  return el('section.card.rests', null,
    el('h2', null, t('answer.record')),
    el('p', null, t('answer.thatDayOnly', { date: long(verdict.asOf) })),
    el('dl.facts', null, [
      ['answer.dataAsOf', instant(provenance.dataAsOf)],
      ['answer.rulebook', provenance.rulebookVersion],
      ['answer.revision', count(provenance.revision)],
      ['answer.checkId', el('code', null, provenance.checkId)],
    ].map(([key, words]) => el('div', null, el('dt', null, t(key)), el('dd', null, words)))),
    el('p.choices', null, el('a.button', { href: `#check=${provenance.checkId}` }, t('answer.openRecord'))));
}
