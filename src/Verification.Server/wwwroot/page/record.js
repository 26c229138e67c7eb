// The record of a check: what was asked and answered, to read, to print and to find again.
import { basis } from './answer.js';
import { instant, long } from './dates.js';
import { el } from './dom.js';
import { Field } from './fields.js';
import { icon } from './icons.js';
import { meaning, notice, waiting } from './notices.js';
import { checkId } from './numbers.js';
import { untilTold } from './patience.js';
import { count, official, short, t } from './words.js';

const quietZone = 4;
const pixelsPerModule = 8;

/**
 * The view of records.
 * @param {object} session who asks.
 * @param {object} state the record that is shown, which outlives a change of language.
 * @param {string} [wanted] the check to show.
 */
export function recordView(session, state, wanted) {
  state.values ??= {};
  const field = new Field(state.values, 'id', t('record.id'), { hint: t('record.idHint'), maxlength: 200 });
  const status = el('p.unseen', { role: 'status' });
  const place = el('div.outcome');
  const form = el('form.ask.unprinted', { novalidate: true, submit: event => {
    event.preventDefault();
    void find();
  } }, el('div.question', null, field.element, el('button.primary', { type: 'submit' }, t('record.button'))));
  const view = el('main', { id: 'main' }, el('h1.unprinted', null, t('record.title')), form, status, place);
  if (wanted && wanted !== state.shown) {
    field.value = wanted;
    void find();
  } else if (state.pending) {
    void find();
  } else if (state.found) {
    place.append(sheet(state.found));
  } else {
    queueMicrotask(() => field.input.focus({ preventScroll: true }));
  }
  return view;

  async function find() {
    state.asking?.abort();
    const asking = state.asking = new AbortController();
    state.found = state.shown = null;
    place.replaceChildren();
    const id = checkId(field.value);
    if (!id) {
      field.complain(`${t('error.MALFORMED_CHECK_ID')}${t('stop')}`);
      field.input.focus();
      return;
    }
    field.complain(null);
    state.pending = true;
    try {
      const found = await untilTold(() => session.api.check(id, asking.signal), asking.signal, wait => {
        status.textContent = meaning(wait.problem);
        place.replaceChildren(wait.problem.reason === 'AUDIT_BEHIND'
          ? el('p.asking', null, `${t('error.AUDIT_BEHIND')}${t('stop')}`)
          : waiting(wait, () => asking.abort()));
      });
      state.found = found;
      state.shown = id;
      status.textContent = t('record.found');
      place.replaceChildren(sheet(found));
    } catch (problem) {
      if (state.asking !== asking) {
        return;
      }
      if (asking.signal.aborted) {
        place.replaceChildren();
      } else if (problem.unknownCaller) {
        session.signOut(problem);
      } else {
        place.replaceChildren(notice(problem));
        status.textContent = meaning(problem);
      }
    } finally {
      state.pending &&= state.asking !== asking;
    }
  }
}

/** The record as a sheet of paper. */
function sheet({ record, repetition }) {
  const { answer, provenance, refusal } = record;
  const verdict = repetition?.verdict;
  const code = el('div.qr');
  // Without the code the record is whole: its number stands on it as text.
  draw(code, `${location.origin}/#check=${record.checkId}`).catch(() => code.remove());
  return el('article.sheet', null,
    el('header', null,
      el('div', null, el('h2', null, t('record.heading')), el('p', null, t('record.of', { call: t(`call.${short('RECORDED_CALL', record.call)}`) }))),
      code),
    answer ? told(answer, record, verdict) : refusal ? refused(refusal) : el('p', null, t('record.noStanding')),
    el('h3', null, t('record.asked')),
    rows([
      ['record.permit', el('span.number', null, record.permitNumber), record.permitNumber],
      ['check.asOf', long(record.asOf ?? verdict?.asOf ?? { year: 1, month: 1, day: 1 }), record.asOf],
      ['check.through', record.through && long(record.through), record.through],
      ['check.role', role(record), record.answer],
      ['check.document', t(`document.${short('IDENTITY_DOCUMENT', record.identityDocument)}`), short('IDENTITY_DOCUMENT', record.identityDocument)],
      ['check.edition', record.cardEdition, record.cardEdition],
      ['check.reference', record.reference, record.reference],
    ]),
    el('h3', null, t('record.restsOn')),
    rows([
      ['record.when', t('record.beijing', { instant: instant(record.instant) }), true],
      ['record.who', `${record.consumer}${t('comma')}${t(`class.${short('CONSUMER_CLASS', record.consumerClass)}`)}`, record.consumer],
      ['answer.rulebook', provenance?.rulebookVersion, provenance?.rulebookVersion],
      ['answer.revision', provenance && count(provenance.revision), provenance],
      ['answer.dataAsOf', provenance?.dataAsOf && t('record.beijing', { instant: instant(provenance.dataAsOf) }), provenance?.dataAsOf],
      ['record.repeated', repetition && t(`repetition.${short('REPETITION_OUTCOME', repetition.outcome)}`), repetition && answer],
      ['answer.checkId', el('code.long', null, record.checkId), true],
    ]),
    answer && record.asOf && el('p.strong', null, t('record.thatDayOnly', { date: long(record.asOf) })),
    el('p.choices.unprinted', null, el('button.primary', { type: 'button', click: () => print() }, t('record.print'))));
}

