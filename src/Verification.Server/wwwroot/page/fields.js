// Fields of forms: label, hint, input and complaint belong together, for eyes and for screen readers.
import { el, freshId, show } from './dom.js';

/** A field of a form. What is typed is kept in a plain object, so that it outlives a change of language. */
export class Field {
  #complaint;
  #values;
  #name;

  /**
   * @param {object} values takes what is typed, by name.
   * @param {string} name its name.
   * @param {string} label its label.
   * @param {object} [options] a hint, choices for a list as [value, words], and attributes of the input.
   */
  constructor(values, name, label, { hint, choices, ...attributes } = {}) {
    this.#values = values;
    this.#name = name;
    const id = freshId();
    const described = [hint && `${id}-hint`, `${id}-complaint`].filter(Boolean).join(' ');
    const shared = { id, name, 'aria-describedby': described, input: () => this.#changed(), ...attributes };
    this.input = choices
      ? el('select', shared, choices.map(([value, words]) => el('option', { value }, words)))
      : el(attributes.rows ? 'textarea' : 'input', { type: 'text', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', ...shared });
    if (values[name] !== undefined) {
      this.input.value = values[name];
    }
    this.#complaint = el('p.complaint', { id: `${id}-complaint`, hidden: true });
    this.element = el('div.field', null,
      el('label', { for: id }, label),
      hint && el('p.hint', { id: `${id}-hint` }, hint),
      this.input,
      this.#complaint);
  }

  /** What is typed, without the space around it. */
  get value() {
    return this.input.value.trim();
  }

  set value(text) {
    this.input.value = text;
    this.#changed();
  }

  /** Says what is wrong with it; nothing takes that back. */
  complain(words) {
    this.#complaint.textContent = words ?? '';
    show(this.#complaint, Boolean(words));
    if (words) {
      this.input.setAttribute('aria-invalid', 'true');
      const folded = this.input.closest('details');
      if (folded) {
        folded.open = true;
      }
    } else {
      this.input.removeAttribute('aria-invalid');
    }
  }

  #changed() {
    this.#values[this.#name] = this.input.value;
    this.complain(null);
  }
}
