// One check: the question, and what became of it.
import { answer, summary } from './answer.js';
import { fromInput, today } from './dates.js';
import { el, show } from './dom.js';
import { Field } from './fields.js';
import { meaning, notice, waiting } from './notices.js';
import { canonical, isIdentityNumber } from './numbers.js';
import { untilTold } from './patience.js';
import { Problem } from './api.js';
import { t } from './words.js';

const roles = ['HOLDER', 'SPOUSE', 'CHILD', 'PARENT'];
const documents = ['RESIDENT_IDENTITY_CARD', 'PASSPORT', 'HONG_KONG_MACAO_PERMIT', 'TAIWAN_PERMIT', 'FOREIGN_PERMANENT_RESIDENT_CARD'];

// The contract's fields by the inputs they come from.
const inputOf = {
  permit_number: 'number', as_of: 'asOf', through: 'through', card_edition: 'edition', reference: 'reference',
  subject: 'identity', 'subject.identity_number': 'identity', 'subject.role': 'role', 'subject.document': 'document',
};

/**
 * The view of one check.
 * @param {object} session who asks, and with what.
 * @param {object} state what was typed and answered, which outlives a change of language.
 */
export function checkView(session, state) {
  state.values ??= {};
  const fields = makeFields(state.values);
  const button = el('button.primary', { type: 'submit' }, t('check.button'));
  const status = el('p.unseen', { role: 'status' });
  const place = el('div.outcome');
  const more = el('details.more', null, el('summary', null, t('check.more')), el('div.grid', null,
    ['asOf', 'through', 'role', 'document', 'identity', 'edition', 'reference'].map(name => fields[name].element)));
  more.open = Object.entries(state.values).some(([name, value]) => name !== 'number' && value);
  const form = el('form.ask', { novalidate: true, submit: event => {
    event.preventDefault();
    void ask();
  } }, el('div.question', null, fields.number.element, button), more);
  const view = el('main', { id: 'main' }, el('h1', null, t('check.title')), form, status, place);
  if (state.pending) {
    void ask();
  } else if (state.answered) {
    place.append(answer(session, state.answered));
  } else if (state.problem) {
    refuse(state.problem);
  } else {
    place.append(examples());
  }
  queueMicrotask(() => fields.number.input.focus({ preventScroll: true }));
  return view;

  async function ask() {
    state.asking?.abort();
    const asking = state.asking = new AbortController();
    state.answered = state.problem = null;
    state.pending = false;
    place.replaceChildren();
    status.textContent = '';
    Object.values(fields).forEach(field => field.complain(null));
    const found = fault(fields);
    if (found) {
      complain(found.field, `${t(`error.${found.reason}`)}${t('stop')}`);
      return;
    }
    const request = read(fields);
    state.pending = true;
    const soon = setTimeout(() => place.replaceChildren(el('p.asking', null, t('check.asking'))), 300);
    try {
      const response = await untilTold(() => session.api.verify(request, asking.signal), asking.signal, wait => {
        clearTimeout(soon);
        status.textContent = `${t('notice.couldNotTell')} ${meaning(wait.problem)}`;
        place.replaceChildren(waiting(wait, () => asking.abort()));
      });
      if (asking.signal.aborted) {
        return;
      }
      mustBeAbout(request, response);
      state.answered = { request, response, askedOn: today() };
      status.textContent = summary(response.verdict);
      place.replaceChildren(answer(session, state.answered));
      fields.number.input.select();
    } catch (problem) {
      if (state.asking !== asking) {
        // Another question stands in its place.
        return;
      }
      place.replaceChildren();
      status.textContent = '';
      if (!asking.signal.aborted) {
        state.problem = problem;
        refuse(problem);
      }
    } finally {
      clearTimeout(soon);
      state.pending &&= state.asking !== asking;
    }
  }

  function refuse(problem) {
    if (problem.unknownCaller) {
      session.signOut(problem);
      return;
    }
    const unplaced = problem.violations.filter(({ field, description }) => !inputOf[field] || !complain(inputOf[field], description));
    place.replaceChildren();
    if (problem.violations.length === 0 || unplaced.length > 0) {
      place.append(notice(problem));
      status.textContent = meaning(problem);
    }
  }

  function complain(name, words) {
    fields[name].complain(words);
    status.textContent = words;
    fields[name].input.focus();
    return true;
  }

  /** In the demo: numbers to try. */
  function examples() {
    const box = el('div.examples', { hidden: true });
    void fill();
    return box;

    async function fill() {
      const found = await session.demo();
      if (found) {
        box.append(el('p', null, t('check.examples')), el('p.choices', null, found.examples.map(number => el('button', { type: 'button', click: () => {
          fields.number.value = number;
          void ask();
        } }, number))));
        show(box, true);
      }
    }
  }
}