function told(answer, record, verdict) {
  const status = short('PERMIT_STATUS', answer.status);
  const kind = short('PERMIT_KIND', verdict?.kind);
  const subject = short('SUBJECT_MATCH', answer.subjectMatch);
  const card = short('CARD_MATCH', answer.cardMatch);
  const { throughout } = answer;
  return el('div', null,
    el(`div.stamp.${status}`, null, icon(status), el('div', null,
      el('p.status', null, t(`status.${status}`)),
      el('p', null, el('span.number', null, record.permitNumber), ' ', kind && el('strong', null, official(`kind.${kind}`))),
      record.asOf && el('p', null, t('answer.on', { date: long(record.asOf) })))),
    el('ul.reasons', null,
      (answer.reasons ?? []).map(it => el('li', null, t(`reason.${short('STATUS_REASON', it)}`))),
      subject && el('li', null, t(`subject.${subject}`)),
      card && card !== 'NOT_CHECKED' && el('li', null, t(`card.${card}`)),
      throughout && el('li', null, throughout.valid
        ? t('answer.throughout', { date: long(throughout.through) })
        : t('answer.notThroughout', {
          date: long(throughout.through), first: long(throughout.firstNotValidOn), status: t(`status.${short('PERMIT_STATUS', throughout.status)}`),
        }))),
    (answer.entitlements ?? []).length > 0 && el('table', null,
      el('thead', null, el('tr', null, ['column.entitlement', 'column.decision', 'column.basis'].map(it => el('th', { scope: 'col' }, t(it))))),
      el('tbody', null, answer.entitlements.map(it => {
        const decision = short('DECISION', it.decision);
        return el('tr', null,
          el('td', null, t(`entitlement.${short('ENTITLEMENT', it.entitlement)}`)),
          el('td', null, el(`span.decision.${decision}`, null, icon(decision), t(`decision.${decision}`))),
          el('td', null, basis(it, answer)));
      }))));
}

function refused(refusal) {
  return el('div.notice', null, icon('WARNING'), el('div', null,
    el('p.strong', null, t('record.refused')), el('p', null, meaning({ reason: refusal.reason })), el('p.code', null, refusal.reason)));
}

function role(record) {
  return t(`role.${short('SUBJECT_ROLE', record.role) || 'HOLDER'}`);
}

// What takes a line of its own.
const wide = new Set(['answer.checkId', 'record.repeated']);

/** The rows that have something to say: [what, words, whether]. */
function rows(list) {
  return el('dl.facts', null, list.filter(it => it[2]).map(([key, words]) => el(wide.has(key) ? 'div.across' : 'div', null, el('dt', null, t(key)), el('dd', null, words))));
}

/** Draws a QR code, with the quiet zone that it needs. The library comes when it is needed. */
async function draw(place, text) {
  const { generate } = await import('./vendor/lean-qr.mjs');
  const code = generate(text);
  const pixels = (code.size + 2 * quietZone) * pixelsPerModule;
  const canvas = el('canvas', { role: 'img', 'aria-label': t('record.qr'), width: pixels, height: pixels });
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, pixels, pixels);
  context.fillStyle = '#000';
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (code.get(x, y)) {
        context.fillRect((x + quietZone) * pixelsPerModule, (y + quietZone) * pixelsPerModule, pixelsPerModule, pixelsPerModule);
      }
    }
  }
  place.append(canvas);
}
