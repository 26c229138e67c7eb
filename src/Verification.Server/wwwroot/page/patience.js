// Asks until somebody can tell.

const longestPauseSeconds = 15;

/**
 * Asks a question again and again while nobody can tell, at a growing pause or as long as the service says.
 * @param {() => Promise} ask the question.
 * @param {AbortSignal} signal gives it up.
 * @param {(wait: {problem: Problem, until: number, now: () => void}) => void} onWait told before each pause: why, until when, and how to end it.
 */
export async function untilTold(ask, signal, onWait) {
  for (let failures = 0; ; failures += 1) {
    try {
      return await ask();
    } catch (problem) {
      if (!problem.couldNotTell && !problem.tooFast) {
        throw problem;
      }
      const seconds = Math.max(problem.retryAfter ?? 0, problem.tooFast ? 1 : Math.min(2 ** failures, longestPauseSeconds));
      await pause(seconds, signal, now => onWait({ problem, until: Date.now() + seconds * 1000, now }));
    }
  }
}

/** Waits; the browser's word that it has a network again ends it, and so does what onStart is given. */
export function pause(seconds, signal, onStart = () => {}) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(end, seconds * 1000);
    function end() {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal?.removeEventListener('abort', give);
      resolve();
    }
    function give() {
      end();
      reject(new DOMException('The question was given up.', 'AbortError'));
    }
    addEventListener('online', end);
    signal?.addEventListener('abort', give);
    onStart(end);
    if (signal?.aborted) {
      give();
    }
  });
}
