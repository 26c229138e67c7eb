// What the page says, in Chinese and English, from one table.
import { codes } from './words/codes.js';
import { errors } from './words/errors.js';
import { page } from './words/page.js';

const table = { ...codes, ...errors, ...page };
const languages = ['zh', 'en'];

let column = languages.indexOf(wanted());
document.documentElement.lang = tag();

/** The language: "zh" or "en". */
export function language() {
  return languages[column];
}

/** The language as documents and browsers name it. */
export function tag() {
  return column === 0 ? 'zh-CN' : 'en';
}

/** Takes the other language; it stands in the address, so that it outlives a reload and nothing need be stored. */
export function switchLanguage() {
  column = 1 - column;
  document.documentElement.lang = tag();
  const address = new URL(location.href);
  address.searchParams.set('lang', language());
  history.replaceState(null, '', address);
}

/**
 * The words of a key, with what stands in braces filled in.
 * @param {string} key the key; one that the table does not have comes back as it is, so that a newer service's codes are seen.
 * @param {object} [values] what to fill in.
 */
export function t(key, values) {
  const words = table[key]?.[column] ?? key.slice(key.indexOf('.') + 1);
  return values ? words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '') : words;
}

/** The words of a key with, in English, the official Chinese ones behind them: as they stand on the card. */
export function official(key) {
  return column === 0 || !has(key) ? t(key) : `${t(key)} ${table[key][0]}`;
}

/** Whether the table has the key. */
export function has(key) {
  return key in table;
}

/** A whole number as people write it. */
export function count(number) {
  return Number(number).toLocaleString(tag());
}

/** A code of the contract without its prefix, as in VALID for PERMIT_STATUS_VALID; empty for an unspecified one. */
export function short(prefix, code) {
  const name = code?.startsWith(`${prefix}_`) ? code.slice(prefix.length + 1) : code ?? '';
  return name === 'UNSPECIFIED' ? '' : name;
}

function wanted() {
  const named = new URLSearchParams(location.search).get('lang');
  if (languages.includes(named)) {
    return named;
  }
  return (navigator.languages ?? [navigator.language]).map(name => name.slice(0, 2)).find(name => languages.includes(name)) ?? 'en';
}
