// What the rules say of a reason, from the rulebook that a verdict was decided under.
import { language, short } from './words.js';

/** The rulebooks that a session has read, each asked for once. */
export class Rulebooks {
  #api;
  #read = new Map();

  /** @param {import('./api.js').Api} api the calls. */
  constructor(api) {
    this.#api = api;
  }

  /** A rulebook by its version. */
  get(version) {
    if (!this.#read.has(version)) {
      const reading = this.#api.rulebook(version).then(answer => answer.rulebook);
      reading.catch(() => this.#read.delete(version));
      this.#read.set(version, reading);
    }
    return this.#read.get(version);
  }
}

/** What can be done about a reason on a kind of permit: who acts, what they do, and the source. */
export function remedies(rulebook, reason, kind) {
  return (rulebook.remedies ?? [])
    .filter(remedy => remedy.reason === reason && (!short('PERMIT_KIND', remedy.kind) || remedy.kind === kind))
    .map(remedy => language() === 'zh'
      ? { actor: remedy.actorZh, action: remedy.actionZh, source: remedy.source }
      : { actor: remedy.actor, action: remedy.action, source: remedy.source });
}
