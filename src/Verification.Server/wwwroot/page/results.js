// What came of a list: on the screen a page at a time, and as the rows of a file.
import { iso, lastBefore } from './dates.js';
import { el, show } from './dom.js';
import { icon } from './icons.js';
import { basis } from './answer.js';
import { count, has, short, t } from './words.js';

const pageSize = 100;
const statuses = ['VALID', 'FROZEN', 'EXPIRED', 'CANCELLED', 'NOT_YET_VALID', 'NOT_FOUND', 'FAULT'];

// As many entitlements as a table on a screen has room for; a file has all.
const mostColumns = 3;

/**
 * A table of rows with a filter by status.
 * @param {object[]} rows the rows.
 * @param {object} chosen the filter and the page, which outlive a change of language.
 * @param {object} caller who asks: what it may see are the columns.
 */
export function resultTable(rows, chosen, caller) {
  chosen.status ??= '';
  chosen.page ??= 0;
  const seen = caller.entitlements ?? [];
  const columns = seen.length <= mostColumns ? seen : [];
  const radios = ['', ...statuses].map(status => {
    const input = el('input', { type: 'radio', name: 'filter', value: status, change: () => {
      chosen.status = status;
      chosen.page = 0;
      update();
    } });
    const number = el('span.number');
    input.checked = chosen.status === status;
    return { status, number, element: el(`label.chip${status ? `.${status}` : ''}`, null, input, status ? icon(status === 'FAULT' ? 'WARNING' : status) : '', status ? name(status) : t('list.all'), ' ', number) };
  });
  const body = el('tbody');
  const place = el('span');
  const back = el('button', { type: 'button', click: () => turn(-1) }, t('list.back'));
  const onwards = el('button', { type: 'button', click: () => turn(1) }, t('list.onwards'));
  const turning = el('p.choices.turning', null, back, place, onwards);
  const element = el('div', null,
    el('fieldset.chips', null, el('legend', null, t('list.filter')), radios.map(it => it.element)),
    el('div.scroll', { tabindex: '0', role: 'region', 'aria-label': t('list.results') },
      el('table', null, el('thead', null, el('tr', null,
        ['line', 'status', 'number', 'kind', 'reasons', 'validThrough'].map(it => el('th', { scope: 'col' }, t(`column.${it}`))),
        columns.map(it => el('th', { scope: 'col' }, t(`entitlement.${short('ENTITLEMENT', it)}`))),
        ['reference', 'record'].map(it => el('th', { scope: 'col' }, t(`column.${it}`))))), body)),
    turning);
  return { element, update };

  function update() {
    const tally = new Map();
    for (const row of rows) {
      const status = statusOf(row);
      tally.set(status, (tally.get(status) ?? 0) + 1);
    }
    for (const { status, number, element: chip } of radios) {
      chip.classList.toggle('chosen', chosen.status === status);
      const times = status ? tally.get(status) ?? 0 : rows.length;
      number.textContent = count(times);
      show(chip, !status || times > 0 || chosen.status === status);
    }
    const shown = chosen.status ? rows.filter(row => statusOf(row) === chosen.status) : rows;
    const pages = Math.max(1, Math.ceil(shown.length / pageSize));
    chosen.page = Math.min(chosen.page, pages - 1);
    body.replaceChildren(...shown.slice(chosen.page * pageSize, (chosen.page + 1) * pageSize).map(row => line(row, columns)));
    place.textContent = t('list.page', { page: count(chosen.page + 1), pages: count(pages) });
    back.disabled = chosen.page === 0;
    onwards.disabled = chosen.page === pages - 1;
    show(turning, pages > 1);
  }

  function turn(by) {
    chosen.page += by;
    update();
    element.querySelector('.scroll').scrollTop = 0;
  }
}

/** The rows of the file, headings first. */
export function resultRows(rows) {
  const entitlements = [...new Set(rows.flatMap(row => (row.verdict?.entitlements ?? []).map(it => it.entitlement)))].sort();
  const names = ['line', 'number', 'reference', 'kind', 'status', 'reasons', 'asOf', 'since', 'validThrough', 'issued', 'termThrough', 'through',
    'throughout', 'firstNotValid', 'subject'];
  return [
    [...names.map(it => t(`column.${it}`)), ...entitlements.flatMap(it => {
      const words = t(`entitlement.${short('ENTITLEMENT', it)}`);
      return [words, `${words} ${t('column.basis')}`];
    }), t('column.fault'), t('column.record')],
    ...rows.map(row => fileRow(row, entitlements, names.length)),
  ];
}

function fileRow(row, entitlements, width) {
  const { line, number, reference, verdict, checkId } = row;
  if (!verdict) {
    return [line, number, reference, ...Array(width - 3 + entitlements.length * 2).fill(''), fault(row), ''];
  }
  const { throughout } = verdict;
  const decided = new Map((verdict.entitlements ?? []).map(it => [it.entitlement, it]));
  return [
    line, verdict.permitNumber, reference, word('kind', 'PERMIT_KIND', verdict.kind), word('status', 'PERMIT_STATUS', verdict.status), reasons(verdict),
    iso(verdict.asOf), iso(verdict.statusSince), verdict.validUntil ? iso(lastBefore(verdict.validUntil)) : '', iso(verdict.issuedOn),
    verdict.expiresOn ? iso(lastBefore(verdict.expiresOn)) : '', iso(throughout?.through), throughout ? t(throughout.valid ? 'yes' : 'no') : '',
    iso(throughout?.firstNotValidOn), word('subject', 'SUBJECT_MATCH', verdict.subjectMatch),
    ...entitlements.flatMap(it => decided.has(it) ? [word('decision', 'DECISION', decided.get(it).decision), basis(decided.get(it), verdict)] : ['', '']),
    '', checkId,
  ];
}

function line(row, columns) {
  const status = statusOf(row);
  const { verdict } = row;
  const decided = new Map((verdict?.entitlements ?? []).map(it => [it.entitlement, short('DECISION', it.decision)]));
  return el('tr', null,
    el('td.number', null, count(row.line)),
    el('td', null, status ? el(`span.decision.${status}`, null, icon(status === 'FAULT' ? 'WARNING' : status), name(status)) : '…'),
    el('td.number', null, verdict?.permitNumber ?? row.number),
    el('td', null, verdict ? word('kind', 'PERMIT_KIND', verdict.kind) : ''),
    el('td.why', null, verdict ? reasons(verdict) : fault(row)),
    el('td.number', null, verdict?.validUntil ? iso(lastBefore(verdict.validUntil)) : ''),
    columns.map(it => el('td', null, decided.has(it) ? el(`span.decision.${decided.get(it)}`, null, icon(decided.get(it)), t(`decision.${decided.get(it)}`)) : '')),
    el('td', null, row.reference),
    el('td', null, row.checkId ? el('a', { href: `#check=${row.checkId}`, 'aria-label': t('list.recordOf', { line: row.line }) }, t('list.record')) : ''));
}

function statusOf(row) {
  return row.verdict ? short('PERMIT_STATUS', row.verdict.status) : row.fault ? 'FAULT' : '';
}

function name(status) {
  return status === 'FAULT' ? t('list.fault') : t(`status.${status}`);
}

function word(table, prefix, code) {
  const name = short(prefix, code);
  return name ? t(`${table}.${name}`) : '';
}

function reasons(verdict) {
  return (verdict.reasons ?? []).map(reason => word('reason', 'STATUS_REASON', reason)).join(t('semicolon'));
}

function fault(row) {
  return !row.fault ? '' : has(`error.${row.fault}`) ? t(`error.${row.fault}`) : row.detail ?? row.fault;
}
