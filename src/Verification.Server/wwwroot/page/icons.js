// The page's drawings: each status has a shape of its own, so that no colour is needed to tell them apart.
import { svg } from './dom.js';

const paths = {
  VALID: ['M4 12.5 9.5 18 20 6.5'],
  FROZEN: ['M12 3v18M4.2 7.5l15.6 9M19.8 7.5l-15.6 9'],
  EXPIRED: ['M7 3h10M7 21h10M8 3c0 6 8 5 8 9s-8 3-8 9M16 3c0 6-8 5-8 9s8 3 8 9'],
  CANCELLED: ['M5 5l14 14M19 5 5 19'],
  NOT_YET_VALID: ['M12 3a9 9 0 1 0 .01 0M12 7v5l3.5 3.5'],
  NOT_FOUND: ['M8.5 9a3.5 3.5 0 1 1 5.2 3c-1.2.7-1.7 1.4-1.7 3M12 19v.2'],
  CONFERRED: ['M4 12.5 9.5 18 20 6.5'],
  CONDITIONAL: ['M12 4a8 8 0 1 0 .01 0M12 4v16'],
  NOT_CONFERRED: ['M6 12h12'],
  WARNING: ['M12 4 2.8 20h18.4zM12 10v4.5M12 17.3v.2'],
  INFO: ['M12 3a9 9 0 1 0 .01 0M12 11v6M12 7v.2'],
};

/** A drawing by its name; beside words that say the same. */
export function icon(name) {
  return svg('svg.icon', { viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' }, (paths[name] ?? paths.INFO).map(d => svg('path', { d })));
}
