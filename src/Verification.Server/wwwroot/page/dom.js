// Makes elements. Text is always text: nothing here reads markup, so what a registry or a file holds cannot become part of the page.

const svgNamespace = 'http://www.w3.org/2000/svg';

/**
 * Makes an element.
 * @param {string} name its tag, and classes as in "p.note.small".
 * @param {object} [attributes] attributes; a function is a listener of that event, false and null leave the attribute out.
 * @param {...(Node|string|null|false)} children what is in it; nothing for null and false.
 */
export function el(name, attributes, ...children) {
  const [tag, ...classes] = name.split('.');
  return filled(document.createElement(tag), classes, attributes, children);
}

/** Makes an SVG element, as el does. */
export function svg(name, attributes, ...children) {
  const [tag, ...classes] = name.split('.');
  return filled(document.createElementNS(svgNamespace, tag), classes, attributes, children);
}

function filled(element, classes, attributes, children) {
  element.classList.add(...classes);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'function') {
      element.addEventListener(key, value);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false && child !== ''));
  return element;
}

/** Shows or hides an element. */
export function show(element, visible) {
  element.hidden = !visible;
}

let made = 0;

/** A name that no element has yet. */
export function freshId() {
  made += 1;
  return `e${made}`;
}
