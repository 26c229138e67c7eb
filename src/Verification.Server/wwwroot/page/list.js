// A list: brought, looked over, asked about, filtered, taken away.
import { Problem } from './api.js';
import { decode, parse, write } from './csv.js';
import { fromInput, long, same, today } from './dates.js';
import { el, freshId, show } from './dom.js';
import { Field } from './fields.js';
import { meaning, notice, waiting } from './notices.js';
import { columns, mostRows, read } from './rows.js';
import { Round } from './round.js';
import { resultRows, resultTable } from './results.js';
import { count, language, t } from './words.js';

/**
 * The view of a list.
 * @param {object} session who asks.
 * @param {object} state what was brought and answered, which outlives a change of language.
 */
export function listView(session, state) {
  state.values ??= {};
  const text = new Field(state.values, 'text', t('list.paste'), { rows: 5, hint: t('list.pasteHint'), autocomplete: 'off', spellcheck: 'false' });
  const through = new Field(state.values, 'through', t('check.through'), { type: 'date', hint: t('check.throughHint'), min: '2000-01-01' });
  const asOf = new Field(state.values, 'asOf', t('check.asOf'), { type: 'date', hint: t('check.asOfHint'), min: '2000-01-01' });
  const status = el('p.unseen', { role: 'status' });
  const place = el('div.outcome');
  const file = el('input.unseen', { type: 'file', id: freshId(), accept: '.csv,.txt,.tsv,text/csv,text/plain', change: () => {
    void bring(file.files[0]);
    file.value = '';
  } });
  const drop = el('div.drop', {
    dragover: event => {
      event.preventDefault();
      drop.classList.add('over');
    },
    dragleave: () => drop.classList.remove('over'),
    drop: event => {
      event.preventDefault();
      drop.classList.remove('over');
      void bring(event.dataTransfer.files[0]);
    },
  }, file, el('label.button', { for: file.id }, t('list.choose')), el('span', null, t('list.drop')));
  const form = el('form.card.list', { novalidate: true, submit: event => {
    event.preventDefault();
    take(() => text.value);
  } },
  el('p', null, t('list.lead', { most: count(mostRows) }), ' ',
    el('button.link', { type: 'button', click: template }, t('list.template'))),
  drop, text.element,
  el('div.grid', null, asOf.element, through.element),
  el('button.primary', { type: 'submit' }, t('list.start')));
  const view = el('main', { id: 'main' }, el('h1', null, t('list.title')), form, status, place);
  draw();
  return view;

  async function bring(given) {
    if (given) {
      const bytes = new Uint8Array(await given.arrayBuffer());
      take(() => decode(bytes), given.name);
    }
  }

  /** Reads what was brought and begins. */
  function take(textOf, name = '') {
    state.asking?.abort();
    state.round = state.problem = null;
    try {
      const { rows, named } = read(parse(textOf()));
      const day = field => field.value ? fromInput(field.value) : null;
      state.name = name;
      state.named = named;
      state.round = new Round(session.api, rows, { ...(day(asOf) && { asOf: day(asOf) }), ...(day(through) && { through: day(through) }) });
      void run();
    } catch (problem) {
      if (!(problem instanceof Problem)) {
        throw problem;
      }
      state.problem = problem;
      draw();
    }
  }

  async function run() {
    const asking = state.asking = new AbortController();
    state.wait = state.problem = null;
    state.running = true;
    draw();
    try {
      await state.round.run(asking.signal, {
        progress: () => {
          state.wait = null;
          state.unsaved = true;
          state.redraw();
        },
        wait: wait => {
          state.wait = wait;
          state.redraw();
        },
      });
    } catch (problem) {
      if (problem.unknownCaller) {
        session.signOut(problem);
        return;
      }
      state.problem = state.asking === asking && problem instanceof Problem ? problem : state.problem;
    }
    if (state.asking !== asking) {
      // Another list took its place meanwhile, and has its own end.
      return;
    }
    state.running = false;
    state.wait = null;
    state.redraw();
  }

  function draw() {
    let due = false;
    const progress = el('progress', { max: state.round?.rows.length ?? 1, 'aria-label': t('list.progress') });
    const told = el('p.told');
    const asOfTold = el('p.hint');
    const old = el('p.banner', { role: 'alert' });
    const said = el('div');
    const stop = el('button', { type: 'button', click: () => state.asking.abort() }, t('list.stop'));
    const goOn = el('button.primary', { type: 'button', click: () => void run() }, t('list.goOn'));
    const take = el('button', { type: 'button', click: () => {
      download(t('list.resultName'), write(resultRows(state.round.rows)));
      state.unsaved = false;
    } }, t('list.download'));
    const table = state.round && resultTable(state.round.rows, state.filter ??= {}, session.caller);
    state.redraw = () => {
      if (!due) {
        due = true;
        requestAnimationFrame(() => {
          due = false;
          update();
        });
      }
    };
    if (state.round) {
      place.replaceChildren(
        el('section.card', { 'aria-labelledby': 'round' }, el('h2', { id: 'round' }, state.name || t('list.pasted')),
          el('p.hint', null, t('list.columns', { columns: state.named.map(words).join(t('comma')) })),
          progress, told, asOfTold, old, el('p.choices', null, stop, goOn, take), said, table.element));
    } else {
      place.replaceChildren();
    }
    update();

    function update() {
      const { round, running, problem, wait } = state;
      said.replaceChildren();
      if (!round) {
        place.replaceChildren(problem ? fileNotice(problem) : '');
        status.textContent = problem ? meaning(problem) : '';
        return;
      }
      const complete = round.done === round.rows.length;
      progress.value = round.done;
      told.textContent = t(complete ? 'list.complete' : 'list.told', { done: count(round.done), all: count(round.rows.length) });
      const { asOf: day } = round.question;
      const isOld = Boolean(day) && round.isForToday && !same(day, today());
      asOfTold.textContent = day ? t('list.asOf', { date: long(day) }) : '';
      old.textContent = isOld ? t('list.old', { date: long(day) }) : '';
      show(old, isOld);
      show(stop, running);
      show(goOn, !running && !complete);
      show(take, !running && round.done > 0);
      if (wait) {
        said.append(waiting(wait, () => state.asking.abort()));
      } else if (problem && !running) {
        said.append(notice(problem), problem.reason === 'UNKNOWN_BUDGET_EXHAUSTED' ? el('p', null, t('list.unknownSpent')) : '');
      }
      status.textContent = complete || !running ? told.textContent : wait ? meaning(wait.problem) : '';
      table.update();
    }
  }

  function template() {
    download(t('list.templateName'), write([columns.map(([name]) => words(name))]));
  }

  function words(name) {
    return language() === 'zh' ? columns.find(it => it[0] === name)[1] : name;
  }
}

/** What is wrong with a file, in words that say where. */
function fileNotice(problem) {
  return el('div.notice', { role: 'alert' }, el('div', null,
    el('p.strong', null, t('list.unread')),
    el('p', null, t(`error.${problem.reason}`, { row: problem.detail }), t('stop'))));
}

function download(name, blob) {
  const address = URL.createObjectURL(blob);
  el('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
