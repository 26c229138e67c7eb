// What the page says, in Chinese and English: the service's own words for its codes, and the page's for the rest.
import { codes } from './words/codes.js';
import { errors } from './words/errors.js';
import { page } from './words/page.js';
import { terms } from './words/terms.js';

// Where the service's table has the words for a key of the page: its name, what it means, or both.
const sections = {
  apart: ['permit_kind', meaningOf],
  basis: ['basis', explained],
  call: ['recorded_call', nameOf],
  card: ['card_match', meaningOf],
  class: ['consumer_class', nameOf],
  document: ['identity_document', nameOf],
  entitlement: ['entitlement', nameOf],
  error: ['error_reason', meaningOf],
  kind: ['permit_kind', nameOf],
  permission: ['consumer_role', nameOf],
  procedure: ['procedure', nameOf],
  reason: ['status_reason', explained],
  role: ['subject_role', nameOf],
  status: ['permit_status', nameOf],
  subject: ['subject_match', meaningOf],
};

/** Every key and its words, [Chinese, English]. */
export const table = { ...ofTerms(), ...codes, ...errors, ...page };
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

function ofTerms() {
  return Object.fromEntries(Object.entries(sections).flatMap(([prefix, [section, words]]) =>
    Object.entries(terms[section]).map(([code, term]) => [`${prefix}.${code}`, words(term)])));
}

function nameOf({ zh, en }) {
  return [zh, capital(en)];
}

function meaningOf(term) {
  return term.meaning_zh ? [term.meaning_zh, capital(term.meaning_en)] : nameOf(term);
}

/** What it means, with the official word that stands on papers. */
function explained(term) {
  const [zh, en] = meaningOf(term);
  return term.official ? [zh.includes(term.zh) ? zh : `${term.zh}：${zh}`, `${en} ${term.zh}`] : [zh, en];
}

function capital(words) {
  return words[0].toUpperCase() + words.slice(1);
}

function wanted() {
  const named = new URLSearchParams(location.search).get('lang');
  if (languages.includes(named)) {
    return named;
  }
  return (navigator.languages ?? [navigator.language]).map(name => name.slice(0, 2)).find(name => languages.includes(name)) ?? 'en';
}