function makeFields(values) {
  const options = (prefix, names) => names.map(name => [name, t(`${prefix}.${name}`)]);
  return {
    number: new Field(values, 'number', t('check.number'), { hint: t('check.numberHint'), required: true, maxlength: 64, enterkeyhint: 'search' }),
    asOf: new Field(values, 'asOf', t('check.asOf'), { type: 'date', hint: t('check.asOfHint'), min: '2000-01-01' }),
    through: new Field(values, 'through', t('check.through'), { type: 'date', hint: t('check.throughHint'), min: '2000-01-01' }),
    role: new Field(values, 'role', t('check.role'), { choices: options('role', roles), hint: t('check.roleHint') }),
    document: new Field(values, 'document', t('check.document'), { choices: options('document', documents), hint: t('check.documentHint') }),
    identity: new Field(values, 'identity', t('check.identity'), { hint: t('check.identityHint'), maxlength: 64 }),
    edition: new Field(values, 'edition', t('check.edition'), { inputmode: 'numeric', hint: t('check.editionHint'), maxlength: 9 }),
    reference: new Field(values, 'reference', t('check.reference'), { hint: t('check.referenceHint'), maxlength: 64 }),
  };
}

/** What is wrong with the question before it is sent; a number that may be a person's goes no further. */
function fault(fields) {
  if (!fields.number.value) {
    return { field: 'number', reason: 'FIELD_REQUIRED' };
  }
  if (isIdentityNumber(fields.number.value)) {
    return { field: 'number', reason: 'IDENTITY_FOR_PERMIT' };
  }
  if (isIdentityNumber(fields.reference.value)) {
    return { field: 'reference', reason: 'IDENTITY_NUMBER_IN_TEXT' };
  }
  if (fields.edition.value && !/^[1-9]\d*$/.test(fields.edition.value)) {
    return { field: 'edition', reason: 'INVALID_CARD_EDITION' };
  }
  return ['asOf', 'through'].filter(name => fields[name].input.validity.badInput).map(field => ({ field, reason: 'MALFORMED_DATE' }))[0];
}

function read(fields) {
  const request = { permitNumber: fields.number.value };
  const role = fields.role.value || roles[0];
  if (fields.identity.value || role !== roles[0]) {
    request.subject = { role: `SUBJECT_ROLE_${role}` };
    if (fields.identity.value) {
      request.subject.identityNumber = fields.identity.value;
      request.subject.document = `IDENTITY_DOCUMENT_${fields.document.value || documents[0]}`;
    }
  }
  if (fields.asOf.value) {
    request.asOf = fromInput(fields.asOf.value);
  }
  if (fields.through.value) {
    request.through = fromInput(fields.through.value);
  }
  if (fields.edition.value) {
    request.cardEdition = Number(fields.edition.value);
  }
  if (fields.reference.value) {
    request.reference = fields.reference.value;
  }
  return request;
}

/** An answer is shown for the question that it answers alone. */
function mustBeAbout(request, response) {
  if (response.verdict?.permitNumber !== canonical(request.permitNumber)) {
    throw new Problem('OTHER_QUESTION', { status: 200 });
  }
}
