// Tables as spreadsheets write and read them.
import { Problem } from './api.js';

const workbooks = [[0x50, 0x4b, 0x03, 0x04], [0xd0, 0xcf, 0x11, 0xe0]];
const byteOrderMark = '\ufeff';

/**
 * The text of a file's bytes: UTF-8, UTF-16 with its mark, or GB 18030, which holds GBK and GB 2312. Told by whether the bytes are text in
 * it, never guessed.
 */
export function decode(bytes) {
  const begins = mark => mark.every((byte, i) => bytes[i] === byte);
  if (workbooks.some(begins)) {
    throw new Problem('FILE_WORKBOOK');
  }
  const encodings = begins([0xff, 0xfe]) ? ['utf-16le'] : begins([0xfe, 0xff]) ? ['utf-16be'] : ['utf-8', 'gb18030'];
  for (const encoding of encodings) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\0')) {
        return text;
      }
    } catch {
      // Not text in this one.
    }
  }
  throw new Problem('FILE_TEXT');
}

/** The rows of a table, as RFC 4180 has them, and with semicolons or tabs as spreadsheets write them too. Rows without a cell are left out; each of the others has its place among all, from 1. */
export function parse(text) {
  const separator = separatorOf(text);
  const rows = [];
  let row = [];
  let at = text.startsWith(byteOrderMark) ? 1 : 0;
  let line = 1;
  let place = 1;
  while (at < text.length) {
    let cell;
    if (text[at] === '"') {
      const begun = line;
      const end = closing(text, at);
      if (end < 0) {
        throw new Problem('FILE_QUOTE', { detail: String(begun) });
      }
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      line += cell.split('\n').length - 1;
      at = end + 1;
    } else {
      cell = '';
    }
    const start = at;
    while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') {
      at += 1;
    }
    row.push(cell + text.slice(start, at));
    if (text[at] === separator) {
      at += 1;
      if (at < text.length) {
        continue;
      }
      row.push('');
    }
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
    line += 1;
    if (row.some(it => it.trim())) {
      rows.push(Object.assign(row, { place }));
    }
    place += 1;
    row = [];
  }
  return rows;
}

/** A table as Excel opens it right: UTF-8 with a mark, commas, CRLF; no cell is calculated, and no number rounded. */
export function write(rows) {
  return new Blob([byteOrderMark, rows.map(row => `${row.map(cell).join(',')}\r\n`).join('')], { type: 'text/csv;charset=utf-8' });
}

/** A cell's text, kept a text by an apostrophe where a spreadsheet would make a formula, a number or a date of it. */
export function harmless(text) {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) || /^0\d|^\d{12,}$|^\d+E\d+$|^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\d+$/i.test(text) ? `'${text}` : text;
}

/** A cell's text without the space around it and the apostrophe that kept it a text. */
export function plain(text) {
  const trimmed = (text ?? '').trim();
  return trimmed.startsWith("'") ? trimmed.slice(1).trim() : trimmed;
}

function cell(value) {
  const text = harmless(String(value ?? ''));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function closing(text, opening) {
  for (let end = text.indexOf('"', opening + 1); end >= 0; end = text.indexOf('"', end + 2)) {
    if (text[end + 1] !== '"') {
      return end;
    }
  }
  return -1;
}

function separatorOf(text) {
  const head = text.slice(0, text.search(/[\r\n]/) < 0 ? text.length : text.search(/[\r\n]/));
  return ['\t', ';', ','].map(separator => ({ separator, times: head.split(separator).length }))
    .reduce((best, it) => it.times > best.times ? it : best, { separator: ',', times: 1 }).separator;
}
