// The page: who is signed in, which view is shown, and in which language.
import { Problem } from './api.js';
import { checkView } from './check.js';
import { iso, today } from './dates.js';
import { el } from './dom.js';
import { meaning, notice } from './notices.js';
import { checkId } from './numbers.js';
import { Rulebooks } from './rulebooks.js';
import { signIn } from './signin.js';
import { language, short, switchLanguage, t } from './words.js';

const app = document.getElementById('app');
const tools = document.getElementById('tools');

// The views that come later are fetched behind the first paint, so that they are there when the service is gone.
const views = {
  check: async () => checkView,
  list: async () => (await import('./list.js')).listView,
  record: async () => (await import('./record.js')).recordView,
  me: async () => (await import('./me.js')).meView,
};

/** Who is signed in, with everything that was typed and answered since; null where nobody is. Nothing of it stands anywhere else. */
let session = null;
let typed = {};
let said = null;
let wanted = fragment();

function start(signedIn) {
  said = null;
  session = {
    ...signedIn,
    rulebooks: new Rulebooks(signedIn.api),
    states: { check: {}, list: {}, record: {}, me: {} },
    signOut,
    demo,
  };
  typed = {};
  void draw();
}

/** Forgets everything: the key, what was typed, asked and answered, and the calls under way. */
function signOut(problem) {
  for (const state of Object.values(session?.states ?? {})) {
    state.asking?.abort();
  }
  session?.api.close();
  session = null;
  typed = {};
  said = problem ?? null;
  wanted = { view: 'check' };
  history.replaceState(null, '', `${location.pathname}${location.search}`);
  void draw();
}

async function draw() {
  document.title = t(session ? `title.${wanted.view}` : 'title.signIn');
  drawTools();
  document.body.classList.toggle('wide', Boolean(session) && wanted.view === 'list');
  if (!session) {
    app.replaceChildren(
      ...said ? [el('p.banner', { role: 'alert' }, `${t('signin.again')} ${meaning(said)}${t('stop')}`)] : [],
      signIn(typed, demo, start));
    return;
  }
  const drawn = session;
  const { view, check } = wanted;
  const make = await views[view]().catch(() => unloaded);
  if (drawn === session && view === wanted.view) {
    wanted = { view };
    app.replaceChildren(navigation(view), make(session, session.states[view], check));
  }
}

/** The view in the place of one that could not be fetched. */
function unloaded() {
  return el('main', { id: 'main' }, notice(new Problem('UNREACHABLE')),
    el('p.choices', null, el('button', { type: 'button', click: () => void draw() }, t('notice.now'))));
}

function drawTools() {
  const other = language() === 'zh' ? { lang: 'en', words: 'English' } : { lang: 'zh-CN', words: '中文' };
  const switcher = el('button.quiet', { type: 'button', lang: other.lang, click: () => {
    switchLanguage();
    void draw();
    tools.querySelector('button').focus();
  } }, other.words);
  tools.replaceChildren(...[
    switcher,
    session && el('a.quiet.name', { href: '#me' }, session.caller.consumer, el('small', null, t(`class.${short('CONSUMER_CLASS', session.caller.consumerClass)}`))),
    session && el('button.quiet', { type: 'button', click: () => signOut() }, t('me.signOut')),
  ].filter(Boolean));
}

function navigation(current) {
  return el('nav.views', { 'aria-label': t('nav.label') }, ['check', 'list', 'record', 'me'].map(view =>
    el('a', { href: `#${view}`, 'aria-current': view === current ? 'page' : false }, t(`nav.${view}`))));
}

/** What the address asks for. A check's number in it is taken out again. */
function fragment() {
  const name = location.hash.slice(1);
  if (name.startsWith('check=')) {
    history.replaceState(null, '', `${location.pathname}${location.search}#record`);
    return { view: 'record', check: checkId(name.slice('check='.length)) ?? undefined };
  }
  return { view: Object.keys(views).includes(name) ? name : 'check' };
}

let example;

/** What the demo offers to try; null elsewhere. */
function demo() {
  example ??= fetch('/page/demo', { credentials: 'omit', referrerPolicy: 'no-referrer' })
    .then(answer => answer.status === 200 ? answer.json() : null, () => null);
  return example;
}

// A list that is answered and not yet downloaded would be gone with the tab.
addEventListener('beforeunload', event => {
  if (session?.states.list.unsaved) {
    event.preventDefault();
  }
});

// A file that misses its place must not take the page's.
for (const kind of ['dragover', 'drop']) {
  addEventListener(kind, event => event.preventDefault());
}

addEventListener('hashchange', () => {
  wanted = fragment();
  void draw();
  scrollTo(0, 0);
});

// An answer for today is one for yesterday after midnight, and a tab that stays open must say so.
let day = iso(today());
setInterval(() => {
  if (iso(today()) !== day) {
    day = iso(today());
    void draw();
  }
}, 60_000);
void draw();
addEventListener('load', () => Object.values(views).forEach(fetchView => fetchView().catch(() => {})));
