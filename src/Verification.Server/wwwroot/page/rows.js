// What a list asks: its columns by their names in either language, and each row as a check, or what is wrong with it.
import { Problem } from './api.js';
import { plain } from './csv.js';
import { isIdentityNumber, isPermitNumber, isRounded } from './numbers.js';
import { table as words } from './words.js';

export const mostRows = 10_000;
const longestCell = 64;

/** The columns of the template: [name in the contract's words, name in Chinese]. */
export const columns = [
  ['permit_number', '证件号码'], ['role', '办理人'], ['document', '证件类型'], ['identity_number', '身份证件号码'], ['reference', '案件编号'],
];

const otherNames = { permit_number: ['permit', 'permit number', 'number', '证件编号', '编号', '号码'], identity_number: ['identity number', 'id', '身份证号', '身份证号码'] };

/** A list's rows from a table. A table without names has the permits' numbers in its first column. */
export function read(table) {
  const named = namesOf(table[0] ?? []);
  const body = named ? table.slice(1) : table;
  if (!named && !isPermitNumber(plain(table[0]?.[0])) && !isIdentityNumber(plain(table[0]?.[0])) && table.length > 0) {
    throw new Problem('FILE_COLUMN');
  }
  if (body.length === 0) {
    throw new Problem('FILE_EMPTY');
  }
  if (body.length > mostRows) {
    throw new Problem('FILE_LONG');
  }
  const at = named ?? { permit_number: 0 };
  return { named: Object.keys(at), rows: body.map(cells => rowOf(name => plain(cells[at[name]]), cells.place)) };
}

/**
 * One row: its place, what it shows, and its check or its fault.
 * @param {(name: string) => string} cell its cells by column.
 * @param {number} line its row in the spreadsheet, from 1.
 */
function rowOf(cell, line) {
  const number = cell('permit_number');
  const reference = cell('reference');
  const identityNumber = cell('identity_number');
  const role = codeOf('role', cell('role'));
  const document = codeOf('document', cell('document'));
  const fault = !number ? 'FIELD_REQUIRED'
    : isRounded(number) || isRounded(identityNumber) ? 'SPREADSHEET_NUMBER'
      : isIdentityNumber(number) ? 'IDENTITY_FOR_PERMIT'
        : [number, reference, identityNumber].some(it => it.length > longestCell) ? 'TEXT_TOO_LONG'
          : isIdentityNumber(reference) ? 'IDENTITY_NUMBER_IN_TEXT'
            : role === null || document === null ? 'UNKNOWN_VALUE' : null;
  if (fault) {
    // A number that may be a person's is not shown again either.
    return { line, number: fault === 'IDENTITY_FOR_PERMIT' ? '' : number, reference: fault === 'IDENTITY_NUMBER_IN_TEXT' ? '' : reference, fault };
  }
  const check = { permitNumber: number };
  if (reference) {
    check.reference = reference;
  }
  if (role || identityNumber) {
    check.subject = {
      role: `SUBJECT_ROLE_${role || 'HOLDER'}`,
      ...(identityNumber && { identityNumber, document: `IDENTITY_DOCUMENT_${document || 'RESIDENT_IDENTITY_CARD'}` }),
    };
  }
  return { line, number, reference, check };
}

function namesOf(cells) {
  const names = cells.map(it => plain(it).toLowerCase());
  const found = {};
  for (const [name, chinese] of columns) {
    // Its own name first, wherever it stands: a serial number's column may have one that is usual for a permit's.
    const own = names.findIndex(it => it === name || it === chinese || it === name.replace('_', ' '));
    const column = own >= 0 ? own : names.findIndex(it => otherNames[name]?.includes(it));
    if (column >= 0) {
      found[name] = column;
    }
  }
  return 'permit_number' in found ? found : null;
}

/** A code by itself or its words in either language; empty for an empty cell, null for what is none. */
function codeOf(prefix, text) {
  if (!text) {
    return '';
  }
  const wanted = text.toLowerCase();
  const key = Object.keys(words).find(it => it.startsWith(`${prefix}.`)
    && [it.slice(prefix.length + 1), ...words[it]].some(name => name.toLowerCase() === wanted));
  return key ? key.slice(prefix.length + 1) : null;
}
