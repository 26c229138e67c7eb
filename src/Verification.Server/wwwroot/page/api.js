// The service's calls over HTTP, with the caller's key.
import { tag } from './words.js';

const timeoutMilliseconds = 15_000;

/** Why a question has no answer. */
export class Problem extends Error {
  /**
   * @param {string} reason the reason, as in RATE_EXCEEDED.
   * @param {object} [more] the HTTP status, the service's own words, its complaints about fields, and the seconds after which to ask again.
   */
  constructor(reason, { status = 0, detail = '', violations = [], retryAfter = null } = {}) {
    super(reason);
    Object.assign(this, { reason, status, detail, violations, retryAfter });
  }

  /** Whether nobody could tell, so that the same question may be answered later. */
  get couldNotTell() {
    return this.status === 0 || this.status === 408 || this.status >= 500;
  }

  /** Whether the calls come too fast, so that the same question is answered a little later. */
  get tooFast() {
    return this.reason === 'RATE_EXCEEDED';
  }

  /** Whether who asks is not known, or no longer. */
  get unknownCaller() {
    return this.status === 401;
  }
}

/** The calls of one caller. The key is in here alone: no other module, no storage and no address has it. */
export class Api {
  #key;
  #over = new AbortController();

  /** @param {string} key the API key. */
  constructor(key) {
    this.#key = key;
  }

  /** Forgets the key and ends every call under way. */
  close() {
    this.#key = null;
    this.#over.abort();
  }

  verify(check, signal) {
    return this.#call('POST', '/v1/permits:verify', check, signal);
  }

  verifyBatch(checks, signal) {
    return this.#call('POST', '/v1/permits:batchVerify', { checks }, signal);
  }

  timeline(question, signal) {
    return this.#call('POST', '/v1/permits:timeline', question, signal);
  }

  procedures(question, signal) {
    return this.#call('POST', '/v1/permits:procedures', question, signal);
  }

  check(id, signal) {
    return this.#call('GET', `/v1/checks/${encodeURIComponent(id)}`, null, signal);
  }

  rulebook(version, signal) {
    return this.#call('GET', `/v1/rulebooks/${encodeURIComponent(version)}`, null, signal);
  }

  caller(signal) {
    return this.#call('GET', '/v1/caller', null, signal);
  }

  async #call(method, path, body, signal) {
    const call = new AbortController();
    const end = () => call.abort();
    const ends = [this.#over.signal, signal].filter(Boolean);
    ends.forEach(it => it.addEventListener('abort', end));
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      end();
    }, timeoutMilliseconds);
    try {
      throwIfOver(ends);
      const answer = await fetch(path, {
        method,
        headers: { authorization: `Bearer ${this.#key}`, 'accept-language': tag(), ...(body && { 'content-type': 'application/json' }) },
        body: body && JSON.stringify(body),
        signal: call.signal,
        mode: 'same-origin',
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      });
      return answer.ok ? await answer.json() : await refuse(answer);
    } catch (cause) {
      throwIfOver(ends);
      throw problemOf(cause, late);
    } finally {
      clearTimeout(timer);
      ends.forEach(it => it.removeEventListener('abort', end));
    }
  }
}

function throwIfOver(ends) {
  if (ends.some(it => it.aborted)) {
    throw new DOMException('The question was given up.', 'AbortError');
  }
}

function problemOf(cause, late) {
  if (cause instanceof Problem) {
    return cause;
  }
  if (late) {
    return new Problem('TIMEOUT');
  }
  return new Problem(cause instanceof SyntaxError ? 'UNREADABLE' : 'UNREACHABLE');
}

/** Throws what a refusal says. One that is no answer of the service's, a proxy's page for one, has its status alone. */
async function refuse(answer) {
  const { status } = answer;
  const problem = await answer.json().catch(() => ({}));
  const seconds = Number.parseFloat(answer.headers.get('retry-after'));
  throw new Problem(problem.reason ?? (status >= 500 ? 'UNREACHABLE' : 'UNKNOWN'), {
    status,
    detail: problem.detail,
    violations: problem.violations,
    retryAfter: Number.isFinite(seconds) ? seconds : null,
  });
}
