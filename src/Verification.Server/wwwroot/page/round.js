// A list on its way: asked in batches, several under way, within the caller's limits.
import { Problem } from './api.js';
import { same } from './dates.js';
import { untilTold } from './patience.js';

const batchSize = 500;
const mostUnderWay = 4;

// Codes of google.rpc.Code. What CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, INTERNAL and UNAVAILABLE stand for says nothing of a row,
// but for the budget of wrong guesses, which is the permit's own.
const resourceExhausted = 8;
const notFinal = new Set([1, 4, resourceExhausted, 13, 14]);
const guessesSpent = 'GUESS_BUDGET_EXHAUSTED';

/** Asks about rows and puts what is answered beside each. */
export class Round {
  #api;
  #queue = [];
  #width = mostUnderWay;
  #signal;
  #end;

  /**
   * @param {import('./api.js').Api} api the calls.
   * @param {object[]} rows the rows; each gets a verdict and a check's id, or a fault.
   * @param {object} [question] what is the same for all: a day, a last day. Where it names no day, the first answer's holds for all that follow.
   */
  constructor(api, rows, question = {}) {
    this.#api = api;
    this.rows = rows;
    this.question = question;
    this.isForToday = !question.asOf;
    this.done = rows.filter(row => row.fault).length;
    const asked = rows.filter(row => row.check && !row.verdict);
    for (let start = 0; start < asked.length; start += batchSize) {
      this.#queue.push(asked.slice(start, start + batchSize));
    }
  }

  /**
   * Runs to the end, or until it must stop.
   * @param {AbortSignal} signal gives it up; what is answered stays.
   * @param {{progress: () => void, wait: (wait: object) => void}} told what happens.
   * @throws {Problem} what stops it: a budget that is used up, or a caller who may not ask. Run again, it goes on.
   */
  async run(signal, told) {
    this.#signal = signal;
    this.#end = new AbortController();
    const give = () => this.#end.abort();
    signal.addEventListener('abort', give);
    try {
      while (this.#queue.length > 0 && !this.#end.signal.aborted) {
        const ends = await Promise.allSettled(Array.from({ length: mostUnderWay }, (_, place) => this.#work(place, told)));
        const failed = ends.filter(it => it.status === 'rejected').map(it => it.reason);
        if (failed.length > 0) {
          throw failed.find(it => it.name !== 'AbortError') ?? failed[0];
        }
      }
    } finally {
      this.#end.abort();
      signal.removeEventListener('abort', give);
    }
  }

  async #work(place, told) {
    while (!this.#end.signal.aborted && this.#queue.length > 0 && place < this.#width) {
      const batch = this.#queue.shift();
      try {
        const items = await untilTold(() => this.#ask(batch), this.#end.signal, wait => {
          // Those sent ahead would all be refused too.
          this.#width = wait.problem.tooFast ? 1 : this.#width;
          told.wait(wait);
        });
        this.#take(batch, items);
        told.progress();
      } catch (cause) {
        this.#putBack(batch);

        // Nothing more is asked; what is under way is answered, and counted, so it is waited for.
        this.#end.abort();
        throw cause;
      }
    }
  }

  async #ask(batch) {
    const { items = [] } = await this.#api.verifyBatch(batch.map(row => ({ ...row.check, ...this.question })), this.#signal);
    if (items.length !== batch.length) {
      throw new Problem('UNREADABLE', { status: 502 });
    }
    if (!isFinal(items[0])) {
      throw problemOf(items[0].error);
    }
    return items;
  }

  /** Keeps what is final and of the round's day. From the first item that is not, the rest of the batch is asked again. */
  #take(batch, items) {
    this.question.asOf ??= items.find(item => item.response)?.response.verdict.asOf;
    const end = items.findIndex(item => !isFinal(item) || (item.response && !same(item.response.verdict.asOf, this.question.asOf)));
    const kept = end < 0 ? batch.length : end;
    batch.slice(0, kept).forEach((row, i) => {
      const { response, error } = items[i];
      if (error) {
        row.fault = fieldReason(error) ?? reasonOf(error);
        row.detail = error.message;
      } else {
        row.verdict = response.verdict;
        row.checkId = response.provenance.checkId;
      }
    });
    this.done += kept;
    this.#putBack(batch);
  }

  #putBack(batch) {
    const left = batch.filter(row => !row.verdict && !row.fault);
    if (left.length > 0 && !this.#queue.some(it => it[0] === left[0])) {
      this.#queue.unshift(left);
    }
  }
}

function isFinal({ error }) {
  return !error || !notFinal.has(error.code) || reasonOf(error) === guessesSpent;
}

/** What an item says that holds for all behind it. */
function problemOf(error) {
  const seconds = Number.parseFloat(detail(error, 'google.rpc.RetryInfo')?.retryDelay);
  return new Problem(reasonOf(error), {
    status: error.code === resourceExhausted ? 429 : 503,
    detail: error.message,
    retryAfter: Number.isFinite(seconds) ? seconds : null,
  });
}

function reasonOf(error) {
  return detail(error, 'google.rpc.ErrorInfo')?.reason ?? 'UNKNOWN';
}

function fieldReason(error) {
  return detail(error, 'google.rpc.BadRequest')?.fieldViolations?.[0]?.reason;
}

function detail(error, type) {
  return (error.details ?? []).find(it => it['@type']?.endsWith(type));
}
