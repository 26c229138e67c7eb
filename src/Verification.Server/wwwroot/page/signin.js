// Signing in: by API key, which is kept in this tab's memory and nowhere else.
import { Api } from './api.js';
import { el, show } from './dom.js';
import { Field } from './fields.js';
import { notice } from './notices.js';
import { t } from './words.js';

/**
 * The view that asks for a key.
 * @param {object} values takes what is typed.
 * @param {() => Promise} offered what the demo offers to try; null elsewhere.
 * @param {(session: {api: Api, caller: object}) => void} onSignedIn told who has signed in.
 */
export function signIn(values, offered, onSignedIn) {
  const key = new Field(values, 'key', t('signin.key'), { type: 'password', required: true, hint: t('signin.keyHint'), maxlength: 1024 });
  const button = el('button.primary', { type: 'submit' }, t('signin.button'));
  const said = el('div', { 'aria-live': 'polite' });
  const form = el('form.card', { novalidate: true, submit: event => void submit(event) },
    el('h1', null, t('signin.title')),
    el('p', null, t('signin.lead')),
    key.element, button, said);
  const view = el('main.narrow', { id: 'main' }, form, demo(offered, name => {
    key.value = name;
    form.requestSubmit();
  }));
  queueMicrotask(() => key.input.focus({ preventScroll: true }));
  return view;

  async function submit(event) {
    event.preventDefault();
    if (!key.value) {
      complain('FIELD_REQUIRED');
      return;
    }
    if (!/^[\x21-\x7e]+$/.test(key.value)) {
      complain('KEY_CHARACTERS');
      return;
    }
    said.replaceChildren();
    button.disabled = true;
    const api = new Api(key.value);
    let caller;
    try {
      caller = await api.caller();
    } catch (problem) {
      api.close();
      if (problem.unknownCaller) {
        complain(problem.reason);
      } else {
        said.append(notice(problem));
      }
      return;
    } finally {
      button.disabled = false;
    }
    delete values.key;
    onSignedIn({ api, caller });
  }

  function complain(reason) {
    key.complain(`${t(`error.${reason}`)}${t('stop')}`);
    key.input.focus();
  }
}

/** In the demo: whose keys there are. */
function demo(offered, onChosen) {
  const box = el('section.card.demo', { hidden: true });
  void fill();
  return box;

  async function fill() {
    const found = await offered();
    if (found) {
      box.append(
        el('h2', null, t('signin.demo')),
        el('p', null, t('signin.demoLead')),
        el('p.choices', null, found.keys.map(name => el('button', { type: 'button', click: () => onChosen(name) }, name))));
      show(box, true);
    }
  }
}
